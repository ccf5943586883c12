"""The job description: reading and signing it, what the organisation fills in, who has signed which version."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("job_description", __name__, url_prefix="/job-description")

from trainer.web.job_description import blanks, pages, people  # noqa: E402, F401  (they hang their routes on `bp`)

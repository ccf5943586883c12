"""Jobs by name: each is idempotent, opens its own transaction and is found again by the sweeper if it is lost."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from flask import current_app
from sqlalchemy.orm import Session

from trainer.extensions import db
from trainer.ports import Ports

JOBS: dict[str, Callable[..., None]] = {}


def job(function: Callable[..., None]) -> Callable[..., None]:
    """Name a function as a job."""
    JOBS[function.__name__] = function
    return function


def run_job(name: str, **arguments: str) -> None:
    """Run one job now, inside an application context. Raises KeyError for a name that is no job."""
    JOBS[name](**arguments)


def _session() -> Session:
    return cast("Session", db.session)


def _ports() -> Ports:
    return cast("Ports", current_app.extensions["ports"])


@job
def grade_call(call: str) -> None:
    """Grade the finished call with that public id."""
    from trainer.services import calls_grading

    calls_grading.grade_call(_session(), _ports(), call, _ports().clock.now())


@job
def render_lines(call: str) -> None:
    """Speak the lines that the customer of that call may say."""
    from trainer.services import calls_grading

    calls_grading.render_lines(_session(), _ports(), call)


@job
def sweep_calls() -> None:
    """Find the work that calls owe, from their rows, and ask for it again."""
    from trainer.services import calls_grading

    calls_grading.sweep_calls(_session(), _ports(), _ports().clock.now())


@job
def render_certificate(certificate: str) -> None:
    """Make the PDF of the certificate with that public id, if it is not there."""
    from trainer.services import certificate_files

    designs = current_app.extensions["settings"].certificates
    certificate_files.render_certificate(_session(), _ports(), certificate, designs)


@job
def sweep_certificates() -> None:
    """Find certificates whose file is missing and ask for it again; publish status lists that are out of date."""
    from trainer.services import certificate_files, status_lists

    certificate_files.sweep_certificates(_session(), _ports())
    status_lists.sweep_lists(_session(), _ports(), _ports().clock.now())


@job
def decide_group(group: str) -> None:
    """Decide over the next members of the group with that public id, and issue what is granted."""
    from trainer.services import group_decisions

    designs = current_app.extensions["settings"].certificates
    group_decisions.work_on(_session(), _ports(), group, designs, _ports().clock.now())


@job
def sweep_groups() -> None:
    """Find groups that are not done, and ask for them again."""
    from trainer.services import group_decisions

    group_decisions.sweep(_session(), _ports())


@job
def render_receipt(signature: str) -> None:
    """Make the receipt of the job description's signature with that public id, if it is not there."""
    from trainer.services import job_description_receipts

    job_description_receipts.render_receipt(_session(), _ports(), signature)

"""Agreement in figures and words."""

from __future__ import annotations

from flask_babel import format_decimal
from flask_babel import gettext as _

from trainer.services.agreement import PASSED, Line
from trainer.services.coefficients import Coefficient
from trainer.web.reports.texts import NOTHING
from trainer.web.review.questions import criterion_title, question_in_force
from trainer.web.review.texts import error_texts


def coefficient_text(found: Coefficient | None) -> str:
    """Two decimals; a dash where it is not defined."""
    return NOTHING if found is None or found.value is None else str(format_decimal(found.value, format="0.00"))


def interval_text(found: Coefficient | None) -> str:
    """The 95 % interval, or nothing where there are too few calls."""
    if found is None or found.low is None or found.high is None:
        return ""
    return _("%(low)s to %(high)s", low=_two(found.low), high=_two(found.high))


def _two(value: float) -> str:
    return str(format_decimal(value, format="0.00"))


def share_text(share: float | None) -> str:
    return NOTHING if share is None else f"{round(100 * share)} %"


def line_text(line: Line) -> str:
    """What a line is about: a criterion, a check, an error, or whether calls are passed."""
    if line.name == PASSED:
        return _("Passed or not")
    if line.name.startswith("error:"):
        return next(f"{number}. {name}" for number, name, _what in error_texts() if line.name == f"error:{number}")
    return question_in_force(line.name) if "." in line.name else criterion_title(line.name)

"""The words and figures of reports, as a page and a spreadsheet show them."""

from __future__ import annotations

from flask_babel import format_decimal
from flask_babel import gettext as _

from trainer.domain.difficulty import ALIKE, DIFFERS, TOO_FEW, FormValue
from trainer.web.review.questions import question_in_force
from trainer.web.times import clock

NOTHING = "–"
LONGEST_VALUE = 90
check_text = question_in_force


def mode_text(mode: str) -> str:
    return str({"assessed": _("Assessed calls"), "practice": _("Practice calls")}[mode])


def verdict_text(value: FormValue) -> tuple[str, str]:
    """How a form value compares with the others: the kind of status and its words."""
    if value.verdict == DIFFERS:
        return ("warn", _("harder")) if (value.points or 0.0) < 0 else ("warn", _("easier"))
    return {ALIKE: ("good", _("no harder or easier")), TOO_FEW: ("muted", _("too few"))}[value.verdict]


def variable_text(value: FormValue) -> str:
    """The values drawn together, shortened where a row holds many."""
    text = value.value
    return text if len(text) <= LONGEST_VALUE else text[:LONGEST_VALUE].rstrip(", ") + "…"


def share_text(share: float | None) -> str:
    return NOTHING if share is None else f"{round(share * 100)} %"


def points_text(points: float | None, *, signed: bool = False) -> str:
    if points is None:
        return NOTHING
    text = str(format_decimal(round(points, 1), format="0.0"))
    return f"+{text}" if signed and points > 0 else text


def time_text(seconds: float | None) -> str:
    """Minutes and seconds, as 3:05."""
    return NOTHING if seconds is None else clock(round(seconds))


def p_text(p: float | None) -> str:
    if p is None:
        return NOTHING
    return str(format_decimal(0.001, format="<0.000")) if p < 0.001 else str(format_decimal(p, format="0.000"))

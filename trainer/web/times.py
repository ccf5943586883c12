"""Days, moments and lengths of time as pages write them."""

from __future__ import annotations

from datetime import date, datetime

from flask_babel import format_date, format_datetime, to_user_timezone

from trainer.domain.days import with_first_of_month
from trainer.web.languages import page_language


def clock(seconds: float) -> str:
    """Whole minutes and seconds, what is begun not counted: 185.9 is 3:05."""
    whole = max(0, int(seconds))
    return f"{whole // 60}:{whole % 60:02}"


def date_text(day: date | None = None, style: str = "medium", rebase: bool = True) -> str:
    """A day in the page's language; today without one. In place of Flask-Babel's filter `dateformat`."""
    return with_first_of_month(format_date(day, style, rebase), page_language())


def moment_text(moment: datetime | None = None, style: str = "medium", rebase: bool = True) -> str:
    """Day and time in the page's language; now without one. In place of Flask-Babel's filter `datetimeformat`."""
    return with_first_of_month(format_datetime(moment, style, rebase), page_language())


def time_text(moment: datetime) -> str:
    """Hours and minutes of 24 hours, as beside dates."""
    return to_user_timezone(moment).strftime("%H:%M")

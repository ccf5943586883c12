"""What measures, figures, targets and spans are called."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask_babel import format_date, format_decimal, ngettext
from flask_babel import gettext as _

from trainer.domain.work_figures import AT_MOST, MEASURES, PERCENT, QUALITY, SECONDS, TASKS, Target
from trainer.web.languages import listed
from trainer.web.times import date_text


def measure_texts() -> dict[str, str]:
    """{measure: name}, in the order of tables."""
    return {
        TASKS: _("Tasks a month"),
        QUALITY: _("Quality of tasks"),
        "handle_time": _("Average handle time (AHT)"),
        "after_call_work": _("After-call work"),
        "hold_time": _("Hold time"),
        "first_contact_resolution": _("First-contact resolution"),
        "service_level": _("Service level"),
        "customer_satisfaction": _("Customer satisfaction"),
        "schedule_adherence": _("Schedule adherence"),
        "occupancy": _("Occupancy"),
        "transfer_rate": _("Transfers"),
        "repeat_calls": _("Repeat calls"),
        "conversion": _("Conversion"),
    }


def measure_text(name: str) -> str:
    return measure_texts()[name]


def figure_text(name: str, value: float | None) -> str:
    """A figure with its unit; a dash for none."""
    if value is None:
        return "–"
    number = format_decimal(round(value, 1), format="#,##0.#")
    unit = MEASURES[name].unit
    return number if unit not in (SECONDS, PERCENT) else f"{number}\u00a0{'s' if unit == SECONDS else '%'}"


def percent_text(value: float | None) -> str:
    return figure_text(QUALITY, value)


def target_text(target: Target) -> str:
    """For example “at most 300 s”; “no target any more” for one that ends."""
    if target.value is None:
        return str(_("no target any more"))
    figure = figure_text(target.indicator, target.value)
    figure = _("%(count)s a month", count=figure) if target.indicator == TASKS else figure
    at_most, at_least = _("at most %(figure)s", figure=figure), _("at least %(figure)s", figure=figure)
    return str(at_most if target.direction == AT_MOST else at_least)


def earlier_text(earlier: dict[str, Any]) -> str:
    """All figures of a period as they were before a correction."""
    figures = {TASKS: earlier["tasks"], QUALITY: earlier["quality"], **earlier["values"]}
    names = measure_texts() | {TASKS: _("Tasks")}
    return listed(f"{names[name]} {figure_text(name, figures[name])}" for name in names if name in figures)


def days_text(since: date, until: date) -> str:
    """A whole month by its name, other days one by one."""
    next_day = date.fromordinal(min(until.toordinal() + 1, date.max.toordinal()))
    if since.day == 1 and next_day.day == 1 and (since.year, since.month) == (until.year, until.month):
        return month_text(since)
    return f"{date_text(since)} – {date_text(until)}"


def month_text(month: date) -> str:
    text = str(format_date(month, "LLLL yyyy"))
    return text[:1].upper() + text[1:]


def months_text(months: int) -> str:
    return str(ngettext("%(num)d month", "%(num)d months", months))


def source_text(source: str) -> str:
    return str({"department": _("from another department"), "customer": _("from a customer")}[source])


def verdict_text(justified: bool | None) -> tuple[str, str]:
    """How a complaint stands: the kind of status and its words."""
    if justified is None:
        return "info", _("not decided yet")
    return ("bad", _("justified")) if justified else ("good", _("not justified"))


WORDS = {
    "measure_text": measure_text, "figure_text": figure_text, "percent_text": percent_text, "target_text": target_text,
    "days_text": days_text, "month_text": month_text, "months_text": months_text, "source_text": source_text,
    "verdict_text": verdict_text, "earlier_text": earlier_text, "format_day": date_text,
}  # fmt: skip
"""What templates of work call."""

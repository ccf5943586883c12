"""The figures of a shift as a page shows them: name, value, and what it means in plain words."""

from __future__ import annotations

from dataclasses import dataclass

from flask_babel import gettext as _

from trainer.domain.shift import Figures
from trainer.web.times import clock

SERVICE_TARGET = 0.8


@dataclass(frozen=True, slots=True)
class FigureRow:
    """`value` is text with its unit, "–" where nothing was measured; `target` is "" where there is none."""

    id: str
    name: str
    value: str
    meaning: str
    target: str = ""


def figure_rows(figures: Figures) -> list[FigureRow]:
    """The figures in the order in which a team leader reads them."""
    within = round(figures.within_s)
    return [
        FigureRow("offered", _("Calls offered"), str(figures.offered), _("Everybody who called during the shift.")),
        FigureRow("answered", _("Answered"), str(figures.answered), _("Calls that you took.")),
        FigureRow("abandoned", _("Abandoned"), _of(figures.abandoned, figures.abandon_rate),
                  _("Callers who gave up, or were left when the shift ended; the share is of calls offered.")),
        FigureRow("service_level", _("Service level"), _percent(figures.service_level),
                  _("Share of calls answered within %(seconds)s seconds. Who gave up sooner than that is left out.", seconds=within),
                  _("80 %% within %(seconds)s s", seconds=within)),
        FigureRow("asa", _("Average speed of answer"), _time(figures.asa_s), _("How long answered callers waited, on average.")),
        FigureRow("longest", _("Longest wait"), _time(figures.longest_wait_s), _("Of any caller, answered or not.")),
        FigureRow("aht", _("Average handle time"), _time(figures.aht_s),
                  _("Talk, hold and after-call work of a call together, on average.")),
        FigureRow("talk", _("Talk"), _time(figures.talk_s), _("On the line with the customer, without holds, on average.")),
        FigureRow("hold", _("Hold"), _time(figures.hold_s), _("The customer on hold, on average.")),
        FigureRow("acw", _("After-call work"), _time(figures.acw_s), _("From the end of the call to its write-up, on average.")),
        FigureRow("occupancy", _("Occupancy"), _percent(figures.occupancy),
                  _("Time on calls and after-call work, as a share of your time without breaks. Above 85 to 90 % people tire.")),
        FigureRow("break", _("Break"), _time(figures.break_s), _("Time on break.")),
    ]  # fmt: skip


def _time(seconds: float | None) -> str:
    return "–" if seconds is None else clock(round(seconds))


def _percent(share: float | None) -> str:
    return "–" if share is None else f"{round(share * 100)} %"


def _of(count: int, share: float | None) -> str:
    return f"{count} ({_percent(share)})" if share is not None else str(count)

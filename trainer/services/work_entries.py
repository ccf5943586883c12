"""What is entered of one person and period, by hand or in a line of a table: read, with every mistake by its field."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as made_by
from datetime import date

from trainer.domain.errors import Invalid
from trainer.domain.work_figures import INDICATORS, QUALITY, TASKS
from trainer.services.work_cells import read_day, read_figure, read_tasks
from trainer.services.work_columns import SINCE, UNTIL

LONGEST_PERIOD = 92
"""Days: a quarter. Of longer ones no trend could be seen, and no month be missed."""
SHOWN = 60


@dataclass(frozen=True, slots=True)
class Mistake:
    """What is wrong with one field; `value` is what stands there, `line` where in a table (0 in a form)."""

    field: str
    code: str
    value: str = ""
    params: Mapping[str, object] = made_by(default_factory=dict)
    line: int = 0


@dataclass(frozen=True, slots=True)
class Figures:
    """What a period says, as it is kept: quality in percent, {indicator: figure}."""

    tasks: int
    quality: float | None
    values: dict[str, float]


@dataclass(frozen=True, slots=True)
class Entry:
    """A period that can be recorded."""

    since: date
    until: date
    figures: Figures


def read_figures(cells: Mapping[str, str], line: int = 0) -> tuple[Figures | None, list[Mistake]]:
    """The figures among the cells, by column; None with any mistake."""
    mistakes: list[Mistake] = []
    tasks = 0
    values: dict[str, float] = {}
    try:
        tasks = read_tasks(cells.get(TASKS, ""))
    except Invalid as error:
        mistakes.append(_mistake(TASKS, error, cells, line))
    for name in (QUALITY, *INDICATORS):
        try:
            found = read_figure(name, cells.get(name, ""))
        except Invalid as error:
            mistakes.append(_mistake(name, error, cells, line))
        else:
            if found is not None:
                values[name] = found
    if mistakes:
        return None, mistakes
    return Figures(tasks, values.pop(QUALITY, None), values), []


def read_entry(cells: Mapping[str, str], today: date, line: int = 0) -> tuple[Entry | None, list[Mistake]]:
    """A period with its days; None with any mistake. Days that are not over yet are none that can be recorded."""
    figures, mistakes = read_figures(cells, line)
    days: dict[str, date] = {}
    wrong: list[Mistake] = []
    for name in (SINCE, UNTIL):
        try:
            days[name] = read_day(cells.get(name, ""))
        except Invalid as error:
            wrong.append(_mistake(name, error, cells, line))
    if not wrong:
        if days[UNTIL] < days[SINCE]:
            wrong.append(_mistake(UNTIL, Invalid("work.days_reversed"), cells, line))
        elif days[UNTIL] > today:
            wrong.append(_mistake(UNTIL, Invalid("work.not_over"), cells, line))
        elif (days[UNTIL] - days[SINCE]).days >= LONGEST_PERIOD:
            wrong.append(_mistake(UNTIL, Invalid("work.long_period", most=LONGEST_PERIOD), cells, line))
    if wrong or figures is None:
        return None, wrong + mistakes
    return Entry(days[SINCE], days[UNTIL], figures), []


def _mistake(name: str, error: Invalid, cells: Mapping[str, str], line: int) -> Mistake:
    return Mistake(name, error.code, cells.get(name, "").strip()[:SHOWN], error.params, line)

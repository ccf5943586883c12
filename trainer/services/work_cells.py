"""What people write for days and figures, in a form or in a cell of a table, in English or French.

Numbers: 92.5, 92,5, "92 %", 1 204. Lengths of time: seconds, or minutes and seconds as 5:30. Days: 2026-10-31, 31/10/2026 or
31.10.2026, the day before the month.
"""

from __future__ import annotations

import re
from datetime import date

from trainer.domain.errors import Invalid
from trainer.domain.work_figures import MEASURES, SECONDS

FIRST_DAY = date(2000, 1, 1)
LONGEST_CELL = 40
_NUMBER = re.compile(r"[+-]?\d{1,12}(?:[.,]\d{1,6})?")
_CLOCK = re.compile(r"(\d{1,4}):([0-5]\d)")
_ISO, _DAY_FIRST = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})"), re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")
_MIDNIGHT = re.compile(r"[ T]00:00(:00)?$")


def read_day(text: str) -> date:
    """Raises Invalid: `work.no_day` for nothing, `work.bad_day` for what is no day since 2000."""
    text = _MIDNIGHT.sub("", text.strip())
    if not text:
        raise Invalid("work.no_day")
    if found := _ISO.fullmatch(text):
        year, month, day = found.groups()
    elif found := _DAY_FIRST.fullmatch(text):
        day, month, year = found.groups()
    else:
        raise Invalid("work.bad_day")
    try:
        read = date(int(year), int(month), int(day))
    except ValueError:
        raise Invalid("work.bad_day") from None
    if read < FIRST_DAY:
        raise Invalid("work.bad_day")
    return read


def read_number(text: str) -> float:
    """Raises Invalid (`work.bad_number`); decimal points and commas, spaces between thousands and a percent sign are read."""
    bare = re.sub(r"[\s\u00a0\u202f]+", "", text).removesuffix("%")
    if len(bare) > LONGEST_CELL or not bare.isascii() or not _NUMBER.fullmatch(bare):
        raise Invalid("work.bad_number")
    return round(float(bare.replace(",", ".")), 2)


def read_tasks(text: str) -> int:
    """Raises Invalid: nothing, no whole number, or one that cannot be true."""
    if not text.strip():
        raise Invalid("work.no_tasks")
    try:
        number = read_number(text)
    except Invalid:
        raise Invalid("work.bad_tasks", most=MEASURES["tasks"].largest) from None
    if number != int(number) or not 0 <= number <= MEASURES["tasks"].largest:
        raise Invalid("work.bad_tasks", most=MEASURES["tasks"].largest)
    return int(number)


def read_figure(name: str, text: str) -> float | None:
    """The figure of a measure in its unit; None of an empty text. Raises Invalid."""
    if not text.strip():
        return None
    known = MEASURES[name]
    clock = _CLOCK.fullmatch(text.strip()) if known.unit == SECONDS else None
    number = float(60 * int(clock[1]) + int(clock[2])) if clock else read_number(text)
    if not 0 <= number <= known.largest:
        raise Invalid("work.out_of_range", most=known.largest)
    return number

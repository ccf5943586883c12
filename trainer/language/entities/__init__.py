"""Values in a turn: money, percent, dates, times, durations, phone, e-mail, references, spelled letters, names.

Each reader takes the turn with its numbers in figures (`Reading`), and gives hits in the places of that text; a place
belongs to one entity only, the readers come in order of how sure they are.
"""

from __future__ import annotations

from trainer.domain.understanding import Entity
from trainer.language.entities.calendar import read_dates
from trainer.language.entities.clock import read_durations, read_times
from trainer.language.entities.contacts import read_emails, read_names, read_phones, read_spelled
from trainer.language.entities.money import read_money, read_numbers_left, read_percents
from trainer.language.entities.reading import Hit, Reading
from trainer.language.folding import Folded
from trainer.language.numbers import Figures, read_numbers

READERS = (
    read_emails, read_phones, read_percents, read_dates, read_times, read_money, read_durations, read_spelled, read_names,
    read_numbers_left,
)  # fmt: skip


def read_entities(
    folded: Folded, language: str, year: int | None = None, figures: Figures | None = None
) -> tuple[Entity, ...]:
    """All values of a turn in the order they are said. `year` completes dates said without one."""
    reading = Reading(folded, figures or read_numbers(folded, language), language, year)
    taken: list[Hit] = []
    for reader in READERS:
        for hit in reader(reading):
            if all(hit.end <= other.start or other.end <= hit.start for other in taken):
                taken.append(hit)
    found = []
    for hit in sorted(taken, key=lambda h: h.start):
        start, end = folded.back(*reading.figures.back(hit.start, hit.end))
        found.append(Entity(hit.type, folded.original[start:end], hit.value, start, end))
    return tuple(found)

"""What the readers of entities share."""

from __future__ import annotations

from dataclasses import dataclass

from trainer.language.folding import Folded
from trainer.language.numbers import Figures


@dataclass(frozen=True, slots=True)
class Reading:
    """A turn with its numbers in figures."""

    folded: Folded
    figures: Figures
    language: str
    year: int | None = None

    @property
    def text(self) -> str:
        return self.figures.text


@dataclass(frozen=True, slots=True)
class Hit:
    """An entity at `start` to `end` of the text in figures."""

    type: str
    value: str
    start: int
    end: int


def decimal(raw: str) -> str:
    """ "1 250,50", "1,250.5", "14,90" as "1250.50"; two decimals always."""
    bare = raw.replace(" ", "").replace("\u00a0", "").strip(".,")
    last = max(bare.rfind("."), bare.rfind(","))
    if last >= 0 and len(bare) - last - 1 in (1, 2) and (bare.count(bare[last]) == 1):
        whole, part = bare[:last], bare[last + 1 :]
    else:
        whole, part = bare, ""
    digits = "".join(c for c in whole if c.isdigit()) or "0"
    return f"{int(digits)}.{(part + '00')[:2]}"

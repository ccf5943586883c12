"""The phrase banks of acts: one phrase a line with what it does, written for this product to measure it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from trainer.domain.understanding import OPERATOR_ACTS

BANKS = Path(__file__).parents[1] / "data" / "acts"


@dataclass(frozen=True, slots=True)
class BankLine:
    """A phrase and all acts that it does; none for a near miss that does nothing in particular."""

    text: str
    language: str
    acts: frozenset[str]


def read_bank(path: Path, language: str) -> list[BankLine]:
    """Lines "act act | text"; "-" stands for no act, "#" begins a remark. Raises ValueError naming file and line."""
    lines = []
    for number, raw in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if not raw.strip() or raw.startswith("#"):
            continue
        names, bar, text = raw.partition("|")
        acts = frozenset(names.split()) - {"-"}
        unknown = acts - set(OPERATOR_ACTS)
        if not bar or not text.strip() or unknown:
            raise ValueError(f"{path.name}:{number}: expected 'act act | text', got {raw!r}")
        lines.append(BankLine(text.strip(), language, acts))
    return lines

"""How questions work, from real attempts: difficulty and discrimination of classical test theory. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import sqrt

FEWEST = 10
"""Attempts from which figures are shown."""
TOO_EASY, TOO_HARD, WEAK = 0.95, 0.3, 0.1
SURE = 1.645
"""Standard errors (1 / sqrt(attempts), that of a correlation where there is none) below nought from which a question is said
to work the wrong way: by chance alone one sound question in twenty would be accused."""


@dataclass(frozen=True, slots=True)
class ItemFigures:
    """`ease` is the mean share earned, 0 to 1 (the p-value of test theory: the classical difficulty index).

    `discrimination` is the correlation between what the question earned and what the rest of the paper earned (corrected
    point-biserial), -1 to 1; None where everybody earned the same.
    """

    question: str
    attempts: int
    ease: float
    discrimination: float | None

    @property
    def remarks(self) -> tuple[str, ...]:
        """too_easy, too_hard, weak (does not tell who knows more), wrong_way (those who know more miss it, by
        more than chance)."""
        if self.attempts < FEWEST:
            return ()
        found = []
        if self.ease > TOO_EASY:
            found.append("too_easy")
        if self.ease < TOO_HARD:
            found.append("too_hard")
        if self.discrimination is not None and self.discrimination < -SURE / sqrt(self.attempts):
            found.append("wrong_way")
        elif self.discrimination is not None and self.discrimination < WEAK:
            found.append("weak")
        return tuple(found)


def item_figures(attempts: Sequence[Mapping[str, float]]) -> tuple[ItemFigures, ...]:
    """Figures of every question; an attempt is {question: share earned}, without those that wait for a person.

    The rest of a paper is its mean share without the question itself, so that forms of any length compare. The hardest
    question comes first.
    """
    pairs: dict[str, list[tuple[float, float]]] = {}
    for shares in attempts:
        total, count = sum(shares.values()), len(shares)
        for question, share in shares.items():
            rest = (total - share) / (count - 1) if count > 1 else 0.0
            pairs.setdefault(question, []).append((share, rest))
    figures = [
        ItemFigures(question, len(rows), sum(share for share, _ in rows) / len(rows), _correlation(rows))
        for question, rows in pairs.items()
    ]
    return tuple(sorted(figures, key=lambda one: (one.ease, one.question)))


def _correlation(rows: Sequence[tuple[float, float]]) -> float | None:
    count = len(rows)
    mean_a, mean_b = (sum(row[place] for row in rows) / count for place in (0, 1))
    covariance = sum((a - mean_a) * (b - mean_b) for a, b in rows)
    spread = sqrt(sum((a - mean_a) ** 2 for a, _ in rows) * sum((b - mean_b) ** 2 for _, b in rows))
    return covariance / spread if spread > 1e-12 else None

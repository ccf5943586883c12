"""A rubric for replies to objections, as data: criteria, levels, atomic checks, critical errors and their limits.

`trainer.content.rubrics` reads it from a versioned YAML file. Whoever is graded can read all of it: nothing is hidden.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RubricCheck:
    """An atomic question. `points` are levels gained (or lost, below zero) where it holds fully."""

    id: str
    points: float
    text: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class RubricCriterion:
    """`weight`: share of the overall in percent; `base`: level before any check; `levels`: 0 to 4 by language."""

    id: str
    weight: int
    base: float
    title: Mapping[str, str]
    levels: tuple[Mapping[str, str], ...]
    checks: tuple[RubricCheck, ...]


@dataclass(frozen=True, slots=True)
class CriticalError:
    """`cap` is the highest overall with it; `limits` the highest level of a criterion with it.

    From certainty `decided_from` on the error stands; from `doubtful_from` on a person has to look.
    """

    id: str
    cap: int
    decided_from: float
    doubtful_from: float
    limits: Mapping[str, int]
    text: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class HearingLimits:
    """What doubtful words do to a grade. The reply is graded again without the words less sure than each of `words`.

    Where that changes a criterion by `level` levels, or all of them together the overall by `overall` points, the
    criterion, or the whole reply, is undecided; and so is the whole reply where a critical error comes or goes. Below
    the recognizer's confidence `error_from` no critical error is decided, and none is ruled out that is likely.
    """

    words: tuple[float, ...]
    level: float
    overall: float
    error_from: float


@dataclass(frozen=True, slots=True)
class ReplyRubric:
    """`errors` stand in order, the gravest first. `head_share` is what the trained head weighs against the checks.

    `effect` is how far the whole impression may move the overall from the weighted levels. `doubt_gap` is the distance
    in levels between head and checks from which a criterion is undecided; `recognition_floor` the recognizer's
    confidence below which every criterion is. A critical error less certain than `sure_from` is only doubtful when the
    whole impression contradicts it, lying more than `error_slack` points above the error's cap.
    """

    id: str
    version: str
    criteria: tuple[RubricCriterion, ...]
    errors: tuple[CriticalError, ...]
    head_share: float
    effect: int
    doubt_gap: float
    recognition_floor: float
    sure_from: float
    error_slack: int
    hearing: HearingLimits

    def error(self, name: str) -> CriticalError:
        """The critical error of that id. Raises KeyError."""
        for error in self.errors:
            if error.id == name:
                return error
        raise KeyError(name)

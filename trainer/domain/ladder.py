"""The career ladder as data: categories, the lowest first, each with the gates that lead to it. Pure.

A `Ladder` is read from trainer/ladder/*.yaml, or from the edition that an organisation made of one (content/ladder.py).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

SIGNATURE, COURSE, EXAM, DRILL, TYPING = "signature", "course", "exam", "drill", "typing"
SCENARIOS, CLEAN_CALLS, DELIVERY = "scenarios", "clean_calls", "delivery"
WORK, HELD, ATTESTATION = "work", "held", "attestation"

GATE_KINDS = (
    SIGNATURE, COURSE, EXAM, DRILL, TYPING, SCENARIOS, CLEAN_CALLS, DELIVERY, WORK, HELD, ATTESTATION,
)  # fmt: skip
"""signature: the job description in force is signed. course: all of `courses` are passed. exam: `exam` is passed. drill:
`drill` (diction or listening) was passed. typing: words a minute in a passed typing drill. scenarios: assessed calls passed,
each another form, on `scenarios` different scenarios at least, none easier than `difficulty`, which together cover every one
of `duties`. clean_calls: none of the last `threshold` assessed calls has a fundamental error. delivery: `measure`, as the
median of the last `last` assessed calls. work: `criterion` (E1 to E5) over the last `months`. held: months that `category`
is held. attestation: so many supervisors put their name to the person's work."""

MEASURES = (
    "words_per_minute", "fillers_per_minute", "talk_over_count", "longest_silence_s", "handle_time_s", "wrap_up_s",
)  # fmt: skip
"""Observable figures of a call that a gate may ask for; never an accent, never a mood. The first three are of calls that
were spoken: whoever types instead has none of them."""

CRITERIA = ("E1", "E2", "E3", "E4", "E5")
"""Evaluation criteria of the job description: tasks, quality %, targets met %, justified complaints of departments and of
customers."""


@dataclass(frozen=True, slots=True)
class Gate:
    """One condition. `threshold` is the least figure that passes, or the greatest with `at_most`; texts are by language.

    Which of the other fields a kind uses, `GATE_KINDS` says; what it does not use is empty.
    """

    id: str
    kind: str
    threshold: float
    title: Mapping[str, str]
    courses: tuple[str, ...] = ()
    exam: str = ""
    drill: str = ""
    scenarios: int = 0
    duties: tuple[str, ...] = ()
    difficulty: int = 1
    measure: str = ""
    last: int = 0
    criterion: str = ""
    months: int = 0
    category: str = ""
    at_most: bool = False

    def meets(self, figure: float | None) -> bool:
        """Whether that figure passes; what is not known does not."""
        if figure is None:
            return False
        return figure <= self.threshold if self.at_most else figure >= self.threshold


@dataclass(frozen=True, slots=True)
class Alignment:
    """An outside reference by its identifier and official name (in its own language)."""

    framework: str
    code: str
    name: str
    url: str


@dataclass(frozen=True, slots=True)
class Category:
    """A rung. Without gates it is held by everybody (the lowest) or cannot be decided. `validity_months` 0: for good.

    `renewal` are the gates of a renewal, which counts only what was done since the certificate was issued, and can be
    decided from `renewal_months` before its end.
    """

    id: str
    rank: int
    title: Mapping[str, str]
    about: Mapping[str, str]
    gates: tuple[Gate, ...] = ()
    validity_months: int = 0
    renewal: tuple[Gate, ...] = ()
    renewal_months: int = 0
    alignments: tuple[Alignment, ...] = ()


MOST_MARGIN = 30
"""Points. A grader that is further from people than this decides nothing borderline; its criteria go to people."""


@dataclass(frozen=True, slots=True)
class Ladder:
    """All rungs, the lowest first. `margin` in points of 100: a call that fell short by no more is within the grader's own
    error (how far the machine and people differ on the same calls), and asks for one more instead of refusing. It holds
    until that error is measured (`margin_of`)."""

    version: str
    categories: tuple[Category, ...]
    margin: int = 0

    def margin_of(self, measured: int | None) -> int:
        """The margin that counts: the measured one where there is one, up to `MOST_MARGIN`. A ladder without a margin asks
        nobody for one more call."""
        return min(measured, MOST_MARGIN) if self.margin and measured is not None else self.margin

    def find(self, category_id: str) -> Category | None:
        return next((category for category in self.categories if category.id == category_id), None)

    def after(self, rank: int) -> Category | None:
        """The next rung above `rank`."""
        return next((category for category in self.categories if category.rank > rank), None)

    def all_gates(self) -> Iterator[Gate]:
        for category in self.categories:
            yield from category.gates
            yield from category.renewal

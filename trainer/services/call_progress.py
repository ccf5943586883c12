"""Progress over time: how a learner's own calls were marked, criterion by criterion. Nobody else's are ever looked at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from trainer.domain.grade import EVERY_CRITERION
from trainer.domain.roles import Actor
from trainer.store import calls as store

MOST_CALLS = 40
"""The latest ones: enough to see a way, few enough to be read."""
A_FEW = 3


@dataclass(frozen=True, slots=True)
class MarkedCall:
    """A graded call; `scores` are 0 to 100 by criterion, without those that did not come up."""

    public_id: str
    title: str
    language: str
    at: datetime
    assessed: bool
    overall: int
    scores: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class CriterionWay:
    """One criterion over the calls in which it came up: (place among all calls, score, assessed), the first call first.

    `first` and `last` are the means of the first and of the last few, None where too few calls had it to tell.
    """

    criterion: str
    points: tuple[tuple[int, int, bool], ...]
    first: int | None
    last: int | None


@dataclass(frozen=True, slots=True)
class CallProgress:
    """`calls` and the ways through them, the first call first; `rubrics` are the versions of the grades, the latest first.

    A criterion that only one kind of call has goes its way through the calls of that kind.
    """

    calls: tuple[MarkedCall, ...]
    ways: tuple[CriterionWay, ...]
    rubrics: tuple[str, ...]


def progress_over_time(session: Session, actor: Actor) -> CallProgress:
    """The actor's latest graded calls, practice and assessed, and each criterion through them. One query."""
    rows = store.graded_calls_of_user(session, actor.user_id, MOST_CALLS)
    calls = tuple(
        MarkedCall(
            public_id=call.public_id,
            title=call.title,
            language=call.language,
            at=call.started_at,
            assessed=call.mode == "assessed",
            overall=grade.overall,
            scores={one["id"]: one["score"] for one in grade.grade["criteria"] if one["score"] is not None},
        )
        for call, grade in reversed(rows)
    )
    ways = tuple(_way(criterion, calls) for criterion in EVERY_CRITERION)
    rubrics = tuple(dict.fromkeys(grade.rubric_version for _, grade in rows))
    return CallProgress(calls, tuple(way for way in ways if way.points), rubrics)


def _way(criterion: str, calls: tuple[MarkedCall, ...]) -> CriterionWay:
    points = tuple(
        (place, call.scores[criterion], call.assessed)
        for place, call in enumerate(calls, start=1)
        if criterion in call.scores
    )
    scores = [score for _, score, _ in points]
    told = len(scores) >= 2 * A_FEW
    return CriterionWay(
        criterion, points, _mean(scores[:A_FEW]) if told else None, _mean(scores[-A_FEW:]) if told else None
    )


def _mean(scores: list[int]) -> int:
    return round(sum(scores) / len(scores))

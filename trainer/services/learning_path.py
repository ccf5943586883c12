"""A learner's way to the next category: the gates of the ladder in order, then the certificate, and the one thing to do now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from sqlalchemy.orm import Session

from trainer.domain.career import GateResult, Verdict
from trainer.domain.ladder import (
    ATTESTATION,
    CLEAN_CALLS,
    COURSE,
    DELIVERY,
    DRILL,
    EXAM,
    HELD,
    SCENARIOS,
    SIGNATURE,
    TYPING,
    WORK,
)
from trainer.domain.roles import Actor
from trainer.services import calls, careers, courses, learning, scenarios
from trainer.services.careers import Career
from trainer.services.learning import Progress
from trainer.services.readiness import Readiness, readiness_of
from trainer.services.scenarios import ScenarioCard
from trainer.store import learning as store
from trainer.store.calls import Call

DONE, NOW, LATER, TIME = "done", "now", "later", "time"
"""time: open, and nothing that the learner could do today brings it on."""
TAKES_TIME = frozenset({HELD, WORK})
ON_CALLS = frozenset({SCENARIOS, CLEAN_CALLS, DELIVERY})


@dataclass(frozen=True, slots=True)
class Step:
    """A station on the way. `kind` is a gate's kind or "certificate"; `figure` of `threshold` (the most with `at_most`; None
    where nothing was measured); `name` is what it takes next: a course, an exam or a drill."""

    kind: str
    state: str
    title: Mapping[str, str]
    figure: float | None = 0
    threshold: float = 0
    name: str = ""
    at_most: bool = False


@dataclass(frozen=True, slots=True)
class Action:
    """What to do now. `kind`: lesson {course, lesson} · quiz {course} · quiz_open {course, quiz} · condition {condition: its
    kind, name} · call_open {call} · call {card} · attestation · decision · nothing."""

    kind: str
    course: str = ""
    lesson: str = ""
    quiz: str = ""
    call: Call | None = None
    card: ScenarioCard | None = None
    condition: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class Way:
    """The whole way, for one page."""

    career: Career
    steps: Sequence[Step]
    action: Action
    courses: Sequence[Progress]
    ready: Readiness | None = None


def way_of(
    session: Session, actor: Actor, course_folder: Path, scenario_folder: Path, language: str, now: datetime
) -> Way:
    """Where the actor stands and what comes next."""
    progress = learning.progress_of(session, actor, courses.in_order(course_folder))
    career = careers.career_of(session, actor, None, now)
    steps = _steps(career.verdict)
    ready = readiness_of(session, actor, course_folder, [slug for slug, one in progress.items() if one.passed])
    if ready is not None and not ready.ready:
        steps = [replace(step, state=LATER if step.state == NOW else step.state) for step in steps]
        return Way(career, steps, _before_calls(ready, progress), list(progress.values()), ready)
    step = next((step for step in steps if step.state == NOW), None)
    open_courses = [one for one in progress.values() if one.passed is None]
    own = progress.get(step.name) if step else next(iter(open_courses), None)
    if step is None or step.kind == COURSE:
        action = _study(own)
    elif step.kind in ON_CALLS:
        action = _take_a_call(session, actor, career.verdict, list(progress.values()), scenario_folder, language)
    elif step.kind in (SIGNATURE, EXAM, DRILL, TYPING):
        action = Action("condition", condition=DRILL if step.kind == TYPING else step.kind, name=step.name)
    else:
        action = Action("attestation" if step.kind == ATTESTATION else "decision")
    return Way(career, steps, action, list(progress.values()), ready)


def _before_calls(ready: Readiness, progress: Mapping[str, Progress]) -> Action:
    """The next condition: of a course its next lesson or quiz."""
    condition = ready.next
    assert condition is not None  # the caller looked
    if condition.kind == "course":
        return _study(progress.get(condition.name))
    return Action("condition", condition=condition.kind, name=condition.name)


def _steps(verdict: Verdict | None) -> list[Step]:
    """Every gate of the next category, and its certificate; the first that is not passed is for now."""
    if verdict is None:
        return []
    steps = []
    found = False
    for result in verdict.gates:
        gate, state = result.gate, DONE
        if not result.passed:
            state = TIME if gate.kind in TAKES_TIME else LATER if found else NOW
            found = found or state == NOW
        steps.append(
            Step(gate.kind, state, gate.title, result.figure, gate.threshold, _next_of(result), gate.at_most)
        )  # fmt: skip
    return [*steps, Step("certificate", NOW if verdict.granted else LATER, verdict.category.title)]


def _next_of(result: GateResult) -> str:
    """The course, exam or drill that the gate asks for next."""
    missing = [str(remark.params["course"]) for remark in result.remarks if remark.code == "course_missing"]
    gate = result.gate
    return (missing or gate.courses or [""])[0] if gate.kind == COURSE else gate.exam or gate.drill or gate.kind


def _study(progress: Progress | None) -> Action:
    """The next lesson, then the quiz."""
    if progress is None or progress.passed:
        return Action("nothing")
    slug = progress.course.slug
    if progress.open is not None:
        return Action("quiz_open", course=slug, quiz=progress.open.public_id)
    if progress.next_lesson is not None:
        return Action("lesson", course=slug, lesson=progress.next_lesson)
    return Action("quiz", course=slug)


def _take_a_call(
    session: Session,
    actor: Actor,
    verdict: Verdict | None,
    progress: Sequence[Progress],
    folder: Path,
    language: str,
) -> Action:
    """A call that waits to be finished; else a scenario that is not passed yet, those of the courses first."""
    waiting = calls.calls_waiting(session, actor)
    if waiting:
        return Action("call_open", call=waiting[0])
    results = verdict.gates if verdict else ()
    counted = [record for result in results if result.gate.kind == "scenarios" for record in result.records]
    passed = store.scenarios_of_calls(session, counted)
    taught = [slug for one in progress for slug in one.course.calls]
    cards = scenarios.list_cards(folder, language)
    # Sorting is stable: the lobby's order, easiest first, stays within each group.
    cards.sort(key=lambda card: (card.slug in passed, card.slug not in taught))
    return Action("call", card=cards[0]) if cards else Action("nothing")

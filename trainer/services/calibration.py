"""Calibration: several people mark the same calls blind, then see where they differ from each other and the machine.

Nobody sees anything of the others before all have handed in, or before whoever leads the session closes it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from trainer.domain.errors import Conflict, Invalid, NotAllowed, NotFound
from trainer.domain.grade import CallGrade
from trainer.domain.grading.decided import answer_in
from trainer.domain.grading.marking import asked_ids
from trainer.domain.roles import Actor
from trainer.services.agreement import AgreementReport, marked_calls, report_on
from trainer.services.calls_review import note_reading
from trainer.services.marking import knows_the_mark
from trainer.services.marks import MARKERS
from trainer.store import calls as call_store
from trainer.store import markings as store
from trainer.store.accounts import User, users_with_role
from trainer.store.audit import record
from trainer.store.calls import Call
from trainer.store.documents import from_document
from trainer.store.markings import CalibrationCall, CalibrationMarker, CalibrationSession, Marking

MOST = 20
"""Calls and people of one session, each."""
TO_CHOOSE = 60
AGREED_LENGTH = 4000
HANDED_IN, TO_MARK, KNOWS = "handed_in", "to_mark", "knows"
"""How a person stands with a call of a session; who knows its mark already is not asked."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """One call, side by side: `people` are (name, overall, passed); `rows` the checks on which not all agree, as
    (check id, the machine's answer, one answer a person); `alike` counts the others."""

    overall: int
    passed: bool
    people: tuple[tuple[str, int, bool], ...]
    rows: tuple[tuple[str, str, tuple[str, ...]], ...]
    alike: int
    grade: CallGrade
    notes: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class SessionCall:
    """A call of the session; `states` by person's id; `compared` None until all may see it."""

    call: Call
    states: dict[int, str]
    compared: Comparison | None = None


@dataclass(frozen=True, slots=True)
class Calibration:
    """A session as one of its people sees it."""

    held: CalibrationSession
    calls: tuple[SessionCall, ...]
    people: tuple[User, ...]
    leads: bool
    is_open_to_see: bool
    report: AgreementReport | None = None

    @property
    def handed_in(self) -> int:
        return sum(state == HANDED_IN for one in self.calls for state in one.states.values())

    @property
    def wanted(self) -> int:
        return sum(state != KNOWS for one in self.calls for state in one.states.values())


def choices(session: Session, actor: Actor) -> tuple[list[Call], list[User]]:
    """The calls and the people that a new session may have, the newest call first."""
    calls = store.calls_to_choose(session, actor.organisation_id, TO_CHOOSE)
    return calls, users_with_role(session, actor.organisation_id, *MARKERS)


def open_session(
    session: Session, actor: Actor, *, title: str, calls: Sequence[str], people: Sequence[str], now: datetime
) -> CalibrationSession:
    """A new session over those calls and people (public ids). Raises Invalid."""
    title = " ".join(title.split())
    if not 1 <= len(title) <= 120:
        raise Invalid("calibration.bad_title", field="title")
    may, staff = choices(session, actor)
    chosen = [call for call in may if call.public_id in calls]
    markers = [user for user in staff if user.public_id in people]
    if not 1 <= len(chosen) <= MOST:
        raise Invalid("calibration.bad_calls", field="calls", most=MOST)
    if not 2 <= len(markers) <= MOST:
        raise Invalid("calibration.bad_people", field="people", most=MOST)
    held = CalibrationSession(
        organisation_id=actor.organisation_id, title=title, led_by_id=actor.user_id, led_by_name=actor.name, opened_at=now
    )  # fmt: skip
    session.add(held)
    session.flush()
    session.add_all(CalibrationCall(session_id=held.id, call_id=call.id) for call in chosen)
    session.add_all(CalibrationMarker(session_id=held.id, user_id=user.id) for user in markers)
    record(session, actor, "calibration.opened", held, now, {"calls": len(chosen), "people": len(markers)})
    session.commit()
    return held


@dataclass(frozen=True, slots=True)
class SessionLine:
    """A session in the list: markings handed in, of how many at most, and how many of the actor's own are left."""

    held: CalibrationSession
    handed_in: int
    most: int
    own_left: int


def list_sessions(session: Session, actor: Actor) -> list[SessionLine]:
    """The sessions in which the actor takes part or that they lead (an admin: all), the newest first. Four queries."""
    held = store.sessions_of(session, actor.organisation_id)
    calls, people = store.parts_of_sessions(session, [one.id for one in held])
    rows = store.handed_in(session, {number for numbers in calls.values() for number in numbers})
    lines = []
    for one in held:
        if one.led_by_id != actor.user_id and actor.user_id not in people[one.id] and not actor.is_any("admin"):
            continue
        done = [row.by_id for number in calls[one.id] for row in rows[number] if row.by_id in people[one.id]]
        own = len(calls[one.id]) - done.count(actor.user_id) if actor.user_id in people[one.id] else 0
        lines.append(SessionLine(one, len(done), len(calls[one.id]) * len(people[one.id]), 0 if one.closed_at else own))
    return lines


def _look(session: Session, actor: Actor, held: CalibrationSession, people: list[User]) -> Calibration | None:
    leads = held.led_by_id == actor.user_id or actor.is_any("admin")
    if not leads and actor.user_id not in {user.id for user in people}:
        return None
    calls = store.calls_of_session(session, held)
    rows = store.handed_in(session, [call.id for call in calls])
    lines = []
    for call in calls:
        done = {row.by_id for row in rows[call.id]}
        states = {user.id: HANDED_IN if user.id in done else _state(session, user, call) for user in people}
        lines.append(SessionCall(call, states))
    complete = all(state != TO_MARK for one in lines for state in one.states.values())
    return Calibration(held, tuple(lines), tuple(people), leads, held.closed_at is not None or complete)


def _state(session: Session, user: User, call: Call) -> str:
    return KNOWS if knows_the_mark(session, user.id, call) else TO_MARK


def _session_of(session: Session, actor: Actor, session_id: str) -> Calibration:
    held = store.find_session(session, actor.organisation_id, session_id)
    found = _look(session, actor, held, store.markers_of_session(session, held)) if held else None
    if found is None:
        raise NotFound("calibration.none")
    return found


def open_calibration(session: Session, actor: Actor, session_id: str, now: datetime) -> Calibration:
    """The session with what the actor may see of it. Raises NotFound.

    Where the answers are shown, the log notes that the actor has seen the marks of these calls.
    """
    found = _session_of(session, actor, session_id)
    if not found.is_open_to_see:
        return found
    ids = [one.call.id for one in found.calls]
    grades, rows = call_store.latest_grades(session, ids), store.handed_in(session, ids)
    members = {user.id for user in found.people}
    lines = []
    for one in found.calls:
        grade = from_document(CallGrade, grades[one.call.id].grade)
        theirs = [row for row in rows[one.call.id] if row.by_id in members]
        lines.append(SessionCall(one.call, one.states, compare(grade, theirs)))
        note_reading(session, actor, one.call, now)
    report = report_on(marked_calls(session, ids))
    return Calibration(found.held, tuple(lines), found.people, found.leads, True, report)


def compare(grade: CallGrade, rows: Sequence[Marking]) -> Comparison:
    """The machine's answers and those of each marking, side by side."""
    differing, alike = [], 0
    for name in asked_ids(grade):
        machine = answer_in(grade, name) or ""
        theirs = tuple(row.answers.get(name, "") for row in rows)
        given = {answer for answer in (machine, *theirs) if answer not in ("", "undecided")}
        if len(given) > 1:
            differing.append((name, machine, theirs))
        else:
            alike += 1
    people = tuple((row.by_name, row.overall or 0, bool(row.passed)) for row in rows)
    notes = tuple((row.by_name, row.note) for row in rows if row.note)
    return Comparison(grade.overall, grade.passed, people, tuple(differing), alike, grade, notes)


def close_session(session: Session, actor: Actor, session_id: str, agreed: str, now: datetime) -> CalibrationSession:
    """End the session, or write down what was agreed in one that has ended. Raises NotFound, NotAllowed, Invalid."""
    found = _session_of(session, actor, session_id)
    if not found.leads:
        raise NotAllowed("calibration.not_leading")
    agreed = agreed.strip()
    if len(agreed) > AGREED_LENGTH:
        raise Invalid("calibration.long_text", field="agreed", longest=AGREED_LENGTH)
    if found.handed_in == 0:
        raise Conflict("calibration.nothing_yet")
    held = found.held
    held.agreed = agreed
    if held.closed_at is None:
        held.closed_at = now
    record(session, actor, "calibration.closed", held, now, {"handed_in": found.handed_in, "wanted": found.wanted})
    session.commit()
    return held

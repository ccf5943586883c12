"""Where people stand on the career ladder: evidence for gates, attestations and decisions."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from importlib import import_module
from importlib.util import find_spec
from typing import Any, cast

from sqlalchemy.orm import Session

from trainer.content.ladder import load_ladder
from trainer.domain.career import (
    Attested,
    CallTaken,
    Category,
    CoursePassed,
    Ladder,
    Record,
    Verdict,
    decide,
)
from trainer.domain.credential import VALID, Standing, standing
from trainer.domain.errors import Conflict, Invalid, NotAllowed, NotFound
from trainer.domain.roles import Actor
from trainer.store import accounts, audit
from trainer.store import careers as store
from trainer.store import certificates as issued
from trainer.store.accounts import User
from trainer.store.careers import Attestation, Decision
from trainer.store.certificates import Certificate
from trainer.store.documents import to_document

NOTE_LENGTH = (10, 2000)
PassedCourses = Callable[[Session, list[int]], dict[int, list[tuple[str, datetime, str]]]]


@dataclass(frozen=True, slots=True)
class HeldCertificate:
    certificate: Certificate
    standing: Standing


@dataclass(frozen=True, slots=True)
class Career:
    """Where a person stands: the rung they hold, the next one, and the verdict over it as of now (None at the top, or
    while the next category has no gates)."""

    person: User
    ladder: Ladder
    current: Category
    next: Category | None
    verdict: Verdict | None
    certificates: tuple[HeldCertificate, ...]


def courses_passed(session: Session, user_ids: list[int]) -> dict[int, tuple[CoursePassed, ...]]:
    """What the learning part says of these people: nothing while that part is not installed."""
    if find_spec("trainer.store.learning") is None:
        return {}
    query = cast("PassedCourses", import_module("trainer.store.learning").passed_courses)
    return {
        number: tuple(CoursePassed(course, at, record) for course, at, record in rows)
        for number, rows in query(session, user_ids).items()
    }


def gather(
    session: Session, user_ids: Iterable[int], certificates: Iterable[Certificate] | None = None
) -> dict[int, Record]:
    """Everything that gates may count, by person; `certificates` of these people, the latest first, where they are at hand.

    A supervisor's word serves one certificate: after that was issued, a renewal or a certificate after a revocation
    asks for a new word.
    """
    ids = list(user_ids)
    courses = courses_passed(session, ids)
    calls: dict[int, list[CallTaken]] = {number: [] for number in ids}
    for taken in store.assessed_calls(session, ids):
        calls[taken.user_id].append(_call(taken))
    given: dict[int, list[Attested]] = {number: [] for number in ids}
    served: dict[tuple[int, str], datetime] = {}
    for row in issued.certificates_of(session, ids) if certificates is None else certificates:
        served.setdefault((row.user_id, row.category), row.issued_at)
    for word in store.attestations_of(session, ids):
        until = served.get((word.user_id, word.category))
        if until is not None and word.at.replace(microsecond=0) <= until:
            continue
        given[word.user_id].append(Attested(word.public_id, word.category, word.by_name, word.at))
    return {number: Record(courses.get(number, ()), tuple(calls[number]), tuple(given[number])) for number in ids}


def _call(row: store.CountedCallRow) -> CallTaken:
    decided = sorted({int(error["number"]) for error in row.errors if error.get("decided", True)})
    return CallTaken(
        record=row.public_id,
        scenario=row.scenario,
        title=row.title,
        at=row.ended_at,
        overall=row.overall or 0,
        passed=row.passed,
        errors=tuple(decided),
        waiting=any(not error.get("decided", True) for error in row.errors),
        graded=row.overall is not None,
    )


def careers_of(session: Session, people: Iterable[User], now: datetime) -> list[Career]:
    """Where each of these people stands, in their order."""
    rows = list(people)
    ids = [person.id for person in rows]
    certificates = issued.certificates_of(session, ids)
    ladder, records = load_ladder(), gather(session, ids, certificates)
    held: dict[int, list[HeldCertificate]] = {number: [] for number in ids}
    facts = issued.facts_of(session, [c.id for c in certificates])
    for row in certificates:
        state = standing(row.issued_at, row.valid_until, facts[row.id], now)
        held[row.user_id].append(HeldCertificate(row, state))
    return [_career(person, ladder, records[person.id], held[person.id]) for person in rows]


def _career(person: User, ladder: Ladder, record: Record, held: list[HeldCertificate]) -> Career:
    valid = [ladder.find(h.certificate.category) for h in held if h.standing.state == VALID]
    current = max((c for c in valid if c is not None), key=lambda c: c.rank, default=ladder.categories[0])
    upper = ladder.after(current.rank)
    verdict = decide(ladder, upper, record) if upper is not None and upper.gates else None
    return Career(person, ladder, current, upper, verdict, tuple(held))


def find_person(session: Session, actor: Actor, public_id: str) -> User:
    """A person of the actor's organisation; candidates who came by a link have no career here. Raises NotFound."""
    person = accounts.find_user(session, actor.organisation_id, public_id)
    if person is None or person.is_candidate:
        raise NotFound
    return person


def find_anyone(session: Session, name: str) -> User | None:
    """For commands, which act for no organisation: by e-mail address or public id."""
    person = accounts.find_user_by_email(session, name.strip().lower()) or store.find_person_anywhere(session, name)
    return None if person is None or person.is_candidate else person


def career_of(session: Session, actor: Actor, public_id: str | None, now: datetime) -> Career:
    """The person's career; the actor's own with None. Others' only for supervisors and trainers. Raises NotFound."""
    if public_id is None:
        person = accounts.find_oneself(session, actor.user_id)
        person = None if person is None or person.is_candidate else person
    else:
        if not actor.is_any("supervisor", "trainer"):
            raise NotAllowed
        person = find_person(session, actor, public_id)
    if person is None:
        raise NotFound
    return careers_of(session, [person], now)[0]


def list_careers(session: Session, actor: Actor, now: datetime, page: int, size: int = 30) -> tuple[list[Career], bool]:
    """A page of the organisation's learners, by name, and whether there are more."""
    people = accounts.users_with_role(session, actor.organisation_id, "learner")
    start = (page - 1) * size
    return careers_of(session, people[start : start + size], now), len(people) > start + size


def list_ready(session: Session, actor: Actor, now: datetime) -> list[Career]:
    """Learners whose next category waits for a supervisor only: every gate passed, or all but the attestation. Those to
    whom nothing is missing come first, then by name."""
    people = store.people_with_passed_calls(session, actor.organisation_id)
    careers = [career for career in careers_of(session, people, now) if is_ready(career)]
    return sorted(careers, key=lambda career: not (career.verdict and career.verdict.granted))


def is_ready(career: Career) -> bool:
    verdict = career.verdict
    return verdict is not None and (verdict.granted or verdict.lacks_only("attestation"))


def open_decision(session: Session, actor: Actor, public_id: str) -> tuple[Decision, User]:
    """A decision and the person it is about: one's own, or anyone's of the organisation for those who may see careers.
    Raises NotFound."""
    decision = store.find_decision(session, public_id, actor.organisation_id)
    person = session.get(User, decision.user_id) if decision is not None else None
    if decision is None or person is None:
        raise NotFound
    if decision.user_id != actor.user_id and not actor.is_any("supervisor", "trainer"):
        raise NotFound
    return decision, person


def history_of(session: Session, person: User) -> tuple[list[Decision], list[Attestation]]:
    """Decisions and attestations of the person, the latest first."""
    return store.decisions_of(session, person.id), store.attestations_of(session, [person.id])


def gate_rows(verdict: Verdict) -> list[dict[str, Any]]:
    """Every gate as decisions keep it: id, kind, course, title, figure, threshold, passed, records, remarks."""
    return [
        {
            "id": result.gate.id,
            "kind": result.gate.kind,
            "course": result.gate.course,
            "title": dict(result.gate.title),
            "figure": result.figure,
            "threshold": result.gate.threshold,
            "passed": result.passed,
            "records": list(result.records),
            "remarks": to_document(result.remarks),
        }
        for result in verdict.gates
    ]


def _category(category_id: str) -> Category:
    category = load_ladder().find(category_id)
    if category is None:
        raise NotFound("career.unknown_category")
    if not category.gates:
        raise Invalid("career.no_gates")
    return category


def _not_oneself(actor: Actor, person: User) -> None:
    if actor.user_id == person.id:
        raise NotAllowed("career.not_oneself")


def attest(session: Session, actor: Actor, person_id: str, category_id: str, note: str, now: datetime) -> Attestation:
    """A supervisor's word for the person. Raises NotAllowed for oneself or without the role, NotFound, Invalid."""
    if not actor.is_any("supervisor"):
        raise NotAllowed
    person, category = find_person(session, actor, person_id), _category(category_id)
    _not_oneself(actor, person)
    note = note.strip()
    if not NOTE_LENGTH[0] <= len(note) <= NOTE_LENGTH[1]:
        raise Invalid("career.note_length", field="note")
    word = Attestation(
        organisation_id=actor.organisation_id,
        user_id=person.id,
        category=category.id,
        by_id=actor.user_id,
        by_name=actor.name,
        note=note,
        at=now,
    )
    session.add(word)
    session.flush()
    audit.record(session, actor, "career.attested", word, now, {"person": person.public_id, "category": category.id})
    session.commit()
    return word


def decide_category(session: Session, actor: Actor, person_id: str, category_id: str, now: datetime) -> Decision:
    """Decide over the category as things stand now, and keep the decision with its reasons, granted or not.

    Raises NotAllowed for oneself or without the role, NotFound, Invalid for a category without gates, Conflict while
    the person already holds a valid certificate of the category. The user id 0 stands for the machine's administrator.
    """
    if not actor.is_any("supervisor"):
        raise NotAllowed
    person, category = find_person(session, actor, person_id), _category(category_id)
    _not_oneself(actor, person)
    ladder = load_ladder()
    career = careers_of(session, [person], now)[0]
    if any(h.certificate.category == category.id and h.standing.state == VALID for h in career.certificates):
        raise Conflict("career.already_held")
    verdict = decide(ladder, category, gather(session, [person.id])[person.id])
    decision = Decision(
        organisation_id=person.organisation_id,
        user_id=person.id,
        category=category.id,
        ladder=ladder.version,
        granted=verdict.granted,
        gates=gate_rows(verdict),
        by_id=actor.user_id or None,
        by_name=actor.name,
        at=now,
    )
    session.add(decision)
    session.flush()
    facts = {"person": person.public_id, "category": category.id, "granted": verdict.granted}
    audit.record(session, actor, "career.decided", decision, now, facts)
    session.commit()
    return decision


def decision_to_issue(session: Session, person: User, category_id: str) -> Decision | None:
    """The latest granted decision that no certificate was issued for."""
    return store.decision_without_certificate(session, person.id, category_id)

"""Where people stand on the career ladder, attestations, and decisions over categories."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from trainer.domain.career import Record, Verdict
from trainer.domain.credential import EXPIRED, VALID, Standing, months_later, standing
from trainer.domain.errors import Conflict, Invalid, NotAllowed, NotFound
from trainer.domain.gates import decide
from trainer.domain.ladder import ATTESTATION, Category, Gate, Ladder
from trainer.domain.roles import Actor
from trainer.services.career_records import Issued, gather
from trainer.services.ladders import ladder_at, ladder_of
from trainer.store import accounts, audit
from trainer.store import careers as store
from trainer.store import certificates as issued_store
from trainer.store.accounts import User
from trainer.store.careers import Attestation, Decision
from trainer.store.certificates import Certificate
from trainer.store.documents import from_document, to_document

NOTE_LENGTH = (10, 2000)


@dataclass(frozen=True, slots=True)
class HeldCertificate:
    certificate: Certificate
    standing: Standing


@dataclass(frozen=True, slots=True)
class Renewal:
    """A certificate that ends soon, or has ended, and what it takes to hold its category on. `at` is its end."""

    certificate: Certificate
    verdict: Verdict
    at: datetime


@dataclass(frozen=True, slots=True)
class Career:
    """Where a person stands: the rung they hold, the next one, and the verdict over it as of now (None at the top, or
    while the next category has no gates). `record` is what was counted."""

    person: User
    ladder: Ladder
    current: Category
    next: Category | None
    verdict: Verdict | None
    certificates: tuple[HeldCertificate, ...]
    record: Record
    renewal: Renewal | None = None

    @property
    def is_attested(self) -> bool:
        """A supervisor's word stands for the next category: the draft of the decision is attested."""
        gates = self.verdict.gates if self.verdict else ()
        return any(result.gate.kind == ATTESTATION and result.figure for result in gates)


def careers_of(session: Session, people: Iterable[User], now: datetime) -> list[Career]:
    """Where each of these people of one organisation stands, in their order. A fixed number of queries."""
    rows = list(people)
    if not rows:
        return []
    ids = [person.id for person in rows]
    ladder, issued = ladder_of(session, rows[0].organisation_id), issued_to(session, ids, now)
    held: dict[int, list[HeldCertificate]] = {number: [] for number in ids}
    for certificate, state in issued:
        held[certificate.user_id].append(HeldCertificate(certificate, state))
    records = gather(session, ids, ladder, _asked_of(ladder, held.values()), issued, now)
    return [_career(person, ladder, records[person.id], held[person.id], now) for person in rows]


def _asked_of(ladder: Ladder, held: Iterable[list[HeldCertificate]]) -> list[Gate]:
    """The gates of everybody's next category, and of the renewals of what they hold or held."""
    nexts, renewed = set(), set()
    for certificates in held:
        upper = ladder.after(_held_category(ladder, certificates).rank)
        nexts |= {upper.id} if upper else set()
        renewed |= {one.certificate.category for one in certificates}
    found = [gate for category in ladder.categories if category.id in nexts for gate in category.gates]
    return found + [gate for category in ladder.categories if category.id in renewed for gate in category.renewal]


def _held_category(ladder: Ladder, held: list[HeldCertificate]) -> Category:
    """The highest with a certificate that is valid, else the lowest of all."""
    valid = [ladder.find(h.certificate.category) for h in held if h.standing.state == VALID]
    return max((c for c in valid if c is not None), key=lambda c: c.rank, default=ladder.categories[0])


def issued_to(session: Session, user_ids: Iterable[int], now: datetime) -> Issued:
    """These people's certificates with what they are today, the latest first. Two queries."""
    certificates = issued_store.certificates_of(session, user_ids)
    facts = issued_store.facts_of(session, [row.id for row in certificates])
    return [(row, standing(row.issued_at, row.valid_until, facts[row.id], now)) for row in certificates]


def _career(person: User, ladder: Ladder, record: Record, held: list[HeldCertificate], now: datetime) -> Career:
    current = _held_category(ladder, held)
    upper = ladder.after(current.rank)
    verdict = decide(ladder, upper, record, now) if upper is not None and upper.gates else None
    return Career(
        person, ladder, current, upper, verdict, tuple(held), record, _renewal(ladder, record, held, current, now)
    )


def _renewal(
    ladder: Ladder, record: Record, held: list[HeldCertificate], current: Category, now: datetime
) -> Renewal | None:
    """Of the highest category that is held or was held last, from so many months before its end as the ladder says."""
    for one in held:  # the latest first
        category = ladder.find(one.certificate.category)
        until = one.certificate.valid_until
        if category is None or not category.renewal or until is None or category.rank < current.rank:
            continue
        if one.standing.state not in (VALID, EXPIRED) or now < months_later(until, -category.renewal_months):
            continue
        verdict = decide(ladder, category, record, now, renewed_since=one.certificate.issued_at)
        return Renewal(one.certificate, verdict, until)
    return None


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
    return verdict is not None and (verdict.granted or verdict.lacks_only(ATTESTATION))


def list_expiring(session: Session, actor: Actor, now: datetime) -> list[Career]:
    """People whose certificate can be renewed now: it ends soon, or ended within the last months. The next end first."""
    earliest, latest = months_later(now, -3), months_later(now, 24)
    people = store.people_with_certificates(session, actor.organisation_id, earliest, latest)
    ending = [career for career in careers_of(session, people, now) if career.renewal is not None]
    return sorted(ending, key=lambda career: career.renewal.at if career.renewal else now)


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
    """Every gate as decisions keep it (see `store.careers.Decision`)."""
    return [
        {
            "id": result.gate.id,
            "kind": result.gate.kind,
            "courses": list(result.gate.courses),
            "exam": result.gate.exam,
            "title": dict(result.gate.title),
            "figure": result.figure,
            "threshold": result.gate.threshold,
            "at_most": result.gate.at_most,
            "passed": result.passed,
            "near": result.near,
            "records": list(result.records),
            "remarks": to_document(result.remarks),
        }
        for result in verdict.gates
    ]


def _category(ladder: Ladder, category_id: str) -> Category:
    category = ladder.find(category_id)
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
    person = find_person(session, actor, person_id)
    category = _category(ladder_of(session, person.organisation_id), category_id)
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


@dataclass(frozen=True, slots=True)
class Draft:
    """A decision as it would be made now. `renewed` is the certificate that it would renew, None for a first one."""

    person: User
    verdict: Verdict
    record: Record
    renewed: Certificate | None


def draft_decision(session: Session, actor: Actor, person_id: str, category_id: str, now: datetime) -> Draft:
    """What a decision over the category would say now, keeping nothing. The category can be the next one or any above it,
    and one that is held once its renewal has begun.

    Raises NotAllowed for oneself or without the role, NotFound, Invalid for a category without gates, Conflict while the
    person holds a valid certificate of the category that cannot be renewed yet.
    """
    if not actor.is_any("supervisor"):
        raise NotAllowed
    person = find_person(session, actor, person_id)
    _not_oneself(actor, person)
    career = careers_of(session, [person], now)[0]
    category = _category(career.ladder, category_id)
    renewal = career.renewal
    if renewal is not None and renewal.certificate.category == category.id:
        return Draft(person, renewal.verdict, career.record, renewal.certificate)
    if any(h.certificate.category == category.id and h.standing.state == VALID for h in career.certificates):
        raise Conflict("career.already_held")
    issued = issued_to(session, [person.id], now)
    record = gather(session, [person.id], career.ladder, category.gates, issued, now)[person.id]
    return Draft(person, decide(career.ladder, category, record, now), record, None)


def decide_category(session: Session, actor: Actor, person_id: str, category_id: str, now: datetime) -> Decision:
    """Decide over the category as things stand now, and keep the decision with its reasons, granted or not.

    Raises as `draft_decision`. The user id 0 stands for the machine's administrator.
    """
    decision = add_decision(session, actor, draft_decision(session, actor, person_id, category_id, now), now)
    session.commit()
    return decision


def add_decision(session: Session, actor: Actor, draft: Draft, now: datetime) -> Decision:
    """Keep a draft as a decision; the caller commits."""
    decision = decision_of(actor, draft, now)
    session.add(decision)
    session.flush()
    facts = {"person": draft.person.public_id, "category": decision.category, "outcome": decision.outcome}
    audit.record(session, actor, "career.decided", decision, now, facts)
    return decision


def decision_of(actor: Actor, draft: Draft, now: datetime) -> Decision:
    """A draft as a decision that is not kept (it has no id yet)."""
    verdict, person = draft.verdict, draft.person
    inputs = to_document(draft.record)
    return Decision(
        organisation_id=person.organisation_id,
        user_id=person.id,
        category=verdict.category.id,
        ladder=verdict.ladder_version,
        granted=verdict.granted,
        outcome=verdict.outcome,
        is_renewal=verdict.is_renewal,
        renewed_since=draft.renewed.issued_at if draft.renewed else None,
        inputs=inputs,
        inputs_sha256=_sha256(inputs),
        gates=gate_rows(verdict),
        by_id=actor.user_id or None,
        by_name=actor.name,
        at=now,
    )


def made_again(session: Session, decision: Decision) -> bool | None:
    """Whether the same rules over the same records still say what the decision says, to the last figure. None for a
    decision of a time when records were not kept with it."""
    if decision.inputs is None:
        return None
    if _sha256(decision.inputs) != decision.inputs_sha256:
        return False
    ladder = ladder_at(session, decision.organisation_id, decision.ladder)
    category, record = ladder.find(decision.category), from_document(Record, decision.inputs)
    if category is None:
        return False
    verdict = decide(ladder, category, record, decision.at, renewed_since=decision.renewed_since)
    return verdict.outcome == decision.outcome and gate_rows(verdict) == decision.gates


def _sha256(document: Any) -> str:
    text = json.dumps(document, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def decision_to_issue(session: Session, person: User, category_id: str) -> Decision | None:
    """The latest granted decision that no certificate was issued for."""
    return store.decision_without_certificate(session, person.id, category_id)

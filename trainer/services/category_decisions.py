"""Decisions over categories: a supervisor's word, a draft, the decision kept with its reasons, and the same made again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from trainer.domain.career import Record, Verdict
from trainer.domain.credential import VALID, digest
from trainer.domain.errors import Conflict, Invalid, NotAllowed, NotFound
from trainer.domain.gates import decide
from trainer.domain.ladder import Category, Ladder
from trainer.domain.roles import Actor
from trainer.services.career_records import gather
from trainer.services.careers import careers_of, find_person, issued_to
from trainer.services.ladders import ladder_at, ladder_of
from trainer.store import audit
from trainer.store import careers as store
from trainer.store.accounts import User
from trainer.store.careers import Attestation, Decision
from trainer.store.certificates import Certificate
from trainer.store.documents import from_document, to_document

NOTE_LENGTH = (10, 2000)


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
    record = gather(session, person.organisation_id, [person.id], career.ladder, category.gates, issued, now)[person.id]
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
        inputs_sha256=digest(inputs),
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
    if digest(decision.inputs) != decision.inputs_sha256:
        return False
    ladder = ladder_at(session, decision.organisation_id, decision.ladder)
    category, record = ladder.find(decision.category), from_document(Record, decision.inputs)
    if category is None:
        return False
    verdict = decide(ladder, category, record, decision.at, renewed_since=decision.renewed_since)
    return verdict.outcome == decision.outcome and gate_rows(verdict) == decision.gates


def decision_to_issue(session: Session, person: User, category_id: str) -> Decision | None:
    """The latest granted decision that no certificate was issued for."""
    return store.decision_without_certificate(session, person.id, category_id)

"""Where people stand on the career ladder, attestations, and decisions over categories."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from trainer.domain.career import Record, Verdict
from trainer.domain.credential import EXPIRED, VALID, Standing, months_later, standing
from trainer.domain.errors import NotAllowed, NotFound
from trainer.domain.gates import decide
from trainer.domain.ladder import ATTESTATION, Category, Gate, Ladder
from trainer.domain.roles import Actor
from trainer.services.career_records import Issued, gather
from trainer.services.ladders import ladder_of
from trainer.store import accounts
from trainer.store import careers as store
from trainer.store import certificates as issued_store
from trainer.store.accounts import User
from trainer.store.certificates import Certificate


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
    records = gather(session, rows[0].organisation_id, ids, ladder, _asked_of(ladder, held.values()), issued, now)
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

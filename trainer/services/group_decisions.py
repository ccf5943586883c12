"""Deciding over many people at once, and issuing what is granted: a job in slices, which goes on after a kill.

Each member is done in two transactions: the decision with the note in the member's row, then the certificate, which a
decision has once only. So a group that is cut off anywhere decides and issues nothing twice.
"""

from __future__ import annotations

import logging
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from trainer.domain.career import Verdict
from trainer.domain.errors import Conflict, Invalid, NotAllowed, NotFound, TrainerError
from trainer.domain.ladder import ATTESTATION, Category
from trainer.domain.roles import Actor
from trainer.ports import PortError, Ports
from trainer.services.archives import plain_name, zip_pieces
from trainer.services.careers import Career, careers_of, find_person
from trainer.services.category_decisions import add_decision, draft_decision
from trainer.services.certificate_files import pdf_of
from trainer.services.certificate_making import Place
from trainer.services.certificates import issue_certificate
from trainer.store import audit
from trainer.store import careers as career_store
from trainer.store import certificates as issued_store
from trainer.store import cohorts as cohort_store
from trainer.store import group_decisions as store
from trainer.store.accounts import User
from trainer.store.careers import Decision
from trainer.store.certificates import Certificate
from trainer.store.cohorts import Cohort, seats_with_people
from trainer.store.group_decisions import FAILED, ISSUED, NOT_GRANTED, WAITING, GroupDecision, GroupMember

log = logging.getLogger(__name__)
MOST = 2000
"""People in one group."""
SLICE = 10
"""Members a job does before it asks for itself again, so that a call that was just taken is graded in between."""
LEASE = timedelta(seconds=90)
"""Longer than a slice takes; a group whose process died is free again after it."""


@dataclass(frozen=True, slots=True)
class Choice:
    """Somebody of whom every condition of `category` is met now."""

    person: User
    category: Category
    renews: bool


@dataclass(frozen=True, slots=True)
class Choices:
    """Of those looked at: who can be decided now, who lacks a supervisor's word only, and how many lack more."""

    ready: tuple[Choice, ...]
    lack_word: tuple[Career, ...]
    others: int


def choices_of(session: Session, actor: Actor, cohort_id: str, now: datetime) -> Choices:
    """Of the learners of the organisation, or of one cohort ("" for all); who waits in a group already is left out.
    Raises NotAllowed, NotFound."""
    if not actor.is_any("supervisor"):
        raise NotAllowed
    if cohort_id:
        cohort = cohort_store.find_cohort(session, actor.organisation_id, cohort_id)
        if cohort is None:
            raise NotFound
        people = [user for _seat, user in seats_with_people(session, cohort) if user is not None and user.is_active]
    else:
        people = career_store.people_with_passed_calls(session, actor.organisation_id, MOST)
    ready, lack_word, others, under_way = [], [], 0, store.under_way(session, actor.organisation_id)
    for career in careers_of(session, [person for person in people if person.id != actor.user_id][:MOST], now):
        found = _ready_for(career)
        ready += [one for one in found if (one.person.id, one.category.id) not in under_way]
        if found:
            continue
        if career.verdict is not None and career.verdict.lacks_only(ATTESTATION):
            lack_word.append(career)
        else:
            others += 1
    return Choices(tuple(ready), tuple(lack_word), others)


def cohorts_of(session: Session, actor: Actor) -> list[Cohort]:
    """Every cohort of the organisation: who certifies is seldom the teacher."""
    return [cohort for cohort, _seats in cohort_store.list_cohorts(session, actor.organisation_id)]


def _ready_for(career: Career) -> list[Choice]:
    verdicts: list[tuple[Verdict | None, bool]] = [(career.verdict, False)]
    verdicts.append((career.renewal.verdict if career.renewal else None, True))
    return [
        Choice(career.person, verdict.category, renews) for verdict, renews in verdicts if verdict and verdict.granted
    ]


def order(
    session: Session, ports: Ports, actor: Actor, chosen: Iterable[tuple[str, str]], place: Place, now: datetime
) -> GroupDecision:
    """Have `chosen` (person's id, category) decided and certified in the background.

    Who waits in another group is left to it. Raises NotAllowed, NotFound for a person who is not there, Invalid for nobody
    or too many.
    """
    if not actor.is_any("supervisor"):
        raise NotAllowed
    rows = list(dict.fromkeys(chosen))
    if not rows:
        raise Invalid("group.nobody")
    if len(rows) > MOST:
        raise Invalid("group.too_many", most=MOST)
    under_way = store.under_way(session, actor.organisation_id)
    members = [(find_person(session, actor, person_id), category) for person_id, category in rows]
    members = [(person, category) for person, category in members if (person.id, category) not in under_way]
    if not members:
        raise Invalid("group.under_way")
    group = GroupDecision(
        organisation_id=actor.organisation_id, by_id=actor.user_id, by_name=actor.name, address=place.base_url, at=now
    )
    session.add(group)
    session.flush()
    session.add_all(GroupMember(group_id=group.id, user_id=one.id, category=category[:40]) for one, category in members)
    audit.record(session, actor, "career.group_ordered", group, now, {"people": len(members)})
    session.commit()
    ports.queue.enqueue("decide_group", group=group.public_id)
    return group


def work_on(session: Session, ports: Ports, public_id: str, designs: Path, now: datetime) -> None:
    """Do the next slice of a group, then ask for the rest. Nothing where somebody else is at it, or where it is done."""
    group = store.group_to_work_on(session, public_id)
    if group is None or not store.take_lease(session, group, now, now + LEASE):
        session.rollback()
        return
    session.commit()
    person = session.get(User, group.by_id)
    place = Place(group.address, designs)
    for member in store.waiting_members(session, group, SLICE):
        at = ports.clock.now()
        group.leased_until = at + LEASE  # kept with the member's first commit
        try:
            _do(session, ports, _still_may(person), member, place, at)
        except TrainerError as error:
            _fail(session, member, error.code)
        except PortError as error:  # no signing key, a full disk: said, and free to be ordered again
            log.warning("group %s: %s", public_id, error)
            _fail(session, member, "error.unavailable")
        except SQLAlchemyError:  # the database went away: the sweeper asks again
            raise
        except Exception:  # ours to mend; the others of the group go on meanwhile
            log.exception("group %s: member %s", public_id, member.id)
            _fail(session, member, "error.unforeseen")
    left = store.waiting_members(session, group, 1)
    group.leased_until = None
    if not left:
        group.finished_at = ports.clock.now()
    session.commit()
    if left:
        ports.queue.enqueue("decide_group", group=public_id)


def _still_may(person: User | None) -> Actor:
    """Whoever ordered it, as they are now: an account that was closed meanwhile decides nothing more."""
    if person is None or not person.is_active:
        raise NotAllowed
    return person.actor


def _do(session: Session, ports: Ports, actor: Actor, member: GroupMember, place: Place, now: datetime) -> None:
    decision = session.get(Decision, member.decision_id) if member.decision_id else None
    if decision is None:
        person = session.get(User, member.user_id)
        if person is None:
            raise NotFound
        decision = add_decision(
            session, actor, draft_decision(session, actor, person.public_id, member.category, now), now
        )
        member.decision_id = decision.id
        if not decision.granted:
            member.state = NOT_GRANTED
        session.commit()
    if decision.granted:
        certificate = issue_certificate(session, ports, actor, decision.public_id, place, now)
        member.certificate_id, member.state = certificate.id, ISSUED
        session.commit()


def _fail(session: Session, member: GroupMember, code: str) -> None:
    session.rollback()
    member.state, member.code = FAILED, code[:60]
    session.commit()


def sweep(session: Session, ports: Ports) -> int:
    """Ask again for every group that is owed; gives how many."""
    owed = store.unfinished(session)
    for public_id in owed:
        ports.queue.enqueue("decide_group", group=public_id)
    return len(owed)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a group has come, in members."""

    group: GroupDecision
    issued: int
    not_granted: int
    failed: int
    waiting: int

    @property
    def all(self) -> int:
        return self.done + self.waiting

    @property
    def done(self) -> int:
        return self.issued + self.not_granted + self.failed


def progress_of(session: Session, actor: Actor, public_id: str) -> Progress:
    """Raises NotAllowed, NotFound."""
    return _progress(session, [_own_group(session, actor, public_id)])[0]


def list_groups(session: Session, actor: Actor) -> list[Progress]:
    """The organisation's latest groups."""
    return _progress(session, store.groups_of(session, actor.organisation_id))


def _progress(session: Session, groups: Sequence[GroupDecision]) -> list[Progress]:
    counts = store.counts_of(session, groups)
    states = (ISSUED, NOT_GRANTED, FAILED, WAITING)
    return [Progress(group, *(counts.get((group.id, state), 0) for state in states)) for group in groups]


def _own_group(session: Session, actor: Actor, public_id: str) -> GroupDecision:
    if not actor.is_any("supervisor"):
        raise NotAllowed
    group = store.find_group(session, actor.organisation_id, public_id)
    if group is None:
        raise NotFound
    return group


def order_failed_again(session: Session, ports: Ports, actor: Actor, public_id: str) -> int:
    """What failed waits again (a key is there now, a call came back); gives how many. Raises NotAllowed, NotFound, Conflict
    where nothing failed."""
    group = _own_group(session, actor, public_id)
    again = store.set_waiting(session, group)
    if not again:
        raise Conflict("group.nothing_failed")
    group.finished_at = None
    session.commit()
    ports.queue.enqueue("decide_group", group=public_id)
    return again


def papers(
    session: Session, ports: Ports, actor: Actor, public_id: str, designs: Path, now: datetime
) -> Iterator[bytes]:
    """A ZIP file, piece by piece, of the certificates on paper; each in its own language, one in memory at a time.

    Raises NotAllowed, NotFound before its first piece.
    """
    group = _own_group(session, actor, public_id)
    ids = store.certificates_in(session, group)
    audit.record(session, actor, "certificates.downloaded", group, now, {"certificates": len(ids)})
    session.commit()
    return zip_pieces(_papers(session, ports, actor.organisation_id, ids, designs), zipfile.ZIP_STORED)


def _papers(
    session: Session, ports: Ports, organisation_id: int, ids: Sequence[str], designs: Path
) -> Iterator[tuple[str, bytes]]:
    for number, public_id in enumerate(ids, 1):
        certificate = issued_store.find_certificate(session, public_id, organisation_id)
        if certificate is None:
            continue
        name = f"{number:04}-{plain_name(certificate.holder)}-{certificate.number}"
        try:
            entry = f"{name}.pdf", pdf_of(session, ports, certificate, certificate.language, designs)
        except PortError as error:
            log.warning("no paper for the archive: %s", error)
            entry = f"{name}.json", certificate.credential.encode()
        session.commit()  # no connection waits for a slow reader
        yield entry


@dataclass(frozen=True, slots=True)
class Line:
    """A member as the page shows it."""

    member: GroupMember
    person: User
    decision: Decision | None
    certificate: Certificate | None


def lines_of(session: Session, group: GroupDecision, page: int, size: int = 50) -> tuple[list[Line], bool]:
    """A page of members, what is not in order first, and whether there are more."""
    rows = store.members_of(session, group, size + 1, (page - 1) * size)
    return [Line(*row) for row in rows[:size]], len(rows) > size

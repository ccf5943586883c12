"""A teacher's cohorts: rosters with a preview and a way back, and how far the learners have come."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from trainer.domain.errors import Conflict, Invalid, NotFound
from trainer.domain.roles import Actor
from trainer.services import accounts, cohort_learning
from trainer.services.accounts import checked_name
from trainer.services.cohort_learning import Learning
from trainer.services.marks import Mark, marks_of_calls
from trainer.services.rosters import Roster, RosterRow, read_roster
from trainer.store import accounts as people
from trainer.store import cohorts as store
from trainer.store.accounts import Invitation, User
from trainer.store.audit import record
from trainer.store.calls import Call
from trainer.store.cohorts import CallFigures, Cohort, LatestMark, RosterImport, Seat

MOST_SEATS = 1000
BATCH = 50
"""Invitation links made at a time: each may also be a mail to send while the teacher waits."""
_NO_CALLS = CallFigures(0, 0, 0, None)


@dataclass(frozen=True, slots=True)
class PreviewRow:
    """A line of a roster that can be used. `state`: "new" (to be invited), "joins" (has an account), "here"."""

    row: RosterRow
    state: str


@dataclass(frozen=True, slots=True)
class Preview:
    """What taking this roster in would do; nothing is changed yet."""

    rows: tuple[PreviewRow, ...]
    roster: Roster

    @property
    def adding(self) -> int:
        return sum(one.state != "here" for one in self.rows)


@dataclass(frozen=True, slots=True)
class Learner:
    """One line of the cohort; whoever has no account yet has nothing but name and address."""

    seat: str
    name: str
    email: str
    joined: bool
    calls: CallFigures
    latest: LatestMark | None
    learning: Learning
    last_at: datetime | None


@dataclass(frozen=True, slots=True)
class CohortPage:
    """A cohort with its people and the rosters that can be undone."""

    cohort: Cohort
    learners: tuple[Learner, ...]
    imports: tuple[RosterImport, ...]

    @property
    def missing(self) -> int:
        return sum(not learner.joined for learner in self.learners)


@dataclass(frozen=True, slots=True)
class MadeLink:
    """An invitation and its token, told once."""

    name: str
    invitation: Invitation
    token: str


def list_cohorts(session: Session, actor: Actor) -> list[tuple[Cohort, int]]:
    """The actor's own cohorts (an administrator sees all), each with its number of people."""
    return store.list_cohorts(session, actor.organisation_id, None if actor.is_any("admin") else actor.user_id)


def create_cohort(session: Session, actor: Actor, name: str, now: datetime) -> Cohort:
    """An empty cohort of the actor's. Raises Invalid."""
    cohort = Cohort(
        organisation_id=actor.organisation_id, teacher_id=actor.user_id, name=checked_name(name), created_at=now
    )
    session.add(cohort)
    session.flush()
    record(session, actor, "cohort.created", cohort, now)
    session.commit()
    return cohort


def find_cohort(session: Session, actor: Actor, cohort_id: str) -> Cohort:
    """The actor's cohort. Raises NotFound, also for a colleague's."""
    cohort = store.find_cohort(session, actor.organisation_id, cohort_id)
    if cohort is None or (cohort.teacher_id != actor.user_id and not actor.is_any("admin")):
        raise NotFound
    return cohort


def open_cohort(session: Session, actor: Actor, cohort_id: str) -> CohortPage:
    """Everything the cohort's page and its CSV show, in a number of queries that does not grow with its people."""
    cohort = find_cohort(session, actor, cohort_id)
    seats = store.seats_with_people(session, cohort)
    ids = [user.id for _, user in seats if user]
    calls, latest = store.call_figures(session, ids), store.latest_assessed(session, ids)
    learning = cohort_learning.learning_of(session, ids)
    learners = tuple(
        _learner(seat, user, calls.get(user.id, _NO_CALLS), latest.get(user.id), learning.get(user.id, Learning()))
        if user
        else Learner(seat.public_id, seat.name, seat.email, False, _NO_CALLS, None, Learning(), None)
        for seat, user in seats
    )
    return CohortPage(cohort, learners, tuple(store.list_imports(session, cohort)))


def _learner(seat: Seat, user: User, calls: CallFigures, latest: LatestMark | None, learning: Learning) -> Learner:
    times = (calls.last_at, user.last_sign_in_at, learning.last_at)
    last = max((at for at in times if at), default=None)
    return Learner(seat.public_id, user.name, seat.email, True, calls, latest, learning, last)


def preview_roster(session: Session, actor: Actor, cohort_id: str, text: str) -> Preview:
    """What `text` would do to the cohort. Raises NotFound; Invalid for a text without people."""
    cohort = find_cohort(session, actor, cohort_id)
    roster = read_roster(text)
    here = store.addresses_in(session, cohort)
    known = store.known_addresses(session, actor.organisation_id, [row.email for row in roster.rows])

    def state(email: str) -> str:
        return "here" if email in here else "joins" if email in known else "new"

    return Preview(tuple(PreviewRow(row, state(row.email)) for row in roster.rows), roster)


def take_roster(session: Session, actor: Actor, cohort_id: str, text: str, now: datetime) -> RosterImport:
    """Add everyone of `text` who is not there yet; lines with mistakes are left out. Raises NotFound, Invalid, Conflict."""
    cohort = find_cohort(session, actor, cohort_id)
    preview = preview_roster(session, actor, cohort_id, text)
    new = [one.row for one in preview.rows if one.state != "here"]
    if not new:
        raise Invalid("roster.nobody_new", field="text")
    if len(store.addresses_in(session, cohort)) + len(new) > MOST_SEATS:
        raise Invalid("cohort.full", field="text", most=MOST_SEATS)
    taken = RosterImport(cohort_id=cohort.id, added=len(new), by_name=actor.name, made_at=now)
    session.add(taken)
    session.flush()
    session.add_all(
        Seat(cohort_id=cohort.id, import_id=taken.id, name=row.name, email=row.email, added_at=now) for row in new
    )
    try:
        session.flush()
    except IntegrityError:  # the same roster was sent twice at once
        session.rollback()
        raise Conflict from None
    record(session, actor, "cohort.roster_taken", cohort, now, {"added": len(new)})
    session.commit()
    return taken


def undo_roster(session: Session, actor: Actor, cohort_id: str, import_id: str, now: datetime) -> RosterImport:
    """Take the people of one roster out again, and withdraw the links the actor made for them since.

    Accounts that were made meanwhile stay, with all their work. Undoing twice changes nothing. Raises NotFound.
    """
    cohort = find_cohort(session, actor, cohort_id)
    taken = store.find_import(session, cohort, import_id)
    if taken is None:
        raise NotFound
    if taken.undone_at is None:
        _withdraw_links(session, actor, store.addresses_of_import(session, taken), taken.made_at, now)
        store.remove_seats_of_import(session, taken)
        taken.undone_at = now
        record(session, actor, "cohort.roster_undone", cohort, now, {"removed": taken.added})
        session.commit()
    return taken


def remove_seat(session: Session, actor: Actor, cohort_id: str, seat_id: str, now: datetime) -> Seat:
    """Take one person out of the cohort; their account and work stay. Raises NotFound."""
    cohort = find_cohort(session, actor, cohort_id)
    seat = _seat(session, cohort, seat_id)
    _withdraw_links(session, actor, [seat.email], seat.added_at, now)
    session.delete(seat)
    record(session, actor, "cohort.seat_removed", cohort, now, {"email": seat.email})
    session.commit()
    return seat


def _withdraw_links(session: Session, actor: Actor, emails: Sequence[str], since: datetime, now: datetime) -> None:
    wanted = set(emails)
    for invitation in people.open_invitations(session, actor.organisation_id):
        mine = invitation.invited_by_id == actor.user_id and invitation.created_at >= since
        if mine and invitation.email in wanted and invitation.roles == "learner":
            invitation.withdrawn_at = now


def _seat(session: Session, cohort: Cohort, seat_id: str) -> Seat:
    seat = store.find_seat(session, cohort, seat_id)
    if seat is None:
        raise NotFound
    return seat


def make_links(session: Session, actor: Actor, cohort_id: str, language: str, now: datetime) -> list[MadeLink]:
    """Invitations for up to `BATCH` people of the cohort who have no account, those without a link first."""
    cohort = find_cohort(session, actor, cohort_id)
    invited = {one.email for one in people.open_invitations(session, actor.organisation_id) if one.expires_at > now}
    missing = [(seat.name, seat.email) for seat, user in store.seats_with_people(session, cohort) if user is None]
    missing.sort(key=lambda one: one[1] in invited)
    made = []
    for name, email in missing[:BATCH]:
        invitation, token = accounts.invite(
            session, actor, email=email, name=name, roles=["learner"], language=language, now=now
        )
        made.append(MadeLink(name, invitation, token))
    return made


@dataclass(frozen=True, slots=True)
class LearnerPage:
    """One learner of a cohort with their assessed calls, each with its marks, the newest first."""

    cohort: Cohort
    seat: Seat
    user: User
    calls: tuple[tuple[Call, Mark], ...]


def open_learner(session: Session, actor: Actor, cohort_id: str, seat_id: str) -> LearnerPage:
    """A learner who has an account. Raises NotFound."""
    cohort = find_cohort(session, actor, cohort_id)
    seat = _seat(session, cohort, seat_id)
    user = store.person_of_seat(session, cohort, seat)
    if user is None:
        raise NotFound
    calls = store.assessed_calls(session, user.id)
    marks = marks_of_calls(session, [call.id for call in calls])
    return LearnerPage(cohort, seat, user, tuple((call, marks[call.id]) for call in calls))


def note_export(session: Session, actor: Actor, cohort_id: str, now: datetime) -> None:
    """Write into the audit log that the cohort's table left the house. Raises NotFound."""
    record(session, actor, "cohort.exported", find_cohort(session, actor, cohort_id), now)
    session.commit()

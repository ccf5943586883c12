"""Cohorts: a teacher's group of learners, the rosters taken into it, and how far its people have come."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Subquery, UniqueConstraint, case, delete, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from trainer.store.accounts import User
from trainer.store.base import Row, UtcDateTime
from trainer.store.calls import FINISHED, Call, CallGradeRow, newest_grade_id
from trainer.store.marks import CallMark, newest_mark_id


class Cohort(Row):
    """A group of learners, kept by one teacher."""

    __tablename__ = "cohorts"
    __table_args__ = (Index("ix_cohorts_organisation_teacher", "organisation_id", "teacher_id"),)

    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"))
    teacher_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    name: Mapped[str] = mapped_column(String(120))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)


class RosterImport(Row):
    """One roster that was taken in; undoing it removes the seats it brought."""

    __tablename__ = "roster_imports"

    cohort_id: Mapped[int] = mapped_column(ForeignKey("cohorts.id"), index=True)
    added: Mapped[int]
    by_name: Mapped[str] = mapped_column(String(120))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    undone_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class Seat(Row):
    """A place in a cohort for one address. The account with that address takes it as soon as there is one."""

    __tablename__ = "cohort_seats"
    __table_args__ = (UniqueConstraint("cohort_id", "email", name="uq_cohort_seats_cohort_email"),)

    cohort_id: Mapped[int] = mapped_column(ForeignKey("cohorts.id"))
    import_id: Mapped[int | None] = mapped_column(ForeignKey("roster_imports.id"), index=True)
    name: Mapped[str] = mapped_column(String(120))
    email: Mapped[str] = mapped_column(String(254))
    added_at: Mapped[datetime] = mapped_column(UtcDateTime)


@dataclass(frozen=True, slots=True)
class CallFigures:
    """A person's calls in figures; the effective mark counts, a person's before the machine's."""

    practised: int
    assessed: int
    passed: int
    last_at: datetime | None


@dataclass(frozen=True, slots=True)
class LatestMark:
    """The newest assessed call that has a mark."""

    call: str
    overall: int
    passed: bool
    by_person: bool


def list_cohorts(session: Session, organisation_id: int, teacher_id: int | None = None) -> list[tuple[Cohort, int]]:
    """Cohorts by name, each with its number of seats; those of one teacher, or all."""
    seats = select(func.count(Seat.id)).where(Seat.cohort_id == Cohort.id).correlate(Cohort).scalar_subquery()
    query = select(Cohort, seats).where(Cohort.organisation_id == organisation_id)
    if teacher_id is not None:
        query = query.where(Cohort.teacher_id == teacher_id)
    return [(row[0], row[1]) for row in session.execute(query.order_by(Cohort.name, Cohort.id))]


def find_cohort(session: Session, organisation_id: int, public_id: str) -> Cohort | None:
    return session.scalar(
        select(Cohort).where(Cohort.public_id == public_id, Cohort.organisation_id == organisation_id)
    )


def seats_with_people(session: Session, cohort: Cohort) -> list[tuple[Seat, User | None]]:
    """Every seat by name, with the person who has that address in the cohort's organisation, in one query."""
    same = (User.email == Seat.email) & (User.organisation_id == cohort.organisation_id)
    query = select(Seat, User).outerjoin(User, same).where(Seat.cohort_id == cohort.id)
    rows = session.execute(query.order_by(func.lower(func.coalesce(User.name, Seat.name)), Seat.id))
    return [(row[0], row[1]) for row in rows]


def find_seat(session: Session, cohort: Cohort, public_id: str) -> Seat | None:
    return session.scalar(select(Seat).where(Seat.public_id == public_id, Seat.cohort_id == cohort.id))


def person_of_seat(session: Session, cohort: Cohort, seat: Seat) -> User | None:
    query = select(User).where(User.email == seat.email, User.organisation_id == cohort.organisation_id)
    return session.scalar(query)


def addresses_in(session: Session, cohort: Cohort) -> set[str]:
    return set(session.scalars(select(Seat.email).where(Seat.cohort_id == cohort.id)))


def known_addresses(session: Session, organisation_id: int, addresses: Sequence[str]) -> set[str]:
    """Those of `addresses` that have an account in the organisation."""
    query = select(User.email).where(User.organisation_id == organisation_id, User.email.in_(addresses))
    return {email for email in session.scalars(query) if email}


def list_imports(session: Session, cohort: Cohort) -> list[RosterImport]:
    """Rosters that were taken in and not undone, the newest first."""
    query = select(RosterImport).where(RosterImport.cohort_id == cohort.id, RosterImport.undone_at.is_(None))
    return list(session.scalars(query.order_by(RosterImport.id.desc())))


def find_import(session: Session, cohort: Cohort, public_id: str) -> RosterImport | None:
    query = select(RosterImport).where(RosterImport.public_id == public_id, RosterImport.cohort_id == cohort.id)
    return session.scalar(query)


def addresses_of_import(session: Session, taken: RosterImport) -> list[str]:
    return list(session.scalars(select(Seat.email).where(Seat.import_id == taken.id)))


def remove_seats_of_import(session: Session, taken: RosterImport) -> None:
    session.execute(delete(Seat).where(Seat.import_id == taken.id))


def _marked_calls(user_ids: Sequence[int]) -> Subquery:
    """Calls that were answered, each beside its newest grade and its newest mark by a person."""
    query = (
        select(
            Call.id,
            Call.user_id,
            Call.public_id,
            Call.touched_at,
            Call.started_at,
            (Call.mode == "assessed").label("is_assessed"),
            func.coalesce(CallMark.overall, CallGradeRow.overall).label("overall"),
            func.coalesce(CallMark.passed, CallGradeRow.passed, False).label("passed"),
            CallMark.id.is_not(None).label("by_person"),
        )
        .select_from(Call)
        .outerjoin(CallGradeRow, CallGradeRow.id == newest_grade_id())
        .outerjoin(CallMark, CallMark.id == newest_mark_id())
        .where(Call.user_id.in_(user_ids), Call.state == FINISHED, Call.next_seq > 1)
    )
    return query.subquery()


def call_figures(session: Session, user_ids: Sequence[int]) -> dict[int, CallFigures]:
    """Figures of every person who has finished a call, by user id, in one query."""
    if not user_ids:
        return {}
    calls = _marked_calls(user_ids)
    query = select(
        calls.c.user_id,
        func.sum(case((calls.c.is_assessed, 0), else_=1)),
        func.sum(case((calls.c.is_assessed, 1), else_=0)),
        func.sum(case((calls.c.is_assessed & calls.c.passed, 1), else_=0)),
        func.max(calls.c.touched_at),
    ).group_by(calls.c.user_id)
    return {row[0]: CallFigures(*row[1:]) for row in session.execute(query)}


def latest_assessed(session: Session, user_ids: Sequence[int]) -> dict[int, LatestMark]:
    """The newest assessed call with a mark of every person who has one, by user id, in one query."""
    if not user_ids:
        return {}
    calls = _marked_calls(user_ids)
    place = func.row_number().over(
        partition_by=calls.c.user_id, order_by=(calls.c.started_at.desc(), calls.c.id.desc())
    )
    placed = select(calls, place.label("place")).where(calls.c.is_assessed, calls.c.overall.is_not(None)).subquery()
    query = select(placed.c.user_id, placed.c.public_id, placed.c.overall, placed.c.passed, placed.c.by_person)
    rows = session.execute(query.where(placed.c.place == 1))
    return {row[0]: LatestMark(row[1], row[2], bool(row[3]), bool(row[4])) for row in rows}


def assessed_calls(session: Session, user_id: int) -> list[Call]:
    """A person's finished assessed calls, the newest first."""
    query = select(Call).where(
        Call.user_id == user_id, Call.mode == "assessed", Call.state == FINISHED, Call.next_seq > 1
    )
    return list(session.scalars(query.order_by(Call.started_at.desc(), Call.id.desc()).limit(100)))

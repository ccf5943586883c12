"""Recorded work: periods of one person, their corrections, and the tables they were taken in with."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Date, ForeignKey, Index, String, Text, func, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from trainer.store.base import Row, UtcDateTime
from trainer.store.careers import Decision
from trainer.store.work_teams import Team


class FiguresImport(Row):
    """A table of figures that was taken in as a whole. Undone, its periods are withdrawn."""

    __tablename__ = "figures_imports"
    __table_args__ = (Index("ix_figures_imports_team", "team_id", "id"),)

    team_id: Mapped[int] = mapped_column(ForeignKey("teams.id", ondelete="CASCADE"))
    added: Mapped[int]
    by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    by_name: Mapped[str] = mapped_column(String(120))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    undone_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    undone_by_name: Mapped[str] = mapped_column(String(120), default="")


class WorkPeriod(Row):
    """What one person did from `first_day` to `last_day`, both included: tasks, quality in percent, {indicator: figure}.

    Periods of a person that stand do not overlap; a withdrawn one is kept and counts for nothing.
    """

    __tablename__ = "work_periods"
    __table_args__ = (
        Index("ix_work_periods_team", "team_id", "first_day"),
        Index("ix_work_periods_user", "user_id", "first_day"),
        Index("ix_work_periods_import", "import_id"),
    )

    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"))
    team_id: Mapped[int] = mapped_column(ForeignKey("teams.id"))
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    import_id: Mapped[int | None] = mapped_column(ForeignKey("figures_imports.id"))
    first_day: Mapped[date] = mapped_column(Date)
    last_day: Mapped[date] = mapped_column(Date)
    tasks: Mapped[int]
    quality: Mapped[float | None]
    values: Mapped[dict[str, float]] = mapped_column(JSON, default=dict)
    by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    by_name: Mapped[str] = mapped_column(String(120))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


Index(
    "uq_work_periods_user_day", WorkPeriod.user_id, WorkPeriod.first_day, unique=True,
    sqlite_where=WorkPeriod.withdrawn_at.is_(None), postgresql_where=WorkPeriod.withdrawn_at.is_(None),
)  # fmt: skip


class PeriodCorrection(Row):
    """What a period said before it was corrected: {"tasks", "quality", "values"}, by whom it was changed and why."""

    __tablename__ = "period_corrections"

    period_id: Mapped[int] = mapped_column(ForeignKey("work_periods.id", ondelete="CASCADE"), index=True)
    earlier: Mapped[dict[str, Any]] = mapped_column(JSON)
    reason: Mapped[str] = mapped_column(Text)
    by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    by_name: Mapped[str] = mapped_column(String(120))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


_STANDING = WorkPeriod.withdrawn_at.is_(None)


def periods_between(session: Session, user_ids: Iterable[int], since: date, until: date) -> dict[int, list[WorkPeriod]]:
    """The periods of each person that have a day between `since` and `until`, by person, the earliest first. One query."""
    ids = set(user_ids)
    found: dict[int, list[WorkPeriod]] = {number: [] for number in ids}
    query = select(WorkPeriod).where(
        WorkPeriod.user_id.in_(ids), _STANDING, WorkPeriod.first_day <= until, WorkPeriod.last_day >= since
    )
    for row in session.scalars(query.order_by(WorkPeriod.first_day, WorkPeriod.id)) if ids else ():
        found[row.user_id].append(row)
    return found


def periods_of_team(session: Session, team: Team, limit: int) -> list[WorkPeriod]:
    """The newest days first."""
    query = select(WorkPeriod).where(WorkPeriod.team_id == team.id, _STANDING)
    return list(session.scalars(query.order_by(WorkPeriod.first_day.desc(), WorkPeriod.id.desc()).limit(limit)))


def last_day_with_figures(session: Session, team: Team) -> date | None:
    """The latest first day of a period of the team: a target from that day on or before would change what it met."""
    return session.scalar(select(func.max(WorkPeriod.first_day)).where(WorkPeriod.team_id == team.id, _STANDING))


def find_period(session: Session, organisation_id: int, public_id: str) -> WorkPeriod | None:
    """A period that stands."""
    query = select(WorkPeriod).where(WorkPeriod.public_id == public_id, _STANDING)
    return session.scalar(query.where(WorkPeriod.organisation_id == organisation_id))


def corrections_of(session: Session, period_ids: Iterable[int]) -> dict[int, list[PeriodCorrection]]:
    """The corrections of each period by its id, the newest first. One query."""
    ids = set(period_ids)
    found: dict[int, list[PeriodCorrection]] = {number: [] for number in ids}
    query = select(PeriodCorrection).where(PeriodCorrection.period_id.in_(ids)).order_by(PeriodCorrection.id.desc())
    for row in session.scalars(query) if ids else ():
        found[row.period_id].append(row)
    return found


def list_imports(session: Session, team: Team, limit: int = 20) -> list[FiguresImport]:
    """The tables taken in, undone ones too, the newest first."""
    query = select(FiguresImport).where(FiguresImport.team_id == team.id)
    return list(session.scalars(query.order_by(FiguresImport.id.desc()).limit(limit)))


def find_import(session: Session, team: Team, public_id: str) -> FiguresImport | None:
    query = select(FiguresImport).where(FiguresImport.public_id == public_id, FiguresImport.team_id == team.id)
    return session.scalar(query)


def records_of_import(session: Session, taken: FiguresImport) -> dict[str, int]:
    """{public id: the person's id} of the periods that came with it and stand."""
    query = select(WorkPeriod.public_id, WorkPeriod.user_id).where(WorkPeriod.import_id == taken.id, _STANDING)
    return {row[0]: row[1] for row in session.execute(query)}


def withdraw_import(session: Session, taken: FiguresImport, now: datetime) -> None:
    query = update(WorkPeriod).where(WorkPeriod.import_id == taken.id, _STANDING)
    session.execute(query.values(withdrawn_at=now), execution_options={"synchronize_session": "fetch"})


def decision_on(session: Session, user_ids: Sequence[int], records: Iterable[str], since: datetime) -> Decision | None:
    """A decision over a category, made since then on one of these people, that counted one of these records."""
    wanted = set(records)
    query = select(Decision).where(Decision.user_id.in_(set(user_ids)), Decision.at >= since).order_by(Decision.id)
    for row in session.scalars(query):
        if any(wanted & set(gate.get("records") or ()) for gate in row.gates):
            return row
    return None

"""For whom a commit counts: the people and organisations that it changed something for."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime

import pytest
from flask import Flask
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from tests.factories.accounts import make_organisation, make_user
from tests.web.access_values import classes
from trainer.config import ROOT
from trainer.extensions import db
from trainer.store.accounts import Organisation, User
from trainer.store.audit import AuditEntry
from trainer.store.exams import ExamAnswer, ExamAttempt
from trainer.store.learning import LessonRead
from trainer.store.state_versions import NOBODY, ORGANISATIONS, PERSONS, references_of
from trainer.store.work_teams import Team, TeamMember

NOW = datetime(2026, 11, 26, 9, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Houses:
    """Two people of one organisation, and another organisation; `raised` tells whose counter rose since it was asked last."""

    session: Session
    people: dict[str, int]
    houses: dict[str, int]
    last: dict[str, int] = field(default_factory=dict)

    def raised(self) -> set[str]:
        now = {
            name: self.session.scalar(select(kind.state_version).where(kind.id == number)) or 0
            for kind, known in ((User, self.people), (Organisation, self.houses))
            for name, number in known.items()
        }
        risen = {name for name, count in now.items() if count > self.last.get(name, 0)}
        assert all(count >= self.last.get(name, 0) for name, count in now.items())
        self.last.update(now)
        return risen


@pytest.fixture
def houses(session: Session) -> Houses:
    first, second = make_organisation(session), make_organisation(session)
    people = {"ann": make_user(session, first).id, "ben": make_user(session, first).id}
    session.commit()
    found = Houses(session, people, {"first": first.id, "second": second.id})
    found.raised()
    return found


def lesson(houses: Houses, who: str) -> LessonRead:
    return LessonRead(
        organisation_id=houses.houses["first"], user_id=houses.people[who], course="c", lesson="l", version="1", at=NOW
    )


def test_row_of_a_person_counts_for_them_alone(session: Session, houses: Houses) -> None:
    session.add(lesson(houses, "ann"))
    session.commit()
    assert houses.raised() == {"ann"}
    session.scalars(select(LessonRead)).one().version = "2"
    session.commit()
    assert houses.raised() == {"ann"}
    session.delete(session.scalars(select(LessonRead)).one())
    session.commit()
    assert houses.raised() == {"ann"}


def test_row_below_a_persons_counts_for_them(session: Session, houses: Houses) -> None:
    attempt = ExamAttempt(
        organisation_id=houses.houses["first"], user_id=houses.people["ann"], exam="e", form=1, version="1", seed=1,
        started_at=NOW, due_at=NOW,
    )  # fmt: skip
    session.add(attempt)
    session.commit()
    assert houses.raised() == {"ann"}
    session.add(
        ExamAnswer(
            organisation_id=houses.houses["first"],
            attempt_id=attempt.id,
            question="c.q",
            duty="IN4",
            answer=["a"],
            at=NOW,
        )
    )
    session.commit()
    assert houses.raised() == {"ann"}


def test_row_of_a_team_counts_for_its_organisation(session: Session, houses: Houses) -> None:
    team = Team(organisation_id=houses.houses["first"], name="Orders", created_at=NOW)
    session.add(team)
    session.commit()
    assert houses.raised() == {"first"}
    session.add(TeamMember(team_id=team.id, user_id=houses.people["ben"], since=NOW.date()))
    session.commit()
    assert houses.raised() == {"first"}


def test_statement_over_many_rows_counts_for_everybody(session: Session, houses: Houses) -> None:
    session.execute(update(LessonRead).values(version="3"))
    session.commit()
    assert houses.raised() == {"first", "second"}


def test_note_that_no_page_shows_counts_for_nobody(session: Session, houses: Houses) -> None:
    session.add(
        AuditEntry(
            organisation_id=houses.houses["first"], action="x", object_type="call", object_id="1", actor_name="", at=NOW
        )
    )
    session.commit()
    assert houses.raised() == set()


def test_what_is_rolled_back_is_not_counted(session: Session, houses: Houses) -> None:
    session.add(lesson(houses, "ann"))
    session.flush()
    session.rollback()
    assert houses.raised() == set()


def test_every_table_says_for_whom_it_counts(app: Flask) -> None:
    tables = set(db.metadata.tables)
    assert tables == PERSONS | ORGANISATIONS | NOBODY
    assert len(PERSONS) + len(ORGANISATIONS) + len(NOBODY) == len(tables)


def test_every_row_of_people_and_organisations_leads_to_them(app: Flask) -> None:
    kinds = {kind.__tablename__: kind for kind in classes().values()}

    def leads(table: str) -> bool:
        mapper = kinds[table].__mapper__
        columns = mapper.local_table.columns
        if table == "organisations" or (table in ORGANISATIONS and "organisation_id" in columns):
            return True
        return any(kind is None or leads(kind.__tablename__) for _name, kind in references_of(mapper))

    assert [table for table in sorted(PERSONS | ORGANISATIONS) if not leads(table)] == []


def test_nobody_writes_past_the_session() -> None:
    """What neither a flush nor `execute` sees is not counted."""
    past = re.compile(
        r"\.bulk_(?:save|insert|update)|\.scalars?\(\s*(?:update|insert|delete)\(|text\(\s*[\"'](?:UPDATE|INSERT|DELETE)"
    )
    code = {path: path.read_text(encoding="utf-8") for path in (ROOT / "trainer").rglob("*.py")}
    found = [str(path) for path, text in code.items() if "migrations" not in path.parts and past.search(text)]
    assert found == []

"""What gates count, from stored records: what people decided before the machine, real work, months held."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from tests.factories.accounts import NOW, make_user
from tests.factories.careers import CATEGORY, Team, issued_certificate, make_call, make_team
from tests.factories.work import make_crew
from trainer.content.ladder import load_ladder
from trainer.domain.career import Record
from trainer.ports import Ports
from trainer.services import careers
from trainer.services.career_records import gather
from trainer.services.certificates import revoke_certificate
from trainer.services.marks import give_mark
from trainer.store.accounts import Organisation, User
from trainer.store.certificates import CertificateFact
from trainer.store.reviews import CheckDecision

LADDER = load_ladder("ladder-2")


@pytest.fixture
def team(session: Session) -> Team:
    return make_team(session)


def record_of(session: Session, user: User, days: int = 0) -> Record:
    now = NOW + timedelta(days=days)
    return gather(
        session,
        user.organisation_id,
        [user.id],
        LADDER,
        list(LADDER.all_gates()),
        careers.issued_to(session, [user.id], now),
        now,
    )[user.id]


def decide_error(session: Session, team: Team, call, number: int, answer: str) -> None:
    session.add(
        CheckDecision(
            organisation_id=team.organisation.id, call_id=call.id, check_id=f"error:{number}", answer=answer,
            machine="yes", reason="I listened to it.", by_id=team.supervisor.id, by_name="Sam Okafor", at=NOW,
        )
    )  # fmt: skip
    session.commit()


def test_marks_that_people_gave_count_before_the_machines(session: Session, team: Team) -> None:
    call = make_call(session, team.learner, "late-parcel", passed=False)
    assert not record_of(session, team.learner).calls[0].passed
    give_mark(
        session, team.supervisor.actor, call.public_id, overall=78, passed=True, reason="The apology was there.", now=NOW
    )  # fmt: skip
    taken = record_of(session, team.learner).calls[0]
    assert (taken.passed, taken.overall) == (True, 78)


@pytest.mark.parametrize(
    ("machine", "answers", "errors"),
    [([3], [], (3,)), ([3], ["no"], ()), ([], ["yes"], (3,)), ([3], ["no", ""], (3,)), ([3], ["no", "yes"], (3,))],
)
def test_errors_are_what_people_decided_last(session: Session, team: Team, machine, answers, errors) -> None:
    call = make_call(session, team.learner, "late-parcel", errors=machine)
    for answer in answers:
        decide_error(session, team, call, 3, answer)
    assert record_of(session, team.learner).calls[0].errors == errors


def test_real_work_is_summed_over_each_number_of_months_that_gates_ask_for(
    session: Session, organisation: Organisation
) -> None:
    crew = make_crew(session, organisation)
    months = [("2026-08-01", "2026-08-31", 80), ("2026-09-01", "2026-09-30", 90), ("2026-10-01", "2026-10-31", 94)]
    crew.take(*[(crew.nora, f"{since};{until};100;{quality};280;80") for since, until, quality in months])
    work = {one.months: one for one in record_of(session, crew.nora).work}
    assert set(work) == {3, 6, 12}
    assert (work[3].covered, work[3].figures["E2"], work[3].figures["E1"]) == (3, 88.0, 300)
    assert work[6].covered == 3
    assert len(work[3].records) == 3
    assert all(one.covered == 0 and one.figures["E2"] is None for one in record_of(session, crew.theo).work)


def test_category_is_held_with_those_below_it_until_it_is_revoked(
    session: Session, ports: Ports, team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert record_of(session, team.learner).held == ()
    certificate = issued_certificate(session, ports, team, monkeypatch)
    held = record_of(session, team.learner, days=200).held
    assert {one.category: one.since for one in held} == {"trainee": NOW, CATEGORY: NOW}
    assert record_of(session, team.learner, days=800).held == ()
    revoke_certificate(
        session, ports, team.supervisor.actor, certificate.public_id, "Somebody else took the calls.", NOW
    )
    assert session.query(CertificateFact).count() == 1
    assert record_of(session, team.learner, days=1).held == ()


def test_everybody_is_read_in_the_same_number_of_queries(session: Session, team: Team) -> None:
    from sqlalchemy import event

    from trainer.extensions import db

    asked: list[str] = []
    event.listen(db.engine, "before_cursor_execute", lambda *told: asked.append(told[2]))
    people = [make_user(session, team.organisation) for _ in range(12)]
    for person in people:
        make_call(session, person, "late-parcel")
    counts = []
    for group in (people[:1], people):
        careers.careers_of(session, group, NOW)
        asked.clear()
        careers.careers_of(session, group, NOW)
        counts.append(len(asked))
    assert counts[0] == counts[1]

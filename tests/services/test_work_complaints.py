"""Complaints: heard before they are justified, decided by somebody else, and only then counted."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.factories.accounts import NOW, make_organisation, make_user
from tests.factories.careers import make_call
from tests.factories.work import JOINED, TODAY, Crew, make_crew
from trainer.domain.errors import Conflict, Invalid, NotAllowed, NotFound
from trainer.services import work_complaints as service
from trainer.services import work_figures, work_teams
from trainer.services.work_complaints import NewComplaint
from trainer.store.accounts import Organisation, User
from trainer.store.audit import AuditEntry

REASON = "A visit was promised and not booked."


@pytest.fixture
def crew(session: Session, organisation: Organisation) -> Crew:
    return make_crew(session, organisation)


def justified(session: Session, user: User) -> int:
    return work_figures.figures_of(session, [user.id], date(2026, 1, 1), TODAY)[user.id].from_customers


def decide(crew: Crew, by: User, complaint_id: str, verdict: bool, days: float = 0, reason: str = REASON) -> None:
    service.decide_complaint(
        crew.session, by.actor, complaint_id, justified=verdict, reason=reason, now=NOW + timedelta(days=days)
    )


def test_it_is_justified_only_after_the_person_was_heard(session: Session, crew: Crew) -> None:
    one, two = crew.complain(crew.nora), crew.complain(crew.nora)
    with pytest.raises(Conflict) as refused:
        decide(crew, crew.lead, one.public_id, True, days=2.9)
    assert refused.value.params == {"name": "Nora Haddad", "days": 3}
    service.answer_complaint(session, crew.nora.actor, one.public_id, "I did not book it.", NOW)
    assert justified(session, crew.nora) == 0
    decide(crew, crew.lead, one.public_id, True)
    decide(crew, crew.lead, two.public_id, True, days=3)
    assert justified(session, crew.nora) == 2
    decide(crew, crew.lead, two.public_id, False, reason="It was booked after all.")
    assert justified(session, crew.nora) == 1
    page = service.open_complaint(session, crew.nora.actor, two.public_id)
    assert [one.justified for one in page.line.decisions] == [False, True]


def test_that_it_is_not_justified_may_be_decided_at_once(session: Session, crew: Crew) -> None:
    one = crew.complain(crew.nora)
    with pytest.raises(Invalid):
        decide(crew, crew.lead, one.public_id, False, reason="No.")
    decide(crew, crew.lead, one.public_id, False)
    assert (one.justified, justified(session, crew.nora)) == (False, 0)


def test_nobody_decides_about_themselves_not_even_an_administrator(session: Session, crew: Crew) -> None:
    boss = make_user(session, crew.lead.organisation, ["supervisor", "admin"])
    for user in (crew.lead, boss):
        work_teams.add_member(session, crew.lead.actor, crew.id, user.public_id, JOINED, NOW)
        one = crew.complain(user)
        with pytest.raises(NotAllowed) as refused:
            decide(crew, user, one.public_id, False)
        assert refused.value.code == "work.own_complaint"
        decide(crew, boss if user is crew.lead else crew.lead, one.public_id, False)


def test_only_the_person_answers_and_only_they_and_supervisors_see_it(session: Session, crew: Crew) -> None:
    one = crew.complain(crew.nora)
    with pytest.raises(NotAllowed):
        service.answer_complaint(session, crew.lead.actor, one.public_id, "Mine.", NOW)
    colleague = make_user(session, crew.lead.organisation, ["supervisor"])
    stranger = make_user(session, make_organisation(session), ["admin"])
    for user in (crew.theo, colleague, stranger):
        with pytest.raises(NotFound):
            service.open_complaint(session, user.actor, one.public_id)
        with pytest.raises(NotFound):
            service.answer_complaint(session, user.actor, one.public_id, "Mine.", NOW)
        with pytest.raises(NotFound):
            decide(crew, user, one.public_id, False)
    with pytest.raises(NotAllowed):
        decide(crew, crew.nora, one.public_id, False)


def test_a_call_is_linked_if_it_is_an_assessed_one_of_that_person(session: Session, crew: Crew) -> None:
    own, practice = (
        make_call(session, crew.nora, "late-parcel"),
        make_call(session, crew.nora, "order", mode="practice"),
    )
    theirs = make_call(session, crew.theo, "late-parcel")
    new = NewComplaint(crew.nora.public_id, "department", "Warehouse", TODAY, "No size in the order.")
    for call in (practice, theirs):
        with pytest.raises(Invalid):
            service.record_complaint(
                session, crew.lead.actor, crew.id, NewComplaint(**{**_fields(new), "call": call.public_id}), NOW
            )
    made = service.record_complaint(
        session, crew.lead.actor, crew.id, NewComplaint(**{**_fields(new), "call": own.public_id}), NOW
    )
    call = service.open_complaint(session, crew.nora.actor, made.public_id).line.call
    assert call is not None
    assert call.public_id == own.public_id


def _fields(new: NewComplaint) -> dict:
    return {
        name: getattr(new, name) for name in ("person", "source", "from_whom", "received", "text", "evidence", "call")
    }


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"person": "AAAAAAAAAAAAAAAA"}, "person"), ({"source": "moon"}, "source"), ({"from_whom": " "}, "from_whom"),
        ({"from_whom": "x" * 201}, "from_whom"), ({"received": TODAY + timedelta(days=1)}, "received"),
        ({"received": date(1900, 1, 1)}, "received"), ({"text": ""}, "text"), ({"evidence": "x" * 4001}, "evidence"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_by_its_field(session: Session, crew: Crew, given: dict, field: str) -> None:
    new = {"person": crew.nora.public_id, "source": "customer", "from_whom": "Mr A", "received": TODAY, "text": "Late."}
    with pytest.raises(Invalid) as refused:
        service.record_complaint(session, crew.lead.actor, crew.id, NewComplaint(**(new | given)), NOW)
    assert refused.value.params["field"] == field


def test_every_step_is_in_the_audit_log(session: Session, crew: Crew) -> None:
    one = crew.complain(crew.nora)
    service.answer_complaint(session, crew.nora.actor, one.public_id, "I did not book it.", NOW)
    decide(crew, crew.lead, one.public_id, True)
    rows = session.execute(
        select(AuditEntry.action, AuditEntry.actor_name)
        .where(AuditEntry.object_id == one.public_id)
        .order_by(AuditEntry.id)
    )
    assert [tuple(row) for row in rows] == [
        ("work.complaint_recorded", "Maeve Sullivan"), ("work.complaint_answered", "Nora Haddad"),
        ("work.complaint_decided", "Maeve Sullivan"),
    ]  # fmt: skip

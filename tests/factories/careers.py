"""Evidence for gates: assessed calls with grades, a passed course, and a supervisor's word."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy.orm import Session, object_session

from tests.factories.accounts import NOW, make_organisation, make_user
from trainer.config import ROOT
from trainer.domain.events import Event
from trainer.ports import Ports
from trainer.services import category_decisions, certificates
from trainer.services.certificate_files import render_certificate
from trainer.services.certificate_making import Place
from trainer.services.ladders import house_text
from trainer.store import calls as call_store
from trainer.store.accounts import Organisation, User
from trainer.store.calls import FINISHED, Call, CallGradeRow
from trainer.store.careers import Decision
from trainer.store.certificates import Certificate
from trainer.store.ladders import LadderEdition
from trainer.store.learning import QuizAttempt

CATEGORY = "operator-3"
PLACE = Place("https://trainer.example", ROOT / "certificates")
NOTE = "I heard three of her live calls this week."
_numbers = count(1)


def make_call(
    session: Session,
    user: User,
    scenario: str,
    *,
    days: float = 0,
    passed: bool = True,
    errors: Sequence[int] = (),
    waiting: Sequence[int] = (),
    mode: str = "assessed",
    graded: bool = True,
) -> Call:
    """A finished call of `days` after NOW with two events and a grade."""
    at = NOW - timedelta(days=30) + timedelta(days=days)
    call = Call(
        organisation_id=user.organisation_id, user_id=user.id, scenario=scenario, version="v1", title=scenario.title(),
        seed=next(_numbers), language="en", mode=mode, state=FINISHED, outcome="resolved", started_at=at, ended_at=at,
        touched_at=at,
    )  # fmt: skip
    call_store.add_call(session, call)
    events = [
        Event(1, 0, "customer_line", {"text": "Hello, it is about my parcel."}),
        Event(2, 900, "call_ended", {"outcome": "resolved"}),
    ]
    call_store.append_events(session, call, events)
    if graded:
        found = [{"number": n, "evidence": [], "decided": True} for n in errors]
        found += [{"number": n, "evidence": [], "decided": False} for n in waiting]
        add_grade(session, call, passed=passed, grade={"overall": 84, "errors": found})
    session.commit()
    return call


def add_grade(session: Session, call: Call, *, passed: bool, grade: dict) -> None:
    session.add(
        CallGradeRow(
            call_id=call.id, grade=grade, rubric_version="call-1", understanding_version="u-1",
            digest=f"digest-{next(_numbers)}", overall=grade["overall"], passed=passed, made_at=NOW,
        )
    )  # fmt: skip
    session.flush()


@dataclass
class Team:
    """An organisation with a learner, their supervisor, and a colleague of another organisation."""

    organisation: Organisation
    learner: User
    supervisor: User
    stranger: User


def make_team(session: Session, organisation: Organisation | None = None) -> Team:
    organisation = organisation or make_organisation(session, "Parcelo Customer Care")
    go_by_short_ladder(session, organisation)
    return Team(
        organisation,
        make_user(session, organisation, name="Zoé Ångström-O’Neill", email="zoe@example.org"),
        make_user(session, organisation, ("supervisor",), name="Sam Okafor"),
        make_user(session, make_organisation(session), ("supervisor",)),
    )


def go_by_short_ladder(session: Session, organisation: Organisation) -> None:
    """The house's short ladder, as an edition of the organisation: one course, two calls, a supervisor's word."""
    session.add(
        LadderEdition(
            organisation_id=organisation.id, number=1, version="own-1", by_name="Test", at=NOW - timedelta(days=400),
            text=house_text("ladder-1").replace("version: ladder-1", "version: own-1"),
        )
    )  # fmt: skip
    session.commit()


def pass_course(_monkeypatch: object, *users: User, at: datetime = NOW, course: str = "complaint-calls") -> None:
    """These people passed the course of the category."""
    for user in users:
        session = object_session(user)
        assert session is not None
        session.add(
            QuizAttempt(
                organisation_id=user.organisation_id, user_id=user.id, course=course, version="1", seed=1, started_at=at,
                finished_at=at, percent=90, passed=True,
            )
        )  # fmt: skip
        session.commit()


def ready_learner(session: Session, team: Team, monkeypatch: pytest.MonkeyPatch) -> None:
    """All gates but the attestation."""
    pass_course(monkeypatch, team.learner)
    make_call(session, team.learner, "late-parcel", days=1)
    make_call(session, team.learner, "order-advice", days=2)


def granted_decision(session: Session, team: Team, monkeypatch: pytest.MonkeyPatch) -> Decision:
    ready_learner(session, team, monkeypatch)
    category_decisions.attest(session, team.supervisor.actor, team.learner.public_id, CATEGORY, NOTE, NOW)
    return category_decisions.decide_category(session, team.supervisor.actor, team.learner.public_id, CATEGORY, NOW)


def granted_decisions(session: Session, organisation: Organisation, people: int) -> list[str]:
    """Decisions in favour of so many new people, without any certificate yet; their ids in order."""
    made = [
        Decision(
            organisation_id=organisation.id, user_id=make_user(session, organisation).id, category=CATEGORY, ladder="own-1",
            granted=True, outcome="granted", gates=[], by_name="Sam", at=NOW,
        )
        for _ in range(people)
    ]  # fmt: skip
    session.add_all(made)
    session.commit()
    return [decision.public_id for decision in made]


def issued_certificate(
    session: Session, ports: Ports, team: Team, monkeypatch: pytest.MonkeyPatch, *, place: Place = PLACE
) -> Certificate:
    decision = granted_decision(session, team, monkeypatch)
    return certificates.issue_certificate(session, ports, team.supervisor.actor, decision.public_id, place, NOW)


def with_paper(session: Session, ports: Ports, certificate: Certificate) -> Certificate:
    """The certificate's PDF made and kept."""
    render_certificate(session, ports, certificate.public_id, Path(PLACE.designs))
    return certificate

"""Appeals against decisions over categories."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from tests.factories.accounts import NOW, make_user
from tests.factories.careers import CATEGORY, NOTE, Team, add_grade, granted_decision, make_call, make_team, pass_course
from trainer.domain.errors import Conflict, Invalid, NotAllowed, NotFound
from trainer.services import category_decisions
from trainer.services.decision_appeals import AGAIN, ANSWERED_WITHIN, STANDS, answer_appeal, appeal_view, file_appeal
from trainer.store.accounts import User
from trainer.store.calls import find_call
from trainer.store.careers import Decision, open_appeals

REASON = "My second call was passed, as the trainer told me."
LATER = NOW + timedelta(days=2)


@pytest.fixture
def team(session: Session) -> Team:
    return make_team(session)


@pytest.fixture
def second(session: Session, team: Team) -> User:
    return make_user(session, team.organisation, ["supervisor"], name="Ines Costa")


@pytest.fixture
def refused(session: Session, team: Team) -> Decision:
    """One call is missing by the machine's grade."""
    pass_course(None, team.learner)
    make_call(session, team.learner, "late-parcel", days=1)
    make_call(session, team.learner, "order-advice", days=2, passed=False)
    category_decisions.attest(session, team.supervisor.actor, team.learner.public_id, CATEGORY, NOTE, NOW)
    return category_decisions.decide_category(session, team.supervisor.actor, team.learner.public_id, CATEGORY, NOW)


def test_second_person_answers_and_decides_again_from_what_is_there_now(
    session: Session, team: Team, second: User, refused: Decision
) -> None:
    appeal = file_appeal(session, team.learner.actor, refused.public_id, REASON, LATER)
    assert appeal.answer_by == LATER + ANSWERED_WITHIN
    assert [row[1].public_id for row in open_appeals(session, team.organisation.id)] == [refused.public_id]
    assert not appeal_view(session, team.supervisor.actor, refused, LATER).may_answer
    assert appeal_view(session, second.actor, refused, LATER).may_answer
    lost = find_call(session, team.organisation.id, refused.inputs["calls"][1]["record"])
    add_grade(session, lost, passed=True, grade={"overall": 81, "errors": []})
    answer_appeal(session, second.actor, refused.public_id, "You are right: the mark was changed.", True, LATER)
    view = appeal_view(session, team.learner.actor, refused, LATER)
    assert view.appeal is not None
    assert view.appeal.outcome == AGAIN
    assert view.new is not None
    assert (view.new.granted, view.new.by_name, refused.granted) == (True, "Ines Costa", False)
    assert open_appeals(session, team.organisation.id) == []


def test_decision_can_stand(session: Session, team: Team, second: User, refused: Decision) -> None:
    file_appeal(session, team.learner.actor, refused.public_id, REASON, LATER)
    appeal = answer_appeal(session, second.actor, refused.public_id, "I heard the call: it was lost.", False, LATER)
    assert (appeal.outcome, appeal.new_decision_id) == (STANDS, None)
    with pytest.raises(Conflict, match="closed"):
        answer_appeal(session, second.actor, refused.public_id, "I heard the call: it was lost.", False, LATER)


def test_nobody_answers_who_took_part(session: Session, team: Team, refused: Decision) -> None:
    file_appeal(session, team.learner.actor, refused.public_id, REASON, LATER)
    with pytest.raises(NotAllowed, match="same_person"):
        answer_appeal(session, team.supervisor.actor, refused.public_id, "It is right as it is.", False, LATER)
    trainer = make_user(session, team.organisation, ["trainer"])
    with pytest.raises(NotAllowed):
        answer_appeal(session, trainer.actor, refused.public_id, "It is right as it is.", False, LATER)


def test_appeal_is_ones_own_once_and_in_time(session: Session, team: Team, second: User, refused: Decision) -> None:
    for who in (second, team.stranger):
        with pytest.raises(NotFound):
            file_appeal(session, who.actor, refused.public_id, REASON, LATER)
    with pytest.raises(Invalid):
        file_appeal(session, team.learner.actor, refused.public_id, "No!", LATER)
    with pytest.raises(Conflict, match="too_late"):
        file_appeal(session, team.learner.actor, refused.public_id, REASON, NOW + timedelta(days=15))
    file_appeal(session, team.learner.actor, refused.public_id, REASON, LATER)
    with pytest.raises(Conflict, match="twice"):
        file_appeal(session, team.learner.actor, refused.public_id, REASON, LATER)


def test_granted_decision_leaves_nothing_to_appeal_against(session: Session, team: Team, monkeypatch) -> None:
    decision = granted_decision(session, team, monkeypatch)
    with pytest.raises(Conflict, match="granted"):
        file_appeal(session, team.learner.actor, decision.public_id, REASON, LATER)
    assert appeal_view(session, team.learner.actor, decision, LATER).until is None

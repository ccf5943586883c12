"""An assessed call is taken once a form, by the person themselves, who agreed to be graded."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

import pytest
from sqlalchemy.orm import Session

from tests.factories.accounts import make_user
from tests.factories.calls import make_scenario
from trainer.domain.errors import Conflict, Invalid
from trainer.domain.roles import Actor
from trainer.domain.scenario import Scenario
from trainer.ports import Ports
from trainer.services.assessed_calls import fresh_seed, start_assessed_call
from trainer.services.calls import start_call
from trainer.store.accounts import Organisation
from trainer.store.calls import FINISHED, Call

NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
BOTH = {"is_me": True, "agrees": True}


@dataclass
class Desk:
    session: Session
    ports: Ports
    actor: Actor
    scenario: Scenario
    now: datetime = NOW


@pytest.fixture
def desk(session: Session, ports: Ports, organisation: Organisation) -> Desk:
    return Desk(session, ports, make_user(session, organisation, ("learner",)).actor, make_scenario())


def start(desk: Desk, **confirmed: bool) -> Call:
    shared = (desk.session, desk.ports, desk.actor, desk.now, desk.scenario, "en")
    return start_assessed_call(*shared, **{**BOTH, **confirmed})


@pytest.mark.parametrize("missing", ["is_me", "agrees"])
def test_without_a_confirmation_no_call_begins(desk: Desk, missing: str) -> None:
    with pytest.raises(Invalid) as refused:
        start(desk, **{missing: False})
    assert refused.value.params["field"] == missing


def test_a_second_one_waits_for_the_first_and_then_has_another_form(desk: Desk) -> None:
    first = start(desk)
    with pytest.raises(Conflict, match="assessed_open"):
        start(desk)
    first.state = FINISHED
    desk.session.commit()
    second = start(desk)
    assert second.form != first.form
    second.state = FINISHED
    desk.session.commit()
    with pytest.raises(Conflict, match="forms_taken"):  # the small scenario has two names to draw, and both were had
        start(desk)


def test_practice_takes_no_form_away(desk: Desk) -> None:
    for _ in range(5):
        start_call(desk.session, desk.ports, desk.actor, desk.now, desk.scenario, "en", "practice")
    assert start(desk).mode == "assessed"


def test_a_fresh_seed_draws_none_of_the_taken_forms(desk: Desk) -> None:
    taken = [{"person": "Ana Diaz"}]
    assert all(fresh_seed(desk.scenario, "en", taken) >= 0 for _ in range(20))

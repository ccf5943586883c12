"""Assessed calls: taken once a form, by the person themselves, who agreed to be graded."""

from __future__ import annotations

import secrets
from datetime import datetime

from sqlalchemy.orm import Session

from trainer.domain.errors import Conflict, Invalid
from trainer.domain.forms import draw_form, values_in
from trainer.domain.roles import Actor
from trainer.domain.scenario import Scenario
from trainer.ports import Ports
from trainer.services.calls import start_call
from trainer.store import calls as store
from trainer.store.calls import Call

DRAWS = 200
"""So many seeds are tried for a form that this person has not had; with fewer forms than that all were taken."""


def start_assessed_call(
    session: Session,
    ports: Ports,
    actor: Actor,
    now: datetime,
    scenario: Scenario,
    language: str,
    *,
    is_me: bool,
    agrees: bool,
    consent_recording: bool = False,
) -> Call:
    """An assessed call with a form that this person has not had.

    Raises Invalid for what was not confirmed, Conflict while another assessed call of the scenario is unfinished, or
    when every form was taken.
    """
    if not is_me:
        raise Invalid("call.not_confirmed", field="is_me")
    if not agrees:
        raise Invalid("call.not_agreed", field="agrees")
    if language not in scenario.templates:
        raise Invalid("call.bad_language", field="language")
    if any(
        c.mode == "assessed" and c.scenario == scenario.slug for c in store.open_calls_of_user(session, actor.user_id)
    ):
        raise Conflict("call.assessed_open")
    seed = fresh_seed(scenario, language, store.assessed_forms(session, actor.user_id, scenario.slug))
    return start_call(
        session, ports, actor, now, scenario, language, "assessed", seed=seed, consent_recording=consent_recording
    )


def fresh_seed(scenario: Scenario, language: str, taken: list[dict[str, str]]) -> int:
    """A seed whose form is none of `taken`. Raises Conflict when there seems to be none left."""
    for _ in range(DRAWS):
        seed = secrets.randbelow(2**31)
        if values_in(draw_form(scenario, seed), language) not in taken:
            return seed
    raise Conflict("call.forms_taken")

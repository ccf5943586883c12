"""A reviewer asks a learner to practise a call; it stands on the learner's path until they have passed it."""

from __future__ import annotations

from collections.abc import Container
from datetime import datetime

from sqlalchemy.orm import Session

from trainer.domain.errors import Invalid
from trainer.domain.roles import Actor
from trainer.services.reviewing import COMMENT_LENGTH, reviewed_call
from trainer.store import assignments as store
from trainer.store.assignments import Assignment
from trainer.store.audit import record


def assign(
    session: Session, actor: Actor, call_id: str, *, scenario: str, known: Container[str], note: str, now: datetime
) -> Assignment:
    """Ask the operator of an assessed call to take `scenario`, one of the `known` ones. Twice the same is one.

    Raises Invalid, and as `reviewed_call`.
    """
    call, _row = reviewed_call(session, actor, call_id)
    if scenario not in known:
        raise Invalid("assignment.no_scenario", field="scenario")
    note = note.strip()
    if len(note) > COMMENT_LENGTH:
        raise Invalid("review.bad_comment", field="note", longest=COMMENT_LENGTH)
    for one in store.assignments_left(session, call.user_id):
        if one.scenario == scenario:
            return one
    asked = Assignment(
        organisation_id=call.organisation_id,
        user_id=call.user_id,
        call_id=call.id,
        scenario=scenario,
        note=note,
        by_id=actor.user_id,
        by_name=actor.name,
        at=now,
    )
    session.add(asked)
    record(session, actor, "call.assigned", call, now, {"scenario": scenario})
    session.commit()
    return asked


def left_for(session: Session, actor: Actor) -> list[Assignment]:
    """What the actor was asked to take and has not passed since, the oldest first."""
    return store.assignments_left(session, actor.user_id)

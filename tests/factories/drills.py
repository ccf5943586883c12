"""A graded call whose reply to an objection was weak, and replies that are good and bad, for tests of drills."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from tests.factories.assessed_calls import add_grade, make_call, make_grade
from tests.factories.calls import make_scenario
from trainer.domain.events import make_event
from trainer.domain.forms import stable_number
from trainer.domain.grade import ObjectionGrade, ReplyGrade
from trainer.domain.scenario import ModelLine
from trainer.services.scenarios import keep_version
from trainer.store.accounts import User
from trainer.store.calls import Call, append_events

GOOD = (
    "I am sorry that your parcel is three days late. We deliver again on 26 November. Does that suit you?",
    "Three days is a long wait for your parcel, I am sorry. It comes on 26 November. Would that be all right for you?",
)
BAD = "Well."
MODEL = "I am sorry about your parcel, three days is long. We deliver again on 26 November. Does that suit you?"


def objection_grade(
    seq: int = 4, objection: str = "late", undecided: tuple[str, ...] = (), **levels: int
) -> ObjectionGrade:
    """A reply with 3 in every criterion but those of `levels`."""
    told = {name: levels.get(name, 3) for name in ("listen_acknowledge", "explore", "respond", "close", "conduct")}
    grade = ReplyGrade(
        **told, overall=sum(told.values()) * 5, critical_error=None, confidence=0.9, undecided=undecided, evidence=()
    )  # fmt: skip
    return ObjectionGrade(objection, "delivery_delay", seq - 1, seq, grade)


def make_weak_call(
    session: Session, user: User, at: datetime, *, mode: str = "practice", model: str = MODEL, **levels: int
) -> Call:
    """A finished call of the small late parcel, whose own answer is `model`; its reply was weak in `respond` unless
    `levels` say otherwise."""
    scenario = make_scenario(model=(ModelLine("objection:late", model),))
    scenario = replace(scenario, version=f"v-{stable_number(model)}")
    scenario = replace(
        scenario, templates={name: replace(one, version=scenario.version) for name, one in scenario.templates.items()}
    )
    keep_version(session, scenario)
    call = make_call(session, user, at, mode=mode)
    call.version = scenario.version
    heard = make_event(3, 1000, "customer_line", line="objection.late.0", text="my parcel is three days late!")
    append_events(session, call, [heard])
    graded = (objection_grade(**(levels or {"respond": 1})),)
    add_grade(session, call, replace(make_grade(60, passed=False), objections=graded))
    return call

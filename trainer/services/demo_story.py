"""What happened in the demonstration organisation before you came: a course, calls, a cohort, a campaign, a certificate.

Everything is done through the product's own services, as people would do it in the browser, at times in the past: calls
are played by the scripted operators that also try every scenario, and graded by the grader. Nothing here is written
into a table directly, so the demonstration cannot show what the product cannot do.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy.orm import Session

from trainer.domain.dialogue import fold
from trainer.domain.dialogue.operators import Model, Operator, lazy
from trainer.domain.parties import CUSTOMER, NOBODY, connection
from trainer.domain.roles import Actor
from trainer.domain.scenario import Case
from trainer.ports import Ports
from trainer.services import campaigns, category_decisions, cohorts, demo_work
from trainer.services.call_log import case_of_call
from trainer.services.calls import answer_call, start_call
from trainer.services.calls_grading import grade_call
from trainer.services.calls_telephone import dial, hang_up
from trainer.services.calls_turns import Operator as Caller
from trainer.services.calls_turns import take_turn
from trainer.services.calls_wrap_up import save_wrap_up
from trainer.services.certificate_making import Place
from trainer.services.certificates import decide_and_issue
from trainer.services.demo_learning import become_ready
from trainer.services.scenarios import published
from trainer.store import calls as call_store
from trainer.store.accounts import User, find_user_by_email
from trainer.store.calls import LIVE, Call

CATEGORY = "operator-3"
SECONDS_A_TURN = 9.0
MOST_TURNS = 40
PLAYED = ("care-plan-call", "late-parcel", "new-home-internet", "which-suitcase")
"""Calls of several kinds: sold or refused, complained, ordered, advised."""


def tell(session: Session, ports: Ports, now: datetime, scenarios: Path, courses: Path, place: Place) -> None:
    """Play the weeks before `now`. Raises whatever a service refuses: a story that no longer works is a defect."""
    nora, maeve, elise, kwame = (
        _actor(session, f"{name}@demo.example") for name in ("nora", "maeve", "elise", "kwame")
    )
    holder = _person(session, "nora@demo.example").public_id
    learned = now - timedelta(days=20)
    become_ready(session, ports, nora, courses, learned)
    for number, slug in enumerate(PLAYED):
        at = now - timedelta(days=12 - 2 * number)
        play_call(session, ports, nora, scenarios, slug, "assessed", Model(), at)
    play_call(session, ports, nora, scenarios, PLAYED[0], "practice", lazy, now - timedelta(days=14))
    amina = _actor(session, "amina@demo.example")  # everything but her supervisor's word
    become_ready(session, ports, amina, courses, learned)
    for number, slug in enumerate(PLAYED):
        play_call(session, ports, amina, scenarios, slug, "assessed", Model(), now - timedelta(days=6 - number))
    category_decisions.attest(session, maeve, holder, CATEGORY, "I sat beside her for two shifts.", now)
    decide_and_issue(session, ports, maeve, holder, CATEGORY, place, now)
    cohort = cohorts.create_cohort(session, elise, "BTS NDRC, groupe B", now)
    roster = (
        "name,email\nNora Haddad,nora@demo.example\nThéo Lefèvre,theo@demo.example\nAmina Diallo,amina@demo.example\n"
    )
    cohorts.take_roster(session, elise, cohort.public_id, roster, now)
    plan = campaigns.Plan(
        title="Customer care, spring intake",
        scenario=PLAYED[0],
        language="en",
        closes_on=(now + timedelta(days=30)).date(),
        message="One call of about six minutes, when it suits you. A person reads every result.",
        show_review=True,
    )
    campaign = campaigns.create_campaign(session, scenarios, kwame, plan, now)
    people = "name,email\nOlena Kovalenko,olena@example.org\nDaniel Okoye,daniel@example.org\n"
    campaigns.invite_candidates(session, kwame, campaign.public_id, people, now)
    team = [_person(session, f"{name}@demo.example") for name in ("nora", "amina", "theo")]
    demo_work.tell(session, maeve, team, now)


def _actor(session: Session, email: str) -> Actor:
    return _person(session, email).actor


def _person(session: Session, email: str) -> User:
    user = find_user_by_email(session, email)
    if user is None:
        raise LookupError(f"{email} is not here: load the people first")
    return user


def play_call(
    session: Session,
    ports: Ports,
    actor: Actor,
    folder: Path,
    slug: str,
    mode: str,
    operator: Operator,
    at: datetime,
    *,
    seed: int = 11,
) -> Call:
    """A whole typed call by a scripted operator, written up with the truth, and its grade."""
    scenario = published(folder)[slug]
    call = start_call(session, ports, actor, at, scenario, actor.language, mode, seed=seed)
    answer_call(session, ports, actor, call.public_id, at)
    case = case_of_call(session, call)
    clock = _clock(at)
    _reach_the_customer(session, ports, actor, call, case, clock)
    for turn in range(MOST_TURNS):
        session.refresh(call)
        if call.state != LIVE:
            break
        state = fold(case, call_store.events_of(session, call))
        said = operator(case, state, turn)
        who = Caller(actor, call.public_id, _turn_id(call, turn), clock())
        if said is None:
            hang_up(session, ports, who)
        else:
            take_turn(session, ports, who, text=said.text)
    session.refresh(call)
    if call.state == LIVE:
        hang_up(session, ports, Caller(actor, call.public_id, _turn_id(call, MOST_TURNS), clock()))
    right = next((d.id for d in case.dispositions if call.outcome in d.right_for), case.dispositions[0].id)
    fields = {field.id: field.truth for field in case.form}
    who = Caller(actor, call.public_id, _turn_id(call, MOST_TURNS + 1), clock())
    save_wrap_up(session, ports, who, fields=fields, disposition=right, notes="", seconds=40)
    grade_call(session, ports, call.public_id, clock())
    return call


def _reach_the_customer(
    session: Session, ports: Ports, actor: Actor, call: Call, case: Case, clock: Callable[[], datetime]
) -> None:
    """Put down and dial again until nobody but the customer is on the line."""
    attempt = 0
    while (party := connection(case, call_store.events_of(session, call)).party) != CUSTOMER:
        attempt += 1
        who = Caller(actor, call.public_id, f"dial-{call.id}-{attempt:04d}", clock())
        (dial if party == NOBODY else hang_up)(session, ports, who)


def _turn_id(call: Call, turn: int) -> str:
    return f"demo-{call.id}-{turn:04d}"


def _clock(start: datetime) -> Callable[[], datetime]:
    moment = start

    def tick() -> datetime:
        nonlocal moment
        moment += timedelta(seconds=SECONDS_A_TURN)
        return moment

    return tick

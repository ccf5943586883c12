"""Dialling: who or what answers, attempt by attempt, and what the one who is not the customer says."""

from __future__ import annotations

from dataclasses import replace

from tests.factories.telephone import dialled_case
from tests.factories.understanding import understood
from trainer.domain import reaching
from trainer.domain.events import Event, make_event
from trainer.domain.parties import CUSTOMER, MACHINE, NOBODY, OTHER, Connection, connection, must_dial
from trainer.domain.scenario import Case
from trainer.domain.telephone import Dialling


def dial(case: Case, log: list[Event]) -> Connection:
    result = reaching.result_of_dialling(case, connection(case, log))
    log.append(make_event(len(log) + 1, 0, "dialled", result=result))
    return connection(case, log)


def started(case: Case) -> list[Event]:
    return [make_event(1, 0, "call_started", scenario=case.scenario)]


def test_attempts_come_in_their_order_and_then_the_customer() -> None:
    case = dialled_case("no_answer", "voicemail", "wrong_person", "busy")
    log = started(case)
    assert must_dial(case)
    assert connection(case, log).party == NOBODY
    parties = []
    for _ in range(6):
        parties.append(dial(case, log).party)
        log.append(make_event(len(log) + 1, 0, "put_down"))
    assert parties == [NOBODY, MACHINE, OTHER, NOBODY, CUSTOMER, CUSTOMER]


def test_an_inbound_call_or_one_without_attempts_is_answered_by_the_customer() -> None:
    for case in (replace(dialled_case("busy"), direction="inbound"), dialled_case()):
        assert not must_dial(case)
        assert connection(case, started(case)).party == CUSTOMER


def test_the_machine_greets_and_then_says_nothing() -> None:
    case = dialled_case("voicemail")
    state = dial(case, started(case))
    line = reaching.pick_up(case, state)
    assert line is not None
    assert line.marks == ("beep",)
    assert line.text == case.dialling.voicemail[0]
    assert reaching.answer(case, state, understood("Please call me back.")) is None


def test_somebody_else_says_when_the_customer_is_back_grows_curious_and_takes_leave() -> None:
    case = dialled_case("wrong_person")
    other = case.dialling.other
    assert other is not None
    log = started(case)
    dial(case, log)
    said = []
    for turn in (
        understood("Is that Ana Diaz?", question="closed"),
        understood("Thank you. It's Parcelo, may I leave a number?", acts=("permission_ask",), question="closed"),
        understood("I'll ring at six, goodbye.", acts=("closing",)),
    ):
        line = reaching.answer(case, connection(case, log), turn)
        assert line is not None
        log.append(make_event(len(log) + 1, 0, "aside_line", **line.as_event_data()))
        said.append(line)
    assert said[0].text in other.away
    assert said[1].text in other.curious
    assert said[2].text in other.goodbye
    assert connection(case, log).party == NOBODY


def test_nobody_speaks_for_a_scenario_that_does_not_say_who() -> None:
    case = replace(dialled_case("wrong_person", "voicemail"), dialling=Dialling(("wrong_person", "voicemail")))
    log = started(case)
    assert dial(case, log).party == NOBODY
    assert dial(case, log).party == NOBODY

"""A colleague takes a customer when they know what they need, and asks for what was left out."""

from __future__ import annotations

from collections.abc import Sequence

from tests.factories.telephone import handed_over_case
from tests.factories.understanding import understood
from trainer.domain import consultation
from trainer.domain.events import Event, make_event
from trainer.domain.parties import COLLEAGUE, CUSTOMER, NOBODY, AsideLine, connection
from trainer.domain.scenario import Case
from trainer.domain.understanding import Understanding


def talk(case: Case, to: str, turns: Sequence[Understanding]) -> tuple[list[AsideLine], list[Event]]:
    """The colleague's lines, the pick-up first, and the log."""
    log = [make_event(1, 0, "call_started", scenario=case.scenario), make_event(2, 0, "consult_started", to=to)]
    lines = [consultation.pick_up(case, connection(case, log))]
    log.append(make_event(len(log) + 1, 0, "aside_line", **lines[0].as_event_data()))
    for turn in turns:
        line = consultation.answer(case, connection(case, log), turn)
        log.append(make_event(len(log) + 1, 0, "aside_utterance", text=turn.text, to=COLLEAGUE))
        log.append(make_event(len(log) + 1, 0, "aside_line", **line.as_event_data()))
        lines.append(line)
    return lines, log


def test_everything_told_at_once_is_taken() -> None:
    case = handed_over_case()
    told = understood("I have Ana Diaz, her parcel is held", topics=("what",))
    lines, log = talk(case, "specialist", [told])
    assert lines[0].text in case.specialists[0].greeting
    assert lines[1].text in case.specialists[0].takes
    state = connection(case, log)
    assert state.party == COLLEAGUE
    assert {"consulted", "takes"} <= state.marks
    assert consultation.share_told(case, "specialist", state.marks) == 1.0


def test_what_was_left_out_is_asked_for_and_its_answer_counts() -> None:
    case = handed_over_case()
    lines, _ = talk(case, "specialist", [understood("Ana Diaz for you"), understood("customs has it since Friday")])
    assert lines[1].marks == ("told:who", "ask:what")
    assert lines[1].text in case.specialists[0].needs[1].asks
    assert "takes" in lines[2].marks


def test_a_name_that_was_asked_for_has_to_be_said() -> None:
    case = handed_over_case()
    lines, _ = talk(case, "specialist", [understood("a parcel"), understood("some customer of ours")])
    assert "told:who" not in {mark for line in lines for mark in line.marks}


def test_who_says_nothing_of_it_is_sent_back_after_three_turns() -> None:
    case = handed_over_case()
    lines, log = talk(case, "specialist", [understood("Hello."), understood("So."), understood("Right.")])
    assert "declined" in lines[-1].marks
    assert lines[-1].text in case.specialists[0].declines
    assert "consulted" not in connection(case, log).marks
    assert len({line.text for line in lines}) == len(lines)


def test_a_department_with_no_part_in_the_call_declines() -> None:
    case = handed_over_case()
    lines, _ = talk(case, "billing", [understood("I have Ana Diaz, her parcel is held at customs")])
    assert "Billing" in lines[0].text
    assert lines[1].marks == ("declined",)


def test_the_customer_is_back_when_the_consultation_ends_and_gone_after_the_call() -> None:
    case = handed_over_case()
    _, log = talk(case, "specialist", [])
    log.append(make_event(len(log) + 1, 0, "consult_ended", seconds=3))
    assert connection(case, log).party == CUSTOMER
    log.append(make_event(len(log) + 1, 0, "call_ended", outcome="transferred"))
    assert connection(case, log).party == NOBODY


def test_a_written_briefing_tells_what_it_names() -> None:
    case = handed_over_case()
    assert [need.id for need in consultation.needs_in_text(case, "specialist", "ANA DÍAZ, urgent")] == ["who"]

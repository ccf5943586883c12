"""What hurried, slow and interrupted operators do to a call: nothing counts twice, nothing is lost."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.factories.call_desk import Desk
from tests.services.test_calls import desk, log_of, say, started, wav, who, write_up
from trainer.domain.errors import Invalid

__all__ = ["desk"]  # the fixture


def test_gap_before_each_answer_is_kept_and_its_median_shown(desk: Desk) -> None:
    from trainer.services.calls_review import open_review
    from trainer.services.calls_turns import Spoken, take_turn

    call = started(desk)
    for number, gap in enumerate((None, 900, 2100, 10**12)):
        desk.later(seconds=5)
        spoken = Spoken(gap_ms=gap)
        take_turn(
            desk.session, desk.ports, who(desk, call, f"turn-{number:04}"), audio=wav(value=900 + number), spoken=spoken
        )
    kept = [e.data.get("gap_ms") for e in log_of(desk, call).events if e.type == "operator_utterance"]
    assert kept == [None, 900, 2100, 21_000], "no gap is longer than the call"
    say(desk, call, "Goodbye.", "turn-last1")
    write_up(desk, call, gap_ms=1500)
    assert open_review(desk.session, desk.actor, call).answered_s == 1.8


def test_keys_pressed_in_a_hurry_are_all_kept_in_their_order_and_once(desk: Desk) -> None:
    from trainer.services.calls_telephone import press_key

    call = started(desk)
    wanted = "123456789*0#"
    for place, key in enumerate(wanted):
        for _ in range(2):  # the page never learned that the first one arrived
            press_key(desk.session, desk.ports, who(desk, call, f"key-{place:05}"), key=key)
    assert "".join(e.data["key"] for e in log_of(desk, call).events if e.type == "key_press") == wanted


def test_transfer_to_nobody_is_refused_and_the_call_goes_on(desk: Desk) -> None:
    from trainer.services.calls_telephone import transfer

    call = started(desk)
    for place, nobody in enumerate(("", " ", "nobody", "x" * 5000)):
        with pytest.raises(Invalid):
            transfer(desk.session, desk.ports, who(desk, call, f"move-{place:04}"), to=nobody)
    assert len(say(desk, call, "Are you still there?").events) == 2


def test_hold_of_ten_minutes_is_counted_and_the_call_goes_on(desk: Desk) -> None:
    from trainer.services.calls_telephone import set_hold

    call = started(desk)
    set_hold(desk.session, desk.ports, who(desk, call, "hold-0001"), on=True)
    desk.later(minutes=10)
    view = log_of(desk, call)
    assert (view.call.state, view.on_hold, view.hold_ms) == ("live", True, 600_000)
    back = set_hold(desk.session, desk.ports, who(desk, call, "hold-0002"), on=False)
    assert back.events[0].data["seconds"] == 600
    assert len(say(desk, call, "Thank you for holding.").events) == 2


def test_form_saved_twice_counts_once(desk: Desk) -> None:
    from trainer.services.calls_actions import screen_action

    call = started(desk)
    fill = {"action": "fill", "field": "phone", "value": "020 7946 0018"}
    first = screen_action(desk.session, desk.ports, who(desk, call, "fill-0001"), **fill)
    assert screen_action(desk.session, desk.ports, who(desk, call, "fill-0001"), **fill).events == first.events
    say(desk, call, "Goodbye.", "turn-last1")
    saved = write_up(desk, call)
    assert write_up(desk, call, notes="Written again.").events == saved.events
    assert sum(e.type == "wrap_up_saved" for e in log_of(desk, call).events) == 1


def test_scenario_edited_during_a_call_keeps_the_calls_own_version(desk: Desk) -> None:
    from trainer.services import scenarios

    call = started(desk)
    version = log_of(desk, call).case.version
    templates = {
        name: replace(case, version="v2", title="Another title") for name, case in desk.scenario.templates.items()
    }
    desk.scenario = replace(desk.scenario, version="v2", templates=templates)
    scenarios._cases.clear()  # as after a restart
    say(desk, call, "How can I help you?")
    view = log_of(desk, call)
    assert (view.case.version, view.case.title) == (version, "A late parcel")
    assert view.events[0].data["version"] == version
    assert log_of(desk, started(desk)).case.version == "v2", "the next call has the new one"

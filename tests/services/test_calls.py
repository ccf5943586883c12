"""A call as its services keep it: each turn once, nothing lost, every mistake one sentence."""

from __future__ import annotations

import io
import threading
import wave
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.orm import Session

from tests.factories.call_desk import Desk, open_desk
from trainer.domain.errors import Conflict, Invalid, NotAllowed, NotFound, StoreFull
from trainer.domain.roles import Actor
from trainer.ports import StorageFull

TURN = "turn-0001"


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    desk = open_desk(tmp_path, monkeypatch)
    yield desk
    desk.session.close()
    desk.engine.dispose()


def wav(seconds: float = 1.0, value: int = 900) -> bytes:
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(16_000)
        file.writeframes(value.to_bytes(2, "little", signed=True) * int(16_000 * seconds))
    return out.getvalue()


def who(desk: Desk, call: str, turn: str = TURN, tab: str = "tab-one") -> Any:
    from trainer.services.calls_turns import Operator

    return Operator(desk.actor, call, turn, desk.now, tab)


def started(desk: Desk, **options: Any) -> str:
    from trainer.services.calls import answer_call, start_call

    options = {"mode": "practice", "seed": 7, **options}
    call = start_call(desk.session, desk.ports, desk.actor, desk.now, desk.scenario, "en", **options)
    answer_call(desk.session, desk.ports, desk.actor, call.public_id, desk.now, tab="tab-one")
    return call.public_id


def say(desk: Desk, call: str, text: str, turn: str = TURN, tab: str = "tab-one") -> Any:
    from trainer.services.calls_turns import take_turn

    desk.later(seconds=3)
    return take_turn(desk.session, desk.ports, who(desk, call, turn, tab), text=text)


def log_of(desk: Desk, call: str) -> Any:
    from trainer.services.calls import resume

    return resume(desk.session, desk.ports, desk.actor, call, desk.now)


def write_up(desk: Desk, call: str, **values: Any) -> Any:
    from trainer.services.calls_wrap_up import save_wrap_up

    values = {"fields": {"phone": "020 7946 0018"}, "disposition": "solved", "notes": "Fine.", "seconds": 20, **values}
    return save_wrap_up(desk.session, desk.ports, who(desk, call, "wrap-up-1"), **values)


# --- the way of a call ---------------------------------------------------------------------------------------------


def test_call_rings_until_it_is_answered_and_its_lines_are_spoken_ahead(desk: Desk) -> None:
    from trainer.services.calls import answer_call, start_call

    call = start_call(desk.session, desk.ports, desk.actor, desk.now, desk.scenario, "en", "practice").public_id
    assert log_of(desk, call).call.state == "ringing"
    assert desk.queue.names() == ["render_lines"]
    desk.later(seconds=30)
    first = answer_call(desk.session, desk.ports, desk.actor, call, desk.now)
    assert [(event.seq, event.at_ms, event.type) for event in first.events] == [
        (1, 0, "call_started"), (2, 0, "customer_line"),
    ]  # fmt: skip
    assert answer_call(desk.session, desk.ports, desk.actor, call, desk.now).events == ()


def test_whole_call_gives_a_gapless_log_that_never_runs_back(desk: Desk) -> None:
    call = started(desk)
    say(desk, call, "Good morning.", "turn-0001")
    say(desk, call, "Goodbye.", "turn-0002")
    desk.later(seconds=25)
    write_up(desk, call)
    view = log_of(desk, call)
    assert [event.seq for event in view.events] == list(range(1, len(view.events) + 1))
    assert [event.at_ms for event in view.events] == sorted(event.at_ms for event in view.events)
    assert [event.type for event in view.events] == [
        "call_started", "customer_line", "operator_utterance", "customer_line", "operator_utterance", "customer_line",
        "call_ended", "wrap_up_saved",
    ]  # fmt: skip
    assert (view.call.state, view.call.outcome) == ("finished", "resolved")
    assert view.elapsed_ms == 6000
    assert desk.queue.names() == ["render_lines", "grade_call"]


def test_customer_line_carries_its_sound_and_length(desk: Desk) -> None:
    from trainer.services.calls import audio_of_event

    view = log_of(desk, started(desk))
    data = view.events[1].data
    assert data["engine"] == "scripted voice female"
    assert data["duration_ms"] > 500
    assert audio_of_event(desk.session, desk.ports, view.call, 2)[:4] == b"RIFF"
    with pytest.raises(NotFound):
        audio_of_event(desk.session, desk.ports, view.call, 1)


# --- a turn that is sent again, at once, from elsewhere -------------------------------------------------------------


def test_turn_sent_again_gives_the_same_answer_and_changes_nothing(desk: Desk) -> None:
    call = started(desk)
    first = say(desk, call, "Good morning.")
    again = say(desk, call, "Something else altogether.")
    assert again.events == first.events
    assert len(log_of(desk, call).events) == 4


def test_turn_sent_again_after_the_end_of_the_call_still_gives_its_answer(desk: Desk) -> None:
    from trainer.services.calls_telephone import hang_up

    call = started(desk)
    first = hang_up(desk.session, desk.ports, who(desk, call))
    assert hang_up(desk.session, desk.ports, who(desk, call)).events == first.events


@pytest.mark.parametrize("turns", [["turn-same"] * 4, ["turn-aaaa", "turn-bbbb", "turn-cccc", "turn-dddd"]])
def test_turns_sent_at_the_same_moment_are_each_taken_once(desk: Desk, turns: list[str]) -> None:
    from trainer.services.calls_turns import take_turn

    call = started(desk)
    gate, failures = threading.Barrier(len(turns)), []

    def send(turn: str, number: int) -> None:
        with Session(desk.engine) as session:
            gate.wait()
            try:
                take_turn(session, desk.ports, who(desk, call, turn), text=f"Words {number}")
            except Exception as error:
                failures.append(error)

    threads = [threading.Thread(target=send, args=(turn, number)) for number, turn in enumerate(turns)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    desk.session.expire_all()
    events = log_of(desk, call).events
    assert [event.seq for event in events] == list(range(1, len(events) + 1))
    assert sum(event.type == "operator_utterance" for event in events) == len(set(turns))


def test_second_tab_is_told_and_may_take_the_call_over(desk: Desk) -> None:
    from trainer.services.calls import claim_call

    call = started(desk)
    with pytest.raises(Conflict) as told:
        claim_call(desk.session, desk.ports, desk.actor, call, desk.now, tab="tab-two")
    assert told.value.code == "call.other_tab"
    with pytest.raises(Conflict):
        say(desk, call, "From the second tab", "turn-0002", "tab-two")
    claim_call(desk.session, desk.ports, desk.actor, call, desk.now, tab="tab-two", take_over=True)
    assert say(desk, call, "From the second tab", "turn-0002", "tab-two").events
    with pytest.raises(Conflict):
        say(desk, call, "From the first tab", "turn-0003", "tab-one")


def test_tab_that_went_quiet_gives_way_by_itself(desk: Desk) -> None:
    from trainer.services.calls import claim_call

    call = started(desk)
    desk.later(seconds=90)
    assert claim_call(desk.session, desk.ports, desk.actor, call, desk.now, tab="tab-two").call.holder == "tab-two"


# --- speech -----------------------------------------------------------------------------------------------------------


def test_spoken_turn_is_recorded_with_words_only_by_consent(desk: Desk) -> None:
    from trainer.services.calls_turns import Spoken, take_turn

    kept, dropped = started(desk, consent_recording=True), started(desk)
    desk.later(seconds=5)
    for call in (kept, dropped):
        answer = take_turn(
            desk.session, desk.ports, who(desk, call), audio=wav(), spoken=Spoken(2500, 4000, interrupted=True)
        )
        data = answer.events[0].data
        assert data["text"] == "Good morning, how can I help you?"
        assert data["words"][0] == ["Good", 0.0, 0.13, 0.95]
        assert (data["started_ms"], data["ended_ms"], data["interrupted_customer"]) == (2500, 4000, True)
        assert bool(data["audio"]) == (call == kept)
    assert desk.recordings() == [f"operator-{TURN}.wav"]


def test_times_of_the_page_are_held_within_what_is_possible(desk: Desk) -> None:
    from trainer.services.calls_turns import Spoken, take_turn

    call = started(desk)
    desk.later(seconds=5)
    answer = take_turn(desk.session, desk.ports, who(desk, call), text="Hello", spoken=Spoken(-50, 10**9, 700))
    data = answer.events[0].data
    assert (data["free_ms"], data["started_ms"], data["ended_ms"]) == (0, 0, 6000)


def test_nothing_heard_adds_nothing_and_keeps_nothing(desk: Desk) -> None:
    from trainer.services.calls_turns import take_turn

    call = started(desk, consent_recording=True)
    answer = take_turn(desk.session, desk.ports, who(desk, call), audio=wav(value=0))
    assert (answer.events, answer.notice) == ((), "call.nothing_heard")
    assert desk.recordings() == []
    assert len(log_of(desk, call).events) == 2


def test_another_language_is_logged_and_told(desk: Desk) -> None:
    from trainer.services.calls_turns import take_turn

    desk.recognizer.detected_language = "fr"
    answer = take_turn(desk.session, desk.ports, who(desk, started(desk)), audio=wav(0.7))
    assert answer.notice == "call.other_language"
    assert answer.events[0].data["detected_language"] == "fr"


def test_full_disk_is_told_and_the_same_turn_can_be_sent_again(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    from trainer.services.calls_turns import take_turn

    call = started(desk, consent_recording=True)

    def full(_key: str, _data: bytes) -> None:
        raise StorageFull("files", "the disk is full")

    with monkeypatch.context() as broken:
        broken.setattr(desk.ports.files, "write", full)
        with pytest.raises(StoreFull):
            take_turn(desk.session, desk.ports, who(desk, call), audio=wav())
    assert len(log_of(desk, call).events) == 2
    assert len(take_turn(desk.session, desk.ports, who(desk, call), audio=wav()).events) == 2


def test_missing_recognizer_is_told_and_leaves_no_recording(desk: Desk) -> None:
    from trainer.services.calls_turns import take_turn

    call = started(desk, consent_recording=True)
    desk.recognizer.unavailable = "the model is missing"
    with pytest.raises(Invalid) as told:
        take_turn(desk.session, desk.ports, who(desk, call), audio=wav(0.8))
    assert told.value.code == "call.no_recognizer"
    assert desk.recordings() == []


def test_recognizer_is_not_asked_inside_a_transaction(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    from trainer.services.calls_turns import take_turn

    call, states = started(desk), []
    real = type(desk.recognizer).recognize

    def watched(self: Any, pcm: bytes, **named: Any) -> Any:
        states.append(desk.session.in_transaction())
        return real(self, pcm, **named)

    monkeypatch.setattr(type(desk.recognizer), "recognize", watched)
    take_turn(desk.session, desk.ports, who(desk, call), audio=wav(0.9))
    assert states == [False]


@pytest.mark.parametrize("text", ["word " * 1001, "w" * 20_001])
def test_reply_that_is_too_long_is_told(desk: Desk, text: str) -> None:
    call = started(desk)
    with pytest.raises(Invalid) as told:
        say(desk, call, text)
    assert told.value.code == "call.too_many_words"
    assert len(log_of(desk, call).events) == 2


@pytest.mark.parametrize("turn", ["", "short", "../../../etc", "a" * 65, "turn 0001", "tür-00001"])
def test_turn_id_that_could_leave_the_store_is_refused(desk: Desk, turn: str) -> None:
    call = started(desk)
    with pytest.raises(Invalid):
        say(desk, call, "Hello", turn)


# --- what is done besides speaking ------------------------------------------------------------------------------------


def test_form_is_kept_field_by_field_and_wrong_types_lose_nothing(desk: Desk) -> None:
    from trainer.services.calls_actions import screen_action

    call = started(desk)
    fill = {"action": "fill", "field": "phone"}
    screen_action(desk.session, desk.ports, who(desk, call, "fill-0001"), **fill, value="020 7946 0018")
    with pytest.raises(Invalid) as told:
        screen_action(desk.session, desk.ports, who(desk, call, "fill-0002"), **fill, value="call me")
    assert told.value.code == "call.form_phone"
    assert log_of(desk, call).fields == {"phone": "020 7946 0018"}


def test_hold_is_counted_and_silence_on_hold_is_none(desk: Desk) -> None:
    from trainer.services.calls_telephone import set_hold
    from trainer.services.calls_turns import report_silence

    call = started(desk)
    held = set_hold(desk.session, desk.ports, who(desk, call, "hold-0001"), on=True)
    assert held.events[0].data["announced"] is True
    assert log_of(desk, call).on_hold
    assert set_hold(desk.session, desk.ports, who(desk, call, "hold-0002"), on=True).events == ()
    assert report_silence(desk.session, desk.ports, who(desk, call, "quiet-001"), seconds=4).events == ()
    desk.later(seconds=12)
    back = set_hold(desk.session, desk.ports, who(desk, call, "hold-0003"), on=False)
    assert [event.type for event in back.events] == ["hold_ended", "customer_line"]
    assert back.events[0].data["seconds"] == 12


def test_long_silence_ends_the_call(desk: Desk) -> None:
    from trainer.services.calls_turns import report_silence

    call = started(desk)
    report_silence(desk.session, desk.ports, who(desk, call, "quiet-001"), seconds=4)
    report_silence(desk.session, desk.ports, who(desk, call, "quiet-002"), seconds=15)
    view = log_of(desk, call)
    assert (view.call.state, view.call.outcome) == ("wrap_up", "customer_hung_up")
    with pytest.raises(Conflict) as told:
        say(desk, call, "Are you there?")
    assert told.value.code == "call.over"


def test_transfer_goes_only_where_the_scenario_offers(desk: Desk) -> None:
    from trainer.services.calls_telephone import transfer

    call = started(desk)
    with pytest.raises(Invalid):
        transfer(desk.session, desk.ports, who(desk, call, "move-0001"), to="the moon")
    done = transfer(desk.session, desk.ports, who(desk, call, "move-0002"), to="specialist", briefing="A late parcel")
    assert [event.type for event in done.events] == ["transfer", "call_ended"]


def test_write_up_is_taken_once_and_only_after_the_call(desk: Desk) -> None:
    call = started(desk)
    with pytest.raises(Conflict) as told:
        write_up(desk, call)
    assert told.value.code == "call.still_on"
    say(desk, call, "Goodbye.")
    with pytest.raises(Invalid):
        write_up(desk, call, disposition="invented")
    with pytest.raises(Invalid):
        write_up(desk, call, fields={"phone": "call me"})
    assert write_up(desk, call).events == write_up(desk, call).events


# --- who, and how long ------------------------------------------------------------------------------------------------


def test_call_of_somebody_else_does_not_exist(desk: Desk) -> None:
    from trainer.services.calls import resume
    from trainer.services.calls_review import readable_call

    call = started(desk, mode="assessed")
    practice = started(desk)
    colleague, stranger = Actor(2, 1, frozenset({"learner"})), Actor(3, 2, frozenset({"admin"}))
    trainer = Actor(4, 1, frozenset({"trainer"}))
    for actor in (colleague, stranger, trainer):
        with pytest.raises(NotFound):
            resume(desk.session, desk.ports, actor, call, desk.now)
    for actor in (colleague, stranger):
        with pytest.raises(NotFound):
            readable_call(desk.session, actor, call)
    assert readable_call(desk.session, trainer, call).public_id == call
    with pytest.raises(NotFound):
        readable_call(desk.session, trainer, practice)


@pytest.mark.parametrize("state", ["live", "wrap_up"])
def test_call_left_open_for_a_day_ends_by_itself(desk: Desk, state: str) -> None:
    from trainer.services.calls_grading import sweep_calls

    call = started(desk)
    if state == "wrap_up":
        say(desk, call, "Goodbye.")
    last = desk.now
    desk.later(hours=25)
    sweep_calls(desk.session, desk.ports, desk.now)
    view = log_of(desk, call)
    assert view.call.state == "finished"
    assert view.call.outcome == ("timed_out" if state == "live" else "resolved")
    assert view.call.ended_at == last
    assert "grade_call" in desk.queue.names()


def test_call_never_answered_ends_without_anything_to_grade(desk: Desk) -> None:
    from trainer.services.calls import start_call
    from trainer.services.calls_grading import sweep_calls

    call = start_call(desk.session, desk.ports, desk.actor, desk.now, desk.scenario, "en", "practice").public_id
    desk.later(hours=25)
    sweep_calls(desk.session, desk.ports, desk.now)
    assert log_of(desk, call).call.state == "finished"
    assert sweep_calls(desk.session, desk.ports, desk.now) == 0


def test_erased_practice_call_leaves_nothing_behind(desk: Desk) -> None:
    from trainer.services.calls import erase_practice_call
    from trainer.services.calls_turns import take_turn

    call = started(desk, consent_recording=True)
    take_turn(desk.session, desk.ports, who(desk, call), audio=wav(1.1))
    erase_practice_call(desk.session, desk.ports, desk.actor, call)
    assert desk.recordings() == []
    with pytest.raises(NotFound):
        log_of(desk, call)
    with pytest.raises(NotAllowed):
        erase_practice_call(desk.session, desk.ports, desk.actor, started(desk, mode="assessed"))


# --- afterwards -------------------------------------------------------------------------------------------------------


def finished(desk: Desk, **options: Any) -> str:
    from trainer.services.calls_turns import take_turn

    call = started(desk, **options)
    desk.later(seconds=4)
    take_turn(desk.session, desk.ports, who(desk, call, "turn-voice"), audio=wav(1.2))
    say(desk, call, "Goodbye.", "turn-last1")
    write_up(desk, call)
    return call


def test_grade_is_made_once_and_again_after_a_correction(desk: Desk) -> None:
    from trainer.services.calls_grading import grade_call, sweep_calls
    from trainer.services.calls_review import correct_transcript, open_review

    call = finished(desk)
    first = grade_call(desk.session, desk.ports, call, desk.now)
    again = grade_call(desk.session, desk.ports, call, desk.later(hours=1))
    assert first is not None
    assert again is not None
    assert first.id == again.id
    correct_transcript(desk.session, desk.ports, desk.actor, call, 3, "Good morning, Parcelo.", desk.now)
    assert open_review(desk.session, desk.actor, call).regrading
    assert sweep_calls(desk.session, desk.ports, desk.now) == 1
    corrected = grade_call(desk.session, desk.ports, call, desk.now)
    assert corrected is not None
    assert corrected.id != first.id
    review = open_review(desk.session, desk.actor, call)
    turn = next(turn for turn in review.turns if turn.seq == 3)
    assert (turn.text, turn.corrected) == ("Good morning, how can I help you?", "Good morning, Parcelo.")
    assert not review.regrading
    assert sweep_calls(desk.session, desk.ports, desk.now) == 0


def test_only_own_spoken_words_can_be_corrected(desk: Desk) -> None:
    from trainer.services.calls_review import correct_transcript

    call = finished(desk, mode="assessed")
    for seq in (2, 5, 99):
        with pytest.raises(NotFound):
            correct_transcript(desk.session, desk.ports, desk.actor, call, seq, "Hello", desk.now)
    with pytest.raises(Invalid):
        correct_transcript(desk.session, desk.ports, desk.actor, call, 3, "  ", desk.now)
    trainer = Actor(4, 1, frozenset({"trainer"}))
    with pytest.raises(NotFound):
        correct_transcript(desk.session, desk.ports, trainer, call, 3, "Hello", desk.now)


def test_grading_keeps_the_customers_side_beside_the_operators(desk: Desk) -> None:
    from trainer.services.calls_grading import grade_call

    call = finished(desk, consent_recording=True)
    grade_call(desk.session, desk.ports, call, desk.now)
    names = desk.recordings()
    assert sum(name.startswith("customer-") for name in names) == 3
    assert sum(name.startswith("operator-") for name in names) == 1


def test_old_call_is_read_with_the_version_it_was_played_with(desk: Desk) -> None:
    from trainer.services import scenarios
    from trainer.services.calls_review import open_review

    call = finished(desk)
    desk.scenario = replace(desk.scenario, version="v2", templates={})
    scenarios._cases.clear()
    assert open_review(desk.session, desk.actor, call).case.title == "A late parcel"


def test_lines_are_spoken_ahead_until_the_call_is_over(desk: Desk) -> None:
    from trainer.services.calls_grading import render_lines

    call = started(desk)
    assert render_lines(desk.session, desk.ports, call) > 50
    assert render_lines(desk.session, desk.ports, finished(desk)) == 0


def test_history_shows_own_calls_latest_first(desk: Desk) -> None:
    from trainer.services.calls import calls_waiting, list_calls
    from trainer.services.calls_grading import grade_call

    first = finished(desk)
    grade_call(desk.session, desk.ports, first, desk.now)
    desk.later(minutes=5)
    second = started(desk)
    rows = list_calls(desk.session, desk.actor)
    assert [(call.public_id, overall, passed) for call, overall, passed in rows] == [
        (second, None, False), (first, 8, True),
    ]  # fmt: skip
    assert [call.public_id for call in calls_waiting(desk.session, desk.actor)] == [second]
    assert list_calls(desk.session, Actor(2, 1, frozenset())) == []

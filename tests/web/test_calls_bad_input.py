"""What goes wrong in a call: one clear sentence each, and nothing that was said or typed is lost."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import text
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from tests.conftest import SignIn
from tests.factories.accounts import make_organisation, make_user
from tests.fakes import ScriptedRecognizer
from trainer.adapters.speech.audio import wav_bytes
from trainer.jobs import run_job
from trainer.ports import Ports, StorageFull
from trainer.store.accounts import Organisation

SECOND = b"\x10\x27\xf0\xd8" * 8_000
"""One second of a loud tone at 16 kHz."""
SPOKEN = wav_bytes(SECOND, 16_000)


FRENCH: list[tuple[str, Any, int, str]] = [
    # (address below the call, body, status, words of the sentence)
    ("turns/second-turn", b"", 422, "vide"),
    ("turns/second-turn", b"ID3\x04" + b"\xff\xfb\x90" * 400, 422, "illisible"),
    ("turns/second-turn", wav_bytes(SECOND * 61, 16_000), 422, "minute sans pause"),
    ("turns/second-turn", b"\0" * (16 * 1024 * 1024 + 1), 413, "16 mégaoctets"),
    ("turns/second-turn", {"text": "mot " * 10_000}, 422, "mille mots"),
    ("turns/second-turn", {"text": 5}, 422, "inutilisable"),
    (
        "happenings/second-turn",
        {"kind": "screen", "action": "fill", "field": "phone", "value": "moi"},
        422,
        "téléphone",
    ),
    ("happenings/second-turn", {"kind": "screen", "action": "fill", "field": "refund", "value": "peu"}, 422, "montant"),
    ("wrap-up/second-turn", {"fields": {}, "disposition": "callback"}, 409, "en ligne"),
    ("claim", {"tab": "tab-two"}, 409, "autre onglet"),
]


@dataclass
class Line:
    """A learner's browser on a call."""

    client: FlaskClient
    call: str

    def post(self, path: str, body: Any = None, *, tab: str = "tab-one", **query: Any) -> Any:
        sound = isinstance(body, bytes)
        return self.client.post(
            f"/calls/{self.call}/{path}",
            query_string={"tab": tab, **query},
            headers={"Accept": "application/json"},
            **({"data": body, "content_type": "audio/wav"} if sound else {"json": {} if body is None else body}),
        )

    def state(self) -> Mapping[str, Any]:
        answer = self.client.get(f"/calls/{self.call}/state", headers={"Accept": "application/json"})
        assert answer.status_code == 200
        return dict(answer.json)

    def said(self) -> list[str]:
        return [event["text"] for event in self.state()["events"] if event["type"] == "operator_utterance"]


def begin(client: FlaskClient, mode: str = "practice", consent: str = "y") -> Line:
    form = {"language": "en", "mode": mode, "consent_recording": consent, "is_me": "y", "agrees": "y"}
    answer = client.post("/calls/scenarios/late-parcel/start", data=form)
    assert answer.status_code == 303
    return Line(client, answer.location.rsplit("/", 1)[1])


@pytest.fixture
def line(client: FlaskClient, sign_in: SignIn) -> Line:
    """A call that was answered and has had one turn."""
    sign_in("learner")
    line = begin(client)
    assert line.post("answer").status_code == 200
    assert line.post("turns/first-turn", {"text": "Good morning, Brindle and Moss."}).status_code == 200
    return line


def told(answer: Any, status: int, words: str) -> None:
    """The answer is one sentence with those words."""
    assert answer.status_code == status
    assert words in answer.json["message"]
    assert answer.json["message"].count("\n") == 0


@pytest.mark.parametrize(
    ("sound", "words"),
    [
        (b"", "empty"),
        (wav_bytes(b"", 16_000), "empty"),
        (wav_bytes(b"\0\0" * 400, 16_000), "empty"),
        (b"ID3\x04" + b"\xff\xfb\x90" * 400, "could not be read"),
        (b"RIFF\xff\xff\xff\xffWAVEfmt nonsense", "could not be read"),
        (SPOKEN[:40], "could not be read"),
        (wav_bytes(SECOND * 61, 16_000), "more than a minute"),
    ],
)
def test_unusable_sound_is_told_and_the_call_goes_on(line: Line, sound: bytes, words: str) -> None:
    told(line.post("turns/second-turn", sound), 422, words)
    assert line.said() == ["Good morning, Brindle and Moss."]
    assert line.post("turns/second-turn", SPOKEN).status_code == 200
    assert len(line.said()) == 2


@pytest.mark.parametrize(("path", "body", "status", "words"), FRENCH)
def test_french_speaker_is_told_in_french(
    client: FlaskClient, session: Session, organisation: Organisation, sign_in: SignIn, path: str, body: Any,
    status: int, words: str,
) -> None:  # fmt: skip
    sign_in(user=make_user(session, organisation, language="fr"))
    line = begin(client)
    assert line.post("answer").status_code == 200
    tab = body["tab"] if path == "claim" else "tab-one"
    told(line.post(path, body, tab=tab), status, words)
    assert line.said() == []


def test_sound_that_is_too_large_to_take_is_told(line: Line) -> None:
    told(line.post("turns/second-turn", b"\0" * (16 * 1024 * 1024 + 1)), 413, "16 megabytes")
    assert len(line.said()) == 1


def test_silence_is_told_and_adds_nothing(line: Line) -> None:
    answer = line.post("turns/second-turn", wav_bytes(b"\0" * len(SECOND), 16_000))
    assert answer.status_code == 200
    assert answer.json["events"] == []
    assert "Nothing could be heard" in answer.json["notice"]["text"]


def test_another_language_is_told_and_the_customer_does_not_understand(line: Line, ports: Ports) -> None:
    recognizer = ports.recognizer
    assert isinstance(recognizer, ScriptedRecognizer)
    recognizer.detected_language, recognizer.text = "fr", "Bonjour, je regarde votre colis."
    answer = line.post("turns/second-turn", SPOKEN)
    assert "another language" in answer.json["notice"]["text"]
    kinds = [event["type"] for event in answer.json["events"]]
    assert kinds[:2] == ["operator_utterance", "customer_line"]


def test_reply_of_ten_thousand_words_is_told(line: Line) -> None:
    told(line.post("turns/second-turn", {"text": "word " * 10_000}), 422, "longer than a thousand words")
    assert len(line.said()) == 1


def test_engine_that_is_not_there_is_told_and_typing_goes_on(line: Line, ports: Ports) -> None:
    assert isinstance(ports.recognizer, ScriptedRecognizer)
    ports.recognizer.unavailable = "no model"
    told(line.post("turns/second-turn", SPOKEN), 422, "type your reply")
    assert line.post("turns/second-turn", {"text": "I am looking at your order."}).status_code == 200


def test_second_tab_is_told_and_may_take_over(line: Line) -> None:
    told(line.post("claim", {"tab": "tab-two"}, tab="tab-two"), 409, "open in another tab")
    told(line.post("turns/second-turn", {"text": "From elsewhere."}, tab="tab-two"), 409, "open in another tab")
    taken = line.post("claim", {"tab": "tab-two", "take_over": True}, tab="tab-two")
    assert [event["type"] for event in taken.json["events"]][-2] == "operator_utterance"
    told(line.post("turns/third-turn", {"text": "From the first."}, tab="tab-one"), 409, "open in another tab")
    assert len(line.said()) == 1


def test_call_left_open_for_a_day_has_ended_and_says_so(line: Line, ports: Ports) -> None:
    ports.clock.pass_by(days=1, minutes=1)  # type: ignore[attr-defined]
    told(line.post("turns/second-turn", {"text": "Are you still there?"}), 409, "over")
    assert line.state()["call"]["outcome"] == "timed_out"
    run_job("grade_call", call=line.call)
    page = line.client.get(f"/review/{line.call}")
    assert page.status_code == 200
    assert "left open" in page.text


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("phone", "call me", "telephone number"),
        ("delivery_day", "soon", "date with figures"),
        ("refund", "a little", "amount in figures"),
        ("reason", "weather", "in the list"),
        ("note", "x" * 2001, "too long"),
        ("shoe_size", "42", "not part of the form"),
    ],
)
def test_wrong_type_in_the_record_is_told_beside_its_field(line: Line, field: str, value: str, words: str) -> None:
    kept = {"kind": "screen", "action": "fill", "field": "reference", "value": "PB41570"}
    assert line.post("happenings/kept-field", kept).status_code == 200
    answer = line.post("happenings/wrong-field", {**kept, "field": field, "value": value})
    told(answer, 422, words)
    assert answer.json["field"] == field
    assert line.state()["fields"] == {"reference": "PB41570"}


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("turns/wrong-turn", {"text": 5}),
        ("turns/wrong-turn", {"text": ["a"]}),
        ("turns/wrong-turn", []),
        ("turns/wrong-turn", "text"),
        ("turns/no", {"text": "Good morning."}),
        ("happenings/wrong-turn", {"kind": "dance"}),
        ("happenings/wrong-turn", {"kind": "silence", "seconds": "long"}),
        ("happenings/wrong-turn", {"kind": "key", "key": "A"}),
        ("happenings/wrong-turn", {"kind": "transfer", "to": "the moon"}),
        ("happenings/wrong-turn", {"kind": "screen", "action": "fill", "field": None, "value": 7}),
        ("wrap-up/wrong-turn", {"fields": [], "disposition": "callback"}),
        ("wrap-up/wrong-turn", {"fields": {"phone": 7}, "disposition": "callback"}),
        ("claim", {"tab": 9}),
    ],
)
def test_values_of_wrong_types_are_told_and_change_nothing(line: Line, path: str, body: Any) -> None:
    before = line.state()["events"]
    answer = line.post(path, body)
    assert answer.status_code in {409, 422}
    assert answer.json["message"]
    assert line.state()["events"] == before


def test_turn_after_the_session_ended_is_taken_once_signed_in_again(
    line: Line, client: FlaskClient, session: Session, organisation: Organisation
) -> None:
    with client.session_transaction() as browser:
        kept = dict(browser)
        browser.clear()
    refused = line.post("turns/late-turn", SPOKEN)
    told(refused, 401, "signed out")
    assert "/login" in refused.json["login_url"]
    with client.session_transaction() as browser:
        browser.update(kept)
    first = line.post("turns/late-turn", SPOKEN)
    assert first.status_code == 200
    assert line.post("turns/late-turn", SPOKEN).json["events"] == first.json["events"]
    assert len(line.said()) == 2


def test_full_disk_is_told_and_the_turn_can_be_sent_again(
    line: Line, ports: Ports, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_room(key: str, data: bytes) -> None:
        raise StorageFull("files", "no room")

    with monkeypatch.context() as full:
        full.setattr(ports.files, "write", no_room)
        told(line.post("turns/second-turn", SPOKEN), 507, "the disk is full")
        assert len(line.said()) == 1
    assert line.post("turns/second-turn", SPOKEN).status_code == 200
    assert len(line.said()) == 2


@pytest.mark.parametrize("path", ["turns/second-turn", "happenings/second-turn"])
def test_full_database_is_told_and_the_same_can_be_sent_again(line: Line, session: Session, path: str) -> None:
    """A typed turn makes no file: there it is the database that finds no room."""
    body = {
        "text": "I am looking " + "at your order " * 300,
        "kind": "screen",
        "action": "search",
        "value": "x" * 1_500,
    }
    pages = session.execute(text("PRAGMA page_count")).scalar_one()
    session.execute(text(f"PRAGMA max_page_count = {pages}"))
    for number in range(200):
        answer = line.post(f"{path}-{number}", {**body, "field": "name"})
        if answer.status_code != 200:
            break
    told(answer, 507, "no room")
    session.execute(text("PRAGMA max_page_count = 1000000"))
    assert line.post(f"{path}-{number}", {**body, "field": "name"}).status_code == 200


def test_database_that_is_away_is_told(line: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*_: object, **__: object) -> None:
        raise OperationalError("SELECT 1", {}, Exception("connection refused"))

    with monkeypatch.context() as gone:
        gone.setattr(Session, "execute", away)
        gone.setattr(Session, "scalar", away)
        gone.setattr(Session, "connection", away)
        told(line.post("turns/second-turn", {"text": "Hello?"}), 503, "in a few minutes")
        page = line.client.get("/calls/mine", headers={"Accept": "text/html", "Accept-Language": "fr"})
        assert (page.status_code, "Réessayez" in page.text) == (503, True)
    assert line.post("turns/second-turn", {"text": "Hello?"}).status_code == 200


def test_write_up_without_an_ending_or_before_the_end_is_told(line: Line) -> None:
    told(line.post("wrap-up/early-write-up", {"fields": {}, "disposition": "callback"}), 409, "still on the line")
    assert line.post("happenings/hanging-up", {"kind": "hang_up"}).status_code == 200
    told(line.post("wrap-up/no-ending", {"fields": {}, "disposition": ""}), 422, "how the call ended")
    wrong = line.post("wrap-up/bad-field", {"fields": {"phone": "none"}, "disposition": "not_solved"})
    told(wrong, 422, "telephone number")
    saved = line.post("wrap-up/good-one", {"fields": {"phone": "07700 900115"}, "disposition": "not_solved"})
    assert saved.json["review"] == f"/review/{line.call}"
    told(line.post("wrap-up/second-one", {"fields": {}, "disposition": "not_solved"}), 409, "already written up")


@pytest.mark.parametrize(("mode", "opens"), [("practice", 404), ("assessed", 200)])
def test_trainer_opens_assessed_calls_only(
    client: FlaskClient, sign_in: SignIn, session: Session, organisation: Organisation, mode: str, opens: int
) -> None:
    sign_in("learner")
    line = begin(client, mode)
    line.post("answer")
    line.post("happenings/hanging-up", {"kind": "hang_up"})
    line.post("wrap-up/write-up-1", {"fields": {}, "disposition": "not_solved"})
    run_job("grade_call", call=line.call)
    sign_in("trainer")
    assert client.get(f"/review/{line.call}").status_code == opens
    assert client.get(f"/calls/{line.call}").status_code == 404
    sign_in("learner")
    assert client.get(f"/review/{line.call}").status_code == 404
    stranger = make_user(session, make_organisation(session, "Elsewhere"), ("trainer",))
    sign_in(user=stranger)
    assert client.get(f"/review/{line.call}").status_code == 404


def test_unknown_calls_scenarios_and_sounds_do_not_exist(line: Line) -> None:
    for address in ("/calls/none", "/review/none", "/calls/scenarios/none", "/calls/test-line/de.wav",
                    f"/calls/{line.call}/audio/99", f"/calls/{line.call}/audio/1"):  # fmt: skip
        assert line.client.get(address).status_code == 404
    assert line.client.get(f"/calls/{line.call}/audio/2").mimetype == "audio/wav"


def test_erased_call_leaves_nothing_behind(line: Line, ports: Ports) -> None:
    line.post("turns/second-turn", SPOKEN)
    assert list(ports.files.keys(f"calls/{line.call}/"))
    line.client.post(f"/calls/{line.call}/erase")
    assert list(ports.files.keys(f"calls/{line.call}/")) == []
    assert line.client.get(f"/calls/{line.call}").status_code == 404


def test_queue_that_is_full_keeps_the_turn_on_the_page_and_takes_it_later(
    line: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr("trainer.services.hearing.MOST_WAITING", 0)
        told(line.post("turns/second-turn", SPOKEN), 503, "sent again")
    assert line.said() == ["Good morning, Brindle and Moss."]
    assert line.post("turns/second-turn", SPOKEN).status_code == 200
    assert len(line.said()) == 2


def test_page_may_ask_how_long_its_turn_waits(line: Line) -> None:
    for turn in ("", "second-turn", "x" * 500, "%00"):
        answer = line.client.get("/calls/busy", query_string={"turn": turn})
        assert (answer.status_code, answer.json) == (200, {"seconds": 0})

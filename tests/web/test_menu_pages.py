"""Playing a voice menu: the list, the page, where presses and words lead, the spoken prompts."""

from __future__ import annotations

import io
import wave
from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.conftest import SignIn
from tests.e2e.microphone import spoken, write_microphone
from trainer.ports import Ports

STEP = "/calls/menus/tandem/step?language=en"


@pytest.fixture
def caller(client: FlaskClient, sign_in: SignIn) -> FlaskClient:
    sign_in("learner")
    return client


def at(client: FlaskClient, *moves: dict[str, str]) -> dict[str, Any]:
    answer = client.post(STEP, json={"moves": list(moves)}, headers={"Accept": "application/json"})
    assert answer.status_code == 200
    return dict(answer.json)


def test_every_company_with_a_menu_is_listed_and_its_page_opens(caller: FlaskClient) -> None:
    page = caller.get("/calls/menus").text
    assert "Tandem" in page
    assert "You ring Tandem" in caller.get("/calls/menus/tandem").text
    assert caller.get("/calls/menus/nobody").status_code == 404


def test_keys_in_a_hurry_all_count_and_lead_to_the_queue_and_its_calls(caller: FlaskClient) -> None:
    start = at(caller)
    assert "Welcome to Tandem" in start["text"]
    there = at(caller, {"key": "1"}, {"key": "2"})
    assert there["labels"] == ["Taxi", "Booking ahead"]
    assert there["queue"] == "Taxi bookings"
    assert "/calls/scenarios/airport-run" in [one["url"] for one in there["arrive"]]


def test_words_do_what_keys_do_and_what_is_not_understood_is_asked_again(caller: FlaskClient) -> None:
    assert at(caller, {"say": "a taxi, please"})["labels"] == ["Taxi"]
    lost = at(caller, {"say": "fish and chips"})
    assert lost["prompt"].startswith("unclear:0+step:")
    assert lost["text"].endswith(at(caller)["text"])
    assert at(caller, {"say": "fish"}, {"say": "chips"})["prompt"].startswith("unclear:1+")


def test_outside_its_hours_a_queue_says_when_it_is_there(caller: FlaskClient, ports: Ports) -> None:
    there = at(caller, {"key": "3"})
    opens = 7 <= ports.clock.now().hour < 23
    assert there["open"] is opens
    assert there["prompt"] == ("queue:care" if opens else "closed:care")


@pytest.mark.parametrize(
    "body",
    [{}, {"moves": "1"}, {"moves": [1]}, {"moves": [{"key": "x"}]}, {"moves": [{}]}, {"moves": [{"key": "1"}] * 61}, [1]],
)  # fmt: skip
def test_moves_that_are_none_are_refused_in_a_sentence(caller: FlaskClient, body: object) -> None:
    answer = caller.post(STEP, json=body, headers={"Accept": "application/json"})
    assert answer.status_code == 422
    assert answer.json["message"]


def test_prompts_are_spoken_and_unknown_ones_do_not_exist(caller: FlaskClient) -> None:
    sound = caller.get("/calls/menus/tandem/prompt.wav?language=en&prompt=unclear:0%2Bstep:start")
    assert sound.mimetype == "audio/wav"
    with wave.open(io.BytesIO(sound.data)) as file:
        assert file.getnframes() > 0
    for name in ("", "step:nowhere", "step:start+step:start+step:start", "queue:"):
        assert caller.get(f"/calls/menus/tandem/prompt.wav?prompt={name}").status_code == 404


@pytest.mark.slow
def test_a_spoken_word_is_recognized_and_reaches_the_queue(tmp_path: Any) -> None:
    """With the real synthesizer and the real recognizer."""
    from tests.factories.call_site import running_site
    from trainer.services.call_audio import pcm_from_wav
    from trainer.services.hearing import hear
    from trainer.services.scenarios import published
    from trainer.services.voice_menus import find_menu, stand

    with running_site(tmp_path) as site:
        ports, settings = site.app.extensions["ports"], site.app.extensions["settings"]
        menu = find_menu(published(settings.scenarios), "tandem", "en")
        moves = []
        for words in ("I would like a taxi.", "I want to book for tomorrow."):
            path = tmp_path / "words.wav"
            write_microphone(path, [spoken(words)])
            moves.append({"say": hear(ports, pcm_from_wav(path.read_bytes()), "en").text})
        assert stand(menu, moves, ports.clock.now()).labels == ("Taxi", "Booking ahead")

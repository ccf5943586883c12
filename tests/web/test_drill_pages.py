"""The pages of drills: the way in from the review and from My path, a drill to its end, refusals, privacy, erasing."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient
from sqlalchemy import event
from sqlalchemy.orm import Session

from tests.conftest import SignIn
from tests.factories.accounts import NOW
from tests.factories.drills import BAD, GOOD, MODEL, make_weak_call
from trainer.extensions import db
from trainer.services.call_audio import wav_from_pcm
from trainer.store.accounts import User
from trainer.store.calls import Call


@pytest.fixture
def learner(sign_in: SignIn) -> User:
    return sign_in("learner")


@pytest.fixture
def call(session: Session, learner: User) -> Call:
    return make_weak_call(session, learner, NOW)


@pytest.fixture
def drill(client: FlaskClient, call: Call) -> str:
    """The address of a drill that has just begun."""
    answer = client.post(f"/drills/calls/{call.public_id}")
    assert answer.status_code == 303
    return str(answer.location)


def turn_of(page: str) -> str:
    return re.findall(r'name="turn_id"[^>]*value="([^"]+)"', page)[0]


def reply(client: FlaskClient, drill: str, text: str) -> str:
    form = {"reply": text, "turn_id": turn_of(client.get(drill).text)}
    answer = client.post(f"{drill}/replies", data=form)
    assert answer.status_code == 303
    return client.get(answer.location).text


def test_review_leads_to_the_drill_and_only_its_learner_is_led(
    client: FlaskClient, sign_in: SignIn, session: Session, learner: User
) -> None:
    assessed = make_weak_call(session, learner, NOW, mode="assessed")
    way = f'action="/drills/calls/{assessed.public_id}"'
    assert way in client.get(f"/review/{assessed.public_id}").text
    sign_in("trainer")
    page = client.get(f"/review/{assessed.public_id}")
    assert page.status_code == 200
    assert way not in page.text


def test_drill_goes_from_a_weak_reply_with_its_model_answer_to_two_good_ones(client: FlaskClient, drill: str) -> None:
    page = client.get(drill).text
    assert "0 of 2 good replies" in page
    assert "We deliver again on 26 November." in page
    page = reply(client, drill, BAD)
    assert "Not there yet" in page
    assert "A good operator could say" in page
    assert MODEL in page
    page = reply(client, drill, GOOD[0])
    assert "1 of 2 good replies" in page
    assert "A good operator could say" not in page
    page = reply(client, drill, GOOD[0])
    assert "Good, but not in new words" in page
    page = reply(client, drill, GOOD[1])
    assert "Done: two good replies" in page
    assert "Now in a whole call" in page
    assert 'id="reply"' not in page


def test_a_reply_that_is_sent_twice_is_taken_once(client: FlaskClient, drill: str) -> None:
    form = {"reply": BAD, "turn_id": turn_of(client.get(drill).text)}
    for _ in range(2):
        assert client.post(f"{drill}/replies", data=form).status_code == 303
    assert "Your replies so far" not in client.get(drill).text


def test_a_reply_that_cannot_be_taken_stays_in_the_field(client: FlaskClient, drill: str) -> None:
    text = "word " * 1001
    answer = client.post(f"{drill}/replies", data={"reply": text, "turn_id": turn_of(client.get(drill).text)})
    assert answer.status_code == 422
    assert "longer than a thousand words" in answer.text
    assert "word word word" in answer.text
    for form in ({}, {"reply": "Hello."}, {"reply": "Hello.", "turn_id": "../../x"}):
        assert client.post(f"{drill}/replies", data=form).status_code == 422


def test_customer_is_heard_and_so_is_the_learner(client: FlaskClient, drill: str) -> None:
    sound = client.get(f"{drill}/lines/0.wav")
    assert sound.mimetype == "audio/wav"
    assert client.get(f"{drill}/lines/99.wav").status_code == 404
    heard = client.post(f"{drill}/hear", data=wav_from_pcm(b"\x01\x02" * 8000), content_type="audio/wav")
    assert heard.json == {"text": "Good morning, how can I help you?"}
    broken = client.post(f"{drill}/hear", data=b"x", headers={"Accept": "application/json"})
    assert broken.status_code == 422


def test_nobody_else_gets_the_page_of_a_drill(client: FlaskClient, sign_in: SignIn, drill: str) -> None:
    for role in ("learner", "trainer", "teacher", "supervisor", "admin"):
        sign_in(role)
        assert client.get(drill).status_code == 404
        assert client.post(f"{drill}/replies", data={"reply": "x", "turn_id": "turn-0001"}).status_code == 404


def test_my_path_proposes_the_drill_and_goes_on_with_it(client: FlaskClient, call: Call) -> None:
    assert f'action="/drills/calls/{call.public_id}"' in client.get("/learn/").text
    address = client.post(f"/drills/calls/{call.public_id}").location
    assert f'href="{address}"' in client.get("/learn/").text


def test_a_drill_is_erased_when_its_learner_wishes(client: FlaskClient, drill: str, call: Call) -> None:
    answer = client.post(f"{drill}/erase")
    assert answer.location == f"/review/{call.public_id}"
    assert client.get(drill).status_code == 404


def test_a_call_without_a_weak_reply_leads_back_to_its_review(
    client: FlaskClient, session: Session, learner: User
) -> None:
    fine = dict.fromkeys(("listen_acknowledge", "explore", "respond", "close", "conduct"), 4)
    call = make_weak_call(session, learner, NOW, **fine)
    answer = client.post(f"/drills/calls/{call.public_id}", follow_redirects=True)
    assert "nothing to practise" in answer.text


def test_the_page_asks_as_many_queries_after_many_replies(client: FlaskClient, drill: str) -> None:
    asked: list[str] = []
    event.listen(db.engine, "before_cursor_execute", lambda *args: asked.append(args[2]))
    client.get(drill)
    few = len(asked)
    for _ in range(6):
        reply(client, drill, BAD)
    asked.clear()
    client.get(drill)
    assert len(asked) == few


def test_french_page_is_french(client: FlaskClient, drill: str) -> None:
    client.post("/language", data={"language": "fr"})
    page = client.get(drill).text
    assert "Bonnes réponses" in page

"""Drills and cards through the client, on the real rules; and what happens with nothing, too late, and somebody else's."""

from __future__ import annotations

from datetime import timedelta
from fractions import Fraction
from typing import cast

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.conftest import SignIn
from tests.factories.accounts import NOW
from tests.factories.courses import FOLDER, read_all, take_quiz, the_course
from tests.fakes import ScriptedRecognizer
from trainer.domain.listening import KINDS, draw_entries
from trainer.domain.practice import diction_figures, typing_figures
from trainer.ports import Ports
from trainer.services import cards, practice
from trainer.services.call_audio import wav_from_pcm
from trainer.store.accounts import User
from trainer.store.practice import Card, PracticeRound


@pytest.fixture
def learner(sign_in: SignIn) -> User:
    return sign_in("learner")


def begin(client: FlaskClient, session: Session, kind: str) -> PracticeRound:
    begun = client.post(f"/practice/{kind}")
    assert begun.status_code == 303
    return session.scalars(select(PracticeRound).order_by(PracticeRound.id.desc())).first()  # type: ignore[return-value]


def test_typing_is_measured_and_shown(client: FlaskClient, session: Session, learner: User) -> None:
    row = begin(client, session, "typing")
    page = f"/practice/rounds/{row.public_id}"
    assert "The clock starts" in client.get(page).text
    text = practice.open_round(session, learner.actor, FOLDER, row.public_id).passage
    assert text is not None
    empty = client.post(page, data={"text": "  "})
    assert empty.status_code == 422
    assert client.post(page, data={"text": text.text, "seconds": "0.5"}).status_code == 303
    session.refresh(row)
    assert row.passed is True
    assert "words a minute" in client.get(page).text
    client.post(page, data={"text": "again", "seconds": "1"})
    session.refresh(row)
    assert row.typed == [text.text]


def test_time_that_a_page_tells_is_never_longer_than_what_went_by(session: Session, learner: User) -> None:
    row = practice.begin(session, learner.actor, FOLDER, "typing", "en", NOW)
    found = practice.open_round(session, learner.actor, FOLDER, row.public_id)
    practice.finish_typing(session, found, "x" * 101, 5000, NOW + timedelta(seconds=60))
    assert row.values["seconds"] == 60
    assert row.values["wpm"] == 20


@pytest.mark.parametrize("language", ["en", "fr"])
def test_listening_takes_any_way_of_writing(
    client: FlaskClient, session: Session, learner: User, language: str
) -> None:
    client.post("/language", data={"language": language})
    row = begin(client, session, "listening")
    entries = draw_entries(language, int(row.item))
    page = f"/practice/rounds/{row.public_id}"
    assert client.get(page).text.count("<audio") == len(entries) == 5
    assert not [e.field.truth for e in entries if e.field.truth in client.get(page).text]
    assert client.get(f"{page}/1/audio").data[:4] == b"RIFF"
    assert client.get(f"{page}/9/audio").status_code == 404
    typed = [e.field.truth.lower().replace(" ", "  ") for e in entries]
    assert client.post(page, data={"entry": typed}).status_code == 303
    session.refresh(row)
    assert row.passed is True


def test_listening_draws_every_kind_and_the_same_again() -> None:
    for language in ("en", "fr"):
        drawn = [draw_entries(language, seed) for seed in range(40)]
        assert {e.field.id for entries in drawn for e in entries} == set(KINDS)
        assert drawn == [draw_entries(language, seed) for seed in range(40)]
        assert len({e.said for entries in drawn for e in entries}) > 100


def test_reading_aloud_is_compared_with_its_text(
    client: FlaskClient, session: Session, learner: User, ports: Ports
) -> None:
    row = begin(client, session, "diction")
    page = f"/practice/rounds/{row.public_id}"
    assert "Start reading" in client.get(page).text
    broken = client.post(f"{page}/reading", data=b"no sound", headers={"Accept": "application/json"})
    assert broken.status_code == 422
    passage = practice.open_round(session, learner.actor, FOLDER, row.public_id).passage
    assert passage is not None
    cast("ScriptedRecognizer", ports.recognizer).text = passage.text
    sent = client.post(f"{page}/reading", data=wav_from_pcm(b"\1\0" * 16000 * 20))
    assert sent.status_code == 200
    session.refresh(row)
    assert row.values["word_errors"] == 0
    assert "What arrived" in client.get(page).text
    typed = client.post(page, data={"text": "typed instead"})
    assert typed.status_code == 404


@pytest.mark.parametrize(
    ("written", "heard", "language"),
    [
        ("It costs fifteen pounds, not fifty.", "it costs 15 pounds not 50", "en"),
        ("spelled K, O, W, A, L", "spelled KOWAL", "en"),
        ("entre deux et quatre heures, le quatorze", "Entre 2 et 4 heures le 14", "fr"),
    ],
)
def test_numbers_and_spelling_compare_however_they_are_written(written: str, heard: str, language: str) -> None:
    assert practice.comparable(written, language) == practice.comparable(heard, language)


def test_reading_that_the_recognizer_is_not_sure_of_says_nothing() -> None:
    assert diction_figures(60, 0.5, 25, [], 0.4, "en").passed is None
    assert diction_figures(60, 0.5, 25, [], 0.9, "en").passed is False
    assert diction_figures(60, 0.1, 25, [], 0.4, "en").passed is True
    assert diction_figures(60, 0.1, 10, [], 0.9, "en").remarks == ("fast",)


def test_typing_figures_are_the_fields_own() -> None:
    """Soukoreff and MacKenzie: "quickly" typed "qucehkly" has a minimum string distance of 3 over 8."""
    found = typing_figures("quickly", "qucehkly", 1.4)
    assert found.values["error_rate"] == 3 / 8
    assert found.values["wpm"] == pytest.approx(60.0)
    assert typing_figures("abc", "", 0).values["wpm"] == 0


def test_missed_questions_come_as_cards_and_come_again(client: FlaskClient, session: Session, learner: User) -> None:
    assert "No cards yet" in client.get("/practice/cards").text
    now = client.application.extensions["ports"].clock.now()
    take_quiz(session, learner, wrong=2, at=now)
    kinds = sorted(card.kind for card in session.scalars(select(Card)))
    assert kinds == ["question"] * 2 + ["recall"] * 3
    assert cards.deck_of(session, learner.actor, now).due == 2
    for _card in range(2):
        shown = cards.next_card(session, learner.actor, {"complaint-calls": the_course()}, "en", now)
        assert shown is not None
        assert "See how that is" in client.get("/practice/cards").text
        address = f"/practice/cards/{shown.card.public_id}"
        assert client.post(address, data={"place": "99"}).status_code == 422
        steps = (
            {f"step-{place}": place for place in range(1, len(shown.question.options) + 1)} if shown.question else {}
        )
        answered = client.post(address, data={"place": "1", **steps})
        assert answered.status_code == 200
        assert "Next card" in answered.text
    assert cards.deck_of(session, learner.actor, now).due == 0


def test_recall_card_comes_later_the_better_it_went(session: Session, learner: User) -> None:
    read_all(session, learner)
    later = NOW + timedelta(days=1)
    due = {}
    rows = list(session.scalars(select(Card).order_by(Card.id)))
    for rating, row in zip(("again", "good", "easy"), rows, strict=True):
        cards.review(session, row, rating, later)
        due[rating] = row.due_at
    assert later < due["again"] < due["good"] < due["easy"]
    second = due["easy"]
    cards.review(session, rows[2], "good", second)
    assert rows[2].due_at - second > timedelta(days=10)


def test_cards_survive_a_clock_that_went_back_and_a_question_that_is_gone(session: Session, learner: User) -> None:
    read_all(session, learner)
    row = session.scalars(select(Card)).first()
    assert row is not None
    cards.review(session, row, "good", NOW + timedelta(days=3))
    cards.review(session, row, "good", NOW)
    assert row.due_at > NOW
    row.item, row.due_at = "99-gone", NOW
    session.commit()
    shown = cards.next_card(session, learner.actor, {"complaint-calls": the_course()}, "en", NOW)
    assert shown is None or shown.card.item != "99-gone"
    assert session.scalar(select(Card.id).where(Card.item == "99-gone")) is None


def test_ratings_follow_from_marks() -> None:
    assert [cards.rating_of(share) for share in (Fraction(1), Fraction(1, 2), Fraction(0), None)] == [
        "good", "hard", "again", "hard",
    ]  # fmt: skip


def test_rounds_and_cards_of_somebody_else_are_not_there(
    client: FlaskClient, session: Session, learner: User, sign_in: SignIn
) -> None:
    row = begin(client, session, "typing")
    read_all(session, learner)
    card = session.scalars(select(Card)).first()
    assert card is not None
    sign_in("learner")
    assert client.get(f"/practice/rounds/{row.public_id}").status_code == 404
    assert client.post(f"/practice/cards/{card.public_id}", data={"rating": "good"}).status_code == 404
    assert client.post("/practice/juggling").status_code == 404

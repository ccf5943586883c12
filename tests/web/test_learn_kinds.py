"""Questions of every kind, in a quiz and within a lesson, through the client; what they earn and what pages show of them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from tests.conftest import SignIn
from tests.factories.accounts import NOW
from trainer.config import ROOT
from trainer.domain.courses import Course
from trainer.domain.papers import Item
from trainer.domain.questions import QUESTION_KINDS
from trainer.services import courses, learning
from trainer.store.accounts import User
from trainer.store.learning import QuizAttempt

FOLDER = ROOT / "tests" / "data" / "courses"
COURSE = "/learn/courses/every-kind"
LESSON = f"{COURSE}/01-all-of-it"
RIGHT_TEXT = "Where should we deliver them?"


@pytest.fixture
def learner(sign_in: SignIn) -> User:
    return sign_in("learner")


def the_course() -> Course:
    return courses.find_course(Path(FOLDER), "every-kind")


def begin(session: Session, user: User) -> QuizAttempt:
    for slug in the_course().lesson_slugs:
        learning.read_lesson(session, user.actor, the_course(), slug, NOW)
    return learning.start_quiz(
        session, user.actor, learning.progress_in(session, user.actor, FOLDER, "every-kind"), NOW, 3
    )


def form_of(item: Item, *, right: bool = True) -> list[dict[str, Any]]:
    """What a browser sends: one form, for a branch one a step."""
    question = item.question
    places = [o.id for o in item.options]
    if question.kind == "branch":
        forms, path = [], question.key if right else (question.steps[0].replies[0].id,)
        from trainer.domain.questions import walk

        for number, (step, reply) in enumerate(walk(question.steps, path)[0]):
            forms.append({"place": step.replies.index(reply) + 1, "after": number})
        return forms
    match question.kind:
        case "order":
            order = item.places_of(question.key)
            return [{f"step-{place}": step for step, place in enumerate(order if right else order[::-1], 1)}]
        case "match":
            return [{f"pair-{n}": places.index(o) + 1 for n, o in enumerate(question.key, 1)}]
        case "number":
            return [{"value": question.value if right else "1.80"}]
        case "record":
            return [{f"field-{f.id}": f.truth for f in question.fields}]
        case "better":
            reply = [r.id for r in item.replies].index(question.key[0]) + 1
            return [{"reply": reply, "reason": places.index(question.key[1]) + 1}]
        case "spot":
            return [{"line": question.wrong_line, "error": question.error if right else 1}]
        case "text":
            return [{"value": RIGHT_TEXT if right else "Goodbye."}]
    return [{"place": [places.index(o) + 1 for o in question.key]}]


def paper(session: Session, user: User, attempt: QuizAttempt) -> tuple[Item, ...]:
    return learning.open_quiz(session, user.actor, attempt.public_id, "en").items


def test_right_answers_of_every_kind_earn_all(client: FlaskClient, session: Session, learner: User) -> None:
    attempt = begin(session, learner)
    items = paper(session, learner, attempt)
    assert {item.question.kind for item in items} == set(QUESTION_KINDS)
    for number, item in enumerate(items, 1):
        for form in form_of(item):
            answer = client.post(f"/learn/quiz/{attempt.public_id}/{number}", data=form)
            assert answer.status_code == 303, item.question.kind
    check = client.get(f"/learn/quiz/{attempt.public_id}/check")
    assert "no answer yet" not in check.text
    result = client.post(f"/learn/quiz/{attempt.public_id}/hand-in", follow_redirects=True)
    assert "100<small> %</small>" in result.text


def test_page_of_no_kind_tells_what_is_right(client: FlaskClient, session: Session, learner: User) -> None:
    attempt = begin(session, learner)
    for number, item in enumerate(paper(session, learner, attempt), 1):
        page = client.get(f"/learn/quiz/{attempt.public_id}/{number}").text
        question = item.question
        told = [question.feedback, *(o.feedback for o in (*question.options, *question.replies)), *question.references]
        told += [reply.feedback for step in question.steps for reply in step.replies]
        told += [question.value, *(f.truth for f in question.fields)]
        assert not [text for text in told if (text and f">{text}" in page) or (len(text) > 8 and text in page)]
        assert question.steps == () or question.steps[1].customer not in page


@pytest.mark.parametrize("language", ["en", "fr"])
def test_wrong_answers_are_told_with_what_was_right(
    client: FlaskClient, session: Session, learner: User, language: str
) -> None:
    client.post("/language", data={"language": language})
    attempt = begin(session, learner)
    for number, item in enumerate(paper(session, learner, attempt), 1):
        for form in form_of(item, right=False):
            client.post(f"/learn/quiz/{attempt.public_id}/{number}", data=form)
    result = client.post(f"/learn/quiz/{attempt.public_id}/hand-in", follow_redirects=True)
    assert result.status_code == 200
    for text in ("That is the price of four.", "Nobody looked it up.", "It brings the seeds up."):
        assert (text in result.text) is (language == "en")


@pytest.mark.parametrize("kind", QUESTION_KINDS)
def test_answer_is_asked_for_again_when_it_is_none(
    client: FlaskClient, session: Session, learner: User, kind: str
) -> None:
    attempt = begin(session, learner)
    number = next(n for n, i in enumerate(paper(session, learner, attempt), 1) if i.question.kind == kind)
    junk: list[dict[str, Any]] = [
        {}, {"place": "99", "after": "0"}, {"value": " "}, {"line": "1", "error": "9"}, {"reply": "x", "reason": "-1"},
        {"step-1": "5"}, {"pair-1": "77"},
    ]  # fmt: skip
    for form in junk:
        answer = client.post(f"/learn/quiz/{attempt.public_id}/{number}", data=form)
        assert answer.status_code == 422, form
        assert 'role="alert"' in answer.text


def test_branch_goes_on_from_its_step_when_another_tab_went_on(
    client: FlaskClient, session: Session, learner: User
) -> None:
    attempt = begin(session, learner)
    number = next(n for n, i in enumerate(paper(session, learner, attempt), 1) if i.question.kind == "branch")
    item = paper(session, learner, attempt)[number - 1]
    first, second = form_of(item)
    address = f"/learn/quiz/{attempt.public_id}/{number}"
    client.post(address, data=first)
    late = client.post(address, data=first)  # the same button in the other tab
    assert late.status_code == 303
    assert "Half plain." in client.get(address).text
    client.post(address, data=second)
    assert "The conversation has ended." in client.get(address).text


def test_lesson_shows_every_block_and_answers_its_question(client: FlaskClient, learner: User) -> None:
    page = client.get(LESSON).text
    for part in ("dialogue is-bad", f"{LESSON}/2/audio", "Spot the error", "Read what was said", "The law, where you work", "Sources", "Read and sign", "Typing"):  # fmt: skip
        assert part in page
    asked = client.post(f"{LESSON}/questions/plain-rolls", data={"place": "1"})
    assert asked.status_code == 200
    assert any(text in asked.text for text in ("Half of forty.", "Those are all.", "A quarter."))
    again = client.post(f"{LESSON}/questions/plain-rolls", data={})
    assert again.status_code == 422
    assert "Choose one answer" in again.text
    assert client.post(f"{LESSON}/questions/the-price", data={"value": "18"}).status_code == 404


def test_dialogues_and_customers_are_heard(client: FlaskClient, session: Session, learner: User) -> None:
    sound = client.get(f"{LESSON}/2/audio")
    assert sound.status_code == 200
    assert sound.data[:4] == b"RIFF"
    assert client.get(f"{LESSON}/1/audio").status_code == 404
    assert client.get(f"{LESSON}/99/audio").status_code == 404
    attempt = begin(session, learner)
    items = paper(session, learner, attempt)
    heard = [client.get(f"/learn/quiz/{attempt.public_id}/{n}/audio").status_code for n in range(1, len(items) + 1)]
    kinds = [item.question.kind for item in items]
    assert heard[kinds.index("record")] == 200
    assert heard[kinds.index("single")] == 404

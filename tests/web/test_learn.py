"""The learner's pages: what is next, lessons, a quiz that gives nothing away, and its result."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from tests.conftest import SignIn
from tests.factories.accounts import make_user
from tests.factories.careers import go_by_short_ladder
from tests.factories.courses import SLUG, begin_quiz, progress, read_all, right_places, take_quiz, the_course
from trainer.services import learning
from trainer.store.accounts import Organisation, User
from trainer.store.learning import QuizAttempt

COURSE = f"/learn/courses/{SLUG}"
LESSON = f"{COURSE}/01-hear-the-person"


@pytest.fixture
def learner(sign_in: SignIn, session: Session, organisation: Organisation) -> User:
    go_by_short_ladder(session, organisation)
    return sign_in("learner")


def post_answer(client: FlaskClient, session: Session, user: User, attempt: QuizAttempt, number: int):
    item = learning.open_quiz(session, user.actor, attempt.public_id, "en").item(number)
    places = right_places(item)
    data: dict[str, object] = {"place": [str(place) for place in places]}
    if item.question.kind == "order":
        data = {f"step-{place}": str(step) for step, place in enumerate(places, 1)}
    return client.post(f"/learn/quiz/{attempt.public_id}/{number}", data=data)


def test_path_leads_to_the_first_lesson_when_nothing_is_done(client: FlaskClient, learner: User) -> None:
    page = client.get("/learn/")
    assert page.status_code == 200
    assert "Hear the person first" in page.text
    assert f'href="{LESSON}"' in page.text
    assert page.text.count('class="learn-step is-') == 5


def test_path_leads_to_a_call_when_the_course_is_passed(client: FlaskClient, session: Session, learner: User) -> None:
    take_quiz(session, learner)
    page = client.get("/learn/")
    assert "/calls/scenarios/late-parcel" in page.text
    assert "2 assessed calls are left to pass." in page.text


def test_lesson_shows_every_kind_of_block_and_leads_on(client: FlaskClient, session: Session, learner: User) -> None:
    page = client.get(LESSON).text
    for part in ("dialogue is-bad", "dialogue is-good", "<details>", 'class="keep"', "/calls/scenarios/late-parcel"):
        assert part in page
    answer = client.post(f"{LESSON}/read")
    assert (answer.status_code, answer.location) == (303, f"{COURSE}/02-promise-what-holds")
    assert progress(session, learner).read_count == 1


def test_last_lesson_leads_to_the_quiz(client: FlaskClient, learner: User) -> None:
    answer = client.post(f"{COURSE}/03-write-it-down/read")
    assert answer.location == f"{COURSE}#quiz"


def test_quiz_cannot_be_begun_when_lessons_are_unread(client: FlaskClient, learner: User) -> None:
    assert "Begin the quiz" not in client.get(COURSE).text
    refused = client.post(f"{COURSE}/quiz")
    assert refused.status_code == 409
    assert "Read every lesson first" in refused.text


def test_quiz_goes_from_question_to_question_to_the_result(
    client: FlaskClient, session: Session, learner: User
) -> None:
    read_all(session, learner)
    begun = client.post(f"{COURSE}/quiz", follow_redirects=True)
    attempt = progress(session, learner).open
    assert attempt is not None
    assert begun.request.path == f"/learn/quiz/{attempt.public_id}/1"
    for number in range(1, 11):
        answer = post_answer(client, session, learner, attempt, number)
        assert answer.status_code == 303
    assert answer.location == f"/learn/quiz/{attempt.public_id}/check"
    assert "no answer yet" not in client.get(answer.location).text
    result = client.post(f"/learn/quiz/{attempt.public_id}/hand-in", follow_redirects=True)
    assert "100<small> %</small>" in result.text
    assert "Passed" in result.text
    assert "passed on" in client.get(COURSE).text


def test_quiz_resumes_at_the_first_open_question_with_answers_kept(
    client: FlaskClient, session: Session, learner: User
) -> None:
    attempt = begin_quiz(session, learner)
    post_answer(client, session, learner, attempt, 1)
    resumed = client.get(f"/learn/quiz/{attempt.public_id}")
    assert resumed.location == f"/learn/quiz/{attempt.public_id}/2"
    first = client.get(f"/learn/quiz/{attempt.public_id}/1").text
    assert " checked" in first or " selected" in first
    assert client.post(f"{COURSE}/quiz").location == f"/learn/quiz/{attempt.public_id}"


def test_page_gives_no_answer_away_before_the_end(client: FlaskClient, session: Session, learner: User) -> None:
    attempt = begin_quiz(session, learner)
    feedback = [o.feedback for e in the_course().editions.values() for q in e.questions for o in q.options]
    for number in range(1, 11):
        page = client.get(f"/learn/quiz/{attempt.public_id}/{number}").text.replace("&#39;", "'").replace("&#34;", '"')
        assert not [text for text in feedback if text in page]
        # But for its text and its place, one option is written like the other.
        item = learning.open_quiz(session, learner.actor, attempt.public_id, "en").item(number)
        main = page.split('<div class="quiz-options">')[1].split("</fieldset>")[0]
        for place, option in enumerate(item.options, 1):
            assert option.text in main
            assert f'"{option.id}"' not in page
            main = main.replace(option.text, "TEXT").replace(f'"{place}"', '"N"').replace(f"step-{place}", "step-N")
        shapes = set(re.findall(r"<label\b.*?</label>", main, flags=re.DOTALL))
        assert len(shapes) == 1
        post_answer(client, session, learner, attempt, number)
    assert not [text for text in feedback if text in client.get(f"/learn/quiz/{attempt.public_id}/check").text]
    early = client.get(f"/learn/quiz/{attempt.public_id}/result")
    assert early.location == f"/learn/quiz/{attempt.public_id}/check"


def test_answer_is_asked_for_again_when_it_is_missing(client: FlaskClient, session: Session, learner: User) -> None:
    attempt = begin_quiz(session, learner)
    for number in range(1, 11):
        for data in ({}, {"place": ["99", "x"]}, {"step-1": "1", "step-2": "1"}):
            page = client.post(f"/learn/quiz/{attempt.public_id}/{number}", data=data)
            assert page.status_code == 422
            assert "before you go on." in page.text


def test_numbers_stay_in_the_form_when_two_steps_have_the_same(
    client: FlaskClient, session: Session, learner: User
) -> None:
    attempt = begin_quiz(session, learner)
    quiz = learning.open_quiz(session, learner.actor, attempt.public_id, "en")
    number = next(n for n in range(1, 11) if quiz.item(n).question.kind == "order")
    data = {f"step-{place}": "2" for place in range(1, 6)}
    page = client.post(f"/learn/quiz/{attempt.public_id}/{number}", data=data).text
    assert page.count('<option value="2" selected>') == 5


def test_answer_after_the_end_leads_to_the_result_and_changes_nothing(
    client: FlaskClient, session: Session, learner: User
) -> None:
    attempt = take_quiz(session, learner, wrong=10)
    answer = post_answer(client, session, learner, attempt, 1)
    assert answer.location == f"/learn/quiz/{attempt.public_id}/result"
    page = client.get(answer.location).text
    assert "0<small> %</small>" in page
    assert "Take the quiz again" in page
    assert "Read again:" in page


def test_result_says_why_of_every_option(client: FlaskClient, session: Session, learner: User) -> None:
    attempt = take_quiz(session, learner, wrong=4)
    page = client.get(f"/learn/quiz/{attempt.public_id}/result").text
    text = page.replace("&#39;", "'").replace("&#34;", '"')
    for question in the_course().edition("en").questions:
        assert all(option.feedback in text for option in question.options)


def test_quiz_of_somebody_else_is_not_there(client: FlaskClient, session: Session, learner: User, organisation) -> None:
    attempt = take_quiz(session, make_user(session, organisation))
    for path in ("", "/1", "/check", "/result"):
        assert client.get(f"/learn/quiz/{attempt.public_id}{path}").status_code == 404
    assert client.post(f"/learn/quiz/{attempt.public_id}/hand-in").status_code == 404


@pytest.mark.parametrize("path", ["/learn/", COURSE, LESSON])
def test_pages_speak_french_when_the_learner_does(
    client: FlaskClient, session: Session, sign_in: SignIn, organisation, path: str
) -> None:
    go_by_short_ladder(session, organisation)
    sign_in(user=make_user(session, organisation, language="fr"))
    page = client.get(path).text
    assert '<html lang="fr"' in page
    assert "D’abord, entendre la personne" in page
    assert "Hear the person first" not in page


def test_unknown_course_lesson_and_question_are_not_there(client: FlaskClient, session: Session, learner: User) -> None:
    attempt = begin_quiz(session, learner)
    for path in ("/learn/courses/none", f"{COURSE}/09-none", f"/learn/quiz/{attempt.public_id}/11"):
        assert client.get(path).status_code == 404

"""An exam through the client: begun, cut off, answered in two tabs, over in time, marked by a person; and its figures."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.conftest import SignIn
from tests.factories.accounts import NOW, make_organisation, make_user
from tests.web.test_learn_kinds import FOLDER, form_of
from trainer.domain.errors import Conflict
from trainer.domain.papers import Item
from trainer.services import exam_answers, exams, question_report
from trainer.services.exams import Paper
from trainer.store.accounts import User
from trainer.store.exams import ExamAttempt
from trainer.store.learning import QuizAttempt

EXAM = "/exams/small"


def nobody(_question: object, _text: str) -> None:
    """No judge: every text goes to a person."""


@pytest.fixture
def learner(sign_in: SignIn) -> User:
    return sign_in("learner")


def pass_course(session: Session, user: User) -> None:
    session.add(
        QuizAttempt(
            organisation_id=user.organisation_id, user_id=user.id, course="every-kind", version="1", seed=1,
            started_at=NOW, finished_at=NOW, percent=90, passed=True,
        )
    )  # fmt: skip
    session.commit()


def begin(session: Session, user: User, at: Any = NOW) -> ExamAttempt:
    pass_course(session, user)
    return exams.start(session, user.actor, exams.card_of(session, user.actor, FOLDER, "small"), FOLDER, at)


def paper_of(session: Session, user: User, attempt: ExamAttempt, at: Any = NOW) -> Paper:
    return exams.open_paper(session, user.actor, attempt.public_id, "en", at, nobody)


def post(client: FlaskClient, attempt: ExamAttempt, number: int, item: Item, *, right: bool = True) -> None:
    for form in form_of(item, right=right):
        assert client.post(f"/exams/papers/{attempt.public_id}/{number}", data=form).status_code == 303


def test_exam_opens_when_its_courses_are_passed(client: FlaskClient, session: Session, learner: User) -> None:
    assert "not open yet" in client.get("/exams/").text
    assert "Pass the course" in client.get(EXAM).text
    assert client.post(f"{EXAM}/start").status_code == 409
    pass_course(session, learner)
    assert "Begin: the clock starts" in client.get(EXAM).text
    begun = client.post(f"{EXAM}/start")
    assert begun.status_code == 303
    assert client.post(f"{EXAM}/start").location == begun.location  # the other tab


def test_paper_goes_to_its_result_and_no_page_tells_the_key(
    client: FlaskClient, session: Session, learner: User
) -> None:
    attempt = begin(session, learner, client.application.extensions["ports"].clock.now())
    items = paper_of(session, learner, attempt, attempt.started_at).items
    assert len(items) == 6
    for number, item in enumerate(items, 1):
        page = client.get(f"/exams/papers/{attempt.public_id}/{number}").text
        question = item.question
        told = [question.feedback, *(o.feedback for o in (*question.options, *question.replies)), *question.references]
        assert not [text for text in told if text and text in page]
        post(client, attempt, number, item)
    assert client.get(f"/exams/papers/{attempt.public_id}/result").status_code == 302
    result = client.post(f"/exams/papers/{attempt.public_id}/hand-in", follow_redirects=True)
    assert result.request.path.endswith("/result")
    assert "Passed" in result.text
    assert "By duty, the weakest first" in result.text
    again = client.post(f"/exams/papers/{attempt.public_id}/1", data=form_of(items[0])[0])
    assert again.location.endswith("/result?late=1")
    assert client.post(f"{EXAM}/start").status_code == 409  # it is passed


def test_answers_are_kept_when_the_line_is_cut_and_time_goes_on(session: Session, learner: User) -> None:
    attempt = begin(session, learner)
    paper = paper_of(session, learner, attempt)
    number = next(n for n, i in enumerate(paper.items, 1) if i.question.kind == "spot")
    exams.answer_question(session, paper, number, [2, 3], NOW)
    later = paper_of(session, learner, attempt, NOW + timedelta(minutes=4))
    assert later.answered(number)
    assert later.left == timedelta(minutes=6)


def test_paper_is_marked_as_it_stood_when_time_is_over(session: Session, learner: User) -> None:
    attempt = begin(session, learner)
    paper = paper_of(session, learner, attempt)
    number = next(n for n, i in enumerate(paper.items, 1) if i.question.kind == "spot")
    exams.answer_question(session, paper, number, [2, 3], NOW)
    over = paper_of(session, learner, attempt, NOW + timedelta(minutes=10, seconds=30))
    assert over.attempt.finished_at == attempt.due_at
    assert over.attempt.percent == 16
    with pytest.raises(Conflict):
        exams.answer_question(session, over, number, [2, 1], NOW + timedelta(minutes=10, seconds=31))


def test_each_form_is_taken_once_and_then_none_is_left(session: Session, learner: User) -> None:
    pass_course(session, learner)
    forms = []
    for _time in range(2):
        attempt = begin_next(session, learner)
        forms.append(attempt.form)
        exams.hand_in(session, learner.actor, paper_of(session, learner, attempt), NOW, nobody)
    assert forms == [1, 2]
    with pytest.raises(Conflict) as told:
        begin_next(session, learner)
    assert told.value.code == "exams.no_form"


def begin_next(session: Session, user: User) -> ExamAttempt:
    return exams.start(session, user.actor, exams.card_of(session, user.actor, FOLDER, "small"), FOLDER, NOW)


def with_text(session: Session, user: User) -> ExamAttempt:
    """A handed in paper in which a text waits for a person, and the rest is unanswered; the form that asks one."""
    pass_course(session, user)
    for _form in range(2):
        attempt = begin_next(session, user)
        paper = paper_of(session, user, attempt)
        number = next((n for n, i in enumerate(paper.items, 1) if i.question.kind == "text"), 0)
        if number:
            exams.answer_question(session, paper, number, ["Where do they go?"], NOW)
            exams.hand_in(session, user.actor, paper_of(session, user, attempt), NOW, nobody)
            return attempt
        exams.hand_in(session, user.actor, paper, NOW, nobody)
    raise AssertionError("no form asks for a text")


def test_person_marks_what_the_machine_left_open(
    client: FlaskClient, session: Session, learner: User, sign_in: SignIn
) -> None:
    attempt = with_text(session, learner)
    assert (attempt.waiting, attempt.percent) == (1, 0)
    assert client.get("/exams/answers").status_code == 403
    trainer = make_user(session, learner.organisation, ["trainer"])
    sign_in(user=trainer)
    page = client.get("/exams/answers").text
    assert "Where do they go?" in page
    row = exam_answers.waiting(session, trainer.actor, "en")[0].answer
    assert client.post(f"/exams/answers/{row.public_id}", data={"remark": "kept"}).status_code == 422
    assert "kept" in client.post(f"/exams/answers/{row.public_id}", data={"remark": "kept"}).text
    done = client.post(f"/exams/answers/{row.public_id}", data={"percent": "100", "remark": "Short and right."})
    assert done.status_code == 303
    session.refresh(attempt)
    assert (attempt.waiting, attempt.percent) == (0, 16)
    assert exam_answers.waiting(session, trainer.actor, "en") == []


def test_answers_of_another_organisation_are_not_there(session: Session, learner: User) -> None:
    with_text(session, learner)
    other = make_user(session, make_organisation(session), ["trainer"])
    assert exam_answers.waiting(session, other.actor, "en") == []
    assert question_report.list_questions(session, other.actor, FOLDER, "en") == []
    mine = make_user(session, learner.organisation, ["trainer"])
    assert question_report.list_questions(session, mine.actor, FOLDER, "en")


def test_paper_of_somebody_else_is_not_there(
    client: FlaskClient, session: Session, learner: User, sign_in: SignIn
) -> None:
    attempt = begin(session, learner)
    sign_in("learner")
    assert client.get(f"/exams/papers/{attempt.public_id}/1").status_code == 404
    assert client.get("/exams/unknown").status_code == 404


def test_two_tabs_write_one_answer(client: FlaskClient, session: Session, learner: User) -> None:
    attempt = begin(session, learner, client.application.extensions["ports"].clock.now())
    item = paper_of(session, learner, attempt, attempt.started_at).items[0]
    for _tab in range(2):
        post(client, attempt, 1, item)
    assert session.scalars(select(ExamAttempt)).one().public_id == attempt.public_id

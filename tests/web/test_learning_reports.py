"""Reports of learning through the client: who sees which tab and what, exports, and a word on a lesson."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import event, select
from sqlalchemy.orm import Session

from tests.conftest import SignIn
from tests.factories.accounts import NOW, make_organisation, make_user
from tests.factories.courses import SLUG, take_quiz, the_course
from tests.factories.learners import add_exam, add_round, learn
from trainer.extensions import db
from trainer.services import cohorts, lesson_feedback
from trainer.store.accounts import Organisation, User
from trainer.store.audit import AuditEntry
from trainer.store.lesson_feedback import LessonFeedback

PEOPLE, QUESTIONS, LESSONS = "/reports/learning", "/reports/questions", "/reports/lessons"
LESSON = f"/learn/courses/{SLUG}/01-hear-the-person"


@pytest.fixture
def learner(session: Session, organisation: Organisation) -> User:
    return make_user(session, organisation, name="=Anna Low")


@pytest.mark.parametrize(
    ("role", "first", "tabs"),
    [
        ("trainer", PEOPLE, [PEOPLE, QUESTIONS, LESSONS]), ("supervisor", PEOPLE, [PEOPLE, QUESTIONS, LESSONS]),
        ("teacher", PEOPLE, [PEOPLE]), ("hr", PEOPLE, [PEOPLE]), ("author", QUESTIONS, [QUESTIONS, LESSONS]),
        ("admin", PEOPLE, [PEOPLE, QUESTIONS, LESSONS]),
    ],
)  # fmt: skip
def test_menu_leads_to_the_tabs_of_each_role(
    client: FlaskClient, sign_in: SignIn, role: str, first: str, tabs: list[str]
) -> None:
    sign_in(role)
    assert client.get("/reports/").location == first
    page = client.get(first).text
    assert [tab for tab in (PEOPLE, QUESTIONS, LESSONS) if f'href="{tab}"' in page] == tabs
    assert '<a href="/reports/" aria-current="true">' in page


def test_people_show_how_far_they_are_and_are_found_by_name(
    client: FlaskClient, sign_in: SignIn, session: Session, organisation: Organisation, learner: User
) -> None:
    sign_in("hr")
    make_user(session, organisation, name="Bea New")
    make_user(session, make_organisation(session), name="Foreign Person")
    learn(session, learner)
    page = client.get(PEOPLE).text
    assert "=Anna Low" in page
    assert "50 %" in page
    assert "not begun" in page
    assert "Foreign" not in page
    found = client.get(f"{PEOPLE}?search=bea").text
    assert "Bea New" in found
    assert "Anna" not in found
    assert "Nobody found" in client.get(f"{PEOPLE}?search=%25").text
    assert "Cohort" not in page, "cohorts are a teacher's"
    assert client.get(f"{PEOPLE}?page=999999999").status_code == 200


def test_teacher_filters_by_cohort(client: FlaskClient, sign_in: SignIn, session: Session, organisation: Organisation, learner: User) -> None:  # fmt: skip
    teacher = sign_in("teacher")
    make_user(session, organisation, name="Other Person")
    cohort = cohorts.create_cohort(session, teacher.actor, "Autumn", NOW)
    cohorts.take_roster(session, teacher.actor, cohort.public_id, f"Anna, {learner.email}", NOW)
    page = client.get(f"{PEOPLE}?cohort={cohort.public_id}").text
    assert "Anna Low" in page
    assert "Other Person" not in page
    assert f'value="{cohort.public_id}" selected' in page
    table = client.get(f"{PEOPLE}.csv?cohort={cohort.public_id}")
    assert "Other" not in table.text
    assert "Autumn" in table.headers["Content-Disposition"]
    assert client.get(f"{PEOPLE}?cohort=nobodys").status_code == 404
    sign_in("trainer")
    assert client.get(f"{PEOPLE}?cohort={cohort.public_id}").status_code == 404


def test_export_runs_no_formula_and_is_logged(
    client: FlaskClient, sign_in: SignIn, session: Session, learner: User
) -> None:
    sign_in("trainer")
    learn(session, learner)
    (head, row) = client.get(f"{PEOPLE}.csv").text.strip().splitlines()
    assert "Last activity (UTC)" in head
    assert row.startswith("'=Anna Low,")
    assert ",retired,50,no,1,3," in row
    assert session.scalar(select(AuditEntry.action).where(AuditEntry.action == "learning.exported"))
    sign_in("admin")
    assert "Learning of people exported" in client.get("/admin/audit").text


def test_queries_are_as_many_however_many_people_there_are(
    client: FlaskClient, sign_in: SignIn, session: Session, organisation: Organisation, learner: User
) -> None:
    sign_in("trainer")
    learn(session, learner)
    asked: list[str] = []
    event.listen(db.engine, "before_cursor_execute", lambda *given: asked.append(given[2]))

    def count(path: str) -> int:
        client.get(path)
        session.expire_all()
        asked.clear()
        assert client.get(path).status_code == 200
        return len(asked)

    pages = (PEOPLE, QUESTIONS, LESSONS, f"{PEOPLE}/{learner.public_id}")
    few = {path: count(path) for path in pages}
    for number in range(14):
        person = make_user(session, organisation)
        learn(session, person)
        add_exam(session, learner, {f"q{number}": ("IN1", 1.0)}, form=number + 2)
        add_round(session, learner)
        lesson_feedback.give_feedback(session, person.actor, the_course(), "01-hear-the-person", "clear", "Good.", NOW)
    assert {path: count(path) for path in pages} == few


def test_person_is_shown_without_any_key(client: FlaskClient, sign_in: SignIn, session: Session, learner: User) -> None:
    sign_in("supervisor")
    learn(session, learner, wrong=5)
    for kind in ("diction", "listening"):
        add_round(session, learner, kind, at=NOW + timedelta(days=1))
    page = client.get(f"{PEOPLE}/{learner.public_id}").text
    for text in (
        "The weakest duties",
        "IN4 · Handle complaints and wishes",
        "34 words a minute",
        "4 of 5 entries right",
        "1 long pause",
    ):
        assert text in page
    questions = the_course().edition("en").questions
    assert not [
        question.id for question in questions if question.text in page or any(o.text in page for o in question.options)
    ]


def test_learner_sees_the_same_duties_about_themself(client: FlaskClient, sign_in: SignIn, session: Session) -> None:
    user = sign_in("learner")
    assert "Once you have handed in a quiz" in client.get("/learn/duties").text
    take_quiz(session, user, wrong=5)
    page = client.get("/learn/duties").text
    assert "Worth reading again" in page
    assert "Handle complaints and wishes" in page
    assert "/learn/duties" in client.get("/learn/").text
    assert client.get(f"{PEOPLE}/{user.public_id}").status_code == 403


def test_questions_say_what_to_do_and_lead_to_their_answers(
    client: FlaskClient, sign_in: SignIn, session: Session, organisation: Organisation
) -> None:
    sign_in("author")
    assert "Nothing was asked yet" in client.get(QUESTIONS).text
    for number in range(10):
        take_quiz(session, make_user(session, organisation, name=f"Learner {number}"), wrong=number % 3)
    page = client.get(QUESTIONS).text
    assert "too easy" in page
    assert "Make the wrong answers more likely" in page
    assert "Learner" not in page
    assert "No question fits" in client.get(f"{QUESTIONS}?course=none").text
    assert client.get(f"{QUESTIONS}?remark=junk&course={SLUG}").status_code == 200
    table = client.get(f"{QUESTIONS}.csv?remark=too_easy").text
    assert "too easy" in table
    for question in the_course().edition("en").questions:
        shown = client.get(f"{QUESTIONS}/{SLUG}/{question.id}")
        assert shown.status_code == 200
        assert "Stronger half" in shown.text or question.kind in ("order", "number", "record", "text")
    assert client.get(f"{QUESTIONS}/{SLUG}/no-such").status_code == 404
    assert client.get(f"{QUESTIONS}/no/such", headers={"Accept-Language": "fr"}).status_code == 404


def test_fewer_than_ten_attempts_show_no_figure(
    client: FlaskClient, sign_in: SignIn, session: Session, organisation: Organisation
) -> None:
    sign_in("trainer")
    for _ in range(9):
        take_quiz(session, make_user(session, organisation))
    name = the_course().edition("en").questions[0].id
    for address in (QUESTIONS, f"{QUESTIONS}/{SLUG}/{name}"):
        page = client.get(address).text
        assert "Fewer than 10 attempts" in page
        assert "100 %" not in page
    assert client.get(f"{QUESTIONS}.csv").text.strip().splitlines()[1].endswith(",9,,,")


def test_word_on_a_lesson_is_kept_and_can_be_changed(client: FlaskClient, sign_in: SignIn, session: Session) -> None:
    sign_in("learner")
    assert "Was this lesson clear?" in client.get(LESSON).text
    sent = client.post(f"{LESSON}/feedback", data={"clarity": "partly", "comment": "Too <b>fast</b>."})
    assert sent.status_code == 303
    page = client.get(LESSON).text
    assert "Too &lt;b&gt;fast" in page
    assert 'value="partly" checked' in page
    client.post(f"{LESSON}/feedback", data={"clarity": "clear", "comment": ""})
    (row,) = session.scalars(select(LessonFeedback))
    assert (row.clarity, row.comment, row.version) == ("clear", "", the_course().version)


@pytest.mark.parametrize("data", [{"comment": "I typed this."}, {"clarity": "very", "comment": "I typed this."}, {"clarity": "clear", "comment": "I typed this." + "x" * 1000}])  # fmt: skip
def test_nothing_typed_is_lost_when_a_word_is_refused(
    client: FlaskClient, sign_in: SignIn, session: Session, data: dict[str, str]
) -> None:
    sign_in("learner")
    answer = client.post(f"{LESSON}/feedback", data=data)
    assert answer.status_code == 422
    assert "I typed this." in answer.text
    assert not session.scalar(select(LessonFeedback))
    assert client.post(f"{LESSON}x/feedback", data=data).status_code == 404


def test_lessons_show_names_to_trainers_and_not_to_authors(
    client: FlaskClient, sign_in: SignIn, session: Session, learner: User
) -> None:
    sign_in("author")
    assert "Nobody said anything yet" in client.get(LESSONS).text
    lesson_feedback.give_feedback(
        session, learner.actor, the_course(), "01-hear-the-person", "unclear", "Too fast.", NOW
    )
    page = client.get(LESSONS).text
    assert "Too fast." in page
    assert "Anna" not in page
    assert "Too fast." in client.get(f"{LESSONS}?lesson={SLUG}/01-hear-the-person").text
    assert "Too fast." not in client.get(f"{LESSONS}?lesson={SLUG}/02-promise-what-holds").text
    assert client.get(f"{LESSONS}?lesson=junk").status_code == 404
    sign_in("supervisor")
    assert "Anna Low" in client.get(LESSONS).text
    sign_in(user=make_user(session, make_organisation(session), ["trainer"]))
    assert "Nobody said anything yet" in client.get(LESSONS).text

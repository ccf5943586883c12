"""Reports of learning: people, one person by duty, questions of quizzes and exams, and what is said of lessons."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import event, select
from sqlalchemy.orm import Session

from tests.factories.accounts import NOW, make_organisation, make_user
from tests.factories.courses import FOLDER, SLUG, read_all, take_quiz, the_course
from tests.factories.learners import add_card, add_exam, add_round, learn
from trainer.domain.errors import Invalid, NotFound
from trainer.extensions import db
from trainer.services import cohorts, learning_record, learning_report, lesson_feedback, question_report
from trainer.services.learning_report import Asked
from trainer.store.accounts import Organisation, User
from trainer.store.audit import AuditEntry
from trainer.store.lesson_feedback import LessonFeedback

LESSON = "01-hear-the-person"


@pytest.fixture
def trainer(session: Session, organisation: Organisation) -> User:
    return make_user(session, organisation, ["trainer"], name="Tess")


@pytest.fixture
def learner(session: Session, organisation: Organisation) -> User:
    return make_user(session, organisation, name="Anna Low")


def lines(session: Session, actor: User, asked: Asked = Asked(), page: int = 1, size: int = 30) -> list[str]:
    found, _more = learning_report.list_learners(session, actor.actor, FOLDER, asked, NOW, page, size)
    return [line.person.name for line in found]


def queries(work: Callable[[], object]) -> int:
    told: list[str] = []

    def note(*given: object) -> None:
        told.append(str(given[2]))

    event.listen(db.engine, "before_cursor_execute", note)
    work()
    event.remove(db.engine, "before_cursor_execute", note)
    return len(told)


def test_line_of_a_person_holds_everything(session: Session, trainer: User, learner: User) -> None:
    learn(session, learner)
    add_exam(session, learner, {"x.a": ("IN1", None)}, form=2, at=NOW + timedelta(hours=1))
    add_card(session, learner, NOW, "due")
    add_card(session, learner, NOW + timedelta(days=4), "later")
    ((line,), more) = learning_report.list_learners(session, trainer.actor, FOLDER, Asked(), NOW)
    whole = learning_report.whole_of(FOLDER)
    assert not more
    assert line.lessons == len(the_course().lesson_slugs) <= whole.lessons
    assert (line.courses, line.drills, line.cards) == (1, 1, 1)
    assert line.exam is not None
    assert (line.exam.percent, line.exam.waiting, line.exam.passed) == (0, 1, False)
    assert line.last_at == NOW + timedelta(hours=1)


def test_lessons_that_are_gone_do_not_count(session: Session, trainer: User, learner: User, tmp_path: Path) -> None:
    read_all(session, learner)
    counted = [
        learning_report.list_learners(session, trainer.actor, folder, Asked(), NOW)[0][0].lessons
        for folder in (FOLDER, tmp_path)
    ]
    assert counted == [len(the_course().lesson_slugs), 0]


def test_only_learners_of_the_own_organisation_by_name_and_page(
    session: Session, organisation: Organisation, trainer: User
) -> None:
    for name in ("zoe", "Bea", "anna"):
        make_user(session, organisation, name=name)
    make_user(session, organisation, name="Closed", is_active=False)
    make_user(session, organisation, name="By link", is_candidate=True)
    make_user(session, make_organisation(session), name="Foreign")
    assert lines(session, trainer) == ["anna", "Bea", "zoe"]
    assert lines(session, trainer, page=2, size=2) == ["zoe"]
    assert lines(session, trainer, Asked(search="B")) == ["Bea"]
    assert lines(session, trainer, Asked(search="%")) == []


def test_cohort_filters_for_its_teacher_and_is_hidden_from_others(
    session: Session, organisation: Organisation, trainer: User, learner: User
) -> None:
    make_user(session, organisation, name="Other")
    teacher, colleague = (make_user(session, organisation, ["teacher"]) for _ in range(2))
    cohort = cohorts.create_cohort(session, teacher.actor, "Autumn", NOW)
    cohorts.take_roster(session, teacher.actor, cohort.public_id, f"Anna Low, {learner.email}", NOW)
    assert learning_report.cohorts_of(session, teacher.actor) == [cohort]
    asked = learning_report.asked_for(session, teacher.actor, "", cohort.public_id)
    assert lines(session, teacher, asked) == ["Anna Low"]
    assert learning_report.cohorts_of(session, trainer.actor) == []
    for stranger in (trainer, colleague):
        with pytest.raises(NotFound):
            learning_report.asked_for(session, stranger.actor, "", cohort.public_id)


def test_queries_stay_as_many_for_many_people(
    session: Session, organisation: Organisation, trainer: User, learner: User
) -> None:
    actor = trainer.actor
    learn(session, learner)

    def work() -> None:
        learning_report.list_learners(session, actor, FOLDER, Asked(), NOW, size=50)

    few = queries(work)
    for number in range(12):
        learn(session, make_user(session, organisation), wrong=number % 3)
    assert queries(work) == few <= 8


def test_export_is_in_the_audit_log(session: Session, trainer: User, learner: User) -> None:
    found = list(learning_report.export_learners(session, trainer.actor, FOLDER, Asked(search="anna"), NOW))
    assert [line.person.email for line in found] == [learner.email]
    (entry,) = session.scalars(select(AuditEntry).where(AuditEntry.action == "learning.exported"))
    assert entry.details == {"search": "anna", "cohort": ""}


def test_record_tells_duties_courses_exams_and_drills(session: Session, trainer: User, learner: User) -> None:
    learn(session, learner, wrong=4)
    add_round(session, learner, "listening")
    found = learning_record.open_record(session, trainer.actor, FOLDER, learner.public_id, NOW)
    by_duty = {one.duty: one for one in found.duties.all}
    assert by_duty["IN1"].exam.percent == 0
    assert by_duty["IN4"].exam.percent == 100
    assert sum(one.quiz.count for one in found.duties.all) == len(the_course().edition("en").questions)
    assert 0 < len(found.duties.weakest) <= 3
    assert any(one.again for one in found.duties.weakest)
    assert [len(one.rounds) for one in found.drills] == [0, 1, 1]
    assert len(found.exams) == 1
    assert found.duties == learning_record.duties_of(session, learner.actor, FOLDER), "the learner sees the same"


def test_record_read_by_another_is_noted_once_and_ones_own_is_not(
    session: Session, trainer: User, learner: User
) -> None:
    for actor in (trainer, trainer, learner):
        learning_record.open_record(session, actor.actor, FOLDER, learner.public_id, NOW)
    (entry,) = session.scalars(select(AuditEntry).where(AuditEntry.action == learning_record.SEEN))
    assert entry.object_id == learner.public_id


def test_record_of_another_organisation_is_not_found(
    session: Session, trainer: User, organisation: Organisation
) -> None:
    foreign = make_user(session, make_organisation(session))
    candidate = make_user(session, organisation, is_candidate=True)
    for person in (foreign, candidate):
        with pytest.raises(NotFound):
            learning_record.open_record(session, trainer.actor, FOLDER, person.public_id, NOW)


def many_quizzes(session: Session, organisation: Organisation, count: int) -> list[User]:
    people = [make_user(session, organisation) for _ in range(count)]
    for number, person in enumerate(people):
        take_quiz(session, person, wrong=number % 4)
    return people


def test_questions_of_quizzes_are_marked_with_their_kept_version(
    session: Session, organisation: Organisation, trainer: User
) -> None:
    people = many_quizzes(session, organisation, 10)
    found = question_report.list_questions(session, trainer.actor, FOLDER, "en")
    assert len(found) == len(the_course().edition("en").questions)
    assert all(line.shown and line.figures.attempts == 10 and line.question for line in found)
    assert [line.figures.ease for line in found] == sorted(line.figures.ease for line in found)
    assert sum(line.figures.ease for line in found) < len(found)
    take_quiz(session, people[0])
    again = question_report.list_questions(session, trainer.actor, FOLDER, "en")
    assert [line.figures for line in again] == [line.figures for line in found], "after the first, the key was shown"


def test_few_attempts_show_no_figure_and_no_choice(session: Session, organisation: Organisation, trainer: User) -> None:
    many_quizzes(session, organisation, 9)
    line = question_report.list_questions(session, trainer.actor, FOLDER, "en")[0]
    assert not line.shown
    report = question_report.report_question(session, trainer.actor, FOLDER, "en", line.course, line.id)
    assert report.groups == ()


def test_exams_count_beside_quizzes_and_filters_apply(
    session: Session, organisation: Organisation, trainer: User
) -> None:
    many_quizzes(session, organisation, 10)
    name = the_course().edition("en").questions[0].id
    for number in range(12):
        person = make_user(session, organisation)
        add_exam(session, person, {f"{SLUG}.{name}": ("IN4", 0.0), "gone.q": ("IN1", float(number > 5))})
    all_ = {
        (line.course, line.id): line for line in question_report.list_questions(session, trainer.actor, FOLDER, "en")
    }
    assert all_[SLUG, name].figures.attempts == 22
    assert all_["gone", "q"].question is None
    hard = question_report.list_questions(session, trainer.actor, FOLDER, "en", course="gone")
    assert [line.id for line in hard] == ["q"]
    for remark in question_report.REMARKS:
        for line in question_report.list_questions(session, trainer.actor, FOLDER, "en", remark=remark):
            assert remark in line.figures.remarks
    assert question_report.report_question(session, trainer.actor, FOLDER, "en", "gone", "q").groups == ()


def test_wrong_answers_are_counted(session: Session, organisation: Organisation, trainer: User) -> None:
    many_quizzes(session, organisation, 12)
    lines_ = question_report.list_questions(session, trainer.actor, FOLDER, "en")
    line = next(one for one in lines_ if one.question and one.question.kind == "single" and one.figures.ease < 1)
    report = question_report.report_question(session, trainer.actor, FOLDER, "en", line.course, line.id)
    ((_group, count, chosen),) = report.groups
    assert count == 12
    assert sum(one.count for one in chosen) == 12
    assert next(one for one in chosen if one.choice.right).share == pytest.approx(line.figures.ease)


def test_questions_of_another_organisation_are_not_found(session: Session, organisation: Organisation) -> None:
    many_quizzes(session, organisation, 10)
    foreign = make_user(session, make_organisation(session), ["author"])
    assert question_report.list_questions(session, foreign.actor, FOLDER, "en") == []
    name = the_course().edition("en").questions[0].id
    with pytest.raises(NotFound):
        question_report.report_question(session, foreign.actor, FOLDER, "en", SLUG, name)


def test_queries_stay_as_many_for_many_quizzes(session: Session, organisation: Organisation, trainer: User) -> None:
    actor = trainer.actor
    many_quizzes(session, organisation, 2)

    def work() -> None:
        question_report.list_questions(session, actor, FOLDER, "en")

    work()
    few = queries(work)
    many_quizzes(session, organisation, 12)
    assert queries(work) == few <= 4


def test_feedback_is_one_a_person_and_changeable(session: Session, learner: User) -> None:
    give = lesson_feedback.give_feedback
    give(session, learner.actor, the_course(), LESSON, "unclear", " Too fast. ", NOW)
    give(session, learner.actor, replace(the_course(), version="2"), LESSON, "clear", "", NOW + timedelta(days=1))
    (row,) = session.scalars(select(LessonFeedback))
    assert (row.clarity, row.comment, row.version, row.at) == ("clear", "", "2", NOW + timedelta(days=1))


@pytest.mark.parametrize(("clarity", "comment"), [("", ""), ("very", ""), ("clear", "x" * 1001)])
def test_feedback_is_refused_when_it_is_none(session: Session, learner: User, clarity: str, comment: str) -> None:
    with pytest.raises(Invalid):
        lesson_feedback.give_feedback(session, learner.actor, the_course(), LESSON, clarity, comment, NOW)
    with pytest.raises(NotFound):
        lesson_feedback.give_feedback(session, learner.actor, the_course(), "09-nothing", "clear", "", NOW)


def test_names_stand_beside_comments_for_trainers_alone(
    session: Session, organisation: Organisation, trainer: User, learner: User
) -> None:
    other = make_user(session, organisation)
    lesson_feedback.give_feedback(session, learner.actor, the_course(), LESSON, "partly", "Too fast.", NOW)
    lesson_feedback.give_feedback(
        session, other.actor, replace(the_course(), version="0"), LESSON, "clear", "Fine.", NOW
    )
    second = the_course().lesson_slugs[1]
    lesson_feedback.give_feedback(session, other.actor, the_course(), second, "unclear", "", NOW)
    author = make_user(session, organisation, ["author"])

    def comments(actor: User, place: tuple[str, str] | None = None) -> list[tuple[str, str, bool]]:
        found, _more = lesson_feedback.list_comments(session, actor.actor, FOLDER, "en", place, 1)
        return [(one.given.comment, one.name, one.is_older) for one in found]

    assert comments(trainer) == [("Fine.", other.name, True), ("Too fast.", "Anna Low", False)]
    assert comments(author) == [("Fine.", "", True), ("Too fast.", "", False)]
    assert comments(trainer, (SLUG, second)) == []
    counted = [(one.lesson, one.clear, one.partly, one.unclear) for one in lesson_feedback.list_lessons(session, author.actor, FOLDER, "en")]  # fmt: skip
    assert counted == [(second, 0, 0, 1), (LESSON, 1, 1, 0)]
    foreign = make_user(session, make_organisation(session), ["trainer"])
    assert comments(foreign) == []
    assert lesson_feedback.list_lessons(session, foreign.actor, FOLDER, "en") == []

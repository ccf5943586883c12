"""Reading lessons, taking a quiz with breaks and twice, and what the career and cohorts get to know of it."""

from __future__ import annotations

import shutil
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session

from tests.factories.accounts import NOW, make_organisation, make_user
from tests.factories.careers import CATEGORY, NOTE, go_by_short_ladder, make_call
from tests.factories.courses import FOLDER, SLUG, begin_quiz, progress, read_all, right_places, take_quiz, the_course
from trainer.config import ROOT
from trainer.domain.errors import Conflict, Invalid, NotFound
from trainer.extensions import db
from trainer.services import category_decisions, courses, learning
from trainer.services.courses import course_at
from trainer.services.learning_path import Way, way_of
from trainer.store.accounts import Organisation, User
from trainer.store.learning import CourseVersion, learning_progress, passed_courses


@pytest.fixture
def learner(session: Session, organisation: Organisation) -> User:
    go_by_short_ladder(session, organisation)
    return make_user(session, organisation)


def way(session: Session, user: User) -> Way:
    return way_of(session, user.actor, FOLDER, ROOT / "scenarios", "en", NOW)


def test_lesson_counts_once_when_it_is_read_twice(session: Session, learner: User) -> None:
    for _ in range(2):
        learning.read_lesson(session, learner.actor, the_course(), "01-hear-the-person", NOW)
    assert progress(session, learner).read_count == 1
    assert progress(session, learner).next_lesson == "02-promise-what-holds"


def test_lesson_is_not_found_when_the_course_has_none_of_that_name(session: Session, learner: User) -> None:
    with pytest.raises(NotFound):
        learning.read_lesson(session, learner.actor, the_course(), "09-nothing", NOW)


def test_quiz_waits_until_every_lesson_is_read(session: Session, learner: User) -> None:
    learning.read_lesson(session, learner.actor, the_course(), "01-hear-the-person", NOW)
    with pytest.raises(Conflict, match=r"learn\.lessons_first"):
        learning.start_quiz(session, learner.actor, progress(session, learner), NOW)


def test_quiz_is_the_same_when_it_is_begun_twice(session: Session, learner: User) -> None:
    first = begin_quiz(session, learner)
    again = learning.start_quiz(session, learner.actor, progress(session, learner), NOW)
    assert again.public_id == first.public_id


def test_answers_are_there_when_the_quiz_is_resumed_in_the_other_language(session: Session, learner: User) -> None:
    attempt = begin_quiz(session, learner)
    quiz = learning.open_quiz(session, learner.actor, attempt.public_id, "en")
    learning.answer_question(session, quiz, 3, right_places(quiz.item(3)), NOW)
    resumed = learning.open_quiz(session, learner.actor, attempt.public_id, "fr")
    assert resumed.next_number == 1
    assert resumed.answered(3)
    assert [one.question.id for one in resumed.items] == [one.question.id for one in quiz.items]
    assert resumed.item(3).question.text != quiz.item(3).question.text
    assert resumed.item(3).places_of(resumed.answers[resumed.item(3).question.id]) == tuple(
        sorted(right_places(quiz.item(3)))
    )


def test_quiz_is_passed_when_eight_of_ten_are_right(session: Session, learner: User) -> None:
    attempt = take_quiz(session, learner, wrong=2)
    assert (attempt.percent, attempt.passed) == (80, True)
    assert progress(session, learner).passed == attempt


def test_quiz_is_not_passed_when_seven_are_right_and_can_be_taken_again(session: Session, learner: User) -> None:
    first = take_quiz(session, learner, wrong=3)
    assert (first.percent, first.passed) == (70, False)
    second = take_quiz(session, learner)
    assert (second.percent, second.passed) == (100, True)
    assert second.seed != first.seed
    assert [one.public_id for one in progress(session, learner).attempts] == [second.public_id, first.public_id]
    assert progress(session, learner).best == 100


def test_result_stays_closed_until_the_quiz_is_handed_in(session: Session, learner: User) -> None:
    attempt = begin_quiz(session, learner)
    quiz = learning.open_quiz(session, learner.actor, attempt.public_id, "en")
    with pytest.raises(Conflict, match=r"learn\.quiz_open"):
        learning.result_of(quiz)
    learning.hand_in(session, learner.actor, quiz, NOW)
    result = learning.result_of(learning.open_quiz(session, learner.actor, attempt.public_id, "en"))
    assert (result.percent, result.passed) == (0, False)


def test_result_stays_when_the_quiz_is_handed_in_or_answered_again(session: Session, learner: User) -> None:
    attempt = take_quiz(session, learner, wrong=5)
    quiz = learning.open_quiz(session, learner.actor, attempt.public_id, "en")
    with pytest.raises(Conflict, match=r"learn\.quiz_over"):
        learning.answer_question(session, quiz, 1, right_places(quiz.item(1)), NOW)
    learning.hand_in(session, learner.actor, quiz, NOW + timedelta(days=1))
    assert (attempt.percent, attempt.finished_at) == (50, NOW)


def test_answer_is_refused_when_it_fits_no_question_of_its_kind(session: Session, learner: User) -> None:
    attempt = begin_quiz(session, learner)
    quiz = learning.open_quiz(session, learner.actor, attempt.public_id, "en")
    for number in range(1, 11):
        with pytest.raises(Invalid, match=rf"learn\.answer_{quiz.item(number).question.kind}"):
            learning.answer_question(session, quiz, number, [], NOW)
    with pytest.raises(NotFound):
        learning.answer_question(session, quiz, 11, [1], NOW)


def test_quiz_of_somebody_else_is_not_found(session: Session, organisation: Organisation, learner: User) -> None:
    attempt = begin_quiz(session, learner)
    for other in (make_user(session, organisation, ("admin",)), make_user(session, make_organisation(session))):
        with pytest.raises(NotFound):
            learning.open_quiz(session, other.actor, attempt.public_id, "en")


def test_quiz_keeps_its_version_when_the_course_changes(session: Session, learner: User) -> None:
    attempt = begin_quiz(session, learner)
    assert course_at(session, SLUG, attempt.version) == the_course()
    other = dict(session.query(CourseVersion).one().document)
    other["pass_mark"] = 100
    session.add(CourseVersion(slug=SLUG, version="later", document=other))
    session.commit()
    assert course_at(session, SLUG, "later").pass_mark == 100
    assert learning.open_quiz(session, learner.actor, attempt.public_id, "en").course.pass_mark == 80
    with pytest.raises(NotFound):
        course_at(session, SLUG, "never")


def test_first_passed_quiz_is_what_the_career_counts(session: Session, learner: User) -> None:
    take_quiz(session, learner, wrong=9)
    first = take_quiz(session, learner, at=NOW + timedelta(hours=1))
    take_quiz(session, learner, at=NOW + timedelta(hours=2))
    expected = [(SLUG, NOW + timedelta(hours=1), first.public_id)]
    assert passed_courses(session, [learner.id]) == {learner.id: expected}


def test_progress_of_many_takes_as_many_queries_as_of_one(session: Session, organisation: Organisation) -> None:
    people = [make_user(session, organisation) for _ in range(5)]
    for person in people[:4]:
        read_all(session, person)
    take_quiz(session, people[0], wrong=4, at=NOW + timedelta(hours=1))
    ids, counts = [one.id for one in people], []

    def count(*_: object) -> None:
        counts[-1] += 1

    event.listen(db.engine, "before_cursor_execute", count)
    for group in (ids[:1], ids):
        counts.append(0)
        passed_courses(session, group)
        found = learning_progress(session, group)
    event.remove(db.engine, "before_cursor_execute", count)
    assert counts[0] == counts[1] == 3
    assert found[people[0].id] == (3, 60, NOW + timedelta(hours=1))
    assert found[people[1].id] == (3, None, NOW)
    assert people[4].id not in found


def test_way_leads_through_lessons_and_quiz_to_calls_attestation_and_certificate(
    session: Session, organisation: Organisation, learner: User
) -> None:
    begun = way(session, learner)
    assert [step.kind for step in begun.steps] == ["course", "scenarios", "clean_calls", "attestation", "certificate"]
    assert [step.state for step in begun.steps] == ["now", "later", "later", "later", "later"]
    assert (begun.action.kind, begun.action.lesson) == ("lesson", "01-hear-the-person")
    read_all(session, learner)
    assert way(session, learner).action.kind == "quiz"
    attempt = begin_quiz(session, learner)
    assert (way(session, learner).action.kind, way(session, learner).action.quiz) == ("quiz_open", attempt.public_id)
    take_quiz(session, learner)
    after_course = way(session, learner)
    assert [step.state for step in after_course.steps][:2] == ["done", "now"]
    assert after_course.action.card is not None
    assert after_course.action.card.slug == "late-parcel"
    make_call(session, learner, "late-parcel", days=1)
    make_call(session, learner, "other-call", days=2)
    assert way(session, learner).action.kind == "attestation"
    supervisor = make_user(session, organisation, ("supervisor",))
    category_decisions.attest(session, supervisor.actor, learner.public_id, CATEGORY, NOTE, NOW)
    last = way(session, learner)
    assert [step.state for step in last.steps] == ["done", "done", "done", "done", "now"]
    assert last.action.kind == "decision"


def test_way_leads_back_to_a_call_that_was_left_open(session: Session, learner: User) -> None:
    take_quiz(session, learner)
    call = make_call(session, learner, "late-parcel", graded=False)
    call.state = "wrap_up"
    session.commit()
    found = way(session, learner)
    assert found.action.kind == "call_open"
    assert found.action.call == call


def test_lessons_read_stay_read_when_the_course_is_edited(session: Session, learner: User, tmp_path: Path) -> None:
    folder = shutil.copytree(FOLDER, tmp_path / "courses")
    before = courses.find_course(folder, SLUG)
    learning.read_lesson(session, learner.actor, before, before.lesson_slugs[0], NOW)
    path = folder / SLUG / f"{before.lesson_slugs[0]}.en.md"
    path.write_text(path.read_text(encoding="utf-8").replace("ten past nine", "twenty past nine"), encoding="utf-8")
    after = courses.find_course(folder, SLUG)
    assert after.version != before.version
    assert learning.progress_in(session, learner.actor, folder, SLUG).read_count == 1

"""What answers of quizzes earned, of every kind of question and in either language."""

from __future__ import annotations

from fractions import Fraction

import pytest
from sqlalchemy.orm import Session

from tests.factories.accounts import NOW, make_user
from tests.web.test_learn_kinds import FOLDER, begin, the_course
from trainer.services import learning, question_report, quiz_marks
from trainer.store.accounts import Organisation, User
from trainer.store.learning import QuizAttempt
from trainer.store.learning_report import quizzes_handed_in

WRONG = {
    "plain-rolls": ("o1",), "which-is-better": (), "the-price": ("1.80",), "find-it": ("4", "3"), "hear-it": ("x", "y"),
}  # fmt: skip


def hand_in(session: Session, user: User, language: str, wrong: dict[str, tuple[str, ...]]) -> QuizAttempt:
    """A quiz answered by the key of `language`, but for what is told."""
    attempt = begin(session, user)
    quiz = learning.open_quiz(session, user.actor, attempt.public_id, language)
    for item in quiz.items:
        key = wrong.get(item.question.id, item.question.key or ("Where should we deliver them?",))
        if key:
            learning.store.set_answer(session, attempt, item.question.id, key, NOW)
    session.commit()
    learning.hand_in(session, user.actor, learning.open_quiz(session, user.actor, attempt.public_id, language), NOW)
    return attempt


def shares(session: Session, user: User, attempt: QuizAttempt) -> dict[str, Fraction | None]:
    quizzes = quizzes_handed_in(session, user.organisation_id, limit=10)
    return {one.question: one.share for one in quiz_marks.marks_of(session, quizzes)[attempt.public_id]}


@pytest.mark.parametrize("language", ["en", "fr"])
def test_key_of_either_language_earns_everything(session: Session, organisation: Organisation, language: str) -> None:
    user = make_user(session, organisation, language=language)
    found = shares(session, user, hand_in(session, user, language, {}))
    assert found.pop("own-words") is None, "own words are left to people"
    assert len(found) == 9
    assert set(found.values()) == {1}


def test_wrong_answers_and_none_earn_what_the_quiz_said(session: Session, organisation: Organisation) -> None:
    user = make_user(session, organisation)
    attempt = hand_in(session, user, "en", WRONG)
    found = shares(session, user, attempt)
    assert {name: found[name] for name in WRONG} == dict.fromkeys(WRONG, 0)
    decided = [share for share in found.values() if share is not None]
    assert int(sum(decided) * 100 / len(decided)) == attempt.percent


def test_quiz_whose_course_was_not_kept_is_left_out(session: Session, organisation: Organisation) -> None:
    user = make_user(session, organisation)
    session.add(
        QuizAttempt(
            organisation_id=organisation.id, user_id=user.id, course="gone", version="1", seed=1, started_at=NOW,
            finished_at=NOW, percent=90, passed=True,
        )
    )  # fmt: skip
    session.commit()
    assert quiz_marks.marks_of(session, quizzes_handed_in(session, organisation.id, limit=10)) == {}


def test_every_kind_has_its_choices_counted(session: Session, organisation: Organisation) -> None:
    trainer = make_user(session, organisation, ["trainer"])
    wrong = {"plain-rolls": ("o1",), "find-it": ("4", "3"), "little-call": (the_course().edition("en").question("little-call").steps[0].replies[1].id,)}  # type: ignore[union-attr]  # fmt: skip
    for number in range(12):
        hand_in(session, make_user(session, organisation), "en", wrong if number < 3 else {})

    def counts(name: str) -> list[list[tuple[int, bool]]]:
        report = question_report.report_question(session, trainer.actor, FOLDER, "en", "every-kind", name)
        return [[(one.count, one.choice.right) for one in chosen] for _group, _count, chosen in report.groups]

    assert counts("find-it") == [[(9, True), (3, False)], [(0, False)] * 2 + [(12, True)] + [(0, False)] * 4]
    assert counts("little-call") == [[(9, True), (3, False)], [(9, True), (0, False)]]
    assert [sum(right * count for count, right in group) for group in counts("belongs")] == [12, 12, 12]
    assert [sum(right * count for count, right in group) for group in counts("which-is-better")] == [12, 12]
    assert counts("the-price") == counts("in-order") == []

"""Words that may have been misheard must not decide a reply: the same words count where they were heard surely."""

from __future__ import annotations

import random

import pytest

from bench.mishearing import mishear, sound_alike
from trainer.adapters.encoder import UniversalSentenceEncoder
from trainer.domain.grade import REPLY_CRITERIA, ReplyGrade
from trainer.language.reply import ReplyRow
from trainer.services.reply_grading import ReplyGrader

SITUATION = "Home cover 34 a month; no discount exists; cancellation within 14 days, free."
CUSTOMER = "Thirty-four a month is too much for me."
FALSE = "I can give you 20 percent off for the first year, so it is only 27 a month."
TRUE = "I understand, 34 is a lot every month. You may cancel within 14 days for free. Would you like to think it over?"


@pytest.fixture(scope="module")
def grader() -> ReplyGrader:
    return ReplyGrader(UniversalSentenceEncoder())


def heard(reply: str, *doubtful: str, sure: float = 0.95, unsure: float = 0.3) -> ReplyRow:
    """`reply` as it was recognized: sure of every word but the doubtful."""
    words = tuple((w, unsure if w in doubtful else sure) for w in reply.split())
    mean = sum(c * len(w) for w, c in words) / sum(len(w) for w, _ in words)
    return ReplyRow(reply, CUSTOMER, SITUATION, "en", "price", recognition=round(mean, 3), words=words)


def plainly(grade: ReplyGrade) -> tuple[object, ...]:
    return (grade.overall, grade.critical_error, grade.undecided, *(getattr(grade, c) for c in REPLY_CRITERIA))


def test_false_information_is_decided_when_its_words_were_heard_surely(grader):
    grade = grader.grade(heard(FALSE))
    assert grade.critical_error == "false_information"
    assert grade.undecided == ()


def test_false_information_waits_for_a_person_when_it_stands_in_doubtful_words(grader):
    grade = grader.grade(heard(FALSE, "20", "percent", "off", "27", "give", "first", "year,", "only"))
    assert grade.critical_error is None
    assert grade.undecided == REPLY_CRITERIA
    assert any(e.rule.startswith("false_information:") and e.rule.endswith(":hard_to_hear") for e in grade.evidence)


def test_false_information_waits_for_a_person_when_the_whole_was_hard_to_hear(grader):
    grade = grader.grade(heard(FALSE, sure=0.7))
    assert grade.critical_error is None
    assert grade.undecided == REPLY_CRITERIA
    assert grade.overall > 30, "what is not decided does not cap the mark"


def test_words_heard_surely_grade_like_typed_ones(grader):
    for reply in (TRUE, FALSE):
        typed = grader.grade(ReplyRow(reply, CUSTOMER, SITUATION, "en", "price"))
        assert plainly(grader.grade(heard(reply))) == plainly(typed)


def test_a_doubtful_small_word_leaves_a_good_reply_decided(grader):
    sure, doubtful = grader.grade(heard(TRUE)), grader.grade(heard(TRUE, "a", "I"))
    assert doubtful.undecided == ()
    assert doubtful.overall == sure.overall


def test_a_doubtful_word_that_a_correction_removed_changes_nothing(grader):
    words = (("discombobulated", 0.1), *((w, 0.95) for w in TRUE.split()))
    grade = grader.grade(ReplyRow(TRUE, CUSTOMER, SITUATION, "en", "price", recognition=0.93, words=words))
    assert grade.undecided == ()


def test_same_seed_mishears_the_same_and_another_one_differently():
    assert mishear(TRUE, "en", 0.3, 7) == mishear(TRUE, "en", 0.3, 7)
    assert len({mishear(TRUE, "en", 0.3, seed).text for seed in range(5)}) > 1


@pytest.mark.parametrize("rate", [0.05, 0.15, 0.3])
@pytest.mark.parametrize("language", ["en", "fr"])
def test_as_many_words_are_wrong_as_asked_for(rate, language):
    said = " ".join([TRUE if language == "en" else "Je comprends, vous avez quinze jours pour annuler sans frais."] * 5)
    errors = [mishear(said, language, rate, seed).errors for seed in range(20)]
    assert abs(sum(errors) / 20 / len(said.split()) - rate) < 0.02


def test_confidence_falls_with_the_errors():
    means = [sum(mishear(TRUE, "en", rate, s).confidence for s in range(40)) / 40 for rate in (0.0, 0.05, 0.15, 0.3)]
    assert means == sorted(means, reverse=True)
    assert means[0] > 0.9
    assert 0.68 < means[3] < 0.78


def test_numbers_are_taken_for_their_neighbours():
    assert sound_alike("Fifteen,", "en", random.Random(1)) == "Fifty,"
    assert sound_alike("treize", "fr", random.Random(1)) in ("seize", "trois")


def test_nothing_is_misheard_in_silence():
    assert mishear("", "en", 0.3, 1).text == ""

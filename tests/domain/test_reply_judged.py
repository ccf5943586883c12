"""Rules and judge compared: what agreement and disagreement do to a grade, and what they never do."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer.content.rubrics import reply_rubric
from trainer.domain.grade import REPLY_CRITERIA, REPLY_ERRORS
from trainer.domain.grading.reply import grade_reply
from trainer.domain.grading.reply_input import Finding, ReplyInput, Suspicion
from trainer.domain.grading.reply_judged import Opinion, compared, merge_opinions, questions_about
from trainer.domain.grading.reply_questions import QUESTIONS, questions_of

RUBRIC = reply_rubric()
CHECKS = sorted(questions_of(RUBRIC))
WORDS = "I can refund it today"
HEAD = dict.fromkeys(REPLY_CRITERIA, 2.5) | {"overall": 60.0}


def a_reply(values: dict[str, float] | None = None, *suspicions: Suspicion, recognition: float = 1.0) -> ReplyInput:
    findings = tuple(Finding(check, value, WORDS, "rule/1") for check, value in (values or {}).items())
    return ReplyInput(f"Well. {WORDS}.", "en", "price", findings, suspicions, HEAD, recognition)


def yes(check: str) -> Opinion:
    return Opinion(check, "yes", WORDS)


def no(check: str, quote: str = "") -> Opinion:
    return Opinion(check, "no", quote)


def test_every_check_of_the_rubric_has_its_question():
    assert {check.id for c in RUBRIC.criteria for check in c.checks} == set(CHECKS) == set(QUESTIONS)
    assert all(question.endswith("?") for question in QUESTIONS.values())


@pytest.mark.parametrize(
    ("value", "opinion", "merged"),
    [
        (1.0, yes("pushes"), "yes"), (0.0, no("pushes"), "no"), (0.5, no("pushes", WORDS), "undecided"), (0.5, no("pushes"), None),
        (0.2, yes("pushes"), "undecided"), (0.4, yes("pushes"), None), (0.4, no("pushes"), None),
        (1.0, Opinion("pushes", "undecided", ""), None), (1.0, Opinion("pushes", "no", "other words"), None),
        (0.0, Opinion("pushes", "yes", "other words"), None), (0.0, Opinion("pushes", "yes", ""), None),
        (1.0, Opinion("pushes", "maybe", WORDS), None),
    ],
)  # fmt: skip
def test_a_check_is_undecided_only_when_both_are_clear_and_differ(value, opinion, merged):
    assert compared(a_reply({"pushes": value}), [opinion]).get("pushes") == merged


def test_disagreement_makes_every_criterion_of_the_check_undecided_and_shows_the_words():
    reply = a_reply({"timed_step": 0.0})
    grade = grade_reply(reply, RUBRIC)
    merged = merge_opinions(grade, reply, [yes("timed_step")], RUBRIC)
    assert grade.undecided == ()
    assert merged.undecided == ("close",)
    assert merged.confidence < grade.confidence
    (row,) = merged.evidence[len(grade.evidence) :]
    assert (row.criterion, row.quote, row.rule) == ("close", WORDS, "timed_step:judge/yes")


def test_agreement_raises_confidence_a_bit_and_changes_nothing_else():
    reply = a_reply({"offers_step": 1.0})
    grade = replace(grade_reply(reply, RUBRIC), confidence=0.6)
    merged = merge_opinions(grade, reply, [yes("offers_step"), *(no(c) for c in CHECKS if c != "offers_step")], RUBRIC)
    assert merged == replace(grade, confidence=0.7)


def test_confidence_stays_below_the_recognizers():
    reply = a_reply(recognition=0.6)
    grade = replace(grade_reply(reply, RUBRIC), confidence=0.55)
    assert merge_opinions(grade, reply, [no(c) for c in CHECKS], RUBRIC).confidence == 0.6


@pytest.mark.parametrize("certainty", [0.9, 0.3], ids=["certain", "suspected"])
@pytest.mark.parametrize("error", REPLY_ERRORS)
def test_agreement_adds_nothing_beside_a_critical_error(error, certainty):
    reply = a_reply({}, Suspicion(error, certainty, WORDS, "rule/1"))
    grade = grade_reply(reply, RUBRIC)
    assert merge_opinions(grade, reply, [no(c) for c in CHECKS], RUBRIC) == grade


def test_a_judge_without_an_opinion_leaves_the_grade():
    reply = a_reply({"offers_step": 1.0})
    grade = grade_reply(reply, RUBRIC)
    for silent in ([], [Opinion("offers_step", "undecided", "")], [Opinion("unknown", "yes", "no such words")]):
        assert merge_opinions(grade, reply, silent, RUBRIC) is grade


@given(
    st.dictionaries(st.sampled_from(CHECKS), st.floats(0, 1)),
    st.lists(st.builds(Opinion, st.sampled_from(CHECKS), st.sampled_from(["yes", "no"]), st.sampled_from([WORDS, ""]))),
    st.lists(st.tuples(st.sampled_from(REPLY_ERRORS), st.floats(0, 1)), max_size=2),
)
def test_no_opinion_moves_a_level_the_overall_or_a_critical_error(values, opinions, errors):
    reply = a_reply(values, *(Suspicion(error, certainty, WORDS, "rule/1") for error, certainty in errors))
    grade = grade_reply(reply, RUBRIC)
    merged = merge_opinions(grade, reply, opinions, RUBRIC)
    kept = {"confidence": grade.confidence, "undecided": grade.undecided, "evidence": grade.evidence}
    assert replace(merged, **kept) == grade
    assert set(grade.undecided) <= set(merged.undecided)
    assert 0 <= merged.confidence <= 1


def test_a_reply_that_may_speak_to_the_grader_is_kept_from_the_judge():
    assert list(questions_about(a_reply(), RUBRIC)) == list(questions_of(RUBRIC))
    assert questions_about(a_reply({}, Suspicion("injection_attempt", 0.3, WORDS, "rule/1")), RUBRIC) == {}
    assert questions_about(replace(a_reply(), reply=""), RUBRIC) == {}

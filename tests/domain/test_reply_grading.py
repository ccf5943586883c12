"""The grade of a reply from what was measured: levels, caps, doubts and evidence."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer.content.rubrics import reply_rubric
from trainer.domain.grade import REPLY_CRITERIA, REPLY_ERRORS
from trainer.domain.grading.reply import grade_reply
from trainer.domain.grading.reply_input import Finding, ReplyInput, Suspicion

RUBRIC = reply_rubric()
CHECKS = sorted({check.id for criterion in RUBRIC.criteria for check in criterion.checks})
GOOD = ("uses_facts", "several_facts", "human_word", "offers_step", "timed_step", "checks_acceptance", "free_choice")


def a_reply(
    *holding: str,
    head: dict[str, float] | None = None,
    suspicions: tuple[Suspicion, ...] = (),
    recognition: float = 1.0,
) -> ReplyInput:
    findings = tuple(Finding(check, 1.0, "some words", "rule/1") for check in holding)
    return ReplyInput("some words", "en", "price", findings, suspicions, head, recognition)


def a_head(level: float, overall: float) -> dict[str, float]:
    return dict.fromkeys(REPLY_CRITERIA, level) | {"overall": overall}


def sure_of(error: str, certainty: float = 0.9) -> Suspicion:
    return Suspicion(error, certainty, "the words", "rule/1")


def test_levels_rise_when_good_checks_hold():
    poor, good = grade_reply(a_reply(), RUBRIC), grade_reply(a_reply(*GOOD), RUBRIC)
    assert good.overall > poor.overall + 30
    assert all(getattr(good, c) >= getattr(poor, c) for c in REPLY_CRITERIA)


def test_overall_follows_the_guide_when_no_head_speaks():
    grade = grade_reply(a_reply(*GOOD, "asks_cause", "names_concern", "clean_exit"), RUBRIC)
    weights = {c.id: c.weight for c in RUBRIC.criteria}
    guide = sum(weights[c] * getattr(grade, c) for c in REPLY_CRITERIA) / 4
    assert abs(grade.overall - guide) <= 13


def test_overall_moves_by_at_most_the_effect_when_the_impression_differs():
    plain = grade_reply(a_reply(head=a_head(2.0, 50.0)), RUBRIC)
    moved = grade_reply(a_reply(head=a_head(2.0, 100.0)), RUBRIC)
    assert moved.overall - plain.overall <= RUBRIC.effect + 1


@pytest.mark.parametrize("error", REPLY_ERRORS)
def test_overall_is_capped_when_a_critical_error_stands(error):
    grade = grade_reply(a_reply(*GOOD, suspicions=(sure_of(error),)), RUBRIC)
    assert grade.critical_error == error
    assert grade.overall <= RUBRIC.error(error).cap
    assert grade.evidence[0].quote == "the words"
    for criterion, limit in RUBRIC.error(error).limits.items():
        assert getattr(grade, criterion) <= limit


def test_gravest_error_stands_when_two_are_about_as_sure():
    both = (sure_of("false_information", 0.9), sure_of("data_disclosure", 0.8))
    assert grade_reply(a_reply(suspicions=both), RUBRIC).critical_error == "data_disclosure"


def test_surer_error_stands_when_the_graver_is_far_less_sure():
    both = (sure_of("blame_customer", 0.95), sure_of("rude", 0.5))
    assert grade_reply(a_reply(suspicions=both), RUBRIC).critical_error == "blame_customer"


def test_error_is_only_doubtful_when_the_whole_impression_contradicts_it():
    suspicion = (sure_of("ignored_customer", 0.5),)
    grade = grade_reply(a_reply(*GOOD, head=a_head(3.5, 85.0), suspicions=suspicion), RUBRIC)
    assert grade.critical_error is None


def test_doubtful_error_is_left_to_a_person_when_it_is_not_decided():
    clear = grade_reply(a_reply(*GOOD, head=a_head(3.0, 70.0)), RUBRIC)
    doubtful = grade_reply(a_reply(*GOOD, head=a_head(3.0, 70.0), suspicions=(sure_of("rude", 0.3),)), RUBRIC)
    assert doubtful.critical_error is None
    assert "conduct" in doubtful.undecided
    assert doubtful.confidence < clear.confidence
    assert doubtful.overall == clear.overall


def test_everything_is_undecided_when_recognition_was_poor():
    grade = grade_reply(a_reply(*GOOD, recognition=0.3), RUBRIC)
    assert grade.undecided == REPLY_CRITERIA
    assert grade.confidence <= 0.3


def test_undecided_criterion_never_lowers_the_overall():
    """What head and checks contradict each other about is left out of the mark, where it would cost something."""
    head = dict.fromkeys(REPLY_CRITERIA, 4.0)
    agreed = grade_reply(a_reply(*GOOD, head=head), RUBRIC)
    torn = grade_reply(a_reply(*GOOD, head=head | {"close": 0.0}), RUBRIC)
    assert torn.undecided == ("close",)
    assert torn.close <= 1
    assert torn.overall >= agreed.overall - 1


def test_level_lost_in_doubtful_words_costs_nothing():
    clear = a_reply("several_facts", "offers_step", "free_choice", "checks_acceptance")
    cold = a_reply("several_facts", "offers_step", "free_choice", "checks_acceptance", "cold", "forbidden_phrase")
    doubtful = grade_reply(replace(cold, hearings=(clear,)), RUBRIC)
    assert doubtful.undecided == ("conduct",)
    assert doubtful.overall > grade_reply(cold, RUBRIC).overall


def test_error_is_undecided_when_it_goes_with_the_doubtful_words():
    claimed = a_reply(*GOOD, suspicions=(sure_of("false_information"),))
    grade = grade_reply(replace(claimed, hearings=(a_reply(*GOOD),)), RUBRIC)
    assert grade.critical_error is None
    assert grade.undecided == REPLY_CRITERIA
    assert grade.overall == grade_reply(a_reply(*GOOD), RUBRIC).overall, "it takes nothing away meanwhile"
    assert [e.rule for e in grade.evidence if "false_information" in e.rule] == [
        "false_information:rule/1:hard_to_hear"
    ]


def test_error_is_decided_when_it_stands_without_the_doubtful_words():
    claimed = a_reply(suspicions=(sure_of("rude"),))
    assert grade_reply(replace(claimed, hearings=(claimed,)), RUBRIC).critical_error == "rude"


def test_likely_error_is_not_ruled_out_when_the_whole_was_hard_to_hear():
    unclear = a_reply(*GOOD, suspicions=(sure_of("rude", 0.3),), recognition=RUBRIC.hearing.error_from - 0.01)
    assert grade_reply(unclear, RUBRIC).undecided == REPLY_CRITERIA


def test_criterion_is_undecided_when_head_and_checks_contradict():
    grade = grade_reply(a_reply("hurts", "blames", "pushes", head=a_head(4.0, 95.0)), RUBRIC)
    assert "conduct" in grade.undecided


def test_evidence_names_the_check_and_its_rule():
    grade = grade_reply(a_reply("names_concern"), RUBRIC)
    assert ("listen_acknowledge", "some words", "names_concern:rule/1") in {
        (e.criterion, e.quote, e.rule) for e in grade.evidence
    }


values = st.dictionaries(st.sampled_from(CHECKS), st.floats(0, 1))
heads = st.one_of(st.none(), st.builds(a_head, st.floats(-2, 6, allow_nan=False), st.floats(-50, 150, allow_nan=False)))
doubts = st.lists(st.builds(sure_of, st.sampled_from(REPLY_ERRORS), st.floats(0, 1)), max_size=4).map(tuple)


@given(values, heads, doubts, st.floats(0, 1))
def test_grade_stays_in_bounds_whatever_was_measured(checks, head, suspicions, recognition):
    findings = tuple(Finding(c, v, "", "rule/1") for c, v in checks.items())
    measured = replace(a_reply(head=head, suspicions=suspicions, recognition=recognition), findings=findings)
    grade = grade_reply(measured, RUBRIC)
    assert all(0 <= getattr(grade, c) <= 4 for c in REPLY_CRITERIA)
    assert 0 <= grade.overall <= 100
    assert 0 <= grade.confidence <= 1
    assert grade == grade_reply(measured, RUBRIC)
    if grade.critical_error:
        assert grade.overall <= RUBRIC.error(grade.critical_error).cap

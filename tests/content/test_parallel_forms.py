"""Forms of a scenario are parallel: whoever plays another form has a call that is as hard, ends alike and is marked alike.

Hypothesis draws the seeds, and shares `FORMS` of them evenly among all scenarios and languages; a longer run draws more:
`PARALLEL_FORMS=2000 python -m pytest -n 0 tests/content/test_parallel_forms.py`. Every form is compared with the
first one of its scenario. What was understood of a text is remembered: most replies are said in many forms.

What the marks show (26 November 2026, 26 scenarios in two languages, 6 to 14 forms of each): the highest and the lowest
mark of the model operator's calls are at most two points apart in three quarters of the scenarios, at most five in nine
of ten, and nine in the widest. What moves them is not the form but the customer's wording, which is drawn with it:
whether a model line takes up the customer's own words (`needs.reflects`), and how a reply to an objection reads beside
them. A customer who has decided otherwise has another call, with other checks in it, hence `POINTS_OTHERWISE`.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.factories.model_calls import graded_model_call
from tests.factories.scenarios import all_scenarios, case_of
from tests.golden.calls.play import ports_with_encoder
from trainer.domain.dialogue import CallState, fact_hints, topic_hints
from trainer.domain.dialogue.operators import OPERATORS, Played, play
from trainer.domain.grade import CallGrade
from trainer.domain.scenario import Case
from trainer.domain.understanding import Understanding
from trainer.language.reflection import last_customer_line
from trainer.language.understand import understand
from trainer.services import call_understanding

FORMS = int(os.environ.get("PARALLEL_FORMS", "200"))
"""Forms drawn over the whole run, besides the first one of each scenario and language."""
POINTS, POINTS_OTHERWISE = 10, 12
"""The most by which a form's mark differs from the first form's: where both draw the same decision, and where not."""
FIRST = 0
"""The seed of the form that others are compared with."""
PLAYABLE = sorted((slug, language) for slug, scenario in all_scenarios().items() for language in scenario.languages)
EVENLY = settings(max_examples=max(1, FORMS // len(PLAYABLE)), deadline=None, derandomize=True, database=None)
"""Derandomized: a run tells of the change that was made, not of the day; more forms are drawn by asking for more."""
SEEDS = st.integers(1, 100_000)
PORTS = replace(ports_with_encoder(), encoder=None)
each_scenario = pytest.mark.parametrize(("slug", "language"), PLAYABLE, ids=[" ".join(row) for row in PLAYABLE])

_remembered: dict[tuple[Any, ...], Understanding] = {}


def understand_once(
    text: str, *, language: str, context: Sequence[str] = (), facts: Any = (), topics: Any = (), **rest: Any
) -> Understanding:
    """As `understand`, which reads nothing of the context but the customer's last line."""
    line = last_customer_line(context)
    key = (text, language, line, facts, topics, *sorted(rest.items()))
    if key not in _remembered:
        heard = (f"customer: {line}",) if line else ()
        _remembered[key] = understand(text, language=language, context=heard, facts=facts, topics=topics, **rest)
    return _remembered[key]


@pytest.fixture(scope="module", autouse=True)
def _once() -> Iterator[None]:
    """Graded calls remember too."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(call_understanding, "understand", understand_once)
        yield
    _remembered.clear()


def by_rules(text: str, case: Case, state: CallState, said: Sequence[str]) -> Understanding:
    facts, topics = fact_hints(case, state), topic_hints(case)
    return understand_once(
        text, language=case.language, speaker="agent", context=tuple(said)[-4:], facts=facts, topics=topics,
        recognition_confidence=1.0, encode=None,
    )  # fmt: skip


@lru_cache(maxsize=2 * len(PLAYABLE))
def played(slug: str, language: str, seed: int) -> Mapping[str, Played]:
    """The call of each operator with that form."""
    case = case_of(slug, language, seed)
    return {name: play(case, operator(), by_rules) for name, operator in OPERATORS.items()}


@lru_cache(maxsize=2 * len(PLAYABLE))
def grade_of(slug: str, language: str, seed: int) -> CallGrade:
    """The grade of the model operator's call."""
    case = case_of(slug, language, seed)
    return graded_model_call(case, played(slug, language, seed)["model"], PORTS).grade


@lru_cache(maxsize=2 * len(PLAYABLE))
def decided(slug: str, language: str, seed: int) -> tuple[str, ...]:
    """What this form draws that decides how the call ends: a firm no, and what lies behind it (the truth of a choice)."""
    case = case_of(slug, language, seed)
    choices = tuple(field.truth for field in case.form if field.type == "choice")
    return (*(objection.firm for objection in case.objections), *choices)


@each_scenario
def test_forms_end_alike_and_are_marked_alike_when_the_same_operator_plays_them(slug: str, language: str) -> None:
    @EVENLY
    @given(seed=SEEDS)
    def compare(seed: int) -> None:
        alike = decided(slug, language, seed) == decided(slug, language, FIRST)
        for name, call in played(slug, language, seed).items():
            first = played(slug, language, FIRST)[name]
            assert not call.stuck
            assert call.success == first.success, f"{name}: {call.transcript()}"
            assert call.outcome == first.outcome or not alike, f"{name}: {call.transcript()}"
        grade = grade_of(slug, language, seed)
        assert abs(grade.overall - grade_of(slug, language, FIRST).overall) <= (POINTS if alike else POINTS_OTHERWISE)
        assert not [error for error in grade.errors if error.decided], "whoever says the model lines fails in this form"

    compare()


def test_the_example_of_a_hard_form_is_found_when_one_is_harder() -> None:
    """The comparison can fail: with a customer who is impatient from the start, the same operator does not get there."""
    case = case_of("late-parcel", "en", 0)
    hurried = replace(case, persona=replace(case.persona, patience=1), silence_s=(1.0, 2.0, 3.0))
    usual, harder = (play(one, OPERATORS["late_model"](), by_rules) for one in (case, hurried))
    assert usual.success
    assert not harder.success


@each_scenario
def test_a_form_draws_what_it_drew_before_when_it_is_opened_again(slug: str, language: str) -> None:
    scenario = all_scenarios()[slug]
    assert case_of(slug, language, 7) == case_of(slug, language, 7)
    drawn = {tuple(sorted(case_of(slug, language, seed).variables.items())) for seed in range(12)}
    assert len(drawn) > 1 or not scenario.variables

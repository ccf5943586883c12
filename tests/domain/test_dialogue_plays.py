"""Whole calls: same form, same call; the state is a fold; nothing is said twice; scripted operators get what they earn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.factories.scenarios import case_of
from tests.factories.understanding import understand_plainly, understood
from trainer.domain.dialogue import advance, fold, is_success, react, start
from trainer.domain.dialogue.operators import OPERATORS, Played, Turn, play
from trainer.domain.dialogue.state import CallState
from trainer.domain.scenario import Case
from trainer.domain.understanding import OPERATOR_ACTS, Act, Understanding

SLUGS = ("care-plan-call", "late-parcel", "new-home-internet")
"""The scenarios whose model lines the plain twin of understanding can read; `test_dialogue_properties` plays them all."""
seeds = st.integers(0, 10_000)
slugs = st.sampled_from(SLUGS)
languages = st.sampled_from(("en", "fr"))
names = st.sampled_from(sorted(OPERATORS))
few = settings(max_examples=40, deadline=None)


def played(slug: str, language: str, seed: int, name: str) -> Played:
    return play(case_of(slug, language, seed), OPERATORS[name](), understand_plainly)


def customer_lines(call: Played) -> list[str]:
    return [str(e.data["text"]) for e in call.events if e.type == "customer_line"]


@given(slugs, languages, seeds, names)
@few
def test_the_same_form_gives_the_same_call(slug: str, language: str, seed: int, name: str) -> None:
    assert case_of(slug, language, seed) == case_of(slug, language, seed)
    assert played(slug, language, seed, name).events == played(slug, language, seed, name).events


@given(slugs, languages, seeds, names)
@few
def test_the_state_is_the_fold_of_the_events(slug: str, language: str, seed: int, name: str) -> None:
    case, call = case_of(slug, language, seed), played(slug, language, seed, name)
    assert fold(case, call.events) == call.state
    state = start(case)
    for place, event in enumerate(call.events, start=1):
        state = advance(case, state, event)
        assert state == fold(case, call.events[:place])
        assert all(0 <= value <= 10 for value in (state.patience, state.trust, state.resistance))


@given(slugs, languages, seeds, names)
@few
def test_no_line_is_said_twice_in_a_call(slug: str, language: str, seed: int, name: str) -> None:
    lines = customer_lines(played(slug, language, seed, name))
    assert len(lines) == len(set(lines))
    assert all(line.strip() and "{" not in line for line in lines)


@pytest.mark.parametrize("slug", SLUGS)
@pytest.mark.parametrize("language", ["en", "fr"])
def test_operators_get_what_they_earn_when_a_form_is_played(slug: str, language: str) -> None:
    for seed in range(12):
        results = {name: played(slug, language, seed, name) for name in OPERATORS}
        assert not [name for name, call in results.items() if call.stuck]
        good = {name for name, call in results.items() if call.success}
        assert good == {"model", "late_model"}, (slug, language, seed, good)


def test_different_forms_are_different_calls() -> None:
    for slug in SLUGS:
        calls = {tuple(customer_lines(played(slug, "en", seed, "model"))) for seed in range(12)}
        assert len(calls) >= 8, slug


def test_some_forms_of_the_sale_end_well_with_a_no_and_some_with_an_order() -> None:
    outcomes = {
        played("care-plan-call", language, seed, "model").outcome for seed in range(12) for language in ("en", "fr")
    }
    assert outcomes == {"order_placed", "refused_politely"}


acts = st.lists(st.sampled_from(OPERATOR_ACTS), max_size=4)
words = st.sampled_from(
    ("Well.", "So, tell me more about it.", "I see what you mean there.", "?", "Right then, madam.")
)


@given(
    slugs, seeds, st.lists(st.tuples(words, acts, st.sampled_from(("none", "open", "closed"))), min_size=1, max_size=25)
)
@settings(max_examples=60, deadline=None)
def test_any_operator_comes_to_an_end_and_never_breaks_the_customer(
    slug: str, seed: int, turns: list[tuple[str, list[str], str]]
) -> None:
    """Whatever acts are heard, in whatever order: a line each time, and the fold agrees."""

    def operator(case: Case, state: CallState, turn: int) -> Turn | None:
        return Turn(turns[turn][0]) if turn < len(turns) else None

    def understand(text: str, case: Case, state: CallState, said: Sequence[str]) -> Understanding:
        _, found, question = turns[state.turns - 1]
        plain = understood(text, question=question, topics=[t.id for t in case.topics][seed % 3 : seed % 5])
        return replace(plain, acts=tuple(Act(a, text, 0, len(text), 0.9, "test") for a in found))

    case = case_of(slug, "en", seed)
    call = play(case, operator, understand)
    assert fold(case, call.events) == call.state
    lines = customer_lines(call)
    assert len(lines) == len(set(lines))
    if not is_success(case, call.state, call.outcome):
        assert not call.success


def test_the_customer_answers_alike_whatever_was_understood_twice() -> None:
    case = case_of("late-parcel")
    state = start(case)
    turn = understood("How can I help you?", question="open", acts=["greeting"])
    assert react(case, state, turn) == react(case, state, turn)

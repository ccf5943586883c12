"""The scenario library as a whole: each duty and each kind of objection is practised, from easy to hard, in both languages."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.factories.scenarios import all_scenarios
from trainer.domain.scenario import DUTIES, OBJECTION_TYPES, Case

CASES = [scenario.templates["en"] for scenario in all_scenarios().values()]


def with_end(outcome: str) -> list[Case]:
    """Scenarios of which that outcome is a good end."""
    return [case for case in CASES if any(end.outcome == outcome and end.success for end in case.ends)]


def test_there_are_two_dozen_in_both_languages_over_several_companies() -> None:
    assert len(CASES) >= 24
    assert all(set(scenario.languages) >= {"en", "fr"} for scenario in all_scenarios().values())
    assert len({case.company.slug for case in CASES}) >= 5


@pytest.mark.parametrize("duty", DUTIES)
def test_every_duty_is_practised_in_two_calls_or_more(duty: str) -> None:
    assert sum(duty in case.duties for case in CASES) >= 2


@pytest.mark.parametrize("kind", OBJECTION_TYPES)
def test_every_kind_of_objection_is_met(kind: str) -> None:
    assert any(objection.type == kind for case in CASES for objection in case.objections)


def test_difficulty_goes_from_one_to_five() -> None:
    steps = Counter(case.difficulty for case in CASES)
    assert set(steps) == {1, 2, 3, 4, 5}
    assert min(steps.values()) >= 2


def test_two_are_service_calls_without_objections_and_say_so() -> None:
    service = [case for case in CASES if not case.objections]
    assert len(service) >= 2
    assert all(case.rubric == "service-1" and case.inside_words for case in service)
    assert {case.form[0].sheet for case in service} >= {"enquiry", "ride"}  # to inform, and to book


def test_in_some_the_right_end_is_the_customers_no() -> None:
    assert len(with_end("refused_politely")) >= 4


def test_in_two_the_caller_is_not_who_they_claim() -> None:
    assert sum(not case.is_holder for case in CASES) >= 2


def test_two_are_handed_over_to_a_colleague_who_has_to_be_briefed() -> None:
    briefed = [case for case in with_end("transferred") if case.specialists]
    assert len(briefed) >= 2


def test_two_are_surveys_and_two_answer_the_website() -> None:
    surveys = [case for case in CASES if any(sheet.kind == "survey" for sheet in case.sheets)]
    assert len(surveys) >= 2
    assert sum("IN6" in case.duties for case in CASES) >= 2


def test_every_company_has_something_to_look_up_and_somebody_to_mistake() -> None:
    for case in CASES:
        assert len(case.company.articles) >= 3, case.company.slug
        assert len(case.company.snippets) >= 2, case.company.slug
        assert len(case.company.customers) >= 3, case.company.slug
        assert case.menu is not None, case.company.slug

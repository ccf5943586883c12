"""A dataclass is the same after its document, and documents of other times stay readable."""

from __future__ import annotations

import json
from dataclasses import replace

from tests.factories.calls import make_case, make_scenario
from trainer.domain.grade import Advice, CallGrade, Check, CriterionGrade, Evidence
from trainer.domain.scenario import Case, Scenario
from trainer.store.documents import from_document, to_document


def test_scenario_survives_its_json_document() -> None:
    scenario = make_scenario()
    assert from_document(Scenario, json.loads(json.dumps(to_document(scenario)))) == scenario


def test_grade_survives_its_json_document() -> None:
    evidence = Evidence("hello", "greeting.1", 0.9, 3, 0.5, None)
    check = Check("greeting", "opening", "yes", 2, (evidence,), {"name": "Parcelo"})
    grade = CallGrade(
        "s", "1", "r", "u", "resolved", True, 80, True, (CriterionGrade("opening", 10, None, (check,)),), (), (), (),
        {"words_per_minute": 140.5}, ("x",), Advice("opening", None, "a", "b", "c", 2),
    )  # fmt: skip
    assert from_document(CallGrade, json.loads(json.dumps(to_document(grade)))) == grade
    assert from_document(CallGrade, to_document(replace(grade, advice=None))).advice is None


def test_document_of_another_time_is_read_as_far_as_it_is_known() -> None:
    case = make_case()
    document = to_document(case)
    document["invented_later"] = 1
    del document["silence_s"]
    assert from_document(Case, document) == case

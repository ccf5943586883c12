"""The rubrics for calls: complete, in both languages, the right one for each call, and wrong files told with their lines."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.factories.cases import make_graded_case
from trainer.content.call_rubric import call_rubric, call_rubric_files, read_call_rubric, rubric_of
from trainer.content.rubrics import FOLDER, RubricError
from trainer.domain.grade import EVERY_CRITERION
from trainer.domain.grading.call_rubric import CHECKS, IN_FORCE, WITH_OBJECTIONS, WITHOUT_OBJECTIONS, CallRubric

TEXT = {version: (FOLDER / f"{version}.yaml").read_text(encoding="utf-8") for version in IN_FORCE}
NOT_ASKED = {"call-1": {"clarity"}, "service-1": {"objections"}}
each_rubric = pytest.mark.parametrize("rubric", [call_rubric(version) for version in IN_FORCE], ids=IN_FORCE)


@each_rubric
def test_rubric_asks_every_check_that_can_be_answered_of_its_criteria(rubric: CallRubric) -> None:
    asked = {check.id for one in rubric.criteria for check in one.checks}
    left_out = NOT_ASKED[rubric.version]
    known = {f"{name}.{check}" for name, checks in CHECKS.items() if name not in left_out for check in checks}
    # whether it suits the customer is asked once: as clarity.understood
    assert asked == known - ({"solution.acceptance"} if rubric.version == WITHOUT_OBJECTIONS else set())


@each_rubric
def test_weights_add_up_to_a_hundred_and_keep_the_fields_shares(rubric: CallRubric) -> None:
    weights = {one.id: one.weight for one in rubric.criteria}
    assert sum(weights.values()) == 100
    assert 15 <= weights["identification"] + weights["record"] <= 25
    communication = ("opening", "closing", "hold_transfer", "delivery", "handling_time", "clarity")
    assert 20 <= sum(weights.get(name, 0) for name in communication) <= 35
    resolution = weights["needs"] + weights["accuracy"] + weights["solution"]
    assert 25 <= resolution <= (35 if "objections" in weights else 45)


def test_need_accuracy_and_record_weigh_most_in_a_service_call() -> None:
    weights = {one.id: one.weight for one in call_rubric(WITHOUT_OBJECTIONS).criteria}
    assert set(sorted(weights, key=lambda name: -weights[name])[:3]) == {"needs", "accuracy", "record"}


def test_what_both_rubrics_ask_is_asked_in_the_same_words() -> None:
    one, other = (
        {item.id: item.question for part in call_rubric(version).criteria for item in part.checks}
        for version in IN_FORCE
    )
    assert all(one[name] == other[name] for name in one.keys() & other.keys())
    titles = [{part.id: part.title for part in call_rubric(version).criteria} for version in IN_FORCE]
    assert {**titles[0], **titles[1]} == {**titles[1], **titles[0]}
    assert set(EVERY_CRITERION) == titles[0].keys() | titles[1].keys()


def test_the_objections_of_a_case_choose_its_rubric_unless_it_names_one() -> None:
    case = make_graded_case()
    assert rubric_of(case).version == WITH_OBJECTIONS
    assert rubric_of(replace(case, objections=())).version == WITHOUT_OBJECTIONS
    assert rubric_of(replace(case, objections=(), rubric="call-1")).version == "call-1"


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("weight: 6\n", "weight: 7\n", "add up to"),
        ("opening.greeting,", "opening.smile,", "opening.smile"),
        ("  pass_mark: 70 ", "  pass_marc: 70 ", "pass_marc"),
        ("fr: Ouverture", "fr: ''", "'fr' is empty"),
        ("  - id: needs", "  - id: wants", "criteria have to be"),
        ("opening.greeting, weight: 2", "opening.greeting, weight: yes", "weight"),
        ("version: call-1", "version: call-2", "file's own name"),
        ("id: call\n", "id: chat\n", "call or service is right"),
        ("id: call\n", "id: service\n", "clarity"),
        ("opening.reason,", "opening.greeting,", "stands twice"),
        ("  repeats: 3 ", "  explaining_words: 60\n  repeats: 3 ", "unknown key 'explaining_words'"),
        ("criteria:\n", "criteria: [\n", "not YAML"),
    ],
)
def test_wrong_file_is_told_with_its_line(tmp_path: Path, old: str, new: str, told: str) -> None:
    assert_told(tmp_path, "call-1", old, new, told)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("  explaining_words: 60 ", "  # ", "'explaining_words' is missing"),
        ("clarity.plain,", "clarity.kind,", "clarity.kind"),
        ("  - id: clarity", "  - id: objections", "criteria have to be"),
    ],
)
def test_wrong_service_file_is_told_with_its_line(tmp_path: Path, old: str, new: str, told: str) -> None:
    assert_told(tmp_path, "service-1", old, new, told)


def assert_told(folder: Path, version: str, old: str, new: str, told: str) -> None:
    assert old in TEXT[version]
    path = folder / f"{version}.yaml"
    path.write_text(TEXT[version].replace(old, new, 1), encoding="utf-8")
    with pytest.raises(RubricError, match=rf"{version}\.yaml:\d+: ") as caught:
        read_call_rubric(path)
    assert told in str(caught.value)


def test_unknown_version_is_a_key_error() -> None:
    assert set(call_rubric_files()) >= set(IN_FORCE)
    with pytest.raises(KeyError):
        call_rubric("call-0")

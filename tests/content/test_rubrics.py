"""Reading rubrics: the shipped one is whole, and faults are named with file and line."""

from __future__ import annotations

import pytest

from trainer.content.rubrics import CURRENT, FOLDER, RubricError, read_rubric, reply_rubric
from trainer.domain.grade import REPLY_CRITERIA, REPLY_ERRORS
from trainer.language.reply_checks import CHECKS

TEXT = (FOLDER / f"{CURRENT}.yaml").read_text(encoding="utf-8")


def faults_of(tmp_path, text: str) -> str:
    path = tmp_path / "broken-1.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(RubricError) as caught:
        read_rubric(path)
    return str(caught.value)


def test_shipped_rubric_has_every_criterion_and_error_in_both_languages():
    rubric = reply_rubric()
    assert tuple(c.id for c in rubric.criteria) == REPLY_CRITERIA
    assert tuple(e.id for e in rubric.errors) == REPLY_ERRORS
    assert sum(c.weight for c in rubric.criteria) == 100
    assert rubric.version == CURRENT


def test_every_check_of_the_rubric_is_computed_and_every_computed_check_is_published():
    named = {check.id for criterion in reply_rubric().criteria for check in criterion.checks}
    assert named <= set(CHECKS)
    assert set(CHECKS) - named <= {"no_question"}


def test_unknown_key_is_named_with_its_line(tmp_path):
    message = faults_of(tmp_path, TEXT.replace("doubt_gap:", "dout_gap:"))
    assert "broken-1.yaml:" in message
    assert "'dout_gap'" in message
    assert "'doubt_gap' is missing" in message


def test_every_fault_is_reported_at_once(tmp_path):
    message = faults_of(tmp_path, TEXT.replace("weight: 35", "weight: 350").replace("cap: 15", "cap: many"))
    assert "'weight' is 350" in message
    assert "'cap' is 'many'" in message


def test_broken_yaml_is_one_clear_line(tmp_path):
    assert "not YAML" in faults_of(tmp_path, "criteria: [")


def test_empty_file_is_an_error_and_no_crash(tmp_path):
    assert "a mapping" in faults_of(tmp_path, "")


def test_unknown_version_is_a_key_error():
    with pytest.raises(KeyError):
        reply_rubric("objection-99")

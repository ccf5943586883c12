"""What authors get wrong in lessons and questions of every kind is told with its file and line, and what would be right."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from trainer.config import ROOT
from trainer.content.courses import load_course
from trainer.content.exams import load_exams
from trainer.content.passages import passage_problems
from trainer.content.problems import ContentError

SAMPLES = ROOT / "tests" / "data" / "courses"
LESSON, BANK = "01-all-of-it.en.md", "questions/01-all-of-it.yaml"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return shutil.copytree(SAMPLES / "every-kind", tmp_path / "every-kind")


def change(path: Path, old: str, new: str) -> int:
    """Replace the first `old`; the line where it stood."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1


def told(folder: Path) -> str:
    with pytest.raises(ContentError) as error:
        load_course(folder)
    return str(error.value)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("::: listen A number", "::: lissen A number", "'lissen' is no kind of block; did you mean 'listen'?"),
        ("::: spot 3 Where", "::: spot 9 Where", "needs the number of the fundamental error (1 to 7) and a title"),
        ("O!: Yes, it always", "O: Yes, it always", "needs one line that begins with 'O!: '"),
        ("O: Forty, tomorrow", "O!: Forty, tomorrow", "'O!:' marks the error of a block 'spot'"),
        ("voices: woman man\nC: Forty rolls, half of them plain, for tomorrow at seven.\nO: Forty", "voices: woman\nC: F.\nO: Forty", "needs two voices"),
        ("::: question plain-rolls", "::: question plane-rolls", "the bank has no question 'plane-rolls'; did you mean"),
        ("::: drill typing", "::: drill juggling", "'juggling' is not known"),
        ("::: sign job-description", "::: sign contract", "'contract' is not known"),
        ("::: sources\n- The", "::: sources\n:::\n\n::: law\n- The", "is empty"),
        ("Which number did she give?\n---\n", "Which number did she give?\n", "needs a title, lines to hear, a line '---'"),
        ("duties: [IN3, K2]", "duties: [IN3, K20]", "'K20' is not known"),
        ("::: dialogue good The same", "::: dialogue plain The same", "no 'dialogue good' here"),
    ],
)  # fmt: skip
def test_mistake_in_a_lesson_is_told(folder: Path, old: str, new: str, message: str) -> None:
    change(folder / LESSON, old, new)
    answer = told(folder)
    assert message in answer
    assert f"every-kind/{LESSON}:" in answer


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("kind: match", "kind: mach", "'mach' is not known; did you mean 'match'?"),
        ('value: {en: "18.00", fr: "22.00"}', "value: many", "the value 'many' is no number"),
        ("error: 3\n", "error: 8\n", "must be a whole number from 1 to 7"),
        ("- O!: {en:", "- O: {en:", "one line holds the error and begins with 'O!', 0 do"),
        ("leads: good", "leads: fine", "leads to 'fine', which is no step and no end (good, fair, bad)"),
        ("leads: good", "leads: bad", "no reply leads to a good end"),
        ("leads: kind,", "leads: fair,", "nothing leads to the step 'kind'"),
        ("type: phone", "type: fone", "'fone' is not known; did you mean 'phone'?"),
        ("voice: woman", "voice: child", "'child' is not known"),
        ("phrases: {en: [where, address, which street]", "phrases: {en: [where]", "needs at least 3 wordings, has 1"),
        ("others: [{en: Why, fr: Pourquoi}]", "others: [{en: How many, fr: Combien}]", "one of the others belongs to a left side"),
        ("right: yes, feedback: {en: It lets her go.", "feedback: {en: It lets her go.", "one of the replies is right, 0 are here"),
        ("{text: {en: Twenty, fr: Vingt}, right: yes,", "{text: {en: Twenty, fr: Vingt},", "has one right option, this one has 0"),
        ("fr: Quarante en tout", "de: Quarante en tout", "must be a text"),
        ("id: hear-it", "id: find-it", "is there twice"),
        ("lesson: 01-all-of-it", "lesson: 01-all", "'01-all' is not known; did you mean '01-all-of-it'?"),
    ],
)  # fmt: skip
def test_mistake_in_a_question_is_told(folder: Path, old: str, new: str, message: str) -> None:
    change(folder / BANK, old, new)
    answer = told(folder)
    assert message in answer
    assert f"every-kind/{BANK}:" in answer


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("count: 2}\n  - {ids: [K2]", "count: 9}\n  - {ids: [K2]", "cell 1 (IN3, difficulty 2) needs 9 questions; the bank has"),
        ("after: [every-kind]", "after: [every-king]", "'every-king' is not known; did you mean 'every-kind'?"),
        ("minutes: 10", "minutes: soon", "'soon' must be a whole number from 5 to 180"),
        ("title: {en: Small exam, fr: Petit examen}", "title: {en: Small exam}", "has no fr: add it"),
    ],
)  # fmt: skip
def test_mistake_in_an_exam_is_told(tmp_path: Path, old: str, new: str, message: str) -> None:
    shutil.copytree(SAMPLES / "exams", tmp_path / "exams")
    change(tmp_path / "exams" / "small.yaml", old, new)
    with pytest.raises(ContentError) as error:
        load_exams(tmp_path, {"every-kind": load_course(SAMPLES / "every-kind")})
    assert message in str(error.value)
    assert "exams/small.yaml:" in str(error.value)


def test_passages_of_this_installation_are_whole_and_a_short_one_is_told(tmp_path: Path) -> None:
    assert passage_problems(ROOT / "courses") == []
    (tmp_path / "practice").mkdir()
    (tmp_path / "practice" / "typing.yaml").write_text("- id: a\n  text: {en: Too short, fr: Trop court}\n")
    assert any("has 2 words; 25 to 90 are right" in str(one) for one in passage_problems(tmp_path))

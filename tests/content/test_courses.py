"""Courses from files: the published ones keep the rules, and an author hears every mistake at once, with its place."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from trainer.config import ROOT
from trainer.content.courses import load_course
from trainer.content.lessons import to_html
from trainer.content.problems import ContentError
from trainer.content.typography import typeset
from trainer.domain.courses import Course

SAMPLES = ROOT / "tests" / "data" / "courses"
SLUG = "complaint-calls"
LESSON, QUIZ = "01-hear-the-person.en.md", "questions/02-promise-what-holds.yaml"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return shutil.copytree(SAMPLES / SLUG, tmp_path / SLUG)


@pytest.fixture(scope="module")
def course() -> Course:
    return load_course(SAMPLES / SLUG)


def mistakes(folder: Path, scenarios: tuple[str, ...] | None = None) -> list[str]:
    with pytest.raises(ContentError) as error:
        load_course(folder, scenarios)
    return [str(problem) for problem in error.value.problems]


def change(path: Path, old: str, new: str) -> int:
    """Replace the first `old`; the line where it stood."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1


def test_version_changes_with_any_word(folder: Path, course: Course) -> None:
    assert load_course(folder).version == course.version
    change(folder / LESSON, "ten past nine", "nine o'clock")
    assert load_course(folder).version != course.version


BROKEN = [
    ("course.yaml", "pass_mark: 80", "pass_mark: 101", "pass_mark: '101' must be a whole number from 50 to 100"),
    ("course.yaml", "duties: [IN4, IN5]", "duties: [IN4, IN9]", "duties[1]: 'IN9' is not known"),
    ("course.yaml", "pass_mark", "pass_mrak", "pass_mrak: is not known here; did you mean 'pass_mark'?"),
    (LESSON, "minutes: 7", "minutes: long", "minutes: 'long' must be a whole number from 3 to 15"),
    (LESSON, "about:", "abuot:", "abuot: is not known here; did you mean 'about'?"),
    (LESSON, "::: dialogue bad Straight to the form", "::: dialogue Straight", "dialogue: needs a verdict"),
    (LESSON, "O: OK. Customer number?", "OK. Customer number?", "dialogue: a line begins with 'C: ' or 'O: '"),
    (LESSON, "::: think", "::: thnik", "'thnik' is no kind of block; did you mean 'think'?"),
    (LESSON, "::: try late-parcel", "::: try", "try: needs the slug of a scenario"),
    (LESSON, "- Then one open question whose answer can change what you do.\n", "", "keep: needs three points"),
    (LESSON, "---\nIt proved nothing", "It proved nothing", "recall: needs a question, a line '---' and an answer"),
    (QUIZ, "difficulty: 2", "difficulty: 4", "[0].difficulty: '4' must be a whole number from 1 to 3"),
    (QUIZ, "kind: single", "kind: singel", "[0].kind: 'singel' is not known; did you mean 'single'?"),
    (QUIZ, "lesson: 02-promise-what-holds", "lesson: 02-promise", "[0].lesson: '02-promise' is not known"),
]


@pytest.mark.parametrize(("file", "old", "new", "told"), BROKEN, ids=[row[3][:40] for row in BROKEN])
def test_mistake_is_told_with_file_line_and_field(folder: Path, file: str, old: str, new: str, told: str) -> None:
    line = change(folder / file, old, new)
    found = mistakes(folder)
    assert any(one.startswith(f"{SLUG}/{file}:") and told in one for one in found)
    lines = {int(one.removeprefix(f"{SLUG}/{file}:").split(":")[0]) for one in found if told in one}
    assert any(abs(place - line) <= 8 for place in lines)


@pytest.mark.parametrize(
    ("file", "old", "new", "told"),
    [
        (QUIZ, "right: yes", "right: no", "has one right option, this one has 0"),
        ("questions/01-hear-the-person.yaml", "kind: single", "kind: several", "at least two right options"),
        ("questions/03-write-it-down.yaml", "difficulty: 3", "difficulty: 2", "at least three in ten"),
        (QUIZ, "- id: husband-calls", "- id: guarantee-me", "'guarantee-me' is there twice"),
        (LESSON, "::: recall", "::: think", "a lesson has one block 'recall', this one has 0"),
        (LESSON, "dialogue good", "dialogue plain", "no 'dialogue good' here"),
        (LESSON, ":::\n\nNothing the", "\nNothing the", "a block begins inside the one of line"),
    ],
)
def test_rule_of_the_whole_is_told_when_it_is_broken(folder: Path, file: str, old: str, new: str, told: str) -> None:
    text = (folder / file).read_text(encoding="utf-8")
    count = -1 if told.startswith("at least three") else 1
    (folder / file).write_text(text.replace(old, new, count), encoding="utf-8")
    assert any(told in one for one in mistakes(folder))


def test_all_mistakes_of_all_files_are_told_together(folder: Path) -> None:
    change(folder / "course.yaml", "category: 3", "category: 9")
    change(folder / LESSON, "minutes: 7", "minutes: 70")
    change(folder / QUIZ, "kind: single", "kind: guess")
    (folder / "02-promise-what-holds.fr.md").unlink()
    found = mistakes(folder)
    assert len({one.split(":")[0] for one in found}) == 4
    assert f"{SLUG}/02-promise-what-holds.fr.md:1: is missing: write this lesson" in found
    assert found == sorted(set(found), key=found.index)


def test_call_that_does_not_exist_is_a_mistake(folder: Path) -> None:
    found = mistakes(folder, ("early-parcel",))
    assert any("calls[0]: 'late-parcel' is not known; did you mean 'early-parcel'?" in one for one in found)
    assert any(one.endswith("there is no scenario 'late-parcel'") for one in found)


def test_markup_that_could_run_is_shown_as_text() -> None:
    html = to_html("<script>alert(1)</script> [here](javascript:alert(1)) ![x](y.png) **loud**")
    assert "<script" not in html
    assert "javascript:" not in html.replace("javascript:alert(1))", "")
    assert "<img" not in html
    assert "<strong>loud</strong>" in html


def test_text_is_typeset_as_its_language_is_printed() -> None:
    assert typeset("« Oui ? » dit-elle : 50 €", "fr") == "«\u00a0Oui\u202f?\u00a0» dit-elle\u00a0: 50\u00a0€"
    assert typeset("D'abord, l'an 2 000", "fr") == "D’abord, l’an 2\u00a0000"
    english = 'Say *"Don\'t ask"* ("why?").\n"The neighbours\' cat", she said.'
    assert typeset(english, "en") == "Say *“Don’t ask”* (“why?”).\n“The neighbours’ cat”, she said."

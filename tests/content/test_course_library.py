"""The courses that this installation ships: what they hold together, in both languages, and that no id of the job is left out."""

from __future__ import annotations

from collections import Counter

import pytest

from trainer.config import ROOT
from trainer.content.courses import course_folders, load_courses
from trainer.content.reading import LANGUAGES
from trainer.content.scenarios import scenario_files
from trainer.domain.courses import Course
from trainer.domain.job import TEACHABLE
from trainer.domain.questions import QUESTION_KINDS

FOLDER = ROOT / "courses"
SLUGS = [folder.name for folder in course_folders(FOLDER)]
LESSONS, QUESTIONS, DIALOGUES = 45, 400, 30


@pytest.fixture(scope="module")
def library() -> dict[str, Course]:
    scenarios = {path.stem for path in scenario_files(ROOT / "scenarios")}
    return {course.slug: course for course in load_courses(FOLDER, scenarios)}


@pytest.mark.parametrize("language", LANGUAGES)
def test_library_is_as_large_as_the_job(library: dict[str, Course], language: str) -> None:
    editions = [course.edition(language) for course in library.values()]
    lessons = [lesson for edition in editions for lesson in edition.lessons]
    questions = [question for edition in editions for question in edition.questions]
    spoken = [block for lesson in lessons for block in lesson.blocks if block.kind == "dialogue"]
    assert len(lessons) >= LESSONS
    assert len(questions) >= QUESTIONS
    assert len(spoken) >= DIALOGUES
    assert {question.kind for question in questions} == set(QUESTION_KINDS)
    hard = sum(question.difficulty == 3 for question in questions)
    assert hard >= 0.3 * len(questions)


def test_every_id_of_the_job_is_taught_and_asked(library: dict[str, Course]) -> None:
    editions = [course.edition("en") for course in library.values()]
    taught = {duty for edition in editions for lesson in edition.lessons for duty in lesson.duties}
    asked = Counter(question.duty for edition in editions for question in edition.questions)
    assert not set(TEACHABLE) - taught
    assert not set(TEACHABLE) - set(asked)


@pytest.mark.parametrize("slug", SLUGS)
def test_both_languages_ask_the_same_and_say_it_differently(library: dict[str, Course], slug: str) -> None:
    course = library[slug]
    english, french = course.edition("en"), course.edition("fr")
    assert [one.slug for one in english.lessons] == [one.slug for one in french.lessons]
    for ours, theirs in zip(english.lessons, french.lessons, strict=True):
        assert [block.kind for block in ours.blocks if block.kind != "text"] == [
            block.kind for block in theirs.blocks if block.kind != "text"
        ], ours.slug
        assert ours.title != theirs.title
    for question, other in zip(english.questions, french.questions, strict=True):
        assert (question.id, question.kind, question.duty) == (other.id, other.kind, other.duty)
        assert question.text != other.text
        if question.kind in ("single", "several", "order", "match", "better", "spot", "branch"):
            assert question.key == other.key, question.id


@pytest.mark.parametrize("slug", SLUGS)
def test_every_lesson_is_asked_about(library: dict[str, Course], slug: str) -> None:
    course = library[slug]
    asked = Counter(question.lesson for question in course.edition("en").questions)
    assert set(asked) == set(course.lesson_slugs)
    assert min(asked.values()) >= 5

"""The duty map of an installation, from its courses, scenarios and exams."""

from __future__ import annotations

from pathlib import Path

from trainer.domain.duty_map import Row, duty_map
from trainer.services import courses, exams, scenarios


def map_of(course_folder: Path, scenario_folder: Path) -> tuple[Row, ...]:
    """A row for each id of the job."""
    known = courses.published(course_folder)
    editions = {slug: course.edition("") for slug, course in known.items()}
    lessons = [(slug, lesson.slug, lesson.duties) for slug, edition in editions.items() for lesson in edition.lessons]
    questions = [question.duty for edition in editions.values() for question in edition.questions]
    calls = []
    for slug, scenario in scenarios.published(scenario_folder).items():
        case = next(iter(scenario.templates.values()))
        calls.append((slug, (*case.duties, *(objection.type for objection in case.objections))))
    asked = [
        (slug, {one for cell in exam.cells for one in cell.ids}, exam.after)
        for slug, exam in exams.published(course_folder).items()
    ]
    return duty_map(lessons, questions, calls, asked)

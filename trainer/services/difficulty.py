"""The report of measured difficulty: scenarios by their real attempts, and the forms of one scenario side by side."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.orm import Session

from trainer.domain.difficulty import (
    DIFFERS,
    Attempt,
    Difficulty,
    FormValue,
    Missed,
    compare_forms,
    measure,
    missed_checks,
)
from trainer.domain.errors import NotFound
from trainer.domain.roles import Actor
from trainer.services.scenarios import cards_by_slug
from trainer.store import attempts as store
from trainer.store.attempts import AttemptRow

MODES: dict[str, tuple[str, ...]] = {"assessed": ("assessed",), "practice": ("practice", "guided")}
"""What is reported apart: calls without help and for the record, and calls for oneself."""
MOST_ATTEMPTS, MOST_GRADES_READ = 5_000, 500
"""The newest that are counted, so that the page takes no longer in an installation that is years old."""


@dataclass(frozen=True, slots=True)
class ScenarioLine:
    """One scenario in one language. `differing` are the form values found to be easier or harder than the others."""

    slug: str
    language: str
    title: str
    stated: int | None
    versions: int
    figures: Difficulty
    differing: tuple[FormValue, ...]


@dataclass(frozen=True, slots=True)
class ScenarioReport:
    line: ScenarioLine
    forms: tuple[FormValue, ...]
    missed: tuple[Missed, ...]
    is_cut: bool


def list_difficulties(session: Session, actor: Actor, folder: Path, mode: str) -> list[ScenarioLine]:
    """Every scenario that was attempted in `mode`, the hardest first. Two queries at most, however many attempts."""
    rows = store.graded_attempts(session, actor.organisation_id, _modes(mode), MOST_ATTEMPTS)
    groups: dict[tuple[str, str], list[AttemptRow]] = defaultdict(list)
    for row in rows:
        groups[row.scenario, row.language].append(row)
    lines = [_line(folder, actor, *key, group, compare_forms(_attempts(group))) for key, group in groups.items()]
    return sorted(lines, key=lambda line: (line.figures.mark is None, line.figures.mark or 0.0, line.title))


def report_scenario(
    session: Session, actor: Actor, folder: Path, slug: str, language: str, mode: str
) -> ScenarioReport:
    """One scenario with its forms and its most missed checks. Raises NotFound where nobody attempted it."""
    rows = store.graded_attempts(
        session, actor.organisation_id, _modes(mode), MOST_ATTEMPTS, scenario=slug, language=language
    )
    if not rows:
        raise NotFound("scenario.not_found", slug=slug)
    forms = tuple(compare_forms(_attempts(rows)))
    line = _line(folder, actor, slug, language, rows, forms)
    missed: list[Missed] = []
    if line.figures.shown:
        grades = store.criteria_of_grades(session, [row.grade_id for row in rows[:MOST_GRADES_READ]])
        missed = missed_checks(
            [(str(check["id"]), str(check["answer"])) for criterion in grade for check in criterion["checks"]]
            for grade in grades
        )
    return ScenarioReport(line, forms, tuple(missed), len(rows) == MOST_ATTEMPTS)


def _modes(mode: str) -> Collection[str]:
    if mode not in MODES:
        raise NotFound
    return MODES[mode]


def _attempts(rows: Collection[AttemptRow]) -> list[Attempt]:
    return [Attempt(row.user_id, row.overall, row.passed, row.handle_s, row.form) for row in rows]


def _line(
    folder: Path, actor: Actor, slug: str, language: str, rows: Collection[AttemptRow], forms: Iterable[FormValue]
) -> ScenarioLine:
    card = cards_by_slug(folder, actor.language).get(slug)
    return ScenarioLine(
        slug=slug,
        language=language,
        title=card.title if card else slug,  # the scenario may have been taken away since
        stated=card.difficulty if card else None,
        versions=len({row.version for row in rows}),
        figures=measure(_attempts(rows)),
        differing=tuple(value for value in forms if value.verdict == DIFFERS),
    )

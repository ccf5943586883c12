"""The catalogue of published scenarios, and the case of a call: from files at first, from its kept version later."""

from __future__ import annotations

import logging
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.orm import Session

from trainer.content.scenarios import read_scenarios
from trainer.content.typography import typeset
from trainer.domain.errors import NotFound
from trainer.domain.forms import open_case
from trainer.domain.scenario import Case, Scenario
from trainer.services.kept import Kept, stamp_of
from trainer.store.documents import from_document, to_document
from trainer.store.scenario_versions import add_scenario_version, find_scenario_version, has_scenario_version

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class ScenarioCard:
    """A scenario as the lobby shows it, in one of its languages."""

    slug: str
    topic: str
    title: str
    brief: str
    company: str
    sector: str
    direction: str
    duties: tuple[str, ...]
    difficulty: int
    minutes: int
    category: int
    language: str
    languages: tuple[str, ...]


_read: dict[Path, tuple[tuple[tuple[str, int], ...], Mapping[str, Scenario]]] = {}
_reading = threading.Lock()
MOST_FOLDERS = 4


def _load(folder: Path) -> Mapping[str, Scenario]:
    scenarios, problems = read_scenarios(folder)
    for problem in problems:  # one that an author is still writing must not close the lobby
        log.warning("left out: %s", problem)
    return {scenario.slug: scenario for scenario in scenarios}


def published(folder: Path) -> Mapping[str, Scenario]:
    """All scenarios of `folder` by slug; read again only when a file changed.

    Reading takes seconds, so one does it for all who ask meanwhile: they get the scenarios as they were before.
    """
    known = _read.get(folder)
    if known is not None and (known[0] == stamp_of(folder, ".yaml") or not _reading.acquire(blocking=False)):
        return known[1]
    if known is None:
        _reading.acquire()
    try:
        stamp, known = stamp_of(folder, ".yaml"), _read.get(folder)
        if known is None or known[0] != stamp:
            known = stamp, _load(folder)
            _read[folder] = known
            while len(_read) > MOST_FOLDERS:
                del _read[next(iter(_read))]
        return known[1]
    finally:
        _reading.release()


def find_scenario(folder: Path, slug: str) -> Scenario:
    """The scenario of that slug. Raises NotFound."""
    scenario = published(folder).get(slug)
    if scenario is None:
        raise NotFound("scenario.not_found", slug=slug)
    return scenario


def template_for(scenario: Scenario, language: str) -> Case:
    """The scenario's text in `language`, else in one it has."""
    return scenario.templates[language if language in scenario.templates else scenario.languages[0]]


_cards: Kept[tuple[str, str, str], ScenarioCard] = Kept(1000)


def card_of(scenario: Scenario, language: str) -> ScenarioCard:
    """The card of that scenario; made once a version, since opening a case costs milliseconds."""
    return _cards.or_make((scenario.slug, scenario.version, language), lambda: _make_card(scenario, language))


def _make_card(scenario: Scenario, language: str) -> ScenarioCard:
    # The title and brief may name variables; a drawn form fills them, and any seed will do for a card.
    chosen = language if language in scenario.templates else scenario.languages[0]
    case = open_case(scenario, chosen, 0)
    return ScenarioCard(
        slug=scenario.slug,
        topic=scenario.topic,
        title=typeset(case.title, chosen),
        brief=typeset(case.brief, chosen),
        company=case.company.name,
        sector=case.company.sector,
        direction=case.direction,
        duties=case.duties,
        difficulty=case.difficulty,
        minutes=case.minutes,
        category=case.category,
        language=chosen,
        languages=scenario.languages,
    )


_drawn: dict[str, tuple[Mapping[str, Scenario], Mapping[str, ScenarioCard]]] = {}


def cards_by_slug(folder: Path, language: str) -> Mapping[str, ScenarioCard]:
    """Every scenario's card. Opening a case fills all of its texts, so cards are kept while the catalogue is the same."""
    catalogue = published(folder)
    kept = _drawn.get(language)
    if kept is None or kept[0] is not catalogue:
        kept = catalogue, {slug: card_of(scenario, language) for slug, scenario in catalogue.items()}
        _drawn[language] = kept
    return kept[1]


def list_cards(folder: Path, language: str) -> list[ScenarioCard]:
    """Every scenario for the lobby, the easiest first."""
    cards = cards_by_slug(folder, language).values()
    return sorted(cards, key=lambda card: (card.category != 3, card.difficulty, card.title))


def keep_version(session: Session, scenario: Scenario) -> None:
    """Remember this version's content, once, before a call is played with it."""
    if not has_scenario_version(session, scenario.slug, scenario.version):
        add_scenario_version(session, scenario.slug, scenario.version, to_document(scenario))


_cases: Kept[tuple[str, str, str, int], Case] = Kept(200)


def case_of(session: Session, slug: str, version: str, language: str, seed: int) -> Case:
    """The case that was played: always of the version the call began with. Raises NotFound."""

    def opened() -> Case:
        document = find_scenario_version(session, slug, version)
        if document is None:
            raise NotFound("scenario.not_found", slug=slug)
        return open_case(from_document(Scenario, document), language, seed)

    return _cases.or_make((slug, version, language, seed), opened)

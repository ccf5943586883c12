"""Choosing a call: the catalogue narrowed down by what a learner looks for, with their own best result on each card."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from trainer.domain.plain_text import without_accents
from trainer.domain.roles import Actor
from trainer.services.scenarios import ScenarioCard
from trainer.store.calls import Best, best_results

DIFFICULTIES = ("1", "2", "3", "4", "5")


@dataclass(frozen=True, slots=True)
class Wish:
    """What is looked for; "" narrows nothing. `words` are looked for in title, brief and company, without accents."""

    company: str = ""
    direction: str = ""
    duty: str = ""
    difficulty: str = ""
    words: str = ""

    @property
    def is_any(self) -> bool:
        return self == Wish()


@dataclass(frozen=True, slots=True)
class Choice:
    """A card, and what the learner has reached with it (None where they have no mark yet)."""

    card: ScenarioCard
    best: Best | None


@dataclass(frozen=True, slots=True)
class Facets:
    """What can be chosen in the whole catalogue: companies and duties that occur."""

    companies: tuple[str, ...]
    duties: tuple[str, ...]


def choices(session: Session, actor: Actor, cards: Sequence[ScenarioCard], wish: Wish) -> tuple[Choice, ...]:
    """The cards that fit the wish, in their order; one query, however many cards."""
    best = best_results(session, actor.user_id)
    return tuple(Choice(card, best.get(card.slug)) for card in cards if fits(card, wish))


def facets(cards: Sequence[ScenarioCard]) -> Facets:
    return Facets(
        companies=tuple(sorted({card.company for card in cards})),
        duties=tuple(sorted({duty for card in cards for duty in card.duties})),
    )


def fits(card: ScenarioCard, wish: Wish) -> bool:
    return (
        wish.company in ("", card.company)
        and wish.direction in ("", card.direction)
        and (not wish.duty or wish.duty in card.duties)
        and wish.difficulty in ("", str(card.difficulty))
        and (not wish.words or _has_words(card, wish.words))
    )


def _has_words(card: ScenarioCard, words: str) -> bool:
    text = without_accents(f"{card.title} {card.brief} {card.company} {card.sector}")
    return all(word in text for word in without_accents(words).split())

"""Spaced repetition (FSRS): questions that were missed, and the question from memory of each lesson that was read.

A card is added where something was missed; it comes again when it is about to be forgotten. A question's answer is marked, so the
rating follows from it; on a recall card the learner says how it went.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction

from fsrs import Card as FsrsCard
from fsrs import Rating, Scheduler
from sqlalchemy.orm import Session

from trainer.domain.courses import Block, Course
from trainer.domain.errors import Invalid, NotFound
from trainer.domain.questions import Question
from trainer.domain.roles import Actor
from trainer.store import practice as store
from trainer.store.practice import Card

RATINGS = {"again": Rating.Again, "hard": Rating.Hard, "good": Rating.Good, "easy": Rating.Easy}
FIRST_RECALL = timedelta(days=1)
_SCHEDULER = Scheduler(enable_fuzzing=False)
"""Without chance: the same reviews give the same days."""


@dataclass(frozen=True, slots=True)
class Deck:
    """What is there to repeat: all cards, those due, and when the next one comes."""

    whole: int
    due: int
    next_at: datetime | None


@dataclass(frozen=True, slots=True)
class Shown:
    """A card on the table: a question of the bank, or a lesson's recall block."""

    card: Card
    course: Course
    question: Question | None = None
    recall: Block | None = None


def deck_of(session: Session, actor: Actor, now: datetime) -> Deck:
    return Deck(*store.count_cards(session, actor.user_id, now))


def add_missed(session: Session, actor: Actor, course: str, questions: Iterable[str], now: datetime) -> None:
    """A card for each question that was not answered wholly right; the caller commits. What is there already comes at once."""
    for question in questions:
        _add(session, actor, "question", course, question, now, now)


def add_recall(session: Session, actor: Actor, course: str, lesson: str, now: datetime) -> None:
    """The lesson's question from memory, for the day after; the caller commits. Once there, it keeps its own days."""
    if store.card_of(session, actor.user_id, "recall", course, lesson) is None:
        _add(session, actor, "recall", course, lesson, now, now + FIRST_RECALL)


def _add(session: Session, actor: Actor, kind: str, course: str, item: str, now: datetime, due: datetime) -> None:
    found = store.card_of(session, actor.user_id, kind, course, item)
    if found is not None:
        found.due_at = min(found.due_at, due)
        return
    session.add(
        Card(
            organisation_id=actor.organisation_id, user_id=actor.user_id, kind=kind, course=course, item=item,
            state="", due_at=due, made_at=now,
        )
    )  # fmt: skip
    session.flush()


def next_card(
    session: Session, actor: Actor, courses: Mapping[str, Course], language: str, now: datetime
) -> Shown | None:
    """The card that is due longest; cards whose course or question is gone are put away."""
    gone = False
    found = None
    for card in store.due_cards(session, actor.user_id, now):
        found = _shown(card, courses, language)
        if found is not None:
            break
        session.delete(card)
        gone = True
    if gone:
        session.commit()
    return found


def find_card(session: Session, actor: Actor, courses: Mapping[str, Course], language: str, public_id: str) -> Shown:
    """The actor's own card. Raises NotFound."""
    card = store.find_card(session, actor.user_id, public_id)
    found = _shown(card, courses, language) if card is not None else None
    if found is None:
        raise NotFound("practice.no_card")
    return found


def _shown(card: Card, courses: Mapping[str, Course], language: str) -> Shown | None:
    course = courses.get(card.course)
    if course is None:
        return None
    edition = course.edition(language)
    if card.kind == "question":
        question = edition.question(card.item)
        return Shown(card, course, question) if question else None
    lesson = edition.lesson(card.item)
    recall = next((block for block in lesson.blocks if block.kind == "recall"), None) if lesson else None
    return Shown(card, course, recall=recall) if recall else None


def rating_of(share: Fraction | None) -> str:
    """How a marked answer went: wholly right is good, in part hard, and what nobody can tell is hard, too."""
    if share == 1:
        return "good"
    return "again" if share == 0 else "hard"


def review(session: Session, card: Card, rating: str, now: datetime) -> None:
    """Move the card to the day it comes again. Raises Invalid for a rating that is none."""
    if rating not in RATINGS:
        raise Invalid("practice.rating")
    memory = FsrsCard.from_json(card.state) if card.state else FsrsCard(due=now)
    later, _log = _SCHEDULER.review_card(memory, RATINGS[rating], max(now, memory.last_review or now))
    card.state, card.due_at, card.reviews = later.to_json(), later.due, card.reviews + 1
    session.commit()

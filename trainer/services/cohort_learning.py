"""What the learning part knows of people, for cohorts: lessons read and quiz scores."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from trainer.store.learning import learning_progress


@dataclass(frozen=True, slots=True)
class Learning:
    """`lessons` read so far; `quiz` the best quiz score in percent, None before the first; `last_at` the newest of it."""

    lessons: int = 0
    quiz: int | None = None
    last_at: datetime | None = None


def learning_of(session: Session, user_ids: Sequence[int]) -> dict[int, Learning]:
    """By user id; people who have not begun have no entry."""
    return {number: Learning(*row) for number, row in learning_progress(session, user_ids).items()}

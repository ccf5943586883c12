"""What the learning part knows of people, for cohorts: lessons read and quiz scores."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from importlib import import_module
from importlib.util import find_spec
from typing import cast

from sqlalchemy.orm import Session

Progress = Callable[[Session, Sequence[int]], dict[int, tuple[int, int | None, datetime | None]]]


@dataclass(frozen=True, slots=True)
class Learning:
    """`lessons` read so far; `quiz` the best quiz score in percent, None before the first; `last_at` the newest of it."""

    lessons: int
    quiz: int | None
    last_at: datetime | None


def learning_of(session: Session, user_ids: Sequence[int]) -> dict[int, Learning] | None:
    """By user id, people without any left out; None where the learning part is not installed."""
    if find_spec("trainer.store.learning") is None:
        return None
    progress = getattr(import_module("trainer.store.learning"), "learning_progress", None)
    if progress is None:
        return None
    return {number: Learning(*row) for number, row in cast("Progress", progress)(session, user_ids).items()}

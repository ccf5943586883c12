"""The way through a voice menu: pure functions of the menu and what was pressed or said so far.

A caller hears the first step; a key, or words that name a choice, lead to another step or into a queue. `*` goes back
to the start and `#` says the step again, as people expect of telephones.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from trainer.domain.plain_text import plain
from trainer.domain.telephone import Choice, Menu, MenuStep, Queue

START_AGAIN, SAY_AGAIN = "*", "#"
KEYS = frozenset("0123456789*#")


@dataclass(frozen=True, slots=True)
class Path:
    """Where a caller is: at a step, or (with `queue`) waiting. `labels` are the choices that led there."""

    step: str
    queue: str = ""
    labels: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()
    misses: int = 0


def start(menu: Menu) -> Path:
    return Path(step=menu.steps[0].id)


def press(menu: Menu, path: Path, key: str) -> Path:
    """The way after one more key. A key that the step does not have counts as a miss; in a queue keys do nothing."""
    if path.queue:
        return path
    if key == START_AGAIN:
        return replace(start(menu), keys=(*path.keys, key))
    if key == SAY_AGAIN:
        return replace(path, keys=(*path.keys, key))
    choice = next((c for c in step_of(menu, path).choices if c.key == key), None)
    return _missed(path) if choice is None else _chosen(menu, path, choice)


def say(menu: Menu, path: Path, text: str) -> Path:
    """The way after words: a choice's own words, its label, or its key spoken as a figure."""
    if path.queue:
        return path
    heard = f" {plain(text)} "
    best: tuple[int, Choice] | None = None
    for choice in step_of(menu, path).choices:
        names = [plain(word) for word in (*choice.words, choice.label, choice.key)]
        length = max((len(name) for name in names if name and f" {name} " in heard), default=0)
        if length and (best is None or length > best[0]):
            best = length, choice
    return _missed(path) if best is None else _chosen(menu, path, best[1])


def path_of(menu: Menu, keys: Sequence[str]) -> Path | None:
    """Where these keys lead from the start; None when one of them fits no choice."""
    path = start(menu)
    for key in keys:
        after = press(menu, path, key)
        if after.misses > path.misses:
            return None
        path = after
    return path


def step_of(menu: Menu, path: Path) -> MenuStep:
    return next(step for step in menu.steps if step.id == path.step)


def queue_of(menu: Menu, path: Path) -> Queue | None:
    return next((queue for queue in menu.queues if queue.id == path.queue), None)


def is_open(queue: Queue, at: datetime) -> bool:
    """True within the queue's days and hours, on the company's own clock."""
    return str(at.isoweekday()) in queue.days and queue.opens <= f"{at:%H:%M}" < queue.closes


def _chosen(menu: Menu, path: Path, choice: Choice) -> Path:
    labels, keys = (*path.labels, choice.label), (*path.keys, choice.key)
    if any(queue.id == choice.to for queue in menu.queues):
        return Path(path.step, choice.to, labels, keys)
    return Path(choice.to, "", labels, keys)


def _missed(path: Path) -> Path:
    return replace(path, misses=path.misses + 1)

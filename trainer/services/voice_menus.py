"""Playing a company's voice menu as a caller hears it. Nothing is stored: where one stands follows from what was
pressed and said so far."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from trainer.domain import menu as way
from trainer.domain.errors import Invalid, NotFound
from trainer.domain.menu import Path
from trainer.domain.scenario import Case, Scenario
from trainer.domain.telephone import Choice, Menu
from trainer.ports import Ports, SpokenAudio
from trainer.services.customer_voice import speak_as
from trainer.services.voices import recorded_line, voice_for

MOST_MOVES = 60
LONGEST_SAYING = 200


@dataclass(frozen=True, slots=True)
class MenuOfCompany:
    """A menu, whose it is, and the scenarios whose callers pass it: (slug, title, keys)."""

    slug: str
    company: str
    menu: Menu
    language: str
    callers: tuple[tuple[str, str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a caller is. `prompt` names what is spoken, for `spoken_prompt`; `text` is its words. `is_open` is None
    outside of queues. `arrive` are (slug, title) of the scenarios whose caller came exactly this way."""

    labels: tuple[str, ...]
    prompt: str
    text: str
    choices: tuple[Choice, ...]
    queue: str
    is_open: bool | None
    arrive: tuple[tuple[str, str], ...]


def list_menus(catalogue: Mapping[str, Scenario], language: str) -> list[MenuOfCompany]:
    """Every company's menu, by name; in `language`, or in another that its scenarios have."""
    cases: dict[str, list[tuple[Scenario, Case]]] = {}
    for scenario in catalogue.values():
        case = scenario.templates.get(language) or scenario.templates[scenario.languages[0]]
        if case.menu is not None:
            cases.setdefault(case.company.slug, []).append((scenario, case))
    found = [_menu_of(slug, both) for slug, both in cases.items()]
    return sorted(found, key=lambda one: one.company)


def _menu_of(slug: str, both: Sequence[tuple[Scenario, Case]]) -> MenuOfCompany:
    case = both[0][1]
    assert case.menu is not None
    callers = tuple((scenario.slug, one.title, one.route) for scenario, one in both if one.route)
    return MenuOfCompany(slug, case.company.name, case.menu, case.language, callers)


def find_menu(catalogue: Mapping[str, Scenario], company: str, language: str) -> MenuOfCompany:
    """Raises NotFound."""
    for one in list_menus(catalogue, language):
        if one.slug == company:
            return one
    raise NotFound("menu.not_found")


def stand(found: MenuOfCompany, moves: Sequence[Mapping[str, object]], now: datetime) -> Standing:
    """Where these moves lead: each is {"key": "1"} or {"say": "a taxi"}. Raises Invalid for others, or too many."""
    if len(moves) > MOST_MOVES:
        raise Invalid("menu.too_long", most=MOST_MOVES)
    path = way.start(found.menu)
    missed = False
    for move in moves:
        before = path
        path = _moved(found.menu, path, move)
        missed = path.misses > before.misses
    return _standing(found, path, missed, now)


def _moved(menu: Menu, path: Path, move: Mapping[str, object]) -> Path:
    key, said = move.get("key"), move.get("say")
    if isinstance(key, str) and key in way.KEYS:
        return way.press(menu, path, key)
    if isinstance(said, str):
        return way.say(menu, path, said[:LONGEST_SAYING])
    raise Invalid("menu.bad_move")


def _standing(found: MenuOfCompany, path: Path, missed: bool, now: datetime) -> Standing:
    queue = way.queue_of(found.menu, path)
    if queue is not None:
        is_open = way.is_open(queue, now)
        arrive = tuple((slug, title) for slug, title, keys in found.callers if _labels(found, keys) == path.labels)
        kind = "queue" if is_open else "closed"
        return Standing(
            path.labels, f"{kind}:{queue.id}", queue.say if is_open else queue.closed, (), queue.label, is_open, arrive
        )
    step = way.step_of(found.menu, path)
    sorry = f"unclear:{(path.misses - 1) % len(found.menu.unclear)}+" if missed else ""
    prompt = f"{sorry}step:{step.id}"
    return Standing(path.labels, prompt, text_of(found.menu, prompt), step.choices, "", None, ())


def _labels(found: MenuOfCompany, keys: tuple[str, ...]) -> tuple[str, ...]:
    path = way.path_of(found.menu, keys)
    return path.labels if path else ()


def text_of(menu: Menu, prompt: str) -> str:
    """The words of a prompt: parts joined by "+", each "step:ID", "queue:ID", "closed:ID" or "unclear:N".

    Raises NotFound.
    """
    texts = {f"step:{step.id}": step.say for step in menu.steps}
    texts |= {f"queue:{queue.id}": queue.say for queue in menu.queues}
    texts |= {f"closed:{queue.id}": queue.closed for queue in menu.queues}
    texts |= {f"unclear:{number}": text for number, text in enumerate(menu.unclear)}
    parts = prompt.split("+")
    if len(parts) > 2 or any(part not in texts for part in parts):
        raise NotFound("menu.not_found")
    return " ".join(texts[part] for part in parts)


def spoken_prompt(ports: Ports, found: MenuOfCompany, prompt: str) -> SpokenAudio | None:
    """A prompt in the recorded voice of menus; None when no voice works. Raises NotFound for an unknown prompt."""
    text = text_of(found.menu, prompt)
    return speak_as(ports, voice_for("menu", found.language), text, recorded_line(text))

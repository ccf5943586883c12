"""Reading a company's voice menu: scenarios/menus/<company>.yaml.

A menu has `unclear` (said when nothing fits; three wordings or more), `steps` and `queues`. A step has `id`, `say` and
`choices`; a choice has `key` (0 to 9), `label` (what the operator sees of the way taken), `to` (a step or a queue) and
`words` (what may be said instead of pressing the key). A queue has `id`, `label`, `say` (on joining), `closed` (said
outside its hours), `days` (1 Monday to 7 Sunday), `opens` and `closes` (as 08:00).
"""

from __future__ import annotations

import re
from pathlib import Path

from trainer.content.reading import Node, Source, check_known, check_unique
from trainer.content.yaml_files import read_yaml
from trainer.domain.telephone import Choice, Menu, MenuStep, Queue

CHOICE_KEYS = tuple("0123456789")
WEEKDAYS = tuple("1234567")


def read_menu(path: Path, source: Source) -> Menu | None:
    """The menu in the source's language; None where the file is not YAML."""
    root = read_yaml(path, source)
    if root is None:
        return None
    with root.fields() as f:
        company = f.id("company")
        place = f.place("company")
        if company and company != path.stem and place is not None:
            place.wrong(f"{company!r} must be the name of the file, {path.stem!r}")
        menu = Menu(
            company=company,
            steps=f.each("steps", _read_step, least=1),
            queues=f.each("queues", _read_queue, least=1),
            unclear=f.texts("unclear", least=3),
        )
        for name, ids in (("steps", [s.id for s in menu.steps]), ("queues", [q.id for q in menu.queues])):
            node = f.place(name)
            if node is not None:
                check_unique(list(zip(node.items(), ids, strict=False)), name[:-1])
        _check_ways(menu, f.place("steps"))
    return menu


def _read_step(node: Node) -> MenuStep:
    with node.fields() as f:
        step = MenuStep(id=f.id(), say=f.text("say"), choices=f.each("choices", _read_choice, least=1))
        place = f.place("choices")
        if place is not None:
            check_unique(list(zip(place.items(), (c.key for c in step.choices), strict=False)), "key")
    return step


def _read_choice(node: Node) -> Choice:
    with node.fields() as f:
        key = f.text("key")
        place = f.place("key")
        if place is not None and key:
            check_known(place, key, CHOICE_KEYS)
        return Choice(key=key, label=f.text("label"), to=f.id("to"), words=f.texts("words", least=2))


def _read_queue(node: Node) -> Queue:
    with node.fields() as f:
        queue = Queue(
            id=f.id(),
            label=f.text("label"),
            say=f.text("say"),
            closed=f.text("closed"),
            days=f.ids("days", WEEKDAYS),
            opens=f.text("opens"),
            closes=f.text("closes"),
        )
        for name, value in (("opens", queue.opens), ("closes", queue.closes)):
            place = f.place(name)
            if place is not None and not re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", value):
                place.wrong(f"{value!r} is no time: write it as 08:00")
    return queue


def _check_ways(menu: Menu, node: Node | None) -> None:
    """Every choice leads somewhere, and every step can be reached."""
    if node is None or not menu.steps:
        return
    places = [*(step.id for step in menu.steps), *(queue.id for queue in menu.queues)]
    for step in menu.steps:
        for choice in step.choices:
            if choice.to:
                check_known(node, choice.to, places)
    reached = {menu.steps[0].id, *(choice.to for step in menu.steps for choice in step.choices)}
    for place in places:
        if place not in reached:
            node.wrong(f"leads nowhere to {place!r}: give a choice that goes there")

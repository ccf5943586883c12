"""Reading what a scenario says of the telephone: colleagues, dialling, the sound of the line, the way through the menu."""

from __future__ import annotations

from trainer.content.filling import Filling
from trainer.content.menus import CHOICE_KEYS
from trainer.content.reading import REQUIRED, Fields, Node, check_known, check_unique
from trainer.domain.menu import path_of
from trainer.domain.telephone import (
    DIAL_RESULTS,
    NOISES,
    QUALITIES,
    Dialling,
    Menu,
    Need,
    OtherPerson,
    SoundOfLine,
    Specialist,
)

WORDINGS = 3
SEXES = ("female", "male")


def read_specialists(f: Fields, departments: tuple[str, ...]) -> tuple[Specialist, ...]:
    found = f.each("specialists", lambda n: _read_specialist(n, departments), default=())
    node = f.place("specialists")
    if node is not None:
        check_unique(list(zip(node.items(), (one.department for one in found), strict=False)), "specialist")
    return found


def _read_specialist(node: Node, departments: tuple[str, ...]) -> Specialist:
    with node.fields() as f:
        return Specialist(
            department=f.choice("department", departments),
            name=f.text("name"),
            sex=f.choice("sex", SEXES),
            age=f.integer("age", 16, 80),
            rate=f.decimal("rate", 0.5, 2.0, default=1.0),
            greeting=f.texts("greeting", least=WORDINGS),
            needs=f.each("needs", _read_need, least=1),
            takes=f.texts("takes", least=WORDINGS),
            declines=f.texts("declines", default=(), least=WORDINGS),
        )


def _read_need(node: Node) -> Need:
    with node.fields() as f:
        need = Need(
            id=f.id(),
            title=f.text("title"),
            asks=f.texts("asks", least=WORDINGS),
            phrases=f.texts("phrases", default=(), least=2),
            values=f.texts("values", default=()),
        )
        if not need.phrases and not need.values:
            node.wrong("can't be told: give 'values' (one of which is to be said) or 'phrases' (ways of telling it)")
    return need


def read_dialling(f: Fields, filling: Filling) -> Dialling:
    node = f.get("dialling", default=None)
    if node is None:
        return Dialling()
    with node.fields() as own:
        attempts = own.ids("attempts", default=REQUIRED)
        place = own.place("attempts")
        results = {result for attempt in attempts for result in filling.every(attempt)}
        for result in sorted(results - set(DIAL_RESULTS)):
            if place is not None and result:
                check_known(place, result, DIAL_RESULTS)
        other = own.get("other", default=None)
        dialling = Dialling(
            attempts=attempts,
            voicemail=own.texts("voicemail", default=(), least=1),
            other=_read_other(other) if other is not None else None,
        )
        if "voicemail" in results and not dialling.voicemail:
            node.wrong("comes to a voicemail: give the 'voicemail' lines that it says")
        if "wrong_person" in results and dialling.other is None:
            node.wrong("comes to another person: say under 'other' who picks up")
    return dialling


def _read_other(node: Node) -> OtherPerson:
    with node.fields() as f:
        return OtherPerson(
            name=f.text("name"),
            sex=f.choice("sex", SEXES),
            age=f.integer("age", 8, 110),
            who=f.text("who"),
            greeting=f.texts("greeting", least=WORDINGS),
            away=f.texts("away", least=WORDINGS),
            curious=f.texts("curious", least=WORDINGS),
            goodbye=f.texts("goodbye", least=WORDINGS),
        )


def read_sound(f: Fields) -> SoundOfLine:
    """Where the scenario says nothing, the line is clear and the place quiet."""
    node = f.get("sound", default=None)
    if node is None:
        return SoundOfLine()
    with node.fields() as own:
        return SoundOfLine(
            noise=own.choice("noise", NOISES, default="none"), quality=own.choice("quality", QUALITIES, default="good")
        )


def read_route(f: Fields, menu: Menu | None) -> tuple[str, ...]:
    """The keys that the caller pressed; they have to lead through the company's menu into a queue."""
    keys = f.ids("route", CHOICE_KEYS)
    place = f.place("route")
    if place is None or not keys:
        return keys
    if menu is None:
        place.wrong("names keys, but the company has no menu: write scenarios/menus/<company>.yaml")
        return keys
    path = path_of(menu, keys)
    if path is None or not path.queue:
        place.wrong(f"{list(keys)} does not lead to a queue of the company's menu")
    return keys

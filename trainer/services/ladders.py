"""Which career ladder an organisation goes by: the house's, or the newest edition it made itself. A change makes a new
edition and touches no decision: each keeps the version that it was made with."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from trainer.content.ladder import CURRENT, FOLDER, load_ladder, read_ladder
from trainer.content.ladder_numbers import checked, numbers_in, with_numbers
from trainer.content.yaml_nodes import ContentError
from trainer.domain.errors import Conflict, Invalid, NotAllowed, NotFound
from trainer.domain.ladder import Ladder
from trainer.domain.roles import Actor
from trainer.services.kept import Kept
from trainer.store import audit
from trainer.store import ladders as store
from trainer.store.ladders import LadderEdition

HOUSE = ("ladder-2", "ladder-1")
"""The house's ladders to start from: the whole way, and a short one for a first trial."""
OWN = "own-"
MOST_SIGNS = 60_000
NOTE_LENGTH = (5, 500)
_VERSION = re.compile(r"^version:.*$", re.MULTILINE)
_read: Kept[tuple[str, str], Ladder] = Kept(60)


def ladder_of(session: Session, organisation_id: int) -> Ladder:
    """The ladder in force in that organisation."""
    edition = store.edition_in_force(session, organisation_id)
    return _ladder(edition) if edition else load_ladder()


def ladder_at(session: Session, organisation_id: int, version: str) -> Ladder:
    """A ladder by the version that a decision names. Raises NotFound."""
    if not version.startswith(OWN):
        if not (FOLDER / f"{version}.yaml").is_file():
            raise NotFound
        return load_ladder(version)
    edition = store.find_edition(session, organisation_id, version)
    if edition is None:
        raise NotFound
    return _ladder(edition)


def _ladder(edition: LadderEdition) -> Ladder:
    key = edition.version, edition.text
    return _read.or_make(key, lambda: read_ladder(Path(f"{edition.version}.yaml"), edition.text))


@dataclass(frozen=True, slots=True)
class LadderText:
    """What somebody who changes the ladder has before them: the text in force, and the editions so far."""

    text: str
    in_force: Ladder
    editions: tuple[LadderEdition, ...]


def text_of(session: Session, actor: Actor) -> LadderText:
    """Raises NotAllowed."""
    _may_change(actor)
    editions = tuple(store.editions_of(session, actor.organisation_id))
    if not editions:
        return LadderText(house_text(CURRENT), load_ladder(), ())
    return LadderText(editions[0].text, _ladder(editions[0]), editions)


def house_text(version: str) -> str:
    """The file of one of the house's ladders. Raises NotFound."""
    if version not in HOUSE:
        raise NotFound
    return (FOLDER / f"{version}.yaml").read_text(encoding="utf-8")


def check_text(text: str, number: int) -> tuple[str, Ladder]:
    """The text as edition `number` would keep it, and what it says. Raises Invalid, ContentError with every fault."""
    if len(text) > MOST_SIGNS:
        raise Invalid("ladder.too_long", field="text", most=MOST_SIGNS)
    version = f"{OWN}{number}"
    text = "\n".join(text.splitlines()).strip() + "\n"
    own = _VERSION.sub(f"version: {version}", text, count=1) if _VERSION.search(text) else f"version: {version}\n{text}"
    return own, read_ladder(Path(f"{version}.yaml"), own)


def change_ladder(session: Session, actor: Actor, text: str, note: str, seen: int, now: datetime) -> LadderEdition:
    """Put another edition in force. `seen` is the number of the edition that was changed (0: the house's).

    Raises NotAllowed, Invalid for what is wrong with the text (`faults` by line) or the note, Conflict where somebody else
    made an edition meanwhile.
    """
    _may_change(actor)
    note = " ".join(note.split())
    if not NOTE_LENGTH[0] <= len(note) <= NOTE_LENGTH[1]:
        raise Invalid("ladder.note_length", field="note")
    editions = store.editions_of(session, actor.organisation_id)
    number = editions[0].number if editions else 0
    if seen != number:
        raise Conflict("ladder.changed_meanwhile")
    try:
        own, ladder = check_text(text, number + 1)
    except ContentError as error:
        raise Invalid("ladder.faults", field="text", faults=str(error)) from error
    _same_categories(ladder)
    edition = LadderEdition(
        organisation_id=actor.organisation_id, number=number + 1, version=ladder.version, text=own, note=note,
        by_id=actor.user_id or None, by_name=actor.name, at=now,
    )  # fmt: skip
    try:
        session.add(edition)
        session.flush()
        audit.record(session, actor, "ladder.changed", edition, now, {"version": ladder.version, "note": note})
        session.commit()
    except IntegrityError:
        session.rollback()
        raise Conflict("ladder.changed_meanwhile") from None
    return edition


def change_numbers(
    session: Session, actor: Actor, typed: Mapping[str, str], note: str, seen: int, now: datetime
) -> LadderEdition:
    """Another edition with other numbers and the same words; `typed` by path (see `content.ladder_numbers`).

    Raises as `change_ladder`, and Invalid where a number cannot be (`paths` names them) or none differs.
    """
    shown = text_of(session, actor)
    new, wrong = checked(numbers_in(shown.text), typed)
    if wrong:
        raise Invalid("ladder.numbers", paths=tuple(number.path for number in wrong))
    if not new:
        raise Invalid("ladder.no_change")
    return change_ladder(session, actor, with_numbers(shown.text, new), note, seen, now)


def _same_categories(ladder: Ladder) -> None:
    """Certificates name categories by id, so an edition may not lose one, nor the lowest, which everybody holds."""
    wanted = [category.id for category in load_ladder().categories]
    ids = [category.id for category in ladder.categories]
    missing = [one for one in wanted if one not in ids]
    if missing:
        raise Invalid("ladder.category_missing", field="text", category=missing[0])
    if ladder.categories[0].gates:
        raise Invalid("ladder.lowest_has_gates", field="text")


def _may_change(actor: Actor) -> None:
    if not actor.is_any("admin"):
        raise NotAllowed

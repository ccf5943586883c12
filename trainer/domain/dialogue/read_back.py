"""What the operator reads back: confirmed where it is right, put right where it is not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from difflib import SequenceMatcher

from trainer.domain.dialogue.draft import Draft
from trainer.domain.dialogue.repair import value_in
from trainer.domain.dialogue.turn import Heard, words_of
from trainer.domain.scenario import Case, FormField

DICTATED = {"phone": ("phone",), "email": ("email",), "reference": ("reference", "spelled"), "name": ("spelled",)}
"""Entities in which a form field of a type is read back."""


def with_read_back(case: Case, heard: Heard) -> Heard:
    """What was heard, a value of the form repeated rightly counted as read back, however it was put."""
    for field in case.form:
        right = _right(field)
        if any(e.type in DICTATED.get(field.type, ()) and _plain(e.value) in right for e in heard.entities):
            return replace(heard, acts=heard.acts | {"read_back"})
    return heard


def correct_read_back(draft: Draft, heard: Heard) -> None:
    """A value read back wrongly is corrected, unless it has been."""
    if any(move == "correct" for *_, move in draft.parts):
        return
    for field in draft.case.form:
        if _misread(field, heard) or _another(draft, field, heard) or _misspelt(draft, field, heard):
            draft.say("corrects", draft.case.small_talk.corrects, "correct", value=field.spoken or field.truth)
            draft.mark(f"corrected:{field.id}")
            return


def confirm_read_back(draft: Draft, heard: Heard) -> None:
    """What was read back rightly, or summed up, is confirmed, unless the customer has something to add."""
    if draft.silent and "read_back" in heard.acts and "anything_else" not in heard.acts:
        draft.say("confirms", draft.case.small_talk.confirms, "confirm")
        draft.mark("said:read_back")


def _misread(field: FormField, heard: Heard) -> bool:
    """A value of this field's type was said that is near its truth, but is not it."""
    right = _right(field)
    said = [_plain(e.value) for e in heard.entities if e.type in DICTATED.get(field.type, ())]
    if any(value in true or true in value for value in said for true in right):
        return False  # whole, or run together with the words around it
    return any(_near(value, right) for value in said)


def _right(field: FormField) -> set[str]:
    """The true values of a field as they may be read back; of a name, each part of it too."""
    values = (field.truth, *field.accept)
    parts = [part for value in values for part in value.split()] if field.type == "name" else []
    return {_plain(value) for value in (*values, *parts)}


def _another(draft: Draft, field: FormField, heard: Heard) -> bool:
    """A value that the customer told was read back as quite another one, which is no number of the company's either."""
    if field.type not in ("phone", "email") or "read_back" not in heard.acts:
        return False
    right = _right(field)
    known = right | {_plain(value) for fact in draft.case.all_facts for value in (fact.value, *fact.accept)}
    said = {_plain(e.value) for e in heard.entities if e.type == field.type}
    told = any(value_in(field, line, draft.case.language) for line in draft.state.said)
    fits = any(value in true or true in value for value in said for true in known)  # or runs on into what follows
    return told and bool(said) and not fits


ALIKE = 0.8
"""From this similarity on, words read back are meant for the name before the @ of an e-mail address."""
SHORTEST = 5
"""Letters from which a name before the @ can be told from ordinary words."""
_BETWEEN = frozenset({"dot", "point", "dash", "hyphen", "tiret", "underscore", "full", "stop"})


def _misspelt(draft: Draft, field: FormField, heard: Heard) -> bool:
    """The name before the @ was read back alone, and a letter of it is missing, too many or another one."""
    if field.type != "email" or "read_back" not in heard.acts or any(e.type == "email" for e in heard.entities):
        return False
    if not any(value_in(field, line, draft.case.language) for line in draft.state.said):
        return False
    names = {_plain(value.partition("@")[0]) for value in (field.truth, *field.accept)}
    words = [word for word in words_of(heard.text) if word not in _BETWEEN]
    return any(len(name) >= SHORTEST and _spoken_beside(name, words) for name in names)


def _spoken_beside(name: str, words: Sequence[str]) -> bool:
    """Words in a row sound like the name, and none are it."""
    near = False
    for first in range(len(words)):
        joined = ""
        for word in words[first:]:
            joined += word
            if joined == name:
                return False
            if len(joined) > len(name) + 2:
                break
            near = near or SequenceMatcher(None, joined, name).ratio() >= ALIKE
    return near


def _plain(value: str) -> str:
    return "".join(c for c in value.lower() if c.isalnum() or c == "@")


def _near(value: str, right: set[str]) -> bool:
    """At least two thirds of the characters stand in the same places, counted from either end."""
    for true in right:
        longest = max(len(value), len(true), 1)
        same = max(
            sum(a == b for a, b in zip(value, true, strict=False)),
            sum(a == b for a, b in zip(reversed(value), reversed(true), strict=False)),
        )
        if same / longest >= 2 / 3:
            return True
    return False

"""The record that the operator typed, held against the truth: field by field, each type in its own way.

Accents, case, spaces, the way of writing a date or an amount never count; figures always do. What went wrong is named:
missing, wrong, figures transposed, the right value in the wrong field, recorded though not agreed, agreed aloud but not
recorded. A field that an unsuccessful call never came to is not asked about.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

from trainer.domain.grade import FieldGrade
from trainer.domain.grading.call_reading import CallReading, Turn
from trainer.domain.grading.call_spoken import day_meant, is_said, weekday_near
from trainer.domain.grading.call_values import amount, day, digits, phone, plain, plain_words
from trainer.domain.scenario import FormField
from trainer.domain.understanding import Promise

FIGURES = ("phone", "date", "money", "number", "reference")
"""Types whose figures can be swapped."""
PERSONAL = (*FIGURES, "email", "address", "name")
"""Types that nobody can know unless they were said or stand in the record."""
AGREED = ("date", "money")
"""Types that stand for what was agreed: without an agreement there is none to record."""
NEAR = 0.9
NOTE_SHARE = 0.5
"""Share of the truth's content words that a note has to hold."""
_TITLES = frozenset(
    [
        "mr",
        "mrs",
        "ms",
        "miss",
        "dr",
        "sir",
        "madam",
        "m",
        "mme",
        "mlle",
        "monsieur",
        "madame",
        "mademoiselle",
        "docteur",
    ]
)
_YES = frozenset(["yes", "oui", "agreed", "accepted", "accepte", "true", "opt_in", "subscribed", "signed"])
_SHORT = {
    "st": "street", "rd": "road", "ave": "avenue", "av": "avenue", "sq": "square", "ln": "lane", "dr": "drive",
    "bd": "boulevard", "bld": "boulevard", "blvd": "boulevard", "pl": "place", "r": "rue", "chem": "chemin",
    "all": "allee", "rte": "route", "imp": "impasse", "fg": "faubourg", "apt": "apartment", "appt": "appartement",
    "ste": "sainte", "no": "", "number": "", "numero": "", "n": "",
}  # fmt: skip
_EMPTY_ADDRESS = frozenset(["the", "la", "le", "les", "de", "du", "des", "l", "d"])


def grade_record(call: CallReading) -> tuple[FieldGrade, ...]:
    """Each field of the case's form, in its order."""
    return tuple(_grade_field(call, field) for field in call.case.form)


def _grade_field(call: CallReading, field: FormField) -> FieldGrade:
    typed = call.form.get(field.id, "").strip()
    said = value_said(call, field)
    mistake, asked = _mistake(call, field, typed, said)
    return FieldGrade(
        field=field.id,
        label=field.label,
        typed=_shown(field, typed),
        truth=_shown(field, field.truth),
        right=not mistake,
        mistake=mistake,
        weight=max(1, field.weight),
        seq=said[0] if said else None,
        asked=asked,
    )


def _mistake(call: CallReading, field: FormField, typed: str, said: tuple[int, bool] | None) -> tuple[str, bool]:
    """The kind of mistake ("" for none) and whether the field counts."""
    if not field.truth.strip():
        if field.type in ("note", "text") or not typed:
            return "", False
        return "false", True
    if call.refused and not field.required and field.type in AGREED:
        return ("false" if typed else ""), bool(typed)  # what was offered was refused: there is no day and no amount
    if call.refused and not field.required and not typed and heard_from_customer(call, field) is None:
        return "", False  # only the operator named it, and the customer said no
    reached = call.success or said is not None
    if not typed:
        if not reached or (not field.required and said is None):
            return "", False
        return ("unrecorded" if said and said[1] else "missing"), True
    if same_value(field, typed, field.truth) or any(same_value(field, typed, other) for other in field.accept):
        invented = not reached and field.type in PERSONAL and not _in_record(call, field)
        return ("false", True) if invented else ("", True)
    if not reached and field.type in ("choice", "note", "text"):
        return "", False  # the truth of the form is that of a call that succeeds
    if field.type == "choice" and plain(typed) in _YES and plain(field.truth) not in _YES:
        return "false", True
    if field.type in FIGURES and _transposed(field, typed):
        return "transposed", True
    others = [other for other in call.case.form if other.id != field.id and other.truth.strip()]
    if any(other.type not in ("note", "choice") and same_value(other, typed, other.truth) for other in others):
        return "other_field", True
    return "wrong", True


def same_value(field: FormField, typed: str, truth: str) -> bool:
    """Whether `typed` says the same as the canonical `truth`, for the field's type."""
    match field.type:
        case "phone":
            return bool(phone(typed)) and phone(typed) == phone(truth)
        case "money" | "number":
            one, other = amount(typed), amount(truth)
            return one is not None and one == other
        case "date":
            first, second = day(typed, near=truth), day(truth)
            return first is not None and first == second if second else plain(typed) == plain(truth)
        case "reference":
            return _letters(typed) == _letters(truth)
        case "email":
            return re.sub(r"\s", "", plain(typed)) == re.sub(r"\s", "", plain(truth))
        case "name":
            return _name(typed) == _name(truth)
        case "choice":
            return plain(typed) == plain(truth) or plain(_shown(field, typed)) == plain(_shown(field, truth))
        case "address":
            return _same_address(typed, truth)
        case "note":
            return _covers(typed, truth)
        case _:
            return _near(plain_words(typed), plain_words(truth))


def value_said(call: CallReading, field: FormField) -> tuple[int, bool] | None:
    """Where the true value was first said aloud: (event, whether the operator said it); the operator's word counts
    above the customer's. None where nobody did."""
    if not field.truth.strip():
        return None
    if field.type not in ("choice", "note"):
        for turn in call.turns:
            if says_value(call, field, turn):
                return turn.seq, True
    seq = heard_from_customer(call, field)
    return None if seq is None else (seq, False)


def heard_from_customer(call: CallReading, field: FormField) -> int | None:
    """The customer's line in which the true value was first said."""
    return next((line.seq for line in call.lines if _spoken_in(call, field, line.text)), None)


def says_value(call: CallReading, field: FormField, turn: Turn) -> bool:
    """The operator says the true value in this turn."""
    return _meant(call, field, turn) or _spoken_in(call, field, turn.text)


def _meant(call: CallReading, field: FormField, turn: Turn) -> bool:
    """One of the values that were understood in the turn is the true one."""
    values = [e.value for e in turn.understanding.entities] + [p.when or "" for p in turn.understanding.promises]
    if field.type == "date":
        values += [day for value in values for day in day_meant(value, call.case.today)]
    return any(value and same_value(field, value, field.truth) for value in values)


def _spoken_in(call: CallReading, field: FormField, text: str) -> bool:
    if field.type in ("note", "choice"):
        return False
    case = call.case
    others = (field.spoken, *field.accept, *weekday_near(field.truth, case.today, case.language))
    return is_said(text, field.type, field.truth, case.language, case.company.currency, *others)


def said_in_promise(call: CallReading, field: FormField, promise: Promise) -> bool:
    """The true value is part of what was promised."""
    if promise.when and field.type == "date":
        return any(same_value(field, day, field.truth) for day in day_meant(promise.when, call.case.today))
    return _spoken_in(call, field, promise.quote)


def _in_record(call: CallReading, field: FormField) -> bool:
    return any(same_value(field, row.value, field.truth) for row in call.case.record)


def _transposed(field: FormField, typed: str) -> bool:
    """The same figures in another order."""
    if field.type == "date":
        one, other = day(typed, near=field.truth), day(field.truth)
        first = one.strftime("%d%m%Y") if one else digits(typed)
        second = other.strftime("%d%m%Y") if other else digits(field.truth)
    elif field.type == "phone":
        first, second = phone(typed), phone(field.truth)
    else:
        first, second = digits(typed), digits(field.truth)
    return first != second and len(first) > 1 and sorted(first) == sorted(second)


def _shown(field: FormField, value: str) -> str:
    """A choice by its label, everything else as it is."""
    return next((label for key, label in field.options if key == value), value)


def _letters(text: str) -> str:
    return "".join(plain_words(text))


def _name(text: str) -> list[str]:
    return sorted(word for word in plain_words(text) if word not in _TITLES)


def _near(one: Sequence[str], other: Sequence[str]) -> bool:
    if _figures(one) != _figures(other):
        return False
    return SequenceMatcher(None, " ".join(one), " ".join(other), autojunk=False).ratio() >= NEAR


def _figures(words: Sequence[str]) -> list[str]:
    return sorted(w for w in words if any(c.isdigit() for c in w))


def _same_address(typed: str, truth: str) -> bool:
    one, other = _address(typed), _address(truth)
    if "".join(sorted(one)) == "".join(sorted(other)) or "".join(one) == "".join(other):
        return True
    if digits("".join(one)) != digits("".join(other)):
        return False
    return SequenceMatcher(None, "".join(sorted(one)), "".join(sorted(other)), autojunk=False).ratio() >= NEAR


def _address(text: str) -> list[str]:
    words = (_SHORT.get(word, word) for word in plain_words(text))
    return [word for word in words if word and word not in _EMPTY_ADDRESS]


def _covers(typed: str, truth: str) -> bool:
    wanted = {w for w in plain_words(truth) if len(w) > 3 or w.isdigit()} or set(plain_words(truth))
    held = set(plain_words(typed))
    found = sum(any(w == h or (len(w) > 4 and w[:5] == h[:5]) for h in held) for w in wanted)
    return found >= NOTE_SHARE * len(wanted)

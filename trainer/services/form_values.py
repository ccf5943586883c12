"""Values typed into the record form: the wrong type is told at once; what is merely untrue is left to grading."""

from __future__ import annotations

import re

from trainer.domain.errors import Invalid
from trainer.domain.scenario import Case, FormField

LONGEST = {"note": 2000, "address": 300, "text": 300}

_SHAPES = {
    "phone": r"[+(]?[\d\s().\-/]{4,25}",
    "email": r"[^@\s]+@[^@\s]+\.[^@\s.]+",
    "money": r"[€$£]?\s*-?\d[\d\s.,'’]*\s*(?:€|\$|£|eur|euros?|usd|gbp)?",
    "number": r"-?\d[\d\s.,'’]*",
    "date": r"(?=.*\d)[\w\s./\-,éûÉÛ]{3,40}",
}
"""What a value of that type can at most look like; "next Tuesday" has no figure, so a date must be a date."""


def check_field(case: Case, field_id: str, value: str) -> str:
    """The value without spaces around it. Raises Invalid ("call.form_<type>") when it cannot be of the field's type."""
    field = next((one for one in case.form if one.id == field_id), None)
    if field is None:
        raise Invalid("call.form_unknown", field=field_id)
    return check_value(field, value)


def check_value(field: FormField, value: str) -> str:
    plain = value.strip()
    if not plain:
        return ""
    if len(plain) > LONGEST.get(field.type, 200):
        raise Invalid("call.form_too_long", field=field.id, label=field.label, most=LONGEST.get(field.type, 200))
    if field.type == "choice":
        if plain not in {key for key, _ in field.options}:
            raise Invalid("call.form_choice", field=field.id, label=field.label)
    elif (shape := _SHAPES.get(field.type)) and not re.fullmatch(shape, plain, re.IGNORECASE):
        raise Invalid(f"call.form_{field.type}", field=field.id, label=field.label)
    return plain

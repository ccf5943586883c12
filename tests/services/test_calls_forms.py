"""Typed fields and the end of a turn."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer.domain.errors import Invalid
from trainer.domain.events import Event
from trainer.domain.scenario import FIELD_TYPES, FormField
from trainer.services.form_values import check_value
from trainer.services.turn_taking import DICTATION_MS, USUAL_MS, end_of_turn_ms


def field(kind: str) -> FormField:
    return FormField(id="f", label="Field", type=kind, truth="", options=(("late", "Late"), ("lost", "Lost")))


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("phone", "020 7946 0018"), ("phone", "+33 1 99 00 12 34"), ("phone", "(020) 7946-0018"),
        ("email", "john.smith@example.org"), ("money", "11.50"), ("money", "€ 11,50"), ("money", "1 250 €"),
        ("number", "3"), ("date", "24 November 2026"), ("date", "24/11/2026"), ("date", "2026-11-24"),
        ("date", "1er décembre"), ("choice", "late"), ("name", "Zoë D'Ávila-Müller"), ("reference", "PX-402/B"),
        ("address", "3 rue des Lilas, 75001 Paris"), ("text", "x" * 300), ("note", "x" * 2000),
    ],
)  # fmt: skip
def test_value_of_the_right_type_is_taken_as_typed(kind: str, value: str) -> None:
    assert check_value(field(kind), f"  {value} ") == value


@pytest.mark.parametrize(
    ("kind", "value", "code"),
    [
        ("phone", "call me", "call.form_phone"), ("email", "john at example", "call.form_email"),
        ("money", "eleven", "call.form_money"), ("number", "many", "call.form_number"),
        ("date", "next Tuesday", "call.form_date"), ("choice", "stolen", "call.form_choice"),
        ("name", "x" * 201, "call.form_too_long"), ("note", "x" * 2001, "call.form_too_long"),
    ],
)  # fmt: skip
def test_value_of_the_wrong_type_is_told(kind: str, value: str, code: str) -> None:
    with pytest.raises(Invalid) as told:
        check_value(field(kind), value)
    assert told.value.code == code


@given(st.sampled_from(FIELD_TYPES), st.text(max_size=400))
def test_any_text_is_taken_or_told_in_every_type(kind: str, value: str) -> None:
    outcome = taken(kind, value)
    assert outcome == value.strip() or outcome.startswith("call.form_")


def taken(kind: str, value: str) -> str:
    try:
        return check_value(field(kind), value)
    except Invalid as told:
        return told.code


def said(kind: str, text: str) -> Event:
    return Event(1, 0, kind, {"text": text})


@pytest.mark.parametrize(
    ("language", "text", "ms"),
    [
        ("en", "Sure, what's my reference number again?", DICTATION_MS),
        ("en", "It's about a parcel.", USUAL_MS),
        ("en", "So that is 0 2 0 7 9 4 6", DICTATION_MS),
        ("en", "The address of the shop?", DICTATION_MS),
        ("fr", "C'est quoi, mon numéro de dossier ?", DICTATION_MS),
        ("fr", "Vous pouvez épeler ?", DICTATION_MS),
        ("fr", "J'appelle pour un colis.", USUAL_MS),
    ],
)
def test_turn_ends_later_while_figures_or_letters_are_dictated(language: str, text: str, ms: int) -> None:
    assert end_of_turn_ms(language, [said("customer_line", text)]) == ms


def test_turn_ends_as_usual_two_lines_after_a_dictation() -> None:
    log = [
        said("customer_line", "My number is 0207946"),
        said("operator_utterance", "Thank you."),
        said("customer_line", "Fine."),
    ]
    assert end_of_turn_ms("en", log) == USUAL_MS
    assert end_of_turn_ms("en", []) == USUAL_MS

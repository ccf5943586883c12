"""Forms: the same seed draws the same values for ever, and every text is filled with them."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.factories.scenarios import all_scenarios
from trainer.domain.errors import Invalid
from trainer.domain.forms import FillError, draw_form, fill_text, open_case, placeholders, stable_number, values_in
from trainer.domain.scenario import Variable

PARCEL = all_scenarios()["late-parcel"]
seeds = st.integers(0, 2**31)


@given(seeds)
def test_a_seed_draws_the_same_form_every_time(seed: int) -> None:
    assert draw_form(PARCEL, seed) == draw_form(PARCEL, seed)


@given(seeds)
def test_a_name_keeps_its_own_address_when_drawn_from_a_table(seed: int) -> None:
    values = values_in(draw_form(PARCEL, seed), "en")
    row = next(i for i, v in enumerate(_column("customer.name")) if v["en"] == values["customer.name"])
    assert values["customer.ref"] == _column("customer.ref")[row]["en"]
    assert values["customer.phone"] == _column("customer.phone")[row]["en"]


def _column(name: str) -> tuple[dict[str, str], ...]:
    return tuple(dict(choice) for choice in next(v.choices for v in PARCEL.variables if v.id == name))


@given(seeds)
def test_an_old_variable_keeps_its_value_when_another_is_added(seed: int) -> None:
    extra = Variable("weather", "text", ({"*": "rain"}, {"*": "sun"}))
    wider = replace(PARCEL, variables=(*PARCEL.variables, extra))
    old, new = draw_form(PARCEL, seed), draw_form(wider, seed)
    assert {name: new[name] for name in old} == old


def test_a_drawn_value_may_be_set_by_hand() -> None:
    assert draw_form(PARCEL, 1, {"child": "Ada"})["child"] == "Ada"
    assert open_case(PARCEL, "en", 1, {"customer": "2"}).persona.name == "Helen Pritchard"


@pytest.mark.parametrize(
    ("overrides", "code"), [({"weather": "rain"}, "form.no_variable"), ({"customer": "99"}, "form.no_row")]
)
def test_an_override_is_refused_when_it_names_nothing(overrides: dict[str, str], code: str) -> None:
    with pytest.raises(Invalid) as caught:
        draw_form(PARCEL, 1, overrides)
    assert caught.value.code == code


def test_a_case_is_refused_in_a_language_that_the_scenario_lacks() -> None:
    with pytest.raises(Invalid):
        open_case(PARCEL, "de", 1)


def test_every_row_is_drawn_when_there_are_many_seeds() -> None:
    drawn = {values_in(draw_form(PARCEL, seed), "fr")["customer.name"] for seed in range(200)}
    assert drawn == {choice["fr"] for choice in _column("customer.name")}


@pytest.mark.parametrize(
    ("text", "filled"),
    [
        ("{name}", "Ana Diaz"),
        ("{day|weekday}", "Thursday"),
        ("{day+2d|weekday}", "Saturday"),
        ("{day-12d|date}", "Saturday the twenty-eighth of February"),
        ("{fee|money|capital}", "Seventeen pounds fifty"),
        ("{fee|price} and {name|upper}", "£17.50 and ANA DIAZ"),
        ("it's {value}", "it's {value}"),
        ("no names here", "no names here"),
    ],
)
def test_a_text_is_filled(text: str, filled: str) -> None:
    values = {"name": "Ana Diaz", "day": "2026-03-12", "fee": "17.50"}
    assert fill_text(text, values, "en", "GBP") == filled


@pytest.mark.parametrize("text", ["{nobody}", "{name|shout}", "{name|date}", "{name+2d}", "{fee|weekday}"])
def test_a_text_is_refused_when_it_cannot_be_filled(text: str) -> None:
    with pytest.raises(FillError):
        fill_text(text, {"name": "Ana Diaz", "fee": "17.50"}, "en", "GBP")


def test_placeholders_are_listed_with_their_filters() -> None:
    assert list(placeholders("{a} and {b|money|capital} and {c+2d|date}")) == [
        ("a", ()),
        ("b", ("money", "capital")),
        ("c", ("date",)),
    ]


def test_the_stable_number_is_the_same_on_every_machine() -> None:
    assert stable_number("v1", 7, "customer") == 13372465704415824955

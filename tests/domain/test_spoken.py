"""How values are said aloud, in Britain and in France."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer.domain.forms import fill_text
from trainer.domain.spoken import (
    FILTERS,
    date_words,
    day_words,
    email_spelled,
    email_words,
    money_words,
    money_written,
    number_words,
    phone_words,
    phone_written,
    shift_days,
    spelled,
    time_words,
    weekday_code,
)


@pytest.mark.parametrize(
    ("number", "english", "french"),
    [
        (0, "zero", "zéro"),
        (15, "fifteen", "quinze"),
        (50, "fifty", "cinquante"),
        (21, "twenty-one", "vingt et un"),
        (70, "seventy", "soixante-dix"),
        (71, "seventy-one", "soixante et onze"),
        (76, "seventy-six", "soixante-seize"),
        (80, "eighty", "quatre-vingts"),
        (81, "eighty-one", "quatre-vingt-un"),
        (91, "ninety-one", "quatre-vingt-onze"),
        (100, "one hundred", "cent"),
        (200, "two hundred", "deux cents"),
        (116, "one hundred and sixteen", "cent seize"),
        (1000, "one thousand", "mille"),
        (1015, "one thousand and fifteen", "mille quinze"),
        (80_000, "eighty thousand", "quatre-vingt mille"),
    ],
)
def test_a_number_is_said(number: int, english: str, french: str) -> None:
    assert (number_words(number, "en"), number_words(number, "fr")) == (english, french)


@given(st.integers(0, 999_999), st.integers(0, 999_999))
def test_two_numbers_are_never_said_alike(one: int, other: int) -> None:
    for language in ("en", "fr"):
        assert (number_words(one, language) == number_words(other, language)) == (one == other)


@pytest.mark.parametrize("number", [-1, 1_000_000])
def test_a_number_is_refused_when_it_is_out_of_range(number: int) -> None:
    with pytest.raises(ValueError, match="0 to 999,999"):
        number_words(number, "en")


@pytest.mark.parametrize(
    ("value", "english", "french"),
    [
        ("17.50", "seventeen pounds fifty", "dix-sept livres cinquante"),
        ("1.00", "one pound", "une livre"),
        ("0.80", "eighty p", "quatre-vingts pence"),
        ("15", "fifteen pounds", "quinze livres"),
    ],
)
def test_money_is_said(value: str, english: str, french: str) -> None:
    assert money_words(value, "en", "GBP") == english
    assert money_words(value, "fr", "GBP") == french


def test_money_is_written_as_each_country_writes_it() -> None:
    assert (money_written("17.50", "en", "GBP"), money_written("17.50", "fr", "EUR")) == ("£17.50", "17,50 €")
    assert (money_written("17.00", "en", "EUR"), money_words("17.50", "fr", "EUR")) == (
        "€17",
        "dix-sept euros cinquante",
    )


@given(st.dates(date(2020, 1, 1), date(2035, 12, 31)))
def test_a_date_is_said_with_its_day_and_month(day: date) -> None:
    value = day.isoformat()
    assert date_words(value, "fr").split()[1] == day_words(value, "fr")
    assert day_words(value, "en") in date_words(value, "en")
    assert weekday_code(value, "en") == f"weekday:{day.weekday()}"
    assert shift_days(shift_days(value, 9), -9) == value


def test_a_date_is_said_as_people_say_it() -> None:
    assert date_words("2026-03-12", "en") == "Thursday the twelfth of March"
    assert date_words("2026-05-21", "en") == "Thursday the twenty-first of May"
    assert date_words("2026-04-01", "fr") == "mercredi premier avril"


@pytest.mark.parametrize(
    ("value", "english", "french"),
    [
        ("14:30", "half past two", "quatorze heures trente"),
        ("08:00", "eight o'clock", "huit heures"),
        ("12:45", "quarter to one", "midi quarante-cinq"),
        ("01:05", "one oh five", "une heure cinq"),
        ("21:00", "nine o'clock", "vingt et une heures"),
        ("00:00", "twelve o'clock", "minuit"),
    ],
)
def test_a_time_is_said(value: str, english: str, french: str) -> None:
    assert (time_words(value, "en"), time_words(value, "fr")) == (english, french)


def test_letters_and_numbers_are_said_one_by_one() -> None:
    assert spelled("BP471", "en") == "B, P, 4, 7, 1"
    assert phone_words("07700900123", "en") == "0 7 7 0 0, 9 0 0, 1 2 3"
    assert phone_words("0639981234", "fr") == "06, 39, 98, 12, 34"
    assert (phone_written("07700900123", "en"), phone_written("0639981234", "fr")) == ("07700 900123", "06 39 98 12 34")
    assert email_words("k.osei@example.org", "en") == "k dot osei at example dot org"
    assert email_spelled("k.osei@example.org", "fr") == "k, point, o, s, e, i, arobase example point org"


def test_every_filter_takes_what_it_is_made_for() -> None:
    values = {"date": "2026-03-12", "time": "14:30", "words": "15", "phone": "07700900123", "email": "a@example.org"}
    for name, filter_ in FILTERS.items():
        kind = "date" if name.startswith(("date", "day", "weekday")) else name.split("_")[0]
        assert filter_(values.get(kind, "abc"), "en")


@pytest.mark.parametrize(
    ("text", "language", "said"),
    [
        ("{name|surname|spelled}", "en", "O, S, E, I"),
        ("l'insuline {child|de}", "fr", "l'insuline d'Ousmane"),
        ("{name|surname}", "fr", "Osei"),
    ],
)
def test_names_are_put_as_people_say_them(text: str, language: str, said: str) -> None:
    assert fill_text(text, {"name": "Kofi Osei", "child": "Ousmane"}, language, "GBP") == said


def test_de_is_not_cut_before_a_consonant() -> None:
    assert fill_text("{child|de}", {"child": "Léo"}, "fr", "EUR") == "de Léo"

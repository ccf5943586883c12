"""What a voice is given to read: numbers, money, dates, times, telephone numbers and references in words."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer.adapters.speech.spoken_form import decimal, spoken_form

ENGLISH = {
    "My order is AB-4071.": "My order is ay bee, four zero seven one.",
    "It costs £14.90 a month.": "It costs fourteen pounds ninety a month.",
    "£1,250.00, €0.50 or $1": "one thousand two hundred and fifty pounds, fifty cents or one dollar",
    "£3.05": "three pounds and five pence",
    "at 14:30 on 14/03/2025": "at two thirty pee em on the fourteenth of March twenty twenty-five",
    "on 2025-03-01 at 9:05 am": "on the first of March twenty twenty-five at nine oh five ay em",
    "at 12:00 or 00:00": "at midday or midnight",
    "by 5 p.m.": "by five pee em",
    "Call 020 7946 0018": "Call zero two zero, seven nine four six, zero zero one eight",
    "+44 20 7946 0018": "plus four four, two zero, seven nine four six, zero zero one eight",
    "john.smith2@mail.com": "john dot smith two at mail dot com",
    "account 12345678": "account one two three four, five six seven eight",
    "10% off, 2.5% VAT": "ten percent off, two point five percent VAT",
    "3 phones since 2019": "three phones since twenty nineteen",
    "1,250 units on the 3rd floor": "one thousand two hundred and fifty units on the third floor",
    "500 Mbps, 20GB & 24/7": "five hundred megabits per second, twenty gigabytes and twenty-four seven",
    "£11/month": "eleven pounds a month",
    "K-O-V-A-L": "kay oh vee ay, ell",
    "That's well-known, isn't it?": "That's well-known, isn't it?",
}
FRENCH = {
    "Ma référence est AB-4071.": "Ma référence est a bé, quatre zéro sept un.",
    "C'est 14,90 € par mois.": "C'est quatorze euros quatre-vingt-dix par mois.",
    "1 250,00 €, 0,50 € ou 1 €": "mille deux cent cinquante euros, cinquante centimes ou un euro",
    "1\u202f250 €": "mille deux cent cinquante euros",
    "à 14h30 le 14/03/2025": "à quatorze heures trente le quatorze mars deux mille vingt-cinq",
    "à 14:30": "à quatorze heures trente",
    "le 1er mai à 9h05": "le premier mai à neuf heures cinq",
    "à 1h, 21h et 12:00": "à une heure, vingt et une heures et midi",
    "au 06 12 34 56 78": "au zéro six, douze, trente-quatre, cinquante-six, soixante-dix-huit",
    "0612345678": "zéro six, douze, trente-quatre, cinquante-six, soixante-dix-huit",
    "+33 6 12 34 56 78": "plus trente-trois, six, douze, trente-quatre, cinquante-six, soixante-dix-huit",
    "jean.dupont2@mail.fr": "jean point dupont deux arobase mail point fr",
    "10 % de remise, 5,5 % de TVA": "dix pour cent de remise, cinq virgule cinq pour cent de TVA",
    "3 lignes depuis 2019": "trois lignes depuis deux mille dix-neuf",
    "au 2e étage, 21 minutes": "au deuxième étage, vingt et une minutes",
    "Mme Martin et M. Durand, n° 80": "madame Martin et monsieur Durand, numéro quatre-vingts",
    "69003 Lyon": "soixante-neuf mille trois Lyon",
    "80 Go, 7j/7": "quatre-vingts gigaoctets, sept jours sur sept",
    "11 €/mois": "onze euros par mois",
    "2 500 000 €": "deux millions cinq cent mille euros",
    "aujourd’hui, peut-être": "aujourd'hui, peut-être",
}


@pytest.mark.parametrize(("written", "said"), ENGLISH.items())
def test_english_is_written_out_as_it_is_said(written: str, said: str) -> None:
    assert spoken_form(written, "en") == said


@pytest.mark.parametrize(("written", "said"), FRENCH.items())
def test_french_is_written_out_as_it_is_said(written: str, said: str) -> None:
    assert spoken_form(written, "fr") == said


@pytest.mark.parametrize(
    ("written", "plain"),
    [("1,250.00", "1250.00"), ("1.250,00", "1250.00"), ("1 250,5", "1250.5"), ("14,90", "14.90"), ("1,250", "1250"),
     ("0.125", "0.125"), ("2,000,000", "2000000"), ("7", "7")],
)  # fmt: skip
def test_numbers_are_read_as_people_write_them(written: str, plain: str) -> None:
    assert decimal(written) == plain


@given(st.text(max_size=80), st.sampled_from(["en", "fr"]))
def test_any_text_can_be_written_out(text: str, language: str) -> None:
    assert isinstance(spoken_form(text, language), str)


@given(st.decimals(0, 99999, places=2), st.sampled_from([("en", "£{}"), ("fr", "{} €")]))
def test_no_digit_of_an_amount_is_left(amount: object, case: tuple[str, str]) -> None:
    assert not re.search(r"\d", spoken_form(case[1].format(amount), case[0]))


@given(st.from_regex(r"[A-Z]{1,3}-?[0-9]{2,8}", fullmatch=True))
def test_every_character_of_a_reference_is_said(reference: str) -> None:
    said = spoken_form(f"It is {reference}.", "en").removeprefix("It is ").removesuffix(".")
    assert len(said.replace(",", "").split()) == len(reference.replace("-", ""))

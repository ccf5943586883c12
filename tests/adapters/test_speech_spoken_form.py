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
    "14 Mill Lane, Leeds LS1 4AB": "fourteen Mill Lane, Leeds ell ess one, four ay bee",
    "SW1A 1AA or HC1 3VD": "ess double-you one ay, one ay ay or aitch see one, three vee dee",
    "Flat 3B, 221B High St, room 12A": "Flat three bee, two two one bee High Street, room twelve ay",
    "a van, AB12 CDE": "a van, ay bee one two, see dee ee",
    "07700900123 ext. 12": "zero seven seven zero zero, nine zero zero, one two three extension twelve",
    "+44 (0)7700 900123": "plus four four, seven seven zero zero, nine zero zero, one two three",
    "0 7 7 0 0, 9 0 0, 1 2 3": "zero seven seven zero zero, nine zero zero, one two three",
    "0800 123 4567": "zero eight zero zero, one two three, four five six seven",
    "call 111 or 999": "call one one one or nine nine nine",
    "sort code 20-45-77": "sort code two zero, four five, seven seven",
    "the card ending 4417": "the card ending four four one seven",
    "B, P, 4, 7, 1": "bee, pee, four, seven, one",
    "a, dot, o, s, e, i, at example dot org": "ay, dot, oh, ess, ee, eye, at example dot org",
    "k dot osei at example dot org": "kay dot osei at example dot org",
    "a.lee@mail.co.uk": "ay dot lee at mail dot co dot uk",
    "Dr Patel, Mrs O'Neill and Mr. Reid of St Mary's": "Doctor Patel, Missus O'Neill and Mister Reid of Saint Mary's",
    "50p, £1.01 and -£5.20": "fifty pence, one pound and one penny and minus five pounds twenty",
    "£20-25, £3m, £2.5k": "twenty pounds to twenty-five pounds, three million pounds, two point five thousand pounds",
    "8-10am, 3pm–5pm, 3-5 days": "eight to ten ay em, three pee em to five pee em, three to five days",
    "9.15am, at 17.45": "nine fifteen ay em, at five forty-five pee em",
    "at 2.5 kg": "at two point five kilos",
    "12/11/25, 09/06/58 and 05/06": "the twelfth of November twenty twenty-five, the ninth of June nineteen fifty-eight and "
    "the fifth of June",
    "on 1 Dec 2024, Dec 3rd, Mon 3 March": "on the first of December twenty twenty-four, December the third, "
    "Monday the third of March",
    "Born 9 June 1938": "Born the ninth of June nineteen thirty-eight",
    "1/2 price, 3/4 of it": "half price, three quarters of it",
    "30 mins, 2 hrs, 25°C, the 1990s": "thirty minutes, two hours, twenty-five degrees, the nineteen nineties",
    "order 5521-7789-01": "order five five two one, seven seven eight nine, zero one",
    "I may come in March. A sat nav, Sun 7.": "I may come in March. A sat nav, Sunday seven.",
    "She said 4, 5 or 6.": "She said four, five or six.",
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
    "Mon code postal est 75011.": "Mon code postal est soixante-quinze mille onze.",
    "06000 Nice": "zéro six mille Nice",
    "12 bis, avenue Foch, au 12B": "douze bis, avenue Foch, au douze bé",
    "06, 39, 98, 12, 34": "zéro six, trente-neuf, quatre-vingt-dix-huit, douze, trente-quatre",
    "0 800 123 456": "zéro huit cents, cent vingt-trois, quatre cent cinquante-six",
    "au 3615": "au trente-six quinze",
    "la carte qui finit par 4417": "la carte qui finit par quarante-quatre, dix-sept",
    "B, P, 4, 7, 1": "bé, pé, quatre, sept, un",
    "k point osei arobase exemple point fr": "ka point osei arobase exemple point fr",
    "- 5,20 € et 10 000 €": "moins cinq euros vingt et dix mille euros",
    "de 20-25 €, 8h-10h, 2-3 jours": "de vingt à vingt-cinq euros, huit heures à dix heures, deux à trois jours",
    "le 12/11/25, le 09/06/58, le 05/06": "le douze novembre deux mille vingt-cinq, le neuf juin mille neuf cent "
    "cinquante-huit, le cinq juin",
    "1,5 heure, 2,5 heures, 30 min": "une heure et demie, deux heures et demie, trente minutes",
    "3/4 d'heure": "trois quarts d'heure",
    "10 000 m², 25°C, 50 km/h": "dix mille mètres carrés, vingt-cinq degrés, cinquante kilomètres à l'heure",
    "Dr Roy, Mlle Le Goff": "docteur Roy, mademoiselle Le Goff",
    "dossier 5521-7789-01": "dossier cinq cinq deux un, sept sept huit neuf, zéro un",
    "né le 17 février 1956": "né le dix-sept février mille neuf cent cinquante-six",
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


@given(st.text("0123456789£€,./-–: hpamABCGg°²k'%@é", max_size=40), st.sampled_from(["en", "fr"]))
def test_any_crowd_of_figures_can_be_written_out(text: str, language: str) -> None:
    assert isinstance(spoken_form(text, language), str)

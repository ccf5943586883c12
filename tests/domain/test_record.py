"""The record against the truth: each type compared in its own way, each mistake named."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.factories.cases import CallScript, good_call, make_graded_case
from trainer.domain.grade import FieldGrade
from trainer.domain.grading.call_reading import read_call
from trainer.domain.grading.call_values import amount, day, phone, plain
from trainer.domain.grading.record import grade_record, same_value
from trainer.domain.scenario import FormField


def field_of(type_: str, truth: str, **more: object) -> FormField:
    return FormField("x", "X", type_, truth, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("type_", "truth", "typed"),
    [
        ("name", "Zoé Lefèvre", "ZOE LEFEVRE"),
        ("name", "Zoé Lefèvre", "Lefèvre Zoé"),
        ("name", "Jean-Luc D'Arcy", "Jean Luc d’Arcy"),
        ("name", "Łucja Sørensen", "Mme Łucja Sorensen"),
        ("phone", "0612345678", "+33 6 12 34 56 78"),
        ("phone", "02079460018", "0044 20 7946 0018"),
        ("phone", "02079460018", "+44 (0)20 7946-0018"),
        ("email", "k.osei@example.org", " K.Osei@Example.org "),
        ("date", "2026-11-26", "26/11/2026"),
        ("date", "2026-11-26", "26.11.26"),
        ("date", "2026-11-26", "26 November"),
        ("date", "2026-11-26", "Thursday the 26th of November 2026"),
        ("date", "2026-11-26", "jeudi 26 novembre 2026"),
        ("date", "2026-11-26", "November 26, 2026"),
        ("date", "2026-08-01", "1er août"),
        ("date", "2026-11-26", "11/26/2026"),
        ("money", "11.00", "11 €"),
        ("money", "11.50", "11,50 euros"),
        ("money", "1250.50", "1 250,50"),
        ("money", "1250.50", "£1,250.50"),
        ("money", "1250.00", "1,250"),
        ("number", "3", "3"),
        ("reference", "PX402", "px-402"),
        ("address", "4 Rose Lane, Leeds LS1 4AP", "4, rose ln leeds ls14ap"),
        ("address", "12 boulevard des Lilas, 69003 Lyon", "12 bd des Lilas 69003 LYON"),
        ("choice", "late", "late"),
        ("choice", "late", "Too late"),
        ("text", "blue winter coat", "Blue winter-coat"),
        ("note", "Customer wants a call back on Thursday", "call back thursday, customer"),
    ],
)
def test_value_is_right_when_only_its_writing_differs(type_: str, truth: str, typed: str) -> None:
    options = (("late", "Too late"),) if type_ == "choice" else ()
    assert same_value(field_of(type_, truth, options=options), typed, truth)


@pytest.mark.parametrize(
    ("type_", "truth", "typed"),
    [
        ("name", "Zoé Lefèvre", "Zoé Lefort"),
        ("phone", "0612345678", "0612345687"),
        ("phone", "0612345678", ""),
        ("email", "k.osei@example.org", "kosei@example.com"),
        ("date", "2026-11-26", "27/11/2026"),
        ("date", "2026-11-26", "soon"),
        ("money", "11.00", "15"),
        ("money", "11.00", "free"),
        ("reference", "PX402", "PX420"),
        ("address", "4 Rose Lane, Leeds", "14 Rose Lane, Leeds"),
        ("address", "4 Rose Lane, Leeds", "4 Rosewood Crescent, York"),
        ("choice", "late", "lost"),
        ("note", "Customer wants a call back on Thursday", "nothing"),
    ],
)
def test_value_is_wrong_when_it_says_something_else(type_: str, truth: str, typed: str) -> None:
    assert not same_value(field_of(type_, truth), typed, truth)


@given(st.dates(min_value=date(2000, 1, 1), max_value=date(2068, 12, 31)))
def test_date_is_found_again_however_it_is_written(value: date) -> None:
    for form in ("%d/%m/%Y", "%d.%m.%y", "%d %B %Y", "%B %d, %Y", "%A %d %B", "%Y-%m-%d"):
        assert day(value.strftime(form), near=value.isoformat()) == value


@given(st.integers(0, 10_000_000))
def test_amount_is_the_same_in_english_and_french_writing(cents: int) -> None:
    english = f"{cents / 100:,.2f}"
    french = english.replace(",", " ").replace(".", ",")
    assert amount(english) == amount(f"{french} €") == amount(f"£{cents // 100}.{cents % 100:02}")


@given(st.text())
def test_anything_typed_is_read_without_failing(text: str) -> None:
    assert plain(plain(text)) == plain(text)
    amount(text), day(text), phone(text)


def test_telephone_number_keeps_its_digits_when_no_country_is_written() -> None:
    assert phone("06 12 34 56 78") == "0612345678"
    assert phone("12345") == "12345"


def grades(script: CallScript) -> dict[str, FieldGrade]:
    return {f.field: f for f in grade_record(read_call(script.events, script.case, script.understandings))}


def test_field_is_transposed_when_two_figures_changed_places() -> None:
    found = grades(good_call().wrap_up(phone="020 7946 0081", day="2026-11-26", reason="late"))
    assert found["phone"].mistake == "transposed"
    assert found["day"].right


def test_field_is_in_the_wrong_place_when_its_value_belongs_to_another() -> None:
    found = grades(good_call().wrap_up(phone="26/11/2026", day="", reason="late"))
    assert found["phone"].mistake == "other_field"


def test_field_is_unrecorded_when_the_operator_said_it_and_wrote_nothing() -> None:
    found = grades(good_call().wrap_up(day="", phone="", reason="late"))
    assert found["phone"].mistake == "unrecorded"
    assert found["phone"].seq == 9


def test_field_is_missing_when_only_the_customer_said_it() -> None:
    script = good_call()
    script.understandings[9] = replace(script.understandings[9], entities=())
    script.events[8] = replace(script.events[8], data={**script.events[8].data, "text": "I will call you then."})
    assert grades(script.wrap_up(day="2026-11-26", phone="", reason="late"))["phone"].mistake == "missing"


def test_field_is_false_when_nothing_was_agreed_and_it_is_filled() -> None:
    case = make_graded_case()
    form = (*case.form[:2], FormField("gift", "Gift", "money", ""), *case.form[3:])
    assert grades(good_call(replace(case, form=form)).wrap_up(gift="5", phone="1"))["gift"].mistake == "false"


def test_consent_is_false_when_a_no_is_recorded_as_a_yes() -> None:
    case = make_graded_case()
    field = FormField("consent", "Consent", "choice", "no", options=(("yes", "Yes"), ("no", "No")))
    assert grades(good_call(replace(case, form=(field,))).wrap_up(consent="yes"))["consent"].mistake == "false"


def test_field_is_not_asked_about_when_the_call_failed_before_it() -> None:
    script = CallScript()
    script.says("Hello", "greeting")
    script.customer("Goodbye!", "end:customer_hung_up", move="hang_up")
    found = grades(script.end("customer_hung_up").wrap_up("unsolved"))
    assert not any(f.asked for f in found.values())
    assert all(f.right for f in found.values())


def test_field_is_false_when_data_nobody_gave_stands_in_the_record() -> None:
    script = CallScript()
    script.says("Hello", "greeting")
    script.customer("Goodbye!", "end:customer_hung_up", move="hang_up")
    assert grades(script.end("customer_hung_up").wrap_up(phone="02079460018"))["phone"].mistake == "false"


def test_last_value_counts_when_a_field_was_filled_twice() -> None:
    script = good_call()
    script.add("screen_action", turn_id="screen-0001", action="fill", field="day", value="25/11/2026")
    script.add("screen_action", turn_id="screen-0002", action="fill", field="day", value="26/11/2026")
    assert grades(script)["day"].right


def test_day_counts_as_said_when_only_its_weekday_was_said_within_the_week() -> None:
    for today, mistake in (("2026-11-24", ""), ("2026-11-10", "false")):
        script = CallScript(replace(make_graded_case(), today=today))
        script.says("What is it for?")
        script.customer("We leave on Thursday.", "topic:birthday")
        script.customer("Goodbye!", "end:customer_hung_up", move="hang_up")
        assert grades(script.end("customer_hung_up").wrap_up(day="26/11/2026"))["day"].mistake == mistake

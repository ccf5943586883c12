"""What the operator's screen shows of a case: sheets, the people of the database, the way through the menu."""

from __future__ import annotations

from dataclasses import replace

from tests.factories.calls import make_case
from trainer.domain.desk import OtherCustomer, Sheet
from trainer.domain.scenario import FormField, RecordField
from trainer.domain.telephone import Choice, Menu, MenuStep, Queue
from trainer.services.desk import OWN, WayIn, desk_of, way_in

OTHERS = (
    OtherCustomer("Ana Diaz", "PX420", "07700900999", (("Street", "1 Elm Row"),)),
    OtherCustomer("Zoe Abel", "QQ111", "07700900998"),
)


def test_fields_without_a_sheet_are_on_the_first_and_no_field_is_lost() -> None:
    sheets = (Sheet("ticket", "Ticket", "ticket"), Sheet("contact", "Contact", "contact"))
    fields = (FormField("a", "A", "text", "x"), FormField("b", "B", "text", "y", sheet="contact"))
    shown = desk_of(replace(make_case(), form=fields, sheets=sheets)).sheets
    assert [(one.id, [f.id for f in one.fields]) for one in shown] == [("ticket", ["a"]), ("contact", ["b"])]
    [only] = desk_of(make_case()).sheets
    assert len(only.fields) == len(make_case().form)


def test_a_careless_search_can_find_the_wrong_person() -> None:
    case = make_case()
    people = desk_of(replace(case, company=replace(case.company, customers=OTHERS))).people
    assert [(one.name, one.id) for one in people] == [
        ("Zoe Abel", "other:QQ111"), ("Ana Diaz", "other:PX420"), ("Ana Diaz", OWN),
    ]  # fmt: skip
    assert people[1].lines == (("Street", "1 Elm Row"),)
    assert people[2].lines == ()  # the page has the own record already, with its marks


def test_an_impostor_does_not_give_their_own_name_to_the_record() -> None:
    record = (RecordField("holder", "Name", "Rose Amadi", identity=True), RecordField("phone", "Phone", "07700900123"))
    case = replace(make_case(), record=record, lookup="search", caller_is_holder="no")
    desk = desk_of(case)
    assert desk.hidden
    assert [(one.name, one.phone) for one in desk.people] == [("Rose Amadi", "07700900123")]


def test_without_others_and_with_the_record_in_sight_there_is_nothing_to_search() -> None:
    assert desk_of(make_case()).people == ()


def test_the_operator_sees_the_choices_and_the_wait() -> None:
    week = tuple("12345")
    menu = Menu(
        "parcelo",
        (
            MenuStep("main", "For parcels, press 1.", (Choice("1", "Parcels", "parcels", ("parcel", "delivery")),)),
            MenuStep("parcels", "If it is late, press 2.", (Choice("2", "Late", "late", ("late", "delayed")),)),
        ),
        (Queue("late", "Late parcels", "Please wait.", "We are closed.", week, "08:00", "18:00"),),
        ("Sorry?", "Once more?", "Pardon?"),
    )
    assert way_in(replace(make_case(), menu=menu, route=("1", "2"), waited_s="95")) == WayIn(("Parcels", "Late"), 95)
    assert way_in(make_case()) == WayIn()

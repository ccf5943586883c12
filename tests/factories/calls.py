"""A small case and scenario for tests of calls: a parcel that came late."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from trainer.domain.scenario import (
    Case,
    Company,
    Condition,
    Disposition,
    End,
    Fact,
    FormField,
    Goal,
    ModelLine,
    Objection,
    Persona,
    RecordField,
    Scenario,
    SmallTalk,
    Topic,
    Variable,
)


def _five(text: str) -> tuple[str, ...]:
    return tuple(f"{start}{text}" for start in ("", "Well, ", "Look, ", "Right, ", "Okay, "))


def make_case(language: str = "en", **changes: Any) -> Case:
    """One customer, one goal, one objection, four fields."""
    case = Case(
        scenario="late-parcel-small",
        version="v1",
        language=language,
        seed=0,
        title="A late parcel",
        brief="A customer asks for a parcel that did not come.",
        queue_note="Waited 2 minutes",
        direction="inbound",
        duties=("IN4", "IN5"),
        category=3,
        difficulty=2,
        minutes=5,
        company=_company(),
        persona=Persona("Ana Diaz", "female", 40, 1.0, 3, 3, "the parcel", "missing a birthday", "", 6, 5, 5),
        facts=(),
        record=(
            RecordField("name", "Name", "Ana Diaz", identity=True),
            RecordField("ref", "Parcel", "PX402", "order", protected=True),
        ),
        identity_needed=False,
        topics=(Topic("reference", ("parcel number", "reference"), _five("it is PX402.")),),
        objections=(_objection(),),
        goals=(
            Goal(
                id="redelivery",
                duty="IN4",
                title="Agree on a new day",
                met_by=(Condition(any_facts=("redelivery",)),),
                met=_five("the 26th is fine."),
                reminder=_five("so when does it come?"),
            ),
        ),
        small_talk=SmallTalk(**{name: _five(f"{name.replace('_', ' ')}.") for name in SmallTalk.__dataclass_fields__}),
        form=(
            FormField("phone", "Telephone", "phone", "02079460018"),
            FormField("day", "New day", "date", "2026-11-26"),
            FormField("reason", "Reason", "choice", "late", options=(("late", "Late"), ("lost", "Lost"))),
            FormField("note", "Note", "note", "", required=False),
        ),
        dispositions=(
            Disposition("solved", "Solved", ("resolved",)),
            Disposition("unsolved", "Not solved", ("customer_hung_up", "operator_hung_up")),
        ),
        ends=(End("resolved", ("goal:redelivery",), True, _five("thank you, goodbye.")),),
        model=(
            ModelLine("goal:redelivery", "I am sorry it is late. We deliver again on 26 November. Does that suit you?"),
        ),
        transfer_to=(("specialist", "The customs desk"),),
    )
    return replace(case, **changes)


def _company() -> Company:
    fact = Fact(
        id="redelivery",
        kind="date",
        value="2026-11-26",
        keywords=("redelivery", "deliver"),
        say="We deliver again on 26 November.",
        promise=True,
    )
    rules = ("Do not promise an hour.",)
    return Company("parcelo", "Parcelo", "delivery", "Parcelo delivers parcels.", "EUR", (fact,), rules)


def _objection() -> Objection:
    return Objection(
        id="late",
        type="delivery_delay",
        strength=2,
        raised="opening",
        lines=_five("my parcel is three days late!"),
        insists=_five("but it is still late."),
        softens=_five("I see."),
        resolved=_five("that helps."),
        softened_by=(Condition(acts=("apology", "empathy")),),
        resolved_by=(Condition(any_facts=("redelivery",)),),
    )


def make_scenario(**changes: Any) -> Scenario:
    """The case in both languages, with a name drawn from the seed."""
    return Scenario(
        slug="late-parcel-small", topic="complaints", version="v1",
        variables=(Variable("person", "name", ({"*": "Ana Diaz"}, {"*": "Li Wei"})),),
        templates={"en": make_case("en", **changes), "fr": make_case("fr", **changes)},
    )  # fmt: skip

"""Reading the parts of a scenario file: who calls, what they can be asked, what they object, what has to be reached."""

from __future__ import annotations

from dataclasses import dataclass

from trainer.content.filling import Filling
from trainer.content.problems import did_you_mean
from trainer.content.reading import Fields, Node, check_known
from trainer.domain.dialogue.state import VARIABLES
from trainer.domain.events import OUTCOMES
from trainer.domain.scenario import (
    DUTIES,
    FIELD_TYPES,
    OBJECTION_TYPES,
    Condition,
    Disposition,
    End,
    FormField,
    Goal,
    ModelLine,
    Objection,
    Persona,
    RecordField,
    Topic,
)
from trainer.domain.understanding import OPERATOR_ACTS, QUESTION_KINDS

CAN_COME_TWICE, COMES_ONCE = 5, 3
OBJECTION_MARKS = ("objection", "resolved", "softened", "firm_no", "final", "settled")
PLAIN_MARKS = ("identified", "identity_failed", "opened", "manager", "left_early", "consulted")
"""Marks without a name that a condition may ask for."""


@dataclass(frozen=True)
class Names:
    """The ids that exist in the file, so that parts may name each other in any order."""

    facts: tuple[str, ...]
    topics: tuple[str, ...]
    objections: tuple[str, ...]
    goals: tuple[str, ...]
    form: tuple[str, ...]

    def tokens(self) -> set[str]:
        """Everything that `goals`, `after` and `needs` may name, without "not:"."""
        objections = {f"{kind}:{objection}" for kind in OBJECTION_MARKS for objection in self.objections}
        told = {f"{kind}:{topic}" for kind in ("told", "asked") for topic in self.topics}
        facts = {f"fact:{fact}" for fact in self.facts}
        return {*self.goals, *(f"goal:{g}" for g in self.goals), *PLAIN_MARKS, *objections, *told, *facts}


def read_tokens(f: Fields, name: str, names: Names) -> tuple[str, ...]:
    values = f.ids(name)
    place = f.place(name)
    for value in values:
        if value.removeprefix("not:") not in names.tokens() and place is not None:
            place.wrong(f"{value!r} is no goal or mark of this file; {_near_token(value, names)}")
    return values


def _near_token(value: str, names: Names) -> str:
    close = did_you_mean(value.removeprefix("not:"), names.tokens())
    kinds = "a goal, told:TOPIC, resolved:OBJECTION, firm_no:OBJECTION, fact:FACT or identified"
    return close if close.startswith("did") else f"it can be {kinds}"


def read_condition(node: Node, names: Names) -> Condition:
    with node.fields() as f:
        condition = Condition(
            acts=f.ids("acts", OPERATOR_ACTS),
            facts=f.ids("facts", names.facts),
            any_facts=f.ids("any_facts", names.facts),
            topics=f.ids("topics", names.topics),
            question=f.choice("question", ("any", *QUESTION_KINDS[:2]), default=""),
            reflects=f.flag("reflects", default=False),
            goals=read_tokens(f, "goals", names),
            screen=f.ids("screen"),
            told=f.ids("told", names.topics),
        )
    if condition == Condition():
        node.wrong("asks nothing: give acts, facts, any_facts, topics, question, reflects, goals, told or screen")
    return condition


def read_persona(node: Node) -> Persona:
    with node.fields() as f:
        return Persona(
            name=f.text("name"),
            sex=f.choice("sex", ("female", "male")),
            age=f.integer("age", 16, 110),
            rate=f.decimal("rate", 0.5, 2.0, default=1.0),
            politeness=f.integer("politeness", 1, 5),
            talkativeness=f.integer("talkativeness", 1, 5),
            goal=f.text("goal"),
            fear=f.text("fear"),
            hidden=f.text("hidden"),
            patience=f.integer("patience", 1, 10),
            trust=f.integer("trust", 0, 10),
            resistance=f.integer("resistance", 0, 10),
            accent=f.text("accent", default=""),
        )


def read_topic(node: Node, names: Names) -> Topic:
    with node.fields() as f:
        topic = Topic(
            id=f.id(),
            phrases=f.texts("phrases", least=2),
            answers=f.texts("answers", least=CAN_COME_TWICE),
            only_if=f.text("only_if", default=""),
            volunteers=f.flag("volunteers", default=False),
            effects=_read_effects(f),
            withheld=f.texts("withheld", default=()),
            identity=f.flag("identity", default=False),
            in_pieces=f.flag("in_pieces", default=False),
            mistaken=f.texts("mistaken", default=(), least=COMES_ONCE),
        )
        if topic.in_pieces and not any(" / " in answer for answer in topic.answers):
            node.wrong("is told in pieces: put ' / ' into its answers where the customer waits")
        place = f.place("only_if")
        if place is not None:
            _check_only_if(place, topic.only_if, names)
    return topic


def _check_only_if(place: Node, rule: str, names: Names) -> None:
    kind, _, value = rule.partition(":")
    known = rule in ("", "open_question", "never", *names.tokens())
    if not known and not (kind == "trust" and value.isdigit() and int(value) <= 10):
        place.wrong(f"{rule!r} is no rule: write open_question, trust:6, goal:<id>, told:<topic> or never")


def _read_effects(f: Fields) -> tuple[tuple[str, int], ...]:
    node = f.get("effects", default=None)
    if node is None:
        return ()
    with node.fields() as effects:
        return tuple((name, effects.integer(name, -10, 10)) for name in VARIABLES if effects.has(name))


def read_objection(node: Node, names: Names) -> Objection:
    with node.fields() as f:
        objection = Objection(
            id=f.id(),
            type=f.choice("type", OBJECTION_TYPES),
            strength=f.integer("strength", 1, 5),
            raised=f.text("raised"),
            lines=f.texts("lines", least=COMES_ONCE),
            insists=f.texts("insists", least=CAN_COME_TWICE),
            softens=f.texts("softens", least=CAN_COME_TWICE),
            resolved=f.texts("resolved", least=COMES_ONCE),
            softened_by=f.each("softened_by", lambda n: read_condition(n, names), default=()),
            resolved_by=f.each("resolved_by", lambda n: read_condition(n, names), least=1),
            deepened_by=f.ids("deepened_by", OPERATOR_ACTS, default=("pressure", "rude", "blame")),
            cause=f.text("cause"),
            firm_no=f.texts("firm_no", default=(), least=COMES_ONCE),
            firm=f.text("firm", default="no"),
            firm_after=f.integer("firm_after", 0, 10, default=4),
            final_by=f.each("final_by", lambda n: read_condition(n, names), default=()),
        )
        place = f.place("raised")
        if place is not None:
            _check_raised(place, objection.raised, names)
        if objection.firm != "no" and not objection.firm_no:
            node.wrong("says that it can be firm, but has no 'firm_no' lines")
    return objection


def _check_raised(place: Node, raised: str, names: Names) -> None:
    kind, _, name = raised.partition(":")
    known = {"goal": names.goals, "act": OPERATOR_ACTS}.get(kind)
    if raised == "opening" or raised in names.tokens() - set(PLAIN_MARKS):
        return
    if known is None:
        place.wrong(
            f"{raised!r} is no moment: write opening, goal:<id>, act:<act>, told:<topic> or resolved:<objection>"
        )
    else:
        check_known(place, name, known)


def read_goal(node: Node, names: Names) -> Goal:
    with node.fields() as f:
        return Goal(
            id=f.id(),
            duty=f.choice("duty", DUTIES),
            title=f.text("title"),
            met_by=f.each("met_by", lambda n: read_condition(n, names), least=1),
            met=f.texts("met", default=(), least=COMES_ONCE),
            reminder=f.texts("reminder", default=(), least=CAN_COME_TWICE),
            after=read_tokens(f, "after", names),
            required=f.flag("required", default=True),
        )


def read_record_field(node: Node) -> RecordField:
    with node.fields() as f:
        return RecordField(
            id=f.id(),
            label=f.text("label"),
            value=f.text("value"),
            group=f.text("group", default="customer"),
            identity=f.flag("identity", default=False),
            protected=f.flag("protected", default=False),
        )


def read_form_field(node: Node, filling: Filling) -> FormField:
    with node.fields() as f:
        field = FormField(
            id=f.id(),
            label=f.text("label"),
            type=f.choice("type", FIELD_TYPES),
            truth=f.text("truth", default=""),
            accept=f.texts("accept", default=()),
            options=_read_pairs(f, "options"),
            required=f.flag("required", default=True),
            weight=f.integer("weight", 1, 3, default=1),
            help=f.text("help", default=""),
            spoken=f.text("spoken", default=""),
            sheet=f.text("sheet", default=""),
        )
        options = [option for option, _ in field.options]
        if field.type == "choice" and len(options) < 2:
            node.wrong("is a choice: give at least two 'options'")
        place = f.place("truth")
        if field.type == "choice" and place is not None:
            for value in sorted({v for v in filling.every(field.truth) if v not in options}):
                place.wrong(f"{value!r} is none of the options; {did_you_mean(value, options)}")
        if field.required and field.type != "note" and place is None:
            node.wrong("needs 'truth': what should be typed here (or required: no)")
        _check_truth(place, field, filling)
    return field


def _check_truth(place: Node | None, field: FormField, filling: Filling) -> None:
    from trainer.content.companies import value_mistake

    kind = {"money": "money", "date": "date", "number": "number", "phone": "phone"}.get(field.type)
    if place is None or kind is None:
        return
    for mistake in sorted({m for v in filling.every(field.truth) if (m := value_mistake(kind, v))}):
        place.wrong(mistake)


def _read_pairs(f: Fields, name: str) -> tuple[tuple[str, str], ...]:
    """A mapping of ids to labels, in the order written."""
    node = f.get(name, default=None)
    if node is None:
        return ()
    if not node.is_mapping:
        node.wrong("must be a mapping of ids to labels")
    return tuple((key, place.text()) for key, place in node.members().items())


def read_disposition(node: Node) -> Disposition:
    with node.fields() as f:
        return Disposition(id=f.id(), label=f.text("label"), right_for=f.ids("right_for", OUTCOMES))


def read_end(node: Node, names: Names) -> End:
    with node.fields() as f:
        return End(
            outcome=f.choice("outcome", OUTCOMES),
            needs=read_tokens(f, "needs", names),
            success=f.flag("success"),
            lines=f.texts("lines", default=(), least=COMES_ONCE),
            to=f.text("to", default=""),
        )


def read_model_line(node: Node, names: Names) -> ModelLine:
    with node.fields() as f:
        line = ModelLine(at=f.text("at"), text=f.text("say"))
        place = f.place("at")
        places = ["opening", "closing", "firm_no", "transfer", "consult"]
        places += [f"goal:{g}" for g in names.goals] + [f"objection:{o}" for o in names.objections]
        if place is not None and line.at:
            check_known(place, line.at, places)
    return line


def read_departments(f: Fields) -> tuple[tuple[str, str], ...]:
    return _read_pairs(f, "transfer_to")

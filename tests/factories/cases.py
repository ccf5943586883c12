"""Hand-made cases and calls for tests of grading: what happened and what was understood is said, not worked out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from tests.factories.calls import make_case
from trainer.content.call_rubric import rubric_of
from trainer.domain.events import Event, make_event
from trainer.domain.grade import CallGrade, Check, CriterionGrade, ReplyGrade
from trainer.domain.grading.call import grade_call
from trainer.domain.scenario import (
    Case,
    Disposition,
    Fact,
    FormField,
    ModelLine,
    RecordField,
    Topic,
)
from trainer.domain.understanding import Act, Claim, Entity, Promise, Understanding

MS_A_WORD = 400


def make_graded_case(**changes: Any) -> Case:
    """The late parcel, with an identity check, a hidden topic, a fee and a secret, and one field of each type."""
    case = make_case()
    fee = Fact("fee", "money", "4.50", ("fee", "cost"), "Redelivery costs 4 euros 50.")
    secret = Fact("margin", "percent", "35", ("margin",), "Our margin is 35 percent.", disclose="never")
    balance = Fact("balance", "money", "120.00", ("balance",), "Your balance is 120 euros.", disclose="identified")
    company = replace(case.company, facts=(*case.company.facts, fee, secret))
    wide = replace(
        case,
        company=company,
        facts=(balance,),
        identity_needed=True,
        record=(
            RecordField("name", "Name", "Ana Diaz", identity=True),
            RecordField("iban", "Account", "FR7630006000011234567890189", "account", protected=True),
        ),
        topics=(
            *case.topics,
            Topic("birthday", ("why the hurry",), ("it is a birthday present.",) * 5, only_if="open_question"),
        ),
        form=(
            FormField("phone", "Telephone", "phone", "02079460018", spoken="oh two oh seven nine four six oh oh one eight"),
            FormField("day", "New day", "date", "2026-11-26"),
            FormField("reason", "Reason", "choice", "late", options=(("late", "Late"), ("lost", "Lost"))),
            FormField("note", "Note", "note", "", required=False),
        ),
        dispositions=(
            Disposition("solved", "Solved", ("resolved",)),
            Disposition("unsolved", "Not solved", ("customer_hung_up", "operator_hung_up")),
        ),
        model=(
            ModelLine("opening", "Good morning, Parcelo, this is Kim. How can I help you?"),
            ModelLine("objection:late", "Three days is a long wait, I am sorry. It comes on the 26th."),
            ModelLine("goal:redelivery", "We deliver again on 26 November. Does that suit you?"),
            ModelLine("closing", "It comes on the 26th. Is there anything else? Thank you, goodbye."),
        ),
    )  # fmt: skip
    return replace(wide, **changes)


def understood(
    text: str,
    *acts: str,
    question: str = "none",
    reflects: bool = False,
    claims: Sequence[Claim] = (),
    promises: Sequence[Promise] = (),
    entities: Sequence[Entity] = (),
    confidence: float = 0.95,
) -> Understanding:
    """An understanding as a test says it; an act may carry its confidence ("rude:0.6") and spans the whole text."""
    found = []
    for act in acts:
        name, _, sure = act.partition(":")
        found.append(Act(name, text, 0, len(text), min(confidence, float(sure or 0.9)), "test"))
    return Understanding(
        text=text, language="en", speaker="agent", primary=found[0].act if found else "other", acts=tuple(found),
        question=question, reflection=reflects, reflected=(), move=None, entities=tuple(entities),
        claims=tuple(claims), promises=tuple(promises), topics=(), confidence=confidence, version="test-1",
    )  # fmt: skip


def claim(
    quote: str, fact: str | None, true: bool | None, value: str = "", kind: str = "money", confidence: float = 0.9,
    start: int = 0,
) -> Claim:  # fmt: skip
    return Claim(kind, value or quote, quote, start, start + len(quote), (), fact, true, confidence)


@dataclass
class CallScript:
    """Builds the log of a call, event by event, on a clock of its own."""

    case: Case = field(default_factory=make_graded_case)
    events: list[Event] = field(default_factory=list)
    understandings: dict[int, Understanding] = field(default_factory=dict)
    now_ms: int = 0

    def __post_init__(self) -> None:
        case = self.case
        self.add("call_started", scenario=case.scenario, version=case.version, seed=0, form={}, language=case.language,
                 mode="practice", direction=case.direction, consent_recording=True, difficulty=2)  # fmt: skip

    def add(self, kind: str, **data: Any) -> Event:
        event = make_event(len(self.events) + 1, self.now_ms, kind, **data)
        self.events.append(event)
        return event

    def customer(self, text: str, *marks: str, move: str = "answer", objection: str | None = None) -> Event:
        length = MS_A_WORD * len(text.split())
        event = self.add("customer_line", line="x", text=text, move=move, objection=objection, topic=None, effects=[],
                         marks=list(marks), audio=None, engine=None, duration_ms=length)  # fmt: skip
        self.now_ms += length
        return event

    def says(self, text: str, *acts: str, spoken: bool = False, after_s: float = 0.5, recognized: float = 0.95,
             interrupts: bool = False, word_ms: int = MS_A_WORD, **about: Any) -> Event:  # fmt: skip
        self.now_ms += int(after_s * 1000)
        parts, start = text.split(), self.now_ms
        words = [[w, i * word_ms / 1000, (i + 1) * word_ms / 1000, recognized] for i, w in enumerate(parts)]
        self.now_ms += word_ms * len(parts)
        event = self.add(
            "operator_utterance", turn_id=f"turn-{len(self.events):05}", text=text,
            source="spoken" if spoken else "typed", words=words if spoken else [],
            confidence=recognized if spoken else 1.0, engine=None, audio=None, started_ms=start, ended_ms=self.now_ms,
            detected_language=None, interrupted_customer=interrupts,
        )  # fmt: skip
        sure = recognized if spoken else 0.95
        self.understandings[event.seq] = understood(text, *acts, confidence=sure, **about)
        return event

    def silence(self, seconds: float) -> Event:
        self.now_ms += int(seconds * 1000)
        return self.add("silence", seconds=seconds)

    def hold(self, seconds: float, announced: bool = False) -> Event:
        event = self.add("hold_started", turn_id="hold-00001", announced=announced)
        self.now_ms += int(seconds * 1000)
        self.add("hold_ended", turn_id="hold-00002", seconds=seconds)
        return event

    def end(self, outcome: str = "resolved", hung_up_by: str = "") -> CallScript:
        if hung_up_by:
            self.add("hung_up", turn_id="hang-00001", by=hung_up_by)
        self.add("call_ended", outcome=outcome)
        return self

    def wrap_up(self, disposition: str = "solved", notes: str = "", seconds: float = 40.0, **fields: str) -> CallScript:
        self.now_ms += int(seconds * 1000)
        self.add("wrap_up_saved", turn_id="wrap-00001", fields=fields, disposition=disposition, notes=notes,
                 seconds=seconds)  # fmt: skip
        return self

    def grade(self, **replies: ReplyGrade) -> CallGrade:
        """`replies` are given as s<event>=grade."""
        by_seq = {int(name[1:]): value for name, value in replies.items()}
        return grade_call(self.events, self.case, self.understandings, rubric_of(self.case), by_seq, "objection-1")


def reply_grade(overall: int = 85, error: str | None = None, confidence: float = 0.9, **changes: Any) -> ReplyGrade:
    level = min(4, overall // 22)
    grade = ReplyGrade(level, level, level, level, level, overall, error, confidence, (), ())
    return replace(grade, **changes)


def good_call(case: Case | None = None, spoken: bool = False) -> CallScript:
    """A whole call as it should be, up to the write-up."""
    call = CallScript(case or make_graded_case())
    call.customer("Hello?", move="greet")
    call.says("Good morning, Parcelo, this is Kim, how can I help you?", "greeting", "self_identification",
              question="open", spoken=spoken)  # fmt: skip
    call.customer("My parcel is three days late!", "opened", "objection:late", move="object", objection="late")
    call.says("Three days, I am sorry. May I have your name and address to find it?", "apology", "identity_check",
              question="closed", reflects=True, spoken=spoken)  # fmt: skip
    call.customer("Ana Diaz, 4 Rose Lane.", "identified", "topic:name", move="identify")
    call.says("Thank you Ana. What makes this week so important?", "thanks", question="open", spoken=spoken)
    call.customer("It is a birthday present. My number is oh two oh seven nine four six oh oh one eight.",
                  "topic:birthday", move="answer")  # fmt: skip
    text = "We deliver again on 26 November, I will call you on 020 7946 0018 that day. Does that suit you?"
    call.says(
        text, "promise", "read_back", "acceptance_check", question="closed", spoken=spoken,
        claims=[claim("deliver again on 26 November", "redelivery", True, "2026-11-26", "date")],
        promises=[Promise("i", "call you", "2026-11-26", "I will call you on 020 7946 0018 that day", 32, 71)],
        entities=[Entity("phone", "020 7946 0018", "02079460018", 53, 66)],
    )  # fmt: skip
    call.customer("The 26th is fine.", "goal:redelivery", "resolved:late", move="accept", objection="late")
    call.says("So it comes on the 26th. Anything else? Thank you for calling, goodbye.", "paraphrase", "anything_else",
              "thanks", "closing", question="closed", spoken=spoken)  # fmt: skip
    call.customer("No, thank you, goodbye.", "end:resolved", move="goodbye")
    return call.end()


def check_of(grade: CallGrade, id: str) -> Check:
    """The check of that id, or the only one of that rule."""
    found = [c for one in grade.criteria for c in one.checks if c.id == id or c.rule == id]
    exact = [c for c in found if c.id == id]
    chosen = exact or found
    assert len(chosen) == 1, f"{id}: {[c.id for c in found]}"
    return chosen[0]


def criterion_of(grade: CallGrade, id: str) -> CriterionGrade:
    return next(one for one in grade.criteria if one.id == id)

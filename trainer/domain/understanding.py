"""What a turn does and says, as data: the result of `trainer.language` and the input of the customer and of grading."""

from __future__ import annotations

from dataclasses import dataclass

OPERATOR_ACTS = (
    "greeting", "self_identification", "permission_ask", "data_question", "identity_check", "read_back", "information",
    "offer", "price_statement", "promise", "bad_news", "done_notice", "acknowledge", "apology", "empathy", "paraphrase",
    "reassure", "objection_answer", "acceptance_check", "anything_else", "hold_notice", "transfer_notice", "thanks",
    "closing", "pressure", "rude", "blame", "refusal", "disclosure", "injection",
)  # fmt: skip
CUSTOMER_MOVES = ("objection", "accept", "question", "other")
QUESTION_KINDS = ("open", "closed", "none")
REMARK_KINDS = (
    "repeat", "go_on", "spell", "how_are_you", "pleasantry", "age", "private", "human", "other_language",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Act:
    """One thing the speaker does. `quote` is `text[start:end]`; confidence 0 to 1; `rule` names what found it."""

    act: str
    quote: str
    start: int
    end: int
    confidence: float
    rule: str


@dataclass(frozen=True, slots=True)
class Entity:
    """A value in the text. `type` is money, date, time, duration, percent, number, phone, email, name, reference or
    spelled. `value` is canonical: money "11.00", percent "15", date ISO or relative ("weekday:3", "in:P2D",
    "tomorrow"), time "14:30", duration ISO 8601 ("P3D", "PT48H"), phone and reference without
    spaces, e-mail lower case.
    """

    type: str
    text: str
    value: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Claim:
    """A statement that could be true or false. `kind` is an entity type or "policy" (a yes/no rule).

    `value` is canonical ("yes"/"no" for a policy); `about` holds the content lemmas near it; `fact` is the id of the
    fact it asserts where one was matched, else None; `true` is None when it was matched with no fact.
    """

    kind: str
    value: str
    quote: str
    start: int
    end: int
    about: tuple[str, ...]
    fact: str | None = None
    true: bool | None = None
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Promise:
    """Something the speaker undertakes: `who` ("i", "we", "other"), `what` (words), `when` (canonical time or None)."""

    who: str
    what: str
    when: str | None
    quote: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class TopicHit:
    """A topic that the turn is about or asks after; `score` 0 to 1."""

    topic: str
    score: float
    quote: str


@dataclass(frozen=True, slots=True)
class Remark:
    """A clause beside the matter: `kind` of `REMARK_KINDS`; `quote` is `text[start:end]`."""

    kind: str
    quote: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class FactHint:
    """A fact of the case, as far as understanding needs it: near `keywords`, a value of `kind` asserts fact `id`.

    `value` is canonical (see `Entity`); `accept` are other true values.
    """

    id: str
    kind: str
    value: str
    keywords: tuple[str, ...] = ()
    accept: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TopicHint:
    """A topic of the case: `phrases` are ways an operator asks about it or speaks of it."""

    id: str
    phrases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Understanding:
    """All that was understood of one turn. `confidence` never exceeds the recognizer's own.

    `matter` is the kind of question of the clauses that are no remarks; `figures` the turn with its numbers in figures.
    """

    text: str
    language: str
    speaker: str
    primary: str
    acts: tuple[Act, ...]
    question: str
    reflection: bool
    reflected: tuple[str, ...]
    move: str | None
    entities: tuple[Entity, ...]
    claims: tuple[Claim, ...]
    promises: tuple[Promise, ...]
    topics: tuple[TopicHit, ...]
    confidence: float
    version: str
    remarks: tuple[Remark, ...] = ()
    matter: str = ""
    figures: str = ""

    def has(self, *acts: str, floor: float = 0.5) -> bool:
        """True if any of the named acts was found with at least `floor` confidence."""
        return any(a.act in acts and a.confidence >= floor for a in self.acts)

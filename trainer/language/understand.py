"""Understanding of one turn, put together: `understand` is what the rest of the product calls."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from trainer.domain.understanding import Act, FactHint, TopicHint, Understanding
from trainer.language.acts.rules import Found, Part, merged
from trainer.language.claim_context import ClaimContext
from trainer.language.claims import read_claims
from trainer.language.entities import read_entities
from trainer.language.folding import LIMIT, Folded, fold
from trainer.language.moves import customer_move
from trainer.language.normalise import Clause, clauses, language_of
from trainer.language.numbers import read_numbers
from trainer.language.operator_acts import acts_of_parts, read_acts
from trainer.language.promises import read_promises
from trainer.language.questions import question_kind, strongest
from trainer.language.reflection import (
    last_customer_line,
    last_operator_line,
    lines_of_customer,
    read_reflection,
)
from trainer.language.remarks import Remarks, read_remarks
from trainer.language.topics import read_topics
from trainer.language.turn_vectors import TurnVectors
from trainer.ports import EncodeTexts

VERSION = "understanding-3"
_WEIGHT = {"injection": 9, "disclosure": 8, "rude": 7, "pressure": 6, "refusal": 5, "blame": 5}
_SMALL = {"greeting": 0.6, "thanks": 0.55, "information": 0.6, "acknowledge": 0.65, "apology": 0.75, "closing": 0.8}
_OPENING = frozenset({"greeting", "self_identification", "data_question", "thanks"})


def understand(
    text: str,
    *,
    language: str,
    speaker: str = "agent",
    context: Sequence[str] = (),
    facts: Sequence[FactHint] = (),
    topics: Sequence[TopicHint] = (),
    encode: EncodeTexts | None = None,
    recognition_confidence: float = 1.0,
) -> Understanding:
    """What a turn does and says. Never raises for any text; at most `folding.LIMIT` characters are read.

    `context` holds the turns before, "customer: ..." or "agent: ...". `facts` and `topics` are those of the case.
    Without `encode` everything is decided by rules.
    """
    language = language_of(language)
    folded = fold(text)
    parts = read_parts(folded, language)
    year = next((int(f.value[:4]) for f in facts if f.kind == "date" and f.value[:4].isdigit()), None)
    figures = read_numbers(folded, language)
    entities = read_entities(folded, language, year, figures)
    vectors = TurnVectors(encode) if encode else None
    found: list[Found] = []
    remarks = Remarks()
    if speaker != "customer":
        remarks = read_remarks(parts, folded, language)
        found = read_acts(folded, parts, language, entities, remarks.beside, vectors)
    acts = tuple(_act(f, folded) for f in merged(found))
    doing = acts_of_parts(parts, found)
    line, theirs = last_customer_line(context), lines_of_customer(context)
    reflection, reflected = read_reflection(parts, doing, line, language, vectors.of if vectors else None)
    named = (
        frozenset((e.type, e.value) for e in read_entities(fold(theirs), language, year))
        if theirs and entities
        else frozenset()
    )
    claims = read_claims(entities, facts, ClaimContext(folded, parts, language, named)) if speaker != "customer" else ()
    move, sure = None, 0.0
    if speaker == "customer":
        move, sure = customer_move(folded.text, parts, language, text[:LIMIT], last_operator_line(context), encode)
    return Understanding(
        text=text,
        language=language,
        speaker=speaker,
        primary=move or _primary(acts),
        acts=acts,
        question=strongest([part.question for part in parts]),
        reflection=reflection,
        reflected=reflected,
        move=move,
        entities=entities,
        claims=claims,
        promises=read_promises(acts, entities, language),
        topics=read_topics(topics, folded, parts, language, vectors, _busy(doing) | remarks.busy),
        confidence=_confidence(acts, folded, recognition_confidence, sure),
        version=VERSION,
        remarks=remarks.found,
        matter=strongest([part.question for number, part in enumerate(parts) if number not in remarks.beside]),
        figures=figures.text,
    )


LONGEST_CLAUSE = 240
"""Characters. Speech without a stop is cut here, so that the work grows no faster than the text."""


def read_parts(folded: Folded, language: str) -> list[Part]:
    """The clauses of a turn with the kind of question each asks."""
    cut = [piece for clause in clauses(folded, language) for piece in _pieces(clause)]
    last = len(cut) - 1
    return [
        Part(
            c.text,
            c.start,
            c.end,
            question_kind(c.text, c.asks, language),
            number == 0,
            number == last,
            folded.original[slice(*folded.back(c.start, c.end))],
        )
        for number, c in enumerate(cut)
    ]


def _pieces(clause: Clause) -> Iterator[Clause]:
    """The clause, or its words in stretches of at most `LONGEST_CLAUSE`; only the last asks what it asks."""
    text, at = clause.text, 0
    while len(text) - at > LONGEST_CLAUSE:
        space = text.rfind(" ", at + 1, at + LONGEST_CLAUSE)
        stop = space if space > at else at + LONGEST_CLAUSE
        yield Clause(text[at:stop], clause.start + at, clause.start + stop, False)
        at = stop + (space > at)
    yield Clause(text[at:], clause.start + at, clause.end, clause.asks)


_MANNERS = frozenset({"hold_notice", "transfer_notice", "self_identification", "anything_else", "closing", "greeting"})


def _busy(doing: Sequence[frozenset[str]]) -> frozenset[int]:
    """Clauses that manage the call; what they brush against is not their topic."""
    asking = {"data_question", "identity_check"}
    return frozenset(n for n, acts in enumerate(doing) if acts & _MANNERS and not acts & asking)


def _act(found: Found, folded: Folded) -> Act:
    start, end = folded.back(found.start, found.end)
    return Act(found.act, folded.original[start:end], start, end, found.confidence, found.rule)


def _primary(acts: Sequence[Act]) -> str:
    """The act that the turn is for: harm first, then the surest of the weightier ones, the later before the earlier."""
    if not acts:
        return "information"
    names = {a.act for a in acts}
    if names <= _OPENING and {"greeting", "self_identification"} <= names:
        return "greeting"
    best = max(acts, key=lambda a: (_WEIGHT.get(a.act, 0), a.confidence * _SMALL.get(a.act, 1.0), a.start))
    return best.act


def _confidence(acts: Sequence[Act], folded: Folded, recognition: float, move: float) -> float:
    if not any(c.isalnum() for c in folded.text):
        return 0.0
    own = max([move, *(a.confidence for a in acts)], default=0.0) or 0.6
    return round(max(0.0, min(recognition, max(own, 0.6))), 3)

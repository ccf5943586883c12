"""What an operator's turn does: acts by rules, then by the trained head where the rules are not sure."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from trainer.domain.understanding import Entity
from trainer.language.acts import RULES
from trainer.language.acts.rules import Found, Part, find_acts
from trainer.language.acts.settling import plain_statements, settle
from trainer.language.folding import Folded
from trainer.language.operator_head import load_operator_head, read_with_head
from trainer.language.turn_vectors import TurnVectors


def read_acts(
    folded: Folded,
    parts: Sequence[Part],
    language: str,
    entities: Sequence[Entity],
    beside: Collection[int] = (),
    vectors: TurnVectors | None = None,
) -> list[Found]:
    """The acts of a turn. Without `vectors` the rules decide alone; the head leaves the clauses `beside` (remarks) alone."""
    found = acts_by_rules(folded, parts, language, entities)
    if vectors is None or not parts:
        return found
    return settle(read_with_head(load_operator_head(), parts, found, beside, vectors), parts)


def acts_by_rules(folded: Folded, parts: Sequence[Part], language: str, entities: Sequence[Entity]) -> list[Found]:
    """The acts that phrases, amounts and questions show."""
    found = [*find_acts(RULES, folded.text, parts, language), *_prices(entities, folded, parts)]
    found += _other_questions(parts, found)
    found = settle(found, parts)
    return found + plain_statements(found, parts)


def acts_of_parts(parts: Sequence[Part], found: Sequence[Found]) -> list[frozenset[str]]:
    """The acts that touch each clause."""
    return [
        frozenset(f.act for f in found if f.confidence >= 0.5 and f.start < part.end and part.start < f.end)
        for part in parts
    ]


def _prices(entities: Sequence[Entity], folded: Folded, parts: Sequence[Part]) -> list[Found]:
    """An amount named outside a question states a price, unless it goes back to the customer."""
    found = []
    for entity in entities:
        for part in parts:
            start, end = folded.back(part.start, part.end)
            if entity.type == "money" and part.question == "none" and start <= entity.start < end:
                sure = 0.6 if _PAID_BACK.search(part.text) else 0.9
                found.append(Found("price_statement", "price_statement.value", sure, part.start, part.end))
    return found


_PAID_BACK = re.compile(r"\b(?:refund\w*|back|credit\w*|rembours\w*|recredit\w*|you (?:paid|said)|vous avez paye)\b")
_ASKS_ALREADY = frozenset({
    "data_question", "identity_check", "permission_ask", "acceptance_check", "anything_else", "offer", "read_back",
    "hold_notice", "paraphrase", "rude", "blame", "pressure", "refusal",
})  # fmt: skip


def _other_questions(parts: Sequence[Part], found: Sequence[Found]) -> list[Found]:
    """A question that no rule of asking knows wants to learn something all the same."""
    doing = acts_of_parts(parts, found)
    return [
        Found(
            "data_question",
            f"data_question.{part.question}",
            0.7 if part.question == "open" else 0.6,
            part.start,
            part.end,
        )
        for part, acts in zip(parts, doing, strict=True)
        if part.question != "none" and not acts & _ASKS_ALREADY
    ]

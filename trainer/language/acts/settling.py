"""What is left of the acts found when some say more than others: the particular act stands for the general one.

"We'll send it on Monday" is information too, but promising is what it does; a question for the date of birth asks for
data, but checks identity. The general act is kept where it is the only one in its clause.
"""

from __future__ import annotations

from collections.abc import Sequence

from trainer.language.acts.rules import Found, Part

FLOOR = 0.5
_TELLS = frozenset({
    "price_statement", "promise", "bad_news", "done_notice", "offer", "objection_answer", "reassure", "empathy", "apology",
    "paraphrase", "read_back", "hold_notice", "transfer_notice", "acknowledge", "closing", "self_identification",
    "anything_else", "identity_check", "data_question", "permission_ask", "acceptance_check", "pressure", "rude", "blame",
    "refusal", "disclosure", "injection",
})  # fmt: skip
GIVES_WAY: dict[str, frozenset[str]] = {
    "information": _TELLS,
    "data_question": frozenset({
        "identity_check", "permission_ask", "acceptance_check", "anything_else", "hold_notice", "offer", "read_back",
        "rude", "blame", "pressure", "injection",
    }),
    "acknowledge": frozenset({"rude", "refusal", "blame", "pressure", "paraphrase", "read_back"}),
    "reassure": frozenset({"pressure", "rude"}),
    "objection_answer": frozenset({"rude", "blame", "refusal", "pressure", "read_back", "paraphrase"}),
    "acceptance_check": frozenset({"read_back", "permission_ask", "anything_else", "hold_notice"}),
    "done_notice": frozenset({"read_back"}),
    "promise": frozenset({"transfer_notice", "hold_notice", "pressure"}),
    "price_statement": frozenset({"disclosure"}),
}  # fmt: skip
"""Act -> acts beside which, in the same clause, it is not reported."""
_PLAIN_WORDS = 3


def settle(found: Sequence[Found], parts: Sequence[Part]) -> list[Found]:
    """The findings without those that give way to another in their clause."""
    return [one for one in found if not _gives_way(one, found, parts)]


def _gives_way(one: Found, found: Sequence[Found], parts: Sequence[Part]) -> bool:
    stronger = GIVES_WAY.get(one.act)
    if not stronger:
        return False
    return any(
        other.act in stronger and other.confidence >= FLOOR and _same_clause(one, other, parts) for other in found
    )


def _same_clause(one: Found, other: Found, parts: Sequence[Part]) -> bool:
    return any(
        one.start < part.end and part.start < one.end and other.start < part.end and part.start < other.end
        for part in parts
    )


def plain_statements(found: Sequence[Found], parts: Sequence[Part]) -> list[Found]:
    """Clauses that state something, and do nothing else that is known: information, with no great certainty."""
    out = []
    for part in parts:
        busy = any(f.confidence >= FLOOR and f.start < part.end and part.start < f.end for f in found)
        if not busy and part.question == "none" and part.text.count(" ") >= _PLAIN_WORDS:
            out.append(Found("information", "information.statement", 0.5, part.start, part.end))
    return out

"""How sure each critical error of a reply is, and the words that show it: the trained head's score, moved by plain rules.

The rules look at what vectors are blind to: no words at all, another language, orders to a grader, figures that the
situation does not give, and asking for what the situation says is never asked for.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from trainer.domain.grade import REPLY_ERRORS
from trainer.domain.grading.reply_input import Suspicion
from trainer.language.folding import plain
from trainer.language.reply_checks import Reading
from trainer.language.reply_features import figures_of_concern
from trainer.language.reply_parts import foreign_share, language_share
from trainer.language.reply_promises import invented_gift, invented_help, invented_sum, whole_instead
from trainer.language.reply_truth import another_figure, turned_round

_SHOWS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "data_disclosure": (("file_aloud", "other_person"), ("disclosure",)),
    "rude": (("rude",), ("sarcasm", "insult", "dismissal")),
    "pressure": (("pressure",), ("pressure_urgency", "pressure_guilt", "pressure_threat", "force_yes")),
    "injection_attempt": (("injection", "grader_word"), ("injection",)),
    "false_information": (("concession", "boast", "law", "competitor_attack"), ("invented_gift", "big_promise", "boast", "competitor_attack", "false_law")),
    "blame_customer": (("blame",), ("blame",)),
    "refused_service": (("refusal",), ("refusal", "dismissal")),
    "ignored_customer": (("script",), ("script", "sales_push", "pitch", "empathy_stock", "filler_thanks")),
    "empty_or_unrelated": ((), ("nonsense",)),
}  # fmt: skip
_NEVER = re.compile(
    r"\b(?:never|not|no|jamais|aucun|pas)\b[^.;]*\b(?:pin|code|password|card number|mot de passe|codes)\b"
)
_WANTS = re.compile(
    r"\b(?:give|read|tell|say|confirm|need|have|donnez|lisez|dites|communiquez|confirmez|faut|epelez)\b[^.?!]*"
    r"\b(?:pin|password|passcode|cvv|code(?! postal)|digits|card number|mot de passe|cryptogramme|chiffres|numero de (?:votre )?carte)\b"
)
OTHER_LANGUAGE = 0.12
THIRD_LANGUAGE = 0.3
DRAWN = 1.07
"""The ridge draws every score towards nothing; this takes a part of that back. Of situations that the head never saw, nine
claimed errors in ten are still right."""


def find_suspicions(reading: Reading, scores: Mapping[str, float]) -> tuple[Suspicion, ...]:
    """Each critical error that is at all likely. `scores` are the head's "error:<id>" outputs (none without a head)."""
    rules = _by_rule(reading)
    found = []
    for error in REPLY_ERRORS:
        score, shown = scores.get(f"error:{error}"), ""
        certainty, rule = (max(0.0, score) * DRAWN, "head/1") if score is not None else _by_checks(reading, error)
        if error in rules:
            sure, why, shown = rules[error]
            # A rule adds to what the head found and never takes away from it.
            certainty, rule = (max(certainty, sure, min(1.0, certainty + 0.5 * sure)), why)
        if certainty >= 0.15:
            signals, moves = _SHOWS[error]
            quote = (reading.words(*signals) if signals and score is None else "") or reading.sentence(*moves)
            found.append(Suspicion(error, round(min(1.0, certainty), 3), shown or quote or reading.parts.reply, rule))
    return tuple(found)


FEWEST_LISTED, GLUE = 12, 0.16
"""Words from which a bare list of words can be told from a terse reply, and the share of everyday words ("the", "you",
"je", "pas") that any sentence of that length has: of 1200 marked replies none that answers has less."""


def _listed(reply: str, language: str) -> bool:
    """Keywords in a row: nobody was spoken to."""
    words = reply.split()
    return (
        len(words) >= FEWEST_LISTED and language_share(reply)[language] < GLUE and not re.search(r"[,;:.?!]\s", reply)
    )


def _by_rule(reading: Reading) -> dict[str, tuple[float, str, str]]:
    """Errors that a plain rule sees: how sure it is alone, its name, and the words that show it ("" where the rule has none)."""
    f, parts = reading.features, reading.parts
    found: dict[str, tuple[float, str, str]] = {}
    if f["empty"]:
        found["empty_or_unrelated"] = (1.0, "empty/1", "")
    elif f["other_language"] >= OTHER_LANGUAGE or foreign_share(parts.reply) >= THIRD_LANGUAGE:
        found["empty_or_unrelated"] = (0.9, "language/1", "")
    elif _listed(parts.reply, parts.language):
        found["empty_or_unrelated"] = (0.8, "list/1", "")
    if f["says_injection"]:
        found["injection_attempt"] = (0.5 + 0.4 * f["says_injection"], "injection/1", "")
    elif f["says_grader_word"] and f["any_injection"] >= 0.4:
        # An insurer's assessor or a driving examiner is no grader: the word alone proves nothing.
        found["injection_attempt"] = (0.5, "grader/1", "")
    if untrue := _untrue(reading):
        found["false_information"] = untrue
    return found


def _untrue(reading: Reading) -> tuple[float, str, str] | None:
    """The gravest sign that the reply contradicts its situation, as in `_by_rule`."""
    f, parts = reading.features, reading.parts
    if _NEVER.search(plain(parts.situation)) and _WANTS.search(plain(parts.reply)) and not f["says_no_secret"]:
        return 0.9, "secret/1", ""
    if clause := turned_round(parts.reply, parts.situation, parts.language):
        return 0.75, "turned/1", clause
    if clause := whole_instead(parts.reply, parts.situation, parts.language):
        return 0.65, "whole/1", clause
    if clause := invented_sum(parts.reply, f"{parts.situation} . {parts.customer}", parts.language):
        return 0.65, "sum/1", clause
    if clause := invented_help(parts.reply, parts.situation, parts.language):
        return 0.65, "help/1", clause
    clause, sure = invented_gift(parts.reply, parts.situation, parts.language)
    if clause:
        return sure, "gift/2", clause
    if figure := another_figure(parts.reply, parts.situation, parts.customer, parts.language):
        return 0.7, "figure/2", figure
    if f["unknown_strong"]:
        return 0.3, "figure/1", ", ".join(one.quote for one in figures_of_concern(parts)) or parts.reply
    return None


def _by_checks(reading: Reading, error: str) -> tuple[float, str]:
    """Without a head: the move and the wording have to agree."""
    signals, _moves = _SHOWS[error]
    said = reading.says(*signals) if signals else 0.0
    return min(1.0, said), "words/1"

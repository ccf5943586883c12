"""The atomic checks of a reply: how far each holds, with the words that show it.

Each check combines what the phrase lists find, what the sentence moves say, and how the reply stands to the customer's
line and the situation's facts. The rubric (trainer/rubrics/objection-1.yaml) gives them wording and points.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from trainer.domain.grading.reply_input import Finding
from trainer.language.folding import fold
from trainer.language.reply_features import FactUse, ReplyParts
from trainer.language.reply_head import Array, Moves
from trainer.language.reply_phrases import compiled


@dataclass(frozen=True)
class Reading:
    """A measured reply as the checks see it."""

    parts: ReplyParts
    features: Mapping[str, float]
    moves: Moves
    probabilities: Array
    uses: Sequence[FactUse]

    def says(self, *signals: str) -> float:
        """How much of the wordings of these signals is there, 0 to 1."""
        return max(self.features[f"says_{s}"] for s in signals)

    def does(self, *moves: str, where: str = "any") -> float:
        """The surest of these moves in any, the first or the last sentence."""
        return max(self.features[f"{where}_{m}"] for m in moves)

    def sentence(self, *moves: str) -> str:
        """The sentence that does one of these moves most."""
        if not self.parts.sentences:
            return ""
        columns = [self.moves.names.index(m) for m in moves]
        best = int(self.probabilities[:, columns].max(axis=1).argmax())
        return self.parts.sentences[best]

    def words(self, *signals: str) -> str:
        """The first words that match one of these signals, as they were written."""
        folded = fold(self.parts.reply)
        for signal in signals:
            for phrase in compiled()[signal][self.parts.language]:
                if match := phrase.find(folded.text):
                    start, end = folded.back(match.start(), match.end())
                    return folded.original[start:end]
        return ""


def _soft(value: float, low: float, high: float) -> float:
    """0 below `low`, 1 above `high`, straight between."""
    return min(1.0, max(0.0, (value - low) / (high - low)))


@dataclass(frozen=True)
class _Check:
    value: Callable[[Reading], float]
    quote: Callable[[Reading], str]
    rule: str


def _moved(*moves: str) -> Callable[[Reading], str]:
    return lambda r: r.sentence(*moves)


def _either(signals: tuple[str, ...], moves: tuple[str, ...]) -> Callable[[Reading], str]:
    return lambda r: r.words(*signals) or r.sentence(*moves)


def _named(r: Reading) -> float:
    """The concern in the operator's own words: near the customer's line without repeating it."""
    f = r.features
    near = max(_soft(f["near_customer_max"], 0.3, 0.6), _soft(f["shared_customer_count"], 0.2, 0.7))
    own = _soft(f["new_words"], 0.1, 0.4) * (1 - _soft(f["echo"], 0.65, 0.85))
    return min(1.0, (0.75 * near + 0.5 * r.does("empathy_specific")) * own)


def _human(r: Reading) -> float:
    return min(1.0, max(r.says("apology"), r.says("filler_human"), r.does("apology", "empathy_specific")) * 1.4)


def _stock(r: Reading) -> float:
    return max(r.says("stock_empathy"), r.does("empathy_stock")) * (1 - _named(r))


def _parrots(r: Reading) -> float:
    f = r.features
    return _soft(f["shared_customer"], 0.5, 0.9) * _soft(f["echo"] + f["repetition"], 0.75, 1.1) * (1 - f["facts_mean"])


def _script(r: Reading) -> float:
    return max(_soft(r.says("script"), 0, 0.5), r.does("script", "sales_push", "pitch"))


def _diagnoses(r: Reading) -> float:
    return max(r.does("diagnostic_question"), 0.8 * min(1.0, 2 * r.features["open_questions"])) * (
        1 - 0.7 * max(_admin(r), _script(r))
    )


def _admin(r: Reading) -> float:
    return max(_soft(r.says("admin_question"), 0, 0.5), r.does("admin_question"))


def _choice(r: Reading) -> float:
    return max(_soft(r.says("free_choice"), 0, 0.5) * 0.8, r.does("free_choice"), r.features["asks_or"])


def _accepts(r: Reading) -> float:
    f = r.features
    return max(
        _soft(r.says("consent_check"), 0, 0.5), r.does("acceptance_check", "free_choice"), 0.6 * f["ends_asking"]
    )


def _step(r: Reading) -> float:
    return max(
        0.9 * _soft(r.says("commitment"), 0, 0.5), r.does("concrete_step", "removal"), _soft(r.says("removal"), 0, 0.5)
    )


def _timed(r: Reading) -> float:
    return _step(r) * _soft(r.says("when_word"), 0, 0.5)


def _invents(r: Reading) -> float:
    f = r.features
    # A promise that rests on the situation's facts is no invention.
    moved = r.does("invented_gift", "big_promise", "boast", "competitor_attack", "false_law") * (
        1 - 0.7 * f["facts_mean"]
    )
    return min(1.0, max(f["unknown_strong"], 0.6 * f["unknown_figures"], moved, r.says("boast", "concession")))


def _pushes(r: Reading) -> float:
    moved = r.does("pressure_urgency", "pressure_guilt", "pressure_threat", "force_yes")
    return max(moved, _soft(r.says("pressure"), 0, 0.5), 0.7 * r.does("yes_but"))


def _hurts(r: Reading) -> float:
    return max(r.does("sarcasm", "insult", "dismissal"), _soft(r.says("rude"), 0, 0.5))


def _blames(r: Reading) -> float:
    return max(r.does("blame"), r.says("blame"))


def _cold(r: Reading) -> float:
    f = r.features
    dry = max(r.does("dry_rule", "curt_stop", "denial", "jargon"), r.says("dry_rule"))
    return max(dry, 0.6 * f["few_words"] * (1 - _accepts(r)) * (1 - _human(r)))


def _vague(r: Reading) -> float:
    return max(r.does("vague_step", "vague_reassurance"), r.says("vague_step")) * (1 - _timed(r))


def _stops(r: Reading) -> float:
    f = r.features
    return (1 - f["ends_asking"]) * (1 - _step(r)) * (1 - _choice(r)) * (1 - 0.7 * _soft(r.says("goodbye"), 0, 0.5))


def _leaves(r: Reading) -> float:
    return max(_soft(r.says("goodbye"), 0, 0.5), r.does("clean_exit", "removal")) * (1 - _pushes(r))


def _honest(r: Reading) -> float:
    return r.does("honest_limit", "against_own_sale")


def _fact_quote(r: Reading) -> str:
    best = max(r.uses, key=lambda u: u.closeness, default=None)
    return best.quote if best else ""


def _last(r: Reading) -> str:
    return r.parts.sentences[-1] if r.parts.sentences else ""


CHECKS: dict[str, _Check] = {
    "names_concern": _Check(_named, _moved("empathy_specific"), "concern/1"),
    "human_word": _Check(_human, _either(("apology", "filler_human"), ("apology", "empathy_specific")), "human/1"),
    "stock_only": _Check(_stock, _either(("stock_empathy",), ("empathy_stock",)), "stock/1"),
    "cancels_it": _Check(
        lambda r: max(_soft(r.says("cancelled_empathy"), 0, 0.5), r.does("yes_but", "denial", where="first")),
        _either(("cancelled_empathy",), ("yes_but", "denial")), "yes-but/1",
    ),
    "parrots": _Check(_parrots, lambda r: r.parts.reply, "parrot/1"),
    "follows_script": _Check(_script, _either(("script",), ("script", "sales_push", "pitch")), "script/1"),
    "asks_cause": _Check(_diagnoses, _moved("diagnostic_question"), "diagnostic/1"),
    "asks_choice": _Check(_choice, _either(("free_choice",), ("free_choice",)), "choice/1"),
    "asks_admin": _Check(_admin, _either(("admin_question",), ("admin_question",)), "admin/1"),
    "no_question": _Check(lambda r: float(r.features["questions"] == 0), lambda r: "", "question/1"),
    "uses_facts": _Check(lambda r: _soft(r.features["facts_mean"], 0.05, 0.6), _fact_quote, "facts/1"),
    "several_facts": _Check(lambda r: _soft(r.features["facts_count"], 0.25, 0.75), _fact_quote, "facts/1"),
    "offers_step": _Check(_step, _either(("commitment", "removal"), ("concrete_step", "removal")), "step/1"),
    "honest_advice": _Check(_honest, _moved("honest_limit", "against_own_sale"), "honest/1"),
    "only_vague": _Check(_vague, _either(("vague_step",), ("vague_step", "vague_reassurance")), "vague/1"),
    "invents": _Check(_invents, _either(("concession", "boast"), ("invented_gift", "big_promise", "boast")), "invented/1"),
    "refuses": _Check(
        lambda r: max(r.does("refusal"), _soft(r.says("refusal"), 0, 0.5)) * (1 - 0.6 * r.features["facts_mean"]),
        _either(("refusal",), ("refusal",)), "refusal/1",
    ),
    "timed_step": _Check(_timed, _either(("when_word",), ("concrete_step",)), "step/1"),
    "checks_acceptance": _Check(_accepts, _either(("consent_check",), ("acceptance_check", "free_choice")), "acceptance/1"),
    "free_choice": _Check(_choice, _either(("free_choice",), ("free_choice",)), "choice/1"),
    "clean_exit": _Check(_leaves, _either(("goodbye", "removal"), ("clean_exit", "removal")), "exit/1"),
    "just_stops": _Check(_stops, _last, "stop/1"),
    "pushes": _Check(_pushes, _either(("pressure",), ("force_yes", "pressure_guilt", "pressure_urgency")), "pressure/1"),
    "hurts": _Check(_hurts, _either(("rude",), ("sarcasm", "insult", "dismissal")), "rude/1"),
    "blames": _Check(_blames, _either(("blame",), ("blame",)), "blame/1"),
    "cold": _Check(_cold, _either(("dry_rule",), ("dry_rule", "curt_stop", "denial")), "cold/1"),
    "forbidden_phrase": _Check(
        lambda r: max(_soft(r.says("forbidden"), 0, 0.5), r.does("forbidden")),
        _either(("forbidden",), ("forbidden",)), "forbidden/1",
    ),
}  # fmt: skip


def find_checks(reading: Reading) -> tuple[Finding, ...]:
    """Every check with its value and words."""
    found = []
    for name, check in CHECKS.items():
        value = round(min(1.0, max(0.0, check.value(reading))), 3)
        found.append(Finding(name, value, check.quote(reading) if value >= 0.5 else "", check.rule))
    return tuple(found)

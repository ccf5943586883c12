"""The trained head of operators' acts: what the rules found in a clause, and the clause's vector, in; a probability for
each act out.

A logistic regression for each act in `models/operator_head.json`, made by `python -m trainer.language.train_operator_head`
from `banks/operator.en.txt` and `operator.fr.txt`. It adds acts in statements where no rule is sure, and takes none away.
No fundamental error hangs on it: the acts of HARM are left to the rules, and a promise that only the head heard is
never found broken. `python -m bench.ablation` shows what it adds.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from trainer.domain.understanding import OPERATOR_ACTS
from trainer.language.acts.rules import Found, Part
from trainer.language.reply_head import SHARPNESS, SIZE, Array, unpack
from trainer.language.turn_vectors import TurnVectors

MODEL = Path(__file__).parent / "models" / "operator_head.json"
HARM = frozenset({"pressure", "rude", "blame", "refusal", "disclosure", "injection"})
"""What fails a call or offends a customer is decided by rules that a person can read."""
LEARNED = tuple(act for act in OPERATOR_ACTS if act not in HARM | {"information"})
SURE = 0.75
"""Confidence from which a rule has told what a clause does; there the head adds nothing."""
BESIDE_OTHERS = frozenset({"information", "greeting", "thanks", "acknowledge", "apology"})
"""Acts that seldom are all a clause does: a rule sure of one of them leaves room for another."""
SEEN = 0.5
"""What is added counts as seen, and no more than SUREST: some acts are right often enough from a lower probability on."""
SUREST = 0.9
LEARNED_RULE = ".learned"
"""How the name of the rule ends of an act that the head added."""


@dataclass(frozen=True)
class OperatorHead:
    """`acts` are those of the rows of `weights`; `seen_from` gives the probability from which the head adds an act, chosen
    by cross-validation; acts without one are never added. `encoder` names the encoder it was trained on."""

    version: str
    encoder: str
    acts: tuple[str, ...]
    weights: Array
    bias: Array
    seen_from: Mapping[str, float]

    def read(self, points: Array) -> Array:
        """Probabilities: a row a clause, a column an act of `acts`."""
        return shares_of(points @ self.weights.T + self.bias)


def shares_of(odds: Array) -> Array:
    """Probabilities of log odds."""
    shares: Array = 1 / (1 + np.exp(-odds))
    return shares


def rule_confidences(parts: Sequence[Part], found: Sequence[Found]) -> Array:
    """How sure the rules are of each act (a column of OPERATOR_ACTS) in each clause (a row)."""
    rows = np.zeros((len(parts), len(OPERATOR_ACTS)))
    for one in found:
        column = OPERATOR_ACTS.index(one.act)
        for row, part in enumerate(parts):
            if _touch(one, part):
                rows[row, column] = max(rows[row, column], one.confidence)
    return rows


def points_of(parts: Sequence[Part], rules: Array, vectors: Sequence[Sequence[float]]) -> Array:
    """The head's input, a row a clause: its vector, the row of `rule_confidences`, whether it is an open or closed question."""
    asks = np.array([[part.question == "open", part.question == "closed"] for part in parts], dtype=np.float64)
    return np.hstack([np.asarray(vectors, dtype=np.float64) * SHARPNESS, rules, asks])


def is_free(parts: Sequence[Part], rules: Array) -> npt.NDArray[np.bool_]:
    """True for each clause (a row of `rule_confidences`) of more than a word of which no rule has told what it does.

    Never a question: calls hold some three times as many plain questions beside those of a particular kind as the banks
    do, and what was plainly asked would be taken for a kind too often.
    """
    telling = [n for n, act in enumerate(OPERATOR_ACTS) if act not in BESIDE_OTHERS]
    states = np.array([part.question == "none" and " " in part.text.strip() for part in parts])
    free: npt.NDArray[np.bool_] = states & (rules[:, telling].max(axis=1) < SURE)
    return free


def read_with_head(
    head: OperatorHead, parts: Sequence[Part], found: Sequence[Found], beside: Collection[int], vectors: TurnVectors
) -> list[Found]:
    """`found` with what the head adds; unchanged for vectors of another encoder than it was trained on.

    An act that the rules found anywhere in the turn is not added again. Clauses `beside` (remarks, another language) are passed
    over.
    """
    rules = rule_confidences(parts, found)
    free = is_free(parts, rules)
    rows = [row for row in range(len(parts)) if free[row] and row not in beside]
    encoded = vectors.of([parts[row].text for row in rows])
    if not rows or len(encoded[0]) != SIZE:
        return list(found)
    seen = {one.act for one in found if one.confidence >= SEEN}
    shares = head.read(points_of([parts[row] for row in rows], rules[rows], encoded))
    added = [
        Found(act, f"{act}{LEARNED_RULE}", round(min(SUREST, max(SEEN, float(share))), 2), part.start, part.end)
        for part, line in zip((parts[row] for row in rows), shares, strict=True)
        for act, share in zip(head.acts, line, strict=True)
        if act not in seen and share >= head.seen_from.get(act, 2.0)
    ]
    return [*found, *added]


def _touch(one: Found, part: Part) -> bool:
    return one.start < part.end and part.start < one.end


@lru_cache(maxsize=2)
def load_operator_head(path: Path = MODEL) -> OperatorHead:
    """The shipped head. Raises FileNotFoundError."""
    return head_of(json.loads(path.read_text(encoding="utf-8")))


def head_of(data: Mapping[str, Any]) -> OperatorHead:
    """The head of a model file's content."""
    weights, bias = unpack(data["weights"]), unpack(data["bias"])
    return OperatorHead(data["version"], data["encoder"], tuple(data["acts"]), weights, bias, dict(data["seen_from"]))

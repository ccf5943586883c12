"""Train the head of customers' moves from the banks in this folder: `python -m trainer.language.train_customer_head`.

The banks were written for this. A line is "move | text", "objection:TYPE | text", and a third part where the move cannot
be told without the operator's line before it. The result is the same bytes each time: a convex fit, no chance.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from trainer.domain.understanding import CUSTOMER_MOVES
from trainer.language.customer_head import MODEL, point_of, signs
from trainer.language.folding import fold
from trainer.language.moves import move_by_rules
from trainer.language.reply_head import SHARPNESS, Array, pack
from trainer.language.train_reply_head import BANKS, Encode, encode_all, write_model
from trainer.language.understand import read_parts

LANGUAGES = ("en", "fr")
STRENGTH = 2.0
"""Inverse of the regularization (scikit-learn's C), chosen by `python -m bench.ablation`."""


@dataclass(frozen=True, slots=True)
class CustomerTurn:
    """A line of a bank. `place` is its number within the bank: lines of one place in both languages are alike."""

    language: str
    place: int
    move: str
    text: str
    before: str = ""


def read_customer_bank(language: str, folder: Path = BANKS) -> list[CustomerTurn]:
    """The bank of one language. Raises ValueError naming file and line."""
    path = folder / f"customer.{language}.txt"
    turns: list[CustomerTurn] = []
    for number, raw in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if not raw.strip() or raw.startswith("#"):
            continue
        kind, text, *before = (part.strip() for part in raw.split("|"))
        move = kind.partition(":")[0]
        if move not in CUSTOMER_MOVES or not text or len(before) > 1:
            raise ValueError(f"{path.name}:{number}: expected 'move | text', got {raw!r}")
        turns.append(CustomerTurn(language, len(turns), move, text, *before))
    return turns


def points_of(turns: Sequence[CustomerTurn], encode: Encode) -> Array:
    """One row a turn."""
    vectors = encode_all([t for turn in turns for t in (turn.text, turn.before) if t], encode)
    rows = []
    for turn in turns:
        folded = fold(turn.text)
        parts = read_parts(folded, turn.language)
        seen = signs(folded.text, parts, move_by_rules(folded.text, parts, turn.language)[0])
        before = list(vectors[turn.before]) if turn.before else None
        rows.append(point_of(seen, list(vectors[turn.text]), before))
    return np.array(rows)


def fit(points: Array, moves: Sequence[str]) -> tuple[Array, Array]:
    """(weights, bias), a row a move of CUSTOMER_MOVES."""
    from sklearn.linear_model import LogisticRegression

    model = LogisticRegression(C=STRENGTH, max_iter=4000, class_weight="balanced").fit(points * SHARPNESS, moves)
    order = [list(model.classes_).index(move) for move in CUSTOMER_MOVES]
    return model.coef_[order], model.intercept_[order]


def train(encode: Encode, encoder: str) -> dict[str, Any]:
    """The model file's content."""
    turns = [turn for language in LANGUAGES for turn in read_customer_bank(language)]
    weights, bias = fit(points_of(turns, encode), [turn.move for turn in turns])
    banks = b"".join((BANKS / f"customer.{language}.txt").read_bytes() for language in LANGUAGES)
    return {
        "version": f"customer-head-1-{hashlib.sha256(banks).hexdigest()[:12]}",
        "encoder": encoder,
        "trained_on": len(turns),
        "names": list(CUSTOMER_MOVES),
        "weights": pack(weights),
        "bias": pack(bias),
    }


def main() -> None:
    """Write the model beside this file, or to --out."""
    write_model(train, MODEL, __doc__)


if __name__ == "__main__":
    main()

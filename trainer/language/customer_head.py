"""The trained head of customers' moves: what the rules found, and the vectors of the turn and of the operator's line before
it, in; a probability for each move out.

A multinomial logistic regression in `models/customer_head.json`, made by `python -m trainer.language.train_customer_head`
from `banks/customer.en.txt` and `customer.fr.txt`. `python -m bench.ablation` shows what each part adds.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np

from trainer.domain.understanding import CUSTOMER_MOVES
from trainer.language.acts.rules import Part
from trainer.language.reply_head import SHARPNESS, SIZE, Array, Moves, unpack
from trainer.ports import EncodeTexts

MODEL = Path(__file__).parent / "models" / "customer_head.json"
BEFORE_WEIGHT = 2 / 3
"""The operator's line counts for less than the turn itself."""
_NO = ("no ", "non ", "nope ", "nan ")
_YES = ("yes ", "oui ", "ok ", "okay ", "d'accord ", "sure ", "yeah ")
SHORTEST = 2


@dataclass(frozen=True)
class CustomerHead:
    """`encoder` names the encoder whose vectors it was trained on."""

    version: str
    encoder: str
    moves: Moves

    def read(self, point: Array) -> Mapping[str, float]:
        """The probability of each move of CUSTOMER_MOVES."""
        return dict(zip(self.moves.names, (float(p) for p in self.moves.read(point[None, :])[0]), strict=True))


def signs(folded: str, parts: Sequence[Part], move: str) -> Array:
    """What the rules see: their move, kinds of question, and how the turn begins. `folded` is the turn without accents."""
    kinds = {part.question for part in parts}
    begins = f"{folded} "
    plain = [
        "open" in kinds, "closed" in kinds, "?" in folded, len(folded.split()) <= SHORTEST,
        begins.startswith(_NO), begins.startswith(_YES),
    ]  # fmt: skip
    return np.array([*(float(move == one) for one in CUSTOMER_MOVES), *map(float, plain)]) / SHARPNESS


def point_of(seen: Array, vector: Sequence[float], before: Sequence[float] | None) -> Array:
    """One row of the head's input: `seen` of `signs`, the turn's vector, and that of the operator's line or None."""
    earlier = np.zeros(SIZE) if before is None else np.asarray(before, dtype=np.float64) * BEFORE_WEIGHT
    return np.concatenate([np.asarray(vector, dtype=np.float64), earlier, seen])


def read_with_head(
    head: CustomerHead, seen: Array, text: str, before: str, encode: EncodeTexts
) -> Mapping[str, float] | None:
    """Probabilities of the moves of `text`, said after the operator's line `before` ("" for none).

    None for vectors of another encoder than the head was trained on.
    """
    vectors = encode([text, before] if before else [text])
    if len(vectors[0]) != SIZE:
        return None
    return head.read(point_of(seen, vectors[0], vectors[1] if before else None))


@lru_cache(maxsize=2)
def load_customer_head(path: Path = MODEL) -> CustomerHead:
    """The shipped head. Raises FileNotFoundError."""
    data = json.loads(path.read_text(encoding="utf-8"))
    moves = Moves(tuple(data["names"]), unpack(data["weights"]), unpack(data["bias"]))
    return CustomerHead(data["version"], data["encoder"], moves)

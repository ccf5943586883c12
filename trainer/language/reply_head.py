"""The trained head of reply grading: sentence vectors and features in, expected levels and error scores out.

Two small models stand in `models/reply_head.json` (made by `python -m trainer.language.train_reply_head`):
moves, a logistic regression from a sentence's vector to what that sentence does; and a kernel ridge regression
(Gaussian kernel over the training replies) from features and shortened vectors to five levels, the overall and the
critical errors. Numbers are float16 in base64; nothing but numpy is needed to use it.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from trainer.language.reply_features import MEASURES, SIGNALS, ReplyParts, Vector, measure, phrase_features, whole_reply

Array = npt.NDArray[np.float64]
MODEL = Path(__file__).parent / "models" / "reply_head.json"
OBJECTIONS = (
    "price", "no_time", "authority", "already_have", "survey_refusal", "wants_manager", "think_about_it", "no_need",
    "angry_complaint", "send_by_email",
)  # fmt: skip
SIZE = 512
SHARPNESS = 3.0
"""Vectors are scaled by this before the logistic regression of moves."""


@dataclass(frozen=True)
class Moves:
    """What a sentence does: `names` of moves; probabilities by softmax(weights x vector + bias)."""

    names: tuple[str, ...]
    weights: Array
    bias: Array

    def read(self, vectors: Array) -> Array:
        """Probabilities, one row a sentence."""
        logits = vectors @ self.weights.T * SHARPNESS + self.bias
        logits -= logits.max(axis=1, keepdims=True)
        powers = np.exp(logits)
        shares: Array = powers / powers.sum(axis=1, keepdims=True)
        return shares


@dataclass(frozen=True)
class Measured:
    """One reply measured: named features, and the probabilities of the moves of each sentence."""

    features: Mapping[str, float]
    moves: Array
    blocks: Array


def feature_names(moves: Sequence[str]) -> tuple[str, ...]:
    """Features in the order the head was trained with."""
    parted = (f"{where}_{name}" for where in ("any", "last", "first") for name in moves)
    return (*MEASURES, *(f"says_{s}" for s in SIGNALS), *parted, *(f"objection_{o}" for o in OBJECTIONS))


def measure_reply(parts: ReplyParts, vectors: Mapping[str, Vector], moves: Moves, channel: str = "") -> Measured:
    """All features of a reply. `vectors` holds one for each of `texts_to_encode(parts)`."""
    features = measure(parts, vectors, channel)
    features |= {f"says_{s}": v for s, v in phrase_features(parts).items()}
    nothing = np.zeros(SIZE)
    if parts.sentences:
        stack = np.array([vectors[s] for s in parts.sentences], dtype=np.float64)
        done = moves.read(stack)
        own = (whole_reply(parts, vectors).astype(np.float64), stack[0], stack[-1])
    else:
        done = np.zeros((1, len(moves.names)))
        own = (nothing, nothing, nothing)
    for where, row in (("any", done.max(axis=0)), ("last", done[-1]), ("first", done[0])):
        features |= {f"{where}_{name}": float(p) for name, p in zip(moves.names, row, strict=True)}
    features |= {f"objection_{o}": float(o == parts.objection_type) for o in OBJECTIONS}
    blocks = np.array([*own, np.asarray(vectors[parts.customer or " "], dtype=np.float64)])
    return Measured(features, done, blocks)


@dataclass(frozen=True)
class Space:
    """How features and vectors become one point: scaled features, then each vector on its main axes, weighted."""

    names: tuple[str, ...]
    mean: Array
    scale: Array
    feature_weight: float
    middle: Array
    axes: Array
    block_weights: Array

    def points(self, measured: Sequence[Measured]) -> Array:
        """One row a reply."""
        raw = np.array([[m.features[n] for n in self.names] for m in measured])
        flat = np.clip((raw - self.mean) / self.scale, -3, 3) * (self.feature_weight / np.sqrt(len(self.names)))
        blocks = np.array([m.blocks for m in measured])
        short = (blocks - self.middle) @ self.axes * self.block_weights[:, None]
        joined: Array = np.hstack([flat, short.reshape(len(measured), -1)])
        return joined


def kernel(left: Array, right: Array, gamma: float) -> Array:
    """exp(-gamma |a - b|^2) for each pair of rows."""
    squares = (left * left).sum(1)[:, None] + (right * right).sum(1)[None] - 2 * left @ right.T
    near: Array = np.exp(-gamma * np.maximum(squares, 0.0))
    return near


@dataclass(frozen=True)
class ReplyHead:
    """`outputs` names what comes out: the five criteria, "overall" (as a level, x 25) and "error:<id>"."""

    version: str
    encoder: str
    moves: Moves
    space: Space
    gamma: float
    support: Array
    weights: Array
    offset: Array
    outputs: tuple[str, ...]

    def expect(self, measured: Sequence[Measured]) -> list[dict[str, float]]:
        """Expected outputs of each reply."""
        if not measured:
            return []
        values = kernel(self.space.points(measured), self.support, self.gamma) @ self.weights + self.offset
        return [dict(zip(self.outputs, (float(v) for v in row), strict=True)) for row in values]


def pack(array: Array, kind: str = "float16") -> dict[str, Any]:
    """An array as JSON: shape, type and base64 of its little-endian bytes."""
    exact = np.ascontiguousarray(array, dtype=np.dtype(kind).newbyteorder("<"))
    return {"shape": list(array.shape), "type": kind, "data": base64.b64encode(exact.tobytes()).decode("ascii")}


def unpack(packed: Mapping[str, Any]) -> Array:
    """The array of `pack`, as float64."""
    kind = np.dtype(str(packed["type"])).newbyteorder("<")
    flat = np.frombuffer(base64.b64decode(packed["data"]), dtype=kind)
    return flat.reshape(packed["shape"]).astype(np.float64)


@lru_cache(maxsize=2)
def load_head(path: Path = MODEL) -> ReplyHead:
    """The shipped head. Raises FileNotFoundError."""
    return head_of(json.loads(path.read_text(encoding="utf-8")))


def head_of(data: Mapping[str, Any]) -> ReplyHead:
    """The head of a model file's content."""
    moves = Moves(tuple(data["moves"]["names"]), unpack(data["moves"]["weights"]), unpack(data["moves"]["bias"]))
    space = data["space"]
    return ReplyHead(
        version=data["version"],
        encoder=data["encoder"],
        moves=moves,
        space=Space(
            tuple(space["names"]),
            unpack(space["mean"]),
            unpack(space["scale"]),
            float(space["feature_weight"]),
            unpack(space["middle"]),
            unpack(space["axes"]),
            np.array(space["block_weights"], dtype=np.float64),
        ),
        gamma=float(data["gamma"]),
        support=unpack(data["support"]),
        weights=unpack(data["weights"]),
        offset=np.array(data["offset"], dtype=np.float64),
        outputs=tuple(data["outputs"]),
    )

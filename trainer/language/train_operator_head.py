"""Train the head of operators' acts from the banks in this folder: `python -m trainer.language.train_operator_head`.

The banks were written for this and share no line with tests/data/acts, on which the head is only measured. A line is
"act act | text" ("-" for none) and says what all its clauses do together; which clause does it is found by a first fit
to single clauses. The result is the same bytes each time: convex fits, no chance.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from trainer.domain.understanding import OPERATOR_ACTS
from trainer.language.acts.rules import Part
from trainer.language.entities import read_entities
from trainer.language.folding import fold
from trainer.language.operator_acts import acts_by_rules
from trainer.language.operator_head import LEARNED, MODEL, SEEN, is_free, points_of, rule_confidences, shares_of
from trainer.language.reply_head import Array, pack
from trainer.language.train_reply_head import BANKS, Encode, encode_all, write_model
from trainer.language.understand import read_parts

Mask = npt.NDArray[np.bool_]
Numbers = npt.NDArray[np.int_]
LANGUAGES = ("en", "fr")
STRENGTH = 3.0
"""Inverse of the regularization (scikit-learn's C)."""
FOLDS, BLOCK = 5, 8
"""Lines of a bank that stand together are alike: a fold takes blocks of eight."""
LIKELY, UNLIKELY = 0.5, 0.15
"""Of a line that does an act, the likeliest clause does it, and any this likely; one less likely than UNLIKELY does not."""
RIGHT = 0.8
"""Share of the added acts that must be right in cross-validation."""
OF_WEIGHT = frozenset({"offer", "objection_answer", "closing"})
"""Never added: after a firm no the first two press the customer, which fails the call, and the third ends it."""
FEWEST = 8
"""Added acts from which that share can be told."""
STEPS = tuple(round(0.4 + 0.05 * step, 2) for step in range(12))


@dataclass(frozen=True, slots=True)
class OperatorLine:
    """A line of a bank and all acts that it does. `place` is its number within the bank."""

    language: str
    place: int
    text: str
    acts: frozenset[str]


@dataclass(frozen=True)
class Clauses:
    """The clauses of lines: `line` is the number of each one's line, `does` what that line does (columns LEARNED)."""

    parts: tuple[Part, ...]
    points: Array
    rules: Array
    line: Numbers
    does: Mask


def read_acts_bank(path: Path, language: str) -> list[OperatorLine]:
    """Lines "act act | text"; "-" stands for no act, "#" begins a remark. Raises ValueError naming file and line."""
    lines: list[OperatorLine] = []
    for number, raw in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if not raw.strip() or raw.startswith("#"):
            continue
        names, bar, text = raw.partition("|")
        acts = frozenset(names.split()) - {"-"}
        if not bar or not text.strip() or acts - set(OPERATOR_ACTS):
            raise ValueError(f"{path.name}:{number}: expected 'act act | text', got {raw!r}")
        lines.append(OperatorLine(language, len(lines), text.strip(), acts))
    return lines


def read_banks(folder: Path = BANKS) -> list[OperatorLine]:
    """The banks of both languages."""
    return [line for one in LANGUAGES for line in read_acts_bank(folder / f"operator.{one}.txt", one)]


def clauses_of(lines: Sequence[OperatorLine], encode: Encode) -> Clauses:
    """Cut lines into clauses, look at them by rules, and encode them."""
    parts: list[Part] = []
    rules, owners = [], []
    for number, line in enumerate(lines):
        folded = fold(line.text)
        own = read_parts(folded, line.language)
        entities = read_entities(folded, line.language)
        rules.append(rule_confidences(own, acts_by_rules(folded, own, line.language, entities)))
        parts += own
        owners += [number] * len(own)
    vectors = encode_all([part.text for part in parts], encode)
    seen = np.vstack(rules)
    does = np.array([[act in lines[owner].acts for act in LEARNED] for owner in owners])
    return Clauses(
        tuple(parts), points_of(parts, seen, [list(vectors[p.text]) for p in parts]), seen, np.array(owners), does
    )


def fit(clauses: Clauses, points: Array, known: Mask) -> tuple[Array, Array]:
    """(weights, bias), a row an act, from the clauses of the mask `known` and the columns of `points`."""
    alone = np.bincount(clauses.line)[clauses.line] == 1
    weights, bias = _fit_each(points, clauses.does, np.tile((known & alone)[:, None], len(LEARNED)))
    likely = shares(points, weights, bias)
    most = np.zeros((int(clauses.line.max()) + 1, len(LEARNED)))
    np.maximum.at(most, clauses.line, likely)
    does = clauses.does & ((likely >= most[clauses.line]) | (likely >= LIKELY))
    told = does | ~clauses.does | (likely < UNLIKELY)
    return _fit_each(points, does, told & known[:, None])


def _fit_each(points: Array, does: Mask, told: Mask) -> tuple[Array, Array]:
    """On one thread: with several the sums come out in another order, and on a busy machine late."""
    from sklearn.linear_model import LogisticRegression
    from threadpoolctl import threadpool_limits

    with threadpool_limits(limits=1):
        models = [
            LogisticRegression(C=STRENGTH, max_iter=4000).fit(points[told[:, act]], does[told[:, act], act])
            for act in range(does.shape[1])
        ]
    return np.vstack([m.coef_ for m in models]), np.concatenate([m.intercept_ for m in models])


def shares(points: Array, weights: Array, bias: Array) -> Array:
    """Probabilities, a row a clause, a column an act."""
    return shares_of(points @ weights.T + bias)


def folds_of(lines: Sequence[OperatorLine]) -> Numbers:
    """The fold of each line."""
    return np.array([(line.place // BLOCK) * 7919 % FOLDS for line in lines])


def cross_validated(clauses: Clauses, points: Array, folds: Numbers) -> Array:
    """Probabilities of each clause, by a head that saw no line of its fold."""
    found = np.zeros(clauses.does.shape)
    own = folds[clauses.line]
    for number in range(FOLDS):
        found[own == number] = shares(points[own == number], *fit(clauses, points, own != number))
    return found


def addable(clauses: Clauses) -> Mask:
    """Where the head may add an act (a row a clause): no rule is sure there, or has seen that act in the line."""
    columns = [OPERATOR_ACTS.index(act) for act in LEARNED]
    seen = np.zeros((int(clauses.line.max()) + 1, len(LEARNED)), dtype=bool)
    np.logical_or.at(seen, clauses.line, clauses.rules[:, columns] >= SEEN)
    open_to: Mask = is_free(clauses.parts, clauses.rules)[:, None] & ~seen[clauses.line]
    return open_to


def calibration(likely: Array, right: Mask) -> tuple[float, float]:
    """(slope, shift) by which log odds become those of being right (Platt scaling)."""
    from sklearn.linear_model import LogisticRegression

    model = LogisticRegression(C=1e6).fit(np.log(likely / (1 - likely))[:, None], right)
    return float(model.coef_[0, 0]), float(model.intercept_[0])


def thresholds(likely: Array, right: Mask, may: Mask) -> dict[str, float]:
    """The probability from which each act is added; acts that are seldom right are left out."""
    chosen = {}
    for column, act in enumerate(LEARNED):
        for step in () if act in OF_WEIGHT else STEPS:
            added = right[may[:, column] & (likely[:, column] >= step), column]
            if len(added) >= FEWEST and added.mean() >= RIGHT:
                chosen[act] = step
                break
    return chosen


def calibrated(clauses: Clauses, likely: Array) -> tuple[tuple[float, float], Array, dict[str, float]]:
    """((slope, shift), calibrated probabilities, thresholds) from cross-validated probabilities."""
    may = addable(clauses)
    slope, shift = calibration(likely[may], clauses.does[may])
    odds = np.log(likely / (1 - likely)) * slope + shift
    better = shares_of(odds)
    return (slope, shift), better, thresholds(better, clauses.does, may)


def train(encode: Encode, encoder: str, lines: Sequence[OperatorLine] | None = None) -> dict[str, Any]:
    """The model file's content, from the banks or from `lines`."""
    lines = read_banks() if lines is None else lines
    clauses = clauses_of(lines, encode)
    weights, bias = fit(clauses, clauses.points, np.ones(len(clauses.parts), dtype=bool))
    (slope, shift), _, seen_from = calibrated(clauses, cross_validated(clauses, clauses.points, folds_of(lines)))
    said = "\n".join(f"{line.language} {' '.join(sorted(line.acts))} | {line.text}" for line in lines)
    return {
        "version": f"operator-head-1-{hashlib.sha256(said.encode()).hexdigest()[:12]}",
        "encoder": encoder,
        "trained_on": len(lines),
        "acts": list(LEARNED),
        "seen_from": seen_from,
        "weights": pack(weights * slope),
        "bias": pack(bias * slope + shift),
    }


def main() -> None:
    """Write the model beside this file, or to --out."""
    write_model(train, MODEL, __doc__)


if __name__ == "__main__":
    main()

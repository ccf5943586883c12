"""What each part adds to the understanding of operators' acts; printed by `python -m bench.ablation`.

On the banks `trainer/language/banks/operator.*.txt` by five-fold cross-validation, and on `tests/data/acts`, which nothing
was trained on but which the rules were written beside. F1 is macro over the acts that the head knows (harm is left to the
rules, information is what is left over); an act counts as found from a probability or confidence of .5 on, or as shipped.
The thresholds of what is shipped were chosen in the same cross-validation.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression

from trainer.domain.understanding import OPERATOR_ACTS
from trainer.language.folding import fold
from trainer.language.operator_head import LEARNED, SEEN
from trainer.language.reply_head import SIZE, Array
from trainer.language.train_operator_head import (
    FOLDS,
    Clauses,
    Mask,
    OperatorLine,
    addable,
    calibrated,
    clauses_of,
    cross_validated,
    fit,
    folds_of,
    read_acts_bank,
    read_banks,
    shares,
)
from trainer.language.train_reply_head import Encode

HELD_OUT = Path(__file__).resolve().parent.parent / "tests" / "data" / "acts"


def of_lines(clauses: Clauses, found: Mask) -> Mask:
    """What the clauses of each line do together."""
    together = np.zeros((int(clauses.line.max()) + 1, len(LEARNED)), dtype=bool)
    np.logical_or.at(together, clauses.line, found)
    return together


def by_rules(clauses: Clauses) -> Mask:
    columns = [OPERATOR_ACTS.index(act) for act in LEARNED]
    return of_lines(clauses, clauses.rules[:, columns] >= SEEN)


def by_words(known: Sequence[OperatorLine], does: Mask, wanted: Sequence[OperatorLine]) -> Mask:
    """Logistic regression over words and pairs of words for each act."""
    words = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True)
    seen = words.fit_transform([fold(line.text).text for line in known])
    asked = words.transform([fold(line.text).text for line in wanted])
    models = (LogisticRegression(C=10, max_iter=4000, class_weight="balanced").fit(seen, column) for column in does.T)
    return np.array([model.predict(asked) for model in models]).T


def words_across(lines: Sequence[OperatorLine], does: Mask) -> Mask:
    folds = folds_of(lines)
    found = np.zeros(does.shape, dtype=bool)
    for number in range(FOLDS):
        known, held = np.flatnonzero(folds != number), np.flatnonzero(folds == number)
        found[held] = by_words([lines[n] for n in known], does[known], [lines[n] for n in held])
    return found


def macro_f1(does: Mask, found: Mask) -> float:
    right = (does & found).sum(axis=0)
    return float((2 * right / np.maximum(1, does.sum(axis=0) + found.sum(axis=0))).mean())


def show(where: str, lines: Sequence[OperatorLine], does: Mask, ways: dict[str, Mask]) -> None:
    print(f"\noperators' acts, {where}, {len(lines)} phrases")
    rules, shipped = ways["rules alone"], ways["as shipped"]
    for language in ("en", "fr"):
        mine = np.array([line.language == language for line in lines])
        for name, found in ways.items():
            print(f"{language}  {name:30} F1 {macro_f1(does[mine], found[mine]):.3f}")
        added = (shipped & ~rules)[mine]
        print(f"{language}  added acts {added.sum():3}, right {does[mine][added].mean():.2f}")


def measure_acts(encode: Encode) -> None:
    """Print both tables (some minutes)."""
    lines = read_banks()
    clauses = clauses_of(lines, encode)
    does = of_lines(clauses, clauses.does)
    folds, vectors = folds_of(lines), clauses.points[:, :SIZE]
    likely = cross_validated(clauses, clauses.points, folds)
    (slope, shift), better, seen_from = calibrated(clauses, likely)
    least = np.array([seen_from.get(act, 2.0) for act in LEARNED])
    rules = by_rules(clauses)
    show("banks by cross-validation", lines, does, {
        "rules alone": rules,
        "words (TF-IDF) alone": words_across(lines, does),
        "vectors alone": of_lines(clauses, cross_validated(clauses, vectors, folds) >= SEEN),
        "vectors and rules": of_lines(clauses, likely >= SEEN),
        "as shipped": rules | of_lines(clauses, addable(clauses) & (better >= least)),
    })  # fmt: skip
    others = [line for one in ("en", "fr") for line in read_acts_bank(HELD_OUT / f"{one}.txt", one)]
    held = clauses_of(others, encode)
    does_held, rules_held = of_lines(held, held.does), by_rules(held)
    every = np.ones(len(clauses.parts), dtype=bool)
    weights, bias = fit(clauses, clauses.points, every)
    both: Array = shares(held.points, weights, bias)
    surer = shares(held.points, weights * slope, bias * slope + shift)
    show("held-out phrases", others, does_held, {
        "rules alone": rules_held,
        "words (TF-IDF) alone": by_words(lines, does, others),
        "vectors alone": of_lines(held, shares(held.points[:, :SIZE], *fit(clauses, vectors, every)) >= SEEN),
        "vectors and rules": of_lines(held, both >= SEEN),
        "as shipped": rules_held | of_lines(held, addable(held) & (surer >= least)),
    })  # fmt: skip

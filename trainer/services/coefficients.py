"""How far two raters agree beyond chance: Cohen's kappa, Gwet's AC1 and Krippendorff's alpha, nominal, with intervals.

The values are PyCM's. Checks of one call are not independent of each other, so the intervals come from drawing whole
calls anew (percentile bootstrap, Efron 1979), for which the same three formulas stand here once more for many tables at
a time; the tests hold both equal.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from pycm import ConfusionMatrix

DRAWS = 1000
FEWEST_FOR_INTERVAL = 5
"""Units below which an interval would say nothing."""
SEED = 20261126
Tables = NDArray[np.float64]
"""Shape (n, k, k): n tables of how often one rater gave answer i where the other gave j."""


@dataclass(frozen=True, slots=True)
class Coefficient:
    """At most 1; None where it is not defined (everybody always gave one answer). The interval holds 95 %."""

    value: float | None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Agreement:
    """Over `answers` pairs of answers in `calls` calls; `same` is the share of equal ones, 0 to 1."""

    calls: int
    answers: int
    same: float
    kappa: Coefficient
    ac1: Coefficient
    alpha: Coefficient


def measure(tables: Sequence[Sequence[Sequence[int]]], *, intervals: bool = True) -> Agreement | None:
    """The agreement over calls; `tables` has one k x k table a call. None where there is no pair of answers."""
    found = np.array([table for table in tables if np.any(table)], dtype=np.float64)
    if not len(found):
        return None
    used = np.flatnonzero(found.sum(axis=(0, 1)) + found.sum(axis=(0, 2)))
    if len(used) < 2:  # one answer alone: a second category keeps AC1 defined
        used = np.array([*used, next(i for i in range(found.shape[1]) if i not in used)])
    found = found[:, used][:, :, used]
    whole = found.sum(axis=0)
    values = _values(whole)
    bounds = _intervals(found) if intervals and len(found) >= FEWEST_FOR_INTERVAL else [(None, None)] * 3
    kappa, ac1, alpha = (Coefficient(value, *bound) for value, bound in zip(values, bounds, strict=True))
    same = float(np.trace(whole) / whole.sum())
    return Agreement(len(found), int(whole.sum()), same, kappa, ac1, alpha)


def _values(table: NDArray[np.float64]) -> list[float | None]:
    names = [str(place) for place in range(len(table))]
    rows = {one: {other: int(table[i, j]) for j, other in enumerate(names)} for i, one in enumerate(names)}
    matrix = ConfusionMatrix(matrix=rows)
    # PyCM writes the word "None" where a coefficient is not defined.
    return [None if isinstance(v, str) or v is None else float(v) for v in (matrix.Kappa, matrix.AC1, matrix.Alpha)]


def _intervals(tables: Tables) -> list[tuple[float | None, float | None]]:
    count = len(tables)
    drawn = np.random.default_rng(SEED).multinomial(count, [1 / count] * count, size=DRAWS).astype(np.float64)
    sums = (drawn @ tables.reshape(count, -1)).reshape(DRAWS, *tables.shape[1:])
    return [_bounds(values) for values in coefficients_of(sums)]


def _bounds(values: NDArray[np.float64]) -> tuple[float | None, float | None]:
    known = values[np.isfinite(values)]
    if len(known) < DRAWS / 2:
        return None, None
    low, high = np.percentile(known, [2.5, 97.5])
    return float(low), float(high)


def coefficients_of(tables: Tables) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Kappa (Cohen 1960), AC1 (Gwet 2008) and alpha (Krippendorff 1970) of each table; NaN where not defined."""
    pairs = tables.sum(axis=(1, 2))
    shares = tables / pairs[:, None, None]
    same = np.trace(shares, axis1=1, axis2=2)
    one, other = shares.sum(axis=2), shares.sum(axis=1)
    middle = (one + other) / 2
    by_kappa = (one * other).sum(axis=1)
    by_ac1 = (middle * (1 - middle)).sum(axis=1) / (tables.shape[1] - 1)
    by_alpha = (middle**2).sum(axis=1)
    same_alpha = same + (1 - same) / (2 * pairs)
    with np.errstate(divide="ignore", invalid="ignore"):
        kappa = (same - by_kappa) / (1 - by_kappa)
        ac1 = (same - by_ac1) / (1 - by_ac1)
        alpha = (same_alpha - by_alpha) / (1 - by_alpha)
    return kappa, ac1, alpha

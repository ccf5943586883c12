"""What `flask doctor` finds: one line of its table."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from trainer.ports import PortError


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the table. `state` is "works", "degraded", "fails" or "off" (not set up, and no loss).

    Only a required part that fails is fatal.
    """

    part: str
    state: str
    detail: str
    seconds: float
    required: bool = False


def tried(part: str, attempt: Callable[[], str], *, required: bool = False, missing: str = "degraded") -> Finding:
    """Run `attempt`, which returns its detail; whatever goes wrong becomes the finding."""
    started = time.perf_counter()
    try:
        detail, state = attempt(), "works"
    except PortError as error:
        detail, state = error.reason, missing
    except Exception as error:  # the doctor's work is to report failures, whichever they are
        detail, state = f"{type(error).__name__}: {error}".splitlines()[0], missing
    return Finding(part, state, detail, time.perf_counter() - started, required)

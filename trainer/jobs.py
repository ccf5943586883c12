"""Jobs by name: each is idempotent, opens its own transaction and is found again by the sweeper if it is lost."""

from __future__ import annotations

from collections.abc import Callable

JOBS: dict[str, Callable[..., None]] = {}


def job(function: Callable[..., None]) -> Callable[..., None]:
    """Name a function as a job."""
    JOBS[function.__name__] = function
    return function


def run_job(name: str, **arguments: str) -> None:
    """Run one job now, inside an application context. Raises KeyError for a name that is no job."""
    JOBS[name](**arguments)

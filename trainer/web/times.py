"""Lengths of time as pages write them."""

from __future__ import annotations


def clock(seconds: float) -> str:
    """Whole minutes and seconds, what is begun not counted: 185.9 is 3:05."""
    whole = max(0, int(seconds))
    return f"{whole // 60}:{whole % 60:02}"

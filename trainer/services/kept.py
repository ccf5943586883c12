"""Values that are costly to make, kept for the next who asks: the newest so many of them."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TypeVar

K = TypeVar("K")
V = TypeVar("V")


class Kept(dict[K, V]):
    """At most `most` values; the oldest goes first. Several threads may ask at once: a value may then be made twice."""

    def __init__(self, most: int) -> None:
        super().__init__()
        self.most = most
        self._lock = threading.Lock()

    def or_make(self, key: K, make: Callable[[], V]) -> V:
        """The value of `key`, made if it is not kept. Raises what `make` raises, and keeps nothing then."""
        found = self.get(key)
        if found is None:
            found = make()
            with self._lock:
                while len(self) >= self.most:
                    del self[next(iter(self))]
                self[key] = found
        return found

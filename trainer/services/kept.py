"""Values that are costly to make, kept for the next who asks: the newest so many of them; and when files last changed."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TypeVar

K = TypeVar("K")
V = TypeVar("V")
Stamp = tuple[tuple[str, int], ...]


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
            self.keep(key, found)
        return found

    def keep(self, key: K, value: V) -> None:
        """As the newest, in place of what was kept before."""
        with self._lock:
            self.pop(key, None)
            while len(self) >= self.most:
                del self[next(iter(self))]
            self[key] = value


LOOK_AGAIN_S = 1.0
"""How long a folder of content is taken to be as it was. Looking at some two hundred files takes longer than making a page."""
_looked: dict[tuple[Path, tuple[str, ...]], tuple[float, Stamp]] = {}


def _lately(folder: Path, suffixes: tuple[str, ...], look: Callable[[], Stamp]) -> Stamp:
    """What `look` found, at most `LOOK_AGAIN_S` ago."""
    now = time.monotonic()
    looked = _looked.get((folder, suffixes))
    if looked is not None and now - looked[0] < LOOK_AGAIN_S:
        return looked[1]
    stamp = look()
    _looked[folder, suffixes] = now, stamp
    return stamp


def _times(files: Iterable[Path]) -> Stamp:
    return tuple((file.as_posix(), file.stat().st_mtime_ns) for file in files)


def time_of(file: Path) -> int:
    """When a file last changed, in nanoseconds; 0 where there is none. At most `LOOK_AGAIN_S` old."""

    def look() -> Stamp:
        try:
            return _times([file])
        except OSError:
            return ()

    stamp = _lately(file, (), look)
    return stamp[0][1] if stamp else 0


def stamp_of(folder: Path, *suffixes: str) -> Stamp:
    """(name, time of change) of every file below `folder` with one of the suffixes; at most `LOOK_AGAIN_S` old."""
    return _lately(
        folder, suffixes, lambda: _times(sorted(path for path in folder.rglob("*") if path.suffix in suffixes))
    )

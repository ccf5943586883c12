"""Whether a turn takes up what the customer last said, in other words: reflecting shows listening, parroting does not."""

from __future__ import annotations

from collections.abc import Sequence

from trainer.language.normalise import content_words

ECHO = 0.75
"""From this share of the customer's words, in nothing but the customer's words, a turn is a parrot's."""


def last_customer_line(context: Sequence[str]) -> str:
    """What the customer said since the operator's last turn."""
    lines: list[str] = []
    for item in reversed(context):
        who, _, text = item.partition(":")
        if who.strip().lower() in ("agent", "operator"):
            break
        lines.append(text.strip() if text else item)
    return " ".join(reversed(lines))


def read_reflection(
    text: str, context: Sequence[str], language: str, *, paraphrases: bool
) -> tuple[bool, tuple[str, ...]]:
    """(reflects, words taken up). A paraphrase formula counts with one shared word."""
    line = last_customer_line(context)
    if not line:
        return False, ()
    heard, said = content_words(line, language), content_words(text, language)
    shared = tuple(w for w in said if w in set(heard))
    if not shared:
        return False, ()
    own = [w for w in said if w not in set(heard)]
    if len(own) <= 1 and len(said) >= 3 and len(shared) / len(set(heard)) >= ECHO:
        return False, shared
    enough = 1 if paraphrases else 2
    return len(shared) >= enough, shared

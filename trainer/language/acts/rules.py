"""How acts are found: rules are rows of phrases, matched on the whole turn and kept clause by clause.

A rule names an act, how sure its phrases make us, and what speaks against it in the same clause. `asks` limits it to
clauses that are questions (True) or are not (False). `where` limits it to the "first" or "last" clause of the turn.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from trainer.language.normalise import content_words
from trainer.language.phrases import Phrase, compile_phrase


@dataclass(frozen=True, slots=True)
class Rule:
    """One row. Phrases are in the language of `trainer.language.phrases`; `*_not` veto a match in the same clause."""

    act: str
    name: str
    confidence: float
    en: tuple[str, ...] = ()
    fr: tuple[str, ...] = ()
    en_not: tuple[str, ...] = ()
    fr_not: tuple[str, ...] = ()
    asks: bool | None = None
    where: str = ""

    @property
    def id(self) -> str:
        return f"{self.act}.{self.name}"

    def phrases(self, language: str) -> tuple[str, ...]:
        return self.fr if language == "fr" else self.en

    def vetoes(self, language: str) -> tuple[str, ...]:
        return self.fr_not if language == "fr" else self.en_not


@dataclass(frozen=True, slots=True)
class Part:
    """A clause as acts see it: folded `text` at `start` to `end` of the folded turn; `question` is its kind; `spelled` is
    the clause as it was written, with the accents that word forms are known by ("" where it is the same)."""

    text: str
    start: int
    end: int
    question: str
    first: bool
    last: bool
    spelled: str = ""

    def words(self, language: str) -> tuple[str, ...]:
        """The words that carry content, in their dictionary form."""
        return content_words(self.spelled or self.text, language)


@dataclass(frozen=True, slots=True)
class Found:
    """An act found by a rule, with places in the folded turn."""

    act: str
    rule: str
    confidence: float
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Compiled:
    rule: Rule
    phrases: tuple[Phrase, ...]
    vetoes: tuple[Phrase, ...] = field(default=())


@lru_cache(maxsize=8)
def _compiled(rules: tuple[Rule, ...], language: str) -> tuple[_Compiled, ...]:
    return tuple(
        _Compiled(
            rule,
            tuple(compile_phrase(p) for p in rule.phrases(language)),
            tuple(compile_phrase(p) for p in rule.vetoes(language)),
        )
        for rule in rules
        if rule.phrases(language)
    )


def find_acts(rules: tuple[Rule, ...], folded: str, parts: Sequence[Part], language: str) -> list[Found]:
    """Every act of the turn, the surest finding of each act in each clause."""
    best: dict[tuple[str, int], Found] = {}
    for row in _compiled(rules, language):
        for phrase in row.phrases:
            for place, start, end in _matches(phrase, folded, parts):
                known = best.get((row.rule.act, place))
                if known is None or known.confidence < row.rule.confidence:
                    found = _kept(row, parts[place], start, end)
                    if found is not None:
                        best[row.rule.act, place] = found
    return sorted(best.values(), key=lambda f: (f.start, f.act))


def _matches(phrase: Phrase, folded: str, parts: Sequence[Part]) -> Iterator[tuple[int, int, int]]:
    """(clause, start, end) of a phrase. One bound to a beginning or an end is sought in each clause by itself; others
    may run over the border of clauses, which is only guessed in speech."""
    if "^" in phrase.source or "$" in phrase.source:
        if phrase.needs and not any(need in folded for need in phrase.needs):
            return
        for number, part in enumerate(parts):
            if match := phrase.find(part.text):
                yield number, part.start + match.start(), part.start + match.end()
        return
    for match in phrase.find_all(folded):
        place = part_at(parts, match.start(), match.end())
        if place is not None:
            yield place, match.start(), match.end()


def _kept(row: _Compiled, part: Part, start: int, end: int) -> Found | None:
    """The finding, unless something in the clause speaks against it."""
    rule = row.rule
    if not _fits(rule, part) or any(veto.find(part.text) for veto in row.vetoes):
        return None
    left, right = min(part.start, start), max(part.end, end)
    if right - left > LONGEST_QUOTE:
        left, right = start, end
    return Found(rule.act, rule.id, rule.confidence, left, right)


LONGEST_QUOTE = 240
"""Characters; of a longer clause only the matched words are shown."""


def _fits(rule: Rule, part: Part) -> bool:
    if rule.asks is not None and rule.asks != (part.question != "none"):
        return False
    return not rule.where or (part.first if rule.where == "first" else part.last)


def part_at(parts: Sequence[Part], start: int, end: int) -> int | None:
    """The clause that holds most of a span."""
    best, most = None, 0
    for number, part in enumerate(parts):
        shared = min(end, part.end) - max(start, part.start)
        if shared > most:
            best, most = number, shared
    return best


def merged(found: Iterable[Found]) -> list[Found]:
    """Findings of one act that touch each other are one."""
    out: list[Found] = []
    for one in sorted(found, key=lambda f: (f.act, f.start)):
        last = out[-1] if out else None
        if last and last.act == one.act and one.start < last.end:
            sure = max(last, one, key=lambda f: f.confidence)
            out[-1] = Found(one.act, sure.rule, sure.confidence, last.start, max(last.end, one.end))
        else:
            out.append(one)
    return sorted(out, key=lambda f: (f.start, f.end, f.act))

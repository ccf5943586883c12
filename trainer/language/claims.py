"""Statements with a value, and whether they agree with the facts of the case.

A value of a fact's kind, said near the fact's keywords, asserts that fact: "fifteen euros a month" against 11 is false
whatever the words around it. Yes/no rules ("policy") are asserted by their keywords, with the polarity of the clause.
Questions, conditions and what the customer wants or said assert nothing (their confidence stays below one half).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from trainer.domain.understanding import Claim, Entity, FactHint
from trainer.language.acts.rules import Part
from trainer.language.asides import happened, letters_around, of_another_matter, ruled_out
from trainer.language.claim_context import NOT_SAID, ClaimContext, keyword_phrase, says
from trainer.language.folding import fold
from trainer.language.normalise import lemma
from trainer.language.phrases import compile_phrase
from trainer.language.policies import read_policies
from trainer.language.values import same_value

CLAIMED = ("money", "percent", "date", "time", "duration", "phone", "email")
STATED, SUGGESTED, UNSAID = 0.9, 0.7, 0.4
"""Confidence of a value in a statement; in an offer put as a question, which states what is true and never what is not;
and of one that is only asked about, supposed or reported, which is below what counts as said."""


def read_claims(entities: Sequence[Entity], facts: Sequence[FactHint], context: ClaimContext) -> tuple[Claim, ...]:
    """Claims of a turn, matched with the facts."""
    found = [_read(entity, facts, context) for entity in entities if entity.type in CLAIMED]
    found += [other for claim in found if claim.true for other in _said_with_it(claim, facts, context)]
    found += read_policies([f for f in facts if f.kind == "policy"], context)
    return tuple(sorted(found, key=lambda c: (c.start, c.kind)))


def _around(context: ClaimContext, start: int, end: int) -> tuple[int, Part]:
    places = context.folded.places
    for number, part in enumerate(context.parts):
        part_start, part_end = context.folded.back(part.start, part.end) if places else (part.start, part.end)
        if start < part_end and part_start < end:
            return number, part
    return -1, Part(context.folded.text, 0, len(context.folded.text), "none", True, True)


def _said_as(part: Part, context: ClaimContext) -> float:
    """How much the clause states what it names."""
    if says(NOT_SAID, context.language, part.text):
        return UNSAID
    if part.question == "none":
        return STATED
    if part.question == "closed" and says(_OFFERING, context.language, part.text):
        return STATED
    return SUGGESTED if says(_SUGGESTING, context.language, part.text) else UNSAID


_OFFERING = {
    "en": ("(can|could|may) i (offer|give|send|book|suggest|propose)", "(would|will|does) (that|this|it|thursday|friday|monday|tuesday|wednesday|saturday|tomorrow) [be|work|suit]", "(shall|should) (i|we)", "how about", "(is|are) (ok|okay|fine|all right)", "(right|correct|ok|okay)$"),
    "fr": ("(je|on|nous) vous (propose|livre|envoie|offre|rembourse)", "(ca|cela|c'est|est ce que) ... (va|convient|irait|conviendrait|arrange)", "(je peux|on peut) vous (proposer|offrir|livrer)", "(d'accord|ok|exact|c'est bien ca)$"),
}  # fmt: skip
_SUGGESTING = {
    "en": ("(how|what) about", "(can|could) (you|we) (do|make|manage|say)", "(would|will|are) you [be] (free|in|home|at home|around|there|available)", "^[so|and|then|or|well] (would|do) you (like|prefer|rather)", "(i'll|we'll|i will|we will|i can|we can|i could|we could|i've got|we've got|i have|we have|let's|there's|there is) ", "(put|pencil|book) you (down|in)"),
    "fr": ("^[donc|alors|bon|et] (disons|on dit|on fait|on se dit|on met|mettons)", "(je|on|nous) vous [en|le|la|l'*] * ", "vous (seriez|etes|serez) (libre*|disponible*|la|chez vous)", "(je|on) (reserve|note|mets|met|prends|prend|bloque|inscris)", "(j'ai|on a|nous avons|il y a|il me reste|il reste)", "que diriez vous"),
}  # fmt: skip


def _read(entity: Entity, facts: Sequence[FactHint], context: ClaimContext) -> Claim:
    """ "In five working days" names a day, or says how long something takes: whichever a fact knows."""
    claim = _valued(entity, facts, context)
    if claim.fact or entity.type != "date" or not entity.value.startswith("in:P"):
        return claim
    length = _valued(replace(entity, type="duration", value=entity.value[3:]), facts, context)
    return length if length.fact else claim


def _said_with_it(claim: Claim, facts: Sequence[FactHint], context: ClaimContext) -> Iterator[Claim]:
    """Other facts that the same value states: "it starts on the first, when the warranty ends"."""
    _, part = _around(context, claim.start, claim.end)
    for fact in facts:
        if fact.kind == claim.kind and fact.id != claim.fact and _agrees(claim, fact) and _hits(fact, part.text):
            yield replace(claim, fact=fact.id)


def _valued(entity: Entity, facts: Sequence[FactHint], context: ClaimContext) -> Claim:
    number, part = _around(context, entity.start, entity.end)
    about = tuple(w for w in part.words(context.language) if not w.isdigit())
    start, end = _quote_span(part, context, entity)
    quote = context.folded.original[start:end]
    around = letters_around(entity, context.folded)
    aside = happened(entity, around, context.language) or ruled_out(entity, around, context.language)
    sure = UNSAID if aside else _said_as(part, context)
    claim = Claim(entity.type, entity.value, quote, start, end, about, confidence=sure)
    candidates = [f for f in facts if f.kind == entity.type]
    if matter := of_another_matter(entity, around, context.language):
        candidates = [f for f in candidates if matter.search(" ".join(f.keywords).lower())]
    if not candidates:
        return claim
    near = _neighbourhood(context.parts, number)
    fact, strength, true = _best_fact(claim, candidates, part.text, near, context)
    if fact is None:
        return claim
    if sure < STATED and (not true or aside):
        return replace(claim, confidence=UNSAID)
    if (
        not true
        and (entity.type, entity.value) in context.said_by_customer
        and not _AFFIRMED[context.language].search(part.text)
    ):
        return replace(claim, confidence=UNSAID)
    if not true and _other_fact_says(claim, facts):
        return claim
    confidence = claim.confidence if strength >= 1 else min(claim.confidence, 0.7 if true else 0.55)
    return replace(claim, fact=fact.id, true=true, confidence=round(confidence, 3))


_AFFIRMED = {
    "en": re.compile(r"^(?:yes|yeah|yep|exactly|correct|right|absolutely)[ ,]+(?:(?:that's|that is) (?:right|correct|it)[ ,]+)?(?:(?:it's|it is|that's) )?(?:\S+ ){0,3}\S+$"),
    "fr": re.compile(r"^(?:oui|exact|exactement|absolument|tout a fait|voila)[ ,]+(?:c'est (?:bien )?(?:ca|exact)[ ,]+)?(?:c'est (?:bien )?)?(?:\S+ ){0,3}\S+$"),
}  # fmt: skip
"""The customer's own value, and little else behind a yes: what they misheard is confirmed, not taken up."""


def _other_fact_says(claim: Claim, facts: Sequence[FactHint]) -> bool:
    """The value is the true one of another fact: "eleven, with thirty days to leave" mixes up nothing."""
    return any(f.kind == claim.kind and _agrees(claim, f) for f in facts)


def _quote_span(part: Part, context: ClaimContext, entity: Entity) -> tuple[int, int]:
    start, end = context.folded.back(part.start, part.end)
    start, end = min(start, entity.start), max(end, entity.end)
    return (start, end) if end - start <= 200 else (entity.start, entity.end)


def _neighbourhood(parts: Sequence[Part], number: int) -> str:
    return " ".join(p.text for p in parts[max(0, number - 1) : number + 2]) if number >= 0 else ""


def _best_fact(
    claim: Claim, facts: Sequence[FactHint], clause: str, near: str, context: ClaimContext
) -> tuple[FactHint | None, float, bool]:
    """(fact, strength of its keywords, agrees) that a value asserts."""
    rated = []
    for place, fact in enumerate(facts):
        here, around = _hits(fact, clause), _hits(fact, near)
        strength = here + (0.4 if around > here else 0.0)
        rated.append((strength, _agrees(claim, fact), -place, fact))
    top = max(r[0] for r in rated)
    true_ones = [r for r in rated if r[1]]
    if true_ones:
        best = max(true_ones, key=lambda r: r[:3])
        if best[0] > 0 or top == 0 or len(facts) == 1:
            return best[3], best[0], True
        if top < 2:
            return best[3], best[0], True
    if top < 1:
        alone = len(facts) == 1 and (claim.kind in ("money", "percent") or top > 0)
        return (facts[0], 0.0, False) if alone else (None, 0.0, False)
    best = max(rated, key=lambda r: r[:3])
    rivals = [r for r in rated if r[0] == best[0]]
    return (best[3], best[0], False) if len(rivals) == 1 or not true_ones else (None, 0.0, False)


def _hits(fact: FactHint, text: str) -> float:
    return float(sum(compile_phrase(keyword_phrase(k)).find(text) is not None for k in fact.keywords))


def _agrees(claim: Claim, fact: FactHint) -> bool:
    return any(same_value(claim.kind, claim.value, value, claim.about) for value in (fact.value, *fact.accept))


def check_claims(claims: Sequence[Claim], facts: Sequence[FactHint]) -> tuple[Claim, ...]:
    """Claims set against facts by their kind, value and the words about them, for claims read without the case."""
    checked = []
    for claim in claims:
        if claim.fact is not None:
            checked.append(claim)
            continue
        best: tuple[int, bool, FactHint] | None = None
        same_kind = [f for f in facts if f.kind == claim.kind]
        for fact in same_kind:
            words = {lemma(w, lang) for k in fact.keywords for w in fold(k).text.split() for lang in ("en", "fr")}
            rated = (len(words & set(claim.about)), _agrees(claim, fact), fact)
            if (rated[0] or rated[1] or len(same_kind) == 1) and (best is None or rated[:2] > best[:2]):
                best = rated
        checked.append(claim if best is None else replace(claim, fact=best[2].id, true=best[1]))
    return tuple(checked)

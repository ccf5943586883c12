"""Statements with a value, and whether they agree with the facts of the case.

A value of a fact's kind, said near the fact's keywords, asserts that fact: "fifteen euros a month" against 11 is false
whatever the words around it. Yes/no rules ("policy") are asserted by their keywords, with the polarity of the clause.
Questions, conditions and what the customer wants or said assert nothing (their confidence stays below one half).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from trainer.domain.understanding import Claim, Entity, FactHint
from trainer.language.acts.rules import Part
from trainer.language.asides import happened, of_another_matter, ruled_out
from trainer.language.folding import Folded, fold
from trainer.language.normalise import lemma, tokens
from trainer.language.phrases import compile_phrase
from trainer.language.values import same_value

CLAIMED = ("money", "percent", "date", "time", "duration", "phone", "email")
UNSAID = 0.4
"""Confidence of a value that is only asked about, supposed or reported: below what counts as said."""

_NOT_SAID = {
    "en": (
        "^[and|but|so|or] if (you|we|i|it|the|that|there|this)", "(unless|whether|in case|assuming|suppose|imagine)", "you (said|say|told|mentioned|think|thought|want|wanted|need|needed|asked|expected|were told|'re asking|would like|'d like|wish|hope|hoped|believe|mean|were promised|were expecting|heard|read)", "(ask|check|see|find out|look into|verify|know|sure) [about|for|with|on|into] [my|our|a|the|what|if|whether|when|how] ", "instead of", "not (sure|certain) ", "i understand (you|that you) (want|need|would|'d|were|expected)",
    ),
    "fr": (
        "^[et|mais|donc|ou] si (vous|on|nous|je|le|la|c'est|il|elle|jamais)", "(a moins que|au cas ou|supposons|imaginons)", "vous (disiez|avez dit|dites|voulez|vouliez|voudriez|souhaitez|souhaitiez|demandez|avez demande|attendiez|pensez|pensiez|croyez|croyiez|esperiez|aimeriez|parlez|m'avez dit|avez lu|avez entendu|preferez|prefereriez)", "(on vous a|vous a) [bien] (dit|promis|annonce|parle)", "(demander|verifier|voir|savoir|me renseigner) [a|avec|aupres|sur|pour] [mon|ma|le|la|si|quand|combien|un|une] ", "au lieu de", "pas (sur*|certain*) ",
    ),
}  # fmt: skip
_NEGATED = {
    "en": (
        "(no|not|never|without|nothing|none|neither|nor|cannot|can't|don't|doesn't|didn't|won't|isn't|aren't|wasn't|weren't|wouldn't|couldn't|unable|impossible|unfortunately|excluded|free of|waived|instead of|haven't|hasn't|zero)",
    ),
    "fr": ("(pas|sans|aucun|aucune|jamais|rien|ni|plus de|plus d'|impossible|malheureusement|exclu*|exempt*|offert*|zero (euro*|centime*|frais|cout*|engagement))",),
}  # fmt: skip
_DOUBLE = {
    "en": ("not (only|just|a problem|an issue|to worry)", "no (problem|worries|doubt|later than|less than|more than)", "don't (worry|hesitate|forget|have to (worry|pay))", "never too late", "why not", "without (a|any) (problem|doubt)", "(can't|cannot) wait"),
    "fr": ("pas (de (souci*|probleme*)|seulement|que|d'inquietude|grave)", "(sans|aucun) (probleme|souci|doute)", "ne (vous inquietez|t'inquiete|hesitez|quittez|vous en faites) pas", "vous inquietez pas", "n'hesitez pas", "rien que", "plus de (dix|vingt|cent|deux|trois)", "pourquoi pas"),
}  # fmt: skip
_CALLING = {
    "en": ("(call|calls|calling|ring|phone|speak|talk|email|e-mail|write|let you know|get back|in touch|contact|look|check|see|ask)",),
    "fr": ("(rappel*|appel*|recontact*|contact*|telephon*|ecri*|tiens au courant|reviens vers|verifi*|regard*|demand*|renseign*)",),
}  # fmt: skip


@lru_cache(maxsize=4096)
def _keyword(keyword: str) -> tuple[str, str]:
    """A keyword as a phrase: each word may go on ("livr" finds "livré")."""
    return keyword, " ".join(word if len(word) <= 3 else f"{word}*" for word in fold(keyword).text.split())


def _says(table: Mapping[str, tuple[str, ...]], language: str, text: str) -> bool:
    return any(compile_phrase(p).find(text) for p in table[language])


@dataclass(frozen=True, slots=True)
class ClaimContext:
    """What reading claims needs: the clauses, the sentences around them, and values that the customer named."""

    folded: Folded
    parts: Sequence[Part]
    language: str
    said_by_customer: frozenset[tuple[str, str]] = frozenset()


def read_claims(entities: Sequence[Entity], facts: Sequence[FactHint], context: ClaimContext) -> tuple[Claim, ...]:
    """Claims of a turn, matched with the facts."""
    found = [_read(entity, entities, facts, context) for entity in entities if entity.type in CLAIMED]
    found += [other for claim in found if claim.true for other in _said_with_it(claim, facts, context)]
    found += _policies([f for f in facts if f.kind == "policy"], context)
    return tuple(sorted(found, key=lambda c: (c.start, c.kind)))


def _around(context: ClaimContext, start: int, end: int) -> tuple[int, Part]:
    places = context.folded.places
    for number, part in enumerate(context.parts):
        part_start, part_end = context.folded.back(part.start, part.end) if places else (part.start, part.end)
        if start < part_end and part_start < end:
            return number, part
    return -1, Part(context.folded.text, 0, len(context.folded.text), "none", True, True)


def _assertive(part: Part, context: ClaimContext) -> bool:
    """The clause states something."""
    if part.question == "open" or _says(_NOT_SAID, context.language, part.text):
        return False
    return part.question == "none" or _says(_OFFERING, context.language, part.text)


_OFFERING = {
    "en": ("(can|could|may) i (offer|give|send|book|suggest|propose)", "(would|will|does) (that|this|it|thursday|friday|monday|tuesday|wednesday|saturday|tomorrow) [be|work|suit]", "(shall|should) (i|we)", "how about", "(is|are) (ok|okay|fine|all right)", "(right|correct|ok|okay)$"),
    "fr": ("(je|on|nous) vous (propose|livre|envoie|offre|rembourse)", "(ca|cela|c'est|est ce que) ... (va|convient|irait|conviendrait|arrange)", "(je peux|on peut) vous (proposer|offrir|livrer)", "(d'accord|ok|exact|c'est bien ca)$"),
}  # fmt: skip


def _read(entity: Entity, entities: Sequence[Entity], facts: Sequence[FactHint], context: ClaimContext) -> Claim:
    """ "In five working days" names a day, or says how long something takes: whichever a fact knows."""
    claim = _valued(entity, entities, facts, context)
    if claim.fact or entity.type != "date" or not entity.value.startswith("in:P"):
        return claim
    length = _valued(replace(entity, type="duration", value=entity.value[3:]), entities, facts, context)
    return length if length.fact else claim


def _said_with_it(claim: Claim, facts: Sequence[FactHint], context: ClaimContext) -> Iterator[Claim]:
    """Other facts that the same value states: "it starts on the first, when the warranty ends"."""
    _, part = _around(context, claim.start, claim.end)
    for fact in facts:
        if fact.kind == claim.kind and fact.id != claim.fact and _agrees(claim, fact) and _hits(fact, part.text):
            yield replace(claim, fact=fact.id)


def _valued(entity: Entity, entities: Sequence[Entity], facts: Sequence[FactHint], context: ClaimContext) -> Claim:
    number, part = _around(context, entity.start, entity.end)
    about = tuple(w for w in part.words(context.language) if not w.isdigit())
    start, end = _quote_span(part, context, entity)
    quote = context.folded.original[start:end]
    assertive = (
        _assertive(part, context)
        and not happened(entity, context.folded, context.language)
        and not ruled_out(entity, context.folded, context.language)
    )
    claim = Claim(entity.type, entity.value, quote, start, end, about, confidence=0.9 if assertive else UNSAID)
    candidates = [f for f in facts if f.kind == entity.type]
    if matter := of_another_matter(entity, context.folded, context.language):
        candidates = [f for f in candidates if matter.search(" ".join(f.keywords).lower())]
    if not candidates:
        return claim
    near = _neighbourhood(context.parts, number)
    fact, strength, true = _best_fact(claim, candidates, part.text, near, context)
    if fact is None:
        return claim
    if not assertive and (
        not true
        or happened(entity, context.folded, context.language)
        or ruled_out(entity, context.folded, context.language)
    ):
        return claim
    if not true and (entity.type, entity.value) in context.said_by_customer:
        return replace(claim, confidence=UNSAID)
    if not true and _other_fact_says(claim, entities, facts):
        return claim
    confidence = claim.confidence if strength >= 1 else min(claim.confidence, 0.7 if true else 0.55)
    return replace(claim, fact=fact.id, true=true, confidence=round(confidence, 3))


def _other_fact_says(claim: Claim, entities: Sequence[Entity], facts: Sequence[FactHint]) -> bool:
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
    return float(sum(compile_phrase(_keyword(k)[1]).find(text) is not None for k in fact.keywords))


def _agrees(claim: Claim, fact: FactHint) -> bool:
    return any(same_value(claim.kind, claim.value, value, claim.about) for value in (fact.value, *fact.accept))


def _policies(facts: Sequence[FactHint], context: ClaimContext) -> Iterable[Claim]:
    for fact in facts:
        seen: set[str] = set()
        for part in context.parts:
            match = next(_named(fact, part), None)
            if match is None or part.question != "none":
                continue
            before, after = _window(part.text, match.start(), match.end())
            if _supposed(before, context) or not _speaks_of_us(match.group(), before, after, context):
                continue
            value = "no" if _denied(before, after, context) else "yes"
            if value in seen:
                continue
            seen.add(value)
            start, end = context.folded.back(part.start, part.end)
            about = tuple(w for w in part.words(context.language) if not w.isdigit())
            true = value == fact.value
            sure = 0.85 if true or len(tokens(part.text, context.language)) > 2 else 0.6
            yield Claim("policy", value, context.folded.original[start:end], start, end, about, fact.id, true, sure)


_ANOTHER_DAY = re.compile(r"\b(?:day after|apres)[ -]$")
"""Before "tomorrow" it makes another day of it: "the day after tomorrow", "après-demain"."""


def _named(fact: FactHint, part: Part) -> Iterator[re.Match[str]]:
    """Where a clause names what the rule is about."""
    for keyword in fact.keywords:
        for match in compile_phrase(_keyword(keyword)[1]).find_all(part.text):
            if not _ANOTHER_DAY.search(part.text[: match.start()]):
                yield match


BEFORE, AFTER = 9, 6
"""Words around a keyword in which its verb and its negation are looked for; another day ends the stretch."""


def _window(text: str, start: int, end: int) -> tuple[str, str]:
    """The words before and behind a keyword that belong to it."""
    before = _WORDS.findall(text[:start])[-BEFORE:]
    after = _WORDS.findall(text[end:])[:AFTER]
    for number in range(len(before) - 1, -1, -1):
        if before[number] in _DAY_WORDS:
            before = before[number + 1 :]
            break
    for number, word in enumerate(after):
        if word in _DAY_WORDS:
            after = after[:number]
            break
    return " ".join(before), " ".join(after)


_WORDS = re.compile(r"[\w'\-]+")
_OURS = {
    "en": (
        "(deliver*|redeliver*|open|closed|close|come|comes|coming|do|can|can't|cannot|possible|impossible|arrange|send|sent|arrive*|available|work|works|get it|bring|ship*|guarantee*|promise*|book*|driver*|courier*|engineer|technician|fit|install*|collect*|includ*|cover*|there|here|start*|run|have it|receive)",
    ),
    "fr": (
        "(livr*|relivr*|ouvert*|ouvr*|ferme*|possible|impossible|faire|fait|peut|peux|pouvons|passe*|envoy*|arriv*|disponible*|garanti*|promet*|livreur*|transporteur*|expedi*|technicien*|intervien*|install*|recevrez|recevoir|aurez|sera|serons|travaill*|commence*|inclu*|compris*)",
    ),
}  # fmt: skip
_THEIRS = {
    "en": ("(before|until|till|by the time|in time for|since|leaves on|leave on|leaving|trip|party|birthday|holiday|appointment) [on|the]$", "(leaves|leave|travel*|go|goes|starts school|party|birthday|wedding) [away] [on]$", "you (called|rang|wrote|ordered|were|said|told|waited|stayed|paid|have been|went)"),
    "fr": ("(avant|jusqu'a|jusqu'au|d'ici|depuis|a temps pour) [le|la|l']$", "(part|partez|partent|partir|voyage|fete|anniversaire|mariage|vacances) [le]$", "vous (avez (appele|ecrit|commande|attendu|paye)|etiez|etes restee*)"),
}  # fmt: skip


def _supposed(before: str, context: ClaimContext) -> bool:
    return _says(_NOT_SAID, context.language, before)


def _speaks_of_us(keyword: str, before: str, after: str, context: ClaimContext) -> bool:
    """A day is a rule of the company only beside something the company does then."""
    if keyword not in _DAY_WORDS:
        return True
    around = f"{before} {after}"
    if _says(_CALLING, context.language, around) or _says(_THEIRS, context.language, before):
        return False
    return _says(_OURS, context.language, around)


_ANSWER = re.compile(
    r"^(?:ah |oh |mais |well )?(?:(?:no|nope|non|nan)\b[ ,]*)+(?=(?:just|only|it|that|the|we|you|all|c'|ca\b|la|le|les|l'|on|vous|tout|juste|seulement|[^\W\d_]+ )|[\d£€.])"
)
""" "No, just the fifteen, router included": the first word answers what was asked, and denies nothing that follows."""


def _denied(before: str, after: str, context: ClaimContext) -> bool:
    """An odd one out: "not only", "no problem" deny nothing."""
    rest = _ANSWER.sub("", f"{before} . {after}")
    for double in _DOUBLE[context.language]:
        rest = compile_phrase(double).pattern.sub(" ", rest)
    return _says(_NEGATED, context.language, rest)


_DAY_WORDS = {
    "tomorrow", "today", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "saturdays", "sunday", "sundays",
    "weekend", "weekends", "next day", "demain", "des demain", "lendemain", "lundi", "mardi", "mercredi", "jeudi", "vendredi",
    "samedi", "dimanche", "aujourd'hui", "le samedi", "le dimanche", "week-end",
}  # fmt: skip


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

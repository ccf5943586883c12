"""Rules of the company that a turn states or denies: "we don't deliver on Sundays"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from trainer.domain.understanding import Claim, FactHint
from trainer.language.acts.rules import Part
from trainer.language.claim_context import NOT_SAID, ClaimContext, keyword_phrase, says
from trainer.language.normalise import tokens
from trainer.language.phrases import compile_phrase

_NEGATED = {
    "en": (
        "(no|not|never|without|nothing|none|neither|nor|cannot|can't|don't|doesn't|didn't|won't|isn't|aren't|wasn't|weren't|wouldn't|couldn't|unable|impossible|excluded|free of|waived|haven't|hasn't|zero)", "(nobody|no one) [here|of us] (gives|reads|hands) ",
    ),
    "fr": ("personne [ici|chez nous] (ne|n'*) (donne|lit|communique) ", "(pas|sans|aucun|aucune|jamais|rien|ni|plus de|plus d'|impossible|exclu*|exempt*|offert*|zero (euro*|centime*|frais|cout*|engagement))", "(ne * plus|n'est plus|n'a plus|n'ont plus|n'y a plus|n'avons plus)"),
}  # fmt: skip
_DOUBLE = {
    "en": ("not (only|just|a problem|an issue|to worry)", "no (problem|worries|doubt|later than|less than|more than)", "free of charge", "don't (worry|hesitate|forget|have to (worry|pay))", "never too late", "why not", "without (a|any) (problem|doubt)", "(can't|cannot) wait"),
    "fr": ("pas (de (souci*|probleme*)|seulement|que|d'inquietude|grave)", "(sans|aucun) (probleme|souci|doute)", "ne (vous inquietez|t'inquiete|hesitez|quittez|vous en faites) pas", "vous inquietez pas", "n'hesitez pas", "rien que", "plus de (dix|vingt|cent|deux|trois)", "pourquoi pas"),
}  # fmt: skip
_CALLING = {
    "en": ("(call|calls|calling|ring|phone|speak|talk|email|e-mail|write|let you know|get back|in touch|contact|look|check|see|ask)",),
    "fr": ("(rappel*|appel*|recontact*|contact*|telephon*|ecri*|tiens au courant|reviens vers|verifi*|regard*|demand*|renseign*)",),
}  # fmt: skip


def read_policies(facts: Sequence[FactHint], context: ClaimContext) -> Iterable[Claim]:
    for fact in facts:
        seen: set[str] = set()
        for part in context.parts:
            match = next(_named(fact, part), None)
            if match is None or part.question != "none":
                continue
            before, after = _window(part.text, match.start(), match.end(), context.language)
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
        for match in compile_phrase(keyword_phrase(keyword)).find_all(part.text):
            if not _ANOTHER_DAY.search(part.text[: match.start()]):
                yield match


BEFORE, AFTER = 9, 6
"""Words around a keyword in which its verb and its negation are looked for; another day ends the stretch."""


def _window(text: str, start: int, end: int, language: str) -> tuple[str, str]:
    """The words before and behind a keyword that belong to it: those of its own clause, and of its own day."""
    first, last = _own_clause(text, start, end, _STATES[language])
    before = _WORDS.findall(text[first:start])[-BEFORE:]
    after = _WORDS.findall(text[end:last])[:AFTER]
    for number in range(len(before) - 1, -1, -1):
        if before[number] in _DAY_WORDS:
            before = before[number + 1 :]
            break
    for number, word in enumerate(after):
        if word in _DAY_WORDS:
            after = after[:number]
            break
    return " ".join(before), " ".join(after)


_JOINT = re.compile(r"[,;:]| (?:and|but|et|mais) ")
_STATES = {
    "en": re.compile(r"\b(?:is|are|was|were|will|can|have|has|had|do|does|stays?|remains?|gets?|comes?|goes|costs?|gives?|explains?)\b|\w'(?:s|re|ll|ve|m)\b"),
    "fr": re.compile(r"\b(?:est|sont|etait|etaient|sera|seront|a|ont|aura|peut|peuvent|pouvez|pouvons|va|vont|reste\w*|passe\w*|coute\w*|donne\w*|explique\w*)\b"),
}  # fmt: skip


def _own_clause(text: str, start: int, end: int, states: re.Pattern[str]) -> tuple[int, int]:
    """Where the clause of a keyword begins and ends: at a comma or an "and" that has a verb of the clause on the keyword's
    side. "It's free, without commitment" and "no rush, the price is the same" deny nothing; "on Sundays, we don't"
    and "not on Saturdays, Sundays" do."""
    first = 0
    for joint in _JOINT.finditer(text, 0, start):
        if states.search(text[joint.end() : end]):
            first = joint.end()
    behind = _JOINT.search(text, end)
    stated = states.search(text[first:end]) is not None
    return first, behind.start() if behind and stated else len(text)


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
    return says(NOT_SAID, context.language, before)


def _speaks_of_us(keyword: str, before: str, after: str, context: ClaimContext) -> bool:
    """A day is a rule of the company only beside something the company does then."""
    if keyword not in _DAY_WORDS:
        return True
    around = f"{before} {after}"
    if says(_CALLING, context.language, around) or says(_THEIRS, context.language, before):
        return False
    return says(_OURS, context.language, around)


_ANSWER = re.compile(
    r"^(?:ah |oh |mais |well )?(?:(?:no|nope|non|nan)\b[ ,]*)+(?=(?:just|only|it|that|the|we|you|all|c'|ca\b|la|le|les|l'|on|vous|tout|juste|seulement|[^\W\d_]+ )|[\d£€.])"
)
""" "No, just the fifteen, router included": the first word answers what was asked, and denies nothing that follows."""


def _denied(before: str, after: str, context: ClaimContext) -> bool:
    """An odd one out: "not only", "no problem" deny nothing."""
    rest = _ANSWER.sub("", f"{before} . {after}")
    for double in _DOUBLE[context.language]:
        rest = compile_phrase(double).pattern.sub(" ", rest)
    return bool(_REPLACED.search(before)) or says(_NEGATED, context.language, rest)


_REPLACED = re.compile(r"\b(?:instead of|rather than|au lieu d[eu]|plutot que)(?: \w+)?$")
"""Before a keyword: something else holds in its place."""


_DAY_WORDS = {
    "tomorrow", "today", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "saturdays", "sunday", "sundays",
    "weekend", "weekends", "next day", "demain", "des demain", "lendemain", "lundi", "mardi", "mercredi", "jeudi", "vendredi",
    "samedi", "dimanche", "aujourd'hui", "le samedi", "le dimanche", "week-end",
}  # fmt: skip

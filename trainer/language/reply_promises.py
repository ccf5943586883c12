"""What a reply gives away that its situation does not know of: things for nothing, sums of money, and whole kinds of help.

A gift, a sum and a refund are promised in a few set ways in both languages, whatever they are about. Each rule looks only
at clauses that state something: who asks, supposes or reports promises nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from trainer.language.folding import plain
from trainer.language.reply_numbers import read_figures, unknown_figures
from trainer.language.reply_parts import asked
from trainer.language.reply_truth import REPORTS, SENTENCE, clauses_of

_GRATIS = {
    "en": re.compile(r"\b(?:free of charge|for free|(?:is|are) (?:all )?free\b(?! (?:to|now|on|at|in|from|of (?!charge)))|(?:a|one|your|another) free \w+|at no (?:cost|charge)|on the house)"),
    "fr": re.compile(r"\b(?:offerte?s?|gratuite?s?|gratuitement|je vous offre)\b"),
}  # fmt: skip
_COSTS_NOTHING = {
    "en": re.compile(r"\b(?:free|no (?:\w+ )?(?:fee|charge|cost)s?|without (?:\w+ )?(?:fee|charge|cost|paying)|included|nothing|lent|gift|on the house|waived|refunded)\b"),
    "fr": re.compile(r"\b(?:offerte?s?|gratuite?s?|gratuitement|sans (?:\w+ )?(?:frais|cout|supplement)|comprise?s?|inclu\w*|aucuns? frais|cadeau\w*|rien|rembourse\w*)\b"),
}  # fmt: skip
_THING = {
    "en": re.compile(r"\b(?:a|one|your|another) free (?P<a>\w{4,})|\b(?P<b>\w{4,}) (?:is|are|will be) (?:all |completely )?(?:free(?! (?:to|now|on|at|in|from|of (?!charge)))|on the house)"),
    "fr": re.compile(r"\b(?P<a>\w{4,}) (?:(?:est|sont|sera|seront) )?(?:offert|gratuit)e?s?\b|\bje vous offre (?:(?:le|la|les|un|une|des|deux|trois|six) )?(?P<b>\w{4,})"),
}  # fmt: skip
"""What is given: the noun beside "free", as it stands."""
_NO_THING = frozenset(
    "this that that's which what everything nothing here there call change changes it's they these those cela tout toute entierement "
    "totalement c'est donc aussi alors meme sera pour vous parfaitement completement minute minutes heure heures hour hours".split()
)
_LIMITED = {
    "en": re.compile(r"\b(?:not|never|no longer|cannot|nothing)\b|n't\b"),
    "fr": re.compile(r"\b(?:pas|plus|ni|jamais|rien)\b"),
}
_BOTH = re.compile(r"\b(?:both|all|everything|tous|toutes|tout|les deux)\b")
_STEM = 4
"""First letters by which two forms of a word are the same: "cancelling" and "cancellation", "livré" and "livraison"."""


def _stated(reply: str, language: str) -> Iterator[str]:
    """The clauses that state something and deny nothing, folded."""
    for sentence in SENTENCE.split(reply):
        pieces = list(clauses_of(sentence))
        asks = asked(sentence, language)
        for clause in pieces[:-1] if asks else pieces:
            folded = plain(clause)
            if asked(clause, language) or REPORTS[language].search(folded) or _LIMITED[language].search(folded):
                continue
            yield clause


def invented_gift(reply: str, situation: str, language: str) -> tuple[str, float]:
    """A clause that gives for nothing what the situation does not say to be free, and how sure that is; ("", 0) for none.

    A thing that the situation names and gives to nobody is surely invented; one that it does not name may be another
    word for one that is free ("fitting" for "installation").
    """
    known = plain(situation)
    free = [piece for piece in re.split(r"[.;,:]\s+", known) if _COSTS_NOTHING[language].search(piece)]
    stems, named = ({w[:_STEM] for w in re.findall(r"\w{4,}", text)} for text in (" ".join(free), known))
    for clause in _stated(reply, language):
        folded = plain(clause)
        if not free and _GRATIS[language].search(folded):
            return clause, 0.65
        match = _THING[language].search(folded) if free else None
        thing = next((group for group in match.groups() if group), "") if match else ""
        if not thing or thing in _NO_THING or thing[:_STEM] in stems or any(_BOTH.search(piece) for piece in free):
            continue
        return clause, 0.65 if thing[:_STEM] in named else 0.5
    return "", 0.0


_GIVES = {
    "en": re.compile(r"\b(?:refund\w*|credit\w*|compensat\w*|give you|giving you|get (?:you )?back|you'll get|you get|pay you|send you|transfer\w*|extra|bonus|voucher|discount|knock off|take off|back|drop (?:it|that))\b"),
    "fr": re.compile(r"\b(?:rembours\w*|credit\w*|dedommag\w*|vers\w{1,3}|rend\w{0,2}|offr\w*|remise|prime|bon d'achat|cheque|vous fais|vous recevez|vous touchez|passe a|baisse)\b"),
}  # fmt: skip


def invented_sum(reply: str, sources: str, language: str) -> str:
    """A clause that hands over an amount or a share which neither the situation nor the customer named; "" for none."""
    for clause in _stated(reply, language):
        strange = [f for f in unknown_figures(clause, sources, language) if f.kind in ("money", "percent")]
        if strange and _GIVES[language].search(plain(clause)):
            return clause
    return ""


_HELPS: dict[str, tuple[tuple[str, str], ...]] = {
    "en": (
        (r"\b(?:i'll|i will|we'll|we will|i've|we've|i'm|i can|we can|you'll) (?:\w+ ){0,3}(?:refund\w*|reimburs\w*)|\byou (?:get|have) (?:\w+ ){0,3}back\b", r"refund|reimburs|money back|paid back|gets? back|goes back|returned|waive|credit|deducted|pays back|compensat"),
        (r"\bcompensat(?:ion|ed|e)\b", r"compensat|refund|credit|goodwill"),
        (r"\b(?:double|twice|three times) (?:the|your) (?:amount|money|price|fare|sum|refund)\b", r"double|twice the|three times"),
        (r"\b(?:voucher|gift card|tablet|bonus|hamper|brand new)\b", r"voucher|gift|bonus|credit|tablet|hamper|replac|new"),
        (r"\bwithout (?:any )?notice\b", r"no notice|without notice|any time|at once"),
        (r"\b(?:my|the) (?:boss|manager|director) (?:will|is) (?:\w+ ){0,2}(?:visit|come to you|coming to you)\b", r"visit|comes"),
    ),
    "fr": (
        (r"\b(?:je|on|nous|c'est)(?: vous)? (?:\w+ )?(?:rembours\w+|verse\w*)\b", r"rembours|rendu|restitu|avoir|credit|annul|dedommag|verse"),
        (r"\bdedommagement\b", r"dedommag|rembours|avoir|credit|geste"),
        (r"\b(?:le double|le triple|deux fois le prix)\b", r"double|triple|deux fois"),
        (r"\b(?:bon d'achat|carte cadeau|tablette|cheque cadeau|tout neuf|toute neuve|en cadeau)\b", r"bon d|cadeau|tablette|cheque|remplac|neuf|offert"),
        (r"\bsans preavis\b", r"sans preavis|a tout moment|sans engagement"),
    ),
}  # fmt: skip
"""Ways to promise a kind of help, each beside the words one of which a situation has that knows of it."""


_NO_MONEY_BACK = {
    "en": re.compile(
        r"\b(?:(?:can't|cannot|can not|never|not) be refunded|no refunds?|non-refundable|refunds? (?:is|are) not)\b"
    ),
    "fr": re.compile(
        r"\b(?:non remboursable|pas remboursable|n'est (?:pas|jamais) rembourse\w*|aucun remboursement)\b"
    ),
}
_MONEY_BACK = {
    "en": re.compile(
        r"\b(?:refund\w*|reimburs\w*|(?:giving|give|get|have) you(?:r)? .*\bback|you (?:get|have) .*\bback)\b"
    ),
    "fr": re.compile(r"\b(?:rembours\w+|je vous rends|on vous rend)\b"),
}


def invented_help(reply: str, situation: str, language: str) -> str:
    """A clause that promises a kind of help (money back, a present) of which the situation says nothing; "" for none."""
    known = plain(situation)
    no_money = _NO_MONEY_BACK[language].search(known) and not _MONEY_BACK[language].search(
        _NO_MONEY_BACK[language].sub(" ", known)
    )
    for clause in _stated(reply, language):
        folded = plain(clause)
        if no_money and _MONEY_BACK[language].search(folded):
            return clause
        if read_figures(clause, language) and not unknown_figures(clause, situation, language):
            continue  # a sum that the situation gives, by whatever name
        if any(re.search(said, folded) and not re.search(knows, known) for said, knows in _HELPS[language]):
            return clause
    return ""


def whole_instead(reply: str, situation: str, language: str) -> str:
    """A clause that gives the whole where the situation gives a part only; "" for none."""
    if not re.search(r"%|\b(?:half|moitie|percent|pour cent)\b", plain(situation)):
        return ""
    for clause in _stated(reply, language):
        if _WHOLE[language].search(plain(clause)):
            return clause
    return ""


_WHOLE = {
    "en": re.compile(r"\b(?:refund\w*|money|fare|price|ticket|amount|it)\b.*\b(?:in full|fully|entirely|the whole|all of it|every penny)\b|\b(?:full|whole) (?:amount|refund|price|fare)\b"),
    "fr": re.compile(r"\brembours\w+\b.*\b(?:en entier|en totalite|integral\w*|entierement|tout le billet)\b|\bremboursement (?:integral|complet|total)\b"),
}  # fmt: skip

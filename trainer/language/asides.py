"""Values in a turn that assert nothing about the company's facts: lengths of time that went by, days that are named to be
denied, and days of something else than the fact. `around` are the letters before and behind the value (see `letters_around`)."""

from __future__ import annotations

import re

from trainer.domain.understanding import Entity
from trainer.language.folding import Folded, fold

_AGO = {
    "en": re.compile(r"^ ?(?:late|overdue|ago|without|already|long|of waiting|behind|too late|with no)\b"),
    "fr": re.compile(r"^ ?(?:de retard|en retard|sans|d'attente|que vous|deja|trop tard)\b"),
}  # fmt: skip
_FOR_LONG = {
    "en": re.compile(r"(?:\b(?:waited|waiting|for the (?:last|past)|been|since|late by|over)(?: for| in)?|more than) $"),
    "fr": re.compile(r"\b(?:depuis|il y a|y a|(?:ca|cela) fait|attendu|attendez|patiente|retard de) (?:deja |plus de |pres de )?$"),
}  # fmt: skip


_RULED_OUT = {
    "en": re.compile(r"\b(?:not|rather than|instead of|(?:can't|cannot|can not|couldn't|won't) (?:do|promise|make|manage|get it to you|deliver|guarantee)(?: it| that| you)?)(?: by| for| on| until)? $"),
    "fr": re.compile(r"\b(?:pas(?: possible| faisable)?|plutot que|au lieu de|ni)(?: avant| pour| le| des)? $"),
}  # fmt: skip
_REPLACED = {
    "en": re.compile(r"\b(?:instead of|rather than)(?: the| your| those)? $"),
    "fr": re.compile(r"\b(?:au lieu d[e']|au lieu des|plutot qu[e'])(?: les| vos| ces)? ?$"),
}  # fmt: skip


def letters_around(entity: Entity, folded: Folded) -> tuple[str, str]:
    """The letters before and behind an entity, small and without accents."""
    text = folded.text
    if folded.places:
        text = fold(folded.original).original.lower()
    return text[max(0, entity.start - 56) : entity.start], text[entity.end : entity.end + 28]


def ruled_out(entity: Entity, around: tuple[str, str], language: str) -> bool:
    """A day or an hour that is named to be denied ("not tomorrow", "pas demain"), or what something else stands for:
    "instead of twenty-four pounds", "au lieu de vingt-quatre euros"."""
    denied = entity.type in ("date", "time") and _RULED_OUT[language].search(around[0])
    return bool(denied or _REPLACED[language].search(around[0]))


def happened(entity: Entity, around: tuple[str, str], language: str) -> bool:
    """A length of time that went by ("two days late") promises nothing."""
    if entity.type != "duration":
        return False
    before, after = around
    return bool(_AGO[language].search(after) or _FOR_LONG[language].search(before))


_MATTERS = {
    "en": re.compile(r"\b(?:text|texts|texted|sms|message|messages|refund|refunded|ring you|call you|ring back|call back|assigned)\b"),
    "fr": re.compile(r"\b(?:sms|texto|textos|message|messages|rembours\w*|rappel\w*|attribue\w*|designe\w*)\b"),
}  # fmt: skip
_OTHER_CLAUSE = re.compile(r"[.;:!?]| (?:and|et) ")
_WHAT_IT_HOLDS = re.compile(r"\b((?:with|avec|containing|contenant) [^.,;:!?]*?) (?:and|et) ")
""" "A text with the name and the car by nine": what the message holds is no clause of its own."""
_SENT_BY_THEN = {
    "en": re.compile(r"^ you(?:'ll| will)? (?:get|have|receive) (?:a|an|the|our) (?:text|sms|message)\b"),
    "fr": re.compile(r"^ vous (?:recevez|recevrez|avez|aurez) (?:un|le|notre) (?:sms|texto|message)\b"),
}  # fmt: skip


def of_another_matter(entity: Entity, around: tuple[str, str], language: str) -> re.Pattern[str] | None:
    """What a day or an hour belongs to when it is not the fact's ("the driver texts you Thursday night"); or None."""
    if entity.type not in ("date", "time"):
        return None
    held, holds = _WHAT_IT_HOLDS.subn(r"\1 with ", around[0])
    near = _OTHER_CLAUSE.split(held if holds else around[0][-28:])[-1]
    behind = _SENT_BY_THEN[language].search(around[1])
    found = _MATTERS[language].search(near) or (behind and _MATTERS[language].search(behind.group()))
    return re.compile(rf"\b{re.escape(found.group()[:5])}") if found else None

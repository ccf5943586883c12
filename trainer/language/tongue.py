"""Which of the two languages words are in, by the small words that belong to one of them alone.

Names, numbers and words that both languages share ("okay", "parking", "email") tell nothing.
"""

from __future__ import annotations

import re

from trainer.language.folding import plain
from trainer.language.lexicon import STOP_EN, STOP_FR

_MORE = {
    "en": "hello please thanks understand speak help need order address number phone today tomorrow monday tuesday "
    "wednesday thursday friday price month work delivered send call question anything customer of english sorry "
    "always because refund yesterday weeks later",
    "fr": "bonjour bonsoir merci comprends comprendre parler parlez aider besoin commande adresse numero telephone "
    "aujourd'hui demain lundi mardi mercredi jeudi vendredi prix mois livraison livre envoyer appeler question client "
    "francais desole desolee rembourser toujours hier semaines souhaitez pouvez avez etes voulez",
}
SHARED = frozenset(
    "le la les l d un une a on me as or an the son main pour par plus comment sale pain chat two ok okay oui yes no non merci thanks hello bye stop "
    "email e-mail mail parking taxi hotel bus train super excellent parfait message question client service options "
    "information important possible application internet contact code date note transfer cafe camera but met de tu y du "
    "des en son et it is so do am us".split()
)
"""Words that people of either language know, or that stand in both with other meanings."""
_OWN = {
    "en": frozenset(plain(w) for w in (*STOP_EN, *_MORE["en"].split())),
    "fr": frozenset(plain(w) for w in (*STOP_FR, *_MORE["fr"].split())),
}
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")
LEAST = 2
"""Words of the other language from which a clause is in it: one alone may be a name, or a loan."""


def words_of_each(text: str, language: str) -> tuple[int, int]:
    """(words of `language` alone, words of the other one alone). Single letters are spelled in either."""
    other = "fr" if language == "en" else "en"
    words = [word for word in _pieces(plain(text)) if word not in SHARED and len(word) > 1]
    own = sum(word in _OWN[language] and word not in _OWN[other] for word in words)
    return own, sum(word in _OWN[other] and word not in _OWN[language] for word in words)


def _pieces(text: str) -> list[str]:
    """Words; an elision counts as its two parts too ("j'ai", "l'adresse")."""
    found: list[str] = []
    for word in _WORD.findall(text):
        found.append(word)
        if "'" in word:
            found += word.split("'")
    return found


def is_foreign(text: str, language: str) -> bool:
    """The clause is in the other language."""
    own, foreign = words_of_each(text, language)
    return foreign >= LEAST and foreign > 2 * own


def says_only_shared(text: str) -> bool:
    """Nothing but words that everybody knows: "Okay, parking." """
    words = _WORD.findall(plain(text))
    return bool(words) and all(word in SHARED for word in words)

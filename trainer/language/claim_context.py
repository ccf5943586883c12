"""What reading claims shares: the clauses of a turn, what the customer named, and the wordings in which nothing is claimed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from trainer.language.acts.rules import Part
from trainer.language.folding import Folded, fold
from trainer.language.phrases import compile_phrase

NOT_SAID = {
    "en": (
        "^[and|but|so|or] if (you|we|i|it|the|that|there|this)", "(unless|whether|in case|assuming|suppose|imagine)", "you (said|say|told|mentioned|think|thought|want|wanted|need|needed|asked|expected|were told|'re asking|would like|'d like|wish|hope|hoped|believe|mean|were promised|were expecting|heard|read)", "(ask|check|see|find out|look into|verify|know|sure) [about|for|with|on|into] [my|our|a|the|what|if|whether|when|how] ", "not (sure|certain) ", "(can|could|would|will) you [please|just|also] (give|tell|send|confirm|read|spell|show) [me|us]", "i understand (you|that you) (want|need|would|'d|were|expected)",
    ),
    "fr": (
        "^[et|mais|donc|ou] si (vous|on|nous|je|le|la|c'est|il|elle|jamais)", "(a moins que|au cas ou|supposons|imaginons)", "vous (disiez|avez dit|dites|voulez|vouliez|voudriez|souhaitez|souhaitiez|demandez|avez demande|attendiez|pensez|pensiez|croyez|croyiez|esperiez|aimeriez|parlez|m'avez dit|avez lu|avez entendu|preferez|prefereriez)", "(on vous a|vous a) [bien] (dit|promis|annonce|parle)", "(demander|verifier|voir|savoir|me renseigner) [a|avec|aupres|sur|pour] [mon|ma|le|la|si|quand|combien|un|une] ", "pas (sur*|certain*) ", "(vous (pouvez|pourriez)|(pouvez|pourriez) vous) [s'il vous plait|juste] (me|m'*|nous) [le|la|les|l'*] (donner|dire|communiquer|confirmer|rappeler|indiquer|preciser|epeler|redonner|repeter|transmettre)",
    ),
}  # fmt: skip


@lru_cache(maxsize=4096)
def keyword_phrase(keyword: str) -> str:
    """A keyword as a phrase: each word may go on ("livr" finds "livré")."""
    return " ".join(word if len(word) <= 3 else f"{word}*" for word in fold(keyword).text.split())


def says(table: Mapping[str, tuple[str, ...]], language: str, text: str) -> bool:
    return any(compile_phrase(p).find(text) for p in table[language])


@dataclass(frozen=True, slots=True)
class ClaimContext:
    """What reading claims needs: the clauses, the sentences around them, and values that the customer named."""

    folded: Folded
    parts: Sequence[Part]
    language: str
    said_by_customer: frozenset[tuple[str, str]] = frozenset()

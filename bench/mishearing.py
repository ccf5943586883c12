"""Words as a recognizer mishears them: `mishear` puts word errors into what was said, and gives each word a confidence.

65 of 100 errors put a sound-alike in the word's place (a known confusion, a neighbouring number, or the word of the
reply banks that is spelled most alike once both are folded to how they sound), 20 drop a small word, 15 put in a filler
or an invented small word. The same words, rate and seed give the same errors.

Confidence was measured on 28 English replies of 6 to 45 words, said by flite over the telephone line at difficulties 1
and 3 with white noise from none to louder than the voice, heard by the shipped Whisper base model (168 recordings,
word error by jiwer): mean confidence = 0.98 - 0.88 x word error rate, correlation -0.93; .92 where nothing was wrong,
.85 at 14 %, .71 at 29 %. Word by word, one heard right has .90 at up to 20 % and .80 above, one heard wrong .53 to .69,
spread over nearly the whole range: a quarter of the wrong ones are surer than .77. So words are drawn from beta
distributions with the means .93 - .4 x rate (right) and .54 (wrong), and the whole is their mean weighed by letters, as
the recognizer reports it: .89, .82 and .73 at 5, 15 and 30 %. French is given the same relation; real French prompts
(Asterisk's, ten) lie between .79 and .96 with hardly a word wrong.
"""

from __future__ import annotations

import json
import random
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from rapidfuzz import process

from trainer.language.folding import plain

BANK = Path(__file__).resolve().parent.parent / "trainer" / "language" / "banks" / "marked_training.jsonl"
SUBSTITUTED, DROPPED = 0.65, 0.20
"""Shares of the errors; the rest is put in."""
NEAR, MOST_NEIGHBOURS = 60, 5
_PARTS = re.compile(r"^(\W*)(.*?)(\W*)$", re.DOTALL)

CONFUSIONS = {
    "en": "can can't|your you're|to two|for four|there their|won't want|would wood|know no|hear here|it's is|a the|are our"
    "|this these|then than|we're were|i'll i|that's that|price prize|call cool|week weak|month months|sign signed|bill build"
    "|buy by|won one|right write|letter later|contract contact|free three|off of|and in|need knee|wait weight|sorry story"
    "|understand understood|account a count|cancel council|fee free|email mail|leave live|fair fare|pay play|your you",
    "fr": "et est|à a|ce se|c'est ces|ces ses|on ont|vous nous|prix pris|sans cent|mois moi|quand qu'en|peu peux|fois foi"
    "|dans d'en|comprends comprend|rappeler rappelé|contrat contact|frais vrai|mais mes|la là|votre notre|bien rien|voix voie"
    "|appel rappel|offre autre|pas par|faire fer|sûr sur|temps tant|compte conte|payer paie|pour par|envoyer envoyé|deux de",
}
NUMBERS = {
    "en": "thirteen thirty|fourteen forty|fifteen fifty|sixteen sixty|seventeen seventy|eighteen eighty|nineteen ninety|13 30"
    "|14 40|15 50|16 60|17 70|18 80|19 90|five nine|5 9|two ten|2 10",
    "fr": "treize seize|trois treize|deux douze|six dix|cent sans|quatre quarante|cinq cinquante|13 16|3 13|2 12|6 10|4 40|5 50"
    "|soixante soixante-dix|60 70|vingt vin|24 84",
}
SMALL = {
    "en": "a an the to of in on at is it i i'm we you and so that do be for your my our just well",
    "fr": "le la les un une de du des à en et je j'ai on ne y ce que vous votre nous mon si c'est alors bien",
}
INVENTED = {
    "en": "uh um er well you know so and the a oh like just",
    "fr": "euh ben hein bon voilà donc et le de ah là quoi",
}


@dataclass(frozen=True, slots=True)
class Misheard:
    """What was recognized: its words with their confidence 0 to 1, the whole's, and how many errors were put in."""

    text: str
    words: tuple[tuple[str, float], ...]
    confidence: float
    errors: int


def mishear(said: str, language: str, rate: float, seed: int) -> Misheard:
    """`rate` is the share of words that are wrong, 0 to 1; `language` is "en" or "fr"."""
    chance = random.Random(f"{seed}:{rate}:{said}")
    heard = [(word, False) for word in said.split()]
    wanted = rate * len(heard)
    errors = int(wanted) + (chance.random() < wanted % 1)
    for kind in chance.choices(("sub", "drop", "add"), (SUBSTITUTED, DROPPED, 1 - SUBSTITUTED - DROPPED), k=errors):
        _spoil(heard, kind, language, chance)
    words = tuple((word, _confidence(wrong, rate, chance)) for word, wrong in heard)
    letters = sum(len(word) for word, _ in words)
    mean = sum(len(word) * sure for word, sure in words) / letters if letters else 1.0
    return Misheard(" ".join(word for word, _ in words), words, round(mean, 3), errors)


def _spoil(heard: list[tuple[str, bool]], kind: str, language: str, chance: random.Random) -> None:
    """One error, at a place that was right so far."""
    right = [place for place, (_, wrong) in enumerate(heard) if not wrong]
    small = [place for place in right if heard[place][0].lower() in SMALL[language].split()]
    if kind == "drop" and small:
        del heard[chance.choice(small)]
    elif kind == "add":
        heard.insert(chance.randint(0, len(heard)), (chance.choice(INVENTED[language].split()), True))
    elif right:
        place = chance.choice(right)
        heard[place] = (sound_alike(heard[place][0], language, chance), True)


def _confidence(wrong: bool, rate: float, chance: random.Random) -> float:
    """See the module's docstring."""
    if wrong:
        return round(chance.betavariate(1.3, 1.1), 3)
    mean = 0.93 - 0.4 * rate
    return round(chance.betavariate(5 * mean, 5 * (1 - mean)), 3)


def sound_alike(word: str, language: str, chance: random.Random) -> str:
    """Another word in its place, with its punctuation and its capital."""
    before, core, after = _PARTS.match(word).groups()  # type: ignore[union-attr]
    found = _other(core.lower(), language, chance)
    return before + (found.capitalize() if core[:1].isupper() else found) + after


def _other(word: str, language: str, chance: random.Random) -> str:
    known = _pairs(language).get(word)
    if known:
        return chance.choice(known)
    if word.isdigit():
        place = chance.randrange(len(word))
        return word[:place] + str((int(word[place]) + chance.choice((1, 9))) % 10) + word[place + 1 :]
    near = _neighbours(word, language)
    return chance.choice(near) if near else chance.choice(INVENTED[language].split())


@lru_cache(maxsize=2)
def _pairs(language: str) -> dict[str, list[str]]:
    """Both ways."""
    found: dict[str, list[str]] = {}
    for table in (CONFUSIONS, NUMBERS):
        for pair in table[language].split("|"):
            left, right = pair.split(" ", 1)
            found.setdefault(left, []).append(right)
            found.setdefault(right, []).append(left)
    return found


@lru_cache(maxsize=2)
def _vocabulary(language: str) -> dict[str, str]:
    """Word -> how it sounds: the words that the reply banks use more than once."""
    rows = [json.loads(line) for line in BANK.read_text(encoding="utf-8").splitlines()]
    texts = (r[name] for r in rows if r["lang"] == language for name in ("situation", "customer", "reply"))
    counts = Counter(word for text in texts for word in re.findall(r"[^\W\d_]+(?:['’][^\W\d_]+)*", text.lower()))
    return {word: sounds(word, language) for word, count in sorted(counts.items()) if count > 1}


@lru_cache(maxsize=4096)
def _neighbours(word: str, language: str) -> Sequence[str]:
    own = sounds(word, language)
    found = process.extract(own, _vocabulary(language), limit=MOST_NEIGHBOURS + 1, score_cutoff=NEAR)
    return [other for _sound, _score, other in found if other != word][:MOST_NEIGHBOURS]


_SOUNDS = {
    "en": (("ph", "f"), ("ght", "t"), ("gh", ""), ("ck", "k"), ("kn", "n"), ("wr", "r"), ("wh", "w"), ("qu", "kw"),
           ("c(?=[eiy])", "s"), ("c", "k"), ("x", "ks"), ("z", "s"), ("[aeiouy]+", "a"), (r"(.)\1", r"\1"), ("(?<=.)a$", "")),
    "fr": (("eaux?", "o"), ("au", "o"), ("ph", "f"), ("qu", "k"), ("ai|ei|er$|ez$", "e"), ("oi", "wa"), ("ou", "u"),
           ("ent$|[esxtdp]+$", ""), ("c(?=[eiy])", "s"), ("c", "k"), ("[ae][nm]", "A"), ("h", ""), (r"(.)\1", r"\1")),
}  # fmt: skip


@lru_cache(maxsize=8192)
def sounds(word: str, language: str) -> str:
    """A spelling of how the word sounds, rough: enough to find words that a recognizer takes for one another."""
    folded = plain(word)
    for pattern, sound in _SOUNDS[language]:
        folded = re.sub(pattern, sound, folded)
    return folded or plain(word)

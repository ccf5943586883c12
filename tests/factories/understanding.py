"""Understanding for tests of the customer: built by hand, or by a few plain patterns (a twin of `trainer.language`)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from trainer.domain.dialogue import CallState, fact_hints, topic_hints
from trainer.domain.scenario import Case
from trainer.domain.spoken import FILTERS, MONEY_FILTERS
from trainer.domain.understanding import Act, Claim, Entity, FactHint, TopicHint, TopicHit, Understanding

ACTS = {
    "greeting": r"\b(good (morning|afternoon)|hello|bonjour)\b",
    "self_identification": r"\b(speaking|my name is|à votre écoute|à l'appareil|de chez)\b",
    "apology": r"\b(sorry|apologi[sz]e|désolée?|excuses?)\b",
    "acknowledge": r"\b(i understand|i see|you're right|of course|fair enough|je comprends|vous avez raison|je vois)\b",
    "data_question": r"\b(could you give|can i have|may i have|could i take|vous pouvez me donner|quel est votre)\b",
    "anything_else": r"\b(anything else|autre chose)\b",
    "closing": r"\b(goodbye|bye|au revoir|bonne journée)\b",
    "acceptance_check": r"\b(does that work|would that suit|is that all right|ça vous convient|ça vous irait)\b",
    "read_back": r"\b(read (it|that) back|je (vous )?relis|je récapitule)\b",
    "permission_ask": r"\b(may i|puis-je|je peux vous poser|have you got|vous avez deux minutes|is this a good moment)\b",
    "rude": r"\b(idiot|stupid|shut up|whining|pleurnicher|bête|fermez-la)\b",
    "offer": r"\b(we'll|i can|on vous|je vous propose|je peux vous)\b",
}
OPEN = r"\b(what|how|when|which|why|where|tell me|qu'est-ce|comment|quand|quel|quelle|pourquoi|où|quoi|racontez)\b"
WORDS = (
    "the a an is are was you your i we it to of for and in on at that this do does did me le la les un une de du des vous "
    "votre vos je on il elle est c'est ce à au en et pour que qui l d s"
)
DULL = frozenset(re.findall(r"\S+", WORDS))


def understood(text: str = "So.", **parts: Any) -> Understanding:
    """An understanding by hand: acts, topics and facts by name."""
    acts = tuple(Act(a, text, 0, len(text), 1.0, "test") for a in parts.get("acts", ()))
    topics = tuple(TopicHit(t, 1.0, text) for t in parts.get("topics", ()))
    claims = [Claim("text", "", text, 0, len(text), (), f, True) for f in parts.get("facts", ())]
    claims += [Claim("text", "", text, 0, len(text), (), f, False) for f in parts.get("wrong", ())]
    return Understanding(
        text=text, language=parts.get("language", "en"), speaker="agent", primary=acts[0].act if acts else "information",
        acts=acts, question=parts.get("question", "none"), reflection=parts.get("reflects", False), reflected=(),
        move=None, entities=parts.get("entities", ()), claims=tuple(claims), promises=(), topics=topics,
        confidence=parts.get("confidence", 1.0), version="test",
    )  # fmt: skip


def understand_plainly(text: str, case: Case, state: CallState, said: Sequence[str]) -> Understanding:
    """Patterns only; enough for the model operators of the scenarios, far from enough for people."""
    low = text.lower().replace("’", "'")
    question = "none"
    if "?" in text:
        question = "open" if re.search(OPEN, low) else "closed"
    acts = [name for name, pattern in ACTS.items() if re.search(pattern, low)]
    facts = [hint.id for hint in fact_hints(case, state) if _states(low, hint, case)]
    hits = []
    for sentence in re.findall(r"[^.?!]+[.?!]?", text):
        hits += [
            TopicHit(hint.id, 1.0, sentence.strip()) for hint in topic_hints(case) if _asks(sentence.lower(), hint)
        ]
    plain = understood(text, acts=acts, facts=facts, question=question, language=case.language)
    return replace(plain, topics=tuple(hits), acts=tuple(replace(act, start=0, end=0) for act in plain.acts))


def _states(low: str, hint: FactHint, case: Case) -> bool:
    values = (hint.value, *hint.accept)
    return any(form in low for v in values for form in _spoken(hint.kind, v, case)) and any(
        k.lower() in low for k in hint.keywords
    )


def _spoken(kind: str, value: str, case: Case) -> list[str]:
    language, currency = case.language, case.company.currency
    if kind == "money":
        return [MONEY_FILTERS[name](value, language, currency).lower() for name in ("money", "price")]
    if kind == "date" and value[:1].isdigit():
        return [FILTERS[name](value, language).lower() for name in ("date", "weekday")]
    if kind == "duration":
        number, unit = re.findall(r"\d+", value)[0], value[-1]
        names = {
            "D": ("day", "jour"), "W": ("week", "semaine"), "M": ("month", "mois"), "Y": ("year", "an"), "H": ("hour", "heure"),
        }  # fmt: skip
        word = names[unit][language == "fr"]
        said = FILTERS["words"](number, language)
        return [f"{n} {extra}{word}" for n in (said, number) for extra in ("", "working ")] + [f"{said} {word}"]
    if kind == "percent":
        return [f"{FILTERS['words'](value, language)} p", f"{value} p", f"{value}%"]
    return [FILTERS["time"](value, language)] if kind == "time" else []


def _asks(low: str, hint: TopicHint) -> bool:
    words = set(re.findall(r"[^\W_]+", low)) - DULL
    for phrase in hint.phrases:
        wanted = set(re.findall(r"[^\W_]+", phrase.lower())) - DULL
        if wanted and len(wanted & words) / len(wanted) >= 0.75:
            return True
    return False


def entity(kind: str, value: str) -> Entity:
    return Entity(kind, value, value, 0, len(value))

"""What the customer heard in an operator's turn: the understanding, read against the case."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from trainer.domain.dialogue.state import CallState, holds
from trainer.domain.scenario import Condition
from trainer.domain.understanding import Entity, Remark, TopicHit, Understanding

HEARD_FLOOR = 0.35
"""Below this confidence the customer did not catch it, and says so."""
ACT_FLOOR = 0.5
TOPIC_FLOOR = 0.5
CLAIM_FLOOR = 0.5
GUESS_FLOOR, CLEARER = 0.3, 0.05
CLEARLY_BETTER = 0.2
LIKELY = 0.6
PLAINLY = 0.9
"""A topic of this score was named in so many words; below it, the turn may only sound like it."""
NOT_ASKING = frozenset({"acceptance_check", "anything_else"})
ASKING = frozenset({"data_question", "identity_check", "permission_ask"})
ECHO_SHARE = 0.8
ECHO_WORDS = 4


@dataclass(frozen=True, slots=True)
class Heard:
    """`asked` and `spoken` are topics asked about, in the order of asking, and only mentioned; `plainly` are those named in
    so many words; `facts` were stated truly, `wrong` falsely. `remarks` are kinds of `REMARK_KINDS`; `foreign` says that
    nothing was said in the customer's language, `figures` is the turn with its numbers in figures."""

    text: str
    acts: frozenset[str]
    question: str
    reflects: bool
    asked: tuple[str, ...]
    spoken: frozenset[str]
    plainly: frozenset[str]
    facts: frozenset[str]
    wrong: frozenset[str]
    entities: tuple[Entity, ...]
    unclear: bool
    echo: bool
    remarks: frozenset[str] = frozenset()
    foreign: bool = False
    figures: str = ""


def hear(state: CallState, understood: Understanding) -> Heard:
    remarks = _beside(understood)
    acts = _acts(understood, remarks)
    hits = _sharpest(understood.text, _likely(understood, acts))
    hits.sort(key=lambda hit: (understood.text.find(hit.quote), -hit.score))
    asked = tuple(dict.fromkeys(hit.topic for hit in hits if _is_asked(understood, acts, hit)))
    claims = [c for c in understood.claims if c.fact and c.confidence >= CLAIM_FLOOR]
    text = understood.text.strip()
    return Heard(
        text=text,
        acts=acts,
        question=understood.matter if remarks and understood.matter else understood.question,
        reflects=understood.reflection,
        asked=asked,
        spoken=frozenset(hit.topic for hit in hits) - set(asked),
        plainly=frozenset(hit.topic for hit in hits if hit.score >= PLAINLY),
        facts=frozenset(c.fact for c in claims if c.true and c.fact),
        wrong=frozenset(c.fact for c in claims if c.true is False and c.fact),
        entities=understood.entities,
        unclear=not words_of(text) or understood.confidence < HEARD_FLOOR,
        echo=_is_echo(state, understood),
        remarks=frozenset(remark.kind for remark in remarks),
        foreign=_is_foreign(understood, remarks),
        figures=understood.figures or text,
    )


NOT_OF_REMARKS = frozenset(
    {"data_question", "permission_ask", "acceptance_check", "apology", "information", "self_identification"}
)
"""What the words of a remark seem to do: "Sorry, what was that?" neither apologises nor asks for a datum."""


def _beside(understood: Understanding) -> list[Remark]:
    """The remarks of a turn; what asks about a topic of the case is none, a personal question in any words for it."""
    kept = []
    for remark in understood.remarks:
        enough = LIKELY if remark.kind in ("age", "private") else PLAINLY
        hits = [hit for hit in understood.topics if hit.score >= enough and hit.quote]
        if remark.kind == "spell" or not any(hit.quote in remark.quote for hit in hits):
            kept.append(remark)
    return kept


def _acts(understood: Understanding, remarks: Sequence[Remark]) -> frozenset[str]:
    """The acts of a turn that are more than words of a remark."""
    beside = [remark for remark in remarks if remark.kind != "go_on"]
    return frozenset(
        act.act
        for act in understood.acts
        if act.confidence >= ACT_FLOOR
        and not (act.act in NOT_OF_REMARKS and any(r.start <= act.start and act.end <= r.end for r in beside))
    )


def _is_foreign(understood: Understanding, remarks: Sequence[Remark]) -> bool:
    """Every word that tells something stands in a clause of the other language."""
    foreign = [remark for remark in remarks if remark.kind == "other_language"]
    if not foreign:
        return False
    left = list(understood.text)
    for remark in foreign:
        left[remark.start : remark.end] = " " * (remark.end - remark.start)
    return not words_of("".join(left)) and not understood.topics


def _likely(understood: Understanding, acts: frozenset[str]) -> list[TopicHit]:
    """The hits to go by. Of a question that fits none well, people take the likeliest meaning, if it is clear."""
    hits = [hit for hit in understood.topics if hit.score >= TOPIC_FLOOR]
    asks = (understood.matter or understood.question) != "none" and not acts & NOT_ASKING
    if hits or not asks or not understood.topics:
        return hits
    best, *others = sorted(understood.topics, key=lambda hit: -hit.score)
    clear = all(best.score - other.score >= CLEARER for other in others)
    return [best] if clear and best.score >= GUESS_FLOOR else []


def _sharpest(text: str, hits: list[TopicHit]) -> list[TopicHit]:
    """Without the hits that a better one explains: "your e-mail address" asks for no address, and where a sentence
    names one thing plainly, what it only resembles was not meant, unless it is a question of its own."""
    spans = [(text.find(hit.quote), text.find(hit.quote) + len(hit.quote)) for hit in hits]
    sentences = [len(re.findall(r"[.?!](?=\s)", text[: max(0, end - 1)])) for _, end in spans]

    def outdone(one: int) -> bool:
        for other, hit in enumerate(hits):
            if other == one:
                continue
            within = spans[other][0] <= spans[one][0] and spans[one][1] <= spans[other][1]
            if within and spans[one] != spans[other] and hit.score >= hits[one].score:
                return True
            apart = spans[other][1] <= spans[one][0] or spans[one][1] <= spans[other][0]
            resembles = sentences[one] == sentences[other] and hit.score - hits[one].score >= CLEARLY_BETTER
            if resembles and not (apart and _asks_by_itself(hits[one].quote)):
                return True
        return False

    return [hit for place, hit in enumerate(hits) if not outdone(place)]


_QUESTION = re.compile(
    r"^(?:(?:and|et)\b)?[\s,]*(?:what|when|where|who|which|how|why|is|are|was|were|do|does|did|have|has|can|could|would|any"
    r"|quel\w*|quand|o[ùu]|qui|combien|comment|pourquoi|est-ce|avez|y a|à quelle|[àa] quel\w*|depuis|il y a)\b",
    re.IGNORECASE,
)


def _asks_by_itself(quote: str) -> bool:
    """The clause begins as questions do: "..., and what time was the ride?"."""
    return _QUESTION.match(quote.strip()) is not None


def _is_asked(understood: Understanding, acts: frozenset[str], hit: TopicHit) -> bool:
    """Several sentences may share a turn: the topic of a statement was not asked, though the turn holds a question."""
    asks = understood.question != "none" or bool(acts & ASKING)
    at = understood.text.find(hit.quote) if hit.quote else -1
    if not asks or at < 0 or "?" not in understood.text:
        return asks
    here = {a.act for a in understood.acts if a.start < at + len(hit.quote) and at < a.end}
    if here & ASKING:
        return True
    if here & NOT_ASKING and hit.score < PLAINLY:
        return False
    stop = re.search(r"[.?!]", understood.text[at + len(hit.quote) - 1 :])
    return stop is not None and stop.group() == "?"


def words_of(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", text.lower())


def _is_echo(state: CallState, understood: Understanding) -> bool:
    """Nothing but the customer's own last words. Reading back a number or an address is no echo."""
    if any(e.type in ("phone", "email", "reference", "spelled", "number", "date", "time") for e in understood.entities):
        return False
    said, heard = words_of(understood.text), set(words_of(state.last_customer_line))
    return len(said) >= ECHO_WORDS and sum(word in heard for word in said) / len(said) >= ECHO_SHARE


def is_met(condition: Condition, state: CallState, heard: Heard, recalled: bool = False) -> bool:
    """True if this turn does what `condition` asks. `state` already holds what the turn has settled so far.

    With `recalled` facts from earlier turns are enough: the customer remembers them.
    """
    stated = state.facts_stated | heard.facts
    wanted = condition.asked_facts
    return all((
        not condition.acts or heard.acts & set(condition.acts),
        recalled or not wanted or heard.facts & wanted,
        set(condition.facts) <= stated,
        not condition.any_facts or stated & set(condition.any_facts),
        not condition.topics or (set(heard.asked) | heard.spoken) & set(condition.topics),
        not condition.question or _asks(condition.question, heard),
        not condition.reflects or heard.reflects,
        not condition.told or state.topics_told & set(condition.told),
        all(holds(state, token) for token in condition.goals),
        set(condition.screen) <= state.screen,
        condition != Condition(),
    ))  # fmt: skip


def _asks(kind: str, heard: Heard) -> bool:
    return heard.question != "none" if kind == "any" else heard.question == kind

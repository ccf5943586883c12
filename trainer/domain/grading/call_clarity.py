"""Clarity: whether what the customer is told can be followed. Asked of service calls, in which nothing is objected."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from trainer.domain.grade import Evidence
from trainer.domain.grading.call_findings import Finding, acts_in, decide, doubtful, not_applicable, shown
from trainer.domain.grading.call_reading import CallReading, Turn
from trainer.domain.grading.call_rubric import Thresholds
from trainer.domain.grading.call_values import plain, plain_words
from trainer.domain.grading.delivery import quiet_stretches

_EXPLAINING = ("information", "price_statement", "bad_news")
_CLEAR = re.compile(
    r"(?:^|[.?!,] )any (?:questions|doubts)\b"
    r"|\b(?:any (?:other |more |further )questions?|(?:have|got|there|have you) any (?:questions|doubts)"
    r"|(?:all|everything|that|this|it) (?:is |all )?clear|make sense|(?:answer|answered) (?:your|all)"
    r"|(?:got|have|had|know) (?:everything|all) (?:that )?you|(?:go|run) (?:over|through) (?:it|that|this|anything|something)"
    r"|(?:say|explain|repeat) (?:it|that|this|anything|something) (?:again|once more)"
    r"|(?:did|have|were) you (?:able to |manage to |time to )?(?:write|note|get|got|written|noted|catch) (?:it|that|this|all|everything)"
    r"|(?:d'autres?|une autre|avez des|avez-vous des) questions?|(?:c'est|est|soit|plus) (?:bien |assez |tout a fait )?clair"
    r"|(?:vous avez|avez-vous|vous savez) (?:bien )?(?:tout (?:ce|compris|note|suivi|bien|il)\b|tout \?|ce qu'il)|il vous manque"
    r"|(?:pu|le temps de) (?:le |la |les |tout )?noter|que je (?:vous )?(?:le |la |les )?(?:redise|repete|reprenne|reexplique)"
    r"|(?:repond|repondu) a (?:votre|vos|toutes))"
)
"""Asking whether all is clear or all there, in both languages, as `plain` writes it."""
_DOING = re.compile(
    r"\b(?:(?:let me|i'll|i will) (?:just |quickly )?(?:look|check|search|find|open|pull|note|write|type|put|enter|have a look|see(?! to))\b"
    r"|(?:i'm|i am) (?:just )?(?:looking|checking|searching|opening|pulling|noting|writing|typing|putting|entering)\b"
    r"|je (?:vous |le |la |les |l'|l' )?(?:regarde|verifie|cherche|recherche|consulte|note|inscris|enregistre|ouvre|tape|saisis|entre|remplis|vais voir|vais regarder|vais verifier)\b"
    r"|je suis en train|le temps (?:de|que|d')|laissez-moi)"
)
"""Saying what one is doing now, in both languages."""
_MEANS = re.compile(
    r"^(?:that (?:is|s)|which (?:is|means)|that means|meaning|in other words|it s|it is|i mean|or rather|so the"
    r"|c est|autrement dit|ca veut dire|ce qui veut dire|qui est|a savoir|soit|donc (?:le|la|les|l|votre))\b"
)
_CALLED = re.compile(
    r"\b(?:we call|call it|called|known as|on appelle|qu on appelle|nomme|dit)(?: (?:the|a|an|it|le|la|les|l|un|une))?$"
)
"""What explains a word after it and before it, as `plain_words` writes them one after the other."""
LONGEST_ACRONYM = 6


def find_clarity(call: CallReading, limits: Thresholds) -> Iterator[Finding]:
    """Asked whether it is clear, told in pieces, waits announced, no words of the house."""
    explaining = [turn for turn in call.turns if _explains(turn, limits)]
    yield _understood(call, explaining, limits)
    yield _pieces(explaining, limits)
    yield _signposted(call, limits)
    yield _plain_words(call, explaining, limits)


def _explains(turn: Turn, limits: Thresholds) -> bool:
    """It tells the customer something. Reading back what they dictated is no explaining, however long it takes."""
    act = turn.act(*_EXPLAINING)
    telling = act is not None and act.confidence >= limits.seen_from
    return (telling or any(c.fact for c in turn.understanding.claims)) and turn.act("read_back") is None


def _understood(call: CallReading, explaining: Sequence[Turn], limits: Thresholds) -> Finding:
    """Asked from the first explanation on; a customer who left or refused gave no room for it."""
    check = "clarity.understood"
    if not explaining:
        return not_applicable(check)
    later = [turn for turn in call.turns if turn.seq >= explaining[0].seq]
    found = acts_in(later, "acceptance_check")
    asking = [t for t in later if t.understanding.question != "none" and t.act("read_back") is None]
    found += [shown(t, "asks_clear") for t in asking if asks_whether_clear(t.text)]
    if not found and (call.customer_left or call.refused or call.outcome == "transferred"):
        return not_applicable(check)
    return decide(check, sorted(found, key=lambda e: e.seq or 0), later, limits, expected=explaining[-1])


def asks_whether_clear(text: str) -> bool:
    """The words of somebody who makes sure that they were understood, or that nothing is missing."""
    return _CLEAR.search(plain(text)) is not None


def _pieces(explaining: Sequence[Turn], limits: Thresholds) -> Finding:
    """The part of the explaining turns that are short enough. How many words were said shows in words well heard only."""
    check, most = "clarity.pieces", int(limits.explaining_words)
    if not explaining:
        return not_applicable(check)
    unsure = doubtful(explaining, limits)
    long = [turn for turn in explaining if _length(turn) > most]
    sure = [turn for turn in explaining if turn not in unsure or turn not in long]
    too_long = [turn for turn in long if turn not in unsure]
    params = {"most": str(most), "words": str(max(_length(turn) for turn in sure or explaining))}
    if long and not too_long:
        return Finding(check, "undecided", (shown(long[0], f"hard_to_hear:{check}"),), params)
    if not too_long:
        return Finding(check, "yes", (), params)
    share = round(1 - len(too_long) / len(sure), 3)
    return Finding(check, "no", tuple(shown(t, "words", confidence=1.0) for t in too_long[:2]), params, share=share)


def _length(turn: Turn) -> int:
    """Words as they are spaced, signs apart: "l'adresse" and "it's" are one, so that neither language is the longer."""
    return sum(any(c.isalnum() for c in word) for word in turn.text.split())


def _signposted(call: CallReading, limits: Thresholds) -> Finding:
    """The part of the waits (silence before a spoken turn, a search on the screen) before which the operator said what
    they were doing. Whoever types is silent by that alone."""
    check = "clarity.signposted"
    before = [call.turn_before(action.seq) for action in call.screen if action.action == "search"]
    for seq, seconds in quiet_stretches(call, limits):
        at = next((t for t in call.turns if t.seq == seq), None) or call.turn_after(seq)
        if seconds >= limits.dead_air_s and at is not None and at.spoken:
            before.append(call.turn_before(at.seq))
    waits = {turn.seq: turn for turn in before if turn is not None}
    if not waits:
        return not_applicable(check)
    told: list[Evidence] = []
    missing: list[Turn] = []
    for turn in waits.values():
        found = acts_in([turn], "hold_notice", floor=limits.seen_from)
        doing = _DOING.search(plain(turn.text))
        if found or doing:
            told += found or [shown(turn, "says_doing")]
        else:
            missing.append(turn)
    if unsure := doubtful(missing, limits):
        return Finding(check, "undecided", (shown(unsure[0], f"hard_to_hear:{check}"),))
    if not missing:
        return Finding(check, "yes", tuple(told[:2]))
    share = round(len(told) / len(waits), 3) if told else None
    return Finding(check, "no", tuple(shown(t, f"missing:{check}", confidence=1.0) for t in missing[:2]), share=share)


def _plain_words(call: CallReading, explaining: Sequence[Turn], limits: Thresholds) -> Finding:
    """None of the scenario's inside words, unless the customer said it before or it is explained in the same turn."""
    check = "clarity.plain"
    if not call.case.inside_words or not explaining:
        return not_applicable(check)
    found = [shown(t, "inside_word", word) for t in call.turns for word in _unexplained(t, call)]
    sure = [e for e in found if e.confidence >= limits.recognition_floor]
    if not found:
        return Finding(check, "yes", (), {"words": ""})
    shown_words = sure or found
    params = {"words": ", ".join(dict.fromkeys(e.quote for e in shown_words))}
    return Finding(check, "no" if sure else "undecided", tuple(shown_words[:2]), params)


def _unexplained(turn: Turn, call: CallReading) -> Iterator[str]:
    heard = " / ".join(line.text for line in call.lines if line.seq < turn.seq)
    said = plain_words(turn.text)
    for word in inside_words_in(turn.text, call.case.inside_words):
        explained = any(
            _MEANS.search(" ".join(said[end:])) or _CALLED.search(" ".join(said[:start]))
            for start, end in _places(word, said)
        )
        if not explained and not inside_words_in(heard, (word,)):
            yield word


def inside_words_in(text: str, words: Sequence[str]) -> list[str]:
    """Which of `words` stand in the text, in any case and number; an acronym also spelled, as it is heard."""
    said = plain_words(text)
    return [word for word in words if _places(word, said)]


def _places(word: str, said: Sequence[str]) -> list[tuple[int, int]]:
    """Where the word stands among the words said: (its first, the one after its last)."""
    parts = plain_words(word)
    if not parts:
        return []
    forms = [parts, [*parts[:-1], f"{parts[-1]}s"]]
    if word.isupper() and word.isalpha() and len(word) <= LONGEST_ACRONYM:
        forms.append(list(word.lower()))
    return [
        (start, start + len(form))
        for form in forms
        for start in range(len(said) - len(form) + 1)
        if list(said[start : start + len(form)]) == form
    ]

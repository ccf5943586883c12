"""Opening, finding the need, and closing: whether the conversation had what any customer may expect of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from trainer.domain.grade import Evidence
from trainer.domain.grading.call_findings import Finding, acts_in, decide, not_applicable, shown
from trainer.domain.grading.call_reading import CallReading, Turn
from trainer.domain.grading.call_rubric import Thresholds
from trainer.domain.grading.call_values import plain

_TELLING = ("information", "offer", "price_statement", "done_notice", "bad_news", "data_question")
_SUMMING_UP = ("read_back", "paraphrase", "done_notice")
_GUARDED = ("open_question", "trust:")
"""Conditions under which a customer tells what they would not say unasked; others only keep things in their order."""
_ASKING_WHO_OR_WHETHER = ("permission_ask", "identity_check", "anything_else", "acceptance_check")


def find_opening(call: CallReading, limits: Thresholds) -> Iterator[Finding]:
    """The operator's first turns: greeting, who is speaking, and what it is about."""
    first = call.turns[: int(limits.opening_turns)]
    yield decide("opening.greeting", acts_in(first, "greeting"), first, limits)
    named = acts_in(first, "self_identification") or _company_named(call, first)
    yield decide("opening.identified", named, first, limits)
    if call.case.direction == "outbound":
        yield not_applicable("opening.offer_help")
        yield decide("opening.reason", acts_in(first, *_TELLING) or _topics_in(first), first, limits)
        yield decide("opening.permission", acts_in(first, "permission_ask"), first, limits)
        return
    offered = acts_in(first, "offer", "data_question") or questions_in(first, "open", "closed")
    yield decide("opening.offer_help", offered, first, limits)
    yield not_applicable("opening.reason")
    yield not_applicable("opening.permission")


def find_needs(call: CallReading, limits: Thresholds) -> Iterator[Finding]:
    """Open questions, what lies hidden, the need in own words, and asking before offering."""
    asking = [t for t in call.turns if not _is_opening_formula(t) and t.act("anything_else") is None]
    here = call.turn_after_opening
    yield decide("needs.open_question", questions_in(asking, "open"), call.turns, limits, expected=here)
    yield _discovered(call)
    reflected = [shown(t, "reflection", t.understanding.reflected[0] if t.understanding.reflected else "")
                 for t in call.turns if t.understanding.reflection and t.act("read_back") is None]  # fmt: skip
    reflected = reflected or acts_in(call.turns, "paraphrase")
    yield decide("needs.reflects", reflected, call.turns, limits, expected=here)
    offered = call.first("offer", "price_statement", floor=limits.seen_from)
    if offered is None or (offered[0].number == 1 and call.case.direction == "inbound"):
        yield not_applicable("needs.before_offer")
        return
    before = [t for t in asking if t.number < offered[0].number and t.act(*_ASKING_WHO_OR_WHETHER) is None]
    same = [offered[0]] if not before else []
    yield decide("needs.before_offer", questions_in(before, "open", "closed"), before or same, limits)


def _discovered(call: CallReading) -> Finding:
    hidden = [t for t in call.case.topics if t.only_if.startswith(_GUARDED) and not t.identity and not t.volunteers]
    if not hidden:
        return not_applicable("needs.discovered")
    found = [t for t in hidden if f"topic:{t.id}" in call.marks]
    evidence: list[Evidence] = []
    for topic in found[:3]:
        turn = call.turn_before(call.marks[f"topic:{topic.id}"])
        if turn is not None:
            evidence.append(shown(turn, f"mark:topic:{topic.id}"))
    params = {"found": str(len(found)), "total": str(len(hidden))}
    answer = "yes" if len(found) == len(hidden) else "no"
    if answer == "no" and call.turn_after_opening:
        evidence.append(shown(call.turn_after_opening, "missing:discovered", confidence=1.0))
    return Finding("needs.discovered", answer, tuple(evidence), params, share=round(len(found) / len(hidden), 3))


def find_closing(call: CallReading, limits: Thresholds) -> Iterator[Finding]:
    """The operator's last turns. A customer who hung up or was transferred left no room for them."""
    last = call.turns[-int(limits.closing_turns) :]
    no_room = call.customer_left or call.outcome == "transferred" or not last
    asked_more = acts_in(call.turns[int(limits.opening_turns) :], "anything_else")
    summed_up = acts_in(last, *_SUMMING_UP) or _agreed_again(last)
    for check, found, room in (
        ("anything_else", asked_more, not call.refused),
        ("summary", summed_up, not call.refused),
        ("thanks", acts_in(last, "thanks"), True),
        ("goodbye", acts_in(last, "closing"), True),
    ):
        if no_room or not room:
            yield not_applicable(f"closing.{check}")
        else:
            yield decide(f"closing.{check}", found[::-1], last, limits)
    yield _customer_first(call)


def _customer_first(call: CallReading) -> Finding:
    check = "closing.customer_first"
    if not call.outcome or call.outcome == "transferred" or not call.turns:
        return not_applicable(check)
    if call.outcome == "operator_hung_up":
        evidence = Evidence("", "hung_up:operator", 1.0, call.hung_up_seq)
        return Finding(check, "no", (evidence,))
    return Finding(check, "yes")


def questions_in(turns: Sequence[Turn], *kinds: str) -> list[Evidence]:
    """Turns that ask a question of one of these kinds, as sure as their words are."""
    return [shown(t, f"question:{t.understanding.question}") for t in turns if t.understanding.question in kinds]


def _is_opening_formula(turn: Turn) -> bool:
    """ "How can I help you?" opens a call; it finds no need."""
    return turn.number == 1 and (turn.act("greeting") is not None or turn.act("self_identification") is not None)


def _company_named(call: CallReading, turns: Sequence[Turn]) -> list[Evidence]:
    name = plain(call.case.company.name)
    return [shown(t, "names_company", call.case.company.name) for t in turns if name and name in plain(t.text)]


def _topics_in(turns: Sequence[Turn]) -> list[Evidence]:
    return [shown(t, f"topic:{hit.topic}", hit.quote) for t in turns for hit in t.understanding.topics]


def _agreed_again(turns: Sequence[Turn]) -> list[Evidence]:
    """A promise or a true figure repeated at the end sums up too."""
    found = [shown(t, "promise", p.quote) for t in turns for p in t.understanding.promises]
    return found + [shown(t, f"fact:{c.fact}", c.quote) for t in turns for c in t.understanding.claims if c.true]

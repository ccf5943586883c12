"""A shift: a queue of calls over some minutes, worked by one operator. Who calls when, and for how long they wait, is
drawn from a seed; everything else follows from the clock and from what the operator did.

Arrivals are a Poisson process and patience is exponential, as in the field's queue models (Erlang C; with callers who
give up, Erlang A: C. Palm 1946; N. Gans, G. Koole and A. Mandelbaum, "Telephone Call Centers", M&SOM 5/2, 2003).
Times are seconds from the shift's start.
"""

from __future__ import annotations

import math
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

SHORTEST_MIN, LONGEST_MIN = 10, 60
LOADS = {"light": 0.5, "usual": 0.8, "busy": 1.2}
"""Offered load in erlangs, for the one operator there is: calls an hour times mean handle time in hours."""
WRITE_UP_S = 60.0
"""After-call work counted into the mean handle time when a shift is drawn."""
MEAN_PATIENCE_S = 150.0
LEAST_PATIENCE_S = 25.0
FIRST_CALL_S = 6.0
"""The first caller comes at once, so that nobody sits before an empty queue."""
READY, BREAK, ON_CALL, WRAP_UP, OVER = "ready", "break", "on_call", "wrap_up", "over"
WAITING, ANSWERED, ABANDONED = "waiting", "answered", "abandoned"


@dataclass(frozen=True, slots=True)
class Offer:
    """A call that comes in at `at_s`, and is given up `patience_s` later if nobody answers."""

    number: int
    at_s: float
    patience_s: float
    scenario: str
    seed: int

    @property
    def gives_up_s(self) -> float:
        return self.at_s + self.patience_s


@dataclass(frozen=True, slots=True)
class Moment:
    """Something that the operator did: `type` is "ready", "break", "answered" (with the offer's number) or "ended"."""

    at_s: float
    type: str
    offer: int | None = None


@dataclass(frozen=True, slots=True)
class Handled:
    """The times of an answered call, from the shift's start: talk and hold to `ended_s`, after-call work to
    `written_up_s`. None while it goes on."""

    offer: int
    answered_s: float
    ended_s: float | None = None
    written_up_s: float | None = None
    hold_s: float = 0.0


def draw_plan(seed: int, minutes: int, load: str, scenarios: Sequence[tuple[str, int]]) -> tuple[Offer, ...]:
    """The calls of a shift. `scenarios` are (slug, minutes of a good call); no scenario comes again before all came."""
    chance = random.Random(seed)
    mean_handle_s = 60 * sum(length for _, length in scenarios) / len(scenarios) + WRITE_UP_S
    mean_gap_s = mean_handle_s / LOADS[load]
    offers: list[Offer] = []
    deck: list[str] = []
    at_s = FIRST_CALL_S
    while at_s < minutes * 60:
        if not deck:
            deck = [slug for slug, _ in scenarios]
            chance.shuffle(deck)
        patience = LEAST_PATIENCE_S + chance.expovariate(1 / (MEAN_PATIENCE_S - LEAST_PATIENCE_S))
        offers.append(
            Offer(len(offers) + 1, math.floor(at_s * 10) / 10, round(patience, 1), deck.pop(), chance.randrange(2**31))
        )
        at_s += chance.expovariate(1 / mean_gap_s)
    return tuple(offers)


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a shift stands. `offers` maps an offer's number to waiting, answered or abandoned; who has not come in yet
    is not in it. `current` is the offer being handled; `since_s` when the operator's state began."""

    state: str
    since_s: float
    offers: Mapping[int, str]
    current: int | None
    end_s: float

    @property
    def waiting(self) -> tuple[int, ...]:
        """Those who wait, the longest first."""
        return tuple(number for number, what in self.offers.items() if what == WAITING)


def stand(
    plan: Sequence[Offer], minutes: int, moments: Sequence[Moment], handled: Sequence[Handled], at_s: float
) -> Standing:
    """Where the shift stands at `at_s`. A call under way at the planned end is finished; nobody new is taken then."""
    ended = next((moment.at_s for moment in moments if moment.type == "ended"), None)
    planned = float(minutes * 60)
    closes = planned if ended is None else min(planned, ended)
    current = next((one for one in handled if one.written_up_s is None), None)
    last = max((one.written_up_s or 0.0 for one in handled), default=0.0)
    answered = {one.offer: one.answered_s for one in handled}
    offers: dict[int, str] = {}
    for offer in plan:
        if offer.at_s > min(at_s, closes):
            break
        if offer.number in answered:
            offers[offer.number] = ANSWERED
        else:
            gone = at_s >= offer.gives_up_s or at_s >= closes
            offers[offer.number] = ABANDONED if gone else WAITING
    chosen = next((m for m in reversed(moments) if m.type in (READY, BREAK)), Moment(0.0, READY))
    if current is not None:
        state = ON_CALL if current.ended_s is None else WRAP_UP
        since = current.answered_s if current.ended_s is None else current.ended_s
    elif at_s >= closes:
        state, since = OVER, max(closes, last)
    else:
        state, since = chosen.type, max(chosen.at_s, last)
    return Standing(state, since, offers, current.offer if current else None, max(closes, last))


@dataclass(frozen=True, slots=True)
class Figures:
    """A shift's figures. Seconds, shares from 0 to 1; None where nothing could be measured.

    offered: calls that came in. answered, abandoned, waiting: what became of them (they add up to offered).
    aht_s: average handle time, (talk + hold + after-call work) / calls handled to the end.
    talk_s, hold_s, acw_s: the averages of its three parts.
    occupancy: (talk + hold + after-call work) / (staffed time - breaks).
    service_level: calls answered within `within_s` / calls offered; who gave up within `within_s` is left out of both,
    as is common where a short abandon is no failure of the centre's (ISO 18295-1 leaves the choice to be stated).
    asa_s: average speed of answer, the mean wait of answered calls. abandon_rate: abandoned / offered.
    longest_wait_s: of any caller, answered or not.
    """

    offered: int
    answered: int
    abandoned: int
    waiting: int
    handled: int
    aht_s: float | None
    talk_s: float | None
    hold_s: float | None
    acw_s: float | None
    occupancy: float | None
    service_level: float | None
    asa_s: float | None
    abandon_rate: float | None
    longest_wait_s: float
    within_s: float
    staffed_s: float
    break_s: float


def measure(
    plan: Sequence[Offer],
    minutes: int,
    moments: Sequence[Moment],
    handled: Sequence[Handled],
    at_s: float,
    within_s: float = 20.0,
) -> Figures:
    """The figures as they stand at `at_s`."""
    standing = stand(plan, minutes, moments, handled, at_s)
    counts = {kind: sum(what == kind for what in standing.offers.values()) for kind in (ANSWERED, ABANDONED, WAITING)}
    by_number = {offer.number: offer for offer in plan}
    waits = [one.answered_s - by_number[one.offer].at_s for one in handled]
    closes = min(at_s, standing.end_s)
    lost = {
        number: max(0.0, min(by_number[number].gives_up_s, closes) - by_number[number].at_s)
        for number, what in standing.offers.items()
        if what != ANSWERED
    }
    done = [one for one in handled if one.ended_s is not None and one.written_up_s is not None]
    talk = [max(0.0, (one.ended_s or 0) - one.answered_s - one.hold_s) for one in done]
    acw = [(one.written_up_s or 0) - (one.ended_s or 0) for one in done]
    handle = [t + a + one.hold_s for t, a, one in zip(talk, acw, done, strict=True)]
    staffed = min(at_s, standing.end_s)
    breaks = _break_s(moments, handled, staffed)
    busy = sum(min(one.written_up_s or staffed, staffed) - min(one.answered_s, staffed) for one in handled)
    short = sum(1 for number, wait in lost.items() if standing.offers[number] == ABANDONED and wait < within_s)
    judged = (
        len(standing.offers)
        - short
        - sum(1 for number, wait in lost.items() if standing.offers[number] == WAITING and wait < within_s)
    )
    return Figures(
        offered=len(standing.offers),
        answered=counts[ANSWERED],
        abandoned=counts[ABANDONED],
        waiting=counts[WAITING],
        handled=len(done),
        aht_s=_mean(handle),
        talk_s=_mean(talk),
        hold_s=_mean([one.hold_s for one in done]),
        acw_s=_mean(acw),
        occupancy=min(1.0, busy / (staffed - breaks)) if staffed - breaks > 0 else None,
        service_level=sum(wait <= within_s for wait in waits) / judged if judged > 0 else None,
        asa_s=_mean(waits),
        abandon_rate=counts[ABANDONED] / len(standing.offers) if standing.offers else None,
        longest_wait_s=max((*waits, *lost.values()), default=0.0),
        within_s=within_s,
        staffed_s=staffed,
        break_s=breaks,
    )


def _mean(values: Sequence[float]) -> float | None:
    return math.fsum(values) / len(values) if values else None


def _break_s(moments: Sequence[Moment], handled: Sequence[Handled], until_s: float) -> float:
    """Seconds on break: from each "break" (or the end of the call under way then) to the next "ready"."""
    total, began = 0.0, None
    for moment in (*moments, Moment(until_s, "ended")):
        if moment.type == BREAK and began is None:
            began = max([moment.at_s, *(h.written_up_s or until_s for h in handled if h.answered_s <= moment.at_s)])
        elif moment.type in (READY, "ended", "answered") and began is not None:
            total += max(0.0, min(moment.at_s, until_s) - began)
            began = None
    return total


def stretches(
    moments: Sequence[Moment], handled: Sequence[Handled], until_s: float
) -> tuple[tuple[str, float, float], ...]:
    """The shift as (state, from, to) one after the other, without gaps: what a timeline shows."""
    marks: list[tuple[float, str]] = [(0.0, READY)]
    marks += [(m.at_s, m.type) for m in moments if m.type in (READY, BREAK)]
    calls = sorted(handled, key=lambda one: one.answered_s)
    found: list[tuple[str, float, float]] = []
    now = 0.0

    def idle(to: float) -> None:
        nonlocal now
        state = next((what for at, what in reversed(marks) if at <= now), READY)
        for at, what in [*sorted(mark for mark in marks if now < mark[0] < to), (to, "")]:
            if at > now:
                found.append((state, now, at))
            now, state = at, what

    for one in calls:
        idle(min(one.answered_s, until_s))
        for state, to in ((ON_CALL, one.ended_s), (WRAP_UP, one.written_up_s)):
            end = until_s if to is None else min(to, until_s)
            if end > now:
                found.append((state, now, end))
                now = end
    idle(until_s)
    return tuple(found)

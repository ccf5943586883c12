"""Figures of how the call went by: observable times and counts only. No emotion is inferred from a voice, here or
anywhere: what is read are words with their times, silences, and whether both spoke at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from trainer.domain.grading.call_reading import CallReading, Turn
from trainer.domain.grading.call_rubric import Thresholds
from trainer.domain.grading.call_values import plain_words

_FILLERS = frozenset(
    ["um", "uh", "er", "erm", "ehm", "uhm", "uhh", "umm", "hmm", "hm", "mm", "mmm", "ah", "eh"]
    + ["euh", "heu", "hum", "hein", "bah", "ben", "beh", "bof"]
)
"""Sounds and words that carry nothing, in both languages, as recognizers write them."""
_FILLER_PAIRS = frozenset({("you", "know"), ("i", "mean"), ("sort", "of"), ("kind", "of"), ("en", "fait"), ("du", "coup")})  # fmt: skip


SHORTEST_S = 1.0
"""A shorter wait is how people talk."""


def measure_delivery(call: CallReading, limits: Thresholds) -> dict[str, float]:
    """The figures, units in their names (`_s` seconds, `_share` percent). Those of speech are left out where nothing
    was spoken; times of typed turns tell about typing and count in the length of the call only."""
    spoken = [t for t in call.turns if t.spoken]
    words = sum(len(t.text.split()) for t in call.turns)
    customer = sum(len(line.text.split()) for line in call.lines)
    figures: dict[str, float] = {
        "turns": float(len(call.turns)),
        "words": float(words),
        "talk_share": 100 * words / (words + customer) if words + customer else 0.0,
        "handle_time_s": call.seconds,
        "hold_s": sum(h.seconds or 0.0 for h in call.holds),
    }
    if call.wrap_up is not None:
        figures["wrap_up_s"] = call.wrap_up.seconds
    if spoken:
        figures |= _speech(spoken, limits)
    quiet = quiet_stretches(call, limits)
    figures["dead_air_s"] = sum(seconds for _, seconds in quiet if seconds >= limits.dead_air_s)
    figures["longest_silence_s"] = max((seconds for _, seconds in quiet), default=0.0)
    return {name: round(float(value), 2) for name, value in figures.items()}


def _speech(turns: Sequence[Turn], limits: Thresholds) -> Mapping[str, float]:
    talk = sum(speaking_seconds(turn) for turn in turns)
    counted = sum(len(t.recognized.split()) for t in turns)
    fillers = sum(fillers_in(t.recognized) for t in turns)
    pauses = [p for t in turns for p in pauses_in(t)]
    minutes = talk / 60
    return {
        "talk_time_s": talk,
        "words_per_minute": counted / minutes if minutes else 0.0,
        "fillers_per_minute": fillers / minutes if minutes else 0.0,
        "fillers_per_100_words": 100 * fillers / counted if counted else 0.0,
        "fillers": float(fillers),
        "long_pauses": float(sum(p >= limits.pause_s for p in pauses)),
        "longest_pause_s": max(pauses, default=0.0),
        "talk_over_count": float(sum(t.interrupted for t in turns)),
    }


def speaking_seconds(turn: Turn) -> float:
    """From the first word to the last where the recognizer gave times, else the turn's own length."""
    if turn.words:
        return max(0.0, turn.words[-1].end - turn.words[0].start)
    return max(0.0, turn.end - turn.start)


def words_per_minute(turn: Turn) -> float:
    """Of one turn; 0 where it has no length."""
    seconds = speaking_seconds(turn)
    return 60 * len(turn.recognized.split()) / seconds if seconds else 0.0


def pauses_in(turn: Turn) -> list[float]:
    """Seconds between each word and the next."""
    return [max(0.0, after.start - before.end) for before, after in zip(turn.words, turn.words[1:], strict=False)]


def fillers_in(text: str) -> int:
    words = plain_words(text)
    pairs = sum(pair in _FILLER_PAIRS for pair in zip(words, words[1:], strict=False))
    return sum(word in _FILLERS for word in words) + pairs


def quiet_stretches(call: CallReading, limits: Thresholds) -> list[tuple[int, float]]:
    """(event, seconds) of each stretch in which nobody spoke: reported silences, and the wait before each spoken turn.

    Holds are not among them. Silences reported one after the other within one wait are one stretch, as long as the
    longest.
    """
    longest = {t.seq: (t.seq, _wait(call, t)) for t in call.turns if t.spoken and t.heard}  # by the turn that ended it
    for seq, seconds in call.silences:
        after = call.turn_after(seq)
        key = after.seq if after else 0
        place, known = longest.get(key, (seq, 0.0))
        longest[key] = (place, max(known, seconds))
    return sorted((seq, round(s, 2)) for seq, s in longest.values() if s >= min(SHORTEST_S, limits.dead_air_s))


def _wait(call: CallReading, turn: Turn) -> float:
    """Seconds from the end of the customer's words to the operator's first, without holds."""
    heard = turn.heard[-1].end
    held = sum(h.seconds or 0.0 for h in call.holds if heard <= h.start <= turn.start)
    return max(0.0, turn.start - heard - held)

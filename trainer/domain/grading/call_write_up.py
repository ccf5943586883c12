"""Checks of the record and its write-up, and of time: each answered from values and figures already measured."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from trainer.domain.grade import Evidence, FieldGrade
from trainer.domain.grading.call_findings import Finding, not_applicable, shown
from trainer.domain.grading.call_reading import CallReading, Turn
from trainer.domain.grading.call_rubric import Thresholds
from trainer.domain.grading.call_values import plain_words
from trainer.domain.grading.delivery import fillers_in, pauses_in, quiet_stretches, words_per_minute

_SHARES = {"transposed": 0.25, "other_field": 0.25}
"""What a field still earns whose value was heard and put down, but not rightly."""
FEWEST_NOTE_WORDS = 3


def find_record(call: CallReading, fields: Sequence[FieldGrade]) -> Iterator[Finding]:
    """A check for each field that the call came to; the code; the write-up; promises.

    What was never said is shown where it was written, or where the call ended.
    """
    written = _written_at(call)
    for one in fields:
        params = {"label": one.label, "typed": one.typed, "truth": one.truth, "mistake": one.mistake}
        if not one.asked:
            yield Finding("record.field", "not_applicable", (), params, one.field)
            continue
        evidence = (Evidence(one.typed, f"record:{one.mistake or 'right'}", 1.0, one.seq or written),)
        share = _SHARES.get(one.mistake)
        yield Finding("record.field", "yes" if one.right else "no", evidence, params, one.field, share, one.weight)
    if not fields:
        yield not_applicable("record.field")
    yield _disposition(call)
    yield _saved(call)
    yield _promises(call)


def _written_at(call: CallReading) -> int:
    return call.wrap_up.seq if call.wrap_up else call.end_seq


def _disposition(call: CallReading) -> Finding:
    check = "record.disposition"
    if not call.case.dispositions or not call.outcome:
        return not_applicable(check)
    chosen = call.wrap_up.disposition if call.wrap_up else ""
    right = any(d.id == chosen and call.outcome in d.right_for for d in call.case.dispositions)
    label = next((d.label for d in call.case.dispositions if d.id == chosen), chosen)
    evidence = (Evidence(label, "record:disposition", 1.0, _written_at(call)),)
    return Finding(check, "yes" if right else "no", evidence)


def _saved(call: CallReading) -> Finding:
    check = "record.saved"
    if not call.outcome:
        return not_applicable(check)
    if call.wrap_up is None:
        return Finding(check, "no", (Evidence("", "missing:wrap_up", 1.0, call.end_seq),))
    return Finding(check, "yes", (Evidence("", "wrap_up_saved", 1.0, call.wrap_up.seq),))


def _promises(call: CallReading) -> Finding:
    """What was promised with a time has to be found by whoever opens the record next: in a field or in the notes."""
    check = "record.promises"
    made = [(t, p) for t in call.turns for p in t.understanding.promises if p.when and p.who in ("i", "we")]
    if not made or not call.outcome:
        return not_applicable(check)
    notes = call.wrap_up.notes if call.wrap_up else ""
    typed = [f.id for f in call.case.form if f.type in ("date", "note", "text", "choice") and call.form.get(f.id)]
    evidence = tuple(Evidence(p.quote, "promise", t.confidence, t.seq) for t, p in made[:3])
    written = bool(typed) or len(plain_words(notes)) >= FEWEST_NOTE_WORDS
    return Finding(check, "yes" if written else "no", evidence)


def find_delivery(call: CallReading, figures: Mapping[str, float], limits: Thresholds) -> Iterator[Finding]:
    """Observable figures of speech; not applicable to typed turns."""
    spoken = [t for t in call.turns if t.spoken]
    words = sum(len(t.recognized.split()) for t in spoken)
    hard_to_hear = bool(spoken) and sum(t.confidence for t in spoken) / len(spoken) < limits.recognition_floor
    enough = words >= limits.fewest_words
    rate = figures.get("words_per_minute", 0.0)
    low, high = limits.words_per_minute_low, limits.words_per_minute_high
    pace = {"rate": f"{rate:.0f}", "low": f"{low:.0f}", "high": f"{high:.0f}"}
    outside = _worst(spoken, lambda t: max(low - words_per_minute(t), words_per_minute(t) - high))
    yield _figure("pace", low <= rate <= high, enough, pace, hard_to_hear, outside)
    fillers = figures.get("fillers_per_minute", 0.0)
    few = fillers <= limits.fillers_per_minute
    most_fillers = _worst(spoken, lambda t: fillers_in(t.recognized))
    yield _figure("fillers", few, enough, {"rate": f"{fillers:.1f}"}, hard_to_hear, most_fillers)
    pauses = figures.get("long_pauses", 0.0)
    timed = any(t.words for t in spoken)
    longest = _worst(spoken, lambda t: max(pauses_in(t), default=0.0))
    yield _figure("pauses", pauses <= limits.long_pauses, timed, {"count": f"{pauses:.0f}"}, turns=longest)
    silence = figures.get("longest_silence_s", 0.0)
    listened = bool(spoken or call.silences)
    quiet = tuple(
        Evidence("", f"dead_air:{seconds:.0f}s", 1.0, seq)
        for seq, seconds in quiet_stretches(call, limits)
        if seconds > limits.dead_air_most_s
    )
    heard = silence <= limits.dead_air_most_s
    yield _figure("dead_air", heard, listened, {"seconds": f"{silence:.1f}"}, shown_by=quiet)
    overs = figures.get("talk_over_count", 0.0)
    over = [t for t in spoken if t.interrupted]
    yield _figure("talk_over", overs <= limits.talk_overs, bool(spoken), {"count": f"{overs:.0f}"}, turns=over)


MOST_SHOWN = 3


def _worst(turns: Sequence[Turn], how_bad: Callable[[Turn], float]) -> list[Turn]:
    """The turn in which a figure shows most."""
    return [max(turns, key=how_bad)] if turns else []


def _figure(
    name: str,
    good: bool,
    applies: bool,
    params: Mapping[str, str],
    unsure: bool = False,
    turns: Sequence[Turn] = (),
    shown_by: tuple[Evidence, ...] = (),
) -> Finding:
    """A figure that is not good shows where: in `turns`, or by evidence of its own."""
    check = f"delivery.{name}"
    if not applies:
        return Finding(check, "not_applicable", (), params)
    if good:
        return Finding(check, "yes", (), params)
    where = shown_by or tuple(shown(turn, f"figure:{name}") for turn in turns)
    return Finding(check, "undecided" if unsure else "no", where[:MOST_SHOWN], params)


def find_handling_time(call: CallReading, limits: Thresholds) -> Iterator[Finding]:
    """Length of the call, without wrap-up, against the scenario's minutes. Typing is not timed: it is an accessible
    way of taking part, not a skill of this job's telephone."""
    most = call.case.minutes * 60 * limits.time_share
    params = {"seconds": f"{call.seconds:.0f}", "most": f"{most:.0f}"}
    typed = sum(not t.spoken for t in call.turns)
    if not call.turns or typed * 2 > len(call.turns) or not call.outcome:
        yield Finding("handling_time.call", "not_applicable", (), params)
    else:
        over = max(0.0, call.seconds / most - 1) if most else 0.0
        share = None if over == 0 else round(max(0.0, 1 - over), 3)
        ended = (Evidence("", "figure:length", 1.0, call.end_seq),)
        yield Finding("handling_time.call", "no" if over else "yes", ended, params, "", share)
    if call.wrap_up is None:
        yield not_applicable("handling_time.wrap_up")
        return
    seconds = call.wrap_up.seconds
    soon = {"seconds": f"{seconds:.0f}", "most": f"{limits.wrap_up_s:.0f}"}
    saved = (Evidence("", "figure:wrap_up", 1.0, call.wrap_up.seq),)
    yield Finding("handling_time.wrap_up", "yes" if seconds <= limits.wrap_up_s else "no", saved, soon)

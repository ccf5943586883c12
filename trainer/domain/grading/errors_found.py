"""The seven fundamental errors: one of them, decided, fails the call whatever its score.

Each is decided only where what shows it is sure: a rule that is certain, or two independent signs that agree (what was
understood and how the customer took it). One sign alone, or words that were hard to hear, wait for a person.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from trainer.domain.grade import ErrorFound, Evidence, FieldGrade, ObjectionGrade
from trainer.domain.grading.call_accuracy import is_clear, statements
from trainer.domain.grading.call_findings import shown, shown_act, shown_line
from trainer.domain.grading.call_identity import told_to_others, uses_before_identified
from trainer.domain.grading.call_manners import announcement
from trainer.domain.grading.call_objections import pressed_turns
from trainer.domain.grading.call_reading import CallReading, Turn
from trainer.domain.grading.call_rubric import Thresholds
from trainer.domain.grading.call_values import plain_words
from trainer.domain.grading.delivery import quiet_stretches
from trainer.domain.grading.record import said_in_promise, same_value
from trainer.domain.grading.reply import HARD_TO_HEAR

FEWEST_REPEATED_WORDS = 5
HEAVY = 3
"""Weight of the fields that hold what the call was for."""
MOST_SHOWN = 4
_REPLY_ERRORS = {
    1: ("rude", "blame_customer"),
    2: ("ignored_customer", "empty_or_unrelated"),
    3: ("false_information",),
    4: ("data_disclosure",),
    5: ("pressure",),
}
"""Critical errors of a reply that show a fundamental error."""


@dataclass(frozen=True, slots=True)
class Sign:
    """One thing that shows an error; `sure` decides it."""

    evidence: Evidence
    sure: bool


def find_errors(
    call: CallReading, record: Sequence[FieldGrade], objections: Sequence[ObjectionGrade], limits: Thresholds
) -> tuple[ErrorFound, ...]:
    """The errors found, by number; each with its evidence in the order of the call, the sure signs first."""
    found: list[ErrorFound] = []
    for number, signs in (
        (1, _rudeness(call, objections, limits)),
        (2, _not_hearing(call, objections, limits)),
        (3, _false_information(call, objections, limits)),
        (4, _disclosure(call, objections, limits)),
        (5, _pressure(call, objections, limits)),
        (6, _abandonment(call, limits)),
        (7, _false_record(call, record)),
    ):
        if error := _error(number, (*signs, *_hard_to_hear(call, objections, *_REPLY_ERRORS.get(number, ())))):
            found.append(error)
    return tuple(found)


def _error(number: int, signs: Iterable[Sign]) -> ErrorFound | None:
    every = list(signs)
    sure = [sign.evidence for sign in every if sign.sure]
    shown_signs = sure or [sign.evidence for sign in every]
    return ErrorFound(number, tuple(shown_signs[:MOST_SHOWN]), bool(sure)) if every else None


def _acts(call: CallReading, limits: Thresholds, *names: str) -> Iterator[Sign]:
    for turn in call.turns:
        act = turn.act(*names)
        if act is not None and act.confidence >= limits.seen_from:
            yield Sign(shown_act(turn, act), act.confidence >= limits.error_from and _clear(turn, limits))


def _replies(call: CallReading, objections: Sequence[ObjectionGrade], *errors: str) -> Iterator[tuple[Turn, Sign]]:
    """Replies graded with one of these critical errors: a sign that never decides alone whether a call is failed."""
    turns = {t.seq: t for t in call.turns}
    for one in objections:
        if one.grade.critical_error in errors:
            turn, error = turns[one.seq], one.grade.critical_error
            named = (e for e in one.grade.evidence if e.criterion == "critical_error")
            quote = next((e.quote for e in named), "")
            confidence = min(one.grade.confidence, turn.confidence)
            yield turn, Sign(shown(turn, f"reply:{error}", quote, confidence), False)


def _hard_to_hear(call: CallReading, objections: Sequence[ObjectionGrade], *errors: str) -> Iterator[Sign]:
    """Critical errors that hang on words which may have been misheard: a person listens, whatever else agrees."""
    turns = {t.seq: t for t in call.turns}
    for one in objections:
        for shows in one.grade.evidence:
            error, hangs = shows.rule.split(":", 1)[0], shows.rule.endswith(HARD_TO_HEAR)
            if hangs and error in errors:
                yield Sign(shown(turns[one.seq], f"reply:{error}", shows.quote, one.grade.confidence), False)


def _clear(turn: Turn, limits: Thresholds) -> bool:
    return turn.confidence >= limits.recognition_floor


def _does(turn: Turn, limits: Thresholds, *acts: str) -> bool:
    """The turn was understood to do one of these, too."""
    act = turn.act(*acts)
    return act is not None and act.confidence >= limits.seen_from and _clear(turn, limits)


def _marks_after(call: CallReading, turn: Turn) -> tuple[str, ...]:
    """How the customer took the turn."""
    return next((line.marks for line in call.lines if line.seq > turn.seq), ())


def _rudeness(call: CallReading, objections: Sequence[ObjectionGrade], limits: Thresholds) -> Iterator[Sign]:
    yield from _acts(call, limits, "rude")
    for turn, sign in _replies(call, objections, *_REPLY_ERRORS[1]):
        yield Sign(sign.evidence, _does(turn, limits, "rude", "blame") or "offended" in _marks_after(call, turn))


def _not_hearing(call: CallReading, objections: Sequence[ObjectionGrade], limits: Thresholds) -> Iterator[Sign]:
    for turn, sign in _replies(call, objections, *_REPLY_ERRORS[2]):
        unmoved = any(m == "idle" or m.startswith("insisted:") for m in _marks_after(call, turn))
        yield Sign(sign.evidence, sign.evidence.confidence >= limits.error_from and unmoved)
    parroted = [line for line in call.lines if "parroted" in line.marks]
    for line in parroted[1:]:
        yield Sign(shown_line(line, "mark:parroted"), True)
    yield from _script_read_on(call, limits)
    cut_off = [t for t in call.turns if t.interrupted]
    if len(cut_off) >= limits.talk_overs_error:
        yield from (Sign(shown(turn, "talk_over", confidence=1.0), True) for turn in cut_off)


def _script_read_on(call: CallReading, limits: Thresholds) -> Iterator[Sign]:
    """The very same words again and again, whatever the customer said in between."""
    said = Counter(" ".join(plain_words(turn.text)) for turn in call.turns)
    for turn in call.turns:
        words = plain_words(turn.text)
        if len(words) >= FEWEST_REPEATED_WORDS and said[" ".join(words)] >= limits.repeats:
            yield Sign(shown(turn, "same_words"), _clear(turn, limits))


def _false_information(call: CallReading, objections: Sequence[ObjectionGrade], limits: Thresholds) -> Iterator[Sign]:
    contradicted = set()
    for one in statements(call):
        if one.claim.true is not False or one.put_right is not None:
            continue
        confidence = min(one.claim.confidence, one.turn.confidence)
        contradicted.add(one.turn.seq)
        evidence = shown(one.turn, f"fact:{one.claim.fact}", one.claim.quote, confidence)
        yield Sign(evidence, confidence >= limits.error_from and is_clear(one))
    for turn, sign in _replies(call, objections, *_REPLY_ERRORS[3]):
        if turn.seq not in contradicted:
            yield Sign(sign.evidence, False)  # no fact contradicts it: a person has to look


def _disclosure(call: CallReading, objections: Sequence[ObjectionGrade], limits: Thresholds) -> Iterator[Sign]:
    asked = call.first("identity_check", floor=limits.seen_from) if call.case.is_holder else None
    for evidence in told_to_others(call):
        yield Sign(evidence, True)
    for use in uses_before_identified(call, limits):
        # asked for, but never quite answered: whether that was check enough is a person's to say
        half_checked = asked is not None and asked[0].seq < use.turn.seq
        yield Sign(use.evidence, use.sure and (use.never or not half_checked))
    for _turn, sign in _replies(call, objections, *_REPLY_ERRORS[4]):
        yield Sign(sign.evidence, False)


def _pressure(call: CallReading, objections: Sequence[ObjectionGrade], limits: Thresholds) -> Iterator[Sign]:
    for turn, evidence in pressed_turns(call):
        yield Sign(evidence, _clear(turn, limits))
    yield from _acts(call, limits, "pressure")
    for turn, sign in _replies(call, objections, *_REPLY_ERRORS[5]):
        yield Sign(sign.evidence, _does(turn, limits, "pressure"))


def _abandonment(call: CallReading, limits: Thresholds) -> Iterator[Sign]:
    for seq, seconds in quiet_stretches(call, limits):
        if seconds >= limits.dead_air_error_s:
            yield Sign(Evidence("", f"dead_air:{seconds:.0f}s", 1.0, seq), True)
    for line in call.lines:
        if "silence:3" in line.marks:
            yield Sign(shown_line(line, "mark:silence:3"), True)
    for hold in call.holds:
        yield from _unannounced(call, hold.seq, hold.announced, "hold_notice", limits)
    for transfer in call.transfers:
        yield from _unannounced(call, transfer.seq, transfer.announced, "transfer_notice", limits)
    if call.outcome == "operator_hung_up":
        yield Sign(Evidence("", "hung_up:operator", 1.0, call.hung_up_seq), True)


def _unannounced(call: CallReading, seq: int, noted: bool, act: str, limits: Thresholds) -> Iterator[Sign]:
    finding = announcement(call, act, seq, noted, act, limits)
    if finding.answer in ("no", "undecided"):
        yield Sign(Evidence("", f"unannounced:{act}", 1.0, seq), finding.answer == "no")


def _false_record(call: CallReading, record: Sequence[FieldGrade]) -> Iterator[Sign]:
    if not call.outcome:
        return
    for one in record:
        if one.mistake in ("false", "unrecorded"):
            quote = f"{one.label}: {one.typed or one.truth}"
            sure = one.mistake == "false" or _agreed(call, one)
            yield Sign(Evidence(quote, f"record:{one.mistake}:{one.field}", 1.0, one.seq), sure)
        elif call.success and one.mistake in ("wrong", "other_field") and one.weight >= HEAVY:
            # a slip of the hand or another agreement than the one made: a person sees which
            yield Sign(Evidence(f"{one.label}: {one.typed}", f"record:{one.mistake}:{one.field}", 1.0, one.seq), False)
    asked = any(f.asked and not f.right for f in record)
    if call.wrap_up is None and call.success and asked and not any(call.form.values()):
        yield Sign(Evidence("", "record:nothing_written", 1.0, call.end_seq), True)
    if call.wrap_up is not None and not call.success:
        yield from _claimed_success(call)


def _agreed(call: CallReading, one: FieldGrade) -> bool:
    """Said as something agreed: within a promise, or as the day or amount that the company lets operators promise;
    not merely repeated to find the file or to understand the need."""
    field = next(f for f in call.case.form if f.id == one.field)
    turn = next((t for t in call.turns if t.seq == one.seq), None)
    promised = (p for t in call.turns for p in t.understanding.promises)
    if any(said_in_promise(call, field, promise) for promise in promised):
        return True
    return turn is not None and any(f.promise and same_value(field, f.value, field.truth) for f in call.case.all_facts)


def _claimed_success(call: CallReading) -> Iterator[Sign]:
    """A code that stands for a success only, chosen for a call that was none."""
    good = {end.outcome for end in call.case.ends if end.success}
    for one in call.case.dispositions:
        chosen = call.wrap_up is not None and one.id == call.wrap_up.disposition
        if chosen and one.right_for and set(one.right_for) <= good and call.outcome not in one.right_for:
            yield Sign(Evidence(one.label, "record:disposition", 1.0, call.wrap_up.seq if call.wrap_up else None), True)

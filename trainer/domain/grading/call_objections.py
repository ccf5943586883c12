"""Objections: which of the operator's turns answers which, how well, and what became of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from trainer.domain.grade import Evidence, ObjectionGrade, ReplyGrade
from trainer.domain.grading.call_findings import Finding, not_applicable, shown, shown_line
from trainer.domain.grading.call_reading import CallReading, Line, Turn
from trainer.domain.grading.call_rubric import Thresholds
from trainer.domain.scenario import Objection

_RAISING = ("objection:", "insisted:", "firm_no:")
WEAK_FROM = 35
"""Overall from which a reply is weak and no longer poor."""
MOST_UNDECIDED = 2
"""Undecided criteria of a reply from which its mark does not count."""


@dataclass(frozen=True, slots=True)
class ObjectionTurn:
    """`turn` answers what `line` held against it; `customer` is all that was said since the operator's turn before.

    `after` is the operator's next turn where the first asked a question and the customer answered it: to ask first and
    to answer then is one way of handling an objection, and is graded as one.
    """

    objection: Objection
    line: Line
    turn: Turn
    customer: str
    after: Turn | None = None

    @property
    def reply(self) -> str:
        return self.turn.text if self.after is None else f"{self.turn.text} {self.after.text}"

    @property
    def confidence(self) -> float:
        """The recognizer's, of the turn harder to hear."""
        return min(self.turn.confidence, self.after.confidence) if self.after else self.turn.confidence

    @property
    def words(self) -> tuple[tuple[str, float], ...]:
        """What was recognized, word by word with the confidence in each; nothing of a turn that was corrected."""
        turns = (self.turn,) if self.after is None else (self.turn, self.after)
        return tuple((w.text, w.confidence) for t in turns if t.text == t.recognized for w in t.words)


def objection_turns(call: CallReading) -> tuple[ObjectionTurn, ...]:
    """The reply to each objection raised, repeated or made final, in the order of the call."""
    by_id = {o.id: o for o in call.case.objections}
    found: list[ObjectionTurn] = []
    for turn in call.turns:
        for line in reversed(turn.heard):
            named = next((by_id[o] for o in _named(line) if o in by_id), None)
            if named is not None:
                after = _answer_after_question(call, turn)
                heard = (*turn.heard, *(after.heard if after else ()))
                found.append(ObjectionTurn(named, line, turn, " ".join(one.text for one in heard), after))
                break
    return tuple(found)


def _answer_after_question(call: CallReading, turn: Turn) -> Turn | None:
    """The operator's next turn, where this one asked and the customer told without insisting or giving in."""
    after = call.turn_after(turn.seq)
    if turn.understanding.question == "none" or after is None:
        return None
    marks = [mark for line in after.heard for mark in line.marks]
    told = any(mark.startswith("topic:") for mark in marks)
    return after if told and not any(mark.startswith((*_RAISING, "resolved:", "end:")) for mark in marks) else None


def _named(line: Line) -> list[str]:
    """Objections that the line raises or repeats; one that it only settles needs no answer."""
    return [mark.split(":", 1)[1] for mark in line.marks if mark.startswith(_RAISING)]


def grade_objections(call: CallReading, replies: Mapping[int, ReplyGrade]) -> tuple[ObjectionGrade, ...]:
    """`replies` are the grades of the turns of `objection_turns`, by the number of the turn's event."""
    return tuple(
        ObjectionGrade(one.objection.id, one.objection.type, one.line.seq, one.turn.seq, replies[one.turn.seq])
        for one in objection_turns(call)
        if one.turn.seq in replies
    )


def find_objections(call: CallReading, graded: tuple[ObjectionGrade, ...], limits: Thresholds) -> Iterator[Finding]:
    """A check for each reply, for each objection's end, and for a firm no."""
    turns = {t.seq: t for t in call.turns}
    for one in graded:
        yield _reply(call, turns[one.seq], one, limits)
    if not graded:
        yield not_applicable("objections.reply")
    raised = [o for o in call.case.objections if f"objection:{o.id}" in call.marks]
    yield from (_settled(call, o) for o in raised)
    if not raised:
        yield not_applicable("objections.settled")
    yield _firm_no(call)


def _reply(call: CallReading, turn: Turn, one: ObjectionGrade, limits: Thresholds) -> Finding:
    grade = one.grade
    unsure = is_unsure(grade, limits) or turn.confidence < limits.recognition_floor
    if WEAK_FROM <= grade.overall < limits.reply_good and grade.critical_error is None:
        # graded weak, and yet it settled the matter for this customer: the two contradict each other
        unsure = unsure or _settled_by(call, turn, one.objection)
    answer = "undecided" if unsure else "yes" if grade.overall >= limits.reply_good else "no"
    params = {"overall": str(grade.overall), "objection": one.objection, "type": one.type}
    evidence = shown(turn, "reply", confidence=grade.confidence)
    share = None if unsure else grade.overall / 100
    return Finding("objections.reply", answer, (evidence,), params, str(one.seq), share)


def is_unsure(grade: ReplyGrade, limits: Thresholds) -> bool:
    """Too much of the reply is undecided for its mark to count: a person looks."""
    return len(grade.undecided) >= MOST_UNDECIDED or grade.confidence < limits.recognition_floor


def _settled_by(call: CallReading, turn: Turn, objection: str) -> bool:
    seq = call.marks.get(f"resolved:{objection}")
    before = call.turn_before(seq) if seq is not None else None
    return before is not None and before.seq == turn.seq


def _settled(call: CallReading, objection: Objection) -> Finding:
    """Resolved, or ended by a firm no that was respected. `firm` ones cannot be won: their no is a good end."""
    check = "objections.settled"
    params = {"objection": objection.id, "type": objection.type}
    for mark in (f"resolved:{objection.id}", f"firm_no:{objection.id}"):
        if mark in call.marks and f"pressed:{objection.id}" not in call.marks:
            if mark.startswith("firm_no:") and objection.firm != "yes":
                continue
            line = _line(call, call.marks[mark])
            return Finding(check, "yes", (shown_line(line, f"mark:{mark}"),), params, objection.id)
    line = _line(call, call.marks[f"objection:{objection.id}"])
    return Finding(check, "no", (shown_line(line, f"mark:objection:{objection.id}"),), params, objection.id)


def _firm_no(call: CallReading) -> Finding:
    check = "objections.firm_no"
    said = [mark for mark in call.marks if mark.startswith("firm_no:")]
    if not said:
        return not_applicable(check)
    pressed = pressed_turns(call)
    if pressed:
        return Finding(check, "no", tuple(evidence for _, evidence in pressed))
    return Finding(check, "yes", (shown_line(_line(call, call.marks[said[0]]), f"mark:{said[0]}"),))


def pressed_turns(call: CallReading) -> list[tuple[Turn, Evidence]]:
    """The operator's turns that pressed on after a firm no, as the customer took them."""
    found = []
    for mark, seq in call.marks.items():
        turn = call.turn_before(seq) if mark.startswith("pressed:") else None
        if turn is not None:
            found.append((turn, shown(turn, f"mark:{mark}")))
    return found


def _line(call: CallReading, seq: int) -> Line:
    return next(line for line in call.lines if line.seq == seq)

"""People look at graded calls: what waits for them, their decisions on single checks, and their comments.

A decision changes the mark that counts, never the machine's grade. What a person decided is kept when the call is graded
again, and put into the new grade.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from trainer.content.call_rubric import call_rubric
from trainer.domain.errors import Conflict, Invalid, NotAllowed, NotFound
from trainer.domain.grade import CallGrade
from trainer.domain.grading.decided import DECISIONS, ERROR, Decision, answer_in, error_id, with_decisions
from trainer.domain.roles import Actor
from trainer.services.marks import MARKERS, checked_reason, mark_of
from trainer.store import calls as call_store
from trainer.store import reviews as store
from trainer.store.audit import record
from trainer.store.calls import FINISHED, Call, CallGradeRow
from trainer.store.documents import from_document, to_document
from trainer.store.marks import CallMark, latest_marks
from trainer.store.reviews import FROM_GRADE, KINDS, CallComment, CheckDecision, ReviewItem, Waiting

COMMENT_LENGTH = 2000
CLOSED_BY_LOOKING = (*FROM_GRADE, "differs")
PAGE = 30
"""Calls on one page of the queue."""


@dataclass(frozen=True, slots=True)
class Queue:
    """A page of the queue. `total` counts all calls that wait for one of `kinds`."""

    waiting: tuple[Waiting, ...]
    total: int
    page: int

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // PAGE))


def open_queue(session: Session, actor: Actor, kind: str = "", page: int = 1) -> Queue:
    """What waits in the actor's organisation, the oldest first; of one kind if it is given. Raises NotFound."""
    if kind and kind not in KINDS:
        raise NotFound
    kinds = (kind,) if kind else KINDS
    total = store.count_waiting(session, actor.organisation_id, kinds)
    page = min(max(1, page), max(1, -(-total // PAGE)))
    found = store.waiting_calls(session, actor.organisation_id, kinds, PAGE, (page - 1) * PAGE)
    return Queue(tuple(found), total, page)


def next_waiting(session: Session, actor: Actor, after: Call) -> Call | None:
    """The call that has waited longest to be looked at, other than this one and the actor's own."""
    for one in store.waiting_calls(session, actor.organisation_id, ("appeal", *CLOSED_BY_LOOKING), PAGE, 0):
        if one.call.id != after.id and one.call.user_id != actor.user_id:
            return one.call
    return None


def may_review(actor: Actor, call: Call) -> bool:
    """Whether the actor may decide on checks of this call: assessed, finished, and not their own."""
    return (
        call.mode == "assessed" and call.state == FINISHED and call.user_id != actor.user_id and actor.is_any(*MARKERS)
    )


def reviewed_call(session: Session, actor: Actor, call_id: str) -> tuple[Call, CallGradeRow]:
    """A call that the actor may review, and its newest grade. Raises NotFound, NotAllowed, Conflict."""
    call = call_store.find_call(session, actor.organisation_id, call_id)
    if call is None or call.mode != "assessed" or not actor.is_any(*MARKERS):
        raise NotFound("call.not_found")
    if call.user_id == actor.user_id:
        raise NotAllowed("mark.own_call")
    row = call_store.latest_grade(session, call)
    if call.state != FINISHED or row is None:
        raise Conflict("call.still_on")
    return call, row


def decisions_in_force(session: Session, call: Call) -> dict[str, Decision]:
    """The newest decision on each check, by check id; those taken back are left out."""
    return _in_force(store.decisions_of(session, call))


def _in_force(rows: Sequence[CheckDecision]) -> dict[str, Decision]:
    newest = {row.check_id: row for row in rows}
    return {name: Decision(name, row.answer, row.reason, row.by_name) for name, row in newest.items() if row.answer}


def effective_grade(session: Session, call: Call, row: CallGradeRow) -> CallGrade:
    """The machine's grade with what people decided in it, and without what it may not decide alone."""
    return decided_grade(session, call, from_document(CallGrade, row.grade), row.people_decide or ())


def effective_documents(session: Session, rows: Mapping[int, CallGradeRow]) -> dict[int, dict[str, Any]]:
    """The grades of many calls as documents, by call id, with what people decided in them. One query; where nobody
    decided anything it is the machine's own."""
    decided = store.decisions_of_calls(session, list(rows))
    found = {}
    for number, row in rows.items():
        found[number] = row.grade
        if number in decided or row.people_decide:
            grade, theirs = from_document(CallGrade, row.grade), _in_force(decided.get(number, ()))
            found[number] = to_document(with_decisions(grade, theirs, pass_mark(grade), row.people_decide or ()))
    return found


def decided_grade(session: Session, call: Call, grade: CallGrade, for_people: Collection[str]) -> CallGrade:
    """Any grade of the call with what people decided about it."""
    return with_decisions(grade, decisions_in_force(session, call), pass_mark(grade), for_people)


def pass_mark(grade: CallGrade) -> float:
    """The pass mark of the rubric that the grade was given with."""
    return call_rubric(grade.rubric_version.split("+")[0]).thresholds.pass_mark


def decide_check(
    session: Session, actor: Actor, call_id: str, *, check: str, answer: str, reason: str, now: datetime
) -> CheckDecision:
    """Answer one check (or "error:3") of an assessed call; "" gives it back to the machine.

    Raises NotFound, NotAllowed for one's own call, Conflict while it is not graded, Invalid.
    """
    call, row = reviewed_call(session, actor, call_id)
    machine = answer_in(from_document(CallGrade, row.grade), check)
    if machine is None:
        raise NotFound("review.no_check")
    allowed = DECISIONS[:2] if check.startswith(ERROR) else DECISIONS
    if answer and answer not in allowed:
        raise Invalid("review.bad_answer", field="answer")
    reason = checked_reason(reason)
    decision = CheckDecision(
        organisation_id=call.organisation_id,
        call_id=call.id,
        check_id=check,
        answer=answer,
        machine=machine,
        reason=reason,
        by_id=actor.user_id,
        by_name=actor.name,
        at=now,
    )
    session.add(decision)
    session.flush()
    _count_decisions(session, actor, call, row, now)
    record(session, actor, "call.check_decided", call, now, {"check": check, "answer": answer, "machine": machine})
    session.commit()
    return decision


def _count_decisions(session: Session, actor: Actor, call: Call, row: CallGradeRow, now: datetime) -> None:
    """The mark that follows from the decisions, and the queue as it stands with them."""
    grade = effective_grade(session, call, row)
    before = mark_of(row, latest_marks(session, [call.id]).get(call.id))
    if (before.overall, before.passed) != (grade.overall, grade.passed):
        session.add(_mark_from_checks(call, grade, actor.user_id, actor.name, now))
    _settle_items(session, call, grade, actor.name, now)


def _mark_from_checks(call: Call, grade: CallGrade, by_id: int, by_name: str, now: datetime) -> CallMark:
    return CallMark(
        organisation_id=call.organisation_id,
        call_id=call.id,
        overall=grade.overall,
        passed=grade.passed,
        reason="",
        from_checks=True,
        by_id=by_id,
        by_name=by_name,
        at=now,
    )


def after_grading(session: Session, call: Call, row: CallGradeRow, now: datetime) -> None:
    """A grade was made: put earlier decisions into it, and queue what a person has to look at. Only assessed calls.

    A mark that a person gave as a whole stays as it is. Does not commit.
    """
    if call.mode != "assessed":
        return
    grade = effective_grade(session, call, row)
    given = latest_marks(session, [call.id]).get(call.id)
    if given is not None and given.from_checks and (grade.overall, grade.passed) != (given.overall, given.passed):
        session.add(_mark_from_checks(call, grade, given.by_id, given.by_name, now))
    _settle_items(session, call, grade, "", now)


def _settle_items(session: Session, call: Call, grade: CallGrade, by: str, now: datetime) -> None:
    """Open what newly waits by this grade, close what waits no longer."""
    wanted = _reasons(session, call, grade)
    items = store.items_of(session, call)
    for kind in FROM_GRADE:
        about, item = wanted.get(kind), items.get(kind)
        if about is None:
            if item is not None and item.closed_at is None:
                item.closed_at, item.closed_by = now, by
        elif item is None:
            open_item(session, call, kind, about, now)
        elif item.about != about:
            if item.closed_at is not None and set(about) - set(item.about):
                item.closed_at, item.closed_by, item.opened_at = None, "", now
            item.about = about


def _reasons(session: Session, call: Call, grade: CallGrade) -> dict[str, list[str]]:
    """Why the call waits with that effective grade, with the checks it is about."""
    decided = decisions_in_force(session, call)
    found: dict[str, list[str]] = {}
    if grade.undecided:
        found["undecided"] = sorted(grade.undecided)
    errors = [error_id(one.number) for one in grade.errors if one.decided]
    if grade.success and grade.overall >= pass_mark(grade) and errors and not set(errors) <= set(decided):
        found["error"] = errors
    corrected = [
        str(e.data["utterance"]) for e in call_store.events_of(session, call) if e.type == "transcript_corrected"
    ]
    if corrected:
        found["corrected"] = sorted(set(corrected))
    return found


def open_item(session: Session, call: Call, kind: str, about: list[str], now: datetime) -> ReviewItem:
    """Put a call into the queue for one reason, or back into it. Does not commit."""
    item = store.items_of(session, call).get(kind)
    if item is None:
        item = ReviewItem(organisation_id=call.organisation_id, call_id=call.id, kind=kind, about=about, opened_at=now)
        session.add(item)
    else:
        item.about, item.opened_at, item.closed_at, item.closed_by = about, now, None, ""
    session.flush()
    return item


def looked_at(session: Session, actor: Actor, call_id: str, now: datetime) -> Call:
    """The actor has looked and leaves the rest as it is. Raises as `reviewed_call`.

    An appeal stays open until its answer, and a blind marking that is asked for until it is handed in.
    """
    call, _ = reviewed_call(session, actor, call_id)
    closed = []
    for kind, item in store.items_of(session, call).items():
        if kind in CLOSED_BY_LOOKING and item.closed_at is None:
            item.closed_at, item.closed_by = now, actor.name
            closed.append(kind)
    if closed:
        record(session, actor, "call.looked_at", call, now, {"kinds": sorted(closed)})
    session.commit()
    return call


def comment(
    session: Session, actor: Actor, call_id: str, *, seq: int, at_s: float, text: str, now: datetime
) -> CallComment:
    """Say something about a moment of an assessed call, which the learner reads. `at_s`: seconds from its start.

    Raises NotFound for a turn that is none, Invalid, and as `reviewed_call`.
    """
    call, _ = reviewed_call(session, actor, call_id)
    event = call_store.find_event(session, call, seq)
    if event is None:
        raise NotFound("review.no_turn")
    text = text.strip()
    if not text or len(text) > COMMENT_LENGTH:
        raise Invalid("review.bad_comment", field="text", longest=COMMENT_LENGTH)
    last = call_store.events_of(session, call)[-1].at_ms
    said = CallComment(
        organisation_id=call.organisation_id,
        call_id=call.id,
        seq=seq,
        at_ms=min(max(0, round(at_s * 1000)), last),
        text=text,
        by_id=actor.user_id,
        by_name=actor.name,
        at=now,
    )
    session.add(said)
    record(session, actor, "call.commented", call, now, {"at_s": round(said.at_ms / 1000, 1)})
    session.commit()
    return said

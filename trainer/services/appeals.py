"""A learner disagrees with a mark: until when, who answers, by when, and what comes of it.

One appeal a call. Whoever decided on the call before may not answer it: a second person looks. The outcome is what the
mark is then: changed or kept.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from trainer.domain.errors import Conflict, NotAllowed, NotFound
from trainer.domain.roles import Actor
from trainer.services.marks import checked_reason, marks_of_calls
from trainer.services.reviewing import open_item, reviewed_call
from trainer.store import calls as call_store
from trainer.store import reviews as store
from trainer.store.accounts import User
from trainer.store.audit import record
from trainer.store.calls import FINISHED, Call
from trainer.store.marks import latest_marks, marks_of
from trainer.store.reviews import Appeal

MAY_APPEAL_FOR = timedelta(days=14)
"""From the newest mark on, so that a mark that is changed later can be appealed against, too."""
ANSWERED_WITHIN = timedelta(days=7)
OPEN, CHANGED, KEPT = "", "changed", "kept"


def appeal_until(session: Session, call: Call) -> datetime | None:
    """The last moment for an appeal against this call's mark; None where there is no mark, or was one already."""
    row = call_store.latest_grade(session, call)
    if call.mode != "assessed" or call.state != FINISHED or row is None or store.appeal_of(session, call):
        return None
    given = latest_marks(session, [call.id]).get(call.id)
    return max(row.made_at, given.at if given else row.made_at) + MAY_APPEAL_FOR


def file_appeal(session: Session, actor: Actor, call_id: str, reason: str, now: datetime) -> Appeal:
    """Disagree with the mark of one's own call. Raises NotFound, Conflict (too late, or twice), Invalid."""
    call = call_store.find_call(session, actor.organisation_id, call_id)
    if call is None or call.user_id != actor.user_id:
        raise NotFound("call.not_found")
    until = appeal_until(session, call)
    if until is None:
        raise Conflict("appeal.none_possible")
    if now > until:
        raise Conflict("appeal.too_late")
    reason = checked_reason(reason)
    mark = marks_of_calls(session, [call.id])[call.id]
    appeal = Appeal(
        organisation_id=call.organisation_id,
        call_id=call.id,
        user_id=actor.user_id,
        reason=reason,
        overall=mark.overall or 0,
        passed=mark.passed,
        filed_at=now,
        due_at=now + ANSWERED_WITHIN,
    )
    session.add(appeal)
    open_item(session, call, "appeal", [], now)
    record(session, actor, "appeal.filed", call, now, {"overall": appeal.overall, "passed": appeal.passed})
    session.commit()
    return appeal


def decided_before(session: Session, actor: Actor, call: Call, appeal: Appeal) -> bool:
    """Whether the actor took part in the mark that is appealed against."""
    decided = [row for row in store.decisions_of(session, call) if row.at < appeal.filed_at]
    marked = [row for row in marks_of(session, call.id) if row.at < appeal.filed_at]
    return actor.user_id in {row.by_id for row in (*decided, *marked)}


def answer_appeal(session: Session, actor: Actor, call_id: str, answer: str, now: datetime) -> Appeal:
    """Close the appeal with words for the learner; the mark as it is now is the outcome.

    Raises NotFound, Conflict where it is closed, NotAllowed for who decided before, Invalid, and as `reviewed_call`.
    """
    call, _ = reviewed_call(session, actor, call_id)
    appeal = store.appeal_of(session, call)
    if appeal is None:
        raise NotFound("appeal.none")
    if appeal.outcome != OPEN:
        raise Conflict("appeal.closed")
    if decided_before(session, actor, call, appeal):
        raise NotAllowed("appeal.same_person")
    answer = checked_reason(answer, "answer")
    mark = marks_of_calls(session, [call.id])[call.id]
    same = (mark.overall or 0, mark.passed) == (appeal.overall, appeal.passed)
    appeal.outcome, appeal.answer = KEPT if same else CHANGED, answer
    appeal.decided_by, appeal.decided_by_name, appeal.decided_at = actor.user_id, actor.name, now
    item = store.items_of(session, call).get("appeal")
    if item is not None:
        item.closed_at, item.closed_by = now, actor.name
    record(session, actor, "appeal.answered", call, now, {"outcome": appeal.outcome, "overall": mark.overall})
    session.commit()
    return appeal


@dataclass(frozen=True, slots=True)
class Answered:
    """An appeal that was answered, for telling the learner: who, where and in which language, and the outcome."""

    name: str
    email: str
    language: str
    title: str
    appeal: Appeal


def answered_appeal(session: Session, actor: Actor, call_id: str) -> Answered | None:
    """What to tell the learner of that call; None where nothing was answered or they have no address."""
    call = call_store.find_call(session, actor.organisation_id, call_id)
    appeal = store.appeal_of(session, call) if call else None
    learner = session.get(User, appeal.user_id) if appeal else None
    if call is None or appeal is None or appeal.outcome == OPEN or learner is None or not learner.email:
        return None
    return Answered(learner.name, learner.email, learner.language, call.title, appeal)

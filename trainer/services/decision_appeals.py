"""Somebody disagrees with a decision that was not in their favour: until when, who answers, and what comes of it.

One appeal a decision. A supervisor who neither decided nor attested answers: the decision stands, or it is made again at
once from the records as they are now (a mark may have been changed, a figure corrected). Nobody grants against the gates.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from trainer.domain.errors import Conflict, Invalid, NotAllowed, NotFound
from trainer.domain.roles import Actor
from trainer.services.category_decisions import NOTE_LENGTH, add_decision, draft_decision
from trainer.store import audit
from trainer.store import careers as store
from trainer.store.accounts import User
from trainer.store.careers import Decision, DecisionAppeal

MAY_APPEAL_FOR = timedelta(days=14)
ANSWERED_WITHIN = timedelta(days=7)
OPEN, STANDS, AGAIN = "", "stands", "again"


@dataclass(frozen=True, slots=True)
class AppealView:
    """How it stands with an appeal: `appeal` (None where there is none), `until` when the person may still file one (None
    where they may not), `may_answer` for whoever looks, and the decision that came of it."""

    appeal: DecisionAppeal | None
    until: datetime | None
    may_answer: bool
    new: Decision | None


def appeal_view(session: Session, actor: Actor, decision: Decision, now: datetime) -> AppealView:
    appeal = store.appeal_of(session, decision)
    until = decision.at + MAY_APPEAL_FOR
    may_file = actor.user_id == decision.user_id and not decision.granted and appeal is None and now <= until
    new = session.get(Decision, appeal.new_decision_id) if appeal and appeal.new_decision_id else None
    is_open = appeal is not None and appeal.outcome == OPEN
    may_answer = is_open and actor.is_any("supervisor") and not _took_part(session, actor, decision)
    return AppealView(appeal, until if may_file else None, may_answer, new)


def file_appeal(session: Session, actor: Actor, decision_id: str, reason: str, now: datetime) -> DecisionAppeal:
    """Disagree with a decision over oneself. Raises NotFound, Conflict (granted, too late, or twice), Invalid."""
    decision = store.find_decision(session, decision_id, actor.organisation_id)
    if decision is None or decision.user_id != actor.user_id:
        raise NotFound
    if decision.granted:
        raise Conflict("decision_appeal.granted")
    if now > decision.at + MAY_APPEAL_FOR:
        raise Conflict("decision_appeal.too_late")
    appeal = DecisionAppeal(
        organisation_id=decision.organisation_id, decision_id=decision.id, user_id=actor.user_id,
        reason=_checked(reason, "reason"), filed_at=now, answer_by=now + ANSWERED_WITHIN,
    )  # fmt: skip
    try:
        session.add(appeal)
        session.flush()
        audit.record(session, actor, "career.appealed", decision, now, {"category": decision.category})
        session.commit()
    except IntegrityError:
        session.rollback()
        raise Conflict("decision_appeal.twice") from None
    return appeal


def answer_appeal(
    session: Session, actor: Actor, decision_id: str, answer: str, decide_again: bool, now: datetime
) -> DecisionAppeal:
    """Close the appeal with words for the person. Raises NotFound, NotAllowed without the role or for who took part,
    Conflict where it is closed, Invalid, and what `draft_decision` raises."""
    if not actor.is_any("supervisor"):
        raise NotAllowed
    decision = store.find_decision(session, decision_id, actor.organisation_id)
    appeal = store.appeal_of(session, decision) if decision else None
    person = session.get(User, decision.user_id) if decision else None
    if decision is None or appeal is None or person is None:
        raise NotFound
    if appeal.outcome != OPEN:
        raise Conflict("decision_appeal.closed")
    if _took_part(session, actor, decision):
        raise NotAllowed("decision_appeal.same_person")
    appeal.answer = _checked(answer, "answer")
    if decide_again:
        draft = draft_decision(session, actor, person.public_id, decision.category, now)
        appeal.new_decision_id = add_decision(session, actor, draft, now).id
    appeal.outcome = AGAIN if decide_again else STANDS
    appeal.answered_by_id, appeal.answered_by_name, appeal.answered_at = actor.user_id, actor.name, now
    audit.record(session, actor, "career.appeal_answered", decision, now, {"outcome": appeal.outcome})
    session.commit()
    return appeal


def _took_part(session: Session, actor: Actor, decision: Decision) -> bool:
    """Who decided or attested, and the person themself."""
    words = store.attestations_of(session, [decision.user_id])
    attested = {word.by_id for word in words if word.category == decision.category and word.at <= decision.at}
    return actor.user_id in {decision.user_id, decision.by_id, *attested}


def _checked(text: str, field: str) -> str:
    text = text.strip()
    if not NOTE_LENGTH[0] <= len(text) <= NOTE_LENGTH[1]:
        raise Invalid("decision_appeal.length", field=field)
    return text

"""The mark of a call that counts: a person's, if a person gave one, else the machine's. Both are kept and shown."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.orm import Session

from trainer.domain.errors import Conflict, Invalid, NotAllowed, NotFound
from trainer.domain.roles import Actor
from trainer.store import calls as call_store
from trainer.store.audit import record
from trainer.store.calls import FINISHED, CallGradeRow
from trainer.store.marks import CallMark, latest_marks

MARKERS = ("teacher", "trainer", "supervisor", "hr")
REASON_LENGTH = (10, 2000)


@dataclass(frozen=True, slots=True)
class Mark:
    """What the machine gave, what a person gave (None where nobody did), and from both what counts."""

    machine: int | None = None
    machine_passed: bool = False
    person: int | None = None
    person_passed: bool = False
    by: str = ""
    reason: str = ""
    at: datetime | None = None
    from_checks: bool = False

    @property
    def is_human(self) -> bool:
        return self.person is not None

    @property
    def overall(self) -> int | None:
        """The effective mark, 0 to 100."""
        return self.person if self.is_human else self.machine

    @property
    def passed(self) -> bool:
        return self.person_passed if self.is_human else self.machine_passed


def mark_of(grade: CallGradeRow | None, given: CallMark | None) -> Mark:
    """The two marks of one call together."""
    mark = Mark(grade.overall, grade.passed) if grade else Mark()
    if given is None:
        return mark
    return replace(
        mark,
        person=given.overall,
        person_passed=given.passed,
        by=given.by_name,
        reason=given.reason,
        at=given.at,
        from_checks=given.from_checks,
    )


def marks_of_calls(session: Session, call_ids: Iterable[int]) -> dict[int, Mark]:
    """The mark of every call of `call_ids`, in two queries."""
    ids = list(call_ids)
    grades, given = call_store.latest_grades(session, ids), latest_marks(session, ids)
    return {number: mark_of(grades.get(number), given.get(number)) for number in ids}


def checked_reason(text: str, field: str = "reason") -> str:
    """Words that a person gives to another, without spaces around them. Raises Invalid for too few or too many."""
    words = text.strip()
    if not REASON_LENGTH[0] <= len(words) <= REASON_LENGTH[1]:
        raise Invalid("mark.bad_reason", field=field, shortest=REASON_LENGTH[0], longest=REASON_LENGTH[1])
    return words


def give_mark(
    session: Session, actor: Actor, call_id: str, *, overall: int, passed: bool, reason: str, now: datetime
) -> CallMark:
    """Mark an assessed call by hand. The machine's mark stays beside it.

    Raises NotFound; NotAllowed for one's own call; Conflict while it is not finished; Invalid.
    """
    call = call_store.find_call(session, actor.organisation_id, call_id)
    if call is None or call.mode != "assessed":
        raise NotFound("call.not_found")
    if call.user_id == actor.user_id or not actor.is_any(*MARKERS):
        raise NotAllowed("mark.own_call")
    if call.state != FINISHED:
        raise Conflict("call.still_on")
    if not 0 <= overall <= 100:
        raise Invalid("mark.bad_overall", field="overall")
    reason = checked_reason(reason)
    mark = CallMark(
        organisation_id=call.organisation_id,
        call_id=call.id,
        overall=overall,
        passed=passed,
        reason=reason,
        by_id=actor.user_id,
        by_name=actor.name,
        at=now,
    )
    session.add(mark)
    record(session, actor, "call.marked", call, now, {"overall": overall, "passed": passed})
    session.commit()
    return mark

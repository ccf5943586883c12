"""Complaints from departments (E4) and customers (E5): recorded, answered by the person they are about, and decided by a
supervisor who is not that person. Only justified ones count.

A complaint is found justified only after the person was heard: they answered, or had `DAYS_TO_ANSWER` days for it. That it is
not justified may be decided at once.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from trainer.domain.errors import Conflict, Invalid, NotAllowed, NotFound
from trainer.domain.roles import Actor
from trainer.domain.work_figures import SOURCES
from trainer.services.work_cells import FIRST_DAY
from trainer.services.work_figures import ComplaintLine, complaint_lines
from trainer.services.work_teams import find_team, supervises
from trainer.store import accounts
from trainer.store import work_complaints as store
from trainer.store import work_teams as teams
from trainer.store.accounts import User
from trainer.store.audit import record
from trainer.store.calls import Call
from trainer.store.work_complaints import ComplaintAnswer, ComplaintDecision, WorkComplaint
from trainer.store.work_teams import Team

LONGEST = {"from_whom": 200, "text": 4000, "evidence": 4000, "answer": 4000, "reason": 2000}
SHORTEST_REASON = 10
DAYS_TO_ANSWER = 3
MOST_ANSWERS, MOST_DECISIONS = 20, 20


@dataclass(frozen=True, slots=True)
class NewComplaint:
    """What is entered of a complaint, as it was typed; `call` is the public id of a call, or nothing."""

    person: str
    source: str
    from_whom: str
    received: date
    text: str
    evidence: str = ""
    call: str = ""


@dataclass(frozen=True, slots=True)
class RecordingPage:
    """Where a complaint is recorded: the people it can be about and the calls it can speak of."""

    team: Team
    people: tuple[User, ...]
    calls: tuple[tuple[Call, str], ...]


@dataclass(frozen=True, slots=True)
class ComplaintPage:
    """A complaint as one person sees it. `is_mine`: it is about them; `may_decide`; `heard_on`: from when on it may be found
    justified without an answer."""

    line: ComplaintLine
    person: User
    team: Team
    is_mine: bool
    supervises: bool
    may_decide: bool
    heard_on: datetime

    def is_heard(self, now: datetime) -> bool:
        return bool(self.line.answers) or now >= self.heard_on


def open_recording(session: Session, actor: Actor, team_id: str) -> RecordingPage:
    """Raises NotFound."""
    team = find_team(session, actor, team_id)
    people = [user for _, user in teams.members_of(session, team)]
    names = {user.id: user.name for user in people}
    calls = store.calls_to_link(session, names)
    return RecordingPage(team, tuple(people), tuple((call, names[call.user_id]) for call in calls))


def record_complaint(session: Session, actor: Actor, team_id: str, new: NewComplaint, now: datetime) -> WorkComplaint:
    """Raises NotFound, Invalid with the field."""
    team = find_team(session, actor, team_id)
    person = accounts.find_user(session, actor.organisation_id, new.person)
    if person is None or teams.member_of(session, team, person.id) is None:
        raise Invalid("work.nobody", field="person")
    if new.source not in SOURCES:
        raise Invalid("work.bad_source", field="source")
    if not FIRST_DAY <= new.received <= now.date():
        raise Invalid("work.received_later", field="received")
    call = None
    if new.call:
        known = {one.public_id: one for one in store.calls_to_link(session, [person.id])}
        call = known.get(new.call)
        if call is None:
            raise Invalid("work.not_their_call", field="call", name=person.name)
    made = WorkComplaint(
        organisation_id=team.organisation_id, team_id=team.id, user_id=person.id, source=new.source,
        from_whom=_filled("from_whom", " ".join(new.from_whom.split())), received_on=new.received,
        text=_filled("text", new.text), evidence=_filled("evidence", new.evidence, needed=False),
        call_id=call.id if call else None, by_id=actor.user_id, by_name=actor.name, at=now,
    )  # fmt: skip
    session.add(made)
    session.flush()
    record(session, actor, "work.complaint_recorded", made, now, {"person": person.public_id, "source": new.source})
    session.commit()
    return made


def _filled(field: str, text: str, *, needed: bool = True, shortest: int = 1) -> str:
    text = text.replace("\r\n", "\n").strip()
    if (needed or text) and len(text) < shortest:
        raise Invalid("work.empty" if not text else "work.short_text", field=field, shortest=shortest)
    if len(text) > LONGEST[field]:
        raise Invalid("work.long_text", field=field, longest=LONGEST[field])
    return text


def open_complaint(session: Session, actor: Actor, complaint_id: str) -> ComplaintPage:
    """For the person it is about and for whoever supervises the team. Raises NotFound."""
    found = store.find_complaint(session, actor.organisation_id, complaint_id)
    is_mine = found is not None and found.user_id == actor.user_id
    leads = found is not None and supervises(session, actor, found.team_id)
    if found is None or not (is_mine or leads):
        raise NotFound("work.no_complaint")
    person, team = session.get(User, found.user_id), session.get(Team, found.team_id)
    if person is None or team is None:
        raise NotFound("work.no_complaint")
    heard = found.at + timedelta(days=DAYS_TO_ANSWER)
    (line,) = complaint_lines(session, [found])
    return ComplaintPage(line, person, team, is_mine, leads, leads and not is_mine, heard)


@dataclass(frozen=True, slots=True)
class ToTell:
    """Whom to tell of a complaint about them, in which language, and what was decided on it so far."""

    name: str
    email: str
    language: str
    row: WorkComplaint
    decision: ComplaintDecision | None


def whom_to_tell(session: Session, actor: Actor, complaint_id: str) -> ToTell | None:
    """The person a complaint is about; None where they have no address or open account any more, or act themselves."""
    page = open_complaint(session, actor, complaint_id)
    person = page.person
    if not person.email or not person.is_active or page.is_mine:
        return None
    decision = page.line.decisions[0] if page.line.decisions else None
    return ToTell(person.name, person.email, person.language, page.line.row, decision)


def answer_complaint(
    session: Session, actor: Actor, complaint_id: str, text: str, now: datetime
) -> ComplaintAnswer:  # fmt: skip
    """The word of the person it is about, before a decision or after. Raises NotFound, NotAllowed, Invalid, Conflict."""
    page = open_complaint(session, actor, complaint_id)
    if not page.is_mine:
        raise NotAllowed("work.not_about_you")
    if len(page.line.answers) >= MOST_ANSWERS:
        raise Conflict("work.many_answers", most=MOST_ANSWERS)
    made = ComplaintAnswer(complaint_id=page.line.row.id, text=_filled("answer", text), at=now)
    session.add(made)
    record(session, actor, "work.complaint_answered", page.line.row, now)
    session.commit()
    return made


def decide_complaint(
    session: Session, actor: Actor, complaint_id: str, *, justified: bool, reason: str, now: datetime
) -> ComplaintDecision:
    """Justified or not, and why; a later decision replaces an earlier one, which is kept.

    Raises NotFound; NotAllowed for the person it is about; Conflict while they have not been heard; Invalid.
    """
    page = open_complaint(session, actor, complaint_id)
    if not page.may_decide:
        raise NotAllowed("work.own_complaint")
    reason = _filled("reason", reason, shortest=SHORTEST_REASON)
    if justified and not page.is_heard(now):
        raise Conflict("work.not_heard", name=page.person.name, days=DAYS_TO_ANSWER)
    if len(page.line.decisions) >= MOST_DECISIONS:
        raise Conflict("work.many_answers", most=MOST_DECISIONS)
    row = page.line.row
    made = ComplaintDecision(
        complaint_id=row.id, justified=justified, reason=reason, by_id=actor.user_id, by_name=actor.name, at=now
    )
    session.add(made)
    row.justified = justified
    record(session, actor, "work.complaint_decided", row, now, {"justified": justified})
    session.commit()
    return made

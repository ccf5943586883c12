"""The work of the people of the demo in figures: six months of a team with targets, and three complaints."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from trainer.domain.roles import Actor
from trainer.domain.work_figures import AT_LEAST, AT_MOST, CUSTOMER, DEPARTMENT
from trainer.services import work_complaints, work_imports, work_teams
from trainer.services.work_complaints import NewComplaint
from trainer.services.work_figures import span_back
from trainer.store.accounts import User

MONTHS = 6
TARGETS = (
    ("tasks", AT_LEAST, 380.0), ("quality", AT_LEAST, 85.0), ("handle_time", AT_MOST, 330.0),
    ("after_call_work", AT_MOST, 45.0), ("first_contact_resolution", AT_LEAST, 75.0),
)  # fmt: skip
TIGHTER = ("handle_time", AT_MOST, 310.0)
"""From two months ago on."""
WORK = (
    # tasks, quality, handle time, after-call work, first-contact resolution: in the first month, and what each month adds
    ((352, 81.0, 362, 58, 70.5), (12, 1.7, -11, -4, 1.6)),
    ((401, 86.5, 318, 41, 77.0), (4, 0.6, -2, 0, 0.5)),
    ((318, 84.0, 345, 52, 73.0), (15, -0.4, -9, -2, 1.1)),
)


def tell(session: Session, lead: Actor, people: Sequence[User], now: datetime) -> None:
    """A team of three `people` under `lead`, as they have worked until `now`. The last month of the third is still missing."""
    first, today = span_back(now.date(), MONTHS)
    begun = now - timedelta(days=(today - first).days)
    team = work_teams.create_team(session, lead, "Customer care", begun)
    for user in people:
        work_teams.add_member(session, lead, team.public_id, user.public_id, first, begun)
    months = [first]
    while (following := (months[-1] + timedelta(days=31)).replace(day=1)) < today.replace(day=1):
        months.append(following)
    for (name, direction, value), since in (*((one, first) for one in TARGETS), (TIGHTER, months[-2])):
        work_teams.set_target(
            session, lead, team.public_id, indicator=name, direction=direction, value=value, since=since, now=begun
        )
    names = [name for name, _direction, _value in TARGETS]
    for number, month in enumerate(months):
        last = (month + timedelta(days=31)).replace(day=1) - timedelta(days=1)
        rows = [",".join(("email", "from", "to", *names))]
        for place, user in enumerate(people):
            if place < 2 or number < MONTHS - 1:
                figures = (f"{start + number * step:g}" for start, step in zip(*WORK[place], strict=True))
                rows.append(",".join((user.email or "", month.isoformat(), last.isoformat(), *figures)))
        after = now - timedelta(days=(today - last).days - 1)
        work_imports.take_figures(session, lead, team.public_id, "\n".join(rows), after)
    _complain(session, lead, team.public_id, people, now)


def _complain(session: Session, lead: Actor, team_id: str, people: Sequence[User], now: datetime) -> None:
    """One justified, one not, one open and not answered yet."""
    first, second, third = people

    def take(days: int, person: User, source: str, from_whom: str, text: str, evidence: str) -> str:
        at = now - timedelta(days=days)
        new = NewComplaint(person.public_id, source, from_whom, at.date(), text, evidence)
        return work_complaints.record_complaint(session, lead, team_id, new, at).public_id

    one = take(
        96, first, CUSTOMER, "Mr Adeyemi, customer 40 218", "He was told Thursday and waited at home. No visit was booked.",
        "Recording of the call; the visit is not in the plan.",
    )  # fmt: skip
    work_complaints.answer_complaint(
        session, first.actor, one, "I said Thursday and closed the record before I booked it. I book first now.",
        now - timedelta(days=94),
    )  # fmt: skip
    work_complaints.decide_complaint(
        session, lead, one, justified=True, reason="The visit was promised and not booked; the recording shows it.",
        now=now - timedelta(days=93),
    )  # fmt: skip
    two = take(
        33, second, CUSTOMER, "Mme Roussel", "She was refused her neighbour’s invoice.", "Recording of the call."
    )  # fmt: skip
    work_complaints.answer_complaint(
        session, second.actor, two, "La facture est au nom de sa voisine : je n’ai pas le droit de la communiquer.",
        now - timedelta(days=32),
    )  # fmt: skip
    work_complaints.decide_complaint(
        session, lead, two, justified=False, reason="Data of another customer is not given out: this was right.",
        now=now - timedelta(days=32),
    )  # fmt: skip
    take(
        2, third, DEPARTMENT, "Warehouse", "Two orders came without a size, and were sent back.",
        "Orders of Monday; the field is empty in both records.",
    )  # fmt: skip

"""Decisions on checks, the queue, comments and appeals, as two people and a learner go through them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from tests.factories.accounts import NOW, make_organisation, make_user
from tests.factories.assessed_calls import add_grade, make_call, make_grade
from trainer.domain.errors import Conflict, Invalid, NotAllowed, NotFound
from trainer.domain.roles import Actor
from trainer.services import appeals, assignments, reviewing
from trainer.services.marks import marks_of_calls
from trainer.store.accounts import User
from trainer.store.audit import list_entries
from trainer.store.calls import Call, CallEvent, latest_grade
from trainer.store.reviews import comments_of, items_of

WHY = "I have listened to it twice."
LATER = NOW + timedelta(hours=2)


class Office:
    """A learner with one assessed call, and two supervisors."""

    def __init__(self, session: Session, **grade: object) -> None:
        self.session = session
        self.organisation = make_organisation(session)
        self.learner = make_user(session, self.organisation, roles=["learner"])
        self.first = make_user(session, self.organisation, roles=["supervisor"])
        self.second = make_user(session, self.organisation, roles=["trainer"])
        self.call = make_call(session, self.learner, NOW, grade=make_grade(**grade))  # type: ignore[arg-type]
        session.add(CallEvent(call_id=self.call.id, seq=2, batch=2, at_ms=1000, type="operator_utterance", data={"text": "Hi"}))  # fmt: skip
        session.add(CallEvent(call_id=self.call.id, seq=3, batch=3, at_ms=90_000, type="call_ended", data={}))
        session.commit()
        self.graded()

    def graded(self) -> None:
        row = latest_grade(self.session, self.call)
        assert row is not None
        reviewing.after_grading(self.session, self.call, row, NOW)
        self.session.commit()

    def decide(self, check: str, answer: str, by: User | None = None, reason: str = WHY) -> None:
        actor = (by or self.first).actor
        reviewing.decide_check(
            self.session, actor, self.call.public_id, check=check, answer=answer, reason=reason, now=LATER
        )

    def mark(self) -> tuple[int | None, bool]:
        mark = marks_of_calls(self.session, [self.call.id])[self.call.id]
        return mark.overall, mark.passed

    def queue(self, kind: str = "", actor: Actor | None = None) -> list[Call]:
        return [one.call for one in reviewing.open_queue(self.session, actor or self.first.actor, kind).waiting]


def test_a_call_with_undecided_checks_waits_until_a_person_has_answered_them(session: Session) -> None:
    office = Office(session, undecided=["opening.greeting", "closing.goodbye"])
    assert office.queue() == [office.call]
    office.decide("opening.greeting", "yes")
    assert office.queue("undecided") == [office.call]
    office.decide("closing.goodbye", "no")
    assert office.queue() == []
    assert items_of(session, office.call)["undecided"].closed_by == office.first.name


def test_a_decision_changes_the_mark_that_counts_and_never_the_machines(session: Session) -> None:
    office = Office(session, overall=80, passed=False, errors=[(1, True)])
    machine = latest_grade(session, office.call)
    assert machine is not None
    kept = dict(machine.grade)
    assert office.mark() == (80, False)
    assert office.queue("error") == [office.call]
    office.decide("error:1", "no")
    assert office.mark()[1] is True
    session.refresh(machine)
    assert machine.grade == kept
    assert (machine.overall, machine.passed) == (80, False)
    assert office.queue() == []


def test_a_decision_taken_back_gives_the_machines_answer_again(session: Session) -> None:
    office = Office(session)
    office.decide("opening.greeting", "no")
    lowered = office.mark()
    office.decide("opening.greeting", "")
    assert office.mark() != lowered
    assert reviewing.decisions_in_force(session, office.call) == {}


def test_decisions_live_on_when_the_call_is_graded_again(session: Session) -> None:
    office = Office(session, passed=False, errors=[(1, True)])
    office.decide("error:1", "no")
    add_grade(session, office.call, make_grade(60, passed=False, errors=[(1, True)], scores={"needs": 0}))
    office.graded()
    overall, passed = office.mark()
    row = latest_grade(session, office.call)
    assert row is not None
    assert overall == reviewing.effective_grade(session, office.call, row).overall
    assert passed


def test_nobody_decides_on_their_own_call_nor_in_another_organisation(session: Session) -> None:
    office = Office(session)
    stranger = make_user(session, make_organisation(session), roles=["supervisor"])
    with pytest.raises(NotFound):
        office.decide("opening.greeting", "no", stranger)
    with pytest.raises(NotFound):
        office.decide("opening.greeting", "no", make_user(session, office.organisation, roles=["learner"]))
    own = make_call(session, office.first, NOW, grade=make_grade())
    with pytest.raises(NotAllowed):
        reviewing.decide_check(
            session, office.first.actor, own.public_id, check="opening.greeting", answer="no", reason=WHY, now=NOW
        )
    practice = make_call(session, office.learner, NOW, mode="practice", grade=make_grade())
    with pytest.raises(NotFound):
        reviewing.reviewed_call(session, office.first.actor, practice.public_id)
    assert reviewing.open_queue(session, stranger.actor).total == 0


@pytest.mark.parametrize(
    ("check", "answer", "reason", "error"),
    [
        ("opening.nothing", "yes", WHY, NotFound),
        ("error:9", "yes", WHY, NotFound),
        ("opening.greeting", "maybe", WHY, Invalid),
        ("error:1", "not_applicable", WHY, Invalid),
        ("opening.greeting", "yes", "short", Invalid),
        ("opening.greeting", "yes", "x" * 3000, Invalid),
    ],
)
def test_a_decision_is_refused_when_it_cannot_be_one(
    session: Session, check: str, answer: str, reason: str, error: type[Exception]
) -> None:
    office = Office(session)
    with pytest.raises(error):
        office.decide(check, answer, reason=reason)
    assert office.mark() == (80, True)


def test_looking_closes_what_waits_and_it_stays_closed_until_something_new_comes(session: Session) -> None:
    office = Office(session, undecided=["opening.greeting"])
    reviewing.looked_at(session, office.second.actor, office.call.public_id, LATER)
    assert office.queue() == []
    office.graded()
    assert office.queue() == []
    add_grade(session, office.call, make_grade(undecided=["opening.greeting", "closing.goodbye"]))
    office.graded()
    assert office.queue() == [office.call]


def test_the_queue_begins_with_what_has_waited_longest(session: Session) -> None:
    office = Office(session, undecided=["opening.greeting"])
    newer = make_call(session, office.learner, NOW, grade=make_grade(undecided=["closing.goodbye"]))
    row = latest_grade(session, newer)
    assert row is not None
    reviewing.after_grading(session, newer, row, NOW + timedelta(days=1))
    session.commit()
    assert office.queue() == [office.call, newer]
    after = reviewing.next_waiting(session, office.first.actor, office.call)
    assert after is not None
    assert after.id == newer.id


def test_practice_calls_never_wait_for_a_person(session: Session) -> None:
    office = Office(session)
    practice = make_call(session, office.learner, NOW, mode="practice", grade=make_grade(undecided=["closing.goodbye"]))
    row = latest_grade(session, practice)
    assert row is not None
    reviewing.after_grading(session, practice, row, NOW)
    session.commit()
    assert office.queue() == []


def test_a_comment_keeps_its_second_within_the_call(session: Session) -> None:
    office = Office(session)
    for at_s in (2.5, 4000.0, -3.0):
        reviewing.comment(
            session, office.first.actor, office.call.public_id, seq=2, at_s=at_s, text=" Lovely. ", now=NOW
        )
    assert [(one.at_ms, one.text) for one in comments_of(session, office.call)] == [
        (0, "Lovely."), (2500, "Lovely."), (90_000, "Lovely."),
    ]  # fmt: skip
    with pytest.raises(Invalid):
        reviewing.comment(session, office.first.actor, office.call.public_id, seq=2, at_s=1, text="  ", now=NOW)
    with pytest.raises(NotFound):
        reviewing.comment(session, office.first.actor, office.call.public_id, seq=99, at_s=1, text="x", now=NOW)


def test_an_appeal_is_answered_by_a_second_person_and_its_outcome_is_the_mark(session: Session) -> None:
    office = Office(session, passed=False, errors=[(1, True)])
    office.decide("error:1", "yes")
    appeal = appeals.file_appeal(
        session, office.learner.actor, office.call.public_id, "I was only joking there.", LATER + timedelta(hours=1)
    )
    assert appeal.due_at == LATER + timedelta(hours=1) + appeals.ANSWERED_WITHIN
    assert office.queue("appeal") == [office.call]
    with pytest.raises(NotAllowed, match=r"appeal\.same_person"):
        appeals.answer_appeal(session, office.first.actor, office.call.public_id, WHY, LATER + timedelta(hours=2))
    reviewing.decide_check(
        session,
        office.second.actor,
        office.call.public_id,
        check="error:1",
        answer="no",
        reason=WHY,
        now=LATER + timedelta(hours=3),
    )
    answered = appeals.answer_appeal(
        session, office.second.actor, office.call.public_id, WHY, LATER + timedelta(hours=4)
    )
    assert answered.outcome == "changed"
    assert office.queue() == []
    with pytest.raises(Conflict):
        appeals.answer_appeal(session, office.second.actor, office.call.public_id, WHY, LATER + timedelta(hours=5))
    actions = {entry.action for entry in list_entries(session, office.organisation.id)}
    assert {"call.check_decided", "appeal.filed", "appeal.answered"} <= actions


def test_an_appeal_that_changes_nothing_is_kept_and_can_be_filed_only_once_and_in_time(session: Session) -> None:
    office = Office(session)
    until = appeals.appeal_until(session, office.call)
    assert until is not None
    with pytest.raises(Conflict, match=r"appeal\.too_late"):
        appeals.file_appeal(session, office.learner.actor, office.call.public_id, WHY, until + timedelta(seconds=1))
    with pytest.raises(NotFound):
        appeals.file_appeal(session, office.first.actor, office.call.public_id, WHY, NOW)
    appeals.file_appeal(session, office.learner.actor, office.call.public_id, WHY, until)
    with pytest.raises(Conflict, match=r"appeal\.none_possible"):
        appeals.file_appeal(session, office.learner.actor, office.call.public_id, WHY, NOW)
    answered = appeals.answer_appeal(session, office.first.actor, office.call.public_id, WHY, until + timedelta(days=1))
    assert answered.outcome == "kept"


def test_a_call_that_a_learner_is_asked_to_take_stays_on_their_path_until_it_is_passed(session: Session) -> None:
    office = Office(session)
    known = {office.call.scenario}

    def assign(scenario: str) -> None:
        assignments.assign(
            session,
            office.first.actor,
            office.call.public_id,
            scenario=scenario,
            known=known,
            note="Greet first.",
            now=LATER,
        )

    with pytest.raises(Invalid, match=r"assignment\.no_scenario"):
        assign("nowhere")
    assign(office.call.scenario)
    assign(office.call.scenario)
    assert [one.note for one in assignments.left_for(session, office.learner.actor)] == ["Greet first."]
    make_call(session, office.learner, LATER, mode="practice", grade=make_grade(40, passed=False))
    make_call(session, office.learner, NOW, mode="practice", grade=make_grade())
    assert len(assignments.left_for(session, office.learner.actor)) == 1
    make_call(session, office.learner, LATER, mode="practice", grade=make_grade())
    assert assignments.left_for(session, office.learner.actor) == []

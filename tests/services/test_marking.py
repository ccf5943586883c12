"""Blind marking, calibration and what follows from them, as several people go through them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from math import ceil

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.factories.accounts import NOW, make_organisation, make_user
from tests.factories.assessed_calls import make_call, make_grade
from trainer.domain.errors import Conflict, Invalid, NotAllowed, NotFound
from trainer.domain.grading.marking import FEWEST_CALLS
from trainer.services import agreement, calibration, calls_review, marking, reviewing
from trainer.store.accounts import User
from trainer.store.audit import list_entries
from trainer.store.calls import Call, CallEvent, erase_call, latest_grade
from trainer.store.markings import Marking, standings
from trainer.store.reviews import items_of

LATER = NOW + timedelta(hours=2)
ALL_YES = {"opening.greeting": "yes", "closing.goodbye": "yes", "needs.x": "yes", "error:1": "no"}


class School:
    """A learner, and three people who mark."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.organisation = make_organisation(session)
        self.learner = make_user(session, self.organisation, roles=["learner"])
        self.first, self.second, self.third = (
            make_user(session, self.organisation, roles=[role], name=name)
            for role, name in (("supervisor", "Ada"), ("trainer", "Ben"), ("teacher", "Cleo"))
        )

    def call(self, **grade: object) -> Call:
        call = make_call(self.session, self.learner, NOW, grade=make_grade(**grade))  # type: ignore[arg-type]
        self.session.add(
            CallEvent(call_id=call.id, seq=2, batch=2, at_ms=1000, type="operator_utterance", data={"text": "Hi"})
        )
        self.session.commit()
        return call

    def mark(
        self, call: Call, by: User, answers: Mapping[str, str] | None = None, *, done: bool = True
    ) -> marking.Marking:
        return marking.keep_marking(
            self.session, by.actor, call.public_id, answers=ALL_YES if answers is None else answers, note=" Fine. ",
            done=done, now=LATER,
        )  # fmt: skip


@pytest.fixture
def school(session: Session, monkeypatch: pytest.MonkeyPatch) -> School:
    monkeypatch.setattr(marking, "case_of_call", lambda _session, _call: None)
    return School(session)


def test_a_marking_is_kept_gone_on_with_handed_in_and_then_stays(school: School) -> None:
    call = school.call()
    school.mark(call, school.first, {"opening.greeting": "no", "no.such": "yes"}, done=False)
    sheet = marking.open_sheet(school.session, school.first.actor, call.public_id)
    assert (dict(sheet.answers), sheet.note, sheet.is_handed_in) == ({"opening.greeting": "no"}, "Fine.", False)
    handed = school.mark(call, school.first)
    assert handed.answers == ALL_YES
    assert (handed.overall, handed.passed) == (100, True)
    with pytest.raises(Conflict, match=r"marking\.handed_in"):
        school.mark(call, school.first)
    assert marking.open_sheet(school.session, school.first.actor, call.public_id).is_handed_in
    assert "call.marked_blind" in {entry.action for entry in list_entries(school.session, school.organisation.id)}


def test_whoever_knows_the_mark_is_not_asked(school: School) -> None:
    call = school.call()
    calls_review.note_reading(school.session, school.first.actor, call, NOW)
    calls_review.note_reading(school.session, school.first.actor, call, LATER)
    entries = [e for e in list_entries(school.session, school.organisation.id) if e.action == calls_review.READ]
    assert len(entries) == 1
    with pytest.raises(NotAllowed, match=r"marking\.not_blind"):
        marking.open_sheet(school.session, school.first.actor, call.public_id)
    reviewing.decide_check(
        school.session, school.second.actor, call.public_id, check="opening.greeting", answer="no",
        reason="It is not there at all.", now=LATER,
    )  # fmt: skip
    with pytest.raises(NotAllowed):
        school.mark(call, school.second)
    with pytest.raises(NotFound):
        school.mark(call, school.learner)
    own = make_call(school.session, school.third, NOW, grade=make_grade())
    with pytest.raises(NotAllowed):
        school.mark(own, school.third)
    school.mark(call, school.third)


@pytest.mark.parametrize(
    ("answers", "note", "error"),
    [({}, "", r"marking\.nothing"), (ALL_YES, "x" * 2001, r"marking\.long_note")],
)
def test_nothing_and_too_much_are_refused(school: School, answers: dict[str, str], note: str, error: str) -> None:
    call = school.call()
    with pytest.raises(Invalid, match=error):
        marking.keep_marking(
            school.session, school.first.actor, call.public_id, answers=answers, note=note, done=True, now=NOW
        )


def test_a_drawn_call_waits_for_a_blind_marking_and_looking_does_not_end_that(
    school: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    call = school.call(undecided=["opening.greeting"])
    row = latest_grade(school.session, call)
    assert row is not None
    reviewing.after_grading(school.session, call, row, NOW)
    monkeypatch.setattr(marking, "is_drawn", lambda _id: True)
    for _ in range(2):
        marking.ask_for_second(school.session, call, NOW)
    school.session.commit()
    reviewing.looked_at(school.session, school.second.actor, call.public_id, LATER)
    waiting = reviewing.open_queue(school.session, school.first.actor).waiting
    assert [[item.kind for item in one.items] for one in waiting] == [["second"]]
    assert reviewing.next_waiting(school.session, school.first.actor, school.call()) is None
    school.mark(call, school.first)
    assert items_of(school.session, call)["second"].closed_by == "Ada"
    practice = make_call(school.session, school.learner, NOW, mode="practice", grade=make_grade())
    marking.ask_for_second(school.session, practice, NOW)
    assert "second" not in items_of(school.session, practice)


def test_marks_that_differ_go_to_a_third_person_and_change_nothing_themselves(school: School) -> None:
    call = school.call()
    school.mark(call, school.first, {"opening.greeting": "no", "closing.goodbye": "no", "needs.x": "no", "error:3": "yes"})  # fmt: skip
    item = items_of(school.session, call)["differs"]
    assert item.about == ["opening.greeting", "needs.x", "closing.goodbye", "error:3"]
    row = latest_grade(school.session, call)
    assert row is not None
    assert reviewing.effective_grade(school.session, call, row).passed
    [blind] = marking.blind_marks(school.session, call, reviewing.effective_grade(school.session, call, row))
    assert (blind.by, blind.passed) == ("Ada", False)
    assert ("error:3", "no", "yes") in blind.differing
    reviewing.looked_at(school.session, school.second.actor, call.public_id, LATER)
    assert items_of(school.session, call)["differs"].closed_by == "Ben"


def test_nobody_sees_the_others_before_all_have_handed_in(school: School) -> None:
    calls = [school.call(), school.call()]
    held = calibration.open_session(
        school.session, school.first.actor, title="  November  ", calls=[c.public_id for c in calls],
        people=[school.first.public_id, school.second.public_id], now=NOW,
    )  # fmt: skip
    assert held.title == "November"

    def look(by: User) -> calibration.Calibration:
        return calibration.open_calibration(school.session, by.actor, held.public_id, LATER)

    with pytest.raises(NotFound):
        look(school.third)
    assert [line.own_left for line in calibration.list_sessions(school.session, school.first.actor)] == [2]
    assert calibration.list_sessions(school.session, school.third.actor) == []
    for call in calls:
        school.mark(call, school.first)
    seen = look(school.first)
    assert (seen.is_open_to_see, seen.handed_in, seen.wanted) == (False, 2, 4)
    assert all(one.compared is None for one in seen.calls)
    assert not marking.knows_the_mark(school.session, school.second.id, calls[0])
    assert [one.title for one in marking.open_sheet(school.session, school.second.actor, calls[0].public_id).sessions] == ["November"]  # fmt: skip
    school.mark(calls[0], school.second, {"opening.greeting": "no", "closing.goodbye": "yes"})
    school.mark(calls[1], school.second)
    seen = look(school.second)
    assert seen.is_open_to_see
    compared = seen.calls[0].compared
    assert compared is not None
    assert compared.rows == (("opening.greeting", "yes", ("yes", "no")),)
    assert [name for name, _overall, _passed in compared.people] == ["Ada", "Ben"]
    assert compared.notes == (("Ada", "Fine."), ("Ben", "Fine."))
    assert seen.report is not None
    assert (seen.report.calls, seen.report.markings) == (2, 4)
    opening = next(line for line in seen.report.criteria if line.name == "opening")
    assert opening.people is not None
    assert opening.people.same == pytest.approx(0.5)
    assert opening.machine is not None
    assert opening.machine.same == pytest.approx(0.75)


def test_a_session_is_closed_by_who_leads_it_and_who_comes_late_knows_the_mark(school: School) -> None:
    call = school.call()
    held = calibration.open_session(
        school.session, school.first.actor, title="One", calls=[call.public_id],
        people=[school.first.public_id, school.second.public_id, school.third.public_id], now=NOW,
    )  # fmt: skip

    def close(by: User, agreed: str = "Greet by name.") -> None:
        calibration.close_session(school.session, by.actor, held.public_id, agreed, LATER)

    with pytest.raises(Conflict, match=r"calibration\.nothing_yet"):
        close(school.first)
    school.mark(call, school.second)
    with pytest.raises(NotAllowed, match=r"calibration\.not_leading"):
        close(school.second)
    close(school.first)
    seen = calibration.open_calibration(school.session, school.third.actor, held.public_id, LATER)
    assert seen.is_open_to_see
    assert seen.held.agreed == "Greet by name."
    assert marking.knows_the_mark(school.session, school.third.id, call)
    with pytest.raises(NotAllowed):
        school.mark(call, school.third)
    close(school.first, "Greet by surname.")
    assert held.closed_at == LATER
    with pytest.raises(Invalid):
        close(school.first, "x" * 4001)


@pytest.mark.parametrize(
    ("title", "calls", "people", "error"),
    [
        (" ", 1, 2, "bad_title"),
        ("x" * 121, 1, 2, "bad_title"),
        ("Fine", 0, 2, "bad_calls"),
        ("Fine", 1, 1, "bad_people"),
    ],
)
def test_a_session_needs_a_title_calls_and_two_people(
    school: School, title: str, calls: int, people: int, error: str
) -> None:
    ids = [school.call().public_id for _ in range(calls)]
    staff = [school.first.public_id, school.second.public_id][:people]
    stranger = make_user(school.session, make_organisation(school.session), roles=["trainer"])
    with pytest.raises(Invalid, match=error):
        calibration.open_session(
            school.session, school.first.actor, title=title, calls=ids, people=[*staff, stranger.public_id], now=NOW
        )


def test_a_criterion_goes_to_people_when_agreement_falls_and_comes_back_when_it_is_regained(school: School) -> None:
    def grade_now(call: Call) -> tuple[int, list[str]]:
        return call.id, list(marking.left_to_people(school.session, call))

    against = {"opening.greeting": "no", "closing.goodbye": "yes"}
    for number in range(FEWEST_CALLS):
        assert grade_now(school.call())[1] == [], number
        school.mark(school.call(), school.first, against if number % 2 else ALL_YES)
    assert set(standings(school.session, school.organisation.id)) == {"opening"}
    call = school.call()
    assert marking.left_to_people(school.session, call) == ("opening",)
    practice = make_call(school.session, school.learner, NOW, mode="practice", grade=make_grade())
    assert marking.left_to_people(school.session, practice) == ()

    row = latest_grade(school.session, call)
    assert row is not None
    row.people_decide = ["opening"]
    counts = reviewing.effective_grade(school.session, call, row)
    assert counts.undecided == ("opening.greeting",)
    assert next(one.score for one in counts.criteria if one.id == "opening") is None
    reviewing.after_grading(school.session, call, row, NOW)
    assert items_of(school.session, call)["undecided"].about == ["opening.greeting"]

    report = agreement.agreement_report(school.session, school.first.actor)
    assert [line.name for line in report.criteria if line.people_decide] == ["opening"]
    for _ in range(FEWEST_CALLS):
        school.mark(school.call(), school.second)
    assert marking.left_to_people(school.session, call) == ()
    actions = [entry.action for entry in list_entries(school.session, school.organisation.id, limit=500)]
    assert actions.count("criterion.left_to_people") == 1
    assert actions.count("criterion.given_back") == 1


def test_the_report_compares_only_what_both_sides_answered_and_pools_a_criterions_checks(school: School) -> None:
    call = school.call(overall=80, undecided=["closing.goodbye"])
    school.mark(call, school.first, {"opening.greeting": "yes", "closing.goodbye": "no"})
    school.mark(call, school.second, {"opening.greeting": "no"})
    report = agreement.agreement_report(school.session, school.first.actor)
    lines = {line.name: line for line in report.criteria}
    assert lines["closing"].machine is None
    assert lines["closing"].left_open == 1.0
    assert lines["opening"].machine is not None
    assert (lines["opening"].machine.answers, lines["opening"].machine.same) == (2, 0.5)
    assert lines["opening"].people is not None
    assert lines["opening"].people.same == 0.0
    assert lines["needs"].machine is None
    assert report.passed.machine is not None
    assert {line.name for line in report.checks["opening"]} == {"opening.greeting"}
    stranger = make_user(school.session, make_organisation(school.session), roles=["trainer"])
    assert agreement.agreement_report(school.session, stranger.actor).calls == 0


def test_the_graders_error_is_measured_from_enough_marked_calls(
    school: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(agreement, "ENOUGH_CALLS", 3)
    given = []
    for machine in (80, 70):
        call = school.call(overall=machine)
        given.append(abs(machine - (school.mark(call, school.first).overall or 0)))
    assert agreement.grader_error(school.session, school.organisation.id) is None
    call = school.call(overall=41)
    given.append(abs(41 - (school.mark(call, school.first).overall or 0)))
    assert agreement.grader_error(school.session, school.organisation.id) == ceil(sum(given) / 3)
    stranger = make_organisation(school.session)
    assert agreement.grader_error(school.session, stranger.id) is None


def test_an_erased_call_takes_its_markings_along_and_leaves_the_session_standing(school: School) -> None:
    calls = [school.call(), school.call()]
    held = calibration.open_session(
        school.session, school.first.actor, title="Two", calls=[call.public_id for call in calls],
        people=[school.first.public_id, school.second.public_id], now=NOW,
    )  # fmt: skip
    for call in calls:
        school.mark(call, school.first)
        school.mark(call, school.second)
    erase_call(school.session, calls[0])
    school.session.commit()
    school.session.expire_all()
    assert {row.call_id for row in school.session.scalars(select(Marking))} == {calls[1].id}
    seen = calibration.open_calibration(school.session, school.first.actor, held.public_id, LATER)
    assert [one.call.id for one in seen.calls] == [calls[1].id]
    assert seen.is_open_to_see

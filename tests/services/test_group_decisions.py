"""A group is decided and certified in slices; what is cut off goes on, and nothing is done twice."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.conftest import Outbox, SetClock
from tests.factories.accounts import NOW, make_organisation, make_user
from tests.factories.careers import CATEGORY, NOTE, PLACE, Team, make_call, make_team, pass_course
from trainer.domain.errors import Conflict, Invalid, NotAllowed, NotFound
from trainer.domain.roles import Actor
from trainer.ports import EngineUnavailable, Ports
from trainer.services import category_decisions, certificate_making, certificates, group_decisions
from trainer.services.cohorts import create_cohort
from trainer.store.accounts import User
from trainer.store.careers import Decision
from trainer.store.certificates import Certificate
from trainer.store.cohorts import Seat
from trainer.store.group_decisions import GroupDecision, GroupMember, take_lease


@pytest.fixture
def team(session: Session) -> Team:
    return make_team(session)


def ready(session: Session, team: Team, count: int) -> list[User]:
    """People of whom every condition is met."""
    people = [make_user(session, team.organisation, name=f"Learner {n:02}") for n in range(count)]
    pass_course(None, *people)
    for person in people:
        make_call(session, person, "late-parcel", days=1)
        make_call(session, person, "order-advice", days=2)
        category_decisions.attest(session, team.supervisor.actor, person.public_id, CATEGORY, NOTE, NOW)
    return people


def order(session: Session, ports: Ports, team: Team, people: list[User]) -> GroupDecision:
    chosen = [(person.public_id, CATEGORY) for person in people]
    return group_decisions.order(session, ports, team.supervisor.actor, chosen, PLACE, NOW)


def work(session: Session, ports: Ports) -> None:
    """Run the jobs that the queue was asked for about groups, until none is left; time goes by meanwhile."""
    queue = ports.queue
    assert isinstance(queue, Outbox)
    while queue.jobs:
        job, arguments = queue.jobs.pop(0)
        if job == "decide_group":
            group_decisions.work_on(session, ports, arguments["group"], PLACE.designs, ports.clock.now())


def count(session: Session, table: type) -> int:
    return session.scalar(select(func.count()).select_from(table)) or 0


def test_who_can_be_decided_is_told_apart_from_who_lacks_a_word_or_more(session: Session, team: Team) -> None:
    (done,) = ready(session, team, 1)
    pass_course(None, team.learner)
    make_call(session, team.learner, "late-parcel", days=1)
    make_call(session, team.learner, "order-advice", days=2)
    beginner = make_user(session, team.organisation, name="Beginner")
    make_call(session, beginner, "late-parcel", days=1)
    found = group_decisions.choices_of(session, team.supervisor.actor, "", NOW)
    assert [(one.person.id, one.category.id, one.renews) for one in found.ready] == [(done.id, CATEGORY, False)]
    assert [one.person.id for one in found.lack_word] == [team.learner.id]
    assert found.others == 1


def test_a_cohort_narrows_it_down(session: Session, team: Team) -> None:
    first, second = ready(session, team, 2)
    teacher = make_user(session, team.organisation, ["teacher"])
    cohort = create_cohort(session, teacher.actor, "Autumn", NOW)
    session.add(Seat(cohort_id=cohort.id, name=second.name, email=second.email, added_at=NOW))
    session.commit()
    found = group_decisions.choices_of(session, team.supervisor.actor, cohort.public_id, NOW)
    assert [one.person.id for one in found.ready] == [second.id]
    assert first.id not in {one.person.id for one in found.ready}
    with pytest.raises(NotFound):
        group_decisions.choices_of(session, team.stranger.actor, cohort.public_id, NOW)


def test_everyone_gets_one_certificate_in_slices(session: Session, ports: Ports, team: Team) -> None:
    people = ready(session, team, group_decisions.SLICE + 3)
    group = order(session, ports, team, people)
    work(session, ports)
    progress = group_decisions.progress_of(session, team.supervisor.actor, group.public_id)
    assert (progress.issued, progress.waiting, progress.done) == (len(people), 0, len(people))
    assert group.finished_at is not None
    assert count(session, Decision) == count(session, Certificate) == len(people)
    assert {row.by_name for row in session.scalars(select(Decision))} == {"Sam Okafor"}


@pytest.mark.parametrize("after", ["add_decision", "issue_certificate"])
def test_what_was_cut_off_goes_on_and_does_nothing_twice(
    session: Session, ports: Ports, team: Team, monkeypatch: pytest.MonkeyPatch, after: str
) -> None:
    """The process dies at the second person, right after it decided, or right after it issued."""
    people = ready(session, team, 4)
    order(session, ports, team, people)
    real, calls = getattr(group_decisions, after), []

    def die(*given: object, **named: object) -> object:
        made = real(*given, **named)
        calls.append(made)
        if len(calls) == 2:
            raise KeyboardInterrupt
        return made

    with monkeypatch.context() as patch:
        patch.setattr(group_decisions, after, die)
        with pytest.raises(KeyboardInterrupt):
            work(session, ports)
    session.rollback()
    group_decisions.sweep(session, ports)
    work(session, ports)
    assert count(session, Certificate) == 1 + (after == "issue_certificate"), "somebody may still be at it"
    assert isinstance(ports.clock, SetClock)
    ports.clock.pass_by(seconds=200)
    group_decisions.sweep(session, ports)
    work(session, ports)
    assert count(session, Certificate) == len(people)
    assert len(set(session.scalars(select(Certificate.user_id)))) == len(people)
    assert count(session, Decision) == len(people)


def test_who_waits_in_a_group_is_in_no_other(session: Session, ports: Ports, team: Team) -> None:
    people = ready(session, team, 2)
    order(session, ports, team, people[:1])
    left = group_decisions.choices_of(session, team.supervisor.actor, "", NOW).ready
    assert [one.person.id for one in left] == [people[1].id]
    second = order(session, ports, team, people)
    assert [line.person.id for line in group_decisions.lines_of(session, second, 1)[0]] == [people[1].id]
    with pytest.raises(Invalid, match="under_way"):
        order(session, ports, team, people)


def test_only_one_works_on_a_group_at_a_time(session: Session, ports: Ports, team: Team) -> None:
    group = order(session, ports, team, ready(session, team, 1))
    assert take_lease(session, group, NOW, NOW + group_decisions.LEASE)
    session.commit()
    assert not take_lease(session, group, NOW, NOW + group_decisions.LEASE)
    group_decisions.work_on(session, ports, group.public_id, PLACE.designs, NOW)
    assert count(session, Decision) == 0


def test_each_person_stands_with_the_reason_where_it_fails(session: Session, ports: Ports, team: Team) -> None:
    good, held, short = ready(session, team, 3)
    supervisor = team.supervisor
    certificates.decide_and_issue(session, ports, supervisor.actor, held.public_id, CATEGORY, PLACE, NOW)
    make_call(session, short, "third", days=3, errors=[1])
    group = order(session, ports, team, [good, held, short])
    chosen_self = group_decisions.order(
        session, ports, supervisor.actor, [(supervisor.public_id, CATEGORY)], PLACE, NOW
    )
    unknown = group_decisions.order(session, ports, supervisor.actor, [(good.public_id, "emperor")], PLACE, NOW)
    work(session, ports)
    lines, more = group_decisions.lines_of(session, group, 1)
    assert not more
    found = {line.person.name: (line.member.state, line.member.code) for line in lines}
    assert found[good.name] == ("issued", "")
    assert found[held.name] == ("failed", "career.already_held")
    for other, code in ((chosen_self, "career.not_oneself"), (unknown, "career.unknown_category")):
        assert [line.member.code for line in group_decisions.lines_of(session, other, 1)[0]] == [code]


def test_who_lost_the_role_meanwhile_decides_nothing(session: Session, ports: Ports, team: Team) -> None:
    group = order(session, ports, team, ready(session, team, 1))
    team.supervisor.is_active = False
    session.commit()
    work(session, ports)
    assert count(session, Certificate) == 0
    assert session.scalar(select(GroupMember.state).where(GroupMember.group_id == group.id)) == "failed"


def test_failed_ones_can_be_tried_again(
    session: Session, ports: Ports, team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No key could sign at first: the decision stands, and its certificate comes later."""
    (person,) = ready(session, team, 1)
    group = order(session, ports, team, [person])
    actor = team.supervisor.actor

    def no_key(*_given: object) -> None:
        raise EngineUnavailable("signer", "the key cannot be read")

    with monkeypatch.context() as patch:
        patch.setattr(certificate_making, "ready_keys", no_key)
        work(session, ports)
    (line,) = group_decisions.lines_of(session, group, 1)[0]
    assert (line.member.state, line.member.code) == ("failed", "error.unavailable")
    assert group_decisions.order_failed_again(session, ports, actor, group.public_id) == 1
    work(session, ports)
    assert group_decisions.progress_of(session, actor, group.public_id).issued == 1
    assert count(session, Decision) == 1
    with pytest.raises(Conflict, match="nothing_failed"):
        group_decisions.order_failed_again(session, ports, actor, group.public_id)


def test_fault_of_ours_stops_one_member_and_not_the_group(
    session: Session, ports: Ports, team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    people = ready(session, team, 3)
    group = order(session, ports, team, people)
    issue, calls = group_decisions.issue_certificate, []

    def broken_once(*given: object) -> Certificate:
        calls.append(given)
        if len(calls) == 2:
            raise ZeroDivisionError
        return issue(*given)  # type: ignore[arg-type]

    with monkeypatch.context() as patch:
        patch.setattr(group_decisions, "issue_certificate", broken_once)
        work(session, ports)
    progress = group_decisions.progress_of(session, team.supervisor.actor, group.public_id)
    assert (progress.issued, progress.failed, progress.waiting) == (2, 1, 0)
    assert progress.group.finished_at is not None
    codes = {line.member.code for line in group_decisions.lines_of(session, group, 1)[0]}
    assert "error.unforeseen" in codes
    assert group_decisions.order_failed_again(session, ports, team.supervisor.actor, group.public_id) == 1
    work(session, ports)
    assert group_decisions.progress_of(session, team.supervisor.actor, group.public_id).issued == 3


def test_all_papers_come_in_one_archive(session: Session, ports: Ports, team: Team) -> None:
    people = ready(session, team, 2)
    group = order(session, ports, team, people)
    work(session, ports)
    pieces = list(
        group_decisions.papers(session, ports, team.supervisor.actor, group.public_id, Path(PLACE.designs), NOW)
    )
    with zipfile.ZipFile(io.BytesIO(b"".join(pieces))) as archive:
        assert archive.testzip() is None
        names = archive.namelist()
        assert all(archive.read(name).startswith(b"%PDF-") for name in names)
    assert [name.split("-")[1:3] for name in names] == [person.name.split() for person in people]
    assert len(pieces) > len(people), "handed out as they are made"


def test_a_group_is_ordered_by_a_supervisor_of_the_house_over_its_own_people(
    session: Session, ports: Ports, team: Team
) -> None:
    trainer = make_user(session, team.organisation, ["trainer"])
    group = order(session, ports, team, ready(session, team, 1))
    for act in (
        lambda who: group_decisions.choices_of(session, who, "", NOW),
        lambda who: group_decisions.progress_of(session, who, group.public_id),
        lambda who: group_decisions.order(session, ports, who, [(team.learner.public_id, CATEGORY)], PLACE, NOW),
    ):
        with pytest.raises(NotAllowed):
            act(trainer.actor)
    outsider: Actor = make_user(session, make_organisation(session, "Elsewhere"), ["supervisor"]).actor
    with pytest.raises(NotFound):
        group_decisions.order(session, ports, outsider, [(team.learner.public_id, CATEGORY)], PLACE, NOW)
    with pytest.raises(NotFound):
        group_decisions.progress_of(session, outsider, group.public_id)
    with pytest.raises(Invalid, match="nobody"):
        group_decisions.order(session, ports, team.supervisor.actor, [], PLACE, NOW)
    many = [("x" * 16, str(n)) for n in range(group_decisions.MOST + 1)]
    with pytest.raises(Invalid, match="too_many"):
        group_decisions.order(session, ports, team.supervisor.actor, many, PLACE, NOW)

"""A shift as its service keeps it: by the clock, each caller once, nothing lost to a second press or a reload."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session

from tests.factories.accounts import make_user
from tests.factories.calls import make_scenario
from trainer.domain.errors import Conflict, Invalid, NotFound
from trainer.domain.roles import Actor
from trainer.domain.scenario import Scenario
from trainer.ports import Ports
from trainer.services import shifts
from trainer.services.calls import answer_call
from trainer.services.calls_telephone import hang_up, set_hold
from trainer.services.calls_turns import Operator
from trainer.services.calls_wrap_up import save_wrap_up
from trainer.services.shifts import Floor
from trainer.store.accounts import Organisation
from trainer.store.calls import Call
from trainer.store.shifts import Shift

START = datetime(2026, 11, 24, 9, tzinfo=UTC)


@dataclass
class Worker:
    """A learner with a clock."""

    session: Session
    ports: Ports
    actor: Actor
    catalogue: Mapping[str, Scenario]
    now: datetime = START
    turns: Iterator[int] = field(default_factory=lambda: iter(range(1000)))

    def later(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)

    def begin(self, minutes: int = 10, load: str = "busy") -> Shift:
        return shifts.begin_shift(
            self.session, self.actor, self.now, self.catalogue, minutes=minutes, load=load, language="en", seed=5
        )

    def floor(self, shift: Shift) -> Floor:
        return shifts.floor_of(self.session, self.actor, shift.public_id, self.now)

    def answer(self, shift: Shift) -> Call:
        return shifts.answer_next(self.session, self.ports, self.actor, shift.public_id, self.now, self.catalogue)

    def who(self, call: Call) -> Operator:
        return Operator(self.actor, call.public_id, f"turn-{next(self.turns):04}", self.now, "tab")

    def handle(self, call: Call, talk: float, hold: float, acw: float) -> None:
        """Pick up, hold, hang up, write up, taking those seconds."""
        shared = (self.session, self.ports)
        answer_call(*shared, self.actor, call.public_id, self.now, tab="tab")
        set_hold(*shared, self.who(call), on=True)
        self.later(hold)
        set_hold(*shared, self.who(call), on=False)
        self.later(talk)
        hang_up(*shared, self.who(call))
        self.later(acw)
        save_wrap_up(*shared, self.who(call), fields={}, disposition="unsolved")


@pytest.fixture
def worker(session: Session, ports: Ports, organisation: Organisation) -> Worker:
    actor = make_user(session, organisation, ("learner",)).actor
    return Worker(session, ports, actor, {"late-parcel-small": make_scenario()})


def test_a_call_is_answered_once_however_often_the_key_is_pressed(worker: Worker) -> None:
    shift = worker.begin()
    worker.later(10)
    first = worker.answer(shift)
    assert worker.answer(shift).id == first.id
    assert (first.mode, first.seed) == ("practice", shift.plan[0][4])
    assert worker.floor(shift).current is not None


def test_the_figures_come_from_the_calls_own_log(worker: Worker) -> None:
    shift = worker.begin()
    worker.later(10)
    worker.handle(worker.answer(shift), talk=60, hold=15, acw=20)
    floor = worker.floor(shift)
    assert floor.standing.state == "ready"
    assert floor.figures.talk_s == pytest.approx(60, abs=0.5)
    assert floor.figures.hold_s == pytest.approx(15, abs=0.5)
    assert floor.figures.acw_s == pytest.approx(20, abs=0.5)
    assert floor.figures.asa_s == pytest.approx(10 - shift.plan[0][1], abs=0.2)
    assert floor.calls[0].waited_s == pytest.approx(10 - shift.plan[0][1], abs=0.2)


def test_the_next_call_waits_while_one_is_handled_and_gives_up_by_the_clock(worker: Worker) -> None:
    shift = worker.begin()
    worker.later(10)
    worker.handle(worker.answer(shift), talk=500, hold=0, acw=1)
    floor = worker.floor(shift)
    assert floor.figures.abandoned == sum(offer.gives_up_s <= 511 for offer in floor.plan[1:])
    assert floor.figures.offered == floor.figures.answered + floor.figures.abandoned + floor.figures.waiting


def test_on_break_no_call_is_taken_and_ready_takes_them_again(worker: Worker) -> None:
    shift = worker.begin()
    worker.later(8)
    shifts.choose_state(worker.session, worker.actor, shift.public_id, worker.now, "break")
    with pytest.raises(Conflict, match="not_ready"):
        worker.answer(shift)
    worker.later(2)
    shifts.choose_state(worker.session, worker.actor, shift.public_id, worker.now, "ready")
    assert worker.answer(shift)
    assert worker.floor(shift).figures.break_s == 2


def test_the_clock_ends_a_shift_that_nobody_looks_at(worker: Worker) -> None:
    shift = worker.begin()
    with pytest.raises(Conflict, match="running"):
        worker.begin()
    worker.later(11 * 60)
    assert worker.floor(shift).standing.state == "over"
    assert worker.floor(shift).figures.abandoned == len(shift.plan)
    with pytest.raises(Conflict, match="over"):
        worker.answer(shift)
    assert worker.begin().id != shift.id


def test_a_call_under_way_has_to_be_finished_before_the_shift_is_ended(worker: Worker) -> None:
    shift = worker.begin()
    worker.later(10)
    call = worker.answer(shift)
    with pytest.raises(Conflict, match="on_call"):
        shifts.end_shift(worker.session, worker.actor, shift.public_id, worker.now)
    worker.handle(call, talk=5, hold=0, acw=5)
    assert shifts.end_shift(worker.session, worker.actor, shift.public_id, worker.now).standing.state == "over"


def test_the_wait_of_a_call_and_its_shift_are_known_from_the_call(worker: Worker) -> None:
    shift = worker.begin()
    worker.later(9)
    call = worker.answer(shift)
    found = shifts.wait_of_call(worker.session, call)
    assert found is not None
    assert found[0] == shift.public_id
    assert found[1] == pytest.approx(9 - shift.plan[0][1], abs=0.2)


@pytest.mark.parametrize(
    ("changes", "code"), [({"minutes": 9}, "minutes"), ({"minutes": 61}, "minutes"), ({"load": "x"}, "load")]
)
def test_what_no_shift_can_be_is_told_by_field(worker: Worker, changes: dict[str, object], code: str) -> None:
    wanted: dict[str, object] = {"minutes": 20, "load": "usual", "language": "en", **changes}
    with pytest.raises(Invalid, match=code):
        shifts.begin_shift(worker.session, worker.actor, worker.now, worker.catalogue, **wanted)  # type: ignore[arg-type]


def test_outbound_calls_alone_are_no_shift(worker: Worker) -> None:
    one = worker.catalogue["late-parcel-small"]
    outbound = {name: replace(case, direction="outbound") for name, case in one.templates.items()}
    worker.catalogue = {"late-parcel-small": replace(one, templates=outbound)}
    with pytest.raises(Invalid, match="no_calls"):
        worker.begin()


def test_nobody_elses_shift_exists(worker: Worker, session: Session, organisation: Organisation) -> None:
    shift = worker.begin()
    colleague = make_user(session, organisation, ("learner", "trainer")).actor
    with pytest.raises(NotFound):
        shifts.floor_of(session, colleague, shift.public_id, worker.now)


def test_the_list_of_shifts_takes_as_many_queries_for_many_as_for_one(worker: Worker) -> None:
    def work() -> Shift:
        shift = worker.begin()
        worker.later(10)
        call = worker.answer(shift)
        worker.handle(call, talk=60, hold=20, acw=30)
        shifts.end_shift(worker.session, worker.actor, shift.public_id, worker.now)
        return shift

    def listed() -> tuple[int, list[Floor]]:
        seen: list[str] = []

        def see(*args: object) -> None:
            seen.append(str(args[2]))

        worker.session.expire_all()
        event.listen(worker.session.get_bind(), "before_cursor_execute", see)
        floors = shifts.list_shifts(worker.session, worker.actor, worker.now)
        event.remove(worker.session.get_bind(), "before_cursor_execute", see)
        return len(seen), floors

    work()
    few, _ = listed()
    latest = [work() for _ in range(4)][-1]
    many, floors = listed()
    assert many == few
    assert [len(floor.calls) for floor in floors] == [1] * 5
    assert [floor.figures.aht_s for floor in floors] == [110.0] * 5
    assert floors[0].shift.public_id == latest.public_id
    assert [floor.moments[-1].type for floor in floors] == ["ended"] * 5

"""Drills as their service keeps them: on the learner's own weak reply, each reply once, private, gone with the call."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.factories.accounts import make_user
from tests.factories.drills import BAD, GOOD, make_weak_call
from tests.fakes import ScriptedEncoder
from trainer.domain.errors import Conflict, Invalid, NotFound
from trainer.domain.roles import ROLES
from trainer.ports import Ports
from trainer.services import drills
from trainer.services.call_audio import wav_from_pcm
from trainer.services.calls import erase_practice_call
from trainer.store.accounts import Organisation, User
from trainer.store.calls import Call, erase_call
from trainer.store.drills import Drill, DrillReply

NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)


@pytest.fixture
def learner(session: Session, organisation: Organisation) -> User:
    return make_user(session, organisation)


@pytest.fixture
def call(session: Session, learner: User) -> Call:
    return make_weak_call(session, learner, NOW - timedelta(hours=1))


@pytest.fixture
def drill(session: Session, ports: Ports, learner: User, call: Call) -> Drill:
    return drills.begin_drill(session, ports, learner.actor, call.public_id, NOW)


def reply(session: Session, ports: Ports, learner: User, drill: Drill, turn: str, text: str) -> None:
    drills.reply_in_drill(session, ports, learner.actor, drill.public_id, turn, text, NOW)


def rows(session: Session) -> tuple[int, int]:
    count = [session.scalar(select(func.count()).select_from(kind)) or 0 for kind in (Drill, DrillReply)]
    return count[0], count[1]


def test_drill_is_on_the_weak_criterion_and_begins_with_another_wording_than_the_call_had(
    session: Session, learner: User, drill: Drill
) -> None:
    view = drills.open_drill(session, learner.actor, drill.public_id, NOW)
    assert (drill.criterion, drill.objection, drill.objection_type) == ("respond", "late", "delivery_delay")
    assert view.line != "my parcel is three days late!"
    assert view.facts[0] == "We deliver again on 26 November."
    assert (view.standing.good, view.standing.done, view.seconds) == (0, False, 0)


def test_two_good_replies_end_it_and_a_weak_one_only_asks_again(
    session: Session, ports: Ports, learner: User, drill: Drill
) -> None:
    lines = []
    for number, text in enumerate((GOOD[0], BAD, GOOD[0], GOOD[1])):
        lines.append(drills.open_drill(session, learner.actor, drill.public_id, NOW).line)
        reply(session, ports, learner, drill, f"turn-000{number}", text)
    view = drills.open_drill(session, learner.actor, drill.public_id, NOW)
    assert [one.attempt.is_good for one in view.replies] == [True, False, True, True]
    assert [one.customer for one in view.replies] == lines
    assert len(set(lines)) == 4
    assert view.standing.done
    assert drill.done_at == NOW
    with pytest.raises(Conflict, match=r"drill\.done"):
        reply(session, ports, learner, drill, "turn-0009", GOOD[0])


def test_reply_sent_again_is_taken_once_also_after_the_end(
    session: Session, ports: Ports, learner: User, drill: Drill
) -> None:
    for _ in range(3):
        reply(session, ports, learner, drill, "turn-0001", GOOD[0])
    reply(session, ports, learner, drill, "turn-0002", GOOD[1])
    reply(session, ports, learner, drill, "turn-0002", GOOD[1])
    assert rows(session) == (1, 2)


def test_replies_that_cannot_be_used_are_refused_and_change_nothing(
    session: Session, ports: Ports, learner: User, drill: Drill
) -> None:
    for turn, text in (("turn-0001", "  "), ("turn-0002", "word " * 1001), ("!", "Hello there.")):
        with pytest.raises(Invalid):
            reply(session, ports, learner, drill, turn, text)
    assert rows(session) == (1, 0)


def test_beginning_again_goes_on_with_what_is_open_and_starts_anew_when_it_is_done(
    session: Session, ports: Ports, learner: User, call: Call, drill: Drill
) -> None:
    assert drills.begin_drill(session, ports, learner.actor, call.public_id, NOW) == drill
    for number, text in enumerate(GOOD):
        reply(session, ports, learner, drill, f"turn-000{number}", text)
    again = drills.begin_drill(session, ports, learner.actor, call.public_id, NOW)
    assert (again.public_id != drill.public_id, again.round) == (True, 2)


@pytest.mark.parametrize("role", ROLES)
def test_nobody_else_opens_a_drill_whatever_their_role(
    session: Session, ports: Ports, organisation: Organisation, learner: User, drill: Drill, role: str
) -> None:
    assessed = make_weak_call(session, learner, NOW, mode="assessed")
    other = make_user(session, organisation, [role]).actor
    for refused in (
        lambda: drills.open_drill(session, other, drill.public_id, NOW),
        lambda: drills.reply_in_drill(session, ports, other, drill.public_id, "turn-0001", GOOD[0], NOW),
        lambda: drills.speak_line(session, ports, other, drill.public_id, 0),
        lambda: drills.hear_reply(session, ports, other, drill.public_id, b""),
        lambda: drills.erase_drill(session, other, drill.public_id),
        lambda: drills.begin_drill(session, ports, other, assessed.public_id, NOW),
    ):
        with pytest.raises(NotFound):
            refused()
    assert drills.suggest(session, ports, other) is None


def test_a_drill_goes_with_its_call(session: Session, ports: Ports, learner: User, call: Call, drill: Drill) -> None:
    reply(session, ports, learner, drill, "turn-0001", GOOD[0])
    erase_practice_call(session, ports, learner.actor, call.public_id)
    assert rows(session) == (0, 0)


def test_a_person_can_be_erased_who_has_drills(
    session: Session, ports: Ports, learner: User, call: Call, drill: Drill
) -> None:
    reply(session, ports, learner, drill, "turn-0001", GOOD[0])
    erase_call(session, call)
    session.delete(learner)
    session.commit()
    assert rows(session) == (0, 0)


def test_a_drill_can_be_erased_by_itself(
    session: Session, ports: Ports, learner: User, call: Call, drill: Drill
) -> None:
    reply(session, ports, learner, drill, "turn-0001", GOOD[0])
    assert drills.erase_drill(session, learner.actor, drill.public_id) == call.public_id
    assert rows(session) == (0, 0)
    assert session.get(Call, call.id) is not None


def test_what_is_said_is_heard_and_not_kept(session: Session, ports: Ports, learner: User, drill: Drill) -> None:
    wav = wav_from_pcm(b"\x01\x02" * 8000)
    assert drills.hear_reply(session, ports, learner.actor, drill.public_id, wav) == "Good morning, how can I help you?"
    assert rows(session) == (1, 0)
    assert not list(ports.files.keys(""))


def test_the_customer_says_each_wording_and_no_other(
    session: Session, ports: Ports, learner: User, drill: Drill
) -> None:
    sound = drills.speak_line(session, ports, learner.actor, drill.public_id, len(drill.wordings) - 1)
    assert sound is not None
    assert sound.wav[:4] == b"RIFF"
    with pytest.raises(NotFound):
        drills.speak_line(session, ports, learner.actor, drill.public_id, len(drill.wordings))


def test_my_path_proposes_what_was_weak_then_what_was_begun_then_nothing(
    session: Session, ports: Ports, learner: User, call: Call
) -> None:
    found = drills.suggest(session, ports, learner.actor)
    assert found is not None
    assert (found.call, found.criterion, found.drill) == (call, "respond", None)
    drill = drills.begin_drill(session, ports, learner.actor, call.public_id, NOW)
    found = drills.suggest(session, ports, learner.actor)
    assert found is not None
    assert found.drill == drill
    for number, text in enumerate(GOOD):
        reply(session, ports, learner, drill, f"turn-000{number}", text)
    assert drills.suggest(session, ports, learner.actor) is None


def test_good_calls_need_no_drill(session: Session, ports: Ports, learner: User) -> None:
    fine = dict.fromkeys(("listen_acknowledge", "explore", "respond", "close", "conduct"), 4)
    call = make_weak_call(session, learner, NOW, **fine)
    assert drills.suggest(session, ports, learner.actor) is None
    with pytest.raises(Conflict, match=r"drill\.nothing"):
        drills.begin_drill(session, ports, learner.actor, call.public_id, NOW)


def test_no_drill_is_offered_where_even_the_scenarios_own_answer_would_not_do(
    session: Session, ports: Ports, learner: User
) -> None:
    call = make_weak_call(session, learner, NOW, model=BAD)
    assert drills.suggest(session, ports, learner.actor) is None
    with pytest.raises(Conflict, match=r"drill\.nothing"):
        drills.begin_drill(session, ports, learner.actor, call.public_id, NOW)


def test_a_review_is_read_without_its_drill_when_the_encoder_fails(
    session: Session, ports: Ports, learner: User, call: Call
) -> None:
    broken = replace(ports, encoder=ScriptedEncoder(unavailable="no model", name="usem3"))
    assert drills.suggest(session, broken, learner.actor) is None

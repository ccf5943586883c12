"""Drills: practising one weak reply of one's own call until it is good. Only the learner ever sees one."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from trainer.content.rubrics import reply_rubric
from trainer.domain import drill as rules
from trainer.domain.drill import Attempt, Standing, WeakSpot
from trainer.domain.errors import Conflict, Invalid, NotFound
from trainer.domain.grade import REPLY_CRITERIA, CallGrade, ReplyGrade
from trainer.domain.roles import Actor
from trainer.domain.scenario import Case, Objection
from trainer.language.reply import ReplyRow, situation_of
from trainer.ports import EngineUnavailable, Ports, SpokenAudio
from trainer.services.call_audio import pcm_from_wav
from trainer.services.call_log import case_of_call, checked_turn_id, own_call
from trainer.services.calls_turns import MOST_WORDS
from trainer.services.customer_voice import speak_turn
from trainer.services.grading import grade_rows
from trainer.services.hearing import hear
from trainer.services.kept import Kept
from trainer.store import calls as call_store
from trainer.store import drills as store
from trainer.store.calls import Call
from trainer.store.documents import from_document, to_document
from trainer.store.drills import Drill, DrillReply

log = logging.getLogger(__name__)
LOOKED_AT = 3
"""How many of the latest calls are asked for a weak reply."""
TRIED = 3
"""Wordings on which the scenario's own answer is tried."""
_ATTEMPTS = 4


@dataclass(frozen=True, slots=True)
class GradedReply:
    """A reply of the drill with what it answered; `level` is that of the drill's criterion."""

    customer: str
    reply: str
    grade: ReplyGrade
    attempt: Attempt
    rubric_version: str


@dataclass(frozen=True, slots=True)
class DrillView:
    """All that the page of a drill shows. `line` is what the customer says now; `seconds` how long the sitting lasts."""

    drill: Drill
    call: Call
    case: Case
    standing: Standing
    replies: tuple[GradedReply, ...]
    line: str
    model: tuple[str, ...]
    facts: tuple[str, ...]
    seconds: float


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What My path proposes: a drill that was begun (`drill`), or the weak spot of a call that has none yet."""

    call: Call
    criterion: str
    objection_type: str
    drill: Drill | None = None


def weak_spot(session: Session, ports: Ports, call: Call, grade: CallGrade) -> WeakSpot | None:
    """What a drill of this call would be about: the weakest point in which the scenario's own answer is graded good.

    None where there is none. Ends the transaction, for the grader may ask the encoder.
    """
    spots = rules.weak_spots(grade.objections, {one.id: one.weight for one in reply_rubric().criteria})
    if not spots:
        return None
    case = case_of_call(session, call)
    session.commit()

    by_id = {one.id: one for one in case.objections}

    def reachable(criterion: str, objection: str) -> bool:
        return objection in by_id and _model_levels(ports, case, by_id[objection])[criterion] >= rules.GOOD_FROM

    try:
        return rules.to_practise(spots, case.objections, reachable)
    except EngineUnavailable as error:  # a review is read without its drill rather than not at all
        log.warning("no drill is offered: %s", error)
        return None


_levels: Kept[tuple[str, str, str, int, str, str, str], dict[str, int]] = Kept(500)


def _model_levels(ports: Ports, case: Case, objection: Objection) -> dict[str, int]:
    """How the scenario's own answer is graded in each criterion, as a rule: the median over three wordings."""
    key = (
        case.scenario, case.version, case.language, case.seed, objection.id, reply_rubric().version,
        ports.encoder.name if ports.encoder else "",
    )  # fmt: skip

    def graded() -> dict[str, int]:
        wordings = rules.wordings_of(objection, ())[:TRIED]
        model = " ".join(rules.model_answer(case, objection))
        grades = grade_rows([_row(case, objection, line, model) for line in wordings], ports)
        return {name: sorted(getattr(one, name) for one in grades)[len(grades) // 2] for name in REPLY_CRITERIA}

    return _levels.or_make(key, graded)


def suggest(session: Session, ports: Ports, actor: Actor) -> Suggestion | None:
    """The drill to go on with, else the weak reply of the latest graded calls that was not practised yet."""
    drilled = store.drills_of_user(session, actor.user_id)
    for drill, call in drilled:
        if drill.done_at is None:
            return Suggestion(call, drill.criterion, drill.objection_type, drill)
    practised = {drill.call_id for drill, _ in drilled}
    for call, row in call_store.graded_calls_of_user(session, actor.user_id, LOOKED_AT):
        if call.id in practised:
            continue
        spot = weak_spot(session, ports, call, from_document(CallGrade, row.grade))
        if spot is not None and spot.level < rules.GOOD_FROM:
            return Suggestion(call, spot.criterion, spot.type)
    return None


def begin_drill(session: Session, ports: Ports, actor: Actor, call_id: str, now: datetime) -> Drill:
    """A drill on the weak spot of the actor's own graded call; one that is not done yet is gone on with.

    Raises NotFound for others' calls, Conflict where there is nothing to practise.
    """
    call = own_call(session, actor, call_id)
    row = call_store.latest_grade(session, call)
    spot = weak_spot(session, ports, call, from_document(CallGrade, row.grade)) if row else None
    if spot is None:
        raise Conflict("drill.nothing")
    before = store.drills_of_point(session, call, spot.criterion, spot.objection)
    if before and before[-1].done_at is None:
        return before[-1]
    objection = _objection(case_of_call(session, call), spot.objection)
    heard = [event.data["text"] for event in call_store.events_of(session, call) if event.type == "customer_line"]
    drill = Drill(
        organisation_id=call.organisation_id, user_id=actor.user_id, call_id=call.id, criterion=spot.criterion,
        objection=spot.objection, objection_type=spot.type, round=len(before) + 1,
        wordings=list(rules.wordings_of(objection, heard)), started_at=now,
    )  # fmt: skip
    try:
        store.add_drill(session, drill)
        session.commit()
    except IntegrityError:  # the button was pressed twice
        session.rollback()
        return store.drills_of_point(session, call, spot.criterion, spot.objection)[-1]
    return drill


def open_drill(session: Session, actor: Actor, drill_id: str, now: datetime) -> DrillView:
    """The actor's own drill where it stands. Raises NotFound."""
    drill, call = _own_drill(session, actor, drill_id)
    case = case_of_call(session, call)
    objection = _objection(case, drill.objection)
    rows = store.replies_of(session, drill)
    replies = tuple(_graded(drill, row) for row in rows)
    model = rules.model_answer(case, objection)
    standing = rules.stand([one.attempt for one in replies], len(drill.wordings), " ".join(model))
    began = rules.sitting_began(drill.started_at, [row.at for row in rows], now)
    return DrillView(
        drill=drill,
        call=call,
        case=case,
        standing=standing,
        replies=replies,
        line=drill.wordings[standing.wording],
        model=model,
        facts=rules.facts_for(case, objection),
        seconds=(now - began).total_seconds(),
    )


def reply_in_drill(
    session: Session, ports: Ports, actor: Actor, drill_id: str, turn_id: str, text: str, now: datetime
) -> Drill:
    """Grade a reply to the line at hand and keep it. The same `turn_id` sent again changes nothing.

    Raises NotFound, Invalid for a reply that cannot be used, Conflict when the drill is done or others write meanwhile.
    """
    checked_turn_id(turn_id)
    plain = " ".join(text.split())
    drill, call = _own_drill(session, actor, drill_id)
    case = case_of_call(session, call)
    objection = _objection(case, drill.objection)
    model = " ".join(rules.model_answer(case, objection))
    graded: dict[str, ReplyGrade] = {}
    for _ in range(_ATTEMPTS):
        rows = store.replies_of(session, drill)
        if any(row.turn_id == turn_id for row in rows):
            return drill
        if not plain:
            raise Invalid("call.nothing_typed", field="reply")
        if len(plain.split()) > MOST_WORDS:
            raise Invalid("call.too_many_words", field="reply", words=len(plain.split()), most=MOST_WORDS)
        standing = rules.stand([_graded(drill, row).attempt for row in rows], len(drill.wordings), model)
        if standing.done:
            raise Conflict("drill.done")
        line = drill.wordings[standing.wording]
        session.commit()  # the grader may ask the encoder; nothing stays open meanwhile
        if line not in graded:
            (graded[line],) = grade_rows([_row(case, objection, line, plain)], ports)
        kept = DrillReply(
            drill_id=drill.id, turn_id=turn_id, number=len(rows) + 1, customer=line, reply=plain,
            grade=to_document(graded[line]), rubric_version=reply_rubric().version, at=now,
        )  # fmt: skip
        if rules.stand([_graded(drill, row).attempt for row in (*rows, kept)], len(drill.wordings), model).done:
            drill.done_at = now
        try:
            store.add_reply(session, kept)
            session.commit()
        except IntegrityError:  # another tab, or the same turn once more, was first
            session.rollback()
            continue
        return drill
    raise Conflict("call.busy")


def hear_reply(session: Session, ports: Ports, actor: Actor, drill_id: str, wav: bytes) -> str:
    """What was said, for the learner to look over before it is sent. The sound is not kept. Raises as `hear` does."""
    _, call = _own_drill(session, actor, drill_id)
    language = call.language
    session.commit()
    return hear(ports, pcm_from_wav(wav), language).text.strip()


def speak_line(session: Session, ports: Ports, actor: Actor, drill_id: str, number: int) -> SpokenAudio | None:
    """The customer saying the wording of that place, from 0; None when no voice works. Raises NotFound."""
    drill, call = _own_drill(session, actor, drill_id)
    if not 0 <= number < len(drill.wordings):
        raise NotFound("drill.not_found")
    case, line = case_of_call(session, call), drill.wordings[number]
    session.commit()
    return speak_turn(ports, case, line)


def erase_drill(session: Session, actor: Actor, drill_id: str) -> str:
    """Remove the actor's own drill and its replies; gives the public id of its call. Raises NotFound."""
    drill, call = _own_drill(session, actor, drill_id)
    store.erase_drill(session, drill)
    session.commit()
    return call.public_id


def _own_drill(session: Session, actor: Actor, drill_id: str) -> tuple[Drill, Call]:
    found = store.find_drill(session, actor.user_id, drill_id)
    if found is None or found[0].organisation_id != actor.organisation_id:
        raise NotFound("drill.not_found")
    return found


def _objection(case: Case, objection_id: str) -> Objection:
    objection = next((one for one in case.objections if one.id == objection_id), None)
    if objection is None:
        raise NotFound("drill.not_found")
    return objection


def _row(case: Case, objection: Objection, customer: str, reply: str) -> ReplyRow:
    """As in a call: measured against the facts of this case."""
    return ReplyRow(
        reply=reply,
        customer=customer,
        situation=situation_of(case.all_facts, case.brief),
        language=case.language,
        objection_type=objection.type,
        channel=case.direction,
    )


def _graded(drill: Drill, row: DrillReply) -> GradedReply:
    grade = from_document(ReplyGrade, row.grade)
    attempt = Attempt(row.reply, getattr(grade, drill.criterion), grade.critical_error)
    return GradedReply(row.customer, row.reply, grade, attempt, row.rubric_version)

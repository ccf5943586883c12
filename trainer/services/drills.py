"""Drills: practising one weak reply of one's own call until it is good. Only the learner ever sees one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from trainer.content.rubrics import reply_rubric
from trainer.domain import drill as rules
from trainer.domain.drill import Attempt, Standing, WeakSpot
from trainer.domain.errors import Conflict, Invalid, NotFound
from trainer.domain.grade import CallGrade, ReplyGrade
from trainer.domain.roles import Actor
from trainer.domain.scenario import Case, Objection
from trainer.language.reply import ReplyRow, situation_of
from trainer.ports import Ports, SpokenAudio
from trainer.services.call_audio import pcm_from_wav
from trainer.services.call_log import case_of_call, checked_turn_id, own_call
from trainer.services.calls_turns import MOST_WORDS
from trainer.services.customer_voice import speak_turn
from trainer.services.grading import grade_row
from trainer.services.hearing import hear
from trainer.store import calls as call_store
from trainer.store import drills as store
from trainer.store.calls import Call
from trainer.store.documents import from_document, to_document
from trainer.store.drills import Drill, DrillReply

LOOKED_AT = 5
"""How many of the latest calls are asked for a weak reply."""
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


def weak_spot(grade: CallGrade) -> WeakSpot | None:
    """What a drill of this call would be about, or None where no reply to an objection is below the best."""
    return rules.weakest(grade.objections, {one.id: one.weight for one in reply_rubric().criteria})


def suggest(session: Session, actor: Actor) -> Suggestion | None:
    """The drill to go on with, else the weak reply of the latest graded calls that was not practised yet."""
    latest = call_store.calls_of_user(session, actor.user_id, LOOKED_AT)
    drilled = store.drills_of_user(session, actor.user_id)
    for drill, call in drilled:
        if drill.done_at is None:
            return Suggestion(call, drill.criterion, drill.objection_type, drill)
    grades = call_store.latest_grades(session, [call.id for call in latest])
    practised = {drill.call_id for drill, _ in drilled}
    for call in latest:
        if call.id not in grades or call.id in practised:
            continue
        spot = weak_spot(from_document(CallGrade, grades[call.id].grade))
        if spot is not None and spot.level < rules.GOOD_FROM:
            return Suggestion(call, spot.criterion, spot.type)
    return None


def begin_drill(session: Session, ports: Ports, actor: Actor, call_id: str, now: datetime) -> Drill:
    """A drill on the weak spot of the actor's own graded call; one that is not done yet is gone on with.

    Raises NotFound for others' calls, Conflict where there is nothing to practise.
    """
    call = own_call(session, actor, call_id)
    row = call_store.latest_grade(session, call)
    spot = weak_spot(from_document(CallGrade, row.grade)) if row else None
    if spot is None:
        raise Conflict("drill.nothing")
    case = case_of_call(session, call)
    objection = _objection(case, spot.objection)
    heard = [event.data["text"] for event in call_store.events_of(session, call) if event.type == "customer_line"]
    wordings = rules.wordings_of(objection, heard)
    if not wordings:
        raise Conflict("drill.nothing")
    before = store.drills_of_point(session, call, spot.criterion, spot.objection)
    session.commit()  # grading the model answer takes a moment; nothing stays open meanwhile
    if before and before[-1].done_at is None:
        return before[-1]
    model = _grade(ports, case, objection, wordings[0], " ".join(rules.model_answer(case, objection)))
    drill = Drill(
        organisation_id=call.organisation_id, user_id=actor.user_id, call_id=call.id, criterion=spot.criterion,
        objection=spot.objection, objection_type=spot.type, round=len(before) + 1, wordings=list(wordings),
        model_level=getattr(model, spot.criterion), started_at=now,
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
    standing = rules.stand([one.attempt for one in replies], len(drill.wordings))
    began = rules.sitting_began(drill.started_at, [row.at for row in rows], now)
    return DrillView(
        drill=drill,
        call=call,
        case=case,
        standing=standing,
        replies=replies,
        line=drill.wordings[standing.wording],
        model=rules.model_answer(case, objection),
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
    graded: dict[str, ReplyGrade] = {}
    for _ in range(_ATTEMPTS):
        rows = store.replies_of(session, drill)
        if any(row.turn_id == turn_id for row in rows):
            return drill
        if not plain:
            raise Invalid("call.nothing_typed", field="reply")
        if len(plain.split()) > MOST_WORDS:
            raise Invalid("call.too_many_words", field="reply", words=len(plain.split()), most=MOST_WORDS)
        standing = rules.stand([_graded(drill, row).attempt for row in rows], len(drill.wordings))
        if standing.done:
            raise Conflict("drill.done")
        line = drill.wordings[standing.wording]
        session.commit()  # the grader may ask the encoder; nothing stays open meanwhile
        if line not in graded:
            graded[line] = _grade(ports, case, objection, line, plain)
        kept = DrillReply(
            drill_id=drill.id, turn_id=turn_id, number=len(rows) + 1, customer=line, reply=plain,
            grade=to_document(graded[line]), rubric_version=reply_rubric().version, at=now,
        )  # fmt: skip
        if rules.stand([_graded(drill, row).attempt for row in (*rows, kept)], len(drill.wordings)).done:
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


def _grade(ports: Ports, case: Case, objection: Objection, customer: str, reply: str) -> ReplyGrade:
    """As in a call: the same reader and rubric, measured against the facts of this case."""
    row = ReplyRow(
        reply=reply,
        customer=customer,
        situation=situation_of(case.all_facts, case.brief),
        language=case.language,
        objection_type=objection.type,
        channel=case.direction,
    )
    return grade_row(row, ports)


def _graded(drill: Drill, row: DrillReply) -> GradedReply:
    grade = from_document(ReplyGrade, row.grade)
    attempt = Attempt(row.reply, getattr(grade, drill.criterion), grade.critical_error)
    return GradedReply(row.customer, row.reply, grade, attempt, row.rubric_version)

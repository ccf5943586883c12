"""Grades of whole calls: owed by finished calls, made by a job, kept for ever under what they were made of."""

from __future__ import annotations

import hashlib
import json
import logging
from datetime import datetime

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from trainer.domain.grade import CallGrade
from trainer.domain.grading.decided import with_decisions
from trainer.domain.scenario import Case
from trainer.ports import Ports, StorageFull
from trainer.services.call_audio import customer_key
from trainer.services.call_log import case_of_call
from trainer.services.call_understanding import understand_turn
from trainer.services.calls_expiry import end_calls_left_open
from trainer.services.customer_voice import lines_of, speak_ahead, speak_turn
from trainer.services.grading import grade_events
from trainer.services.marking import ask_for_second, left_to_people
from trainer.services.reviewing import after_grading, pass_mark
from trainer.store import calls as store
from trainer.store.calls import FINISHED, Call, CallGradeRow
from trainer.store.documents import to_document

log = logging.getLogger(__name__)
FIRST_WORDS = "Hello"


def grade_call(session: Session, ports: Ports, call_id: str, now: datetime) -> CallGradeRow | None:
    """Grade a finished call and keep the grade; one made of the same things already is found and not made again.

    None when the call is gone or not finished.
    """
    call = store.find_call_anywhere(session, call_id)
    if call is None or call.state != FINISHED:
        return None
    events = store.events_of(session, call)
    if not events:
        return None
    case = case_of_call(session, call)
    session.commit()  # grading may take its time; nothing stays open meanwhile
    grade = grade_events(events, case, ports)
    digest = _digest(grade, [event.as_json() for event in events])
    row = _keep_grade(session, call, grade, digest, len(events), now)
    _keep_customer_sound(ports, call.public_id, case, [e.data["text"] for e in events if e.type == "customer_line"])
    return row


def _digest(grade: CallGrade, events: list[dict[str, object]]) -> str:
    """The name of what the grade was made of: log, scenario, rubric and understanding."""
    parts = [events, grade.scenario_version, grade.rubric_version, grade.understanding_version]
    return hashlib.sha256(json.dumps(parts, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def _keep_grade(
    session: Session, call: Call, grade: CallGrade, digest: str, len_log: int, now: datetime
) -> CallGradeRow:
    row = store.grade_by_digest(session, call, digest)
    if row is None:
        people = left_to_people(session, call)
        counts = with_decisions(grade, {}, pass_mark(grade), people) if people else grade
        row = CallGradeRow(
            call_id=call.id,
            grade=to_document(grade),
            people_decide=list(people),
            rubric_version=grade.rubric_version,
            understanding_version=grade.understanding_version,
            digest=digest,
            overall=counts.overall,
            passed=counts.passed,
            made_at=now,
        )
    try:
        session.add(row)
        session.flush()
        session.refresh(call)
        if call.next_seq == len_log + 1:  # a correction that came in meanwhile keeps the call owing
            call.regrade_owed = False
        after_grading(session, call, row, now)
        ask_for_second(session, call, now)
        session.commit()
    except IntegrityError:  # another worker made the same grade at the same moment
        session.rollback()
        found = store.grade_by_digest(session, call, digest)
        if found is None:
            raise
        return found
    return row


def _keep_customer_sound(ports: Ports, call_id: str, case: Case, lines: list[str]) -> None:
    """Put the customer's side beside the operator's, so that the recording outlives the voice's cache."""
    for text in dict.fromkeys(lines):
        key = customer_key(call_id, text)
        if ports.files.exists(key):
            continue
        sound = speak_turn(ports, case, text)
        if sound is None:
            return
        try:
            ports.files.write(key, sound.wav)
        except StorageFull:
            log.warning("no room for the customer's side of call %s; it is spoken again when asked for", call_id)
            return


def regrade_all(session: Session, ports: Ports, now: datetime) -> int:
    """Grade every finished call with what is in force now; gives how many were looked at."""
    done, last = 0, 0
    while page := store.finished_calls(session, after_id=last):
        for call in page:
            last = call.id
            grade_call(session, ports, call.public_id, now)
            done += 1
    return done


def render_lines(session: Session, ports: Ports, call_id: str) -> int:
    """Speak the customer's lines ahead, into the voice's cache, until the call is over; gives how many were spoken.

    Before that, what understanding needs of this case is made ready, so that the first reply is not the slowest.
    """
    call = store.find_call_anywhere(session, call_id)
    if call is None:
        return 0
    case, done = case_of_call(session, call), 0
    session.commit()
    understand_turn(ports, case, (), {"text": FIRST_WORDS, "confidence": 1.0})
    for text in lines_of(case):
        if done % 20 == 0:
            session.commit()
            session.refresh(call)
            if call.state in (store.WRAP_UP, FINISHED):
                break
        session.commit()
        if not speak_ahead(ports, case, text):
            break
        done += 1
    return done


def sweep_calls(session: Session, ports: Ports, now: datetime) -> int:
    """Ask again for all work that calls owe: ends of those left open, and missing grades. Gives how many were found."""
    ended = end_calls_left_open(session, ports, now)
    owing = store.calls_owing_a_grade(session)
    for call in owing:
        ports.queue.enqueue("grade_call", call=call.public_id)
    return ended + len(owing)

"""Reading a call afterwards: who may, what happened in it, and correcting what was misheard."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from sqlalchemy.orm import Session

from trainer.domain.answer_gaps import median_gap_s
from trainer.domain.errors import Conflict, Invalid, NotFound
from trainer.domain.events import Event
from trainer.domain.grade import CallGrade
from trainer.domain.roles import Actor
from trainer.domain.scenario import Case
from trainer.ports import Ports
from trainer.services.appeals import appeal_until, decided_before
from trainer.services.call_log import append, case_of_call, own_call
from trainer.services.calls_turns import MOST_WORDS
from trainer.services.marks import Mark, marks_of_calls
from trainer.services.reviewing import CLOSED_BY_LOOKING, effective_grade, may_review
from trainer.store import calls as store
from trainer.store import reviews
from trainer.store.assignments import Assignment, assignments_of_call
from trainer.store.audit import has_entry, record
from trainer.store.calls import FINISHED, Call
from trainer.store.reviews import Appeal, CallComment, CheckDecision

LOW_CONFIDENCE = 0.6
"""Below this a recognized word is marked: it may be the recognizer's mistake and not the speaker's."""
READ = "review.opened"
"""In the audit log: that somebody opened the review of another's call."""
READERS = ("trainer", "supervisor", "teacher", "hr")


@dataclass(frozen=True, slots=True)
class Word:
    """A recognized word; `at` is its second in the turn's sound (None where the engine gave no times)."""

    text: str
    at: float | None = None
    doubtful: bool = False


@dataclass(frozen=True, slots=True)
class Turn:
    """One line of the transcript. `kind`: "customer", "operator", "aside" (somebody else, who is in `detail`), "note".
    `corrected` is the typed correction or ""; the operator's words to somebody else have `detail`, too."""

    seq: int
    kind: str
    type: str
    at_ms: int
    ended_ms: int
    text: str
    words: tuple[Word, ...] = ()
    corrected: str = ""
    has_audio: bool = False
    spoken: bool = False
    confidence: float = 1.0
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Review:
    """A call to read: `grade`, with what people decided in it, is None while it is being made; `own` tells whether the
    reader is the learner, `may_decide` whether they may answer its checks, and the appeal by `may_answer`."""

    call: Call
    case: Case
    turns: tuple[Turn, ...]
    grade: CallGrade | None
    own: bool
    regrading: bool
    length_ms: int
    answered_s: float | None = None
    """How long after the end of the operator's speech the answer was first heard, median; None where nobody knows."""
    mark: Mark = field(default_factory=Mark)
    decisions: Mapping[str, CheckDecision] = field(default_factory=dict)
    comments: tuple[CallComment, ...] = ()
    may_decide: bool = False
    waits: bool = False
    appeal: Appeal | None = None
    appeal_until: datetime | None = None
    may_answer: bool = False
    assigned: tuple[Assignment, ...] = ()
    people_decide: tuple[str, ...] = ()
    """Criteria (or "error:3") on which the machine had no say when this grade was made."""


def readable_call(session: Session, actor: Actor, call_id: str) -> Call:
    """The actor's own call, or, for those who judge, an assessed one of the organisation. Raises NotFound."""
    call = store.find_call(session, actor.organisation_id, call_id)
    if call is None:
        raise NotFound("call.not_found")
    if call.user_id == actor.user_id or (call.mode == "assessed" and actor.is_any(*READERS)):
        return call
    raise NotFound("call.not_found")


def note_reading(session: Session, actor: Actor, call: Call, now: datetime) -> None:
    """Write into the log, once, that the actor has seen the mark of another's call."""
    if call.user_id != actor.user_id and not has_entry(session, actor.user_id, READ, call):
        record(session, actor, READ, call, now)
        session.commit()


def open_review(session: Session, actor: Actor, call_id: str) -> Review:
    """Everything the review page shows. Raises NotFound."""
    call = readable_call(session, actor, call_id)
    log = store.events_of(session, call)
    row = store.latest_grade(session, call)
    turns = transcript(log)
    own = call.user_id == actor.user_id
    review = Review(
        call=call,
        case=case_of_call(session, call),
        turns=turns,
        grade=effective_grade(session, call, row) if row else None,
        own=own,
        regrading=call.regrade_owed,
        length_ms=max([turn.ended_ms for turn in turns], default=0),
        answered_s=median_gap_s(log),
        people_decide=tuple(row.people_decide or ()) if row else (),
    )
    return _with_people(session, actor, review) if row and call.mode == "assessed" else review


def _with_people(session: Session, actor: Actor, review: Review) -> Review:
    """The review with what people did with the call."""
    call, appeal = review.call, reviews.appeal_of(session, review.call)
    may_decide = may_review(actor, call)
    open_items = [item for item in reviews.items_of(session, call).values() if item.closed_at is None]
    return replace(
        review,
        mark=marks_of_calls(session, [call.id])[call.id],
        decisions={row.check_id: row for row in reviews.decisions_of(session, call)},
        comments=tuple(reviews.comments_of(session, call)),
        may_decide=may_decide,
        waits=any(item.kind in CLOSED_BY_LOOKING for item in open_items),
        appeal=appeal,
        assigned=tuple(assignments_of_call(session, call)),
        appeal_until=appeal_until(session, call) if review.own else None,
        may_answer=bool(
            may_decide and appeal and not appeal.outcome and not decided_before(session, actor, call, appeal)
        ),
    )


def grade_is_ready(session: Session, actor: Actor, call_id: str) -> bool:
    """Whether the review can be shown, for the waiting page."""
    call = readable_call(session, actor, call_id)
    return store.latest_grade(session, call) is not None and not call.regrade_owed


def transcript(log: Sequence[Event]) -> tuple[Turn, ...]:
    """The call as lines to read, in order; screen work and markers of state are left out."""
    corrections = {e.data["utterance"]: e.data["text"] for e in log if e.type == "transcript_corrected"}
    return tuple(turn for event in log if (turn := _turn(event, corrections)) is not None)


def _turn(event: Event, corrections: dict[int, str]) -> Turn | None:
    data = event.data
    if event.type in ("customer_line", "aside_line"):
        return Turn(
            event.seq,
            "customer" if event.type == "customer_line" else "aside",
            event.type,
            event.at_ms,
            event.at_ms + int(data.get("duration_ms") or 0),
            data["text"],
            has_audio=bool(data.get("audio")),
            detail=data.get("party", ""),
        )
    if event.type in ("operator_utterance", "aside_utterance"):
        words = tuple(
            Word(str(word).strip(), start, confidence < LOW_CONFIDENCE)
            for word, start, _end, confidence in data.get("words") or ()
        )
        return Turn(
            event.seq,
            "operator",
            event.type,
            int(data.get("started_ms") or event.at_ms),
            int(data.get("ended_ms") or event.at_ms),
            data["text"],
            words or tuple(Word(word) for word in data["text"].split()),
            corrected=corrections.get(event.seq, ""),
            has_audio=bool(data.get("audio")),
            spoken=data.get("source") == "spoken",
            confidence=float(data.get("confidence") or 0),
            detail=str(data.get("to") or ""),
        )
    details = {
        "silence": str(data.get("seconds", "")),
        "hold_started": "",
        "hold_ended": str(data.get("seconds", "")),
        "transfer": str(data.get("to", "")),
        "hung_up": str(data.get("by", "")),
        "call_ended": str(data.get("outcome", "")),
        "consult_started": str(data.get("to", "")),
        "dialled": str(data.get("result", "")),
        "put_down": "",
        "wrap_up_saved": "",
        "muted": "on" if data.get("on") else "off",
        "callback_scheduled": f"{data.get('day', '')} {data.get('time', '')}",
    }
    if event.type in details:
        return Turn(event.seq, "note", event.type, event.at_ms, event.at_ms, "", detail=details[event.type])
    return None


def correct_transcript(
    session: Session, ports: Ports, actor: Actor, call_id: str, seq: int, text: str, now: datetime
) -> Call:
    """Write down what the learner says they really said. The recognized words stay beside it, and a new grade is owed.

    Only the learner, only what was spoken, only after the call. Raises Invalid, Conflict, NotFound.
    """
    call = own_call(session, actor, call_id)
    if call.state != FINISHED:
        raise Conflict("call.still_on")
    event = store.find_event(session, call, seq)
    if event is None or event.type != "operator_utterance" or event.data.get("source") != "spoken":
        raise NotFound("call.not_found")
    plain = " ".join(text.split())
    if not plain:
        raise Invalid("call.nothing_typed", field="text")
    if len(plain.split()) > MOST_WORDS:
        raise Invalid("call.too_many_words", field="text", words=len(plain.split()), most=MOST_WORDS)
    data = {"turn_id": event.data["turn_id"], "utterance": seq, "text": plain}
    append(session, call, now, lambda _log: [("transcript_corrected", data)])
    ports.queue.enqueue("grade_call", call=call.public_id)
    return call

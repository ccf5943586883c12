"""Grade a whole call: understand every turn in its context, grade the replies to objections, then the call itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from trainer.content.call_rubric import rubric_of
from trainer.content.rubrics import reply_rubric
from trainer.domain.events import Event
from trainer.domain.grade import CallGrade, ReplyGrade
from trainer.domain.grading.call import grade_reading
from trainer.domain.grading.call_objections import objection_turns
from trainer.domain.grading.call_reading import CallReading, operator_texts, read_call
from trainer.domain.scenario import Case
from trainer.domain.understanding import Understanding
from trainer.language.reply import ReplyRow, situation_of
from trainer.ports import Ports, TextEncoder
from trainer.services.call_understanding import understand_turn
from trainer.services.kept import Kept
from trainer.services.reply_grading import ReplyGrader, ReplyToGrade

MOST_GRADERS = 2


def grade_events(events: Sequence[Event], case: Case, ports: Ports) -> CallGrade:
    """The grade of the call in `events`. Same log, case, rubrics and engines: same grade.

    Asks the sentence encoder; never call it inside an open write transaction.
    """
    call = read_call(events, case, understand_operator(events, case, ports))
    replies = _grade_replies(call, ports)
    return grade_reading(call, rubric_of(case), replies, reply_rubric().version)


def understand_operator(events: Sequence[Event], case: Case, ports: Ports) -> Mapping[int, Understanding]:
    """What was understood of each operator's turn (by its event's number), credible corrections taken in."""
    texts = operator_texts(events)
    understood: dict[int, Understanding] = {}
    opening_turns = rubric_of(case).thresholds.opening_turns
    for place, event in enumerate(events):
        if event.seq in texts:
            text, confidence = texts[event.seq]
            utterance = {**event.data, "text": text, "confidence": confidence}
            opens = case.direction == "outbound" and len(understood) < opening_turns
            understood[event.seq] = understand_turn(ports, case, events[:place], utterance, topics=opens)
    return understood


def _grade_replies(call: CallReading, ports: Ports) -> Mapping[int, ReplyGrade]:
    """The grades of all replies to objections, measured together."""
    case = call.case
    situation = situation_of(case.all_facts, case.brief)
    rows = [
        ReplyToGrade(
            str(one.turn.seq),
            ReplyRow(
                reply=one.reply,
                customer=one.customer,
                situation=situation,
                language=case.language,
                objection_type=one.objection.type,
                channel=case.direction,
                recognition=one.confidence,
                words=one.words,
            ),
        )
        for one in objection_turns(call)
    ]
    grader = _grader(ports.encoder)
    return {int(seq): grade for seq, grade in grader.grade_all(rows)} if rows else {}


def grade_rows(rows: Sequence[ReplyRow], ports: Ports) -> list[ReplyGrade]:
    """Grades of replies outside of a call, by the grader that calls use. Never inside an open write transaction."""
    replies = [ReplyToGrade(str(number), row) for number, row in enumerate(rows)]
    return [grade for _, grade in _grader(ports.encoder).grade_all(replies)]


_kept: Kept[int, tuple[TextEncoder | None, ReplyGrader]] = Kept(MOST_GRADERS)


def _grader(encoder: TextEncoder | None) -> ReplyGrader:
    """One grader an encoder: it keeps the vectors of facts and customers' lines from call to call."""
    # the encoder is kept beside its grader, so that nothing else can get its id meanwhile
    return _kept.or_make(id(encoder), lambda: (encoder, ReplyGrader(encoder)))[1]

"""Rights at work as things to do: proposals (R2), requests for material (R4) and deficiencies (R5) go to the manager and
come back answered; decisions of the management (R1) are there for everybody. The manager is whoever is a supervisor."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from trainer.domain.errors import Conflict, Invalid, NotFound
from trainer.domain.roles import Actor
from trainer.store import rights as store
from trainer.store.accounts import User
from trainer.store.audit import record
from trainer.store.rights import (
    ANSWERED,
    CLOSED,
    DEFICIENCY,
    MATERIAL,
    OPEN,
    PROPOSAL,
    STATES,
    ManagementNotice,
    RightsAnswer,
    RightsRequest,
)

KINDS = (PROPOSAL, MATERIAL, DEFICIENCY)
LONGEST = {"title": 200, "text": 4_000, "place": 200, "remedy": 4_000}
MOST_OPEN = 50
"""Unanswered things of one person; nobody reads more."""
PAGE, NOTICES, OWN = 30, 20, 100


@dataclass(frozen=True, slots=True)
class Said:
    """A request with its answers, the oldest first; `by` is the name of who sent it."""

    request: RightsRequest
    answers: tuple[RightsAnswer, ...]
    by: str = ""


@dataclass(frozen=True, slots=True)
class Queue:
    """A page of the organisation's requests in one state, and how many there are in each."""

    rows: tuple[tuple[RightsRequest, str], ...]
    more: bool
    counts: dict[str, int]


def own_requests(session: Session, actor: Actor) -> list[Said]:
    """What the actor has sent, the newest first, with the answers. Two queries."""
    rows = store.requests_of(session, actor.user_id, OWN)
    answers = store.answers_to(session, [row.id for row in rows])
    return [Said(row, tuple(answers[row.id]), actor.name) for row in rows]


def send(
    session: Session, actor: Actor, *, kind: str, title: str, text: str, place: str, remedy: str, now: datetime
) -> RightsRequest:
    """Put something to the manager. `place` and `remedy` are asked for of a deficiency, and kept of nothing else.

    Raises Invalid, naming the field; Conflict when too much of the actor's waits already.
    """
    if kind not in KINDS:
        raise Invalid("rights.bad_kind", field="kind")
    title, text = _filled("title", " ".join(title.split())), _filled("text", text)
    is_deficiency = kind == DEFICIENCY
    place = _filled("place", " ".join(place.split())) if is_deficiency else ""
    remedy = _filled("remedy", remedy) if is_deficiency else ""
    if sum(row.state == OPEN for row in store.requests_of(session, actor.user_id, OWN)) >= MOST_OPEN:
        raise Conflict("rights.too_many", most=MOST_OPEN)
    made = RightsRequest(
        organisation_id=actor.organisation_id, user_id=actor.user_id, kind=kind, title=title, text=text, place=place,
        remedy=remedy, sent_at=now,
    )  # fmt: skip
    session.add(made)
    session.commit()
    return made


def _filled(field: str, text: str) -> str:
    text = text.replace("\r\n", "\n").strip()
    if not text:
        raise Invalid("rights.empty", field=field)
    if len(text) > LONGEST[field]:
        raise Invalid("rights.too_long", field=field, longest=LONGEST[field], length=len(text))
    return text


def list_queue(session: Session, actor: Actor, state: str, page: int) -> Queue:
    """Page `page` (from 1) of what the organisation's people sent; another state than `STATES` shows all."""
    state = state if state in STATES else ""
    rows = store.list_requests(session, actor.organisation_id, state, PAGE + 1, (page - 1) * PAGE)
    return Queue(tuple(rows[:PAGE]), len(rows) > PAGE, store.count_requests(session, actor.organisation_id))


def waiting(session: Session, actor: Actor) -> int:
    """How many are open in the organisation."""
    return store.count_requests(session, actor.organisation_id)[OPEN]


def find_request(session: Session, actor: Actor, public_id: str) -> Said:
    """One request of the organisation. Raises NotFound."""
    found = store.find_request(session, actor.organisation_id, public_id)
    if found is None:
        raise NotFound("rights.none")
    sender = session.get(User, found.user_id)
    return Said(found, tuple(store.answers_to(session, [found.id])[found.id]), sender.name if sender else "")


def answer(session: Session, actor: Actor, public_id: str, text: str, *, closes: bool, now: datetime) -> RightsAnswer:
    """Answer, and close it with that if nothing more is to come. Raises NotFound, Invalid, Conflict when it is closed."""
    said = find_request(session, actor, public_id)
    if said.request.state == CLOSED:
        raise Conflict("rights.closed")
    made = RightsAnswer(
        request_id=said.request.id, by_id=actor.user_id, by_name=actor.name, text=_filled("text", text), at=now
    )
    session.add(made)
    said.request.state = ANSWERED
    record(session, actor, "rights.answered", said.request, now)
    if closes:
        _close(session, actor, said.request, now)
    session.commit()
    return made


def close(session: Session, actor: Actor, public_id: str, now: datetime) -> None:
    """Nothing more is to come. Closing twice changes nothing. Raises NotFound, Conflict without an answer."""
    said = find_request(session, actor, public_id)
    if said.request.state == CLOSED:
        return
    if not said.answers:
        raise Conflict("rights.answer_first")
    _close(session, actor, said.request, now)
    session.commit()


def _close(session: Session, actor: Actor, request: RightsRequest, now: datetime) -> None:
    request.state, request.closed_at, request.closed_by_name = CLOSED, now, actor.name
    record(session, actor, "rights.closed", request, now)


@dataclass(frozen=True, slots=True)
class ToTell:
    """Whom to tell of an answer, and in which language."""

    name: str
    email: str
    language: str
    title: str
    answer: RightsAnswer


def whom_to_tell(session: Session, actor: Actor, public_id: str) -> ToTell | None:
    """The sender of a request and its newest answer; None where they have no address or open account any more, or
    answered themselves."""
    said = find_request(session, actor, public_id)
    sender = session.get(User, said.request.user_id)
    if sender is None or not sender.email or not sender.is_active or not said.answers or sender.id == actor.user_id:
        return None
    return ToTell(sender.name, sender.email, sender.language, said.request.title, said.answers[-1])


def notices(session: Session, actor: Actor) -> Sequence[ManagementNotice]:
    """The newest decisions of the management that stand."""
    return store.notices_of(session, actor.organisation_id, NOTICES)


def post_notice(session: Session, actor: Actor, title: str, text: str, now: datetime) -> ManagementNotice:
    """A decision that everybody of the organisation may know. Raises Invalid."""
    made = ManagementNotice(
        organisation_id=actor.organisation_id, by_id=actor.user_id, by_name=actor.name,
        title=_filled("title", " ".join(title.split())), text=_filled("text", text), at=now,
    )  # fmt: skip
    session.add(made)
    session.flush()
    record(session, actor, "notice.posted", made, now)
    session.commit()
    return made


def withdraw_notice(session: Session, actor: Actor, public_id: str, now: datetime) -> None:
    """Take it off the page; that it stood there stays in the audit log. Twice changes nothing. Raises NotFound."""
    found = store.find_notice(session, actor.organisation_id, public_id)
    if found is None:
        raise NotFound("rights.no_notice")
    if found.withdrawn_at is None:
        found.withdrawn_at = now
        record(session, actor, "notice.withdrawn", found, now)
        session.commit()

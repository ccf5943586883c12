"""A candidate's way: the link, consent, the one call, and what they may see afterwards. There is no account."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.orm import Session

from trainer.domain.errors import Conflict, Invalid, NotFound
from trainer.domain.roles import Actor
from trainer.domain.scenario import Case
from trainer.ports import Ports
from trainer.services import calls
from trainer.services.accounts import add_candidate, checked_name, normal_email
from trainer.services.campaigns import case_of_campaign, is_open, scenario_of_campaign
from trainer.services.tokens import hash_token
from trainer.store import campaigns as store
from trainer.store.accounts import User
from trainer.store.audit import record
from trainer.store.calls import RINGING, Call, calls_of_user
from trainer.store.campaigns import OPEN, Campaign, Candidacy, is_written_up, never_answered


@dataclass(frozen=True, slots=True)
class Door:
    """What stands behind a link. `candidacy` is None for an open link; `used`: this link has let someone in already."""

    campaign: Campaign
    case: Case
    candidacy: Candidacy | None
    used: bool

    @property
    def goes_on(self) -> bool:
        """The link leads back to a call that was begun."""
        return self.candidacy is not None and self.candidacy.begun_at is not None


@dataclass(frozen=True, slots=True)
class Consent:
    """Who begins, and what they agree to. Without `assessment` nobody begins; `recording` is free."""

    name: str
    email: str
    language: str
    assessment: bool
    recording: bool


@dataclass(frozen=True, slots=True)
class MyCall:
    """Where a candidate stands. `may_read`: the campaign lets them read their review, and there is one."""

    campaign: Campaign
    candidacy: Candidacy
    case: Case
    call: Call

    @property
    def is_done(self) -> bool:
        return is_written_up(self.call)

    @property
    def rang_out(self) -> bool:
        return never_answered(self.call)

    @property
    def may_read(self) -> bool:
        return self.campaign.show_review and self.is_done


def open_door(session: Session, token: str, now: datetime) -> Door:
    """What a link leads to. Raises NotFound for one that does not work; Conflict when it is too late to begin."""
    token_hash = hash_token(token)
    candidacy = store.candidacy_by_token(session, token_hash)
    campaign = candidacy.campaign if candidacy else store.campaign_by_open_token(session, token_hash)
    if campaign is None or (candidacy and candidacy.withdrawn_at):
        raise NotFound("candidate.link_unknown")
    begun = candidacy is not None and candidacy.begun_at is not None
    if not begun and not is_open(campaign, now):
        raise Conflict("candidate.too_late")
    if candidacy is None and campaign.open_used >= campaign.open_limit:
        raise Conflict("candidate.link_full")
    used = candidacy is not None and candidacy.used_at is not None
    return Door(campaign, case_of_campaign(session, campaign), candidacy, used)


def is_own_link(mine: MyCall, token: str) -> bool:
    """Whether the link is the one that this candidate came by, so that it may lead them back in the same browser."""
    own = mine.campaign.open_token_hash if mine.candidacy.way == OPEN else mine.candidacy.token_hash
    return own == hash_token(token)


def begin(session: Session, ports: Ports, token: str, consent: Consent, now: datetime) -> User:
    """Use the link: the person it lets in, with their call ringing. A renewed link leads back to the call begun before.

    Raises NotFound, Invalid; Conflict when the link was used already, or it is too late.
    """
    door = open_door(session, token, now)
    if door.goes_on:
        return _come_back(session, door, now)
    if not consent.assessment:
        raise Invalid("candidate.no_consent", field="assessment")
    name, email = checked_name(consent.name), normal_email(consent.email) if consent.email.strip() else ""
    candidacy = _take_place(session, door, name, email, now)
    user = add_candidate(session, door.campaign.organisation_id, name, consent.language, now)
    candidacy.user_id, candidacy.name, candidacy.begun_at, candidacy.consented_at = user.id, name, now, now
    # The log outlives the person, so it knows a candidate by the place's id and not by name.
    nameless = replace(user.actor, name=candidacy.public_id)
    record(session, nameless, "candidate.begun", door.campaign, now, {"recording": consent.recording})
    scenario = scenario_of_campaign(session, door.campaign)
    # This commits all of the above together with the call.
    calls.start_call(
        session,
        ports,
        user.actor,
        now,
        scenario,
        door.campaign.language,
        "assessed",
        seed=door.campaign.seed,
        consent_recording=consent.recording,
    )
    return user


def _take_place(session: Session, door: Door, name: str, email: str, now: datetime) -> Candidacy:
    if door.candidacy is not None:
        if not store.use_link(session, door.candidacy, now):
            session.rollback()
            raise Conflict("candidate.link_used")
        return door.candidacy
    if not store.use_open_link(session, door.campaign):
        session.rollback()
        raise Conflict("candidate.link_full")
    place = Candidacy(campaign_id=door.campaign.id, name=name, email=email, way=OPEN, invited_at=now, used_at=now)
    session.add(place)
    session.flush()
    return place


def _come_back(session: Session, door: Door, now: datetime) -> User:
    candidacy = door.candidacy
    if candidacy is None or candidacy.user is None or not store.use_link(session, candidacy, now):
        session.rollback()
        raise Conflict("candidate.link_used")
    call = calls_of_user(session, candidacy.user.id, limit=1)[0]
    if never_answered(call):  # it rang out; the candidate has seen nothing of it
        call.state, call.outcome, call.ended_at, call.touched_at = RINGING, None, None, now
    session.commit()
    return candidacy.user


def my_call(session: Session, actor: Actor) -> MyCall:
    """The one call of a candidate. Raises NotFound for everyone else, and once the place was withdrawn."""
    candidacy = store.candidacy_of_user(session, actor.user_id)
    if candidacy is None or candidacy.withdrawn_at:
        raise NotFound
    call = calls_of_user(session, actor.user_id, limit=1)[0]
    return MyCall(candidacy.campaign, candidacy, case_of_campaign(session, candidacy.campaign), call)

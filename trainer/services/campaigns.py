"""Campaigns of a personnel office: setting one up, letting candidates in, closing it.

A candidate's own way is in `candidates`, the comparison in `comparisons`.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from pathlib import Path

from sqlalchemy.orm import Session

from trainer.domain.errors import Conflict, Invalid, NotFound
from trainer.domain.roles import Actor
from trainer.domain.scenario import Case, Scenario
from trainer.services.rosters import Roster, RosterRow, read_roster
from trainer.services.scenarios import case_of, find_scenario, keep_version
from trainer.services.tokens import new_token
from trainer.store import campaigns as store
from trainer.store.audit import record
from trainer.store.calls import Call
from trainer.store.campaigns import Campaign, Candidacy
from trainer.store.documents import from_document
from trainer.store.scenario_versions import find_scenario_version

LONGEST = timedelta(days=366)
MOST_OPEN = 1000
MOST_MESSAGE = 2000
ANYWHERE_ON_EARTH = timezone(timedelta(hours=-12))
"""A closing day ends when it has ended everywhere, so that no candidate is shut out on that day."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What a campaign is to be. `closes_on` is the last day on which a candidate may begin."""

    title: str
    scenario: str
    language: str
    closes_on: date
    message: str = ""
    show_review: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """A candidate as the campaign's page lists them.

    `state`: "invited", "begun", "done", "rang_out" (never answered the call), "withdrawn".
    """

    candidacy: Candidacy
    call: Call | None

    @property
    def state(self) -> str:
        if self.candidacy.begun_at is None:
            return "invited"
        if self.call is not None and store.is_written_up(self.call):
            return "done"
        if self.candidacy.withdrawn_at:
            return "withdrawn"
        return "rang_out" if self.call is not None and store.never_answered(self.call) else "begun"


@dataclass(frozen=True, slots=True)
class CampaignPage:
    """A campaign with its candidates; `case` is the call that all of them take."""

    campaign: Campaign
    case: Case
    places: tuple[Place, ...]
    is_open: bool


@dataclass(frozen=True, slots=True)
class MadeLink:
    """A candidate's link, told once."""

    candidacy: Candidacy
    token: str


def last_moment(day: date) -> datetime:
    return datetime.combine(day, time.max, ANYWHERE_ON_EARTH)


def last_day(campaign: Campaign) -> date:
    """The day that was set as the last one."""
    return campaign.closes_at.astimezone(ANYWHERE_ON_EARTH).date()


def is_open(campaign: Campaign, now: datetime) -> bool:
    return now <= campaign.closes_at


def list_campaigns(session: Session, actor: Actor) -> list[tuple[Campaign, int, int]]:
    """The organisation's campaigns, the newest first, each with its numbers of candidates and of those who began."""
    return store.list_campaigns(session, actor.organisation_id)


def create_campaign(session: Session, folder: Path, actor: Actor, plan: Plan, now: datetime) -> Campaign:
    """A campaign whose call stands from now on, whatever happens to the scenario's file. Raises Invalid, NotFound."""
    scenario = find_scenario(folder, plan.scenario)
    if plan.language not in scenario.templates:
        raise Invalid("call.bad_language", field="language")
    title, message = " ".join(plan.title.split()), plan.message.strip()
    if not 1 <= len(title) <= 120:
        raise Invalid("campaign.bad_title", field="title")
    if len(message) > MOST_MESSAGE:
        raise Invalid("campaign.message_too_long", field="message", most=MOST_MESSAGE)
    closes_at = last_moment(plan.closes_on)
    if not now < closes_at <= now + LONGEST:
        raise Invalid("campaign.bad_day", field="closes_on")
    keep_version(session, scenario)
    campaign = Campaign(
        organisation_id=actor.organisation_id,
        made_by_id=actor.user_id,
        made_by_name=actor.name,
        title=title,
        message=message,
        scenario=scenario.slug,
        version=scenario.version,
        language=plan.language,
        seed=secrets.randbelow(2**31),
        show_review=plan.show_review,
        created_at=now,
        closes_at=closes_at,
    )
    session.add(campaign)
    session.flush()
    record(session, actor, "campaign.created", campaign, now, {"scenario": scenario.slug})
    session.commit()
    return campaign


def find_campaign(session: Session, actor: Actor, campaign_id: str) -> Campaign:
    """A campaign of the actor's organisation. Raises NotFound."""
    campaign = store.find_campaign(session, actor.organisation_id, campaign_id)
    if campaign is None:
        raise NotFound
    return campaign


def scenario_of_campaign(session: Session, campaign: Campaign) -> Scenario:
    """The scenario as it was when the campaign was made. Raises NotFound."""
    document = find_scenario_version(session, campaign.scenario, campaign.version)
    if document is None:
        raise NotFound("scenario.not_found", slug=campaign.scenario)
    return from_document(Scenario, document)


def case_of_campaign(session: Session, campaign: Campaign) -> Case:
    return case_of(session, campaign.scenario, campaign.version, campaign.language, campaign.seed)


def open_campaign(session: Session, actor: Actor, campaign_id: str, now: datetime) -> CampaignPage:
    """Everything the campaign's page shows. Raises NotFound."""
    campaign = find_campaign(session, actor, campaign_id)
    places = tuple(Place(*row) for row in store.candidacies_with_calls(session, campaign))
    return CampaignPage(campaign, case_of_campaign(session, campaign), places, is_open(campaign, now))


def close_campaign(session: Session, actor: Actor, campaign_id: str, now: datetime) -> Campaign:
    """From now on nobody may begin; whoever has begun may finish. Raises NotFound."""
    campaign = find_campaign(session, actor, campaign_id)
    if is_open(campaign, now):
        campaign.closes_at = now - timedelta(microseconds=1)
        record(session, actor, "campaign.closed", campaign, now)
        session.commit()
    return campaign


def reopen_campaign(session: Session, actor: Actor, campaign_id: str, closes_on: date, now: datetime) -> Campaign:
    """Another last day. Raises NotFound, Invalid."""
    campaign = find_campaign(session, actor, campaign_id)
    closes_at = last_moment(closes_on)
    if not now < closes_at <= now + LONGEST:
        raise Invalid("campaign.bad_day", field="closes_on")
    campaign.closes_at = closes_at
    record(session, actor, "campaign.prolonged", campaign, now, {"until": closes_on.isoformat()})
    session.commit()
    return campaign


def _open_or_conflict(campaign: Campaign, now: datetime) -> None:
    if not is_open(campaign, now):
        raise Conflict("campaign.closed")


def read_candidates(session: Session, campaign: Campaign, text: str) -> tuple[Roster, list[RosterRow]]:
    """The people of a list with its mistakes, and those of them who have no place yet. Raises Invalid."""
    roster, here = read_roster(text), store.invited_addresses(session, campaign)
    return roster, [row for row in roster.rows if row.email not in here]


def invite_candidates(
    session: Session, actor: Actor, campaign_id: str, text: str, now: datetime
) -> tuple[Roster, list[MadeLink]]:
    """A link for everyone in `text` who has none yet; none at all while a line has a mistake, which is told.

    Raises NotFound; Conflict for a closed campaign; Invalid for a list without anybody new.
    """
    campaign = find_campaign(session, actor, campaign_id)
    _open_or_conflict(campaign, now)
    roster, new = read_candidates(session, campaign, text)
    if roster.mistakes:
        return roster, []
    if not new:
        raise Invalid("roster.nobody_new", field="text")
    made = []
    for row in new:
        token, token_hash = new_token()
        candidacy = Candidacy(
            campaign_id=campaign.id, name=row.name, email=row.email, token_hash=token_hash, invited_at=now
        )
        session.add(candidacy)
        made.append(MadeLink(candidacy, token))
    session.flush()
    record(session, actor, "campaign.invited", campaign, now, {"candidates": len(made)})
    session.commit()
    return roster, made


def find_place(session: Session, actor: Actor, campaign_id: str, candidacy_id: str) -> tuple[Campaign, Candidacy]:
    """A candidate of the actor's organisation, with the campaign. Raises NotFound."""
    campaign = find_campaign(session, actor, campaign_id)
    candidacy = store.find_candidacy(session, campaign, candidacy_id)
    if candidacy is None:
        raise NotFound
    return campaign, candidacy


def renew_link(session: Session, actor: Actor, campaign_id: str, candidacy_id: str, now: datetime) -> MadeLink:
    """Another link for the same place: the earlier one stops working, and so does the browser that used it.

    For a lost link, or a candidate who has to go on at another machine. Raises NotFound, Conflict.
    """
    campaign, candidacy = find_place(session, actor, campaign_id, candidacy_id)
    if candidacy.withdrawn_at:
        raise Conflict("candidate.withdrawn")
    if candidacy.begun_at is None:
        _open_or_conflict(campaign, now)
    token, candidacy.token_hash = new_token()
    candidacy.used_at = None
    _end_sessions(candidacy)
    record(session, actor, "campaign.link_renewed", campaign, now, {"candidate": candidacy.public_id})
    session.commit()
    return MadeLink(candidacy, token)


def withdraw_place(session: Session, actor: Actor, campaign_id: str, candidacy_id: str, now: datetime) -> str:
    """The link stops working, and a call that is under way cannot be gone on with. Gives back the candidate's name.

    Of somebody who has not begun nothing is kept. Raises NotFound.
    """
    campaign, candidacy = find_place(session, actor, campaign_id, candidacy_id)
    name = candidacy.name
    if candidacy.begun_at is None:
        session.delete(candidacy)
    else:
        candidacy.withdrawn_at, candidacy.token_hash = candidacy.withdrawn_at or now, None
        _end_sessions(candidacy)
    record(session, actor, "campaign.withdrawn", campaign, now, {"candidate": candidacy_id})
    session.commit()
    return name


def _end_sessions(candidacy: Candidacy) -> None:
    if candidacy.user:
        candidacy.user.auth_epoch += 1


def make_open_link(session: Session, actor: Actor, campaign_id: str, limit: int, now: datetime) -> tuple[Campaign, str]:
    """A link that the next `limit` people may use, told here once. An earlier one stops working.

    Raises NotFound, Invalid; Conflict for a closed campaign.
    """
    campaign = find_campaign(session, actor, campaign_id)
    _open_or_conflict(campaign, now)
    if not 1 <= limit <= MOST_OPEN:
        raise Invalid("campaign.bad_limit", field="limit", most=MOST_OPEN)
    token, campaign.open_token_hash = new_token()
    campaign.open_limit, campaign.open_used = limit, 0
    record(session, actor, "campaign.open_link_made", campaign, now, {"limit": limit})
    session.commit()
    return campaign, token


def withdraw_open_link(session: Session, actor: Actor, campaign_id: str, now: datetime) -> Campaign:
    """The open link lets nobody in any more; who has begun goes on. Raises NotFound."""
    campaign = find_campaign(session, actor, campaign_id)
    if campaign.open_token_hash:
        campaign.open_token_hash = None
        record(session, actor, "campaign.open_link_withdrawn", campaign, now)
        session.commit()
    return campaign

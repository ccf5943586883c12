"""Erasing a candidate: the person, the call with its events, grades and marks, and every recording on disk."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from trainer.domain.errors import NotFound
from trainer.domain.roles import Actor
from trainer.ports import Ports
from trainer.services.campaigns import find_campaign
from trainer.store import calls as call_store
from trainer.store import campaigns as store
from trainer.store.audit import record


def erase_candidate(
    session: Session, ports: Ports, actor: Actor, campaign_id: str, candidacy_id: str, now: datetime
) -> str:
    """Remove everything of one candidate and give back the name. Only the fact that it was done stays in the audit log.

    Files go first: while the rows stand, what a crash left over can be found and erased again. Raises NotFound.
    """
    campaign = find_campaign(session, actor, campaign_id)
    place = store.find_candidacy(session, campaign, candidacy_id)
    if place is None:
        raise NotFound
    name, person = place.name, place.user
    if person:
        person.auth_epoch += 1
        person.is_active = False
        calls = call_store.calls_of_user(session, person.id)
        session.commit()  # from here on the candidate cannot add to the call; nothing stays open while files go
        for call in calls:
            for key in list(ports.files.keys(f"calls/{call.public_id}/")):
                ports.files.delete(key)
        for call in calls:
            call_store.erase_call(session, call)
    session.delete(place)
    session.flush()
    if person:
        session.delete(person)
    record(session, actor, "campaign.candidate_erased", campaign, now, {"candidate": candidacy_id})
    session.commit()
    return name

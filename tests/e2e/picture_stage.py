"""What the pictures need beyond the demonstration: secrets that are shown only once, and a certificate revoked.

Everything is done by the product's own services, in the freshly loaded INSTANCE, before the site is started. The
tokens are kept beside the database, so that a second run over the same INSTANCE finds them.
"""

from __future__ import annotations

import json
from datetime import datetime
from typing import cast

from sqlalchemy import select
from sqlalchemy.orm import Session

from trainer.app import create_app
from trainer.config import Settings
from trainer.domain.roles import Actor
from trainer.extensions import db
from trainer.ports import Ports
from trainer.services import accounts, calibration, campaigns, category_decisions, marking, passwords
from trainer.services.certificate_making import Place
from trainer.services.certificates import decide_and_issue, revoke_certificate
from trainer.services.demo_story import CATEGORY
from trainer.store.accounts import find_user_by_email
from trainer.store.calls import Call
from trainer.store.campaigns import Campaign
from trainer.store.certificates import Certificate


def stage(address: str) -> dict[str, str]:
    """Tokens by name, for the addresses of stops: "door", "join", "reset", "valid", "revoked", "calibration", "compared", "sheet"."""
    app = create_app()
    with app.app_context():
        session = cast("Session", db.session)
        ports: Ports = app.extensions["ports"]
        settings: Settings = app.extensions["settings"]
        kept = settings.instance / "pictures.json"
        if kept.is_file():
            return cast("dict[str, str]", json.loads(kept.read_text()))
        now = ports.clock.now()
        maeve, kwame, ines = (_actor(session, name) for name in ("maeve", "kwame", "ines"))
        campaign = session.scalars(select(Campaign)).first()
        first = session.scalars(select(Certificate)).first()
        theo = find_user_by_email(session, "theo@demo.example")
        assert campaign is not None
        assert first is not None
        assert theo is not None
        revoke_certificate(session, ports, maeve, first.public_id, "Issued by mistake for the second category.", now)
        category_decisions.attest(
            session, maeve, _person_id(session, "nora"), CATEGORY, "I sat beside her for two shifts.", now
        )
        place = Place(address, settings.certificates)
        valid = decide_and_issue(session, ports, maeve, _person_id(session, "nora"), CATEGORY, place, now)[1]
        assert valid is not None
        _, door = campaigns.make_open_link(session, kwame, campaign.public_id, 500, now)
        _, join = accounts.invite(
            session, ines, email="sven@example.org", name="Sven Lindqvist", roles=["learner"], language="en", now=now
        )
        _, reset = passwords.make_reset_link(session, ines, theo.public_id, now)
        tokens = {"door": door, "join": join, "reset": reset, "valid": valid.token, "revoked": first.token}
        tokens |= _calibrations(session, maeve, kwame, _actor(session, "elise"), now)
        kept.write_text(json.dumps(tokens))
        return tokens


def _calibrations(session: Session, maeve: Actor, kwame: Actor, elise: Actor, now: datetime) -> dict[str, str]:
    """A session that waits for Élise, with one of its calls, and one in which all have handed in."""
    calls, people = calibration.choices(session, maeve)
    ids = {user.id: user.public_id for user in people}

    def held(title: str, chosen: list[Call], *actors: Actor) -> str:
        members = [ids[one.user_id] for one in actors]
        return calibration.open_session(
            session, maeve, title=title, calls=[call.public_id for call in chosen], people=members, now=now
        ).public_id

    waiting, compared = (
        held("Complaints, November", calls[:1], elise, kwame),
        held("Care plans", calls[1:2], maeve, kwame),
    )
    for call, actor, every in ((calls[0], kwame, 9), (calls[1], maeve, 9), (calls[1], kwame, 4)):
        asked = marking.open_sheet(session, actor, call.public_id).checks
        answers = {check.id: "no" if place % every == every - 1 else "yes" for place, check in enumerate(asked)}
        note = "I counted the greeting although the name came late."
        marking.keep_marking(session, actor, call.public_id, answers=answers, note=note, done=True, now=now)
    return {"calibration": waiting, "compared": compared, "sheet": calls[0].public_id}


def _actor(session: Session, name: str) -> Actor:
    user = find_user_by_email(session, f"{name}@demo.example")
    assert user is not None
    return user.actor


def _person_id(session: Session, name: str) -> str:
    user = find_user_by_email(session, f"{name}@demo.example")
    assert user is not None
    return user.public_id

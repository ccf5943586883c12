"""What views of calls hand to services: the session, the ports, the actor, the moment, the scenarios' folder."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import cast

from flask import current_app, request
from flask_login import current_user
from sqlalchemy.orm import Session

from trainer.domain.roles import Actor
from trainer.extensions import db
from trainer.ports import Ports
from trainer.services.calls_turns import Operator


def session() -> Session:
    return cast("Session", db.session)


def ports() -> Ports:
    return cast("Ports", current_app.extensions["ports"])


def actor() -> Actor:
    return cast("Actor", current_user.actor)


def now() -> datetime:
    return ports().clock.now()


def scenarios_folder() -> Path:
    return Path(current_app.extensions["settings"].scenarios)


def operator(call_id: str, turn_id: str) -> Operator:
    """The signed-in person in the tab that sent this request."""
    return Operator(actor=actor(), call_id=call_id, turn_id=turn_id, now=now(), tab=request.args.get("tab", "")[:64])

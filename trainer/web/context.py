"""What views hand to services: the session, the ports, the actor and the moment."""

from __future__ import annotations

from datetime import datetime
from typing import cast

from flask import current_app
from flask_login import current_user
from sqlalchemy.orm import Session

from trainer.config import Settings
from trainer.domain.roles import Actor
from trainer.extensions import db
from trainer.ports import Ports


def session() -> Session:
    return cast("Session", db.session)


def ports() -> Ports:
    return cast("Ports", current_app.extensions["ports"])


def settings() -> Settings:
    return cast("Settings", current_app.extensions["settings"])


def actor() -> Actor:
    """The signed-in person; only behind a guard that asks for one."""
    return cast("Actor", current_user.actor)


def now() -> datetime:
    return ports().clock.now()

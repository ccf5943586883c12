"""A small site of calls and reviews alone, for browser tests of those pages: the real views, templates and scripts,
the real security headers and form tokens, one learner, and the scripted customer of `call_desk`."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import jinja2
import pytest
from flask import Blueprint, Flask, redirect, request
from flask_babel import Babel, format_datetime
from flask_login import LoginManager, login_user, logout_user
from flask_talisman import Talisman
from flask_wtf import CSRFProtect
from werkzeug.serving import make_server

from tests.factories.call_desk import LENA, open_desk
from trainer.adapters.clock import SystemClock
from trainer.config import ROOT
from trainer.extensions import db
from trainer.ports import Ports, SpeechRecognizer, SpeechSynthesizer, StorageFull

BASE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{% block title %}{% endblock %}</title>
{% block styles %}{% endblock %}{% block head %}{% endblock %}</head>
<body><main>{% block content %}{% endblock %}</main>{% block scripts %}{% endblock %}</body></html>"""
MACROS = """{% macro page_header(title, lead=None) %}<h1>{{ title }}</h1><p>{{ lead or "" }}</p>
{% if caller %}{{ caller() }}{% endif %}{% endmacro %}
{% macro empty(title, text, href=None, label=None) %}<p>{{ title }} {{ text }}</p>{% endmacro %}
{% macro status(kind, text) %}<span>{{ text }}</span>{% endmacro %}
{% macro meter(value, max, label) %}<meter value="{{ value }}" max="{{ max }}"></meter>{% endmacro %}
{% macro icon(name) %}{% endmacro %}"""
BARE = {"layout/base.html": BASE, "components/ui.html": MACROS}
"""A bare layout: the product's own needs accounts and menus, which this small site leaves out."""


class Learner:
    """The one signed-in person of these tests."""

    is_authenticated, is_active, is_anonymous = True, True, False
    actor = LENA

    def get_id(self) -> str:
        return "1"


@dataclass
class Site:
    """A running site: its address, its ports, and a switch for a full disk."""

    address: str
    app: Flask
    ports: Ports
    full: threading.Event


class GradingQueue:
    """Grades at once on a thread of its own, as the product's queue would."""

    def __init__(self, app: Flask) -> None:
        self.app = app

    def enqueue(self, job: str, **arguments: str) -> None:
        if job == "grade_call":
            threading.Timer(0.3, self._run, (job, arguments)).start()

    def _run(self, job: str, arguments: dict[str, str]) -> None:
        from trainer.jobs import run_job

        with self.app.app_context():
            run_job(job, **arguments)


@contextmanager
def running_site(
    folder: Path, monkeypatch: pytest.MonkeyPatch, recognizer: SpeechRecognizer, synthesizer: SpeechSynthesizer
) -> Iterator[Site]:
    """Serve calls and reviews on a free port of this machine until the block ends."""
    desk = open_desk(folder, monkeypatch)
    app = _app(folder)
    full = threading.Event()
    write = desk.ports.files.write

    def write_or_fail(key: str, data: bytes) -> None:
        if full.is_set():
            raise StorageFull("files", "the disk is full")
        write(key, data)

    monkeypatch.setattr(desk.ports.files, "write", write_or_fail)
    ports = replace(
        desk.ports, recognizer=recognizer, synthesizer=synthesizer, queue=GradingQueue(app), clock=SystemClock()
    )
    app.extensions["ports"] = ports
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield Site(f"http://127.0.0.1:{server.port}", app, ports, full)
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
        with app.app_context():
            db.engine.dispose()
        desk.session.close()
        desk.engine.dispose()


def _app(folder: Path) -> Flask:
    from trainer.app import CONTENT_SECURITY_POLICY
    from trainer.web.calls import bp as calls
    from trainer.web.review import bp as review

    app = Flask("trainer", root_path=str(ROOT / "trainer"), static_folder=str(ROOT / "trainer" / "web" / "static"))
    app.config.update(SECRET_KEY="x" * 32, SQLALCHEMY_DATABASE_URI=f"sqlite:///{folder / 'calls.sqlite'}")
    app.jinja_loader = jinja2.ChoiceLoader([jinja2.DictLoader(BARE), jinja2.FileSystemLoader(ROOT / "templates")])
    app.jinja_env.filters.setdefault("datetimeformat", format_datetime)
    app.extensions["settings"] = type("Folder", (), {"scenarios": folder})
    db.init_app(app)
    Babel(app)
    CSRFProtect(app)
    Talisman(app, force_https=False, session_cookie_secure=False, content_security_policy=CONTENT_SECURITY_POLICY)
    login = LoginManager(app)
    login.login_view = "auth.login"  # type: ignore[assignment]
    login.user_loader(lambda _id: Learner())
    app.register_blueprint(_door())
    app.register_blueprint(calls)
    app.register_blueprint(review)
    return app


def _door() -> Blueprint:
    auth = Blueprint("auth", __name__)

    @auth.get("/login")
    def login() -> Any:
        login_user(Learner())
        return redirect(request.args.get("next") or "/calls/")

    @auth.get("/logout")
    def logout() -> str:
        logout_user()
        return f"signed out at {datetime.now(UTC):%H:%M}"

    return auth

"""The product in a process of its own, as `make run` serves it, and a page without a browser: it keeps what it did until
the server confirms it, by the rules of `static/calls/line.js`. For what has to survive a process that is killed."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, cast
from urllib.parse import urlencode

from flask import Flask
from sqlalchemy.orm import Session

from tests.factories.http_browser import Answer, Browser, Unreachable
from trainer.app import create_app
from trainer.config import ROOT, load_settings
from trainer.extensions import db
from trainer.services import demo

READY_S = 60.0
SECRET = "x" * 32
_HIDDEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')


@contextmanager
def application(folder: Path) -> Iterator[Flask]:
    """The application on that instance, in this process: to prepare it, and to look into it afterwards."""
    app = create_app(replace(load_settings({}), instance=folder, secret_key=SECRET))
    try:
        yield app
    finally:
        with app.app_context():
            db.engine.dispose()


@dataclass
class ServedSite:
    """gunicorn on a free port of this machine, with an instance folder of its own. `environ` adds settings."""

    folder: Path
    environ: Mapping[str, str] = field(default_factory=dict)
    process: subprocess.Popen[bytes] | None = None
    port: int = 0
    email: str = demo.PEOPLE[0].email
    password: str = demo.PASSWORD

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def prepare(self) -> None:
        """Tables and people, before the first start."""
        with application(self.folder) as app, app.app_context():
            db.create_all()
            demo.load_demo(cast("Session", db.session), app.extensions["ports"].clock.now())
            db.session.commit()
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]

    def start(self) -> float:
        """Serve; comes back when the first page is answered, with the seconds that took."""
        begun = time.perf_counter()
        settings = {"INSTANCE": str(self.folder), "PORT": str(self.port), "SECRET_KEY": SECRET, "DATABASE_URL": ""}
        with (self.folder / "server.log").open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "gunicorn", "-c", "python:trainer.server", "wsgi:app"],
                cwd=ROOT,
                env={**os.environ, **settings, **self.environ},
                stderr=log,
                start_new_session=True,
            )
        while time.perf_counter() - begun < READY_S:
            try:
                if Browser(self.port, 10.0).get("/login").status == 200:
                    return time.perf_counter() - begun
            except Unreachable:
                time.sleep(0.05)
        raise AssertionError(f"the server did not start:\n{(self.folder / 'server.log').read_text()[-2000:]}")

    def kill(self) -> None:
        """`kill -9` of the server and its worker: nothing gets a chance to tidy up."""
        if self.process is not None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
            self.process = None

    def worker(self) -> int:
        """The process id of the worker, which holds the models and answers."""
        assert self.process is not None
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        return int(children[0])


def sign_in(site: ServedSite) -> Browser:
    """A browser that is signed in as the demonstration's first learner."""
    browser = Browser(site.port)
    form = {"email": site.email, "password": site.password, "csrf_token": _token(browser, "/login")}
    answer = browser.post_form("/login", form)
    assert answer.status in (302, 303), answer.status
    return browser


def _token(browser: Browser, path: str) -> str:
    found = _HIDDEN.search(browser.get(path).body.decode())
    assert found is not None, f"no form at {path}"
    return found.group(1)


@dataclass(frozen=True, slots=True)
class Item:
    """Something the learner did, under the key that makes it safe to send again."""

    key: str
    path: str
    body: bytes | Mapping[str, Any]
    query: Mapping[str, Any] = field(default_factory=dict)


@dataclass
class Refused(Exception):
    """The server looked at it and will not take it."""

    status: int
    code: str


class CallPage:
    """A page on one call: sends one thing after the other, each again until it is confirmed."""

    def __init__(self, browser: Browser) -> None:
        self.browser = browser.another()
        self.call = self.csrf = ""
        self.confirmed: list[dict[str, Any]] = []
        """Every event that an answer of the server has told of, with the `key` it answered."""
        self.sent_again = 0
        self.wait_s: Callable[[int], float] = lambda failures: min(0.1 * 2.0**failures, 1.0)

    def begin(self, scenario: str = "late-parcel", language: str = "en", **choices: str) -> str:
        """Start a call and pick up; gives its id."""
        brief = f"/calls/scenarios/{scenario}"
        self.csrf = _token(self.browser, brief)
        form = {"language": language, "mode": "practice", "consent_recording": "y", "csrf_token": self.csrf, **choices}
        answer = self.browser.post_form(f"{brief}/start", form)
        assert answer.status == 303, answer.body[:300]
        self.call = answer.location.rsplit("/", 1)[1]
        self.deliver(Item("", "answer", {}))
        return self.call

    def say(self, key: str, text: str) -> dict[str, Any]:
        return self.deliver(Item(key, f"turns/{key}", {"text": text}))

    def speak(self, key: str, wav: bytes, **query: Any) -> dict[str, Any]:
        return self.deliver(Item(key, f"turns/{key}", wav, query))

    def happen(self, key: str, kind: str, **values: Any) -> dict[str, Any]:
        return self.deliver(Item(key, f"happenings/{key}", {"kind": kind, **values}))

    def deliver(self, item: Item) -> dict[str, Any]:
        """Send until it is confirmed; gives the answer. Raises Refused for what the server will never take."""
        for failures in range(600):
            try:
                answer = self.post(item.path, item.body, **item.query)
            except Unreachable:
                answer = None
            if answer is not None and answer.status == 200:
                told = cast("dict[str, Any]", answer.json())
                self.confirmed += [{**event, "key": item.key} for event in told["events"]]
                return told
            if answer is not None and answer.status < 500 and answer.status != 429:
                raise Refused(answer.status, answer.json().get("code", ""))
            self.sent_again += 1
            time.sleep(self.wait_s(failures))
        raise AssertionError("the server took nothing")

    def state(self) -> dict[str, Any]:
        """The call where it stands, asked for until the server answers."""
        for failures in range(600):
            try:
                answer = self.browser.get(f"/calls/{self.call}/state")
            except Unreachable:
                time.sleep(self.wait_s(failures))
                continue
            assert answer.status == 200, answer.body[:300]
            return cast("dict[str, Any]", answer.json())
        raise AssertionError("the server does not come back")

    def sound(self, seq: int) -> Answer:
        return self.browser.get(f"/calls/{self.call}/audio/{seq}")

    def post(self, path: str, body: bytes | Mapping[str, Any], **query: Any) -> Answer:
        """One try. Raises one of `Unreachable`."""
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        kind = "audio/wav" if isinstance(body, bytes) else "application/json"
        return self.browser.send(
            "POST",
            f"/calls/{self.call}/{path}?{urlencode({'tab': f'tab-{self.call[:12]}', **query})}",
            content,
            {"X-CSRFToken": self.csrf, "Content-Type": kind},
        )

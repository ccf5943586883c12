"""The product's own application, served for browser tests of a call: one learner, scripted engines, a scripted customer
(`call_desk`), a switch for a full disk."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy.orm import Session
from werkzeug.serving import make_server

from tests.factories.accounts import PASSWORD, password_hash
from tests.factories.call_desk import Desk, open_desk
from tests.factories.calls import make_scenario
from trainer import web
from trainer.adapters.clock import SystemClock
from trainer.app import create_app
from trainer.config import Settings
from trainer.extensions import db
from trainer.ports import Ports, SpeechRecognizer, SpeechSynthesizer, StorageFull
from trainer.store.accounts import User, set_roles

EMAIL = "lena@example.org"


@dataclass
class Site:
    """A running site: its address, its ports, and a switch for a full disk."""

    address: str
    app: Flask
    ports: Ports
    full: threading.Event
    email: str = EMAIL
    password: str = PASSWORD


class GradingQueue:
    """Grades on a thread of its own, as the product's queue does; speaks nothing ahead."""

    def __init__(self) -> None:
        self.app: Flask | None = None

    def enqueue(self, job: str, **arguments: str) -> None:
        if job == "grade_call":
            threading.Timer(0.3, self._run, (job, arguments)).start()

    def _run(self, job: str, arguments: dict[str, str]) -> None:
        from trainer.jobs import run_job

        assert self.app is not None
        with self.app.app_context():
            run_job(job, **arguments)


@contextmanager
def running_site(
    folder: Path, monkeypatch: pytest.MonkeyPatch, recognizer: SpeechRecognizer, synthesizer: SpeechSynthesizer
) -> Iterator[Site]:
    """Serve the product on a free port of this machine until the block ends."""
    desk = open_desk(folder, monkeypatch)
    monkeypatch.setattr("trainer.services.scenarios.published", lambda _folder: {"late-parcel-small": make_scenario()})
    _give_password(desk.session)
    full, queue = threading.Event(), GradingQueue()
    _watch_disk(desk, full, monkeypatch)
    ports = replace(desk.ports, recognizer=recognizer, synthesizer=synthesizer, queue=queue, clock=SystemClock())
    address = f"sqlite:///{folder / 'calls.sqlite'}"
    monkeypatch.setattr(web, "CAPABILITIES", tuple(dict.fromkeys((*web.CAPABILITIES, "calls", "review"))))
    app = queue.app = create_app(Settings(instance=folder, secret_key="x" * 32, database_url=address), ports)
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


def _give_password(session: Session) -> None:
    lena = session.get(User, 1)
    assert lena is not None
    lena.email, lena.password_hash = EMAIL, password_hash()
    set_roles(lena, ["learner"])
    session.commit()


def _watch_disk(desk: Desk, full: threading.Event, monkeypatch: pytest.MonkeyPatch) -> None:
    write = desk.ports.files.write

    def write_or_fail(key: str, data: bytes) -> None:
        if full.is_set():
            raise StorageFull("files", "the disk is full")
        write(key, data)

    monkeypatch.setattr(desk.ports.files, "write", write_or_fail)

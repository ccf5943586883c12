"""The product's own application with its own content, served for browser tests of a call. What may be put in the place
of real engines is told; a switch makes the disk full."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, cast

from flask import Flask
from sqlalchemy.orm import Session
from werkzeug.serving import make_server

from tests.fakes import ScriptedEncoder, ScriptedRecognizer, ScriptedSynthesizer
from trainer.adapters.files import LocalFileStore
from trainer.app import create_app
from trainer.config import load_settings
from trainer.extensions import db
from trainer.ports import StorageFull
from trainer.services import demo


@dataclass
class Site:
    """A running site: its address, and a switch for a full disk."""

    address: str
    app: Flask
    full: threading.Event
    email: str = demo.PEOPLE[0].email
    password: str = demo.PASSWORD


class FillingDisk(LocalFileStore):
    """A file store that finds no room while the switch is on."""

    def __init__(self, folder: Path, full: threading.Event) -> None:
        super().__init__(str(folder))
        self.full = full

    def write(self, key: str, data: bytes) -> None:
        if self.full.is_set():
            raise StorageFull("files", "the disk is full")
        super().write(key, data)


def scripted_engines() -> dict[str, Any]:
    """Engines that take no time, for tests of everything around them."""
    return {"recognizer": ScriptedRecognizer(), "synthesizer": ScriptedSynthesizer(), "encoder": ScriptedEncoder()}


@contextmanager
def running_site(folder: Path, **engines: Any) -> Iterator[Site]:
    """Serve the product on a free port of this machine until the block ends; `engines` replace real ports by name."""
    full = threading.Event()
    app = create_app(replace(load_settings({}), instance=folder, secret_key="x" * 32))
    files = FillingDisk(folder / "files", full)
    app.extensions["ports"] = replace(app.extensions["ports"], files=files, **engines)
    with app.app_context():
        db.create_all()
        demo.load_demo(cast("Session", db.session), app.extensions["ports"].clock.now())
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield Site(f"http://127.0.0.1:{server.port}", app, full)
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
        with app.app_context():
            db.engine.dispose()

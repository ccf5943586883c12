"""What all tests share: an application on a database of its own, closed sockets and mail, people who are signed in."""

from __future__ import annotations

import shutil
import smtplib
import socket
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask, g
from flask.testing import FlaskClient, FlaskCliRunner
from sqlalchemy import create_engine
from sqlalchemy.orm import Session
from werkzeug.routing import Rule

from tests.factories.accounts import make_organisation, make_user
from tests.fakes import ScriptedEncoder, ScriptedRecognizer, ScriptedSynthesizer
from trainer.adapters.files import LocalFileStore
from trainer.adapters.pdf import WeasyPrintRenderer
from trainer.adapters.signing import IssuerSigner
from trainer.app import create_app
from trainer.config import ROOT, Settings
from trainer.extensions import Base, db
from trainer.ports import Mail, Ports
from trainer.services import kept
from trainer.store import load_tables
from trainer.store.accounts import Organisation, User
from trainer.translations.build import compile_catalogues
from trainer.web.auth.identity import signed_in_as

PDF = WeasyPrintRenderer()
"""One for all tests: its fonts are read once."""
LOOPBACK = {"127.0.0.1", "::1", "localhost", "0.0.0.0", "", None}  # noqa: S104  (a name for this machine, not a bind)


class ClosedNetwork(RuntimeError):
    """A test tried to reach the world."""


SAMPLE_COURSES = ROOT / "tests" / "data" / "courses"
"""Courses that stay as they are while those of the product change."""


@pytest.fixture(autouse=True, scope="session")
def _closed_world() -> Iterator[None]:
    """Sockets reach this machine only, and no mail server takes anything."""
    connect, resolve = socket.socket.connect, socket.getaddrinfo

    def checked_connect(self: socket.socket, address: Any) -> None:
        if self.family in {socket.AF_INET, socket.AF_INET6} and address[0] not in LOOPBACK:
            raise ClosedNetwork(f"tests must not connect to {address}")
        connect(self, address)

    def checked_resolve(host: Any, *args: Any, **kwargs: Any) -> Any:
        if host not in LOOPBACK:
            raise ClosedNetwork(f"tests must not look up {host}")
        return resolve(host, *args, **kwargs)

    def no_mail(*_args: Any, **_kwargs: Any) -> None:
        raise ClosedNetwork("tests must not send mail")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", checked_connect)
        patch.setattr(socket, "getaddrinfo", checked_resolve)
        patch.setattr(smtplib.SMTP, "sendmail", no_mail)
        yield


@pytest.fixture(autouse=True)
def _content_is_looked_at_each_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """A test changes a file and asks at once."""
    monkeypatch.setattr(kept, "LOOK_AGAIN_S", 0.0)


@pytest.fixture(autouse=True, scope="session")
def _catalogues() -> None:
    """The French texts of now, not of the last build."""
    compile_catalogues()


@pytest.fixture(autouse=True, scope="session")
def _routes_are_compiled_once() -> Iterator[None]:
    """Nine tenths of what an application costs to make is the code that builds its addresses, and thousands are made here.
    That code depends on nothing but the rule, so it is kept from one application to the next."""
    compile_builder, known = Rule._compile_builder, {}

    def kept(rule: Rule, append_unknown: bool = True) -> Any:
        key = tuple(rule._trace), repr(rule.defaults), append_unknown
        if key not in known:
            known[key] = compile_builder(rule, append_unknown)
        return known[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Rule, "_compile_builder", kept)
        yield


@dataclass
class SetClock:
    """A clock that stands until a test moves it."""

    time: datetime = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)

    def now(self) -> datetime:
        return self.time

    def pass_by(self, **span: float) -> None:
        self.time += timedelta(**span)


@dataclass
class Outbox:
    """Keeps mails and jobs instead of doing them."""

    mails: list[Mail] = field(default_factory=list)
    jobs: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    def send(self, mail: Mail) -> None:
        self.mails.append(mail)

    def enqueue(self, job: str, **arguments: str) -> None:
        self.jobs.append((job, arguments))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Slow tests first: at the end one worker would wait for the other's spoken call."""
    items.sort(key=lambda item: item.get_closest_marker("slow") is None)


@pytest.fixture(scope="session")
def issuer_keys(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Signing keys, made once: an RSA key takes seconds on a busy machine."""
    folder = tmp_path_factory.mktemp("issuer") / "keys"
    IssuerSigner(folder, rsa_bits=2048).make_keys()
    return folder


@pytest.fixture
def ports(tmp_path: Path, issuer_keys: Path) -> Ports:
    shutil.copytree(issuer_keys, tmp_path / "keys")
    outbox, files = Outbox(), LocalFileStore(str(tmp_path / "files"))
    return Ports(
        recognizer=ScriptedRecognizer(), synthesizer=ScriptedSynthesizer(), encoder=ScriptedEncoder(), judge=None,
        files=files, queue=outbox, mailer=outbox, pdf=PDF, clock=SetClock(), signer=IssuerSigner(tmp_path / "keys", rsa_bits=2048),
    )  # fmt: skip


GAP = "\ue001".encode()


class Browser(FlaskClient):
    """Tests share one application context with their requests; what a request remembered in it ends with it here."""

    def open(self, *args: Any, **kwargs: Any) -> Any:
        for name in list(g):
            g.pop(name)
        answer = super().open(*args, **kwargs)
        if not answer.is_streamed:
            assert GAP not in answer.data, "a gap of a kept page was not filled"
        return answer


@pytest.fixture(scope="session")
def _empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All tables, made from the models once; each test works on a copy."""
    load_tables()
    path = tmp_path_factory.mktemp("database") / "empty.sqlite"
    engine = create_engine(f"sqlite:///{path}")
    Base.metadata.create_all(engine)
    engine.dispose()
    return path


@pytest.fixture
def app(tmp_path: Path, ports: Ports, _empty_database: Path) -> Iterator[Flask]:
    shutil.copy(_empty_database, tmp_path / "trainer.sqlite")
    settings = Settings(instance=tmp_path, courses=SAMPLE_COURSES, secret_key="for tests only", testing=True)
    app = create_app(settings, ports)
    app.test_client_class = Browser
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def session(app: Flask) -> Session:
    return db.session  # type: ignore[return-value]


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def runner(app: Flask) -> FlaskCliRunner:
    return app.test_cli_runner()


@pytest.fixture
def organisation(session: Session) -> Organisation:
    return make_organisation(session)


SignIn = Callable[..., User]


@pytest.fixture
def sign_in(client: FlaskClient, session: Session, organisation: Organisation) -> SignIn:
    """sign_in("trainer", "teacher") or sign_in(user=somebody): that person works `client` from then on."""

    def begin(*roles: str, user: User | None = None) -> User:
        user = user or make_user(session, organisation, roles or ("learner",))
        with client.session_transaction() as browser:
            browser.clear()
            browser["_user_id"] = signed_in_as(user).get_id()
            browser["_fresh"] = True
        return user

    return begin

"""Junk for every route, from a signed-in person with every role: it is refused in a sentence, and never breaks a page.

The routes, the names of their fields and the rows they speak of are taken from the application, so a new route is here
at once. The rows are those of the demonstration: a course, calls, a cohort, a campaign and a certificate.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import BigInteger, Integer, String, event, inspect, select
from sqlalchemy.orm import Session
from werkzeug.routing import IntegerConverter

from tests.conftest import SignIn
from tests.factories.careers import go_by_short_ladder
from tests.web.access_values import UNKNOWN, class_of
from tests.web.junk_values import BODIES, NUMBERS, ODD_TEXTS, SAME_EVERYWHERE, TEXTS, VALUES, WORDS, names
from tests.web.test_access import JSON, Route, expect_none, routes
from trainer.config import Settings
from trainer.domain.roles import ROLES
from trainer.extensions import db
from trainer.ports import Ports
from trainer.services import accounts, campaigns, demo, demo_story, learning, passwords
from trainer.services.calls import answer_call, start_call
from trainer.services.calls_telephone import hang_up
from trainer.services.calls_turns import Operator
from trainer.services.certificate_making import Place
from trainer.services.scenarios import published
from trainer.store.accounts import Organisation, User, find_user_by_email, set_roles
from trainer.store.campaigns import Campaign
from trainer.store.certificates import Certificate

pytestmark = pytest.mark.slow
Fault = tuple[object, ...]


@dataclass
class Stage:
    """The demonstration, put back as it was whenever a test asks; Nora, who took the calls, has every role."""

    app: Flask
    client: FlaskClient
    session: Session
    ports: Ports
    sign_in: SignIn
    folder: Path
    tokens: dict[str, str]
    misfits: list[str] = field(default_factory=list)

    @property
    def person(self) -> User:
        user = find_user_by_email(self.session, "nora@demo.example")
        assert user is not None
        return user

    def keep(self) -> None:
        self._close()
        shutil.copy(self.folder / "trainer.sqlite", self.folder / "kept.sqlite")

    def put_back(self) -> None:
        self._close()
        for name in ("trainer.sqlite-wal", "trainer.sqlite-shm"):
            (self.folder / name).unlink(missing_ok=True)
        shutil.copy(self.folder / "kept.sqlite", self.folder / "trainer.sqlite")

    def _close(self) -> None:
        db.session.remove()
        db.engine.dispose()

    def send(self, route: Route, turn: int = 0, **request: Any) -> Fault | None:
        """One request; what is wrong with its answer, if anything. `turn` chooses among ids, states and formats."""
        self.session.rollback()
        self.session.expire_all()
        person = self.person
        self.sign_in(user=person)
        known = {gap: self._value(route, gap, turn) for gap in route.gaps}
        if route.rule.rule.startswith("/calls/<call_id>"):
            known["call_id"] = self._call(person, turn)
        headers = JSON if turn % 2 else {}
        try:
            page = self.client.open(route.address(self.app, **known), method=route.method, headers=headers, **request)
        except Exception as error:
            self.session.rollback()
            return route, repr(error)[:200], _short(request)
        if page.status_code >= 500:
            return route, page.status_code, _short(request)
        if self.misfits:
            return route, self.misfits.pop(), _short(request)
        if page.status_code >= 400 and not (page.json["message"].strip() if page.is_json else page.text.strip()):
            return route, page.status_code, "says nothing", _short(request)
        return None

    def note_misfits(self, session: Session, *_: object) -> None:
        """SQLite takes what does not fit a column; PostgreSQL would not."""
        for row in (*session.new, *session.dirty):
            for attribute in inspect(type(row)).column_attrs:
                kind, value = attribute.columns[0].type, getattr(row, attribute.key)
                too_long = (
                    isinstance(kind, String) and kind.length and isinstance(value, str) and len(value) > kind.length
                )
                bits = 63 if isinstance(kind, BigInteger) else 31
                too_large = isinstance(kind, Integer) and isinstance(value, int) and abs(value) >= 2**bits
                if too_long or too_large or (isinstance(value, str) and "\0" in value):
                    self.misfits.append(f"{type(row).__name__}.{attribute.key} does not fit")

    def _value(self, route: Route, gap: str, turn: int) -> str:
        if isinstance(route.rule._converters[gap], IntegerConverter):
            return NUMBERS[turn % len(NUMBERS)]
        if gap == "token":
            return self.tokens.get(route.rule.rule.split("/")[1], UNKNOWN)
        kind = class_of(gap)
        if kind is None:
            return WORDS.get(f"{route.endpoint}:{gap}") or WORDS.get(gap) or UNKNOWN
        query = select(kind).order_by(kind.id.desc())
        if hasattr(kind, "organisation_id"):
            query = query.where(kind.organisation_id == self.person.organisation_id)
        row = self.session.scalars(query).first()
        return UNKNOWN if row is None else str(row.public_id)

    def _call(self, person: User, turn: int) -> str:
        """A call of the person's own: ringing, live, or to be written up."""
        now, folder = self.ports.clock.now(), self.app.extensions["settings"].scenarios
        shared = (self.session, self.ports)
        scenario = published(folder)["late-parcel"]
        call_id = start_call(*shared, person.actor, now, scenario, "en", "practice", seed=0).public_id
        if turn % 3:
            answer_call(*shared, person.actor, call_id, now)
        if turn % 3 == 2:
            hang_up(*shared, Operator(person.actor, call_id, "turn-last", now))
        return call_id


def _short(request: dict[str, Any]) -> str:
    text = str(request)
    return text if len(text) < 300 else f"{text[:200]} ... {text[-90:]}"


@pytest.fixture
def stage(
    app: Flask, client: FlaskClient, session: Session, ports: Ports, sign_in: SignIn, tmp_path: Path
) -> Iterator[Stage]:
    now, kept = ports.clock.now(), app.extensions["settings"]
    assert isinstance(kept, Settings)
    demo.load_demo(session, now)
    for one in session.scalars(select(Organisation)).all():
        go_by_short_ladder(session, one)
    place = Place("https://training.example.org", kept.certificates)
    demo_story.tell(session, ports, now, kept.scenarios, kept.courses, place)
    stage = Stage(app, client, session, ports, sign_in, tmp_path, {})
    person = stage.person
    set_roles(person, list(ROLES))
    session.commit()
    progress = learning.progress_in(session, person.actor, kept.courses, "complaint-calls")
    learning.start_quiz(session, person.actor, progress, now, seed=7)
    _, invitation = accounts.invite(
        session, person.actor, email="new@demo.example", name="", roles=("learner",), language="en", now=now
    )
    _, reset = passwords.make_reset_link(session, person.actor, person.public_id, now)
    campaign = session.scalars(select(Campaign)).one()
    _, assessment = campaigns.make_open_link(session, person.actor, campaign.public_id, 50, now)
    certificate = session.scalars(select(Certificate)).one()
    stage.tokens |= {"join": invitation, "password": reset, "assessment": assessment, "v": certificate.token}
    stage.keep()
    event.listen(Session, "before_flush", stage.note_misfits)
    yield stage
    event.remove(Session, "before_flush", stage.note_misfits)
    db.session.remove()


def same_everywhere(method: str) -> Iterator[dict[str, Any]]:
    """Requests that hold the same junk in every field there is."""
    for text in SAME_EVERYWHERE:
        yield {"query_string": dict.fromkeys(names(), text)}
    if method == "GET":
        return
    for text in SAME_EVERYWHERE:
        yield {"data": dict.fromkeys(names(), text)}
    for value in (ODD_TEXTS[0], *VALUES[::3]):
        yield {"data": json.dumps(dict.fromkeys(names(), value)), "content_type": "application/json"}
    for kind, body in BODIES:
        yield {"data": body, "content_type": kind}


def test_the_same_junk_in_every_field_breaks_nothing(stage: Stage) -> None:
    def faults() -> Iterator[Fault]:
        for route in routes(stage.app):
            stage.put_back()
            for turn, request in enumerate(same_everywhere(route.method)):
                if fault := stage.send(route, turn, **request):
                    yield fault

    expect_none(faults())


def test_any_mixture_of_junk_breaks_nothing(stage: Stage) -> None:
    found = [route for route in routes(stage.app) if route.method != "GET"]
    stage.put_back()
    fields = st.sampled_from(names())
    texts = st.one_of(st.sampled_from(TEXTS), st.text(max_size=40))
    values = st.recursive(
        st.one_of(texts, st.sampled_from([*ODD_TEXTS, *VALUES]), st.integers(), st.floats()),
        lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(texts, inner, max_size=3)),
        max_leaves=4,
    )
    forms = st.dictionaries(fields, texts.map(_typed), min_size=3, max_size=len(names()))
    bodies = st.dictionaries(fields, values, min_size=1, max_size=12).map(json.dumps)

    @settings(
        max_examples=400, deadline=None, derandomize=True, database=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )  # fmt: skip
    @given(route=st.sampled_from(found), turn=st.integers(0, 5), form=st.none() | forms, body=bodies, query=forms)
    def holds(route: Route, turn: int, form: dict[str, str] | None, body: str, query: dict[str, str]) -> None:
        sent = {"data": body, "content_type": "application/json"} if form is None else {"data": form}
        assert stage.send(route, turn, query_string=query if turn == 5 else {}, **sent) is None

    holds()


def _typed(text: str) -> str:
    """As it can be sent by a form: no halves of characters."""
    return text.encode("utf-8", "replace").decode()

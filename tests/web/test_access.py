"""Who may open what: every route, method, role and tenant, taken from the application itself.

A route that is added is in these tables at once; `access_values` tells what stands in the gaps of its address.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import product

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session
from werkzeug.routing import Rule

from tests.conftest import SignIn
from tests.factories.accounts import make_organisation, make_user
from tests.web.access_values import ANSWERS, UNKNOWN, Tenant, class_of, unknown_value
from trainer.domain.roles import ROLES
from trainer.store.accounts import Organisation, User

JSON = {"Accept": "application/json"}


@dataclass(frozen=True)
class Route:
    """One method of one address."""

    endpoint: str
    method: str
    rule: Rule
    guard: tuple[str, tuple[str, ...]]

    @property
    def gaps(self) -> list[str]:
        return sorted(self.rule.arguments)

    @property
    def ids(self) -> list[str]:
        """The gaps that hold ids of rows."""
        return [gap for gap in self.gaps if class_of(gap)]

    def values(self, **known: str) -> dict[str, str]:
        kinds = {gap: type(self.rule._converters[gap]).__name__ for gap in self.gaps}
        return {gap: known.get(gap) or unknown_value(self.endpoint, gap, kind) for gap, kind in kinds.items()}

    def address(self, app: Flask, **known: str) -> str:
        with app.test_request_context():
            return str(app.url_for(self.endpoint, **self.values(**known)))

    def allows(self, user: User) -> bool:
        kind, roles = self.guard
        return kind != "roles" or user.actor.is_any(*roles)

    def __str__(self) -> str:
        return f"{self.method} {self.rule.rule}"


def routes(app: Flask) -> list[Route]:
    """Every method of every address but the files."""
    return [
        Route(rule.endpoint, method, rule, app.view_functions[rule.endpoint].guard)
        for rule in app.url_map.iter_rules()
        if not rule.endpoint.endswith("static")
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})
    ]


@dataclass
class Answer:
    """What came back: a status (500 for an exception), where it leads, and what it says."""

    status: int
    location: str = ""
    text: str = ""

    @property
    def asks_to_sign_in(self) -> bool:
        return self.status == 401 or (self.status == 302 and self.location.startswith("/login"))

    def without(self, ids: Iterable[str]) -> Answer:
        """The same for whatever ids it speaks of."""
        for one in ids:
            self.location, self.text = self.location.replace(one, "ID"), self.text.replace(one, "ID")
        return self


Visit = Callable[..., Answer]


@pytest.fixture
def visit(app: Flask, client: FlaskClient, session: Session, sign_in: SignIn) -> Visit:
    """visit(route, user or None, **ids): the answer; each visit is a session of its own."""

    def go(route: Route, user: User | None, headers: dict[str, str] | None = None, **known: str) -> Answer:
        session.rollback()
        session.expire_all()
        if user is None:
            client.delete_cookie("session")
        else:
            sign_in(user=user)
        try:
            page = client.open(route.address(app, **known), method=route.method, headers=headers)
        except Exception as error:
            session.rollback()
            return Answer(500, text=repr(error)[:300])
        answer = Answer(page.status_code, page.location or "", page.text[:300] if page.is_json else "")
        return answer.without(known.values())

    return go


@pytest.fixture
def people(session: Session, organisation: Organisation) -> dict[str, User]:
    """One person a role, and a candidate."""
    found = {role: make_user(session, organisation, [role]) for role in ROLES}
    return found | {"candidate": make_user(session, organisation, is_candidate=True)}


@pytest.fixture
def strangers_tenant(session: Session) -> Tenant:
    """Another organisation, with a row for each id that an address can name."""
    organisation = make_organisation(session)
    return Tenant(session, organisation, make_user(session, organisation))


def expect_none(rows: Iterable[tuple[object, ...]]) -> None:
    """Fail with the whole table of what is wrong, a line a visit."""
    if found := [" | ".join(str(part) for part in row) for row in rows]:
        pytest.fail("\n".join(["", *found]), pytrace=False)


def test_strangers_are_asked_to_sign_in_where_a_guard_stands(app: Flask, visit: Visit) -> None:
    def faults() -> Iterator[tuple[object, ...]]:
        for route in routes(app):
            page, script = visit(route, None), visit(route, None, JSON)
            guarded = route.guard[0] in {"signed_in", "roles"}
            if guarded and not (page.asks_to_sign_in and page.status == 302 and script.status == 401):
                yield route, page, script
            if not guarded and (page.asks_to_sign_in or page.status == 403 or max(page.status, script.status) >= 500):
                yield route, page, script

    expect_none(faults())


def test_links_that_nobody_made_lead_nowhere(app: Flask, visit: Visit) -> None:
    tokens = [route for route in routes(app) if route.guard[0] == "token" and route.gaps]
    assert tokens
    expect_none((route, page) for route in tokens if not 400 <= (page := visit(route, None)).status < 500)


def test_roles_open_what_is_theirs_and_nothing_else(app: Flask, visit: Visit, people: dict[str, User]) -> None:
    """A permitted person gets the page, or 404 for an id that nobody has; everyone else 403."""

    def faults() -> Iterator[tuple[object, ...]]:
        for route, (name, user) in product(routes(app), people.items()):
            if route.guard[0] not in {"signed_in", "roles"}:
                continue
            page = visit(route, user)
            if not route.allows(user):
                good = page.status in ({403, 404} if name == "candidate" else {403})
            elif name == "candidate":
                good = page.status < 500
            elif route.method == "GET" and route.ids:
                good = page.status == 404
            elif route.method == "GET" and not route.gaps:
                good = page.status in {200, 302, 303} | ANSWERS.get(route.endpoint, set())
            else:
                good = page.status < 500 and page.status != 403
            if not good or (page.asks_to_sign_in and "sign-out" not in route.rule.rule):
                yield route, name, page

    expect_none(faults())


def test_nobody_meets_rows_of_another_organisation(
    app: Flask, visit: Visit, people: dict[str, User], strangers_tenant: Tenant
) -> None:
    """Not even an administrator, nor by mixing ids of two organisations: it is as if there were no such row."""
    foreign, admin = strangers_tenant, people["admin"]
    own = Tenant(foreign.session, admin.organisation, people["learner"])
    guarded = [route for route in routes(app) if route.guard[0] in {"signed_in", "roles"}]
    for gap in {gap for route in guarded for gap in route.ids}:
        foreign.public_id(gap)
    before = foreign.content()

    def faults() -> Iterator[tuple[object, ...]]:
        for route, gap in [(one, gap) for one in guarded for gap in one.ids]:
            theirs = {one: foreign.public_id(one) for one in route.ids}
            mixed = {one: own.public_id(one) for one in route.ids} | {gap: theirs[gap]}
            for known in (theirs, mixed):
                page = visit(route, admin, **known)
                nobody = visit(route, admin, **known | {gap: UNKNOWN})
                refused = page.status == 404 or (route.method != "GET" and 300 <= page.status < 500)
                if not refused or page != nobody:
                    yield route, f"foreign {gap}", page, nobody

    expect_none(faults())
    assert foreign.content() == before


@pytest.mark.parametrize("odd", ["-", "0", "é☎", "..%2f..", "x" * 3000, "a\x00b", "' OR 1=1 --"])
def test_odd_ids_are_not_found_and_break_nothing(app: Flask, visit: Visit, people: dict[str, User], odd: str) -> None:
    def faults() -> Iterator[tuple[object, ...]]:
        for route in routes(app):
            texts = {gap: odd for gap in route.gaps if unknown_value(route.endpoint, gap, "") == UNKNOWN}
            if texts and (page := visit(route, people["admin"], **texts)).status >= 500:
                yield route, page

    expect_none(faults())


def test_table_covers_every_kind_of_guard(app: Flask) -> None:
    assert {route.guard[0] for route in routes(app)} == {"public", "token", "signed_in", "roles"}

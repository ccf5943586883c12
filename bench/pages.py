"""What a page costs, against an empty Flask and Jinja page with one query, in the same run.

    python -m bench.pages [--rounds 200]

The empty page is the floor of the tools: one route, one SQLAlchemy query by primary key, one template of three lines.
The product's pages add the session cookie, the person with their roles, guards, two languages, security headers and
the whole layout. Both are called in this process without a socket, taking turns; the median of processor time is
compared, which other programs on the machine disturb least.
Target: at most 3. The queries of each page are counted too.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from flask import Flask, render_template
from flask.testing import FlaskClient
from flask_sqlalchemy import SQLAlchemy
from jinja2 import DictLoader
from sqlalchemy import event, select
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from tests.factories.accounts import make_organisation, make_user
from trainer.app import create_app
from trainer.config import Settings
from trainer.extensions import db
from trainer.web import context
from trainer.web.auth.identity import signed_in_as

TARGET = 3.0
PAGES = (
    # who asks, for what
    ("stranger", "/"),
    ("stranger", "/login"),
    ("learner", "/start"),
    ("learner", "/calls/mine"),
    ("learner", "/account"),
    ("learner", "/calls/"),
    ("learner", "/career/"),
    ("admin", "/start"),
    ("admin", "/admin/audit"),
    ("admin", "/admin/people"),
)
PEOPLE, ROWS = 60, 50
EMPTY = "<!doctype html><title>{{ row.name }}</title><p>{{ row.name }}</p>"


class _Base(DeclarativeBase):
    """Of the empty application only."""


class _Thing(_Base):
    __tablename__ = "things"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]


def empty_client(folder: Path) -> FlaskClient:
    """The floor: Flask, Jinja, one query."""
    app = Flask("empty")
    app.jinja_loader = DictLoader({"page.html": EMPTY})
    app.config["SQLALCHEMY_DATABASE_URI"] = f"sqlite:///{folder / 'empty.sqlite'}"
    plain = SQLAlchemy(app, model_class=_Base)

    @app.get("/")
    def page() -> str:
        row = plain.session.scalar(select(_Thing).where(_Thing.id == 1))
        return render_template("page.html", row=row)

    with app.app_context():
        plain.metadatas[None] = _Base.metadata
        _Base.metadata.create_all(plain.engine)
        plain.session.add(_Thing(id=1, name="one"))
        plain.session.commit()
    return app.test_client()


def product_clients(folder: Path) -> tuple[Flask, dict[str, FlaskClient]]:
    """The product as it is served, and browsers of a stranger, a learner and an administrator among `PEOPLE` others."""
    app = create_app(Settings(instance=folder, secret_key="x" * 32))
    clients = {name: app.test_client() for name in ("stranger", "learner", "admin")}
    with app.app_context():
        db.create_all()
        session = context.session()
        organisation = make_organisation(session)
        for _ in range(PEOPLE):
            make_user(session, organisation)
        for name in ("learner", "admin"):
            user = make_user(session, organisation, [name])
            with clients[name].session_transaction() as browser:
                browser["_user_id"], browser["_fresh"] = signed_in_as(user).get_id(), True
    return app, clients


def median_ms(visits: dict[str, Callable[[], int]], rounds: int) -> dict[str, float]:
    """The median milliseconds of processor time of each visit; every round makes each once, so that all meet the same machine."""
    times: dict[str, list[float]] = {name: [] for name in visits}
    for name, visit in visits.items():
        if visit() != 200:
            raise SystemExit(f"{name} did not answer 200")
    for _ in range(rounds):
        for name, visit in visits.items():
            begun = time.thread_time()
            visit()
            times[name].append((time.thread_time() - begun) * 1000)
    return {name: statistics.median(found) for name, found in times.items()}


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.pages", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--rounds", type=int, default=200)
    rounds = parser.parse_args().rounds
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        app, clients = product_clients(folder)
        empty = empty_client(folder)
        queries: list[str] = []
        with app.app_context():
            event.listen(db.engine, "before_cursor_execute", lambda *given: queries.append(given[2]))
        visits: dict[str, Callable[[], int]] = {"empty page": lambda: empty.get("/").status_code}
        asked: dict[str, int] = {}
        for who, path in PAGES:
            browser, page = clients[who], f"{path}  ({who})"
            queries.clear()
            if browser.get(path).status_code == 404:
                continue
            asked[page] = len(queries)
            visits[page] = lambda browser=browser, path=path: browser.get(path).status_code  # type: ignore[misc]
        found = median_ms(visits, rounds)
    floor = found.pop("empty page")
    print(f"{'page':<26}{'ms':>8}{'ratio':>8}{'queries':>9}")
    print(f"{'empty page':<26}{floor:>8.2f}{1:>8.2f}{1:>9}")
    for page, milliseconds in found.items():
        print(f"{page:<26}{milliseconds:>8.2f}{milliseconds / floor:>8.2f}{asked[page]:>9}")
    missed = [page for page, milliseconds in found.items() if milliseconds > TARGET * floor]
    print(f"\ntarget at most {TARGET:g}: {len(found) - len(missed)} of {len(found)} pages hold it")
    if missed:
        print("above it: " + ", ".join(missed) + f"   (/admin/people shows {ROWS} rows)")


if __name__ == "__main__":
    main()

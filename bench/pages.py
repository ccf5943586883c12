"""What a page costs, against an empty Flask and Jinja page with one query, in the same run.

    python -m bench.pages [--rounds 200] [--learners 10000]

The empty page is the floor of the tools: one route, one SQLAlchemy query by primary key, one template of three lines.
The product's pages add the session cookie, the person with their roles, guards, two languages, security headers and
the whole layout. Both are called in this process without a socket, taking turns; the median of processor time is
compared, which other programs on the machine disturb least.
Target: at most 3. The queries of each page are counted too.

Pages that are kept for a person (trainer/web/kept_pages.py) have two lines: seen again while nothing changed, and "anew",
made as it is after something was stored of that person. The target is asked of both.
"""

from __future__ import annotations

import argparse
import re
import statistics
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from flask import Flask, render_template
from flask.testing import FlaskClient
from flask_sqlalchemy import SQLAlchemy
from jinja2 import DictLoader
from sqlalchemy import event, insert, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

from tests.factories.accounts import make_organisation, make_user
from trainer.app import create_app
from trainer.config import Settings
from trainer.domain.roles import Actor
from trainer.extensions import db
from trainer.services import exams, learning, practice
from trainer.store.accounts import Organisation, User, UserRole
from trainer.store.exams import ExamAnswer, ExamAttempt
from trainer.store.learning import LessonRead, QuizAttempt
from trainer.web import context
from trainer.web.auth.identity import signed_in_as
from trainer.web.kept_pages import forget_kept_pages

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
    ("learner", "/learn/"),
    ("learner", "/learn/courses/the-job"),
    ("learner", "/learn/courses/the-job/01-what-the-job-is"),
    ("learner", "/exams/"),
    ("learner", "/practice/"),
    ("learner", "/practice/cards"),
    ("learner", "/learn/duty-map"),
    ("learner", "/job-description/"),
    ("trainer", "/reports/learning"),
    ("admin", "/start"),
    ("admin", "/admin/audit"),
    ("admin", "/admin/people"),
)
PEOPLE, ROWS = 60, 50
SHOWN_ID = re.compile(r"/[\w-]{16}(?=/|$)")
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


def fill(session: Session, organisation: Organisation, learners: int) -> None:
    """So many people who each read ten lessons, took two quizzes and sat an exam of twenty questions."""
    now, own = datetime.now(UTC), {"organisation_id": organisation.id}
    people = [
        own
        | {
            "name": f"Learner {n}",
            "email": f"l{n}@example.org",
            "language": "en",
            "created_at": now,
            "public_id": f"u{n:015d}",
        }
        for n in range(learners)
    ]
    session.execute(insert(User), people)
    ids = list(session.scalars(select(User.id).where(User.email.like("l%@example.org"))))
    session.execute(insert(UserRole), [{"user_id": one, "role": "learner"} for one in ids])
    reads = [
        own | {"user_id": one, "course": "the-job", "lesson": f"l{n}", "version": "1", "at": now}
        for one in ids
        for n in range(10)
    ]
    session.execute(insert(LessonRead), reads)
    taken = own | {"version": "1", "seed": 1, "started_at": now, "finished_at": now, "percent": 80, "passed": True}
    quizzes = [taken | {"user_id": one, "course": f"c{n}", "public_id": f"q{one}-{n}"} for one in ids for n in range(2)]
    session.execute(insert(QuizAttempt), quizzes)
    papers = [
        taken | {"user_id": one, "exam": "first-calls", "form": 1, "due_at": now, "public_id": f"e{one}"} for one in ids
    ]
    session.execute(insert(ExamAttempt), papers)
    answer = own | {
        "duty": "IN4",
        "answer": ["o1"],
        "at": now,
        "share": 1.0,
        "waits": False,
        "remark": "",
        "decided_by_name": "",
    }
    for attempt in session.scalars(select(ExamAttempt.id)).all():
        rows = [
            answer | {"attempt_id": attempt, "question": f"c.q{n}", "public_id": f"a{attempt}-{n}"} for n in range(20)
        ]
        session.execute(insert(ExamAnswer), rows)
    session.commit()


def product_clients(folder: Path, learners: int) -> tuple[Flask, dict[str, FlaskClient], list[str]]:
    """The product as it is served, and browsers of a stranger, a learner and an administrator among `PEOPLE` others.
    Also the addresses of pages that the learner has before them."""
    app = create_app(Settings(instance=folder, secret_key="x" * 32))
    clients = {name: app.test_client() for name in ("stranger", "learner", "admin", "trainer")}
    with app.app_context():
        db.create_all()
        session = context.session()
        organisation = make_organisation(session)
        for _ in range(PEOPLE):
            make_user(session, organisation)
        if learners:
            fill(session, organisation, learners)
        people = {name: make_user(session, organisation, [name]) for name in ("learner", "admin", "trainer")}
        for name, user in people.items():
            with clients[name].session_transaction() as browser:
                browser["_user_id"], browser["_fresh"] = signed_in_as(user).get_id(), True
        pages = under_way(session, people["learner"].actor, app)
    return app, clients, pages


def under_way(session: Session, actor: Actor, app: Flask) -> list[str]:
    """The learner reads a course and begins its quiz, an exam and a drill: addresses of pages with questions on them."""
    courses, now = app.extensions["settings"].courses, datetime.now(UTC)
    course = learning.progress_in(session, actor, courses, "the-job").course
    for lesson in course.lesson_slugs:
        learning.read_lesson(session, actor, course, lesson, now)
    quiz = learning.start_quiz(session, actor, learning.progress_in(session, actor, courses, "the-job"), now)
    card = replace(exams.cards_of(session, actor, courses)[0], before=())
    paper = exams.start(session, actor, card, courses, now)
    drill = practice.begin(session, actor, courses, "typing", "en", now)
    return [
        f"/learn/quiz/{quiz.public_id}/1",
        f"/exams/papers/{paper.public_id}/1",
        f"/practice/rounds/{drill.public_id}",
    ]


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
    parser.add_argument("--learners", type=int, default=0, help="People who learned here, besides.")
    given = parser.parse_args()
    rounds = given.rounds
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        app, clients, begun = product_clients(folder, given.learners)
        empty = empty_client(folder)
        queries: list[str] = []
        with app.app_context():
            event.listen(db.engine, "before_cursor_execute", lambda *told: queries.append(told[2]))
        visits: dict[str, Callable[[], int]] = {"empty page": lambda: empty.get("/").status_code}
        asked: dict[str, int] = {}
        for who, path in (*PAGES, *(("learner", path) for path in begun)):
            browser, page = clients[who], f"{SHOWN_ID.sub('/…', path)}  ({who})"
            if browser.get(path).status_code == 404:
                continue

            def visit(browser: FlaskClient = browser, path: str = path) -> int:
                return browser.get(path).status_code

            def visit_anew(visit: Callable[[], int] = visit) -> int:
                with app.app_context():
                    forget_kept_pages()
                return visit()

            for name, way in ((f"{page} anew", visit_anew), (page, visit)):
                queries.clear()
                way()
                asked[name], visits[name] = len(queries), way
            if asked[f"{page} anew"] == asked[page]:  # it is not kept
                del visits[f"{page} anew"]
        found = median_ms(visits, rounds)
    floor = found.pop("empty page")
    print(f"{'page':<55}{'ms':>8}{'ratio':>8}{'queries':>9}")
    print(f"{'empty page':<55}{floor:>8.2f}{1:>8.2f}{1:>9}")
    for page, milliseconds in found.items():
        print(f"{page:<55}{milliseconds:>8.2f}{milliseconds / floor:>8.2f}{asked[page]:>9}")
    missed = [page for page, milliseconds in found.items() if milliseconds > TARGET * floor]
    print(f"\ntarget at most {TARGET:g}: {len(found) - len(missed)} of {len(found)} pages hold it")
    if missed:
        print("above it: " + ", ".join(missed) + f"   (/admin/people shows {ROWS} rows)")


if __name__ == "__main__":
    main()

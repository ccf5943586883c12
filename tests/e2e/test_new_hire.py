"""A new hire, from the invitation to ready for calls, in a browser and on real parts: the job description signed, a course
read and its quiz passed, a text read aloud into a microphone and recognized, an exam against the clock. axe-core looks on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import cast

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect, sync_playwright
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.e2e.answering import answer_rightly
from tests.e2e.microphone import silence, spoken, write_microphone
from tests.e2e.test_axe import problems
from tests.e2e.test_job_description import sign
from tests.e2e.test_reviewing import sign_in
from tests.factories.call_site import Site, running_site
from trainer.config import ROOT
from trainer.content.passages import load_passages
from trainer.domain.papers import Item
from trainer.extensions import db
from trainer.services import exams, learning
from trainer.store.accounts import User, find_user_by_email
from trainer.store.exams import ExamAttempt
from trainer.store.learning import QuizAttempt
from trainer.store.practice import PracticeRound

pytestmark = [pytest.mark.e2e, pytest.mark.slow]
NAME, EMAIL, PASSWORD = "Fatou Nørgaard", "fatou@demo.example", "a long way to the station"
BREATH_S = 1.1


@pytest.fixture(scope="module")
def microphone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The first passage of the drill, read sentence by sentence with a breath between."""
    text = load_passages(ROOT / "courses", "diction", "en")[0].text
    path = tmp_path_factory.mktemp("microphone") / "reading.wav"
    said = [part for one in re.split(r"(?<=[.?])\s+", text) for part in (spoken(one), silence(BREATH_S))]
    write_microphone(path, [silence(1), *said, silence(4)])
    return path


@pytest.fixture
def browser(microphone: Path) -> Iterator[Browser]:
    sound = ["--use-fake-ui-for-media-stream", f"--use-file-for-fake-audio-capture={microphone}%noloop"]
    with sync_playwright() as driver:
        fake = ["--use-fake-device-for-media-stream", *sound]
        browser = driver.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox", *fake])
        yield browser
        browser.close()


def join(browser: Browser, site: Site) -> Page:
    """An administrator invites; the new hire follows the link."""
    admin = sign_in(browser, site, "ines@demo.example")
    admin.goto("/admin/invitations/new")
    admin.fill("[name=email]", EMAIL)
    admin.fill("[name=name]", NAME)
    admin.locator("main form button.btn-primary").click()
    link = admin.locator("#link").input_value()
    page = browser.new_page(base_url=site.address, viewport={"width": 1600, "height": 1000}, reduced_motion="reduce")
    page.set_default_timeout(30_000)
    page.goto("/" + link.split("/", 3)[3])
    page.fill("[name=password]", PASSWORD)
    page.fill("[name=again]", PASSWORD)
    page.get_by_role("button", name="Join").click()
    page.wait_for_selector(".tool-person")
    return page


def person(session: Session) -> User:
    user = find_user_by_email(session, EMAIL)
    assert user is not None
    return user


def quiz_items(site: Site) -> tuple[Item, ...]:
    with site.app.app_context():
        session = cast("Session", db.session)
        attempt = session.scalars(select(QuizAttempt).order_by(QuizAttempt.id.desc())).first()
        assert attempt is not None
        return learning.open_quiz(session, person(session).actor, attempt.public_id, "en").items


def exam_items(site: Site) -> tuple[Item, ...]:
    with site.app.app_context():
        session, ports = cast("Session", db.session), site.app.extensions["ports"]
        attempt = session.scalars(select(ExamAttempt).order_by(ExamAttempt.id.desc())).first()
        assert attempt is not None
        actor, judge = person(session).actor, learning.judge_of(ports)
        return exams.open_paper(session, actor, attempt.public_id, "en", ports.clock.now(), judge).items


def read_course(page: Page) -> None:
    """Every lesson of the course that the path leads to."""
    page.get_by_role("link", name="Read the lesson").click()
    while page.locator("article.lesson").count():
        page.locator(".lesson-end form button").click()
        page.wait_for_load_state()


def read_aloud(page: Page, seconds: float) -> None:
    page.goto("/practice/")
    page.locator("form[action$='/diction'] button").click()
    page.get_by_role("button", name="Start reading").click()
    expect(page.locator("#stop")).to_be_visible(timeout=20_000)
    page.wait_for_timeout(seconds * 1000)
    page.get_by_role("button", name="Stop: I have read it").click()
    expect(page.locator(".practice-figures")).to_be_visible(timeout=60_000)


def test_new_hire_becomes_ready_for_calls(browser: Browser, microphone: Path, tmp_path: Path) -> None:
    axe, found = Axe(), []
    length = microphone.stat().st_size / 2 / 48_000
    with running_site(tmp_path) as site:
        page = join(browser, site)
        page.goto("/learn/")
        expect(page.locator("#next-title")).to_have_text("Sign the job description")
        found += problems(page, axe, "path at the beginning")
        page.get_by_role("link", name="Go there").click()
        sign(page, "fatou  norgaard")
        page.goto("/learn/")
        expect(page.locator(".learn-conditions li").first).to_contain_text("done")

        read_course(page)
        page.get_by_role("button", name="Begin the quiz").click()
        items = quiz_items(site)
        assert len(items) == 12
        for number, item in enumerate(items, 1):
            expect(page.locator(".kicker").first).to_contain_text(f"Question {number} of")
            answer_rightly(page, item)
        page.get_by_role("button", name="Hand in").click()
        expect(page.locator("h1")).to_have_text("Passed")
        found += problems(page, axe, "quiz result")

        page.goto("/learn/")
        expect(page.locator("#next-title")).to_contain_text("Pass the drill")
        read_aloud(page, length - 2)
        found += problems(page, axe, "reading")
        with site.app.app_context():
            row = cast("Session", db.session).scalars(select(PracticeRound)).one()
            assert row.passed, (row.values, row.typed)
            assert "order desk" in row.typed[0]

        page.goto("/learn/")
        page.get_by_role("link", name="Go there").click()
        found += problems(page, axe, "exam before it is begun")
        page.get_by_role("button", name="Begin: the clock starts").click()
        items = exam_items(site)
        assert len(items) == 20
        expect(page.locator(".exam-clock")).to_contain_text(re.compile(r"(29|30):\d\d"))
        for number, item in enumerate(items, 1):
            expect(page.locator(".kicker").first).to_contain_text(f"Question {number} of 20")
            if number in (1, 7):
                found += problems(page, axe, f"question {number}")
            answer_rightly(page, item)
        page.get_by_role("button", name="Hand in").click()
        expect(page.locator("h1")).to_have_text("Passed")
        found += problems(page, axe, "exam result")

        page.goto("/learn/")
        expect(page.locator("#ready-title")).to_contain_text("Ready for calls")
        found += problems(page, axe, "path at the end")
        for address in ("/learn/duty-map", "/practice/", "/exams/"):
            page.goto(address)
            found += problems(page, axe, address)
        assert not found, "\n".join(found)

"""A drill done to its end by keyboard alone, with the real grader: from My path, through a weak reply, to two good ones."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import cast

import pytest
from playwright.sync_api import Page, Playwright, expect, sync_playwright
from sqlalchemy.orm import Session

from tests.e2e.by_keyboard import Hands
from tests.factories.call_site import Site, running_site, scripted_engines
from trainer.domain.dialogue.operators import lazy
from trainer.extensions import db
from trainer.services.demo_story import play_call
from trainer.store.accounts import find_user_by_email

pytestmark = pytest.mark.e2e
MOST_REPLIES = 8


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    """The first learner has taken one call, badly."""
    engines = {name: engine for name, engine in scripted_engines().items() if name != "encoder"}
    with running_site(tmp_path, **engines) as site, site.app.app_context():
        session, ports = cast("Session", db.session), site.app.extensions["ports"]
        user = find_user_by_email(session, site.email)
        assert user is not None
        scenarios = site.app.extensions["settings"].scenarios
        play_call(session, ports, user.actor, scenarios, "late-parcel", "practice", lazy, ports.clock.now())
        session.remove()  # type: ignore[attr-defined]
        yield site


@pytest.fixture
def page(site: Site) -> Iterator[Page]:
    with sync_playwright() as driver:
        yield open_page(driver, site)


def open_page(driver: Playwright, site: Site) -> Page:
    browser = driver.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
    page = browser.new_page(viewport={"width": 360, "height": 740}, reduced_motion="reduce")
    page.set_default_timeout(30_000)
    page.goto(f"{site.address}/learn/")
    page.fill("[name=email]", site.email)
    page.fill("[name=password]", site.password)
    page.keyboard.press("Enter")
    page.wait_for_selector(".learn-drill")
    return page


def send(hands: Hands, text: str) -> None:
    """Write a reply and send it with Enter; the page that comes is at its result."""
    hands.go_to("#reply")
    hands.write(text)
    was = hands.page.evaluate("performance.timeOrigin")
    hands.page.keyboard.press("Enter")
    hands.page.wait_for_function(
        "was => performance.timeOrigin !== was && document.activeElement.id === 'result'", arg=was
    )


def test_drill_is_done_when_there_are_only_keys(page: Page) -> None:
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    hands = Hands(page)
    hands.go_to(".learn-drill .btn")
    page.keyboard.press("Enter")
    page.wait_for_function("document.activeElement.id === 'reply'")
    expect(page.locator("#hear-line")).to_be_visible()
    hands.write("Well, that is")
    page.reload()
    expect(page.locator("#reply")).to_have_value("Well, that is")
    first = page.locator(".drill-line").inner_text()
    send(hands, " how it is.")
    expect(page.locator("#result-title")).to_have_text("Not there yet")
    assert page.locator(".drill-line").inner_text() != first
    model = " ".join(page.locator(".could").all_inner_texts())
    for number in range(MOST_REPLIES):
        if page.locator("#reply").count():
            send(hands, f"{'Yes. ' * number}{model}")
    expect(page.locator("#result-title")).to_have_text("Done: two good replies")
    hands.go_to("#result .btn-primary")
    page.keyboard.press("Enter")
    page.wait_for_selector(".brief-start")
    page.goto(page.url.split("/calls/")[0] + "/learn/")
    expect(page.locator(".learn-drill")).to_have_count(0)
    assert problems == []

"""A drill done to its end by keyboard alone, with the real grader: from My path, through a weak reply, to two good ones."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import cast

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, Playwright, expect, sync_playwright
from sqlalchemy.orm import Session

from tests.e2e.by_keyboard import Hands
from tests.e2e.picture_steps import OPENERS, model_reply, reply
from tests.e2e.test_axe import problems
from tests.factories.call_site import Site, running_site, scripted_engines
from trainer.domain.dialogue.operators import lazy
from trainer.extensions import db
from trainer.services.demo_story import play_call
from trainer.store.accounts import find_user_by_email

pytestmark = [pytest.mark.e2e, pytest.mark.slow]
FLAGS = ["--no-sandbox", "--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"]


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
    browser = driver.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
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
        "was => performance.timeOrigin !== was && document.activeElement?.id === 'result'", arg=was
    )


def test_drill_is_done_when_there_are_only_keys(page: Page) -> None:
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    hands = Hands(page)
    hands.go_to(".learn-drill .btn")
    page.keyboard.press("Enter")
    expect(page.locator("#reply")).to_be_focused()
    expect(page.locator("#hear-line")).to_be_visible()
    hands.write("Well, that is")
    page.reload()
    expect(page.locator("#reply")).to_have_value("Well, that is")
    first = page.locator(".drill-line").inner_text()
    send(hands, " how it is.")
    expect(page.locator("#result-title")).to_have_text("Not there yet")
    assert page.locator(".drill-line").inner_text() != first
    model = " ".join(page.locator(".could").all_inner_texts())
    for number in range(len(OPENERS)):
        if page.locator("#reply").count():
            send(hands, f"{OPENERS[number]}{model}")
    expect(page.locator("#result-title")).to_have_text("Done: two good replies")
    hands.go_to("#result .btn-primary")
    page.keyboard.press("Enter")
    page.wait_for_selector(".brief-start")
    page.goto(page.url.split("/calls/")[0] + "/learn/")
    expect(page.locator(".learn-drill")).to_have_count(0)
    assert problems == []


def test_what_is_said_while_a_button_is_held_can_be_put_right_before_it_is_sent(page: Page) -> None:
    page.locator(".learn-drill .btn").click()
    page.wait_for_selector("#hold-to-speak:visible")
    page.locator("#hold-to-speak").focus()
    page.keyboard.down("Space")
    page.wait_for_timeout(1500)  # the fake microphone beeps; the scripted recognizer hears a sentence
    page.keyboard.up("Space")
    expect(page.locator("#reply")).to_have_value("Good morning, how can I help you?")
    expect(page.locator("#drill-notice")).to_contain_text("what was heard")
    assert page.evaluate("document.activeElement.id") == "reply"
    expect(page.locator("#result")).to_have_count(0)


@pytest.mark.parametrize(("width", "language"), [(1600, "en"), (360, "fr")])
def test_no_page_of_a_drill_breaks_a_rule(page: Page, width: int, language: str) -> None:
    page.set_viewport_size({"width": width, "height": 1000})
    page.goto(page.url.split("/learn/")[0] + "/privacy")
    page.click(f"button[name=language][value={language}]")
    page.wait_for_selector(f"html[lang={language}]")
    axe, found, home = Axe(), [], page.url.split("/privacy")[0]
    for address in ("/learn/", "/learn/progress"):
        page.goto(f"{home}{address}")
        found += problems(page, axe, address)
    page.goto(f"{home}/learn/")
    page.locator(".learn-drill .btn").click()
    expect(page.locator("#hear-line")).to_be_visible()
    found += problems(page, axe, "drill")
    reply("Right. That is how it is.")(page)
    found += problems(page, axe, "weak")
    for _ in OPENERS:
        model_reply(page)
    expect(page.locator("#result .btn-primary")).to_be_visible()
    found += problems(page, axe, "done")
    assert not found, "\n".join(found)

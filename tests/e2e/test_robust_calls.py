"""A call that meets a bad day: the network goes, the server is killed, keys are pressed in a hurry. Nothing is lost, nothing
counts twice, and everything arrives in the order it was done."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import cast

import pytest
from flask import Flask
from playwright.sync_api import Page, Playwright, expect
from sqlalchemy.orm import Session

from bench import kill
from tests.e2e.test_console import chromium_driver, launch, microphone_file, open_call, site, type_reply
from tests.factories.call_site import Site
from tests.factories.served_site import ServedSite, application
from trainer.domain.events import Event
from trainer.extensions import db
from trainer.store.calls import events_of, find_call_anywhere

pytestmark = pytest.mark.e2e
__all__ = ["chromium_driver", "site"]  # fixtures

KEYS = "159*0#732864"
PRESS_ALL = """async (keys) => {
  for (const key of keys) {
    document.querySelector(`[data-keypad] button[data-key="${key}"]`).click();
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}"""


def log_of(app: Flask, page: Page) -> list[Event]:
    with app.app_context():
        session = cast("Session", db.session)
        row = find_call_anywhere(session, page.url.rsplit("/", 1)[1])
        assert row is not None
        log = events_of(session, row)
        session.rollback()
    assert [event.seq for event in log] == list(range(1, len(log) + 1))
    return log


def said(log: Sequence[Event]) -> list[str]:
    return [str(event.data["text"]) for event in log if event.type == "operator_utterance"]


def pressed(log: Sequence[Event]) -> str:
    return "".join(str(event.data["key"]) for event in log if event.type == "key_press")


def begin_typed(page: Page) -> None:
    page.click("#answer-typing")
    expect(page.locator(".caption-customer")).to_have_count(1, timeout=20_000)
    type_reply(page, "Good morning, Brindle and Moss. How can I help you?")
    expect(page.locator(".caption-customer")).to_have_count(2, timeout=20_000)


def test_keys_pressed_in_a_hurry_arrive_in_order_and_none_is_lost(chromium_driver: Playwright, site: Site) -> None:
    browser = launch(chromium_driver)
    page = browser.new_page()
    open_call(page, site)
    begin_typed(page)
    with page.expect_response(lambda answer: "/happenings/" in answer.url):
        page.evaluate(PRESS_ALL, KEYS)
    type_reply(page, "Thank you.")  # everything goes one after the other: when this is there, all before it is
    expect(page.locator(".caption-operator:not(.is-pending)")).to_have_count(2, timeout=20_000)
    assert pressed(log_of(site.app, page)) == KEYS
    browser.close()


@pytest.mark.parametrize("seconds", [int(os.environ.get("NETWORK_AWAY_S", "4"))])  # 60 is the same, only longer
def test_turns_wait_in_the_page_while_the_network_is_away(
    chromium_driver: Playwright, site: Site, seconds: int
) -> None:
    browser = launch(chromium_driver)
    context = browser.new_context()
    page = context.new_page()
    open_call(page, site)
    begin_typed(page)
    before = said(log_of(site.app, page))
    context.set_offline(True)
    type_reply(page, "First without a network.")
    page.evaluate(PRESS_ALL, KEYS)
    type_reply(page, "Second without a network.")
    type_reply(page, "Third without a network.")
    expect(page.locator(".caption-operator.is-pending")).to_have_count(3)
    expect(page.locator("#notice")).to_contain_text("no connection", timeout=20_000)
    page.wait_for_timeout(seconds * 1000)
    assert said(log_of(site.app, page)) == before
    context.set_offline(False)
    expect(page.locator(".caption-operator:not(.is-pending)")).to_have_count(4, timeout=30_000)
    expect(page.locator("#notice")).to_be_hidden()
    log = log_of(site.app, page)
    assert said(log)[1:] == [f"{word} without a network." for word in ("First", "Second", "Third")]
    assert pressed(log) == KEYS
    browser.close()


def test_answer_that_is_lost_on_its_way_back_counts_once(chromium_driver: Playwright, site: Site) -> None:
    browser = launch(chromium_driver)
    page = browser.new_page()
    open_call(page, site)
    begin_typed(page)
    lost: list[str] = []

    def lose_two(route: object) -> None:
        # The server takes it; the page hears of that only from a proxy's page, which is no answer of the product.
        if len(lost) < 2:
            answer = route.fetch()  # type: ignore[attr-defined]
            lost.append(answer.text())
            route.fulfill(
                status=200 if len(lost) == 1 else 404, content_type="text/html", body="<p>Sign in to the hotel."
            )  # type: ignore[attr-defined]
        else:
            route.continue_()  # type: ignore[attr-defined]

    page.route("**/turns/**", lose_two)
    type_reply(page, "Said once.")
    expect(page.locator(".caption-operator:not(.is-pending)")).to_have_count(2, timeout=20_000)
    assert len(lost) == 2
    assert lost[0] != ""
    assert said(log_of(site.app, page))[1:] == ["Said once."]
    browser.close()


def test_page_measures_how_long_the_answer_took_and_the_review_shows_it(
    chromium_driver: Playwright, site: Site, tmp_path: Path
) -> None:
    microphone = microphone_file(tmp_path, ["Good morning, how can I help you?", "What is your postcode?"], pause=6)
    browser = launch(
        chromium_driver, "--use-fake-ui-for-media-stream", f"--use-file-for-fake-audio-capture={microphone}%noloop"
    )
    page = browser.new_page()
    open_call(page, site)
    page.click("#answer-voice")
    expect(page.locator(".caption-operator:not(.is-pending)")).to_have_count(2, timeout=60_000)
    expect(page.locator("#console")).to_have_attribute("data-state", "yours", timeout=20_000)
    log = log_of(site.app, page)
    gaps = [event.data.get("gap_ms") for event in log if event.type == "operator_utterance"]
    assert gaps[0] is None, "nothing was answered before the first turn"
    assert 800 <= gaps[1] < 6000, "it holds the wait for the end of the turn, and no more than the pause"
    page.click("[data-hangup]")
    page.click("#ask-hangup .btn-danger")
    page.select_option("#disposition", "not_solved")
    page.click("#save-wrap-up")
    expect(page.locator("#review")).to_be_visible(timeout=30_000)
    expect(page.locator(".figures div", has_text="The customer answered after, median")).to_contain_text("s")
    browser.close()


@pytest.fixture
def served(tmp_path: Path) -> Iterator[ServedSite]:
    served = ServedSite(tmp_path)
    served.prepare()
    served.start()
    yield served
    served.kill()


@pytest.mark.slow
def test_page_goes_on_after_the_server_was_killed(chromium_driver: Playwright, served: ServedSite) -> None:
    browser = launch(chromium_driver)
    page = browser.new_page()
    open_call(page, cast("Site", served))
    begin_typed(page)
    served.kill()
    type_reply(page, "Said to a dead server.")
    page.evaluate(PRESS_ALL, KEYS)
    type_reply(page, "And once more.")
    expect(page.locator("#notice")).to_be_visible(timeout=20_000)
    served.start()
    expect(page.locator(".caption-operator:not(.is-pending)")).to_have_count(3, timeout=60_000)
    expect(page.locator("#notice")).to_be_hidden()
    with application(served.folder) as app:
        log = log_of(app, page)
    assert said(log)[1:] == ["Said to a dead server.", "And once more."]
    assert pressed(log) == KEYS
    browser.close()


@pytest.mark.slow
def test_what_was_confirmed_outlives_a_killed_server(tmp_path: Path) -> None:
    result = kill.run(tmp_path, kills=3, pages=2, seed=7)
    assert result.problems == ()
    assert result.confirmed > 6

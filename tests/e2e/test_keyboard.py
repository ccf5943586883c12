"""Calls taken by keyboard alone, on real voices: from the ring to the review, and what the keys of the console do."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, Playwright, expect, sync_playwright

from tests.e2e.by_keyboard import Hands
from tests.factories.call_site import Site, running_site, scripted_engines

pytestmark = pytest.mark.e2e
ANSWER_MS = 60_000


@pytest.fixture(scope="module")
def driver() -> Iterator[Playwright]:
    with sync_playwright() as driver:
        yield driver


def open_page(driver: Playwright, width: int = 1600, height: int = 1000) -> Page:
    browser = driver.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
    page = browser.new_page(viewport={"width": width, "height": height}, reduced_motion="reduce")
    page.set_default_timeout(ANSWER_MS)
    return page


def ring(page: Page, site: Site, scenario: str) -> Hands:
    """Sign in, open the brief, and go to the call, all by keys; the call is ringing."""
    hands = Hands(page)
    page.goto(f"{site.address}/calls/scenarios/{scenario}")
    hands.go_to("[name=email]")
    hands.write(site.email)
    hands.press("Tab")
    hands.write(site.password)
    page.keyboard.press("Enter")
    page.wait_for_selector(".brief-start")
    hands.go_to(".brief-start .btn-primary")
    page.keyboard.press("Enter")
    page.wait_for_selector("#answer-typing:enabled")
    return hands


def answer(hands: Hands) -> None:
    hands.go_to("#answer-typing")
    hands.press("Enter")
    assert hands.is_at("#typed")
    expect(hands.page.locator(".caption-customer")).not_to_have_count(0, timeout=ANSWER_MS)
    hands.page.wait_for_selector("#console[data-state=yours]")
    hands.check()


@pytest.mark.slow
def test_call_is_taken_from_ring_to_review_when_there_are_only_keys(driver: Playwright, tmp_path: Path) -> None:
    with running_site(tmp_path) as site:
        page = open_page(driver)
        problems: list[str] = []
        page.on("pageerror", lambda error: problems.append(str(error)))
        hands = ring(page, site, "left-in-the-cab")
        answer(hands)
        hands.say("Good morning, Tandem, Sam speaking. How can I help you?")
        hands.say("I am sorry about that. Who is calling, please, and on which number do we have you?")

        console = page.locator("#console")
        hands.press("Alt+p")
        expect(console).to_have_attribute("data-state", "hold")
        hands.press("Alt+p")
        expect(console).to_have_attribute("data-state", "yours")

        search_the_customer(hands)
        fill_two_sheets(hands)
        read_a_procedure(hands)
        press_two_keys(hands)
        consult_a_colleague(hands)

        hands.press("Alt+x")
        expect(page.locator("#ask-transfer")).to_be_visible()
        hands.press("Escape")
        expect(page.locator("#ask-transfer")).to_be_hidden()

        hands.press("Alt+q")
        hands.go_to("#ask-hangup [value=yes]")
        hands.press("Enter")
        expect(page.locator("#wrap-up")).to_be_visible(timeout=ANSWER_MS)
        expect(page.locator("#after-call")).not_to_have_text("0:00")
        assert hands.is_at("#wrap-up-title")
        hands.go_to("#save-wrap-up")
        hands.press("Enter")
        expect(page.locator("#wrap-up-problem")).to_be_visible()
        assert hands.is_at("#disposition")
        hands.press("ArrowDown", "Tab")
        hands.go_to("#save-wrap-up")
        page.keyboard.press("Enter")
        read_the_review(hands)
        assert problems == []
        page.context.browser.close()  # type: ignore[union-attr]


def search_the_customer(hands: Hands) -> None:
    page = hands.page
    hands.press("Alt+c")
    hands.go_to("#people-search")
    name = page.evaluate(
        "JSON.parse(document.getElementById('call-data').textContent).people.find(p => p.id === 'own').name"
    )
    hands.write(name.split()[-1])
    hands.press("Enter")
    hands.go_to(".people-row")
    hands.press("Enter")
    expect(page.locator("[data-record-of]:not([hidden])")).to_be_visible()
    assert hands.is_at("[data-record-of]")


def fill_two_sheets(hands: Hands) -> None:
    """What is written on either sheet is kept; the arrows go from one sheet to the other."""
    page = hands.page
    hands.press("Alt+r")
    hands.go_to("#sheet-tab-report")
    hands.go_to("#field-reference")
    hands.write("TX4151")
    hands.go_to("#field-thing")
    hands.press("ArrowDown")
    hands.go_to("#sheet-tab-report", back=True)
    hands.press("ArrowRight")
    assert hands.is_at("#sheet-tab-contact")
    expect(page.locator("#sheet-contact")).to_be_visible()
    expect(page.locator("#sheet-report")).to_be_hidden()
    hands.press("Home")
    expect(page.locator("#field-reference")).to_have_value("TX4151")
    expect(page.locator("#field-thing")).to_have_value("phone")


def read_a_procedure(hands: Hands) -> None:
    page = hands.page
    hands.press("Alt+k")
    hands.go_to("#fact-search")
    hands.write("lost")
    hands.go_to("[data-article]:not([hidden]) summary")
    hands.press("Enter")
    expect(page.locator("[data-article][open] p").first).to_be_visible()


def press_two_keys(hands: Hands) -> None:
    """A key of the keypad by Tab, another by its digit; Escape closes it."""
    page = hands.page
    pressed: list[str] = []
    page.on("request", lambda request: pressed.append(request.post_data or "") if "happen" in request.url else None)
    hands.press("Alt+l")
    hands.go_to(".keypad summary")
    hands.press("Enter")
    hands.go_to("[data-key='1']")
    hands.press("Enter", "5")
    hands.press("Escape")
    assert hands.is_at(".keypad summary")
    expect(page.locator("[data-keypad]")).to_be_hidden()
    sent = " ".join(pressed)
    assert '"key":"1"' in sent
    assert '"key":"5"' in sent


def consult_a_colleague(hands: Hands) -> None:
    page = hands.page
    hands.press("Alt+x")
    hands.go_to("#ask-transfer [value=consult]")
    hands.press("Enter")
    expect(page.locator("#party")).to_contain_text("speaking to a colleague", timeout=ANSWER_MS)
    expect(page.locator(".caption-aside")).not_to_have_count(0, timeout=ANSWER_MS)
    page.wait_for_selector("#console[data-state=yours]")
    hands.check()
    hands.say("Hello, it is Sam from the front line. I have a passenger who left her telephone in a car.")
    hands.go_to("[data-back]")
    hands.press("Enter")
    expect(page.locator("#party")).to_be_hidden(timeout=ANSWER_MS)
    page.wait_for_selector("#console[data-state=yours]")
    hands.check()


def read_the_review(hands: Hands) -> None:
    page = hands.page
    expect(page.locator("#review")).to_be_visible(timeout=ANSWER_MS)
    hands.go_to(".turn-play")
    page.keyboard.press("Enter")
    expect(page.locator("#play-state")).to_have_text("Playing")
    hands.check()
    hands.go_to(".criterion summary")
    was = page.evaluate("document.activeElement.parentElement.open")
    hands.press("Enter")
    assert page.evaluate("document.activeElement.parentElement.open") != was


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    with running_site(tmp_path, **scripted_engines()) as site:
        yield site


def test_every_key_of_the_help_is_one_that_works_and_no_browser_has(driver: Playwright, site: Site) -> None:
    page = open_page(driver)
    hands = ring(page, site, "late-parcel")
    hands.go_to("[data-opens=keyboard]")
    hands.press("Enter")
    told = {
        key.removeprefix("Alt ")
        for key in page.locator("#keyboard kbd").all_inner_texts()
        if len(key) == 1 and key.isalpha()
    }
    used = set(page.eval_on_selector_all("[data-key-alt]", "all => all.map(one => one.dataset.keyAlt)"))
    assert told == used
    # Menus and the address bar: Chrome and Edge D, E, F; Firefox F, E, V, S, B, T, H.
    assert not used & set("DEFVSBTH")
    hands.press("Escape")
    assert hands.is_at("[data-opens=keyboard]")
    page.context.browser.close()  # type: ignore[union-attr]


def test_keys_bring_the_right_side_into_sight_when_the_screen_is_narrow(driver: Playwright, site: Site) -> None:
    page = open_page(driver, 360, 740)
    hands = ring(page, site, "late-parcel")
    answer(hands)
    hands.press("Alt+k")
    assert hands.is_at("#tab-company")
    expect(page.locator("#panel-company")).to_be_visible()
    hands.press("Alt+l")
    assert hands.is_at("#typed")
    hands.press("Alt+m")  # no microphone is open, so there is nothing to mute: the key does nothing
    assert hands.is_at("#typed")
    page.context.browser.close()  # type: ignore[union-attr]


def test_voice_menu_is_walked_when_there_are_only_keys(driver: Playwright, site: Site) -> None:
    page = open_page(driver)
    hands = Hands(page)
    page.goto(f"{site.address}/calls/menus/tandem")
    page.fill("[name=email]", site.email)
    page.fill("[name=password]", site.password)
    page.keyboard.press("Enter")
    hands.page.wait_for_selector("#menu-dial")
    hands.go_to("#menu-dial")
    hands.press("Enter")
    expect(page.locator("#menu-choices li")).not_to_have_count(0)
    hands.press("3")
    expect(page.locator("#menu-way")).not_to_have_text("–")
    hands.go_to("#menu-words")
    hands.go_to("#menu-hangup")
    hands.press("Enter")
    assert hands.is_at("#menu-dial")
    page.context.browser.close()  # type: ignore[union-attr]

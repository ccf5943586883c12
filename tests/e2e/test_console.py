"""The console in a real browser: a spoken call through a fake microphone, and what can go wrong on the way."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Playwright, expect, sync_playwright

from tests.e2e.microphone import silence, spoken, write_microphone
from tests.factories.call_site import Site, running_site, scripted_engines

pytestmark = pytest.mark.e2e

FLAGS = ["--no-sandbox", "--autoplay-policy=no-user-gesture-required", "--use-fake-device-for-media-stream"]


@pytest.fixture(scope="module")
def chromium_driver() -> Iterator[Playwright]:
    with sync_playwright() as driver:
        yield driver


def launch(driver: Playwright, *flags: str) -> Browser:
    return driver.chromium.launch(executable_path="/usr/bin/chromium", args=[*FLAGS, *flags])


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    with running_site(tmp_path, **scripted_engines()) as site:
        yield site


def sign_in(page: Page, site: Site) -> None:
    page.goto(f"{site.address}/calls/")
    page.fill("[name=email]", site.email)
    page.fill("[name=password]", site.password)
    page.click("main form .btn-primary")


def open_call(page: Page, site: Site, *, record: bool = False) -> None:
    sign_in(page, site)
    page.click("article a[href$=late-parcel]")
    if record:
        page.check("[name=consent_recording]")
    page.click(".brief-start .btn-primary")


def type_reply(page: Page, text: str) -> None:
    page.fill("#typed", text)
    page.press("#typed", "Enter")


def microphone_file(folder: Path, sentences: list[str], pause: float) -> Path:
    """Sentences spoken by flite with silence before, between and after, as a file for Chromium's fake microphone."""
    path = folder / "microphone.wav"
    said = [part for sentence in sentences for part in (spoken(sentence), silence(pause))]
    write_microphone(path, [silence(pause), *said, silence(pause)])
    return path


@pytest.mark.slow
def test_call_is_spoken_heard_recorded_and_reviewed(chromium_driver: Playwright, tmp_path: Path) -> None:
    sentences = [
        "Good morning, this is Brindle and Moss. How can I help you?",
        "I am very sorry. What is your order reference and your postcode, please?",
    ]
    microphone = microphone_file(tmp_path, sentences, pause=5)
    with running_site(tmp_path) as site:
        browser = launch(
            chromium_driver, "--use-fake-ui-for-media-stream", f"--use-file-for-fake-audio-capture={microphone}%noloop"
        )
        page = browser.new_page(viewport={"width": 1600, "height": 1000})
        problems: list[str] = []
        page.on("pageerror", lambda error: problems.append(str(error)))
        open_call(page, site, record=True)
        page.click("#answer-voice")
        said = page.locator(".caption-operator:not(.is-pending)")
        expect(said.first).to_contain_text("morning", ignore_case=True, timeout=40_000)
        expect(page.locator(".caption-customer")).not_to_have_count(1, timeout=20_000)
        expect(said.nth(1)).to_contain_text(re.compile("post ?code", re.IGNORECASE), timeout=40_000)
        page.click("#tab-customer")
        reference = page.locator("#panel-customer dt", has_text="Order reference").locator("+ dd").inner_text().strip()
        page.click("#tab-form")
        page.fill("#field-reference", reference)
        page.click("[data-hangup]")
        page.click("#ask-hangup .btn-danger")
        expect(page.locator("#wrap-up")).to_be_visible(timeout=20_000)
        expect(page.locator("#outcome")).to_have_text("You hung up.")
        page.select_option("#disposition", "not_solved")
        page.click("#save-wrap-up")
        expect(page.locator("#review")).to_be_visible(timeout=30_000)
        expect(page.locator(".turn-operator").first).to_contain_text("help you", ignore_case=True)
        expect(page.locator("#record-title ~ * tr", has_text="Order reference")).to_contain_text("right")
        page.locator(".turn-operator .turn-play").first.click()
        expect(page.locator("#play-state")).to_have_text("Playing")
        assert problems == []
        browser.close()


def test_typed_call_survives_reload_second_tab_and_wrong_field(chromium_driver: Playwright, site: Site) -> None:
    browser = launch(chromium_driver)
    context = browser.new_context()
    page = context.new_page()
    open_call(page, site)
    page.click("#answer-typing")
    expect(page.locator(".caption-customer")).to_have_count(1)
    type_reply(page, "Good morning, Brindle and Moss. How can I help you?")
    expect(page.locator(".caption-customer")).to_have_count(2)
    page.click("#tab-form")
    page.click("#sheet-tab-contact")
    page.fill("#field-phone", "call me")
    page.press("#field-phone", "Tab")
    expect(page.locator("#field-phone-problem")).to_contain_text("telephone number in figures")
    page.fill("#field-phone", "020 7946 0018")
    page.press("#field-phone", "Tab")
    expect(page.locator("#field-phone-problem")).to_be_hidden()
    expect(page.locator("#hints .is-done")).not_to_have_count(0)
    page.reload()
    expect(page.locator("#answer-text")).to_contain_text("goes on where you left it")
    expect(page.locator("#field-phone")).to_have_value("020 7946 0018")
    expect(page.locator(".caption")).to_have_count(3)
    page.click("#answer-typing")
    second = context.new_page()
    second.goto(page.url)
    expect(second.locator("#notice")).to_contain_text("open in another tab")
    second.click("#notice button")
    expect(second.locator("#notice")).to_be_hidden()
    second.click("#answer-typing")
    type_reply(page, "From the first tab.")
    expect(page.locator("#notice")).to_contain_text("open in another tab")
    page.click("#notice button")
    expect(page.locator(".caption-operator:not(.is-pending)")).to_have_count(2)
    browser.close()


def test_nothing_said_is_lost_to_sign_out_full_disk_or_no_network(
    chromium_driver: Playwright, site: Site, tmp_path: Path
) -> None:
    microphone = microphone_file(tmp_path, ["Good morning, how can I help you?"], pause=4)
    browser = launch(
        chromium_driver, "--use-fake-ui-for-media-stream", f"--use-file-for-fake-audio-capture={microphone}%noloop"
    )
    context = browser.new_context()
    page = context.new_page()
    open_call(page, site, record=True)
    site.full.set()
    page.click("#answer-voice")
    expect(page.locator("#notice")).to_contain_text("the disk is full", timeout=30_000)
    site.full.clear()
    page.click("#notice button")
    expect(page.locator(".caption-operator:not(.is-pending)")).to_have_count(1)
    expect(page.locator("#console")).to_have_attribute("data-state", "yours", timeout=20_000)  # nothing is under way
    context.clear_cookies()
    type_reply(page, "One moment please.")
    expect(page.locator("#notice")).to_contain_text("You were signed out")
    page.on("dialog", lambda dialog: dialog.accept())
    page.click("#notice a")
    page.fill("[name=email]", site.email)
    page.fill("[name=password]", site.password)
    page.click("main form .btn-primary")
    expect(page.locator(".caption-operator")).to_have_count(2)
    page.click("#answer-typing")
    context.set_offline(True)
    type_reply(page, "Spoken into the dark.")
    expect(page.locator("#notice")).to_contain_text("no connection", timeout=20_000)
    context.set_offline(False)
    expect(page.locator("#notice")).to_be_hidden(timeout=20_000)
    expect(page.locator(".caption-operator:not(.is-pending)")).to_have_count(3)
    page.fill("#typed", "word " * 1500)
    page.click("#send")
    expect(page.locator("#notice")).to_contain_text("longer than a thousand words")
    assert len(page.input_value("#typed")) > 7000
    browser.close()


@pytest.mark.parametrize(
    ("flags", "sentence"),
    [
        (["--deny-permission-prompts"], "not allowed for this page"),
        (["--host-resolver-rules=MAP plain.test 127.0.0.1", "--use-fake-ui-for-media-stream"], "HTTPS"),
    ],
)
def test_call_goes_on_typed_where_the_microphone_cannot_be_had(
    chromium_driver: Playwright, site: Site, flags: list[str], sentence: str
) -> None:
    browser = launch(chromium_driver, *flags)
    page = browser.new_page(viewport={"width": 360, "height": 740})
    if sentence == "HTTPS":
        site.address = site.address.replace("127.0.0.1", "plain.test")
    open_call(page, site)
    page.click("#answer-voice")
    expect(page.locator("#notice")).to_contain_text(sentence)
    type_reply(page, "Good morning, Brindle and Moss. How can I help you?")
    expect(page.locator(".caption-customer")).to_have_count(2)
    page.click("[data-hangup]")
    page.click("#ask-hangup .btn-danger")
    expect(page.locator("#wrap-up")).to_be_visible(timeout=15_000)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    browser.close()

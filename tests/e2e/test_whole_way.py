"""The whole way, on real parts: a spoken call through a virtual headset, its grade, a person's word, a certificate that
its own QR code proves. The recognizer, the voices, the encoder, the PDF and the QR reader are the real ones."""

from __future__ import annotations

import re
import subprocess
import wave
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import cast

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.e2e.headset import Headset, headset
from tests.factories.call_site import Site, running_site
from trainer.config import ROOT
from trainer.domain.dialogue import CallState, fold
from trainer.domain.dialogue.answers import checked_as
from trainer.domain.dialogue.operators import Model
from trainer.domain.events import Event
from trainer.domain.scenario import Case
from trainer.extensions import db
from trainer.services import demo, demo_learning, demo_story
from trainer.services.call_log import case_of_call
from trainer.store import calls as call_store
from trainer.store.accounts import find_user_by_email
from trainer.store.calls import Call

pytestmark = [pytest.mark.e2e, pytest.mark.slow]

SCENARIO = "late-parcel"
OTHERS = tuple(slug for slug in demo_story.PLAYED if slug != SCENARIO)
VOICE = "slt"
MOST_REPLIES = 25
BREATH_MS = 500


@dataclass
class Person:
    """Who sits at the console: says what a very good operator would say where the call stands, and again if misheard."""

    site: Site
    worn: Headset
    call_id: str
    model: Model = field(default_factory=Model)
    last: str = ""
    again: bool = False

    def log(self) -> tuple[Case, Sequence[Event]]:
        with self.site.app.app_context():
            session = cast("Session", db.session)
            call = session.scalars(select(Call).where(Call.public_id == self.call_id)).one()
            return case_of_call(session, call), call_store.events_of(session, call)

    def next_reply(self) -> str:
        case, events = self.log()
        state = fold(case, events)
        if self.misheard(case, state):
            return self.last
        turn = self.model(case, state, 0)
        if turn is None:
            self.model = Model()
            turn = self.model(case, state, 0)
        assert turn is not None, "the model has nothing to say here"
        self.last, self.again = turn.text, False
        return turn.text

    def misheard(self, case: Case, state: CallState) -> bool:
        """An identity detail that was just asked for did not come: a good operator asks once more."""
        details = [topic for topic in case.topics if topic.identity and topic.id not in state.topics_told]
        asked = any(phrase in self.last.lower() for topic in details for phrase in topic.phrases)
        once_more = asked and not state.marks[checked_as(case)] and not self.again
        self.again = self.again or once_more
        return once_more

    def speak_the_call(self, page: Page) -> None:
        """Until the customer has gone; speaks only when it is the operator's turn."""
        for said in range(MOST_REPLIES):
            if self.floor(page) == "wrap_up":
                return
            self.worn.say(self.next_reply(), VOICE)
            replies = page.locator(".caption-operator:not(.is-pending)")
            expect(replies).to_have_count(said + 1, timeout=60_000)
        raise AssertionError("the call did not end")

    def floor(self, page: Page) -> str:
        """Waits until the customer has been silent for a moment, or has gone; the console's state."""
        console = page.locator("#console")
        while True:
            expect(console).to_have_attribute("data-state", re.compile("yours|wrap_up"), timeout=60_000)
            page.wait_for_timeout(BREATH_MS)
            state = console.get_attribute("data-state") or ""
            if state in ("yours", "wrap_up"):
                return state

    def truth(self) -> tuple[dict[str, str], str]:
        """What belongs into the record, and the disposition of a call that ended well."""
        case, _ = self.log()
        right = next(one.id for one in case.dispositions if "resolved" in one.right_for)
        return {one.id: one.truth for one in case.form}, right


def sign_in(browser: Browser, site: Site, email: str) -> Page:
    page = browser.new_context(base_url=site.address, viewport={"width": 1600, "height": 1000}).new_page()
    page.goto("/login")
    page.fill("[name=email]", email)
    page.fill("[name=password]", demo.PASSWORD)
    page.click("main form .btn-primary")
    page.wait_for_load_state()
    return page


def the_rest_of_the_gates(site: Site) -> None:
    """Signature, courses, exams, drills and the other calls, done as the learner would, so that this test can be about the
    spoken one."""
    with site.app.app_context():
        session, ports = cast("Session", db.session), site.app.extensions["ports"]
        learner = find_user_by_email(session, site.email)
        assert learner is not None
        then = ports.clock.now() - timedelta(days=2)
        demo_learning.become_ready(session, ports, learner.actor, ROOT / "courses", then)
        for slug in OTHERS:
            demo_story.play_call(session, ports, learner.actor, ROOT / "scenarios", slug, "assessed", Model(), then)


def pass_the_headset_check(page: Page, worn: Headset) -> None:
    """As people do: read when the page says so, and once more where little of it arrived (on a busy machine)."""
    result = page.locator("#headset-result")
    for _attempt in range(3):
        page.get_by_role("button", name="Record three seconds").click()
        expect(result).to_contain_text("Speak now", timeout=30_000)
        worn.say("My parcel arrives on Thursday.", VOICE)
        expect(result).to_contain_text("heard", timeout=30_000)
        if "result-good" in (result.get_attribute("class") or ""):
            break
    expect(result).to_contain_text("parcel", ignore_case=True)
    expect(result).to_contain_text("Your headset works.")


def write_the_call_up(page: Page, truth: dict[str, str], disposition: str) -> None:
    page.click("#tab-form")
    for name, value in truth.items():
        control = page.locator(f"#field-{name}")
        if control.is_hidden():  # it stands on another sheet
            sheet = control.locator("xpath=ancestor::*[@role='tabpanel'][1]").get_attribute("aria-labelledby")
            page.click(f"#{sheet}")
        if control.evaluate("e => e.tagName") == "SELECT":
            control.select_option(value)
        else:
            control.fill(value)
    page.select_option("#disposition", disposition)
    page.click("#save-wrap-up")


def read_qr(folder: Path, pdf: Path) -> str:
    subprocess.run(["pdftoppm", "-r", "200", "-png", "-singlefile", str(pdf), str(folder / "paper")], check=True)
    seen = subprocess.run(["zbarimg", "-q", "--raw", str(folder / "paper.png")], check=True, capture_output=True)
    return seen.stdout.decode().strip()


def share_heard(site: Site, recording: Path, lines: Sequence[str]) -> float:
    """The share of the customer's words that a recognizer finds in what came out of the browser."""
    recognizer = site.app.extensions["ports"].recognizer
    with wave.open(str(recording)) as file:
        pcm = file.readframes(file.getnframes())
    pieces = [pcm[at : at + 20 * 32_000] for at in range(0, len(pcm), 20 * 32_000)]
    heard = " ".join(recognizer.recognize(piece, language="en", with_words=False).text for piece in pieces)
    words = re.findall(r"[a-z]{4,}", " ".join(lines).lower())
    return sum(word in heard.lower() for word in words) / len(words)


def test_a_learner_speaks_a_call_and_holds_a_certificate_that_verifies(tmp_path: Path) -> None:
    with headset() as worn, sync_playwright() as driver, running_site(tmp_path / "site") as site:
        browser = worn.launch(driver)
        the_rest_of_the_gates(site)
        page = sign_in(browser, site, site.email)
        page.goto(f"/calls/scenarios/{SCENARIO}")
        pass_the_headset_check(page, worn)
        page.check("[name=mode][value=assessed]")
        page.check("[name=is_me]")
        page.check("[name=agrees]")
        page.check("[name=consent_recording]")
        page.click(".brief-start .btn-primary")
        expect(page.locator("#answer-voice")).to_be_enabled()
        person = Person(site, worn, page.url.rstrip("/").split("/")[-1])
        with worn.listening(tmp_path / "ear.wav"):
            page.click("#answer-voice")
            person.speak_the_call(page)
        write_the_call_up(page, *person.truth())
        expect(page.locator("#review")).to_be_visible(timeout=60_000)
        expect(page.locator("main")).to_contain_text("Passed")
        lines = [event.data["text"] for event in person.log()[1] if event.type == "customer_line"]
        assert share_heard(site, tmp_path / "ear.wav", lines) > 0.5

        supervisor = sign_in(browser, site, "maeve@demo.example")
        supervisor.goto("/categories/")
        supervisor.get_by_role("link", name="Nora Haddad").first.click()
        supervisor.fill("textarea", "I listened to her calls and sat beside her.")
        supervisor.get_by_role("button", name="Attest").click()
        supervisor.get_by_role("button", name="Decide and issue the certificate").click()
        expect(supervisor.locator("main")).to_contain_text("certificate", ignore_case=True)

        page.goto("/certificates/")
        with page.expect_download() as coming:
            page.get_by_role("link", name="Download PDF").first.click()
        pdf = tmp_path / "certificate.pdf"
        coming.value.save_as(pdf)
        address = read_qr(tmp_path, pdf)
        stranger = browser.new_context().new_page()
        stranger.goto(address)
        expect(stranger.locator("main")).to_contain_text("Valid")
        expect(stranger.locator("main")).to_contain_text("Nora Haddad")

        reason = "The calls were taken by somebody else."
        supervisor.goto("/categories/")
        supervisor.get_by_role("link", name="Nora Haddad").first.click()
        supervisor.get_by_role("link", name="Revoke").click()
        supervisor.fill("textarea", reason)
        supervisor.get_by_role("button", name="Revoke").click()
        stranger.reload()
        expect(stranger.locator("main")).to_contain_text("Revoked")
        expect(stranger.locator("main")).to_contain_text(reason)
        browser.close()

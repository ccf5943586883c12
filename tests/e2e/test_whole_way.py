"""The whole way, on real parts: a spoken call through a fake microphone, its grade, a person's word, a certificate that
its own QR code proves. The recognizer, the voices, the encoder, the PDF and the QR reader are the real ones."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import cast

import numpy as np
import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.e2e.microphone import silence, spoken, write_microphone
from tests.factories.call_site import Site, running_site
from trainer.config import ROOT
from trainer.domain.dialogue.operators import Model
from trainer.domain.events import Event
from trainer.extensions import db
from trainer.services import demo, demo_story
from trainer.services.call_log import case_of_call
from trainer.store import calls as call_store
from trainer.store.accounts import find_user_by_email
from trainer.store.calls import Call

pytestmark = [pytest.mark.e2e, pytest.mark.slow]

SCENARIO, OTHER = "late-parcel", "new-home-internet"
ANSWERING_S = 2.6
"""What passes between the end of a reply and the customer's first word: end of turn, decoding, thinking, sending."""


def launch(microphone: Path) -> tuple[object, Browser]:
    driver = sync_playwright().start()
    browser = driver.chromium.launch(
        executable_path="/usr/bin/chromium",
        args=[
            "--no-sandbox", "--autoplay-policy=no-user-gesture-required", "--use-fake-device-for-media-stream",
            "--use-fake-ui-for-media-stream", f"--use-file-for-fake-audio-capture={microphone}%noloop",
        ],
    )  # fmt: skip
    return driver, browser


def sign_in(browser: Browser, site: Site, email: str) -> Page:
    page = browser.new_context(base_url=site.address, viewport={"width": 1600, "height": 1000}).new_page()
    page.goto("/login")
    page.fill("[name=email]", email)
    page.fill("[name=password]", demo.PASSWORD)
    page.click("main form .btn-primary")
    page.wait_for_load_state()
    return page


def what_a_good_operator_says(site: Site, call_id: str) -> tuple[dict[str, str], str, Sequence[Event]]:
    """The truth of the record, the right disposition, and the same form played by the model operator elsewhere."""
    with site.app.app_context():
        session, ports = cast("Session", db.session), site.app.extensions["ports"]
        call = session.scalars(select(Call).where(Call.public_id == call_id)).one()
        case = case_of_call(session, call)
        trainer = find_user_by_email(session, "ines@demo.example")
        assert trainer is not None
        played = demo_story.play_call(
            session, ports, trainer.actor, ROOT / "scenarios", SCENARIO, "practice", Model(), ports.clock.now(),
            seed=call.seed,
        )  # fmt: skip
        right = next(d.id for d in case.dispositions if played.outcome in d.right_for)
        truth = {field.id: field.truth for field in case.form}
        return truth, right, call_store.events_of(session, played)


def record_speech(microphone: Path, events: Sequence[Event]) -> None:
    """The operator's sentences, with room for the customer's lines between them."""
    parts: list[np.ndarray] = [silence(1.5)]
    for event in events:
        if event.type == "operator_utterance":
            parts.append(spoken(event.data["text"]))
            parts.append(silence(ANSWERING_S))
        elif event.type == "customer_line":
            parts.append(silence(event.data["duration_ms"] / 1000))
    write_microphone(microphone, [*parts, silence(4)])


def the_rest_of_the_gates(site: Site) -> None:
    """The course and a second call, done as the learner would, so that this test can be about the spoken one."""
    with site.app.app_context():
        session, ports = cast("Session", db.session), site.app.extensions["ports"]
        learner = find_user_by_email(session, site.email)
        assert learner is not None
        then = ports.clock.now() - timedelta(days=2)
        demo_story.pass_course(session, learner.actor, ROOT / "courses", then)
        demo_story.play_call(session, ports, learner.actor, ROOT / "scenarios", OTHER, "assessed", Model(), then)


def read_qr(folder: Path, pdf: Path) -> str:
    subprocess.run(["pdftoppm", "-r", "200", "-png", "-singlefile", str(pdf), str(folder / "paper")], check=True)
    seen = subprocess.run(["zbarimg", "-q", "--raw", str(folder / "paper.png")], check=True, capture_output=True)
    return seen.stdout.decode().strip()


def test_a_learner_speaks_a_call_and_holds_a_certificate_that_verifies(tmp_path: Path) -> None:
    microphone = tmp_path / "microphone.wav"
    write_microphone(microphone, [silence(0.6), spoken("My parcel arrives on Thursday at half past two."), silence(6)])
    driver, browser = launch(microphone)
    with running_site(tmp_path / "site") as site:
        the_rest_of_the_gates(site)
        page = sign_in(browser, site, site.email)
        page.goto(f"/calls/scenarios/{SCENARIO}")
        page.get_by_role("button", name="Record three seconds").click()
        expect(page.locator("#headset-result")).to_contain_text("parcel", ignore_case=True, timeout=30_000)
        page.check("[name=mode][value=assessed]")
        page.check("[name=consent_recording]")
        page.click(".brief-start .btn-primary")
        expect(page.locator("#answer-voice")).to_be_enabled()
        call_id = page.url.rstrip("/").split("/")[-1]
        truth, disposition, played = what_a_good_operator_says(site, call_id)
        record_speech(microphone, played)
        page.click("#answer-voice")
        expect(page.locator("#wrap-up")).to_be_visible(timeout=300_000)
        page.click("#tab-form")
        for field, value in truth.items():
            control = page.locator(f"#field-{field}")
            if control.evaluate("e => e.tagName") == "SELECT":
                control.select_option(value)
            else:
                control.fill(value)
        page.select_option("#disposition", disposition)
        page.click("#save-wrap-up")
        expect(page.locator("#review")).to_be_visible(timeout=60_000)
        expect(page.locator("main")).to_contain_text("Passed")

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
        browser.close()
    driver.stop()  # type: ignore[attr-defined]

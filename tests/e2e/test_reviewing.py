"""The review of a call from both sides, in two browsers: a learner appeals, a supervisor finds it in the queue by keys,
decides on a check, comments on a moment, answers; the learner reads all of it. axe-core looks at each page."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import cast

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect
from sqlalchemy.orm import Session

from tests.e2e.test_axe import problems
from tests.factories.call_site import Site, running_site, scripted_engines
from trainer.config import ROOT
from trainer.domain.dialogue.operators import Model
from trainer.extensions import db
from trainer.services import demo, demo_story
from trainer.store.accounts import find_user_by_email
from trainer.store.calls import calls_of_user

pytestmark = pytest.mark.e2e
SCENARIO = "care-plan-call"
APPEAL = "I did greet her, listen again please."
WHY = "The greeting cannot be heard on the recording."
COMMENT = "A calm voice here, keep it."
ANSWER = "I listened twice: the greeting is not there."


def sign_in(browser: Browser, site: Site, email: str) -> Page:
    page = browser.new_page(base_url=site.address, viewport={"width": 1600, "height": 1000}, reduced_motion="reduce")
    page.set_default_timeout(30_000)
    page.goto("/login")
    page.fill("[name=email]", email)
    page.fill("[name=password]", demo.PASSWORD)
    page.click("main form .btn-primary")
    page.wait_for_selector(".tool-person")
    return page


def an_assessed_call(site: Site) -> str:
    """A call that the learner took two days ago, graded; gives its public id."""
    with site.app.app_context():
        session, ports = cast("Session", db.session), site.app.extensions["ports"]
        learner = find_user_by_email(session, site.email)
        assert learner is not None
        then = ports.clock.now() - timedelta(days=2)
        demo_story.play_call(session, ports, learner.actor, ROOT / "scenarios", SCENARIO, "assessed", Model(), then)
        return calls_of_user(session, learner.id)[0].public_id


def every_loss_leads_to_words_and_rule(page: Page) -> None:
    """From each check that cost points, and each level below 4, a press leads to the turn and another to the rule."""
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true })")
    lost = page.locator(".check:has(.status-bad)").all()
    assert lost
    for row in lost:
        place = row.locator("a[href^='#turn-']").first.get_attribute("href")
        assert page.locator(f"[id='{(place or '#').removeprefix('#')}']").count() == 1
        assert row.locator("a[href*='/rubric/']").count() == 1
        assert row.locator(".rule code").first.inner_text()
    levels = page.locator(".levels > div").all()
    assert levels
    for row in levels:
        assert row.locator("a[href*='/rubric/objection-']").count() == 1
    check = page.locator("[id='check-opening.greeting']")
    check.get_by_role("link", name="Rule").click()
    assert page.url.endswith("/rubric/call-1#opening.greeting")
    expect(page.locator("[id='opening.greeting']")).to_contain_text("Looked for in the first 2 turns.")


def test_an_appeal_is_filed_decided_and_read(browser: Browser, tmp_path: Path) -> None:
    with running_site(tmp_path, **scripted_engines()) as site:
        call = an_assessed_call(site)
        axe, found = Axe(), []
        learner = sign_in(browser, site, site.email)
        learner.goto(f"/review/{call}")
        machine = learner.locator(".result-number").inner_text()
        learner.get_by_text("Appeal against the mark").click()
        learner.fill("#appeal textarea", APPEAL)
        learner.get_by_role("button", name="File the appeal").click()
        expect(learner.locator(".result")).to_contain_text("An appeal is open")

        supervisor = sign_in(browser, site, "maeve@demo.example")
        supervisor.goto("/review/queue?kind=appeal")
        found += problems(supervisor, axe, "queue")
        supervisor.keyboard.press("j")
        supervisor.keyboard.press("Enter")
        expect(supervisor.locator("#appeal")).to_contain_text(APPEAL)

        check = supervisor.locator("[id='check-opening.greeting']")
        check.locator("xpath=ancestor::details[1]").evaluate("details => { details.open = true }")
        check.get_by_text("Decide").click()
        check.get_by_label("no", exact=True).check()
        check.locator("textarea").fill(WHY)
        check.get_by_role("button", name="Keep the decision").click()
        expect(supervisor.locator(".result")).to_contain_text(f"The machine had given {machine}")

        turn = supervisor.locator(".turn-operator").nth(1)
        turn.get_by_text("Comment", exact=True).click()
        turn.locator("textarea").fill(COMMENT)
        turn.get_by_role("button", name="Keep the comment").click()
        expect(supervisor.locator(".comment")).to_contain_text(COMMENT)
        found += problems(supervisor, axe, "review of a supervisor")

        supervisor.fill("#appeal textarea", ANSWER)
        supervisor.get_by_role("button", name="Answer and close the appeal").click()
        expect(supervisor.locator("#appeal")).to_contain_text("The mark was changed")
        supervisor.goto("/review/queue?kind=appeal")
        expect(supervisor.locator("main")).to_contain_text("Nothing waits")

        learner.goto(f"/review/{call}")
        for text in (WHY, COMMENT, ANSWER, "Maeve Sullivan", f"The machine had given {machine}"):
            expect(learner.locator("#review")).to_contain_text(text)
        assert int(learner.locator(".result-number").inner_text()) < int(machine)
        expect(learner.get_by_text("Decide", exact=True)).to_have_count(0)
        found += problems(learner, axe, "review of a learner")
        every_loss_leads_to_words_and_rule(learner)
        found += problems(learner, axe, "rubric")
        assert not found, "\n".join(found)

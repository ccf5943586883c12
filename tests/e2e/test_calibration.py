"""Blind marking and calibration in two browsers: a supervisor opens a session, both mark the call without seeing the
other or the machine, then both see where they differ; the figures stand in the report. axe-core looks at each page."""

from __future__ import annotations

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.e2e.test_axe import problems
from tests.e2e.test_reviewing import an_assessed_call, sign_in
from tests.factories.call_site import running_site, scripted_engines

pytestmark = pytest.mark.e2e
TITLE = "Care plans, November"
NOTE = "The greeting was hard to hear."
AGREED = "A greeting counts when the name is said."


def answer(page: Page, check: str, word: str) -> None:
    page.locator(f"[id='ask-{check}']").get_by_label(word, exact=True).check()


def nothing_of_the_machine(page: Page) -> None:
    """No mark, no answer, no judged evidence on the sheet: every question stands unanswered."""
    expect(page.locator(".result-mark, .status-good, .status-bad")).to_have_count(0)
    expect(page.locator("fieldset.ask input:checked:not([value=''])")).to_have_count(0)
    text = page.locator("form.review-marks").inner_text()
    assert "of 100" not in text


def test_two_people_mark_blind_and_compare(browser: Browser, tmp_path: Path) -> None:
    with running_site(tmp_path, **scripted_engines()) as site:
        call = an_assessed_call(site)
        axe, found = Axe(), []
        maeve, kwame = (sign_in(browser, site, f"{name}@demo.example") for name in ("maeve", "kwame"))
        maeve.goto("/calibration/new")
        maeve.fill("[name=title]", TITLE)
        maeve.get_by_label("Kwame Boateng").check()
        maeve.locator(f"[name=calls][value='{call}']").check()
        found += problems(maeve, axe, "new session")
        maeve.get_by_role("button", name="Open the session").click()
        expect(maeve.locator("h1")).to_have_text(TITLE)
        session = maeve.url

        maeve.get_by_role("link", name="Mark it").click()
        nothing_of_the_machine(maeve)
        found += problems(maeve, axe, "sheet")
        answer(maeve, "opening.greeting", "no")
        maeve.fill("[name=note]", NOTE)
        maeve.get_by_role("button", name="Keep for later").click()
        expect(maeve.locator("[id='ask-opening.greeting'] input[value=no]")).to_be_checked()
        answer(maeve, "closing.goodbye", "yes")
        answer(maeve, "error:1", "not found")
        maeve.get_by_role("button", name="Hand in").click()
        expect(maeve.locator("main")).to_contain_text("Markings handed in: 1 of 2")
        expect(maeve.locator("main")).not_to_contain_text(NOTE)

        kwame.goto("/calibration/")
        expect(kwame.locator("main")).to_contain_text("1 call for you")
        found += problems(kwame, axe, "sessions")
        kwame.get_by_role("link", name=TITLE).click()
        kwame.get_by_role("link", name="Mark it").click()
        nothing_of_the_machine(kwame)
        kwame.set_viewport_size({"width": 360, "height": 800})
        found += problems(kwame, axe, "sheet, narrow")
        answer(kwame, "opening.greeting", "yes")
        answer(kwame, "closing.goodbye", "yes")
        kwame.get_by_role("button", name="Hand in").click()
        for text in (NOTE, "Maeve Sullivan", "Was the customer greeted?", "Agreement in these calls"):
            expect(kwame.locator("main")).to_contain_text(text)
        found += problems(kwame, axe, "comparison, narrow")

        maeve.goto(session)
        row = maeve.get_by_role("row").filter(has_text="Was the customer greeted?").first
        expect(row).to_contain_text("no")
        maeve.fill("[name=agreed]", AGREED)
        maeve.get_by_role("button", name="Close the session").click()
        expect(maeve.get_by_role("button", name="Keep")).to_be_visible()
        found += problems(maeve, axe, "comparison")
        kwame.goto(session)
        expect(kwame.locator("main")).to_contain_text(AGREED)

        maeve.goto("/reports/agreement")
        expect(maeve.locator("main")).to_contain_text("1 call was marked blind, by 2 markings.")
        found += problems(maeve, axe, "agreement")
        maeve.goto(f"/review/{call}")
        expect(maeve.locator("#blind")).to_contain_text(NOTE)
        found += problems(maeve, axe, "review with blind marks")
        learner = sign_in(browser, site, site.email)
        learner.goto(f"/review/{call}")
        expect(learner.locator("#blind")).to_have_count(0)
        learner.goto(f"/review/{call}/mark")
        expect(learner.locator("body")).to_contain_text("Not for your role")
        assert not found, "\n".join(found)

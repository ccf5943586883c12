"""Work in figures in a browser: a team is made, a table is sent as a file, mended and taken in, its figures are seen by whom they
are about, a complaint is answered and decided. axe-core looks at each page, in both themes and languages."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import cast

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect
from sqlalchemy.orm import Session

from tests.e2e.test_axe import problems
from tests.e2e.test_reviewing import sign_in
from tests.factories.call_site import Site
from trainer.extensions import db
from trainer.services import demo_work
from trainer.store.accounts import find_user_by_email

pytestmark = [pytest.mark.e2e, pytest.mark.slow]
WIDTHS = (360, 1600)
TABLE = "E-mail;From;To;Tasks;Quality (%);Handle time (s)\nnora@demo.example;{since};{until};412;{quality};4:55\n"


def look(page: Page, axe: Axe, where: str) -> list[str]:
    """In both widths; in French, whose words are longer, in the narrow one."""
    found = []
    for width in WIDTHS[:1] if where.endswith(" fr") else WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        found += problems(page, axe, f"{where}, {width}")
    return found


def test_figures_come_in_and_are_seen_by_whom_they_are_about(browser: Browser, site: Site, tmp_path: Path) -> None:
    axe, found = Axe(), []
    maeve, nora = (sign_in(browser, site, f"{name}@demo.example") for name in ("maeve", "nora"))
    maeve.goto("/work/teams")
    found += look(maeve, axe, "no team")
    maeve.get_by_label("Name of the team").fill("Orders")
    maeve.get_by_role("button", name="Make the team").click()
    maeve.get_by_label("Person").select_option(label="Nora Haddad (nora@demo.example)")
    maeve.get_by_label("In the team since").fill("2026-01-01")
    maeve.get_by_role("button", name="Add to the team").click()
    maeve.get_by_label("Indicator").select_option("handle_time")
    maeve.get_by_label("Value").fill("5:00")
    maeve.get_by_label("Holds from").fill("2026-01-01")
    maeve.get_by_role("button", name="Set the target").click()
    expect(maeve.get_by_role("row", name="Average handle time")).to_contain_text("at most 300")

    with site.app.app_context():
        last = site.app.extensions["ports"].clock.now().date().replace(day=1) - timedelta(days=1)
    sheet = tmp_path / "october.csv"
    sheet.write_bytes(TABLE.format(since=last.replace(day=1), until=last, quality="192,5").encode("cp1252"))
    maeve.get_by_role("link", name="Orders").first.click()
    maeve.get_by_role("link", name="Take a table in").click()
    maeve.get_by_label("Or choose a CSV file").set_input_files(sheet)
    maeve.get_by_role("button", name="Preview").click()
    expect(maeve.locator("main")).to_contain_text("Enter a number from 0 to 100.")
    found += look(maeve, axe, "a mistake in a table")
    maeve.locator("[name=text]").fill(TABLE.format(since=last.replace(day=1), until=last, quality="92,5"))
    maeve.get_by_role("button", name="Check again").click()
    found += look(maeve, axe, "a table without mistakes")
    maeve.get_by_role("button", name="Take in 1 period").click()
    expect(maeve.locator("main")).to_contain_text("92.5")

    nora.goto("/start")
    nora.get_by_role("link", name="My work figures").last.click()
    expect(nora.locator("main")).to_contain_text("412")
    maeve.get_by_role("button", name="Undo").click()
    nora.reload()
    expect(nora.locator("main")).to_contain_text("Nothing recorded yet")
    assert found == []


def test_pages_of_a_working_team_break_no_rule(browser: Browser, site: Site) -> None:
    with site.app.app_context():
        session = cast("Session", db.session)
        people = [find_user_by_email(session, f"{name}@demo.example") for name in ("nora", "amina", "theo", "maeve")]
        *team, lead = [user for user in people if user is not None]
        demo_work.tell(session, lead.actor, team, site.app.extensions["ports"].clock.now())
    axe, found = Axe(), []
    maeve, theo, nora = (sign_in(browser, site, f"{name}@demo.example") for name in ("maeve", "theo", "nora"))
    for language in ("en", "fr"):
        for page in (maeve, nora):
            page.goto("/privacy")
            page.click(f"button[name=language][value={language}]")
        nora.goto("/work/mine")
        found += look(nora, axe, f"own figures {language}")
        maeve.goto("/work/teams")
        maeve.locator(".rows-main a").click()
        address = maeve.url
        found += look(maeve, axe, f"team {language}")
        for rest in ("/setup", "/periods/new", "/complaints/new", "/import"):
            maeve.goto(address + rest)
            found += look(maeve, axe, f"{rest} {language}")
        maeve.goto(address)
        maeve.locator("tbody th a").first.click()
        maeve.locator(".work-periods tbody th a").first.click()
        found += look(maeve, axe, f"period {language}")

    theo.goto("/work/mine")
    theo.locator(".work-complaint h3 a").click()
    theo.locator("[name=answer]").fill("The size was not known then.")
    theo.locator("[name=answer]").press("Tab")
    theo.keyboard.press("Enter")
    expect(theo.locator("main")).to_contain_text("The size was not known then.")
    found += look(theo, axe, "own complaint")
    maeve.goto(theo.url)
    found += look(maeve, axe, "complaint to decide")
    maeve.locator("[name=justified][value=yes]").check()
    maeve.locator("[name=reason]").fill("Both fields are empty.")
    maeve.locator("main form .btn-primary").click()
    theo.reload()
    expect(theo.locator("main")).to_contain_text("Both fields are empty.")
    assert found == []

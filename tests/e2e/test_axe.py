"""The pages of calls through the eyes of axe-core: no rule of WCAG 2.2 A and AA, nor a best practice, is broken in any state,
at both widths, in both themes and languages."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

from tests.e2e.call_stops import CALL, DESK, MENUS, MINE, SHIFT
from tests.e2e.picture_steps import Stop
from tests.factories.call_site import Site, running_site, scripted_engines

pytestmark = [pytest.mark.e2e, pytest.mark.slow]

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
THEMES = ("light", "dark")


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with running_site(tmp_path_factory.mktemp("site"), **scripted_engines()) as site:
        yield site


def sign_in(page: Page, site: Site, language: str) -> None:
    page.goto("/login")
    page.fill("[name=email]", site.email)
    page.fill("[name=password]", site.password)
    page.click("main form .btn-primary")
    page.wait_for_selector(".tool-person")
    page.goto("/privacy")
    page.click(f"button[name=language][value={language}]")
    page.wait_for_selector(f"html[lang={language}]")


def problems(page: Page, axe: Axe, where: str) -> list[str]:
    """What axe-core finds on the page as it stands, in either theme, one line for each element; and a page too wide."""
    options: dict[str, Any] = {"runOnly": RULES, "resultTypes": ["violations"]}
    told = []
    page.wait_for_load_state()  # a form that was just sent: measured before its sheets came, a link is a line of text
    for theme in THEMES:
        page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
        for one in axe.run(page, options=options).response["violations"]:
            told += [
                f"{where}, {theme}: {one['id']} at {node['target']}: {node['html'][:120]}" for node in one["nodes"]
            ]
    if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
        told.append(f"{where}: wider than the screen")
    return told


def visit(page: Page, stop: Stop) -> None:
    if stop.start:
        page.goto(stop.start)
    for step in stop.steps:
        step(page)
        page.wait_for_load_state()


@pytest.mark.parametrize(("width", "language"), [(1600, "en"), (360, "fr")])
def test_no_page_of_a_call_breaks_a_rule(chromium: Browser, site: Site, width: int, language: str) -> None:
    context = chromium.new_context(
        base_url=site.address,
        viewport={"width": width, "height": 1000 if width > 700 else 800},
        reduced_motion="reduce",
    )
    context.set_default_timeout(30_000)
    page = context.new_page()
    sign_in(page, site, language)
    axe = Axe()
    found: list[str] = []
    for stop in (*CALL, *DESK, *MENUS, *SHIFT, *MINE):
        visit(page, stop)
        found += problems(page, axe, stop.name)
    context.close()
    assert not found, "\n".join(found)

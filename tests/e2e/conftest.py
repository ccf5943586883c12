"""What most browser tests begin with; a test that needs other flags or engines makes its own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.factories.call_site import Site, running_site, scripted_engines


@pytest.fixture
def browser() -> Iterator[Browser]:
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    """The demonstration, with scripted ears and voices."""
    with running_site(tmp_path, **scripted_engines()) as site:
        yield site

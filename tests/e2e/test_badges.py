"""Badges in a browser on the real parts: the holder hides a name and shows it, a stranger without scripts downloads every
badge and has each checked. axe-core looks at the pages."""

from __future__ import annotations

from pathlib import Path
from typing import cast

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, expect
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.e2e.test_job_description import look
from tests.e2e.test_reviewing import sign_in
from tests.factories.call_site import Site
from trainer.extensions import db
from trainer.services import demo_story
from trainer.services.certificate_making import Place
from trainer.store.certificates import Certificate

pytestmark = [pytest.mark.e2e, pytest.mark.slow]


def told_certificate(site: Site) -> str:
    """Nora's certificate by the demonstration's own story; gives its token."""
    ports, settings = site.app.extensions["ports"], site.app.extensions["settings"]
    with site.app.app_context():
        place = Place(site.address, settings.certificates)
        session = cast("Session", db.session)
        demo_story.tell(session, ports, ports.clock.now(), settings.scenarios, settings.courses, place)
        return session.scalars(select(Certificate.token)).one()


def test_a_stranger_downloads_badges_and_the_holder_hides_a_name(browser: Browser, site: Site, tmp_path: Path) -> None:
    token, axe = told_certificate(site), Axe()
    stranger = browser.new_context(base_url=site.address, java_script_enabled=False).new_page()
    for form in ("JSON", "JWT", "PNG", "SVG"):
        stranger.goto(f"/v/{token}")
        with stranger.expect_download() as download:
            stranger.get_by_role("link", name=form, exact=True).click()
        path = tmp_path / download.value.suggested_filename
        download.value.save_as(path)
        stranger.goto("/verify")
        stranger.set_input_files("[name=file]", path)
        stranger.get_by_role("button", name="Check the file").click()
        expect(stranger.get_by_role("heading", level=1)).to_have_text("Valid")
        path.write_bytes(path.read_bytes()[:-50])
        stranger.go_back()
        stranger.set_input_files("[name=file]", path)
        stranger.get_by_role("button", name="Check the file").click()
        expect(stranger.get_by_role("heading", level=1)).not_to_have_text("Valid")

    nora = sign_in(browser, site, "nora@demo.example")
    nora.goto("/certificates/")
    nora.get_by_text("As a badge for wallets").click()
    found = look(nora, axe, "my certificates")
    nora.get_by_role("button", name="Hide my name").click()
    expect(nora.get_by_role("button", name="Show my name")).to_be_visible()
    stranger.goto(f"/v/{token}")
    expect(stranger.get_by_role("heading", name="Name not shown")).to_be_visible()
    expect(stranger.get_by_text("Nora Haddad")).to_have_count(0)
    for typed, answer in (("nora hadad", "No: the certificate"), ("nora haddad", "Yes: the certificate")):
        stranger.get_by_label("Name to compare").fill(typed)
        stranger.get_by_role("button", name="Compare the name").click()
        expect(stranger.get_by_text(answer)).to_be_visible()
    nora.goto(f"/v/{token}")
    found += look(nora, axe, "public page, name hidden")
    nora.goto("/certificates/")
    nora.get_by_role("button", name="Show my name").click()
    nora.goto(f"/v/{token}")
    expect(nora.get_by_role("heading", name="Nora Haddad")).to_be_visible()
    found += look(nora, axe, "public page")
    assert found == []

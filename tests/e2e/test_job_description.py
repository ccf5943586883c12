"""The job description in a browser, with the real voices and the real PDF: read, heard, signed, its receipt downloaded;
amended by a supervisor and signed again. Then a message to the manager and its answer. axe-core looks at each page."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.e2e.test_axe import problems
from tests.e2e.test_reviewing import sign_in
from tests.factories.call_site import Site, running_site

pytestmark = [pytest.mark.e2e, pytest.mark.slow]
WIDTHS = (1600, 360)
READ, STOP = re.compile("Read aloud.*The post"), re.compile("Stop.*The post")


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    with running_site(tmp_path) as site:
        yield site


def look(page: Page, axe: Axe, where: str) -> list[str]:
    """What axe-core finds on the page, at both widths and in both themes."""
    found = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        found += problems(page, axe, f"{where}, {width}")
    page.set_viewport_size({"width": WIDTHS[0], "height": 900})
    return found


def sign(page: Page, name: str) -> None:
    page.get_by_label("I have read it").check()
    page.get_by_label("Your full name").fill(name)
    page.get_by_role("button", name="Sign version").click()


def words_of(page: Page, path: Path) -> str:
    with page.expect_download() as download:
        page.locator(".job-state").get_by_role("link", name="Receipt (PDF)").click()
    download.value.save_as(path)
    done = subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, check=True)
    return " ".join(done.stdout.decode().split())


def test_learner_reads_hears_signs_and_signs_again(browser: Browser, site: Site, tmp_path: Path) -> None:
    axe, found = Axe(), []
    nora = sign_in(browser, site, site.email)
    nora.goto("/start")
    nora.get_by_role("link", name="Read and sign it").click()
    found += look(nora, axe, "to be signed")

    with nora.expect_response("**/aloud/**") as sound:
        nora.get_by_role("button", name=READ).click()
    assert (sound.value.ok, sound.value.headers["content-type"]) == (True, "audio/wav")
    expect(nora.get_by_role("button", name=STOP)).to_be_visible()
    nora.get_by_role("button", name=STOP).click()
    expect(nora.get_by_role("button", name=READ)).to_be_visible()
    nora.route("**/aloud/**", lambda route: route.fulfill(status=503))
    nora.get_by_role("button", name="Read it all to me").click()
    expect(nora.locator("[data-aloud-status]")).to_contain_text("No voice works here just now")
    found += look(nora, axe, "no voice")

    nora.get_by_label("Your full name").fill("Somebody")
    nora.get_by_role("button", name="Sign version").click()
    expect(nora.locator("#sign")).to_contain_text("which is Nora Haddad")
    found += look(nora, axe, "not the name")
    sign(nora, "nora HADDAD")
    expect(nora.locator("main")).to_contain_text("signed on")
    found += look(nora, axe, "signed")
    receipt = words_of(nora, tmp_path / "receipt.pdf")
    for told in ("nora HADDAD", "Nora Haddad", "Version", "SHA-256", "You take customers’ orders"):
        assert told in receipt

    maeve = sign_in(browser, site, "maeve@demo.example")
    maeve.goto("/job-description/settings")
    maeve.get_by_label("Name of the manager").fill("Maeve Sullivan")
    maeve.get_by_label("What changes, in a sentence").fill("You report to Maeve now.")
    found += look(maeve, axe, "blanks")
    maeve.get_by_role("button", name="Save").click()
    expect(maeve.locator("main")).to_contain_text("Version 1.2 is in force")

    nora.goto("/job-description/")
    expect(nora.locator("#new")).to_contain_text("You report to Maeve now.")
    expect(nora.locator("#G2")).to_contain_text("changed")
    found += look(nora, axe, "amended")
    maeve.goto("/job-description/settings")
    maeve.get_by_label("Place of work, in English").fill("Cork")
    maeve.get_by_role("button", name="Save").click()
    expect(maeve.locator("main")).to_contain_text("Version 1.3 is in force")
    sign(nora, "Nora Haddad")
    expect(nora.locator("#sign")).to_contain_text("changed while this page was open")
    expect(nora.get_by_label("Your full name")).to_have_value("Nora Haddad")
    found += look(nora, axe, "changed meanwhile")
    sign(nora, "Nora Haddad")
    assert "Cork" in words_of(nora, tmp_path / "again.pdf")

    maeve.goto("/job-description/people")
    expect(maeve.get_by_role("row").filter(has_text="Nora Haddad")).to_contain_text("1.3")
    found += look(maeve, axe, "people")
    with maeve.expect_download() as proof:
        maeve.get_by_role("link", name="Download the proof").click()
    assert Path(proof.value.path()).read_bytes()[:2] == b"PK"
    maeve.get_by_role("link", name="Nora Haddad").click()
    expect(maeve.get_by_role("link", name="Receipt (PDF)")).to_have_count(2)
    found += look(maeve, axe, "person")
    assert not found, "\n".join(found)


def test_message_to_the_manager_is_answered(browser: Browser, site: Site) -> None:
    axe, found = Axe(), []
    nora, maeve = sign_in(browser, site, site.email), sign_in(browser, site, "maeve@demo.example")
    maeve.goto("/rights/")
    maeve.get_by_role("link", name="Post one").click()
    found += look(maeve, axe, "new notice")
    maeve.get_by_label("Title").fill("Hours from May")
    maeve.get_by_label("What was decided").fill("We open at eight.")
    maeve.get_by_role("button", name="Post it").click()

    nora.goto("/rights/")
    expect(nora.locator("main")).to_contain_text("We open at eight.")
    expect(nora.get_by_label("Where?")).to_be_hidden()
    nora.get_by_label("Something that is not as it should be").check()
    nora.get_by_label("In a few words").fill("Headsets crackle")
    nora.get_by_label("What exactly?").fill("Three of six.")
    nora.get_by_label("Where?").fill("Room 2")
    nora.get_by_role("button", name="Send").click()
    expect(nora.locator("#write")).to_contain_text("Please fill this in.")
    expect(nora.get_by_label("What exactly?")).to_have_value("Three of six.")
    found += look(nora, axe, "message, incomplete")
    nora.get_by_label("How could it be removed?").fill("New cables.")
    nora.get_by_role("button", name="Send").click()
    expect(nora.locator("#own")).to_contain_text("waits for an answer")

    maeve.goto("/rights/queue")
    found += look(maeve, axe, "queue")
    maeve.get_by_role("link", name="Headsets crackle").click()
    maeve.get_by_label("Your answer").fill("They come on Monday.")
    maeve.get_by_label("Close it with this answer").check()
    found += look(maeve, axe, "answer")
    maeve.get_by_role("button", name="Answer", exact=True).click()
    expect(maeve.locator("main")).to_contain_text("Closed on")
    nora.reload()
    expect(nora.locator("#own")).to_contain_text("They come on Monday.")
    found += look(nora, axe, "answered")
    assert not found, "\n".join(found)

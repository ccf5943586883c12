"""From a design to a revoked certificate, by a supervisor in French on a telephone: they choose a design, attest and decide,
the learner downloads the paper in that design, anybody checks it. axe-core looks at each page on the way, in French on a
narrow screen and in English on a wide one, in both themes."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterable
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
from trainer.domain.dialogue.operators import Model
from trainer.extensions import db
from trainer.services import demo_story
from trainer.services.demo_learning import become_ready
from trainer.store.accounts import find_user_by_email

pytestmark = [pytest.mark.e2e, pytest.mark.slow]
LOOKS = ((1600, "en"), (360, "fr"))
NARROW = {"width": 360, "height": 800}
NOTE = "J’ai écouté trois de ses appels cette semaine."
REASON = "Délivré pour une autre catégorie."


def lacks_a_word_only(site: Site) -> None:
    """Amina learned, signed, drilled and passed her calls: what is left is a supervisor's word."""
    ports, settings = site.app.extensions["ports"], site.app.extensions["settings"]
    with site.app.app_context():
        session, now = cast("Session", db.session), ports.clock.now()
        amina = find_user_by_email(session, "amina@demo.example")
        assert amina is not None
        become_ready(session, ports, amina.actor, settings.courses, now - timedelta(days=20))
        for number, slug in enumerate(demo_story.PLAYED):
            then = now - timedelta(days=6 - number)
            demo_story.play_call(session, ports, amina.actor, settings.scenarios, slug, "assessed", Model(), then)


def speak(page: Page, language: str) -> None:
    page.goto("/privacy")
    page.click(f"button[name=language][value={language}]")
    page.wait_for_selector(f"html[lang={language}]")


def look(axe: Axe, pages: Iterable[tuple[Page, str]], told: str = "") -> list[str]:
    """What axe-core finds at these addresses; each page is left in French on a narrow screen."""
    found, pages = [], list(pages)
    for width, language in LOOKS:
        for page in {id(page): page for page, _ in pages}.values():
            speak(page, language)
            page.set_viewport_size({"width": width, "height": 900})
        for page, address in pages:
            page.goto(address)
            found += problems(page, axe, f"{address} {told} {language}, {width}")
    return found


def facts_of(paper: Path) -> dict[str, str]:
    """The title and size of a PDF, as pdfinfo tells them, and its words."""
    told = subprocess.run(["pdfinfo", paper], capture_output=True, check=True, text=True).stdout
    words = subprocess.run(["pdftotext", "-layout", paper, "-"], capture_output=True, check=True, text=True).stdout
    facts = dict(re.findall(r"^(Title|Pages|Page size):\s+(.*)$", told, re.MULTILINE))
    return facts | {"words": " ".join(words.split())}


def test_a_certificate_in_the_chosen_design_from_a_telephone_in_french(
    browser: Browser, site: Site, tmp_path: Path
) -> None:
    lacks_a_word_only(site)
    axe = Axe()
    maeve, amina = (sign_in(browser, site, f"{name}@demo.example") for name in ("maeve", "amina"))
    anybody = browser.new_page(base_url=site.address, reduced_motion="reduce")
    for page in (maeve, amina, anybody):
        speak(page, "fr")
        page.set_viewport_size(NARROW)  # type: ignore[arg-type]

    maeve.goto("/certificate-designs/")
    design = maeve.locator("#design-modern")
    trial = design.get_by_role("link", name="Moderne, Français, 8 conditions").get_attribute("href")
    tried = tmp_path / "tried.pdf"
    tried.write_bytes(maeve.request.get(trial or "").body())
    assert "a obtenu la catégorie" in facts_of(tried)["words"]
    design.get_by_role("button", name=re.compile("Utiliser.*Moderne")).click()
    expect(design).to_contain_text("modèle actuel")

    maeve.goto("/categories/")
    maeve.get_by_role("link", name="Amina Diallo").first.click()
    person = maeve.url.removeprefix(site.address)
    maeve.get_by_label("Qu’avez-vous vu ou entendu").fill(NOTE)
    maeve.get_by_role("button", name="Attester").click()
    expect(maeve.get_by_text("attesté par Maeve Sullivan")).to_be_visible()
    found = look(axe, ((maeve, at) for at in ("/categories/", person, "/categories/group", "/certificate-designs/")))
    maeve.goto(person)
    maeve.get_by_role("button", name="Décider et délivrer le certificat").click()
    expect(maeve.locator("main")).to_contain_text("est délivré.")

    amina.goto("/certificates/")
    with amina.expect_download() as download:
        amina.get_by_role("link", name="Télécharger le PDF").click()
    download.value.save_as(tmp_path / "certificate.pdf")
    facts = facts_of(tmp_path / "certificate.pdf")
    number = re.search(r"\d{4}-\w{4}-\w{4}", facts["Title"])
    assert number is not None
    assert facts["Title"] == f"Certificat de catégorie {number[0]}: Amina Diallo, Opérateur de catégorie 3"
    assert (facts["Pages"], facts["Page size"]) == ("1", "595.276 x 841.89 pts (A4)"), "upright, as the design is"
    for words in ("Amina Diallo", number[0], "Valable jusqu’au", "Maeve Sullivan"):
        assert words in facts["words"]

    public = amina.get_by_role("link", name="Page publique").get_attribute("href") or ""
    anybody.goto(public)
    expect(anybody.get_by_role("heading", level=1)).to_have_text("Valable")
    amina.goto("/career/")
    decision = amina.locator("a[href^='/career/decisions/']").get_attribute("href") or ""
    mine = ("/career/", "/career/conditions", "/certificates/", decision)
    found += look(axe, [*((amina, at) for at in mine), (anybody, public), (anybody, "/verify")])

    maeve.get_by_role("link", name="Révoquer").click()
    maeve.get_by_label("Motif").fill(REASON)
    maeve.get_by_role("button", name="Révoquer le certificat").click()
    anybody.goto(public)
    expect(anybody.get_by_role("heading", level=1)).to_have_text("Révoqué")
    expect(anybody.locator("main")).to_contain_text(REASON)
    found += look(axe, [(anybody, public)], "revoked")
    assert found == [], "\n".join(found)

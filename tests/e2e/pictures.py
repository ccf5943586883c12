"""`make pictures`: every page that a person opens, at both widths, themes and languages, from the demonstration data.

Starts the site of INSTANCE (already loaded) on a free port, signs in as each person, and writes PNG files into
pictures/ (ignored by git). Addresses with ids are found by following the first link of their kind.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import time
import urllib.request
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from trainer.config import ROOT
from trainer.services.demo import PASSWORD

CHROMIUM = "/usr/bin/chromium"
WIDTHS, THEMES, LANGUAGES = (1600, 360), ("light", "dark"), ("en", "fr")


@dataclass(frozen=True)
class Stop:
    """A page: its name, who opens it, where it begins, and the links followed from there (CSS selectors)."""

    name: str
    who: str
    start: str
    follow: tuple[str, ...] = ()


STOPS = (
    Stop("landing", "", "/"),
    Stop("sign-in", "", "/login"),
    Stop("privacy", "", "/privacy"),
    Stop("my-path", "nora", "/learn/"),
    Stop("course", "nora", "/learn/courses/complaint-calls"),
    Stop("lesson", "nora", "/learn/courses/complaint-calls", ('a[href*="/learn/courses/complaint-calls/"]',)),
    Stop("lobby", "nora", "/calls/"),
    Stop("brief", "nora", "/calls/scenarios/late-parcel"),
    Stop("my-calls", "nora", "/calls/mine"),
    Stop("review", "nora", "/calls/mine", ('a[href^="/review/"]',)),
    Stop("career", "nora", "/career/"),
    Stop("career-empty", "theo", "/career/"),
    Stop("certificates", "nora", "/certificates/"),
    Stop("verify-form", "", "/verify"),
    Stop("verify", "nora", "/certificates/", ('a[href*="/v/"]',)),
    Stop("account", "nora", "/account"),
    Stop("categories", "maeve", "/categories/"),
    Stop("category-person", "maeve", "/categories/", ('a[href*="/categories/people/"]',)),
    Stop("cohorts", "elise", "/cohorts/"),
    Stop("cohort", "elise", "/cohorts/", ('main a[href^="/cohorts/"]:not([href$="new"])',)),
    Stop("campaigns", "kwame", "/campaigns/"),
    Stop("campaign", "kwame", "/campaigns/", ('main a[href^="/campaigns/"]:not([href$="new"])',)),
    Stop("people", "ines", "/admin/people"),
    Stop("audit", "ines", "/admin/audit"),
    Stop("not-found", "", "/nothing-here"),
)


def wait_for(address: str, seconds: float = 40) -> None:
    """Until the site answers. Raises TimeoutError."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            urllib.request.urlopen(f"{address}/healthz", timeout=2).read()  # noqa: S310
            return
        except OSError:
            time.sleep(0.3)
    raise TimeoutError(f"{address} did not answer")


def signed_in(browser: Browser, address: str, who: str, language: str, theme: str, width: int) -> Page:
    context = browser.new_context(
        viewport={"width": width, "height": 900},
        color_scheme="dark" if theme == "dark" else "light",
        locale="fr-FR" if language == "fr" else "en-GB",
        base_url=address,
    )
    page = context.new_page()
    if who:
        page.goto("/login")
        page.fill("input[type=email]", f"{who}@demo.example")
        page.fill("input[type=password]", PASSWORD)
        page.press("input[type=password]", "Enter")
        page.wait_for_load_state()
    context.request.post("/language", form={"language": language})
    return page


def take(page: Page, stop: Stop, file: Path) -> str:
    """One picture; gives back a line when something is wrong with the page."""
    page.goto(stop.start)
    for selector in stop.follow:
        page.locator(selector).first.click()
        page.wait_for_load_state()
    page.screenshot(path=str(file), full_page=True)
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return f"{file.name}: {wide} px wider than the screen" if wide > 0 else ""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", default="", help="names of pages, with commas between")
    parser.add_argument("--widths", default="1600,360")
    parser.add_argument("--themes", default="light,dark")
    parser.add_argument("--languages", default="en,fr")
    parser.add_argument("--out", default=str(ROOT / "pictures"))
    given = parser.parse_args()
    out, port = Path(given.out), int(os.environ.get("PORT", "8790"))
    out.mkdir(parents=True, exist_ok=True)
    address, only = f"http://127.0.0.1:{port}", set(filter(None, given.only.split(",")))
    server = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", "-c", "python:trainer.server", "wsgi:app"],
        cwd=ROOT,
        env={**os.environ, "PORT": str(port)},
    )
    problems: list[str] = []
    try:
        wait_for(address)
        with sync_playwright() as play:
            browser = play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
            for language in given.languages.split(","):
                for theme in given.themes.split(","):
                    for width in (int(w) for w in given.widths.split(",")):
                        pages: dict[str, Page] = {}
                        for stop in STOPS:
                            if only and stop.name not in only:
                                continue
                            if stop.who not in pages:
                                pages[stop.who] = signed_in(browser, address, stop.who, language, theme, width)
                            file = out / f"{stop.name}-{width}-{theme}-{language}.png"
                            try:
                                problems.append(take(pages[stop.who], stop, file))
                            except Exception as error:
                                problems.append(f"{file.name}: {str(error).splitlines()[0]}")
                        for page in pages.values():
                            page.context.close()
            browser.close()
    finally:
        server.terminate()
        server.wait()
    found = [line for line in problems if line]
    print(f"{len(problems)} pictures in {out}", *found, sep="\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())

"""`make pictures`: every page that a person opens, at both widths, themes and languages, from the demonstration data.

Adds to a freshly loaded INSTANCE what `picture_stage` tells, starts the site on a free port, signs in as each person,
walks the stops of `picture_stops`, and writes PNG files into pictures/ (ignored by git). With `--readme` it writes only
the README's picture, docs/screenshot.png. Ends with 1 when a page failed, scrolls sideways or logs a script error.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import groupby, product
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from tests.e2e.picture_stage import stage
from tests.e2e.picture_stops import README, STOPS, Stop
from trainer.config import ROOT
from trainer.services.demo import PASSWORD, PEOPLE

CHROMIUM = "/usr/bin/chromium"
ACCOUNTS = {person.email.partition("@")[0] for person in PEOPLE}


@dataclass(frozen=True)
class Look:
    """What a page is looked at with."""

    width: int
    theme: str
    language: str

    def __str__(self) -> str:
        return f"{self.width}-{self.theme}-{self.language}"


@dataclass
class Gallery:
    """The walk through the stops in every look; `problems` are lines for a person to read."""

    browser: Browser
    address: str
    tokens: dict[str, str]
    out: Path
    states: dict[str, object] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)
    taken: int = 0

    def walk(self, stops: tuple[Stop, ...], look: Look) -> None:
        for who, group in groupby(stops, key=lambda stop: stop.who):
            page = self.open(who, look)
            for stop in group:
                name = f"{stop.name}-{look}"
                try:
                    self.take(page, stop, look, self.out / f"{name}.png")
                except Exception as error:
                    self.tell(f"{name}: {str(error).splitlines()[0]}")
            page.context.close()

    def open(self, who: str, look: Look) -> Page:
        """A page of this person, signed in. Each signs in once and keeps the session in every look."""
        context = self.browser.new_context(
            viewport={"width": look.width, "height": 1000 if look.width > 700 else 800},
            color_scheme="dark" if look.theme == "dark" else "light",
            locale="fr-FR" if look.language == "fr" else "en-GB",
            base_url=self.address,
            storage_state=self.states.get(who),  # type: ignore[arg-type]
            reduced_motion="reduce",
        )
        context.set_default_timeout(10_000)
        page = context.new_page()
        page.on("pageerror", lambda error: self.tell(f"{page.url}: {error}"))
        if who in ACCOUNTS and who not in self.states:
            page.goto("/login")
            page.fill("input[type=email]", f"{who}@demo.example")
            page.fill("input[type=password]", PASSWORD)
            page.press("input[type=password]", "Enter")
            page.wait_for_load_state()
            self.states[who] = context.storage_state()
        page.goto("/privacy")
        page.click(f"button[name=language][value={look.language}]")
        page.wait_for_load_state()
        return page

    def take(self, page: Page, stop: Stop, look: Look, file: Path) -> None:
        start = stop.start.format(**self.tokens, language=look.language)
        if stop.is_pdf:
            self.take_paper(page, start, file)
            return
        if start:
            page.goto(start)
        for step in stop.steps:
            step(page)
            page.wait_for_load_state()
        page.screenshot(path=str(file), full_page=True, animations="disabled")
        self.taken += 1
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        if wide > 0:
            self.tell(f"{file.name}: {wide} px wider than the screen")

    def tell(self, problem: str) -> None:
        print(problem, flush=True)
        self.problems.append(problem)

    def take_paper(self, page: Page, start: str, file: Path) -> None:
        paper = file.with_suffix(".pdf")
        paper.write_bytes(page.request.get(start).body())
        subprocess.run(["pdftoppm", "-r", "110", "-png", "-singlefile", paper, file.with_suffix("")], check=True)
        self.taken += 1


@contextmanager
def serving(port: int) -> Iterator[str]:
    """The address of the site, served until the block ends."""
    address = f"http://127.0.0.1:{port}"
    command = [sys.executable, "-m", "gunicorn", "-c", "python:trainer.server", "wsgi:app"]
    server = subprocess.Popen(command, cwd=ROOT, env={**os.environ, "PORT": str(port)})
    try:
        wait_for(address, server)
        yield address
    finally:
        if server.poll() is not None:
            print(f"The site ended by itself, with {server.returncode}.")
        server.terminate()
        server.wait()


def wait_for(address: str, server: subprocess.Popen[bytes], seconds: float = 60) -> None:
    """Until this site, and not another on its port, answers. Raises TimeoutError."""
    end = time.monotonic() + seconds
    time.sleep(2)
    while time.monotonic() < end and server.poll() is None:
        try:
            urllib.request.urlopen(f"{address}/healthz", timeout=2).read()  # noqa: S310
            return
        except OSError:
            time.sleep(0.3)
    raise TimeoutError(f"{address} did not answer")


def readme_picture(gallery: Gallery) -> None:
    """docs/screenshot.png: the console in the middle of a call, one screen high."""
    last = next(number for number, stop in enumerate(STOPS) if stop.name == README)
    first = next(number for number, stop in enumerate(STOPS) if stop.who == STOPS[last].who)
    look = Look(1600, "light", "en")
    page = gallery.open(STOPS[last].who, look)
    for stop in STOPS[first : last + 1]:
        gallery.take(page, stop, look, gallery.out / f"{stop.name}-{look}.png")
    page.screenshot(path=str(ROOT / "docs" / "screenshot.png"), animations="disabled")
    page.context.close()


def wanted_stops(names: str) -> tuple[Stop, ...]:
    """All, or those named with the ones they go on from."""
    wanted = set(filter(None, names.split(",")))
    if not wanted:
        return STOPS
    chosen: list[Stop] = []
    run: list[Stop] = []
    for stop in STOPS:
        run = [stop] if stop.start else [*run, stop]
        if stop.name in wanted:
            chosen.extend(one for one in run if one not in chosen)
    return tuple(chosen)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", default="", help="names of pages, with commas between")
    parser.add_argument("--widths", default="1600,360")
    parser.add_argument("--themes", default="light,dark")
    parser.add_argument("--languages", default="en,fr")
    parser.add_argument("--out", default=str(ROOT / "pictures"))
    parser.add_argument("--readme", action="store_true", help="write docs/screenshot.png and nothing else")
    given = parser.parse_args()
    out = Path(given.out)
    out.mkdir(parents=True, exist_ok=True)
    port = int(os.environ.get("PORT", "8790"))
    tokens = stage(f"http://127.0.0.1:{port}")
    with serving(port) as address, sync_playwright() as play:
        gallery = Gallery(play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"]), address, tokens, out)
        if given.readme:
            readme_picture(gallery)
        else:
            looks = product(given.languages.split(","), given.themes.split(","), given.widths.split(","))
            for language, theme, width in looks:
                print(f"{width} px, {theme}, {language} ...", flush=True)
                gallery.walk(wanted_stops(given.only), Look(int(width), theme, language))
        gallery.browser.close()
    print(f"{gallery.taken} pictures in {out}, {len(gallery.problems)} problems")
    return 1 if gallery.problems else 0


if __name__ == "__main__":
    sys.exit(main())

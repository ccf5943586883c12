"""Does memory stay flat over hundreds of calls?

    python -m bench.memory [--calls 500]

Whole calls through the application itself with real recognition, synthesis, understanding and grading: a call is begun,
answered, has a spoken turn and two typed ones, is hung up, written up, graded and its review read. English and French
by turns, several scenarios, a new form each time. Resident memory of this process is read every ten calls; the slope
is the line of least squares from call 220 on: until then the product keeps the cases of the last 200 calls
(`services/scenarios.py`), and models load.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient

from bench.turn_calls import serve, sign_in
from trainer.adapters.speech import build_synthesizer
from trainer.adapters.speech.audio import read_audio, wav_bytes
from trainer.config import load_settings
from trainer.jobs import run_job
from trainer.ports import PCM_RATE, Voice

EVERY, SETTLED, MOST_KIB = 10, 220, 50.0
"""A call may keep so much at most: a full working day of 500 calls then costs 25 MB."""
SCENARIOS = ("late-parcel", "swallowed-card", "old-sofa")
SHORT = {"en": "Yes, of course.", "fr": "Oui, bien sûr."}
TYPED = {
    "en": ("Good morning, how can I help you?", "I am sorry. What is your name and your postcode, please?"),
    "fr": ("Bonjour, que puis-je faire pour vous ?", "Je suis désolée. Votre nom et votre code postal, je vous prie ?"),
}


def resident_mib() -> float:
    """Memory of this process that is in RAM now."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS")) / 1024


def play(app: Flask, browser: FlaskClient, number: int, sounds: dict[str, bytes], scenarios: Sequence[str]) -> None:
    """One call from its start to its review."""
    language = ("en", "fr")[number % 2]
    form = {"language": language, "mode": "practice", "consent_recording": "y"}
    begun = browser.post(f"/calls/scenarios/{scenarios[number % len(scenarios)]}/start", data=form)
    call = begun.location.rsplit("/", 1)[1]
    browser.post(f"/calls/{call}/answer", json={})
    sound = sounds[language][:-4] + number.to_bytes(4, "little")
    browser.post(f"/calls/{call}/turns/memory-spoken", data=sound, content_type="audio/wav")
    for place, text in enumerate(TYPED[language]):
        browser.post(f"/calls/{call}/turns/memory-typed-{place}", json={"text": text})
    browser.post(f"/calls/{call}/happenings/memory-hang-up", json={"kind": "hang_up"})
    state = browser.get(f"/calls/{call}/state").get_json()
    for event in state["events"]:
        if event["audio"]:
            browser.get(f"/calls/{call}/audio/{event['seq']}").get_data()
    page = browser.get(f"/calls/{call}").get_data(as_text=True)
    written = {"fields": {}, "disposition": disposition_of(page), "notes": "", "seconds": 5}
    saved = browser.post(f"/calls/{call}/wrap-up/memory-wrap-up", json=written)
    if saved.status_code != 200:
        raise SystemExit(f"the call was not written up: {saved.text[:200]}")
    with app.app_context():
        run_job("grade_call", call=call)
    if 'id="review"' not in browser.get(f"/review/{call}").get_data(as_text=True):
        raise SystemExit("the review does not show")


def disposition_of(page: str) -> str:
    """The first way to code the call that its page offers."""
    choices = page.split('id="disposition"', 1)[1].split("</select>", 1)[0].split('value="')
    return next(value for part in choices[1:] if (value := part.split('"', 1)[0]))


def slope(points: Sequence[tuple[int, float]]) -> float:
    """MiB a call, by least squares."""
    return statistics.linear_regression(*zip(*points, strict=True)).slope if len(points) > 1 else 0.0


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.memory", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--calls", type=int, default=500)
    wanted = parser.parse_args().calls
    voice = build_synthesizer()
    sounds = {
        language: wav_bytes(read_audio(voice.say(text, Voice(language), line="clear").wav), PCM_RATE)
        for language, text in SHORT.items()
    }
    points: list[tuple[int, float]] = []
    begun = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        settings = replace(load_settings(), instance=Path(folder), database_url="", file_store="", testing=True)
        app = serve(settings, None)
        browser = sign_in(app)
        for number in range(1, wanted + 1):
            play(app, browser, number, sounds, SCENARIOS)
            if number % EVERY == 0 or number == 1:
                points.append((number, resident_mib()))
                if number in (1, 100, 300, 500) or number == wanted:
                    print(
                        f"after {number:4} calls: {points[-1][1]:7.1f} MiB   ({time.perf_counter() - begun:.0f} s)",
                        flush=True,
                    )
    settled = [point for point in points if point[0] >= min(SETTLED, wanted // 2)] or points
    grows = slope(settled) * 1024
    print(
        f"slope from call {settled[0][0]} on: {grows:+.1f} KiB a call (target at most {MOST_KIB:.0f}); most {max(m for _, m in points):.0f} MiB"
    )
    raise SystemExit(0 if grows <= MOST_KIB else 1)


if __name__ == "__main__":
    main()

"""A virtual headset: the test speaks into it when the customer has finished, and hears what the page plays.

PulseAudio holds two sinks that lead nowhere. What is played into "mouth" is what the browser's microphone hears; what the
browser plays arrives in "ear", where it can be recorded. A file that the browser itself plays as its microphone would go
on speaking while the customer does; a person waits.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Playwright

from tests.e2e.microphone import silence, spoken, write_microphone

READY_S = 15.0


@dataclass(frozen=True)
class Headset:
    """`folder` holds the server's socket; its path must be short, since sockets have at most 107 letters."""

    folder: Path

    @property
    def environment(self) -> dict[str, str]:
        """For programs that are to speak and hear through this headset."""
        address = {"PULSE_SERVER": f"unix:{self.folder / 'native'}", "PULSE_SINK": "ear", "PULSE_SOURCE": "microphone"}
        return {**os.environ, **address, "PULSE_COOKIE": str(self.folder / "cookie")}

    def say(self, sentence: str, voice: str) -> None:
        """Speak it into the microphone; comes back when it is said."""
        file = self.folder / "say.wav"
        write_microphone(file, [spoken(sentence, voice), silence(0.1)])
        subprocess.run(["paplay", "--device=mouth", str(file)], env=self.environment, check=True, timeout=60)

    @contextmanager
    def listening(self, file: Path) -> Iterator[None]:
        """Record what the browser plays into `file`, 16 kHz mono WAV, until the block ends."""
        command = ["parecord", "--device=ear.monitor", "--rate=16000", "--channels=1", "--file-format=wav", str(file)]
        recorder = subprocess.Popen(command, env=self.environment)
        try:
            yield
        finally:
            recorder.terminate()
            recorder.wait(timeout=10)

    def launch(self, driver: Playwright) -> Browser:
        """A browser that wears this headset and may use its microphone."""
        return driver.chromium.launch(
            executable_path="/usr/bin/chromium",
            env=dict(self.environment),
            ignore_default_args=["--mute-audio"],
            args=["--no-sandbox", "--autoplay-policy=no-user-gesture-required", "--use-fake-ui-for-media-stream"],
        )


@contextmanager
def headset() -> Iterator[Headset]:
    """A sound server of this test's own. Raises AssertionError when it does not start."""
    worn = Headset(Path(tempfile.mkdtemp(prefix="headset-", dir="/tmp")))
    modules = [
        f"module-native-protocol-unix socket={worn.folder / 'native'} auth-anonymous=1",
        "module-null-sink sink_name=mouth rate=48000 channels=1",
        "module-null-sink sink_name=ear rate=48000 channels=2",
        "module-remap-source master=mouth.monitor source_name=microphone",
    ]
    own = {"HOME": str(worn.folder), "XDG_RUNTIME_DIR": str(worn.folder), "PULSE_RUNTIME_PATH": str(worn.folder)}
    server = subprocess.Popen(
        ["pulseaudio", "-n", "--daemonize=no", "--use-pid-file=no", "--exit-idle-time=-1", "--log-level=error"]
        + [f"--load={module}" for module in modules],
        env={**os.environ, **own},
    )
    try:
        _wait_until_ready(worn)
        # Chromium asks the server for its default sink by name; the variables alone are not always heeded.
        for what, name in (("sink", "ear"), ("source", "microphone")):
            subprocess.run(["pactl", f"set-default-{what}", name], env=worn.environment, check=True)
        yield worn
    finally:
        server.terminate()
        server.wait(timeout=10)
        shutil.rmtree(worn.folder, ignore_errors=True)


def _wait_until_ready(worn: Headset) -> None:
    end = time.monotonic() + READY_S
    while time.monotonic() < end:
        asked = subprocess.run(
            ["pactl", "list", "short", "sources"], env=worn.environment, capture_output=True, text=True
        )
        if "microphone" in asked.stdout:
            return
        time.sleep(0.2)
    raise AssertionError("the sound server did not start")

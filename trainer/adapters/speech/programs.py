"""Voices that are separate programs: espeak-ng, flite and piper. They get text by file or pipe, never as an option."""

from __future__ import annotations

import io
import re
import subprocess
import sys
import tempfile
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from shutil import which

import numpy as np
import soundfile

from trainer.adapters.speech.audio import Samples
from trainer.adapters.speech.synthesizer import PROGRAM_SECONDS, BaseSynthesizer
from trainer.ports import EngineUnavailable, Voice

_VERSION = re.compile(r"\d+\.\d+(?:\.\d+)?")


def _run(command: Sequence[str], text: str = "") -> str:
    done = subprocess.run(
        command, input=text.encode(), capture_output=True, timeout=PROGRAM_SECONDS, check=True, close_fds=True
    )
    return (done.stdout + done.stderr).decode(errors="replace")


@cache
def _version(program: str, option: str) -> str:
    try:
        said = subprocess.run([program, option], capture_output=True, timeout=PROGRAM_SECONDS, check=False)
    except FileNotFoundError as error:
        raise EngineUnavailable(program, f"the program {program} is not installed") from error
    except (OSError, subprocess.TimeoutExpired) as error:
        raise EngineUnavailable(program, f"the program {program} does not run: {error}") from error
    found = _VERSION.search((said.stdout + said.stderr).decode(errors="replace"))
    return found.group() if found else "unknown"


def _read(path: Path) -> tuple[Samples, int]:
    samples, rate = soundfile.read(io.BytesIO(path.read_bytes()), dtype="float32", always_2d=True)
    return np.asarray(samples.mean(axis=1), dtype=np.float32), int(rate)


@dataclass(frozen=True, slots=True)
class EspeakVoice:
    """Settings of one espeak-ng voice: words a minute, pitch 0 to 99, pause between words in 10 ms."""

    voice: str
    words_a_minute: int
    pitch: int
    gap: int = 0


class EspeakSynthesizer(BaseSynthesizer):
    """espeak-ng: English and French with no model at all, robotic.

    The settings are those that Whisper base recognizes best of some 80 combinations tried.
    """

    name = "espeak"
    languages = frozenset({"en", "fr"})
    voices: Mapping[tuple[str, str], EspeakVoice] = {
        ("en", "female"): EspeakVoice("en-us+f3", 155, 50),
        ("en", "male"): EspeakVoice("en-us", 155, 45),
        ("fr", "female"): EspeakVoice("fr+steph", 140, 50, 2),
        ("fr", "male"): EspeakVoice("fr+m7", 155, 50),
    }

    def engine(self, voice: Voice) -> str:
        chosen = self._chosen(voice)
        speed = round(chosen.words_a_minute * voice.rate)
        return f"espeak-ng {_version('espeak-ng', '--version')} {chosen.voice} {speed}/{chosen.pitch}/{chosen.gap}"

    def _chosen(self, voice: Voice) -> EspeakVoice:
        return self.voices[voice.language, "male" if voice.sex == "male" else "female"]

    def _render(self, words: str, voice: Voice) -> tuple[Samples, int]:
        chosen = self._chosen(voice)
        with tempfile.TemporaryDirectory(prefix="voice-") as folder:
            path = Path(folder) / "line.wav"
            speed = str(round(chosen.words_a_minute * voice.rate))
            command = ["espeak-ng", "-b", "1", "-v", chosen.voice, "-s", speed, "-p", str(chosen.pitch)]
            _run([*command, "-g", str(chosen.gap), "-w", str(path), "--stdin"], words)
            return _read(path)


class FliteSynthesizer(BaseSynthesizer):
    """flite: English in two clear voices, the default for English."""

    name = "flite"
    languages = frozenset({"en"})
    voices: Mapping[str, str] = {"female": "slt", "male": "rms"}

    def engine(self, voice: Voice) -> str:
        return f"flite {_version('flite', '--version')} {self._chosen(voice)} {voice.rate:g}"

    def _chosen(self, voice: Voice) -> str:
        return self.voices["male" if voice.sex == "male" else "female"]

    def _render(self, words: str, voice: Voice) -> tuple[Samples, int]:
        plain = unicodedata.normalize("NFKD", words.replace("’", "'")).encode("ascii", "ignore").decode()
        with tempfile.TemporaryDirectory(prefix="voice-") as folder:
            text, path = Path(folder) / "line.txt", Path(folder) / "line.wav"
            text.write_text(plain + "\n", encoding="ascii")
            stretch = f"duration_stretch={1 / voice.rate:.3f}"
            _run(["flite", "-voice", self._chosen(voice), "--setf", stretch, "-f", str(text), "-o", str(path)])
            return _read(path)


class PiperSynthesizer(BaseSynthesizer):
    """Piper, where the organisation has put it and a voice file: the most natural voices offline.

    A separate program (its licence is the GPL): `piper` on the PATH, or the module in this Python.
    """

    name = "piper"

    def __init__(self, voices: Mapping[str, str]) -> None:
        self.voices = {language: Path(path) for language, path in voices.items()}
        self.languages = frozenset(self.voices)

    def engine(self, voice: Voice) -> str:
        path = self._file(voice)
        self._program()
        return f"piper {path.stem} {path.stat().st_size} {voice.rate:g}"

    def _file(self, voice: Voice) -> Path:
        path = self.voices[voice.language]
        if not path.is_file():
            raise EngineUnavailable(self.name, f"the voice file {path} is not there")
        return path

    def _program(self) -> list[str]:
        if which("piper"):
            return ["piper"]
        if find_spec("piper"):
            return [sys.executable, "-m", "piper"]
        raise EngineUnavailable(self.name, "the program piper is not installed")

    def _render(self, words: str, voice: Voice) -> tuple[Samples, int]:
        with tempfile.TemporaryDirectory(prefix="voice-") as folder:
            path = Path(folder) / "line.wav"
            stretch = f"{1 / voice.rate:.3f}"
            command = [*self._program(), "--model", str(self._file(voice)), "--length-scale", stretch]
            _run([*command, "--output_file", str(path)], " ".join(words.split()) + "\n")
            return _read(path)

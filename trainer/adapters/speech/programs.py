"""Voices that are separate programs: espeak-ng, flite and piper. They get text by file or pipe, never as an option."""

from __future__ import annotations

import io
import math
import re
import subprocess
import sys
import tempfile
import unicodedata
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from shutil import which

import numpy as np
import soundfile

from trainer.adapters.speech.audio import Samples
from trainer.adapters.speech.synthesizer import PROGRAM_SECONDS, BaseSynthesizer
from trainer.adapters.speech.timbres import espeak_voice, flite_voice
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


class EspeakSynthesizer(BaseSynthesizer):
    """espeak-ng: English and French with no model at all, robotic."""

    name = "espeak"
    languages = frozenset({"en", "fr"})

    def engine(self, voice: Voice) -> str:
        chosen = espeak_voice(voice)
        numbers = f"{chosen.words_a_minute}/{chosen.pitch}/{chosen.gap}/{chosen.tract:g}"
        return f"espeak-ng {_version('espeak-ng', '--version')} {chosen.voice} {numbers}"

    def _render(self, words: str, voice: Voice) -> tuple[Samples, int]:
        chosen = espeak_voice(voice)
        with tempfile.TemporaryDirectory(prefix="voice-") as folder:
            path = Path(folder) / "line.wav"
            speed, pitch = str(chosen.words_a_minute), str(chosen.pitch)
            command = ["espeak-ng", "-b", "1", "-v", chosen.voice, "-s", speed, "-p", pitch, "-g", str(chosen.gap)]
            _run([*command, "-w", str(path), "--stdin"], words)
            return _of_tract(*_read(path), chosen.tract)


class FliteSynthesizer(BaseSynthesizer):
    """flite: clear English voices, the default for English."""

    name = "flite"
    languages = frozenset({"en"})

    def engine(self, voice: Voice) -> str:
        chosen = flite_voice(voice)
        numbers = f"{chosen.stretch:g}/{chosen.shift:g}/{chosen.tract:g}"
        return f"flite {_version('flite', '--version')} {chosen.voice} {numbers}"

    def _render(self, words: str, voice: Voice) -> tuple[Samples, int]:
        plain = unicodedata.normalize("NFKD", words.replace("’", "'")).encode("ascii", "ignore").decode()
        chosen = flite_voice(voice)
        with tempfile.TemporaryDirectory(prefix="voice-") as folder:
            text, path = Path(folder) / "line.txt", Path(folder) / "line.wav"
            text.write_text(plain + "\n", encoding="ascii")
            settings = ["--setf", f"duration_stretch={chosen.stretch:.3f}", "--setf", f"f0_shift={chosen.shift:.3f}"]
            _run(["flite", "-voice", chosen.voice, *settings, "-f", str(text), "-o", str(path)])
            return _of_tract(*_read(path), chosen.tract)


def _of_tract(samples: Samples, rate: int, tract: float) -> tuple[Samples, int]:
    """The voice of a shorter (above 1) or longer throat: played faster or slower, which its settings make up for."""
    return samples, round(rate * tract)


class PiperSynthesizer(BaseSynthesizer):
    """Piper, where the organisation has put it and voice files: the most natural voices offline.

    `voices` are files by language ("fr"), or by language and sex ("fr-female", "fr-male"). A separate program (its
    licence is the GPL): `piper` on the PATH, or the module in this Python.
    """

    name = "piper"

    def __init__(self, voices: Mapping[str, str]) -> None:
        self.voices = {person: Path(path) for person, path in voices.items()}
        self.languages = frozenset(person.split("-")[0] for person in self.voices)

    def engine(self, voice: Voice) -> str:
        path = self._file(voice)
        self._program()
        return f"piper {path.stem} {path.stat().st_size} {voice.rate:g}/{_piper_tract(voice):g}"

    def suits(self, voice: Voice) -> bool:
        return bool({voice.language, f"{voice.language}-{voice.sex}"} & set(self.voices))

    def _file(self, voice: Voice) -> Path:
        own, any_sex = f"{voice.language}-{voice.sex}", voice.language
        others = (path for person, path in self.voices.items() if person.split("-")[0] == voice.language)
        path = self.voices.get(own) or self.voices.get(any_sex) or next(others)
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
            tract = _piper_tract(voice)
            command = [
                *self._program(),
                "--model",
                str(self._file(voice)),
                "--length-scale",
                f"{tract / voice.rate:.3f}",
            ]
            _run([*command, "--output_file", str(path)], " ".join(words.split()) + "\n")
            return _of_tract(*_read(path), tract)


def _piper_tract(voice: Voice) -> float:
    """One voice file has one pitch, so people of different timbre and pitch differ by the throat alone."""
    return round((1.0, 0.94, 1.06, 0.9, 1.1)[voice.timbre] * math.sqrt(voice.pitch), 3)

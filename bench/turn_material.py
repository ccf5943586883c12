"""What the measurements of a turn share: utterances with what is said in them, a measure as a line, a clock."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from trainer.adapters.speech import build_synthesizer
from trainer.adapters.speech.audio import read_audio, read_audio_file
from trainer.ports import Voice

SOUNDS = Path("/usr/share/asterisk/sounds")


PROMPTS = {
    ("fr", "privacy-unident"): "Le numéro que vous tentez de joindre n'accepte pas les appels inconnus.",
    ("fr", "conf-onlyperson"): "Vous êtes présentement le seul participant dans cette conférence.",
    ("fr", "check-number-dial-again"): "Veuillez vérifier le numéro et composer de nouveau.",
    ("en", "conf-onlyperson"): "You are currently the only person in this conference.",
    ("en", "pls-hold-while-try"): "Please hold while we try to connect you.",
}


LINES = (
    "Good morning, this is Alice from the customer service, how can I help you today?",
    "I understand that you are worried about the price, could you tell me a little more about what you need?",
    "Thank you for waiting, I have found your order and it will be delivered tomorrow before noon.",
    "I am sorry to hear that. Let me check your account first, may I have your full name please?",
    "So if I understand you correctly, the parcel arrived but one of the items was missing, is that right?",
)


@dataclass(frozen=True, slots=True)
class Utterance:
    """An operator's turn as it is uploaded, and what is said in it."""

    pcm: bytes
    language: str
    said: str


@dataclass(frozen=True, slots=True)
class Measure:
    """One line of the table: ours against a reference or a limit, both in seconds; `target` bounds ours / other."""

    what: str
    ours: float
    other: float
    target: float
    note: str = ""

    def __str__(self) -> str:
        ratio = self.ours / self.other
        held = "held" if ratio <= self.target else "MISSED"
        return (
            f"{self.what:44} {self.ours * 1000:9.1f} ms {self.other * 1000:9.1f} ms   "
            f"ratio {ratio:5.2f}   target {self.target:4.2f}   {held}   {self.note}"
        )


def utterances() -> list[Utterance]:
    """Five synthesized English turns on the telephone and five prompts by real people, English and French."""
    voice = build_synthesizer()
    spoken = [
        Utterance(read_audio(voice.say(line, Voice("en", sex), difficulty=2).wav), "en", line)
        for line, sex in zip(LINES, ("female", "male", "female", "male", "female"), strict=True)
    ]
    folders = {"en": "en_US_f_Allison", "fr": "fr_CA_f_June"}
    people = [
        Utterance(read_audio_file(SOUNDS / folders[language] / f"{name}.wav"), language, said)
        for (language, name), said in PROMPTS.items()
    ]
    return spoken + people


def timed(work: Callable[[], object]) -> float:
    """Seconds that `work` takes."""
    started = time.perf_counter()
    work()
    return time.perf_counter() - started

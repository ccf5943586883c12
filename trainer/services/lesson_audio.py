"""What is heard in lessons and questions: dialogues with two voices, and customers who are listened to.

Every line is spoken once into the synthesizer's cache (ahead by `flask content publish`), clear; a dialogue is put together
from its lines over a good telephone line.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from trainer.domain.courses import VOICES, Course
from trainer.domain.questions import Line
from trainer.ports import LineSound, Ports, SpokenAudio, Voice
from trainer.services.customer_voice import say_clear

SEX = {"woman": "female", "man": "male"}
OPERATOR_TIMBRE, CUSTOMER_TIMBRES = 0, (1, 2, 3)


def voice_of(speaker: str, sex: str, language: str, seed: str) -> Voice:
    """The voice of a line: an operator's is always the same, customers differ by `seed` (a title)."""
    number = sum(seed.encode()) % len(CUSTOMER_TIMBRES)
    timbre = OPERATOR_TIMBRE if speaker == "operator" else CUSTOMER_TIMBRES[number]
    return Voice(language, SEX[sex], timbre=timbre)


def spoken_lines(lines: Sequence[Line], voices: Sequence[str], language: str, seed: str) -> list[tuple[str, Voice]]:
    """(text, voice) of each line that somebody says; notes are not heard."""
    sexes = dict(zip(("customer", "operator"), voices, strict=True))
    return [
        (line.text, voice_of(line.speaker, sexes[line.speaker], language, seed))
        for line in lines
        if line.speaker in sexes
    ]


def speak(ports: Ports, lines: Sequence[Line], voices: Sequence[str], language: str, seed: str) -> SpokenAudio | None:
    """The lines one after the other over a telephone; None when no voice works (the text then stands for it)."""
    pieces = [say_clear(ports, voice, text) for text, voice in spoken_lines(lines, voices, language, seed)]
    heard = [piece for piece in pieces if piece is not None]
    return ports.synthesizer.over_line(heard, LineSound(seed=seed)) if heard and len(heard) == len(pieces) else None


def customer_voices(voice: str) -> tuple[str, str]:
    """The two voices of a question in which only a customer speaks."""
    return voice or VOICES[0], VOICES[0]


def lines_of_course(course: Course) -> Iterator[tuple[str, Voice]]:
    """Every line of a course that is heard, in every language, each once."""
    seen = set()
    for language, edition in course.editions.items():
        heard = [(b.lines, b.voices, b.title) for one in edition.lessons for b in one.blocks if b.spoken]
        heard += [(q.lines, customer_voices(q.voice), q.id) for q in edition.questions if q.kind == "record"]
        for lines, voices, seed in heard:
            for said in spoken_lines(lines, voices, language, seed):
                if said not in seen:
                    seen.add(said)
                    yield said

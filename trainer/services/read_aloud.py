"""Reading a text aloud: passages spoken one by one in a clear voice, so that each is rendered once and kept by the
voice's own cache, and joined with a breath between them."""

from __future__ import annotations

import io
import re
import wave
from collections.abc import Iterable, Iterator

from trainer.domain.job_description import Part
from trainer.ports import Ports
from trainer.services.customer_voice import say_clear
from trainer.services.voices import voice_for

LONGEST_PIECE = 1_500
"""Characters that are spoken at once; an engine takes 2000."""
LONGEST_PASSAGE = 6_000
"""Of one passage, some six minutes; what is longer is to be read."""
BREATH_S = 0.6
REST = {"en": "The rest of this passage is on the page.", "fr": "La suite de ce passage est à lire sur la page."}


def passages_of(part: Part, language: str) -> list[str]:
    """What is said of a part of the job description: its title, then each clause as name and text."""
    return [part.title, *(f"{clause.title}. {_at_most(clause.text, language)}" for clause in part.clauses)]


def _at_most(text: str, language: str) -> str:
    if len(text) <= LONGEST_PASSAGE:
        return text
    return f"{text[:LONGEST_PASSAGE].rsplit(' ', 1)[0]} … {REST[language]}"


def pieces_of(passage: str) -> Iterator[str]:
    """The passage in pieces that a voice can say at once, apart at the ends of sentences where there are some."""
    piece = ""
    for sentence in re.split(r"(?<=[.!?…;])\s+|\n+", passage):
        for begin in range(0, len(sentence), LONGEST_PIECE):
            part = sentence[begin : begin + LONGEST_PIECE]
            if piece and len(piece) + len(part) >= LONGEST_PIECE:
                yield piece
                piece = part
            else:
                piece = f"{piece} {part}".strip()
    if piece:
        yield piece


def read_aloud(ports: Ports, passages: Iterable[str], language: str) -> bytes | None:
    """A WAV file (mono, 16 bit) of the passages in a calm voice; None when no voice works."""
    voice = voice_for("menu", language)
    spoken = []
    for one in passages:
        pieces = [say_clear(ports, voice, piece) for piece in pieces_of(one)]
        heard = [piece.wav for piece in pieces if piece is not None]
        if len(heard) < len(pieces):
            return None
        spoken.append(heard)
    return _joined(spoken)


def _joined(passages: Iterable[Iterable[bytes]]) -> bytes | None:
    """WAV files one after the other; None for none, or where another engine stepped in that sounds at another rate."""
    out, rates = io.BytesIO(), set()
    with wave.open(out, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(16_000)
        for pieces in passages:
            for wav in pieces:
                with wave.open(io.BytesIO(wav)) as sound:
                    if not rates:
                        file.setframerate(sound.getframerate())
                    rates.add(sound.getframerate())
                    file.writeframes(sound.readframes(sound.getnframes()))
            file.writeframes(bytes(2 * int(BREATH_S * file.getframerate())))
    return out.getvalue() if len(rates) == 1 else None

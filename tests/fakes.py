"""Scripted twins of the ports: they do at once what a test says, under the same contract as the real adapters."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from trainer.adapters.judge_quotes import accepted_answers
from trainer.adapters.speech.audio import checked_pcm, wav_bytes
from trainer.adapters.speech.synthesizer import SpokenLine, check_line, turn_over_line
from trainer.ports import (
    PCM_RATE,
    EngineUnavailable,
    JudgeAnswer,
    LineSound,
    Recognition,
    RecognizedWord,
    SpokenAudio,
    Voice,
)


@dataclass
class ScriptedRecognizer:
    """Hears what it is told to: by the audio's own bytes in `texts`, else the next of `script`, else `text`.

    Audio of zeros is silence. `unavailable` makes it fail as a missing engine does. `heard` keeps what was asked.
    """

    text: str = "Good morning, how can I help you?"
    texts: Mapping[bytes, str] = field(default_factory=dict)
    script: list[str] = field(default_factory=list)
    confidence: float = 0.95
    detected_language: str | None = None
    languages: frozenset[str] = frozenset({"en", "fr"})
    unavailable: str = ""
    name: str = "scripted ear"
    heard: list[tuple[bytes, str]] = field(default_factory=list)

    def recognize(self, pcm: bytes, *, language: str, with_words: bool = True) -> Recognition:
        if self.unavailable or language not in self.languages:
            raise EngineUnavailable(self.name, self.unavailable or f"it does not know the language {language!r}")
        seconds = len(checked_pcm(pcm)) / 2 / PCM_RATE
        self.heard.append((pcm, language))
        text = ""
        if any(pcm):
            text = self.texts.get(pcm) or (self.script.pop(0) if self.script else self.text)
        parts = text.split()
        step = seconds / max(1, len(parts))
        words = tuple(
            RecognizedWord(word, round(i * step, 3), round((i + 0.9) * step, 3), self.confidence)
            for i, word in enumerate(parts)
        )
        return Recognition(
            text=text,
            words=words if with_words else (),
            confidence=self.confidence if text else 0.0,
            language=language,
            detected_language=(self.detected_language or language) if text else None,
            engine=self.name,
            audio_seconds=seconds,
            seconds=0.0,
        )


@dataclass
class ScriptedSynthesizer:
    """Renders a tone whose length and pitch follow from the text. `said` keeps every line."""

    languages: frozenset[str] = frozenset({"en", "fr"})
    unavailable: str = ""
    name: str = "scripted voice"
    said: list[SpokenLine] = field(default_factory=list)
    sounds: list[LineSound] = field(default_factory=list)

    def say(self, text: str, voice: Voice, *, line: str = "telephone", difficulty: int = 1) -> SpokenAudio:
        spoken = SpokenLine(text, voice, line, difficulty)
        check_line(spoken)
        if self.unavailable or voice.language not in self.languages:
            raise EngineUnavailable(self.name, self.unavailable or f"it does not speak {voice.language!r}")
        self.said.append(spoken)
        rate = 8_000 if line == "telephone" else PCM_RATE
        count = int(rate * min(5.0, 0.2 + 0.05 * len(text)))
        pitch = 300 + hashlib.sha256(f"{text}{voice}{difficulty}".encode()).digest()[0] * 2
        one_second = b"".join(
            int(6000 * math.sin(2 * math.pi * pitch * i / rate)).to_bytes(2, "little", signed=True) for i in range(rate)
        )
        pcm = (one_second * 6)[: count * 2]
        return SpokenAudio(wav=wav_bytes(pcm, rate), engine=f"{self.name} {voice.sex}", seconds=count / rate)

    def suits(self, voice: Voice) -> bool:
        return voice.language in self.languages

    def over_line(self, pieces: Sequence[SpokenAudio], sound: LineSound) -> SpokenAudio:
        """The real line: it needs no engine. `sounds` keeps what each turn was put on."""
        self.sounds.append(sound)
        return turn_over_line(pieces, sound)

    def prepare(self, lines: Iterable[SpokenLine]) -> int:
        """Says every line; how many there were."""
        done = [self.say(line.text, line.voice, line=line.line, difficulty=line.difficulty) for line in lines]
        return len(done)


@dataclass
class ScriptedEncoder:
    """Vectors of hashed words: texts that share words lie close, others do not. `encoded` keeps every text."""

    size: int = 64
    unavailable: str = ""
    name: str = "scripted encoder"
    encoded: list[str] = field(default_factory=list)

    def encode(self, texts: Sequence[str]) -> Sequence[Sequence[float]]:
        if self.unavailable:
            raise EngineUnavailable(self.name, self.unavailable)
        self.encoded += texts
        return [self._vector(text) for text in texts]

    def _vector(self, text: str) -> list[float]:
        vector = [0.0] * self.size
        for word in text.lower().split() or [""]:
            digest = hashlib.sha256(word.encode()).digest()
            vector[digest[0] % self.size] += 1.0 if digest[1] % 2 else -1.0
        length = math.sqrt(sum(value * value for value in vector))
        return [value / length for value in vector] if length else [1.0, *[0.0] * (self.size - 1)]


@dataclass
class ScriptedJudge:
    """Says what `said` tells of each check: check -> (answer, quote). `asked` keeps reply and context of each call."""

    said: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    unavailable: str = ""
    name: str = "scripted judge"
    asked: list[tuple[str, str]] = field(default_factory=list)

    def answer(self, reply: str, context: str, questions: Mapping[str, str], *, language: str) -> Sequence[JudgeAnswer]:
        self.asked.append((reply, context))
        if self.unavailable:
            raise EngineUnavailable(self.name, self.unavailable)
        rows = [{"check": check, "answer": answer, "quote": quote} for check, (answer, quote) in self.said.items()]
        return accepted_answers(rows, reply, questions)

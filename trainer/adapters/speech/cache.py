"""Rendered lines kept by what they are made of: the same words, voice, engine version and line are rendered once."""

from __future__ import annotations

import hashlib
import json
import logging
from dataclasses import asdict

from trainer.adapters.speech.audio import wav_seconds
from trainer.adapters.speech.spoken_form import SPOKEN_FORM_VERSION
from trainer.adapters.speech.synthesizer import VoiceEngine
from trainer.adapters.speech.telephone import LINE_VERSION
from trainer.ports import AudioRejected, FileStore, SpokenAudio, StorageFull, Voice

log = logging.getLogger(__name__)


class CachedSynthesizer:
    """An engine whose lines lie in a `FileStore` under `voice/`."""

    def __init__(self, behind: VoiceEngine, files: FileStore) -> None:
        self.behind = behind
        self.files = files
        self.name = behind.name
        self.languages = behind.languages

    def engine(self, voice: Voice) -> str:
        return self.behind.engine(voice)

    def suits(self, voice: Voice) -> bool:
        return self.behind.suits(voice)

    def key(self, text: str, voice: Voice, *, line: str, difficulty: int) -> str:
        """Where the line lies. A clear line has no difficulty. Raises EngineUnavailable."""
        parts = {
            "text": text,
            "voice": asdict(voice) | {"engine": None},
            "engine": self.behind.engine(voice),
            "line": [line, difficulty, LINE_VERSION] if line == "telephone" else [line],
            "spoken_form": SPOKEN_FORM_VERSION,
        }
        digest = hashlib.sha256(json.dumps(parts, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
        return f"voice/{digest[:2]}/{digest}.wav"

    def say(self, text: str, voice: Voice, *, line: str = "telephone", difficulty: int = 1) -> SpokenAudio:
        """The kept line, or a newly rendered one that is then kept."""
        key = self.key(text, voice, line=line, difficulty=difficulty)
        try:
            wav = self.files.read(key)
            return SpokenAudio(wav=wav, engine=self.behind.engine(voice), seconds=round(wav_seconds(wav), 3))
        except FileNotFoundError:
            pass
        except AudioRejected:
            log.warning("the kept line %s is damaged and is rendered again", key)
        spoken = self.behind.say(text, voice, line=line, difficulty=difficulty)
        try:
            self.files.write(key, spoken.wav)
        except StorageFull as error:
            # The caller can still hear the line; only the next one has to wait for it again.
            log.warning("a rendered line could not be kept: %s", error)
        return spoken

"""Google's text-to-speech by gTTS, only where a setting asks for it: texts then leave the machine."""

from __future__ import annotations

import io
from importlib.metadata import version

import numpy as np
import soundfile
from gtts import gTTS, gTTSError

from trainer.adapters.speech.audio import Samples
from trainer.adapters.speech.synthesizer import BaseSynthesizer
from trainer.ports import EngineUnavailable, Voice

_DOMAIN = {"en": "co.uk", "fr": "fr"}


class GttsSynthesizer(BaseSynthesizer):
    """One natural voice a language; `sex` and `rate` are ignored by the service."""

    name = "gtts"
    languages = frozenset(_DOMAIN)

    def engine(self, voice: Voice) -> str:
        return f"gTTS {version('gTTS')} {voice.language}-{_DOMAIN[voice.language]}"

    def _render(self, words: str, voice: Voice) -> tuple[Samples, int]:
        sound = io.BytesIO()
        try:
            gTTS(words, lang=voice.language, tld=_DOMAIN[voice.language], lang_check=False, timeout=10).write_to_fp(
                sound
            )
        except (gTTSError, OSError) as error:
            raise EngineUnavailable(self.name, f"Google's voice cannot be reached: {error}") from error
        sound.seek(0)
        samples, rate = soundfile.read(sound, dtype="float32", always_2d=True)
        return np.asarray(samples.mean(axis=1), dtype=np.float32), int(rate)

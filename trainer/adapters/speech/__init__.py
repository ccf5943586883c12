"""Speech: recognizing what the operator says and speaking as the customer. `trainer.app` builds it from settings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from trainer.adapters.speech.cache import CachedSynthesizer
from trainer.adapters.speech.google import GoogleRecognizer
from trainer.adapters.speech.gtts_voice import GttsSynthesizer
from trainer.adapters.speech.programs import EspeakSynthesizer, FliteSynthesizer, PiperSynthesizer
from trainer.adapters.speech.recognizer import BaseRecognizer, RecognizerChain
from trainer.adapters.speech.sphinx import SphinxRecognizer
from trainer.adapters.speech.synthesizer import SpokenLine, SynthesizerChain, VoiceEngine
from trainer.adapters.speech.whisper import WhisperRecognizer
from trainer.ports import FileStore

__all__ = ["RECOGNIZERS", "SYNTHESIZERS", "SpokenLine", "build_recognizer", "build_synthesizer"]

RECOGNIZERS = ("whisper", "sphinx", "google")
SYNTHESIZERS = ("local", "flite", "espeak", "piper", "gtts")


def build_recognizer(
    *,
    engines: Sequence[str] = ("whisper", "sphinx"),
    models: Path,
    whisper_model: str = "",
    google_key: str = "",
    cpu_threads: int = 2,
) -> RecognizerChain:
    """Recognizers in the order of `engines`. Nothing is loaded yet. Raises ValueError for a name that is none."""
    built: list[BaseRecognizer] = []
    for name in dict.fromkeys(engines):
        match name:
            case "whisper":
                built.append(WhisperRecognizer(models=models, model=whisper_model, cpu_threads=cpu_threads))
            case "sphinx":
                built.append(SphinxRecognizer())
            case "google":
                built.append(GoogleRecognizer(key=google_key))
            case _:
                raise ValueError(f"{name!r} is no speech recognizer; there are {', '.join(RECOGNIZERS)}")
    return RecognizerChain(built)


def build_synthesizer(
    *,
    engines: Sequence[str] = ("local",),
    piper_voices: Mapping[str, str] | None = None,
    files: FileStore | None = None,
) -> SynthesizerChain:
    """Voices in the order of `engines`; "local" means piper where it has voice files, flite, then espeak.

    With `files` every line is rendered once and kept. Raises ValueError for a name that is none.
    """
    names: list[str] = []
    for name in engines:
        if name not in SYNTHESIZERS:
            raise ValueError(f"{name!r} is no voice engine; there are {', '.join(SYNTHESIZERS)}")
        names += [*(["piper"] if piper_voices else []), "flite", "espeak"] if name == "local" else [name]
    built = [_voice_engine(name, piper_voices or {}) for name in dict.fromkeys(names)]
    return SynthesizerChain([CachedSynthesizer(engine, files) for engine in built] if files else built)


def _voice_engine(name: str, piper_voices: Mapping[str, str]) -> VoiceEngine:
    match name:
        case "flite":
            return FliteSynthesizer()
        case "espeak":
            return EspeakSynthesizer()
        case "piper":
            return PiperSynthesizer(piper_voices)
        case _:
            return GttsSynthesizer()

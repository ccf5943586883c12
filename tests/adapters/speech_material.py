"""Audio that the speech tests share: voices of real people (Debian's Asterisk prompts), flite, silence and noise."""

from __future__ import annotations

import io
import wave
from functools import cache
from pathlib import Path

import jiwer
import numpy as np
import soundfile

from trainer.adapters.speech.audio import read_audio, read_audio_file, to_pcm
from trainer.adapters.speech.programs import FliteSynthesizer
from trainer.adapters.speech.whisper import WhisperRecognizer
from trainer.ports import PCM_RATE, Voice

SOUNDS = Path("/usr/share/asterisk/sounds")
MODELS = Path(__file__).resolve().parents[2] / "models"

# What the speakers say; the French transcripts were written down by ear, since the package has none.
ENGLISH = {
    "vm-goodbye": "Goodbye.",
    "please-try-again": "Please try again.",
    "please-try-call-later": "Please try your call again later.",
    "one-moment-please": "One moment please.",
    "pls-hold-while-try": "Please hold while we try to connect you.",
    "queue-thankyou": "Thank you for your patience.",
    "cannot-complete-as-dialed": "Your call cannot be completed as dialed.",
    "conf-onlyperson": "You are currently the only person in this conference.",
    "check-number-dial-again": "Please check the number and dial again.",
    "all-circuits-busy-now": "All circuits are busy now.",
}
FRENCH = {
    "queue-thankyou": "Merci de votre patience.",
    "privacy-unident": "Le numéro que vous tentez de joindre n'accepte pas les appels inconnus.",
    "conf-onlyperson": "Vous êtes présentement le seul participant dans cette conférence.",
    "all-circuits-busy-now": "Toutes les lignes sont occupées pour l'instant.",
    "check-number-dial-again": "Veuillez vérifier le numéro et composer de nouveau.",
    "sorry-youre-having-problems": "Désolé que vous ayez des problèmes.",
    "something-terribly-wrong": "Il y a quelque chose de vraiment mauvais.",
    "one-moment-please": "Un moment s'il vous plaît.",
    "vm-goodbye": "Au revoir.",
    "please-try-again": "Essayez à nouveau.",
}

_PLAIN = jiwer.Compose(
    [
        jiwer.ToLowerCase(),
        jiwer.SubstituteRegexes({r"[^\w\s']": " ", r"\bi'm\b": "i am"}),
        jiwer.RemoveMultipleSpaces(),
        jiwer.Strip(),
        jiwer.ReduceToListOfListOfWords(),
    ]
)


def word_error_rate(said: list[str], heard: list[str]) -> float:
    """Over all utterances together, without case and punctuation."""
    return float(jiwer.wer(said, heard, reference_transform=_PLAIN, hypothesis_transform=_PLAIN))


@cache
def real_person(name: str, language: str) -> bytes:
    folder = "en_US_f_Allison" if language == "en" else "fr_CA_f_June"
    return read_audio_file(SOUNDS / folder / f"{name}.wav")


@cache
def flite(text: str, line: str = "clear", difficulty: int = 1, sex: str = "female") -> bytes:
    return read_audio(FliteSynthesizer().say(text, Voice("en", sex), line=line, difficulty=difficulty).wav)


@cache
def whisper() -> WhisperRecognizer:
    """One model for all tests: loading takes a second and 200 MB."""
    return WhisperRecognizer(models=MODELS)


def shape_of(wav: bytes) -> tuple[int, int, int, float]:
    """Channels, bytes a sample, rate and seconds of a WAV file."""
    with wave.open(io.BytesIO(wav)) as file:
        return file.getnchannels(), file.getsampwidth(), file.getframerate(), file.getnframes() / file.getframerate()


def silence(seconds: float) -> bytes:
    return bytes(int(seconds * PCM_RATE) * 2)


def noise(seconds: float, loudness: float) -> bytes:
    chance = np.random.default_rng(7)
    return to_pcm((chance.standard_normal(int(seconds * PCM_RATE)) * loudness).astype(np.float32))


def file_of(pcm: bytes, *, rate: int = PCM_RATE, channels: int = 1, kind: str = "WAV", width: str = "PCM_16") -> bytes:
    """The audio as a file of another shape (the rate is only written, not converted)."""
    samples = np.frombuffer(pcm, dtype="<i2").astype(np.float32) / 32768
    buffer = io.BytesIO()
    soundfile.write(buffer, np.repeat(samples[:, None], channels, axis=1), rate, format=kind, subtype=width)
    return buffer.getvalue()

"""Audio in and out: files of any usual kind to the product's PCM, PCM to WAV files, loudness.

Inside the product speech is mono, signed 16 bit, little endian at `PCM_RATE`; as numbers it is float32 in -1 to 1.
"""

from __future__ import annotations

import io
import wave
from pathlib import Path

import numpy as np
import numpy.typing as npt
import soundfile
import soxr

from trainer.ports import PCM_RATE, AudioRejected

Samples = npt.NDArray[np.float32]

LONGEST_SECONDS = 120
LARGEST_BYTES = 10 * 1024 * 1024
_FULL_SCALE = 32768.0
_SPEECH_LEVEL = -22.0
"""Loudness of every rendered line, in dB below full scale: voices then differ in sound, not in volume."""


def checked_pcm(pcm: bytes) -> bytes:
    """The PCM itself; raises AudioRejected when it is empty, cut within a sample or longer than two minutes."""
    if not pcm:
        raise AudioRejected("audio", "the recording is empty")
    if len(pcm) % 2:
        raise AudioRejected("audio", "the recording is broken: it ends in the middle of a sample")
    if len(pcm) > LONGEST_SECONDS * PCM_RATE * 2:
        raise AudioRejected("audio", f"the recording is longer than {LONGEST_SECONDS} seconds")
    return pcm


def read_audio(data: bytes) -> bytes:
    """WAV, FLAC, OGG or MP3 of any rate, width and number of channels, to PCM. Raises AudioRejected."""
    if not data:
        raise AudioRejected("audio", "the file is empty")
    if len(data) > LARGEST_BYTES:
        raise AudioRejected("audio", f"the file is larger than {LARGEST_BYTES // 1024 // 1024} MB")
    try:
        with soundfile.SoundFile(io.BytesIO(data)) as file:
            # A small compressed file can hold hours: its length is asked before anything is decoded.
            if file.frames > LONGEST_SECONDS * file.samplerate:
                raise AudioRejected("audio", f"the recording is longer than {LONGEST_SECONDS} seconds")
            rate = file.samplerate
            channels = file.read(dtype="float32", always_2d=True)
    except (soundfile.SoundFileError, RuntimeError, ValueError) as error:
        raise AudioRejected("audio", "the file is broken or is not audio (WAV and FLAC can be read)") from error
    return checked_pcm(to_pcm(resampled(channels.mean(axis=1), rate, PCM_RATE)))


def read_audio_file(path: Path) -> bytes:
    """`read_audio` of a file on disk; one that is too large is not read at all."""
    if path.stat().st_size > LARGEST_BYTES:
        raise AudioRejected("audio", f"the file is larger than {LARGEST_BYTES // 1024 // 1024} MB")
    return read_audio(path.read_bytes())


def resampled(samples: Samples, rate: int, wanted: int) -> Samples:
    """The same sound at another number of samples a second."""
    if rate == wanted:
        return samples
    return np.asarray(soxr.resample(samples, rate, wanted), dtype=np.float32)


def to_samples(pcm: bytes) -> Samples:
    """PCM bytes as float32 in -1 to 1."""
    return np.frombuffer(pcm, dtype="<i2").astype(np.float32) / np.float32(_FULL_SCALE)


def to_pcm(samples: Samples) -> bytes:
    """float32 to PCM bytes; what is louder than full scale is clipped."""
    return bytes(np.clip(np.rint(samples * _FULL_SCALE), -_FULL_SCALE, _FULL_SCALE - 1).astype("<i2").tobytes())


def wav_bytes(pcm: bytes, rate: int = PCM_RATE) -> bytes:
    """A complete mono 16-bit WAV file around `pcm`."""
    with io.BytesIO() as buffer:
        with wave.open(buffer, "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(2)
            file.setframerate(rate)
            file.writeframes(pcm)
        return buffer.getvalue()


def read_wav(wav: bytes) -> tuple[bytes, int]:
    """PCM and rate of a mono 16-bit WAV file such as `wav_bytes` makes. Raises ValueError for any other."""
    try:
        with wave.open(io.BytesIO(wav)) as file:
            if (file.getnchannels(), file.getsampwidth()) != (1, 2):
                raise ValueError("the WAV file is not mono with 16 bits")
            return file.readframes(file.getnframes()), file.getframerate()
    except (wave.Error, EOFError) as error:
        raise ValueError(f"this is not a WAV file: {error}") from error


def wav_seconds(wav: bytes) -> float:
    """Length of a WAV file; raises AudioRejected when the file is cut short or is no WAV."""
    try:
        with wave.open(io.BytesIO(wav)) as file:
            size = file.getnframes() * file.getsampwidth() * file.getnchannels()
            if len(wav) < size or not size:
                raise AudioRejected("audio", "the WAV file is cut short")
            return float(file.getnframes() / file.getframerate())
    except (wave.Error, EOFError, ZeroDivisionError) as error:
        raise AudioRejected("audio", "this is not a WAV file") from error


def level(samples: Samples) -> float:
    """Loudness (root mean square) in dB below full scale; digital silence is -120."""
    if not samples.size:
        return -120.0
    power = float(np.mean(np.square(samples, dtype=np.float64)))
    return max(-120.0, 10 * float(np.log10(power + 1e-12)))


def levelled(samples: Samples) -> Samples:
    """The line at the product's speech level, its peaks kept below full scale."""
    spoken = samples[np.abs(samples) > 1e-3]
    if not spoken.size:
        return samples
    gain = 10 ** ((_SPEECH_LEVEL - level(spoken)) / 20)
    return samples * np.float32(min(gain, 0.95 / float(np.abs(samples).max())))

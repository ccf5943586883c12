"""Where in a recording somebody speaks. Recognizers invent words for silence and noise, so they only hear speech.

WebRTC's detector judges frames of 30 ms; a frame must also be loud enough, and rise above the recording's own floor.
"""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from trainer.adapters.speech.audio import to_samples
from trainer.ports import PCM_RATE

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # the package asks setuptools for its version in a deprecated way
    import webrtcvad

FRAME_SECONDS = 0.03
_FRAME = int(PCM_RATE * FRAME_SECONDS)
_MODE = 2
_QUIETEST_DB = -52.0
_SHORTEST_SPEECH = 0.12
_JOINED_PAUSE = 0.3
_MARGIN = 0.15
_STEADY_DB = 4.0
"""Noise and hum keep their level; speech goes up and down by far more than this between frames."""


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of speech, in seconds from the start of the recording."""

    start: float
    end: float

    @property
    def seconds(self) -> float:
        return self.end - self.start


def speech_spans(pcm: bytes) -> tuple[Span, ...]:
    """Stretches of speech, pauses shorter than 0.3 s closed; empty for silence, hum and steady noise."""
    samples = to_samples(pcm)
    count = samples.size // _FRAME
    if not count:
        return ()
    frames = samples[: count * _FRAME].reshape(count, _FRAME).astype(np.float64)
    loudness = 10 * np.log10(np.mean(np.square(frames - frames.mean(axis=1, keepdims=True)), axis=1) + 1e-12)
    detector = webrtcvad.Vad(_MODE)
    size = _FRAME * 2
    voiced = np.array([detector.is_speech(pcm[i * size : (i + 1) * size], PCM_RATE) for i in range(count)])
    voiced &= loudness > _QUIETEST_DB
    if voiced.sum() * FRAME_SECONDS < _SHORTEST_SPEECH or np.std(loudness[voiced]) + np.ptp(loudness) / 8 < _STEADY_DB:
        return ()
    return _joined(voiced, samples.size / PCM_RATE)


def _joined(voiced: np.ndarray, length: float) -> tuple[Span, ...]:
    spans: list[Span] = []
    for index in np.flatnonzero(voiced):
        start, end = float(index) * FRAME_SECONDS, float(index + 1) * FRAME_SECONDS
        if spans and start - spans[-1].end <= _JOINED_PAUSE:
            spans[-1] = Span(spans[-1].start, end)
        else:
            spans.append(Span(start, end))
    kept = [span for span in spans if span.seconds >= 2 * FRAME_SECONDS] or spans
    return tuple(Span(max(0.0, span.start - _MARGIN), min(length, span.end + _MARGIN)) for span in kept)


def pieces(pcm: bytes, spans: tuple[Span, ...], longest: float) -> list[tuple[float, bytes]]:
    """The recording cut at its pauses into parts of at most `longest` seconds: (start in seconds, PCM).

    Speech without a pause is cut at `longest`.
    """
    total = len(pcm) / 2 / PCM_RATE
    pauses = [(first.end + second.start) / 2 for first, second in pairwise(spans)]
    cuts, start = [0.0], 0.0
    while total - start > longest:
        inside = [pause for pause in pauses if start + longest / 3 <= pause <= start + longest]
        start = inside[-1] if inside else start + longest
        cuts.append(start)
    edges = [int(cut * PCM_RATE) * 2 for cut in cuts] + [len(pcm)]
    return [(cut, pcm[edges[i] : edges[i + 1]]) for i, cut in enumerate(cuts)]

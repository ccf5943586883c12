"""What coding does to speech on its way: G.711 as on a fixed line, and a coarse narrow codec as on a mobile one.

Samples are float32 in -1 to 1 at 8 kHz; both functions give as many samples as they get, and the same ones each time.
"""

from __future__ import annotations

from functools import cache

import numpy as np
import numpy.typing as npt

from trainer.adapters.speech.audio import Samples

_FRAME = 160
"""20 ms at 8 kHz, the frame of the narrow codecs (GSM 06.10, AMR)."""
_HOP = _FRAME // 2
_BAND_BINS = 9
"""Bins of 50 Hz that share one step: 81 of them make nine bands of 450 Hz."""


@cache
def _alaw_table() -> npt.NDArray[np.float32]:
    """What each 16-bit sample is after A-law coding and decoding (ITU-T G.711), indexed by the sample plus 32,768.

    A-law keeps 12 bits of magnitude in 16 steps a segment: steps of 2 below 64, then twice as wide each octave.
    """
    samples = np.arange(-32_768, 32_768)
    magnitude = np.minimum(np.abs(samples) >> 3, 4095)
    octave = np.floor(np.log2(np.maximum(magnitude, 32))).astype(int)
    step = np.where(magnitude < 64, 2, 2 ** np.maximum(octave - 4, 1))
    decoded = (magnitude // step * step + step // 2) * 8
    table: npt.NDArray[np.float32] = (np.where(samples < 0, -decoded, decoded) / 32_768).astype(np.float32)
    return table


def alaw(samples: Samples) -> Samples:
    """Through G.711 with the A-law of European networks: 8 bits a sample."""
    whole = np.clip(np.rint(samples * 32_768), -32_768, 32_767).astype(np.int32) + 32_768
    coded: Samples = _alaw_table()[whole]
    return coded


def narrow(samples: Samples, coarseness: float) -> Samples:
    """Through a codec of few bits: spectra of 20 ms are rounded band by band, so that weak partials come and go.

    `coarseness` is the step of rounding in units of the band's own loudness: .5 is hardly heard, 2 is a bad connection.
    """
    if not samples.size:
        return samples
    count = -(-samples.size // _HOP) + 1
    padded = np.zeros((count + 1) * _HOP, dtype=np.float32)
    padded[_HOP : _HOP + samples.size] = samples
    window = np.sin(np.pi * (np.arange(_FRAME, dtype=np.float32) + 0.5) / _FRAME)
    frames = np.lib.stride_tricks.sliding_window_view(padded, _FRAME)[::_HOP] * window
    spectra = np.fft.rfft(frames, axis=1)
    bands = spectra.reshape(len(frames), -1, _BAND_BINS)
    loudness = np.sqrt(np.mean(np.abs(bands) ** 2, axis=2, keepdims=True)) + 1e-9
    step = coarseness * loudness
    rounded = np.rint(bands.real / step) * step + 1j * (np.rint(bands.imag / step) * step)
    # Rounding takes energy away where everything is near zero; a decoder gives each band its own loudness back.
    kept = np.sqrt(np.mean(np.abs(rounded) ** 2, axis=2, keepdims=True)) + 1e-9
    rounded *= np.minimum(loudness / kept, 1.5)
    frames = (np.fft.irfft(rounded.reshape(spectra.shape), _FRAME, axis=1) * window).astype(np.float32)
    whole = np.zeros_like(padded)
    # Every second frame lies beside the last one without a gap, so two additions put all of them together.
    for first in (0, 1):
        lane = frames[first::2].ravel()
        whole[first * _HOP : first * _HOP + lane.size] += lane
    return whole[_HOP : _HOP + samples.size]

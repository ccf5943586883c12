"""The base of every recognizer, and the chain that falls back from one engine to the next.

A child implements `_hear`; the public `recognize` validates, hears whether anybody speaks, times, keeps a deadline,
maps the libraries' errors to the product's two, and logs.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from speech_recognition import AudioData
from speech_recognition.exceptions import RequestError, UnknownValueError

from trainer.adapters.speech.audio import checked_pcm
from trainer.adapters.speech.deadline import within
from trainer.adapters.speech.voice_activity import Span, speech_spans
from trainer.ports import PCM_RATE, EngineUnavailable, PortError, Recognition, RecognizedWord

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Heard:
    """What a child returns: text, words with times, confidence 0 to 1, and the language where the engine can tell."""

    text: str
    confidence: float
    words: tuple[RecognizedWord, ...] = ()
    detected_language: str | None = None


@dataclass(frozen=True, slots=True)
class Utterance:
    """What a child is given: the audio as the SpeechRecognition library wants it, and where somebody speaks in it."""

    audio: AudioData
    pcm: bytes
    spans: tuple[Span, ...]
    language: str


class BaseRecognizer:
    """`SpeechRecognizer` with one hook. `name` is what settings call it, `engine` names the model's version."""

    name = ""
    languages: frozenset[str] = frozenset()
    patience_seconds = 30.0
    """Longest wait for an answer, on top of the audio's own length."""

    @property
    def engine(self) -> str:
        return self.name

    def recognize(self, pcm: bytes, *, language: str, with_words: bool = True) -> Recognition:
        """See `SpeechRecognizer.recognize`."""
        started = time.perf_counter()
        if language not in self.languages:
            raise EngineUnavailable(self.name, f"it does not know the language {language!r}")
        seconds = len(checked_pcm(pcm)) / 2 / PCM_RATE
        spans = speech_spans(pcm)
        heard = Heard("", 0.0)
        if spans:
            utterance = Utterance(AudioData(pcm, PCM_RATE, 2), pcm, spans, language)
            heard = self._heard_in_time(utterance, self.patience_seconds + seconds)
        took = time.perf_counter() - started
        log.info(
            "%s heard %.1f s of %s in %.2f s, confidence %.2f", self.name, seconds, language, took, heard.confidence
        )
        return Recognition(
            text=heard.text,
            words=heard.words if with_words else (),
            confidence=heard.confidence,
            language=language,
            detected_language=heard.detected_language,
            engine=self.engine,
            audio_seconds=round(seconds, 3),
            seconds=round(took, 3),
        )

    def _heard_in_time(self, utterance: Utterance, patience: float) -> Heard:
        try:
            return within(patience, lambda: self._hear(utterance))
        except PortError:
            raise
        except UnknownValueError:
            return Heard("", 0.0)
        except TimeoutError as error:
            raise EngineUnavailable(self.name, f"no answer within {patience:.0f} seconds") from error
        except (RequestError, OSError, ImportError) as error:
            raise EngineUnavailable(self.name, str(error) or type(error).__name__) from error
        except Exception as error:
            # An engine's own failure must not end a call while another engine can hear it.
            log.exception("%s failed", self.name)
            raise EngineUnavailable(self.name, f"it failed: {error}") from error

    def _hear(self, utterance: Utterance) -> Heard:
        raise NotImplementedError

    def warm_up(self) -> None:
        """Load what the first call would otherwise wait for."""


@dataclass
class RecognizerChain:
    """Engines in order of preference. One that is unavailable rests for a minute while the next one hears.

    `degraded` says which engines are resting and why: engine -> reason.
    """

    engines: Sequence[BaseRecognizer]
    name: str = "speech recognition"
    rest_seconds: float = 60.0
    clock: Callable[[], float] = time.monotonic
    degraded: dict[str, str] = field(default_factory=dict)
    _resting_until: dict[str, float] = field(default_factory=dict)

    def recognize(self, pcm: bytes, *, language: str, with_words: bool = True) -> Recognition:
        """The first engine's answer that comes. Raises AudioRejected, or EngineUnavailable when none works."""
        able = [engine for engine in self.engines if language in engine.languages]
        awake = [engine for engine in able if self._resting_until.get(engine.name, 0.0) <= self.clock()]
        reasons = []
        for engine in awake or able:
            try:
                result = engine.recognize(pcm, language=language, with_words=with_words)
            except EngineUnavailable as error:
                log.warning("speech recognition falls back: %s", error)
                self.degraded[engine.name] = error.reason
                self._resting_until[engine.name] = self.clock() + self.rest_seconds
                reasons.append(str(error))
            else:
                self.degraded.pop(engine.name, None)
                self._resting_until.pop(engine.name, None)
                return result
        known = "; ".join(reasons) or f"no engine for the language {language!r} is set up"
        raise EngineUnavailable(self.name, known)

    def warm_up(self) -> None:
        """Load the first engine that can be loaded, so that the first caller does not wait for it."""
        for engine in self.engines:
            try:
                engine.warm_up()
            except PortError as error:
                log.warning("speech recognition falls back: %s", error)
                self.degraded[engine.name] = error.reason
            else:
                return

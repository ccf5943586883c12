"""Recognition by a Whisper model that is held in memory: English, French, word times and probabilities.

Whisper pads every recording to 30 seconds and spends most of its time there. CTranslate2 accepts shorter features, so
an utterance is decoded with a window of its own length and 6 seconds more: half the time at the same word error rate.
With less than 4 seconds more the base model repeats itself and invents. Word times come from aligning the text with
the same encoder output (30 ms) and agree with those of the full window to a few hundredths of a second.
"""

from __future__ import annotations

import logging
import os
import threading
import zlib
from dataclasses import dataclass, replace
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from speech_recognition import AudioData
from speech_recognition.recognizers.whisper_local.base import WhisperCompatibleRecognizer

from trainer.adapters.speech.models import MODEL_FOLDER, missing_model
from trainer.adapters.speech.recognizer import BaseRecognizer, Heard, Utterance
from trainer.adapters.speech.voice_activity import pieces
from trainer.ports import PCM_RATE, EngineUnavailable, RecognizedWord

if TYPE_CHECKING:
    from faster_whisper import WhisperModel
    from faster_whisper.tokenizer import Tokenizer

log = logging.getLogger(__name__)

LANGUAGES = frozenset({"en", "fr"})
_EXTRA_FRAMES = 600
_WINDOW_FRAMES = 3000
_FRAMES_A_SECOND = 100
_LONGEST_PIECE = 22.0
_BEAM = 5
_TOKENS_A_SECOND, _SPARE_TOKENS, _MOST_TOKENS = 9, 20, 220
"""Nobody speaks faster: a model that loops is stopped here instead of making a caller wait for its inventions."""
_LOWEST_LOG_PROB = -1.0
_MOST_REPETITION = 2.4
"""Both thresholds are Whisper's own (log probability a token, ratio of zlib compression)."""
_NO_SPEECH = 0.6
_SURE_OF_LANGUAGE = 0.6
_CERTAIN_OF_LANGUAGE = 0.9
_SHORTEST_FOR_LANGUAGE = 1.0
_UNSURE = 0.2
"""Confidence of a text that loops even in the full window: a person has to listen."""
_BEFORE, _AFTER = "\"'“¿([{-«", "\"'.。,，!！?？:：”)]}、»"


@dataclass(frozen=True, slots=True)
class Decoded:
    """One piece of audio decoded: times are seconds from the piece's start, `log_prob` is the mean of its tokens.

    `languages` are the likeliest ones spoken with their probabilities.
    """

    text: str
    words: tuple[RecognizedWord, ...]
    log_prob: float
    no_speech: float
    languages: tuple[tuple[str, float], ...] = ()

    @property
    def repeats(self) -> bool:
        text = self.text.encode()
        return len(text) > 40 and len(text) / len(zlib.compress(text)) > _MOST_REPETITION

    @property
    def doubtful(self) -> bool:
        return self.log_prob < _LOWEST_LOG_PROB or self.repeats


class HeldWhisper:
    """The model, in the shape that the SpeechRecognition library asks of a Whisper implementation."""

    def __init__(self, model: WhisperModel) -> None:
        self.model = model

    def transcribe(self, audio_array: np.ndarray, **options: Any) -> dict[str, Any]:
        """Decode float audio at 16 kHz, at most 24 s. `options`: language. Gives text, segments and language."""
        language = str(options["language"])
        audio = audio_array.astype(np.float32)
        decoded = self.short_window(audio, language)
        if decoded.doubtful:
            log.info("the short window is doubtful (%.2f): decoding with the full one", decoded.log_prob)
            again = self.full_window(audio, language, decoded)
            if decoded.repeats or again.log_prob > decoded.log_prob:
                decoded = again
        return {"text": decoded.text, "segments": [decoded], "language": language}

    def short_window(self, audio: np.ndarray, language: str) -> Decoded:
        """Decode with a window of the audio's length and 6 s more."""
        features = self.model.feature_extractor(audio)
        frames = features.shape[1]
        window = min(_WINDOW_FRAMES, (frames + _EXTRA_FRAMES) // 2 * 2)
        padded = np.zeros((features.shape[0], window), dtype=np.float32)
        padded[:, : min(frames, window)] = features[:, :window]
        encoded = self.model.encode(padded)
        found = self.model.model.detect_language(encoded)[0][:2]
        languages = tuple((token.strip("<|>"), float(probability)) for token, probability in found)
        tokenizer = self._tokenizer(_spoken(languages, language, frames))
        result = self.model.model.generate(
            encoded,
            [[*tokenizer.sot_sequence, tokenizer.no_timestamps]],
            beam_size=_BEAM,
            max_length=_longest_text(frames),
            return_scores=True,
            return_no_speech_prob=True,
        )[0]
        tokens = [token for token in result.sequences_ids[0] if token < tokenizer.eot]
        return Decoded(
            text=tokenizer.decode(tokens).strip(),
            words=self._aligned(tokenizer, tokens, encoded, min(frames, window)),
            log_prob=float(result.scores[0]),
            no_speech=float(result.no_speech_prob),
            languages=languages,
        )

    def full_window(self, audio: np.ndarray, language: str, first: Decoded) -> Decoded:
        """Decode as faster-whisper does by itself, without repetition of five tokens: twice as slow."""
        frames = audio.size * _FRAMES_A_SECOND // PCM_RATE
        found, _ = self.model.transcribe(
            audio,
            language=_spoken(first.languages, language, frames),
            beam_size=_BEAM,
            temperature=[0.0],
            no_repeat_ngram_size=5,
            max_new_tokens=_longest_text(frames),
            word_timestamps=True,
            condition_on_previous_text=False,
        )
        segments = list(found)
        words = [word for segment in segments for word in segment.words or ()]
        return Decoded(
            text="".join(segment.text for segment in segments).strip(),
            words=tuple(_word(word.word, word.start, word.end, word.probability) for word in words),
            log_prob=float(np.mean([s.avg_logprob for s in segments])) if segments else _LOWEST_LOG_PROB,
            no_speech=first.no_speech if segments else 1.0,
            languages=first.languages,
        )

    def _tokenizer(self, language: str) -> Tokenizer:
        from faster_whisper.tokenizer import Tokenizer

        return Tokenizer(self.model.hf_tokenizer, True, task="transcribe", language=language)

    def _aligned(self, tokenizer: Any, tokens: list[int], encoded: Any, frames: int) -> tuple[RecognizedWord, ...]:
        from faster_whisper.transcribe import merge_punctuations

        if not tokens:
            return ()
        alignment = self.model.find_alignment(tokenizer, [tokens], encoded, frames)[0]
        probabilities = [word["probability"] for word in alignment]
        ends = [word["end"] for word in alignment]
        merge_punctuations(alignment, _BEFORE, _AFTER)
        # A full stop lasts until the next word and is always unsure: the word keeps its own end and probability.
        return tuple(
            _word(word["word"], word["start"], end, probability)
            for word, end, probability in zip(alignment, ends, probabilities, strict=True)
            if word["word"].strip()
        )


def _longest_text(frames: int) -> int:
    return min(_MOST_TOKENS, _SPARE_TOKENS + _TOKENS_A_SECOND * frames // _FRAMES_A_SECOND)


def _spoken(languages: tuple[tuple[str, float], ...], asked: str, frames: int) -> str:
    """The language to write down. Told to write French, the model turns English speech into invented French.

    So a certain finding of our other language wins over the language of the call.
    """
    found, probability = languages[0] if languages else (asked, 0.0)
    long_enough = frames >= _SHORTEST_FOR_LANGUAGE * _FRAMES_A_SECOND
    return found if found in LANGUAGES and probability >= _CERTAIN_OF_LANGUAGE and long_enough else asked


def _word(word: str, start: float, end: float, probability: float) -> RecognizedWord:
    return RecognizedWord(word.strip(), round(float(start), 2), round(float(end), 2), round(float(probability), 3))


class WhisperRecognizer(BaseRecognizer):
    """faster-whisper, int8, one model for the whole process, loaded at first use.

    `model` is a folder or a name that faster-whisper knows; "" means the installed base model below `models`.
    """

    name = "whisper"
    languages = LANGUAGES

    def __init__(self, *, models: Path, model: str = "", cpu_threads: int = 2) -> None:
        self.model = model or str(models / MODEL_FOLDER)
        self.installed_here = not model
        self.cpu_threads = cpu_threads
        self._held: HeldWhisper | None = None
        self._loading = threading.Lock()

    @property
    def engine(self) -> str:
        return f"{Path(self.model).name} (int8, faster-whisper {version('faster-whisper')})"

    def warm_up(self) -> None:
        self.held()

    def held(self) -> HeldWhisper:
        """The model, loaded once. Raises EngineUnavailable."""
        with self._loading:
            if self._held is None:
                self._held = HeldWhisper(self._load())
            return self._held

    def _load(self) -> WhisperModel:
        missing = missing_model(Path(self.model)) if self.installed_here else ""
        if missing:
            raise EngineUnavailable(self.name, missing)
        _let_idle_threads_sleep()
        from faster_whisper import WhisperModel

        try:
            return WhisperModel(self.model, device="cpu", compute_type="int8", cpu_threads=self.cpu_threads)
        except Exception as error:  # the library raises what its hub client, its tokenizer and CTranslate2 raise
            raise EngineUnavailable(self.name, f"the model {self.model!r} cannot be loaded: {error}") from error

    def _hear(self, utterance: Utterance) -> Heard:
        front = WhisperCompatibleRecognizer(self.held())
        texts: list[str] = []
        words: list[RecognizedWord] = []
        most = 1.0
        languages: tuple[tuple[str, float], ...] = ()
        for start, pcm in pieces(utterance.pcm, utterance.spans, _LONGEST_PIECE):
            audio = AudioData(pcm, PCM_RATE, 2)
            decoded: Decoded = front.recognize(audio, show_dict=True, language=utterance.language)["segments"][0]
            if decoded.no_speech > _NO_SPEECH and decoded.log_prob < _LOWEST_LOG_PROB:
                continue
            languages = languages or decoded.languages
            most = min(most, _UNSURE) if decoded.doubtful else most
            texts.append(decoded.text)
            words += [
                replace(word, start=round(word.start + start, 2), end=round(word.end + start, 2))
                for word in decoded.words
            ]
        spoken = sum(span.seconds for span in utterance.spans)
        text = " ".join(filter(None, texts))
        return Heard(text, min(most, _confidence(words)), tuple(words), _detected(languages, spoken))


def _let_idle_threads_sleep() -> None:
    """Before CTranslate2 is loaded: its OpenMP threads wait for each other in a loop that burns their core. Beside other
    work on the same cores (voices being rendered, a second caller) that made a turn of 5 s take 12 to 34 s to decode;
    asleep they take .5 s (2 cores, five busy programs beside). Whoever set these variables knows better."""
    os.environ.setdefault("KMP_BLOCKTIME", "0")
    os.environ.setdefault("OMP_WAIT_POLICY", "passive")


def _confidence(words: list[RecognizedWord]) -> float:
    """Mean probability of the words, each counted by its letters: a doubtful name weighs more than a doubtful "a"."""
    letters = sum(len(word.word) for word in words)
    return round(sum(word.confidence * len(word.word) for word in words) / letters, 3) if letters else 0.0


def _detected(languages: tuple[tuple[str, float], ...], spoken_seconds: float) -> str | None:
    """The language spoken, where there is enough speech to tell and the model is sure."""
    if not languages or spoken_seconds < _SHORTEST_FOR_LANGUAGE or languages[0][1] < _SURE_OF_LANGUAGE:
        return None
    return languages[0][0]

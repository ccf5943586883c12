"""Recognition by pocketsphinx: English only, its model comes with the library, so it works on every machine."""

from __future__ import annotations

import re
import warnings
from importlib.metadata import version

from speech_recognition import Recognizer

from trainer.adapters.speech.recognizer import BaseRecognizer, Heard, Utterance
from trainer.ports import RecognizedWord

_FRAMES_A_SECOND = 100
_NO_WORD = re.compile(r"^[<\[+].*")
_VARIANT = re.compile(r"\(\d+\)$")


class SphinxRecognizer(BaseRecognizer):
    """`recognize_sphinx` of the SpeechRecognition library, with the decoder's word times and probabilities."""

    name = "sphinx"
    languages = frozenset({"en"})

    @property
    def engine(self) -> str:
        return f"pocketsphinx {version('pocketsphinx')} (en-US)"

    def _hear(self, utterance: Utterance) -> Heard:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)
            decoder = Recognizer().recognize_sphinx(utterance.audio, language="en-US", show_all=True)
        words = tuple(
            RecognizedWord(
                _VARIANT.sub("", part.word),
                part.start_frame / _FRAMES_A_SECOND,
                (part.end_frame + 1) / _FRAMES_A_SECOND,
                round(min(1.0, float(part.prob)), 3),
            )
            for part in decoder.seg() or ()
            if not _NO_WORD.match(part.word)
        )
        if not words:
            return Heard("", 0.0)
        confidence = sum(word.confidence for word in words) / len(words)
        return Heard(" ".join(word.word for word in words), round(confidence, 3), words)

"""Recognition by Google's speech service, only where a setting asks for it: recordings then leave the machine."""

from __future__ import annotations

from speech_recognition import Recognizer

from trainer.adapters.speech.recognizer import BaseRecognizer, Heard, Utterance

_TAGS = {"en": "en-GB", "fr": "fr-FR"}


class GoogleRecognizer(BaseRecognizer):
    """`recognize_google` of the SpeechRecognition library. It gives no word times."""

    name = "google"
    languages = frozenset(_TAGS)
    patience_seconds = 12.0

    def __init__(self, *, key: str = "") -> None:
        self.key = key or None

    def _hear(self, utterance: Utterance) -> Heard:
        client = Recognizer()
        client.operation_timeout = 10
        text, confidence = client.recognize_google(
            utterance.audio, key=self.key, language=_TAGS[utterance.language], with_confidence=True
        )
        return Heard(str(text), round(float(confidence), 3))

"""Sound of lessons and questions, as WAV."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Response, abort

from trainer.domain.questions import Line, Question
from trainer.services.lesson_audio import customer_voices, speak
from trainer.web import context
from trainer.web.languages import page_language
from trainer.web.sounds import wav_response


def can_be_heard(question: Question) -> bool:
    """Whether a voice works here in the page's language; its first line is spoken to see, or was long ago."""
    voices = customer_voices(question.voice)
    return speak(context.ports(), question.lines[:1], voices, page_language(), question.id) is not None


def spoken(lines: Sequence[Line], voices: Sequence[str], seed: str) -> Response:
    """The lines over a telephone; 404 where no voice works."""
    audio = speak(context.ports(), lines, voices, page_language(), seed)
    if audio is None:
        abort(404)
    return wav_response(audio.wav)


def question_audio(question: Question) -> Response:
    """The customer of a question; 404 where nobody speaks."""
    if not question.lines:
        abort(404)
    return spoken(question.lines, customer_voices(question.voice), question.id)

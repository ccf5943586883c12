"""No emotion is inferred from a voice. Grading sees words, their times, the recognizer's confidence, and nothing else
of the sound: what enters a grade is listed here, and code that could read more out of a voice is not let in."""

from __future__ import annotations

import ast
import re
from dataclasses import fields
from pathlib import Path

import pytest

from tests.factories.cases import good_call, reply_grade
from trainer.domain.events import EVENT_TYPES
from trainer.domain.grade import Evidence
from trainer.domain.grading.call_reading import Turn, Word
from trainer.domain.understanding import Understanding
from trainer.ports import Recognition, RecognizedWord

ROOT = Path(__file__).resolve().parents[2]
GRADING = [
    ROOT / "trainer/domain/grade.py",
    ROOT / "trainer/domain/events.py",
    ROOT / "trainer/domain/understanding.py",
    *sorted((ROOT / "trainer/domain/grading").rglob("*.py")),
    *sorted((ROOT / "trainer/domain/dialogue").rglob("*.py")),
    *sorted((ROOT / "trainer/language").rglob("*.py")),
    *sorted((ROOT / "trainer/services").glob("*grading.py")),
]
SOUND_LIBRARIES = {
    "soundfile", "librosa", "parselmouth", "opensmile", "pyworld", "torchaudio", "wave", "audioop", "soxr", "scipy",
    "webrtcvad", "speechbrain", "pyaudio", "essentia", "crepe",
}  # fmt: skip
OF_THE_VOICE = re.compile(
    r"(?:^|_)(?:pitch|f0|formants?|prosod\w*|intonation|timbre|jitter|shimmer|mfccs?|spectr\w*|loudness|valence|arousal"
    r"|emotions?|emotional|mood|sentiment|stress_level|anger|happiness|sadness|tone_of_voice|voice_quality)(?:_|$)"
)
FIGURES = {
    "turns", "words", "talk_share", "handle_time_s", "hold_s", "wrap_up_s", "talk_time_s", "words_per_minute",
    "fillers_per_minute", "fillers_per_100_words", "fillers", "long_pauses", "longest_pause_s", "talk_over_count",
    "dead_air_s", "longest_silence_s",
}  # fmt: skip
"""Every figure a grade may hold: counts, times and rates."""


def names_in(path: Path) -> set[str]:
    """Names of variables, attributes, functions, arguments and keys; words of comments and texts are free."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Name):
            found.add(node.id)
        elif isinstance(node, ast.Attribute):
            found.add(node.attr)
        elif isinstance(node, ast.arg):
            found.add(node.arg)
        elif isinstance(node, ast.FunctionDef | ast.ClassDef):
            found.add(node.name)
        elif isinstance(node, ast.keyword) and node.arg:
            found.add(node.arg)
    return {re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).lower() for name in found}


def imports_of(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module.split(".")[0])
    return found


@pytest.mark.parametrize("path", GRADING, ids=lambda path: str(path.relative_to(ROOT)))
def test_grading_reads_nothing_out_of_a_voice(path: Path) -> None:
    assert not imports_of(path) & SOUND_LIBRARIES
    assert not [name for name in names_in(path) if OF_THE_VOICE.search(name)]


def test_guard_would_see_a_feature_of_the_voice(tmp_path: Path) -> None:
    path = tmp_path / "bad.py"
    path.write_text("import librosa\ndef mean_pitch(turn):\n    return turn.speakerEmotion\n", encoding="utf-8")
    assert imports_of(path) & SOUND_LIBRARIES
    assert {name for name in names_in(path) if OF_THE_VOICE.search(name)} == {"mean_pitch", "speaker_emotion"}


def test_log_keeps_words_and_times_of_an_utterance_and_nothing_of_its_sound() -> None:
    assert EVENT_TYPES["operator_utterance"] == {
        "turn_id", "text", "source", "words", "confidence", "engine", "audio", "free_ms", "started_ms", "ended_ms",
        "detected_language", "interrupted_customer", "heard_ms", "gap_ms",
    }  # fmt: skip
    assert {f.name for f in fields(RecognizedWord)} == {"word", "start", "end", "confidence"}
    assert {f.name for f in fields(Recognition)} == {
        "text", "words", "confidence", "language", "detected_language", "engine", "audio_seconds", "seconds",
    }  # fmt: skip


def test_grading_gets_words_and_times_of_a_turn_and_nothing_of_its_sound() -> None:
    assert {f.name for f in fields(Word)} == {"text", "start", "end", "confidence"}
    assert {f.name for f in fields(Turn)} == {
        "number", "seq", "text", "recognized", "spoken", "words", "confidence", "start", "end", "interrupted", "heard",
        "understanding",
    }  # fmt: skip
    assert {f.name for f in fields(Understanding)} == {
        "text", "language", "speaker", "primary", "acts", "question", "reflection", "reflected", "move", "entities",
        "claims", "promises", "topics", "confidence", "version", "remarks", "matter", "figures",
    }  # fmt: skip
    assert {f.name for f in fields(Evidence)} == {"quote", "rule", "confidence", "seq", "audio_from", "audio_to"}


def test_grade_holds_counts_times_and_rates_only() -> None:
    grade = good_call(spoken=True).wrap_up().grade(s5=reply_grade())
    assert set(grade.figures) == FIGURES

"""What every synthesizer promises: each local engine, the chain with its cache, and their scripted twin."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.adapters import speech_material as material
from tests.fakes import ScriptedSynthesizer
from trainer.adapters.files import LocalFileStore
from trainer.adapters.speech import build_synthesizer
from trainer.adapters.speech.audio import level, read_audio, to_samples
from trainer.adapters.speech.programs import EspeakSynthesizer, FliteSynthesizer
from trainer.adapters.speech.synthesizer import SynthesizerChain
from trainer.ports import EngineUnavailable, SpeechSynthesizer, Voice

PORT = SpeechSynthesizer
ADAPTERS = (EspeakSynthesizer, FliteSynthesizer, SynthesizerChain, ScriptedSynthesizer)
LINE = "Hello, I am calling because my bill is much higher than usual."


@pytest.fixture(params=ADAPTERS)
def synthesizer(request: pytest.FixtureRequest, tmp_path: Path) -> SpeechSynthesizer:
    if request.param is SynthesizerChain:
        return build_synthesizer(files=LocalFileStore(str(tmp_path)))
    return request.param()


@pytest.mark.parametrize(("line", "rate"), [("telephone", 8_000), ("clear", 16_000)])
@pytest.mark.parametrize("sex", ["female", "male"])
def test_a_line_is_a_whole_wav_file_with_sound(synthesizer: SpeechSynthesizer, line: str, rate: int, sex: str) -> None:
    spoken = synthesizer.say(LINE, Voice("en", sex), line=line)
    channels, width, file_rate, seconds = material.shape_of(spoken.wav)
    assert (channels, width, file_rate) == (1, 2, rate)
    assert spoken.seconds == pytest.approx(seconds, abs=0.01)
    assert 1.0 < seconds < 15.0
    assert -35 < level(to_samples(read_audio(spoken.wav))) < -10
    assert spoken.engine


def test_the_same_line_has_the_same_bytes(synthesizer: SpeechSynthesizer) -> None:
    said = [synthesizer.say(LINE, Voice("en"), difficulty=4).wav for _ in range(2)]
    assert said[0] == said[1]


def test_another_voice_or_line_has_other_bytes(synthesizer: SpeechSynthesizer) -> None:
    wavs = {
        synthesizer.say(LINE, Voice("en")).wav,
        synthesizer.say(LINE, Voice("en", "male")).wav,
        synthesizer.say(LINE, Voice("en"), difficulty=5).wav,
        synthesizer.say("Goodbye.", Voice("en")).wav,
    }
    assert len(wavs) == 4


@pytest.mark.parametrize(
    ("text", "options", "why"),
    [
        ("  ", {}, "empty"),
        ("word " * 500, {}, "longer than"),
        ("hello", {"line": "fax"}, "telephone or clear"),
        ("hello", {"difficulty": 6}, "1 to 5"),
    ],
)
def test_a_line_that_nobody_could_say_is_the_callers_mistake(
    synthesizer: SpeechSynthesizer, text: str, options: dict, why: str
) -> None:
    with pytest.raises(ValueError, match=why):
        synthesizer.say(text, Voice("en"), **options)


def test_an_unknown_language_is_unavailable(synthesizer: SpeechSynthesizer) -> None:
    with pytest.raises(EngineUnavailable):
        synthesizer.say("hello", Voice("xx"))


@pytest.mark.parametrize("text", ["--help", "-o /tmp/x", "$(id) `id` ; <b>&", "ligne\ndeux", "naïve café – “quoted”…"])
def test_a_text_is_only_ever_spoken(synthesizer: SpeechSynthesizer, text: str) -> None:
    assert synthesizer.say(text, Voice("en")).seconds > 0.2

"""Voices: whether they can be understood, the cache and the fallback.

What every synthesizer promises is in test_contract_synthesizer.py.
"""

from __future__ import annotations

import re
import stat
from pathlib import Path

import gtts
import pytest

from tests.adapters import speech_material as material
from tests.fakes import ScriptedSynthesizer
from trainer.adapters.files import LocalFileStore
from trainer.adapters.speech import SpokenLine, build_synthesizer
from trainer.adapters.speech.audio import read_audio
from trainer.adapters.speech.cache import CachedSynthesizer
from trainer.adapters.speech.gtts_voice import GttsSynthesizer
from trainer.adapters.speech.programs import EspeakSynthesizer, FliteSynthesizer, PiperSynthesizer
from trainer.adapters.speech.synthesizer import SynthesizerChain
from trainer.ports import EngineUnavailable, SpeechSynthesizer, StorageFull, Voice

LINE = "Hello, I am calling because my bill is much higher than usual."


def heard_from(text: str, sex: str) -> str:
    wav = build_synthesizer().say(text, Voice("en", sex), line="clear").wav
    return material.whisper().recognize(read_audio(wav), language="en").text


@pytest.mark.parametrize("sex", ["female", "male"])
def test_the_english_voices_can_be_understood(sex: str) -> None:
    lines = [
        LINE,
        "I still have not received my parcel and I have been waiting for two weeks.",
        "I would like to speak to your manager, this situation is unacceptable.",
    ]
    assert material.word_error_rate(lines, [heard_from(line, sex) for line in lines]) <= 0.1


def test_a_reference_can_be_noted_digit_by_digit() -> None:
    heard = heard_from("My order number is AB-407192.", "male")
    assert re.sub(r"\D", "", heard) == "407192"


def test_french_is_spoken_by_both_voices() -> None:
    voice = build_synthesizer()
    female, male = (
        voice.say("Bonjour, je vous appelle pour ma facture.", Voice("fr", sex)) for sex in ("female", "male")
    )
    assert female.wav != male.wav
    assert "espeak-ng" in female.engine
    assert voice.speaks_with(Voice("fr")) == female.engine


def test_a_slower_voice_takes_longer() -> None:
    for engine in (FliteSynthesizer(), EspeakSynthesizer()):
        slow, fast = (engine.say(LINE, Voice("en", rate=rate)).seconds for rate in (0.8, 1.25))
        assert slow > fast * 1.2
    with pytest.raises(ValueError, match="rate"):
        FliteSynthesizer().say(LINE, Voice("en", rate=9))


@pytest.mark.parametrize(
    "engine", [FliteSynthesizer(), EspeakSynthesizer(), PiperSynthesizer({"en": "/no/voice.onnx"})]
)
def test_a_missing_program_or_voice_is_unavailable(monkeypatch: pytest.MonkeyPatch, engine: SpeechSynthesizer) -> None:
    from trainer.adapters.speech import programs

    programs._version.cache_clear()
    monkeypatch.setenv("PATH", "/nonexistent")
    with pytest.raises(EngineUnavailable, match=r"not installed|not there"):
        engine.say(LINE, Voice("en"))
    programs._version.cache_clear()


def test_espeak_speaks_when_flite_is_missing_and_it_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(*_: object) -> None:
        raise FileNotFoundError(2, "No such file", "flite")

    monkeypatch.setattr(FliteSynthesizer, "_render", missing)
    voice = build_synthesizer()
    assert "espeak-ng" in voice.say(LINE, Voice("en")).engine
    assert "flite" in voice.degraded["flite"]


def test_gtts_is_unavailable_without_a_network_and_the_local_voice_speaks(monkeypatch: pytest.MonkeyPatch) -> None:
    def offline(*_: object) -> None:
        raise gtts.gTTSError("Failed to connect")

    monkeypatch.setattr(gtts.gTTS, "write_to_fp", offline)
    voice = build_synthesizer(engines=("gtts", "local"))
    assert "flite" in voice.say(LINE, Voice("en")).engine
    assert "Failed to connect" in voice.degraded["gtts"]


def test_gtts_gives_the_sound_that_the_service_sends(monkeypatch: pytest.MonkeyPatch) -> None:
    sent = material.file_of(material.flite("Hello there."), kind="MP3", width="MPEG_LAYER_III")
    monkeypatch.setattr(gtts.gTTS, "write_to_fp", lambda self, file: file.write(sent))
    assert GttsSynthesizer().say("Hello there.", Voice("en")).seconds > 0.5


def test_piper_speaks_with_the_organisations_voice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A program with piper's options stands in: the voice files themselves are the organisation's."""
    program = tmp_path / "piper"
    program.write_text('#!/bin/sh\ncat > "$0.said"\necho "$@" > "$0.asked"\nespeak-ng -w "$6" hello\n')
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    (tmp_path / "voix.onnx").write_bytes(b"voice")
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    voice = build_synthesizer(piper_voices={"fr": str(tmp_path / "voix.onnx")})
    assert voice.say("Cela fait 14,90 €.", Voice("fr")).engine.startswith("piper voix")
    assert (tmp_path / "piper.said").read_text() == "Cela fait quatorze euros quatre-vingt-dix.\n"
    assert str(tmp_path / "voix.onnx") in (tmp_path / "piper.asked").read_text()


@pytest.fixture
def files(tmp_path: Path) -> LocalFileStore:
    return LocalFileStore(str(tmp_path))


def test_a_line_is_rendered_once_and_then_read(files: LocalFileStore) -> None:
    scripted = ScriptedSynthesizer()
    scripted.engine = lambda voice: f"scripted {voice.sex}"  # type: ignore[attr-defined]
    voice = SynthesizerChain([CachedSynthesizer(scripted, files)])
    lines = [SpokenLine(LINE, Voice("en")), SpokenLine("Goodbye.", Voice("en")), SpokenLine(LINE, Voice("en"))]
    assert voice.prepare(iter(lines)) == 3
    assert len(scripted.said) == 2
    again = voice.say(LINE, Voice("en"))
    assert len(scripted.said) == 2
    assert again.wav == scripted.say(LINE, Voice("en")).wav
    assert again.seconds == pytest.approx(material.shape_of(again.wav)[3], abs=0.01)
    assert all(key.startswith("voice/") and key.endswith(".wav") for key in files.keys(""))


def test_a_line_is_rendered_anew_when_voice_line_or_engine_differ(files: LocalFileStore) -> None:
    cached = CachedSynthesizer(FliteSynthesizer(), files)
    usual = {"line": "telephone", "difficulty": 1}
    keys = {
        cached.key(LINE, Voice("en"), **usual),
        cached.key(LINE + " ", Voice("en"), **usual),
        cached.key(LINE, Voice("en", "male"), **usual),
        cached.key(LINE, Voice("en", rate=1.1), **usual),
        cached.key(LINE, Voice("en"), line="telephone", difficulty=2),
        cached.key(LINE, Voice("en"), line="clear", difficulty=1),
        CachedSynthesizer(EspeakSynthesizer(), files).key(LINE, Voice("en"), **usual),
    }
    assert len(keys) == 7
    clear = [cached.key(LINE, Voice("en"), line="clear", difficulty=d) for d in (1, 5)]
    assert clear[0] == clear[1]


def test_a_damaged_line_is_rendered_again(files: LocalFileStore) -> None:
    voice = build_synthesizer(files=files)
    first = voice.say(LINE, Voice("en"))
    (key,) = files.keys("voice/")
    files.write(key, first.wav[:100])
    assert voice.say(LINE, Voice("en")).wav == first.wav
    assert files.read(key) == first.wav


def test_a_line_is_heard_even_when_the_disk_is_full(files: LocalFileStore, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise StorageFull("files", "the disk is full")

    monkeypatch.setattr(files, "write", full)
    assert build_synthesizer(files=files).say(LINE, Voice("en")).seconds > 1


def test_the_engine_that_a_voice_names_speaks_first() -> None:
    assert "espeak-ng" in build_synthesizer().say(LINE, Voice("en", engine="espeak")).engine


def test_an_unknown_engine_is_named_when_building() -> None:
    with pytest.raises(ValueError, match="'parrot' is no voice engine"):
        build_synthesizer(engines=("parrot",))

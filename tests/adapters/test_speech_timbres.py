"""People on the line: voices that can be told apart, accents, age, and voice files by sex."""

from __future__ import annotations

import itertools
from pathlib import Path

import numpy as np
import pytest

from trainer.adapters.speech import build_synthesizer
from trainer.adapters.speech.accents import ACCENTS, accent_of
from trainer.adapters.speech.audio import Samples, read_wav, to_samples
from trainer.adapters.speech.programs import EspeakSynthesizer, FliteSynthesizer, PiperSynthesizer
from trainer.adapters.speech.timbres import espeak_voice, flite_voice
from trainer.ports import PCM_RATE, TIMBRES, Voice

SAID = {
    "en": "Hello, I am calling because my bill is much higher than usual.",
    "fr": "Bonjour, je vous appelle parce que ma facture est bien plus élevée que d'habitude.",
}


def spoken(voice: Voice) -> Samples:
    return to_samples(read_wav(build_synthesizer().say(SAID[voice.language], voice, line="clear").wav)[0])


def pitch(sound: Samples) -> float:
    """Median fundamental of voiced frames of 40 ms in Hz, by their autocorrelation."""
    count, found = PCM_RATE // 25, []
    for start in range(0, sound.size - count, count):
        frame = sound[start : start + count] * np.hanning(count)
        if np.sqrt(np.mean(frame**2)) < 0.02:
            continue
        alike = np.fft.irfft(np.abs(np.fft.rfft(frame, 4 * count)) ** 2)[:count]
        low, high = PCM_RATE // 400, PCM_RATE // 60
        best = low + int(np.argmax(alike[low:high]))
        if alike[best] > 0.4 * alike[0]:
            found.append(PCM_RATE / best)
    return float(np.median(found))


def colour(sound: Samples) -> np.ndarray:
    """The long-term spectrum in 21 bands of 200 to 6000 Hz, in dB around its mean."""
    power = np.abs(np.fft.rfft(sound)) ** 2
    hertz = np.fft.rfftfreq(sound.size, 1 / PCM_RATE)
    edges = np.geomspace(200, 6000, 22)
    bands = [10 * np.log10(power[(hertz >= a) & (hertz < b)].sum() + 1e-9) for a, b in itertools.pairwise(edges)]
    return np.array(bands) - np.mean(bands)


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("sex", ["female", "male"])
def test_people_of_one_sex_differ_in_pitch_or_colour(language: str, sex: str) -> None:
    people = [spoken(Voice(language, sex, timbre=timbre)) for timbre in range(TIMBRES)]
    for one, other in itertools.combinations(people, 2):
        higher = abs(np.log(pitch(one) / pitch(other)))
        coloured = float(np.mean(np.abs(colour(one) - colour(other))))
        # Of 8 % of pitch or 3 dB in each band, half as much again has to be reached together.
        assert higher / 0.08 + coloured / 3 > 1.5
    for person in people:
        assert (120 < pitch(person) < 260) if sex == "female" else (75 < pitch(person) < 135)
        assert 3.0 < person.size / PCM_RATE < 7.0


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("sex", ["female", "male"])
def test_old_person_is_slower_and_no_higher(language: str, sex: str) -> None:
    usual, old = (spoken(Voice(language, sex, rate, pitch=lower)) for rate, lower in ((1.0, 1.0), (0.86, 0.93)))
    assert old.size > 1.1 * usual.size
    assert pitch(old) < 1.005 * pitch(usual)


ACCENTED = {
    ("a strong Glasgow accent", "en"): "scottish",
    ("Scottish", "en"): "scottish",
    ("us", "en"): "american",
    ("New York", "en"): "new york",
    ("from Yorkshire", "en"): "northern",
    ("northern English", "en"): "northern",
    ("Brummie", "en"): "midlands",
    ("RP", "en"): "british",
    ("Jamaican", "en"): "caribbean",
    ("belge", "fr"): "belgian",
    ("Genève", "fr"): "swiss",
    ("Québécois", "fr"): "",
    ("belge", "en"): "",
    ("", "en"): "",
    ("must be bussed", "en"): "",
}


@pytest.mark.parametrize(("text", "language"), ACCENTED)
def test_accent_in_an_authors_words_is_one_that_engines_have(text: str, language: str) -> None:
    found = accent_of(text, language)
    assert found == ACCENTED[text, language]
    assert not found or found in ACCENTS[language]


def test_every_accent_is_spoken_by_an_engine() -> None:
    for language, accents in ACCENTS.items():
        voices = {espeak_voice(Voice(language, accent=accent)).voice for accent in accents}
        assert len(voices) == len(accents)
        for accent in accents:
            assert EspeakSynthesizer().say("Allo, 12.", Voice(language, accent=accent), line="clear").seconds > 0.3
    assert flite_voice(Voice("en", "male", accent="scottish")).voice == "awb"
    assert flite_voice(Voice("en", "female", accent="scottish")).voice == "slt"
    assert "awb" in build_synthesizer().speaks_with(Voice("en", "male", accent="Glaswegian"))


def test_speed_stays_what_was_asked_for_whatever_the_throat() -> None:
    lengths = [FliteSynthesizer().say(SAID["en"], Voice("en", timbre=n), line="clear").seconds for n in range(TIMBRES)]
    assert max(lengths) < 1.05 * min(lengths)


@pytest.mark.parametrize("wrong", [{"timbre": TIMBRES}, {"timbre": -1}, {"pitch": 0.1}, {"pitch": 9.0}])
def test_voice_that_nobody_has_is_the_callers_mistake(wrong: dict[str, float]) -> None:
    with pytest.raises(ValueError, match="it must be"):
        FliteSynthesizer().say("Hello.", Voice("en", **wrong))  # type: ignore[arg-type]


def test_piper_speaks_for_the_sex_that_it_has_a_file_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("jean", "anne"):
        (tmp_path / f"{name}.onnx").write_bytes(b"voice")
    program = tmp_path / "piper"
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    both = PiperSynthesizer({"fr-male": str(tmp_path / "jean.onnx"), "fr-female": str(tmp_path / "anne.onnx")})
    assert ["jean" in both.engine(Voice("fr", sex)) for sex in ("male", "female")] == [True, False]
    men = build_synthesizer(piper_voices={"fr-male": str(tmp_path / "jean.onnx")})
    assert men.speaks_with(Voice("fr", "male")).startswith("piper jean")
    assert men.speaks_with(Voice("fr", "female")).startswith("espeak-ng")
    anybody = PiperSynthesizer({"fr": str(tmp_path / "jean.onnx")})
    assert anybody.suits(Voice("fr", "female"))
    assert not anybody.suits(Voice("en"))

"""The telephone line: its band and codecs, what is behind a caller, bad connections, and that one still understands."""

from __future__ import annotations

import re

import numpy as np
import pytest

from tests.adapters import speech_material as material
from trainer.adapters.speech.audio import Samples, level, read_audio, resampled, to_pcm, to_samples, wav_bytes
from trainer.adapters.speech.codec import alaw, narrow
from trainer.adapters.speech.line_noise import NOISES, RATE, loop, stretch
from trainer.adapters.speech.programs import FliteSynthesizer
from trainer.adapters.speech.telephone import BELOW_SPEECH, LINE_RATE, QUALITIES, over_line
from trainer.ports import PCM_RATE, LineSound, Voice

BEHIND = [noise for noise in NOISES if noise != "none"]
LINES = (
    "I still have not received my parcel and I have been waiting for two weeks.",
    "Could you tell me whether the engineer is coming tomorrow morning?",
    "I would like to speak to your manager, this situation is unacceptable.",
    "Can I change the appointment to Thursday afternoon instead?",
    "If nothing happens by Friday, I am going to cancel the contract.",
)


def tone(hertz: float, seconds: float, loudness: float = 0.1) -> Samples:
    return (loudness * np.sin(2 * np.pi * hertz * np.arange(int(seconds * PCM_RATE)) / PCM_RATE)).astype(np.float32)


def speech() -> Samples:
    return to_samples(material.flite(LINES[0]))


def power_between(sound: Samples, low: float, high: float) -> float:
    """Share of the power between two frequencies of a sound at 8 kHz."""
    power = np.abs(np.fft.rfft(sound)) ** 2
    hertz = np.fft.rfftfreq(sound.size, 1 / LINE_RATE)
    return float(power[(hertz >= low) & (hertz <= high)].sum() / power.sum())


def test_line_carries_the_voice_band_alone() -> None:
    hiss = np.random.default_rng(1).standard_normal(3 * PCM_RATE).astype(np.float32) * np.float32(0.08)
    assert power_between(over_line([hiss], LineSound()), 220, 3480) > 0.999
    kept, lost = (level(over_line([tone(hertz, 1)], LineSound())[2000:6000]) for hertz in (1000, 150))
    assert kept == pytest.approx(level(tone(1000, 1)), abs=0.3)
    assert lost < -55


def test_line_is_as_long_as_its_pieces_with_a_breath_between() -> None:
    one, two = tone(500, 1), tone(700, 0.5)
    sound = over_line([one, two], LineSound())
    assert sound.size / LINE_RATE == pytest.approx(1 + 0.2 + 0.5 + 2 * 0.12, abs=0.06)
    between = sound[int(1.16 * LINE_RATE) : int(1.28 * LINE_RATE)]
    assert -70 < level(between) < -50


def test_alaw_is_g711() -> None:
    every = np.arange(-32_768, 32_768) / 32_768
    coded = alaw(every.astype(np.float32))
    assert len(np.unique(coded)) == 256
    assert (np.diff(coded) >= 0).all()
    # G.711 table 1a: the first interval of 0 to 2 is decoded as 1, the last of 3,968 to 4,096 as 4,032 (of 4,096).
    assert coded[32_768] * 4096 == pytest.approx(1)
    assert coded[-1] * 4096 == pytest.approx(4032)
    sine = tone(1000, 1, 0.3)
    assert level(sine) - level(alaw(sine) - sine) > 35


def test_narrow_codec_does_more_the_coarser_it_is() -> None:
    sound = resampled(speech(), PCM_RATE, LINE_RATE)
    near, far = (level(narrow(sound, coarseness) - sound) for coarseness in (0.5, 2.0))
    assert level(sound) - 16 < near + 6 < far < level(sound) + 3
    assert narrow(sound, 1.0).size == sound.size
    assert np.array_equal(narrow(sound, 1.0), narrow(sound, 1.0))
    assert narrow(sound[:0], 1.0).size == 0
    assert level(narrow(sound, 1.1)) == pytest.approx(level(sound), abs=1.5)


@pytest.mark.parametrize("noise", BEHIND)
def test_loop_is_in_the_band_and_goes_round_without_a_knock(noise: str) -> None:
    sound = loop(noise)
    assert sound.size >= 15 * RATE
    assert level(sound) == pytest.approx(-30, abs=0.1)
    assert np.abs(sound).max() < 0.7
    assert power_between(sound, 250, 3450) > 0.99
    steps = np.abs(np.diff(np.concatenate([sound, sound])))
    assert steps[sound.size - 2 : sound.size + 1].max() <= np.percentile(steps, 99.5)
    assert np.array_equal(stretch(noise, sound.size - 100, 300)[100:], sound[:200])


def peaks(sound: Samples) -> float:
    """The loudest sample over the loudness: high where single sounds stand out."""
    return float(np.abs(sound).max() / np.sqrt(np.mean(sound**2)))


def loudness_by_time(sound: Samples, seconds: float) -> list[float]:
    return [level(part) for part in np.array_split(sound, int(sound.size / RATE / seconds))]


def test_each_place_sounds_like_itself() -> None:
    # An engine has harmonics of 90 Hz and a refrigerator of 100 Hz: they stand out of what is halfway between them.
    for noise, base in (("car", 90), ("home", 100)):
        for harmonic in range(4, 8):
            at, off = (power_between(loop(noise), hertz - 12, hertz + 12) for hertz in
                       (base * harmonic, base * (harmonic + 0.5)))  # fmt: skip
            assert at > 1.8 * off
    # Traffic is low and comes and goes, people at tables talk on; keys stand out of an office.
    assert power_between(loop("street"), 250, 900) > 0.7
    passing, talking = loudness_by_time(loop("street"), 0.5), loudness_by_time(loop("cafe"), 1.0)
    assert max(passing) - min(passing) > 8
    assert max(talking) - min(talking) < 8
    assert peaks(loop("office")) > peaks(loop("car")) + 2


@pytest.mark.parametrize("noise", ["cafe", "office", "home"])
def test_nobody_says_a_word_behind_the_caller(noise: str) -> None:
    loud = resampled(loop(noise) * 2, RATE, PCM_RATE)[: 10 * PCM_RATE]
    assert re.findall(r"\w", material.whisper().recognize(to_pcm(loud), language="en").text) == []


@pytest.mark.parametrize("noise", BEHIND)
def test_what_is_behind_the_caller_lies_below_the_voice_and_goes_on_in_pauses(noise: str) -> None:
    pause = np.zeros(PCM_RATE, dtype=np.float32)
    rest = slice(
        int(LINE_RATE * (0.12 + speech().size / PCM_RATE + 0.25)),
        int(LINE_RATE * (0.12 + speech().size / PCM_RATE + 0.95)),
    )
    found = []
    for light in (False, True):
        turns = [over_line([speech(), pause, speech()], LineSound(noise, light=light, seed=str(n))) for n in range(8)]
        voice = level(turns[0][np.abs(turns[0]) > 0.01])
        found.append(voice - float(np.mean([level(turn[rest]) for turn in turns])))
    assert found[0] == pytest.approx(BELOW_SPEECH[noise], abs=5)
    assert found[1] == pytest.approx(found[0] + 7, abs=2)


def gaps(sound: Samples) -> list[float]:
    """Seconds of every stretch in which a steady tone all but disappears."""
    step = LINE_RATE // 250
    low = [level(sound[place : place + step]) < -45 for place in range(0, sound.size - step, step)]
    lengths, run = [], 0
    for now in [*low, False]:
        if now:
            run += 1
        elif run:
            lengths.append(run * step / LINE_RATE)
            run = 0
    return lengths


def test_only_a_poor_line_drops_out_and_crackles() -> None:
    steady = tone(1000, 30)
    inside = slice(LINE_RATE, 29 * LINE_RATE)
    for quality in ("good", "fair"):
        assert gaps(over_line([steady], LineSound(quality=quality))[inside]) == []
    found = gaps(over_line([steady], LineSound(quality="poor", seed="call"))[inside])
    assert 4 <= len(found) <= 20
    assert min(found) >= 0.02
    assert max(found) <= 0.25  # two may fall into each other
    assert 0.03 <= float(np.median(found)) <= 0.12
    still = np.zeros(20 * PCM_RATE, dtype=np.float32)
    quiet, crackling = (
        np.abs(over_line([still], LineSound(quality=quality, seed="call"))).max() for quality in ("fair", "poor")
    )
    assert quiet < 0.01 < 0.03 < crackling


@pytest.mark.parametrize("quality", QUALITIES)
def test_line_is_the_same_again_and_another_for_another_call(quality: str) -> None:
    one, again, other = (over_line([speech()], LineSound("cafe", quality, seed=seed)) for seed in ("a", "a", "b"))
    assert np.array_equal(one, again)
    assert not np.array_equal(one, other)


@pytest.mark.parametrize(("noise", "quality"), [("rain", "good"), ("none", "dreadful"), ("", "good"), ("street", "")])
def test_unknown_line_is_the_callers_mistake(noise: str, quality: str) -> None:
    with pytest.raises(ValueError, match="it must be one of"):
        over_line([speech()], LineSound(noise, quality))


def test_shortest_turn_passes_the_worst_line() -> None:
    for count in (0, 1, 160):
        piece = np.full(count, 0.1, dtype=np.float32)
        for seed in range(20):
            assert np.isfinite(over_line([piece], LineSound("street", "poor", seed=str(seed)))).all()


@pytest.mark.parametrize(
    ("sound", "most"),
    [(LineSound("office", "fair"), 0.1), (LineSound("street", "fair"), 0.12), (LineSound("cafe", "poor"), 0.2)],
)
def test_customer_is_understood_over_a_bad_line(sound: LineSound, most: float) -> None:
    voice = FliteSynthesizer()
    turns = [
        voice.over_line([voice.say(text, Voice("en", ("female", "male")[n % 2]), line="clear")], sound)
        for n, text in enumerate(LINES)
    ]
    heard = [material.whisper().recognize(read_audio(turn.wav), language="en").text for turn in turns]
    assert material.word_error_rate(list(LINES), heard) <= most


def test_only_clear_pieces_go_over_a_line() -> None:
    voice = FliteSynthesizer()
    with pytest.raises(ValueError, match="only clear ones"):
        voice.over_line([voice.say(LINES[0], Voice("en"))], LineSound())
    with pytest.raises(ValueError, match="nothing to put"):
        voice.over_line([], LineSound())
    with pytest.raises(ValueError, match="not a WAV"):
        voice.over_line([voice.say(LINES[0], Voice("en"), line="clear").__class__(b"", "x", 1.0)], LineSound())
    assert wav_bytes(b"\0\0", LINE_RATE)[:4] == b"RIFF"

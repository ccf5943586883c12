"""How well the customer is heard over every line, and how long the line takes to apply.

    python -m bench.line [--voices]

Twelve English lines are spoken by the product's own voices in turn, put on each line, and heard by Whisper: the word
error rate beside that of the same lines on no telephone at all ("clear"), numbers written alike. Targets count from the
better of the clear lines and those on a good line without noise: Whisper loses a number now and then where it is clear. The time of applying a
line is a ratio to that of synthesizing the same words. `--voices` measures every voice by itself on a good line.
French can't be measured so: espeak-ng's French, the only French voice there is offline, is not heard by Whisper even
when it is clear (word error rate .97).
"""

from __future__ import annotations

import argparse
import re
import statistics
from collections.abc import Callable
from functools import partial

from bench.turn import errors
from bench.turn_material import timed
from trainer.adapters.speech import build_recognizer, build_synthesizer
from trainer.adapters.speech.audio import read_audio
from trainer.adapters.speech.line_noise import NOISES
from trainer.adapters.speech.synthesizer import SynthesizerChain
from trainer.adapters.speech.telephone import QUALITIES
from trainer.config import load_settings
from trainer.language.folding import fold
from trainer.language.numbers import read_numbers
from trainer.ports import TIMBRES, LineSound, SpokenAudio, Voice

LINES = (
    "Hello, I am calling because my bill is much higher than usual.",
    "I still have not received my parcel and I have been waiting for two weeks.",
    "My order number is four zero seven, one nine two.",
    "Could you tell me whether the engineer is coming tomorrow morning?",
    "The driver left it with someone next door and nobody told me about it.",
    "Can I change the appointment to Thursday afternoon instead?",
    "I would like to speak to your manager, this situation is unacceptable.",
    "It was fourteen pounds ninety last month, and now it is nineteen pounds fifty.",
    "My husband usually deals with this, but he is away at the moment.",
    "I only need the cheaper one, I do not want to pay for the insurance.",
    "You can reach me on zero seven seven zero zero, nine zero zero, one two three.",
    "If nothing happens by Friday, I am going to cancel the contract.",
)
VOICES = [Voice("en", sex, timbre=timbre) for timbre in range(TIMBRES) for sex in ("female", "male")]
ROUNDS = 3
WITHIN = {"good": 0.05, "fair": 0.10, "poor": 0.20}
"""How far the word error rate of a line may lie above that of the clear voice."""


def measure_lines(hear: Callable[[SpokenAudio], str], synthesizer: SynthesizerChain) -> None:
    """One row a line: its word error rate, and how far it lies above the best one; each of `ROUNDS` has its own chance."""
    pieces = [
        synthesizer.say(text, VOICES[number % len(VOICES)], line="clear") for number, text in enumerate(LINES)
    ]  # fmt: skip
    clear = rate([hear(piece) for piece in pieces])
    best = clear
    print(f"{'line':24} {'error rate':>10} {'over best':>10}\n{'clear':24} {clear:10.3f}")
    for noise in NOISES:
        for quality in QUALITIES:
            rates = []
            for turn in range(ROUNDS):
                sounds = [LineSound(noise, quality, seed=f"{noise}{quality}{n}/{turn}") for n in range(len(pieces))]
                turns = [synthesizer.over_line([one], sound) for one, sound in zip(pieces, sounds, strict=True)]
                rates.append(rate([hear(turn) for turn in turns]))
            wrong = statistics.mean(rates)
            best = min(best, wrong) if (noise, quality) == ("none", "good") else best
            held = "held" if wrong - best <= WITHIN[quality] else f"MISSED (within {WITHIN[quality]:.2f})"
            print(f"{noise + ', ' + quality:24} {wrong:10.3f} {wrong - best:+10.3f}   {held}", flush=True)


def measure_voices(hear: Callable[[SpokenAudio], str], synthesizer: SynthesizerChain) -> None:
    """One row a voice, and the accents that change it."""
    scottish = [Voice("en", "male", accent="scottish", timbre=timbre) for timbre in range(TIMBRES)]
    old = [Voice("en", sex, rate=0.85, pitch=0.93) for sex in ("female", "male")]
    espeak = [Voice("en", sex, engine="espeak", timbre=t) for t in range(TIMBRES) for sex in ("female", "male")]
    northern = [Voice("en", "male", engine="espeak", accent=accent) for accent in ("northern", "scottish", "british")]
    for voice in [*VOICES, *scottish, *old, *espeak, *northern]:
        turns = [synthesizer.over_line([synthesizer.say(text, voice, line="clear")], LineSound()) for text in LINES]
        print(
            f"{rate([hear(turn) for turn in turns]):6.3f}  {voice.sex:7} {turns[0].engine:40} {voice.accent}",
            flush=True,
        )


def measure_time(synthesizer: SynthesizerChain) -> None:
    """Applying a line to a turn of about five seconds, beside synthesizing it."""
    text = f"{LINES[0]} {LINES[5]}"
    spoken = synthesizer.say(text, VOICES[0], line="clear")
    synthesized = statistics.median(timed(lambda: synthesizer.say(text, VOICES[0], line="clear")) for _ in range(9))
    for quality in QUALITIES:
        sound = LineSound("cafe", quality)
        synthesizer.over_line([spoken], sound)  # the first one makes the loop of noise
        applied = statistics.median(timed(partial(synthesizer.over_line, [spoken], sound)) for _ in range(50))
        print(
            f"cafe, {quality}: {applied * 1000:.1f} ms for {spoken.seconds:.1f} s of speech, "
            f"{applied / synthesized:.3f} of synthesizing it ({synthesized * 1000:.0f} ms)"
        )


def rate(heard: list[str]) -> float:
    return errors([written(text) for text in LINES], [written(text) for text in heard])


def written(text: str) -> str:
    """Words, with numbers and amounts digit by digit: a recognizer writes digits for what was said in words."""
    amounts = re.sub(r"£(\d+)\.(\d\d)", r"\1 pounds \2", text)
    figures = read_numbers(fold(amounts), "en").text
    return re.sub(r"(?<=\d)(?=\d)", " ", figures)


def main() -> None:
    parser = argparse.ArgumentParser(description="Word error rates over every line, and the time a line takes.")
    parser.add_argument("--voices", action="store_true", help="measure every voice on a good line instead")
    options = parser.parse_args()
    settings = load_settings()
    recognizer = build_recognizer(models=settings.models, whisper_model=settings.whisper_model, engines=("whisper",),
                                  cpu_threads=settings.cpu_threads)  # fmt: skip
    synthesizer = build_synthesizer(piper_voices=settings.piper_voices)

    def hear(spoken: SpokenAudio) -> str:
        return recognizer.recognize(read_audio(spoken.wav), language="en", with_words=False).text

    if options.voices:
        measure_voices(hear, synthesizer)
    else:
        measure_lines(hear, synthesizer)
        measure_time(synthesizer)


if __name__ == "__main__":
    main()

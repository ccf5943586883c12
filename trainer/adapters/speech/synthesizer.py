"""The base of every synthesizer, and the chain that falls back from one engine to the next.

A child renders plain words to samples in `_render`; the public `say` validates, writes numbers and references out as
they are spoken, brings all voices to one loudness, puts them on the line, times, maps errors and logs.
"""

from __future__ import annotations

import logging
import subprocess
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

from trainer.adapters.speech.audio import Samples, levelled, read_wav, resampled, to_pcm, to_samples, wav_bytes
from trainer.adapters.speech.spoken_form import spoken_form
from trainer.adapters.speech.telephone import LINE_RATE, OF_DIFFICULTY, check_sound, over_line
from trainer.ports import PCM_RATE, TIMBRES, EngineUnavailable, LineSound, PortError, SpokenAudio, Voice

log = logging.getLogger(__name__)

LINE_KINDS = ("telephone", "clear")
LONGEST_TEXT = 2000
PROGRAM_SECONDS = 20.0


@dataclass(frozen=True, slots=True)
class SpokenLine:
    """One line to be rendered ahead of a call."""

    text: str
    voice: Voice
    line: str = "telephone"
    difficulty: int = 1


class VoiceEngine(Protocol):
    """A synthesizer for some languages, with a name for each voice it would use."""

    name: str
    languages: frozenset[str]

    def engine(self, voice: Voice) -> str: ...

    def suits(self, voice: Voice) -> bool: ...

    def say(self, text: str, voice: Voice, *, line: str = "telephone", difficulty: int = 1) -> SpokenAudio: ...


class BaseSynthesizer:
    """`SpeechSynthesizer` with one hook. `name` is what settings call it."""

    name = ""
    languages: frozenset[str] = frozenset()

    def engine(self, voice: Voice) -> str:
        """Engine, voice and version: whatever would change the sound. Raises EngineUnavailable."""
        raise NotImplementedError

    def suits(self, voice: Voice) -> bool:
        """It has a voice for such a person; one that has not speaks only where no other engine can."""
        return voice.language in self.languages

    def say(self, text: str, voice: Voice, *, line: str = "telephone", difficulty: int = 1) -> SpokenAudio:
        """See `SpeechSynthesizer.say`. Raises ValueError for what no engine could say."""
        check_line(SpokenLine(text, voice, line, difficulty))
        started = time.perf_counter()
        if voice.language not in self.languages:
            raise EngineUnavailable(self.name, f"it does not speak the language {voice.language!r}")
        samples = self._rendered(spoken_form(text, voice.language), voice)
        rate = PCM_RATE
        if line == "telephone":
            sound = replace(OF_DIFFICULTY[difficulty], seed=f"{voice}|{text}")
            samples, rate = over_line([samples], sound), LINE_RATE
        took = time.perf_counter() - started
        log.info("%s spoke %d characters of %s in %.2f s", self.name, len(text), voice.language, took)
        seconds = round(samples.size / rate, 3)
        return SpokenAudio(wav=wav_bytes(to_pcm(samples), rate), engine=self.engine(voice), seconds=seconds)

    def over_line(self, pieces: Sequence[SpokenAudio], sound: LineSound) -> SpokenAudio:
        """See `SpeechSynthesizer.over_line`."""
        return turn_over_line(pieces, sound)

    def _rendered(self, words: str, voice: Voice) -> Samples:
        try:
            samples, rate = self._render(words, voice)
        except PortError:
            raise
        except FileNotFoundError as error:
            raise EngineUnavailable(self.name, f"the program or file {error.filename} is not installed") from error
        except subprocess.TimeoutExpired as error:
            raise EngineUnavailable(self.name, f"no answer within {PROGRAM_SECONDS:.0f} seconds") from error
        except subprocess.CalledProcessError as error:
            said = (error.stderr or b"").decode(errors="replace").strip().splitlines()
            why = said[-1] if said else f"exit status {error.returncode}"
            raise EngineUnavailable(self.name, f"it failed: {why}") from error
        except (OSError, RuntimeError, ValueError, ImportError) as error:
            raise EngineUnavailable(self.name, f"it failed: {error}") from error
        if not samples.size:
            raise EngineUnavailable(self.name, "it gave no sound")
        return levelled(resampled(samples, rate, PCM_RATE))

    def _render(self, words: str, voice: Voice) -> tuple[Samples, int]:
        raise NotImplementedError


def check_line(line: SpokenLine) -> None:
    """Raises ValueError for a line that no engine could say."""
    if not line.text.strip():
        raise ValueError("there is nothing to say: the text is empty")
    if len(line.text) > LONGEST_TEXT:
        raise ValueError(f"the text is longer than {LONGEST_TEXT} characters")
    if line.line not in LINE_KINDS:
        raise ValueError(f"the line is {line.line!r}; it must be telephone or clear")
    if line.difficulty not in OF_DIFFICULTY:
        raise ValueError(f"the difficulty is {line.difficulty!r}; it must be 1 to 5")
    if not 0.5 <= line.voice.rate <= 2.0:
        raise ValueError(f"the voice's rate is {line.voice.rate!r}; it must be 0.5 to 2.0")
    if not 0.5 <= line.voice.pitch <= 2.0:
        raise ValueError(f"the voice's pitch is {line.voice.pitch!r}; it must be 0.5 to 2.0")
    if line.voice.timbre not in range(TIMBRES):
        raise ValueError(f"the voice's timbre is {line.voice.timbre!r}; it must be 0 to {TIMBRES - 1}")


def turn_over_line(pieces: Sequence[SpokenAudio], sound: LineSound) -> SpokenAudio:
    """What `SpeechSynthesizer.over_line` promises, for every engine: a line is the same whoever speaks."""
    check_sound(sound)
    if not pieces:
        raise ValueError("there is nothing to put on the line")
    clear = []
    for piece in pieces:
        pcm, rate = read_wav(piece.wav)
        if rate != PCM_RATE:
            raise ValueError(f"a piece has {rate} samples a second; only clear ones ({PCM_RATE}) go over the line")
        clear.append(to_samples(pcm))
    samples = over_line(clear, sound)
    return SpokenAudio(wav_bytes(to_pcm(samples), LINE_RATE), pieces[0].engine, round(samples.size / LINE_RATE, 3))


@dataclass
class SynthesizerChain:
    """Engines in order of preference; a voice that names an engine is tried there first.

    An engine that is unavailable rests for a minute. `degraded` says which are resting and why: engine -> reason.
    """

    engines: Sequence[VoiceEngine]
    name: str = "speech synthesis"
    rest_seconds: float = 60.0
    clock: Callable[[], float] = time.monotonic
    degraded: dict[str, str] = field(default_factory=dict)
    _resting_until: dict[str, float] = field(default_factory=dict)

    def say(self, text: str, voice: Voice, *, line: str = "telephone", difficulty: int = 1) -> SpokenAudio:
        """The first engine's rendering that succeeds. Raises ValueError, or EngineUnavailable when none works."""
        check_line(SpokenLine(text, voice, line, difficulty))
        able = self._able(voice)
        awake = [engine for engine in able if self._resting_until.get(engine.name, 0.0) <= self.clock()]
        reasons = []
        for engine in awake or able:
            try:
                spoken = engine.say(text, voice, line=line, difficulty=difficulty)
            except EngineUnavailable as error:
                log.warning("speech synthesis falls back: %s", error)
                self.degraded[engine.name] = error.reason
                self._resting_until[engine.name] = self.clock() + self.rest_seconds
                reasons.append(str(error))
            else:
                self.degraded.pop(engine.name, None)
                self._resting_until.pop(engine.name, None)
                return spoken
        known = "; ".join(reasons) or f"no voice for the language {voice.language!r} is set up"
        raise EngineUnavailable(self.name, known)

    def over_line(self, pieces: Sequence[SpokenAudio], sound: LineSound) -> SpokenAudio:
        """See `SpeechSynthesizer.over_line`."""
        return turn_over_line(pieces, sound)

    def prepare(self, lines: Iterable[SpokenLine]) -> int:
        """Render lines ahead of a call, so that each is only read from the cache in it; how many there were."""
        done = [self.say(line.text, line.voice, line=line.line, difficulty=line.difficulty).engine for line in lines]
        return len(done)

    def speaks_with(self, voice: Voice) -> str:
        """Engine and voice that would speak, for the page to say so. Raises EngineUnavailable."""
        for engine in self._able(voice):
            try:
                return engine.engine(voice)
            except EngineUnavailable as error:
                self.degraded[engine.name] = error.reason
        raise EngineUnavailable(self.name, f"no voice for the language {voice.language!r} works here")

    def _able(self, voice: Voice) -> list[VoiceEngine]:
        """Engines that speak the language: the one that the voice names first, then those with such a person."""
        able = [engine for engine in self.engines if voice.language in engine.languages]
        return sorted(able, key=lambda engine: (engine.name != voice.engine, not engine.suits(voice)))

"""The customer's voice: lines spoken ahead one by one, and what is said in a call put together from them.

A customer's turn often joins several lines of the scenario. Each is rendered once, ahead of the call; a turn is then
read from the cache piece by piece, and only what nobody could know before (a value read back) is rendered on the spot.
"""

from __future__ import annotations

import io
import wave
from collections.abc import Sequence
from functools import lru_cache

from trainer.domain.dialogue.wording import AGAIN
from trainer.domain.scenario import Case
from trainer.ports import Ports, SpokenAudio
from trainer.services.call_audio import speak
from trainer.services.kept import Kept


def lines_of(case: Case) -> list[str]:
    """Every line the customer may say in this case, the soonest needed first, each once."""
    small = case.small_talk
    groups: list[Sequence[str]] = [small.greeting, small.opening, small.identity, small.permission_yes]
    groups += [objection.lines for objection in case.objections]
    groups += [topic.answers for topic in case.topics]
    groups += [lines for goal in case.goals for lines in (goal.met, goal.reminder)]
    groups += [lines for o in case.objections for lines in (o.softens, o.insists, o.resolved, o.firm_no)]
    groups += [end.lines for end in case.ends]
    groups += [getattr(small, name) for name in small.__dataclass_fields__]
    groups.append(AGAIN.get(case.language, AGAIN["en"]))
    return list(dict.fromkeys(line for group in groups for line in group if line and "{" not in line))


_known: Kept[tuple[str, str, str, int], tuple[str, ...]] = Kept(50)


def parts_of(case: Case, text: str) -> list[str]:
    """`text` cut where one of the case's own lines begins or ends; joined with spaces it is `text` again."""
    key = (case.scenario, case.version, case.language, case.seed)
    lines = _known.or_make(key, lambda: tuple(sorted(lines_of(case), key=len, reverse=True)))
    return list(_cut(lines, text))


@lru_cache(maxsize=256)
def _cut(lines: tuple[str, ...], text: str) -> tuple[str, ...]:
    parts: list[str] = []
    unknown: list[str] = []
    rest = text
    while rest:
        line = next((one for one in lines if rest == one or rest.startswith(f"{one} ")), "")
        if line:
            parts += [" ".join(unknown)] if unknown else []
            unknown = []
            parts.append(line)
            rest = rest[len(line) + 1 :]
        else:
            word, _, rest = rest.partition(" ")
            unknown.append(word)
    return (*parts, " ".join(unknown)) if unknown else tuple(parts)


def speak_turn(ports: Ports, case: Case, text: str) -> SpokenAudio | None:
    """The customer saying `text`, from lines spoken ahead where it is made of such; None when no voice works."""
    parts = parts_of(case, text)
    spoken = [sound for part in parts if (sound := speak(ports, case, part)) is not None]
    if len(spoken) < len(parts):
        return None
    joined = spoken[0].wav if len(spoken) == 1 else join_wavs([sound.wav for sound in spoken])
    if joined is None:
        return speak(ports, case, text)
    return SpokenAudio(joined, spoken[0].engine, round(sum(sound.seconds for sound in spoken), 3))


def join_wavs(wavs: Sequence[bytes]) -> bytes | None:
    """One WAV of several, one after the other; None when they are of different kinds (another voice spoke some)."""
    out = io.BytesIO()
    kind: tuple[int, int, int] | None = None
    with wave.open(out, "wb") as joined:
        for wav in wavs:
            with wave.open(io.BytesIO(wav)) as file:
                this = (file.getnchannels(), file.getsampwidth(), file.getframerate())
                if kind is None:
                    kind = this
                    joined.setnchannels(this[0])
                    joined.setsampwidth(this[1])
                    joined.setframerate(this[2])
                elif this != kind:
                    return None
                joined.writeframes(file.readframes(file.getnframes()))
    return out.getvalue()

"""The customer's voice: lines spoken ahead one by one, and what is said in a call put together from them.

A customer's turn often joins several lines of the scenario. Each is rendered once, ahead of the call; a turn is then
read from the cache piece by piece, and only what nobody could know before (a value read back) is rendered on the spot.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from functools import lru_cache

from trainer.domain.dialogue.pieces import pieces_of
from trainer.domain.dialogue.wording import AGAIN
from trainer.domain.scenario import Case
from trainer.ports import EngineUnavailable, LineSound, Ports, SpokenAudio, Voice
from trainer.services import voices
from trainer.services.kept import Kept

log = logging.getLogger(__name__)


def lines_of(case: Case) -> list[str]:
    """Every line the customer may say in this case, the soonest needed first, each once."""
    small = case.small_talk
    groups: list[Sequence[str]] = [small.greeting, small.opening, small.identity, small.permission_yes]
    groups += [objection.lines for objection in case.objections]
    groups += [pieces_of(answer) for topic in case.topics for answer in (*topic.answers, *topic.mistaken)]
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
    """The customer saying `text` on their line; None when no voice works (captions then stand for it).

    It is put together from lines spoken ahead where it is made of such. These are kept clear, and the line is applied
    to the whole turn: what is behind the customer goes on between the pieces.
    """
    return _over_line(ports, voices.customer_voice(case), parts_of(case, text), voices.customer_line(case, text))


def speak_as(ports: Ports, voice: Voice, text: str, sound: LineSound) -> SpokenAudio | None:
    """Anybody saying `text` on a line; None when no voice works. `voices` has everybody's voice and line."""
    return _over_line(ports, voice, [text], sound)


def speak_ahead(ports: Ports, case: Case, line: str) -> bool:
    """Speak one of the customer's lines into the voice's cache, for `speak_turn`; False when no voice works."""
    return say_clear(ports, voices.customer_voice(case), line) is not None


def _over_line(ports: Ports, voice: Voice, parts: Sequence[str], sound: LineSound) -> SpokenAudio | None:
    pieces = [piece for part in parts if (piece := say_clear(ports, voice, part)) is not None]
    if len(pieces) < len(parts) or not pieces:
        return None
    if len({piece.engine for piece in pieces}) > 1:
        # Another engine had to step in for some of them: nobody changes their voice within a turn.
        whole = say_clear(ports, voice, " ".join(parts))
        if whole is None:
            return None
        pieces = [whole]
    return ports.synthesizer.over_line(pieces, sound)


def say_clear(ports: Ports, voice: Voice, text: str) -> SpokenAudio | None:
    """`text` without a line, from the voice's cache where it was spoken before; None when no voice works."""
    try:
        return ports.synthesizer.say(text, voice, line="clear")
    except EngineUnavailable as error:
        log.warning("no voice: %s", error)
        return None

"""Dictation: what is too long for one breath is told piece by piece, and the customer waits after each for a sign.

"Mm-hm", "go on", thanks, the piece read back or a short silence bring the next one; a piece read back wrongly is said
again before it goes on; a question about something else suspends it. Where it stands is `CallState.dictating`, a fold
of the marks `piece:TOPIC:WORDING:NUMBER`; the topic counts as told with its last piece.
"""

from __future__ import annotations

import re

from trainer.domain.dialogue.draft import Draft
from trainer.domain.dialogue.state import CallState
from trainer.domain.dialogue.turn import Heard
from trainer.domain.dialogue.wording import choose, pool_of
from trainer.domain.scenario import Case, Topic

BETWEEN = " / "
PAUSE_S = 1.5
"""A silence after which the customer takes it that the piece was written down."""
NO_SIGN = frozenset({
    "hold_notice", "transfer_notice", "closing", "offer", "price_statement", "promise", "bad_news", "objection_answer",
    "anything_else", "identity_check", "refusal", "blame", "pressure",
})  # fmt: skip
"""Acts of somebody who has turned to something else."""
ABOUT_AS_LONG = 2
"""Figures by which something read back may be too long or too short and still be meant for the piece."""


def pieces_of(answer: str) -> tuple[str, ...]:
    """An answer as it is dictated, one text a piece; an answer without " / " is one piece."""
    pieces = [piece.strip() for piece in answer.split(BETWEEN)]
    last = len(pieces) - 1
    return tuple(p if n == last or p.endswith((".", "!", "?")) else f"{p}..." for n, p in enumerate(pieces))


def begin(draft: Draft, topic: Topic) -> bool:
    """Say the first piece and wait; False where the wording is no dictation, or nothing more can be said."""
    pool = f"topic.{topic.id}"
    taken = frozenset(part[0] for part in draft.parts)
    wording, text = choose(draft.case, draft.before, pool, topic.answers, taken)
    first, *rest = pieces_of(text)
    if not rest or not draft.say_made(wording, first, "identify" if topic.identity else "answer"):
        return False
    draft.mark(f"piece:{topic.id}:{pool_of(wording)[1]}:1")
    draft.topic = draft.topic or topic.id
    draft.waits = True
    return True


def awaited(case: Case, dictating: tuple[str, int, int] | None) -> tuple[Topic, tuple[str, ...]] | None:
    """(topic, its pieces) of a dictation under way."""
    if dictating is None:
        return None
    name, wording, _ = dictating
    topic = next((t for t in case.topics if t.id == name and wording < len(t.answers)), None)
    return None if topic is None else (topic, pieces_of(topic.answers[wording]))


def follow(draft: Draft, heard: Heard) -> bool:
    """The operator's sign is answered with the next piece, or with the last one put right. True if it was a sign."""
    waiting = awaited(draft.case, draft.state.dictating)
    if waiting is None or draft.state.dictating is None:
        return _checked_at_the_end(draft, heard)
    topic, pieces = waiting
    said = draft.state.dictating[2]
    if any(name != topic.id for name in heard.asked):
        return False
    if is_wrong(pieces[:said], heard.figures):
        draft.say("corrects", draft.case.small_talk.corrects, "correct", value=figures_of(pieces[said - 1]))
        draft.mark(f"corrected:{topic.id}")
        draft.waits = True
        return True
    if topic.id in heard.asked or _is_sign(heard) or is_right(pieces[:said], heard.figures):
        if not _goes_on(draft, topic):
            draft.say("resumes", draft.case.small_talk.resumes, "answer")
        return say_next(draft)
    return False


_PIECE = re.compile(r"topic\.([^.]+)\.(\d+)/(\d+)")


def _checked_at_the_end(draft: Draft, heard: Heard) -> bool:
    """The last piece was just said: read back wrongly, it is put right as those before it were."""
    found = next(filter(None, map(_PIECE.match, draft.before.last_line)), None)
    if found is None or heard.asked:
        return False
    ended = awaited(draft.case, (found[1], int(found[2]), int(found[3])))
    if ended is None or not is_wrong(ended[1][: int(found[3])], heard.figures):
        return False
    value = figures_of(ended[1][int(found[3]) - 1])
    draft.mark(f"corrected:{found[1]}")
    return draft.say("corrects", draft.case.small_talk.corrects, "correct", value=value)


def say_next(draft: Draft) -> bool:
    """The next piece of what is being dictated; with the last one the topic is told."""
    waiting = awaited(draft.case, draft.state.dictating)
    if waiting is None or draft.state.dictating is None:
        return False
    topic, pieces = waiting
    name, wording, said = draft.state.dictating
    move = "identify" if topic.identity else "answer"
    if said >= len(pieces) or not draft.say_made(f"topic.{name}.{wording}/{said + 1}", pieces[said], move):
        return False
    draft.topic = draft.topic or name
    draft.mark(f"piece:{name}:{wording}:{said + 1}")
    if said + 1 < len(pieces):
        draft.waits = True
        return True
    if name not in draft.state.topics_told:
        for variable, amount in topic.effects:
            draft.change(variable, amount, f"topic:{name}")
    draft.mark(f"topic:{name}")
    return True


def waits_for_sign(state: CallState) -> bool:
    """The customer has just said a piece, and waits."""
    if state.dictating is None:
        return False
    return any(wording.startswith(f"topic.{state.dictating[0]}.") for wording in state.last_line)


def _goes_on(draft: Draft, topic: Topic) -> bool:
    """The customer's last line was of this dictation: nothing came in between."""
    own = (f"topic.{topic.id}.", "corrects.", "says_again.", "says_slowly.", "hello_there.")
    return any(wording.startswith(own) for wording in draft.before.last_line)


def _is_sign(heard: Heard) -> bool:
    if heard.facts or heard.wrong or heard.acts & NO_SIGN:
        return False
    return heard.question == "none" or "go_on" in heard.remarks


def figures_of(piece: str) -> str:
    """What is dictated in a piece, without the words around it ("It's 0 7 7 0 0..." gives "0 7 7 0 0")."""
    found = re.search(r"\d(?:[\d ,.\-]*\d)?", piece)
    return found.group() if found else piece.rstrip(".")


def is_right(pieces: tuple[str, ...], figures: str) -> bool:
    """The last piece was read back as it is, alone or with those before it."""
    said, last, whole = _digits(figures), _digits(pieces[-1]), _digits("".join(pieces))
    return len(said) >= min(2, len(last) or 1) and (last.endswith(said) or (whole.endswith(said) and said[-1:] != ""))


def is_wrong(pieces: tuple[str, ...], figures: str) -> bool:
    """Figures were read back for the last piece, or for all so far, that are others. Letters are left to the operator."""
    said, last, whole = _digits(figures), _digits(pieces[-1]), _digits("".join(pieces))
    if len(said) < 2 or not last or is_right(pieces, figures):
        return False
    return any(abs(len(said) - len(true)) <= ABOUT_AS_LONG for true in (last, whole))


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text)

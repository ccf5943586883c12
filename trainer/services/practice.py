"""Drills of the voice, the ear and the hands: begun, done, measured. No sound is kept."""

from __future__ import annotations

import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from pathlib import Path

import jiwer
from sqlalchemy.orm import Session

from trainer.content.passages import load_passages
from trainer.domain.errors import Conflict, Invalid, NotFound
from trainer.domain.listening import Entry, draw_entries
from trainer.domain.papers import same_field
from trainer.domain.practice import Figures, Passage, diction_figures, listening_figures, typing_figures
from trainer.domain.questions import Line
from trainer.domain.roles import Actor
from trainer.language.folding import fold
from trainer.language.numbers import read_numbers
from trainer.ports import Ports, Recognition, SpokenAudio
from trainer.services.call_audio import pcm_from_wav, speaks_another_language
from trainer.services.hearing import hear
from trainer.services.lesson_audio import speak
from trainer.store import practice as store
from trainer.store.practice import PracticeRound

KINDS = ("diction", "listening", "typing")
LONGEST_TYPED = 2000
_LETTERS = re.compile(r"\b(?:[^\W\d_]\s+)+[^\W\d_]\b")


@dataclass(frozen=True, slots=True)
class Round:
    """A go at a drill with what it is about: a passage, or entries to hear."""

    row: PracticeRound
    passage: Passage | None = None
    entries: tuple[Entry, ...] = ()

    @property
    def done(self) -> bool:
        return self.row.finished_at is not None


@dataclass(frozen=True, slots=True)
class Standing:
    """How a person stands with a drill: rounds done, the latest first, and whether one was passed."""

    kind: str
    rounds: tuple[PracticeRound, ...]

    @property
    def passed(self) -> bool:
        return any(one.passed for one in self.rounds)


def standings(session: Session, actor: Actor) -> list[Standing]:
    """Every drill as it stands for the actor."""
    rounds = store.rounds_of(session, actor.user_id)
    return [Standing(kind, tuple(one for one in rounds if one.kind == kind)) for kind in KINDS]


def begin(session: Session, actor: Actor, folder: Path, kind: str, language: str, now: datetime) -> PracticeRound:
    """A new round: the passage that was read or typed least, or entries nobody has heard. Raises NotFound."""
    if kind not in KINDS:
        raise NotFound("practice.no_drill")
    item = (
        str(secrets.randbelow(2**31)) if kind == "listening" else _next_passage(session, actor, folder, kind, language)
    )
    row = PracticeRound(
        organisation_id=actor.organisation_id, user_id=actor.user_id, kind=kind, item=item, language=language,
        started_at=now, typed=[], values={}, remarks=[],
    )  # fmt: skip
    session.add(row)
    session.commit()
    return row


def _next_passage(session: Session, actor: Actor, folder: Path, kind: str, language: str) -> str:
    passages = load_passages(folder, kind, language)
    if not passages:
        raise NotFound("practice.no_drill")
    taken = [row.item for row in store.rounds_of(session, actor.user_id) if row.kind == kind]
    return min(passages, key=lambda passage: taken.count(passage.id)).id


def open_round(session: Session, actor: Actor, folder: Path, public_id: str) -> Round:
    """The actor's own round. Raises NotFound, also where its passage is no longer there."""
    row = store.find_round(session, actor.user_id, public_id)
    if row is None:
        raise NotFound("practice.no_round")
    if row.kind == "listening":
        return Round(row, entries=draw_entries(row.language, int(row.item)))
    passages = load_passages(folder, row.kind, row.language)
    passage = next((one for one in passages if one.id == row.item), None)
    if passage is None:
        raise NotFound("practice.no_round")
    return Round(row, passage)


def finish_typing(session: Session, found: Round, text: str, seconds: float, now: datetime) -> None:
    """The typed text with the seconds from the first key to the last; never more than went by here. Raises Invalid."""
    text = text[:LONGEST_TYPED]
    if not text.strip() or found.passage is None:
        raise Invalid("practice.nothing_typed")
    whole = (now - found.row.started_at).total_seconds()
    took = seconds if 0 < seconds <= whole + 1 else whole
    _finish(session, found, [text], typing_figures(found.passage.text, text, took), now)


def finish_listening(session: Session, found: Round, typed: Sequence[str], now: datetime) -> None:
    """What was entered, in the order of the entries. Raises Invalid where nothing was."""
    values = [one.strip()[:200] for one in typed]
    if len(values) != len(found.entries) or not any(values):
        raise Invalid("practice.nothing_typed")
    right = [same_field(entry.field, value) for entry, value in zip(found.entries, values, strict=True)]
    seconds = (now - found.row.started_at).total_seconds()
    _finish(session, found, values, listening_figures(right, seconds), now)


def finish_diction(session: Session, ports: Ports, found: Round, wav: bytes, now: datetime) -> None:
    """The passage read aloud. Raises Invalid for sound that is none, silence, or another language; Conflict when done."""
    if found.passage is None:
        raise NotFound("practice.no_round")
    pcm = pcm_from_wav(wav)
    session.rollback()  # the recognizer takes its time: no transaction is held meanwhile
    heard = hear(ports, pcm, found.row.language)
    if not heard.text.strip():
        raise Invalid("practice.nothing_heard")
    if speaks_another_language(heard):
        raise Invalid("practice.other_language")
    _finish(session, found, [heard.text], reading_figures(found.passage.text, heard), now)


def reading_figures(passage: str, heard: Recognition) -> Figures:
    """Word error rate (jiwer) after writing numbers and spelled letters alike on both sides; pace and pauses by the words'
    times."""
    language = heard.language
    wanted, got = comparable(passage, language), comparable(heard.text, language)
    errors = float(jiwer.wer(wanted, got)) if wanted else 0.0
    words = heard.words
    speech = words[-1].end - words[0].start if words else heard.audio_seconds
    pauses = [max(0.0, after.start - before.end) for before, after in pairwise(words)]
    count = round(len(passage.split()) * min(1.0, len(got.split()) / max(1, len(wanted.split()))))
    return diction_figures(count, errors, speech, pauses, heard.confidence, language)


def comparable(text: str, language: str) -> str:
    """Small letters without marks, numbers in figures without blanks between them, spelled letters as one word."""
    figures = read_numbers(fold(text), language).text
    plain = " ".join(re.findall(r"[^\W_]+", figures.lower()))
    plain = _LETTERS.sub(lambda found: re.sub(r"\s+", "", found.group()), plain)
    return re.sub(r"(?<=\d)\s+(?=\d)", "", plain)


def _finish(session: Session, found: Round, typed: list[str], figures: Figures, now: datetime) -> None:
    row = found.row
    if row.finished_at is not None:
        raise Conflict("practice.done")
    row.typed, row.remarks = typed, list(figures.remarks)
    row.values = {name: round(float(value), 4) for name, value in figures.values.items()}
    row.passed, row.finished_at = figures.passed, now
    session.commit()


def entry_audio(ports: Ports, found: Round, number: int) -> SpokenAudio | None:
    """Entry `number` (from 1) as a customer says it over the telephone; None when no voice works. Raises NotFound."""
    if not 1 <= number <= len(found.entries):
        raise NotFound("practice.no_round")
    said = Line("customer", found.entries[number - 1].said)
    voice = "woman" if (int(found.row.item) + number) % 2 else "man"
    return speak(ports, [said], (voice, "woman"), found.row.language, f"{found.row.item}:{number}")

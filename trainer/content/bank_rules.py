"""What `content.questions` asks of a question, asked of one that was read from a file of another kind.

Mistakes are told here by id and by part, so that the person finds the cell or the line; the reader of the bank has the last
word all the same (`content.bank_check`).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from trainer.content.bank_findings import CARRIED_KINDS, Entry, Finding
from trainer.content.problems import did_you_mean
from trainer.content.reading import ID
from trainer.domain.job import TEACHABLE
from trainer.domain.questions import CHOICES, Option, Question

NUMBER = re.compile(r"-?\d{1,15}(\.\d{1,9})?")
LEAST_OPTIONS, LEAST_PAIRS, LEAST_WORDINGS = 3, 3, 3


def check_entry(entry: Entry, lessons: Collection[str]) -> Iterator[Finding]:
    """Everything that is wrong with a question by itself."""
    question = entry.question
    yield from _check_head(entry, lessons)
    yield from _need(entry, "text", question.text)
    if question.kind in CHOICES:
        yield from _check_options(entry)
    elif question.kind == "match":
        yield from _check_pairs(entry)
    elif question.kind == "number":
        yield from _check_number(entry)
    elif question.kind == "text":
        yield from _check_text(entry)


def _check_head(entry: Entry, lessons: Collection[str]) -> Iterator[Finding]:
    question = entry.question
    if not question.id:
        yield entry.wrong("bank.no_id", "id")
    elif not ID.fullmatch(question.id):
        yield entry.wrong("bank.bad_id", "id", value=question.id[:60])
    if question.kind not in CARRIED_KINDS:
        code = "bank.no_kind" if not question.kind else "bank.bad_kind"
        yield entry.wrong(code, "kind", value=question.kind[:60], known=", ".join(CARRIED_KINDS))
    if not question.duty:
        yield entry.wrong("bank.no_duty", "duty")
    elif question.duty not in TEACHABLE:
        yield entry.wrong("bank.unknown_duty", "duty", value=question.duty[:60], near=near(question.duty, TEACHABLE))
    if not question.lesson:
        yield entry.wrong("bank.no_lesson", "lesson", known=", ".join(lessons))
    elif question.lesson not in lessons:
        yield entry.wrong("bank.unknown_lesson", "lesson", value=question.lesson[:60], known=", ".join(lessons))
    if question.difficulty not in (1, 2, 3):
        yield entry.wrong("bank.bad_difficulty", "difficulty")


def near(name: str, known: Sequence[str]) -> str:
    """The known name that looks like `name`, else some of them as examples."""
    hint = did_you_mean(name.upper(), known)
    return hint.split("'")[1] if "'" in hint else ", ".join((*known[:3], "IN1", "OUT1"))


def _need(entry: Entry, part: str, text: str) -> Iterator[Finding]:
    if not text:
        yield entry.wrong("bank.empty", part)


def _check_options(entry: Entry) -> Iterator[Finding]:
    question = entry.question
    for number, option in enumerate(question.options, 1):
        yield from _need(entry, f"option_{number}", option.text)
        yield from _need_feedback(entry, f"option_{number}_feedback", option.feedback)
    if len(question.options) < LEAST_OPTIONS:
        yield entry.wrong("bank.few_options", count=len(question.options), least=LEAST_OPTIONS)
    right = sum(option.right for option in question.options)
    if question.kind == "single" and right != 1:
        yield entry.wrong("bank.one_right", count=right)
    if question.kind == "several" and not 2 <= right < len(question.options):
        yield entry.wrong("bank.two_right", count=right)
    yield from _different(entry, [option.text for option in question.options], "option_{}")


def _need_feedback(entry: Entry, part: str, text: str) -> Iterator[Finding]:
    if not text:
        yield entry.wrong("bank.no_feedback", part)


def _different(entry: Entry, texts: Sequence[str], part: str) -> Iterator[Finding]:
    for number, text in enumerate(texts, 1):
        if text and text in texts[: number - 1]:
            yield entry.wrong("bank.twice", part.format(number), value=text[:80])


def _check_pairs(entry: Entry) -> Iterator[Finding]:
    question = entry.question
    rights = {option.id: option.text for option in question.options}
    for number, pair in enumerate(question.pairs, 1):
        yield from _need(entry, f"option_{number}_left", pair.left)
        yield from _need(entry, f"option_{number}", rights.get(pair.option, ""))
        yield from _need_feedback(entry, f"option_{number}_feedback", pair.feedback)
    if len(question.pairs) < LEAST_PAIRS:
        yield entry.wrong("bank.few_pairs", count=len(question.pairs), least=LEAST_PAIRS)
    yield from _different(entry, [pair.left for pair in question.pairs], "option_{}_left")
    yield from _different(entry, [option.text for option in question.options], "option_{}")


def _check_number(entry: Entry) -> Iterator[Finding]:
    question = entry.question
    for part, value in (("value", question.value), ("tolerance", question.tolerance)):
        if not NUMBER.fullmatch(value) or (part == "tolerance" and value.startswith("-")):
            yield entry.wrong("bank.bad_number", part, value=value[:60])
    for number, one in enumerate(question.near, 1):
        if not NUMBER.fullmatch(one.value):
            yield entry.wrong("bank.bad_number", f"option_{number}", value=one.value[:60])
        yield from _need_feedback(entry, f"option_{number}_feedback", one.feedback)
    yield from _need_feedback(entry, "feedback", question.feedback)


def _check_text(entry: Entry) -> Iterator[Finding]:
    question = entry.question
    yield from _wordings(entry, "references", question.references)
    if not question.ideas:
        yield entry.wrong("bank.no_idea", "idea_1")
    for number, idea in enumerate(question.ideas, 1):
        yield from _need(entry, f"idea_{number}", idea.name)
        yield from _wordings(entry, f"idea_{number}_phrases", idea.phrases)
    yield from _need_feedback(entry, "feedback", question.feedback)


def _wordings(entry: Entry, part: str, texts: Sequence[str]) -> Iterator[Finding]:
    if len(texts) < LEAST_WORDINGS:
        yield entry.wrong("bank.few_wordings", part, count=len(texts), least=LEAST_WORDINGS)
    for text in sorted({text for text in texts if texts.count(text) > 1}):
        yield entry.wrong("bank.twice", part, value=text[:80])


def check_ids(entries: Sequence[Entry], taken: Collection[str]) -> Iterator[Finding]:
    """Ids that are there twice, or in the bank already."""
    seen: dict[str, int] = {}
    for entry in entries:
        name = entry.question.id
        if name and name in seen:
            yield entry.wrong("bank.id_twice", "id", value=name, line=seen[name])
        elif name in taken:
            yield entry.wrong("bank.id_taken", "id", value=name)
        seen.setdefault(name, entry.line)


def check_alike(entry: Entry, other: Entry) -> Iterator[Finding]:
    """`other` says in another language what `entry` says: in as many parts, with the same right ones."""
    for part in ("kind", "duty", "lesson", "difficulty"):
        here, there = getattr(entry.question, part), getattr(other.question, part)
        if here != there:
            yield other.wrong("bank.differs", part, value=there, other=here)
    for part, here, there in zip(
        ("option", "near", "idea", "unit"), _shape(entry.question), _shape(other.question), strict=True
    ):
        if entry.question.kind == other.question.kind and here != there:
            yield other.wrong("bank.other_shape", part)


def _shape(question: Question) -> tuple[object, int, int, bool]:
    def rights(options: tuple[Option, ...]) -> list[bool]:
        return [option.right for option in options]

    parts = (rights(question.options), [pair.option for pair in question.pairs])
    return parts, len(question.near), len(question.ideas), bool(question.unit)

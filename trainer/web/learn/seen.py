"""What a page shows of an answer once it is marked: the template `learn/_answers.html` asks here."""

from __future__ import annotations

from collections.abc import Sequence

from flask_babel import format_decimal

from trainer.domain.grading.call_values import amount
from trainer.domain.papers import ItemMark, same_field
from trainer.domain.questions import Option, Step, walk
from trainer.domain.scenario import FormField
from trainer.language.short_answer import says


def figure(value: str) -> str:
    """A figure of a bank as it is written in the page's language."""
    number = amount(value)
    return str(format_decimal(number)) if number is not None else value


def near(mark: ItemMark) -> str:
    """What is said of a wrong figure that people give."""
    given = amount(mark.answer[0]) if mark.answer else None
    return next(
        (one.feedback for one in mark.item.question.near if given is not None and amount(one.value) == given), ""
    )


def fields(mark: ItemMark) -> list[tuple[FormField, bool]]:
    """Each field with whether it was filled rightly."""
    typed = mark.answer or ("",) * len(mark.item.question.fields)
    return [(field, same_field(field, one)) for field, one in zip(mark.item.question.fields, typed, strict=True)]


def error(names: Sequence[tuple[int, str, str]], number: int | str) -> str:
    """A fundamental error by its number."""
    return next((f"{one} · {name}" for one, name, _about in names if str(one) == str(number)), str(number))


def ideas(mark: ItemMark) -> list[tuple[str, bool]]:
    """What an answer in one's own words had to say, and whether it was found."""
    text = mark.answer[0] if mark.answer else ""
    return [(idea.name, says(idea, text)) for idea in mark.item.question.ideas]


def taken(mark: ItemMark) -> list[tuple[Step, Option]]:
    """The way through a branch."""
    return walk(mark.item.question.steps, mark.answer)[0]


def best(mark: ItemMark) -> list[tuple[Step, Option]]:
    """A way to a good end."""
    return walk(mark.item.question.steps, mark.item.question.key)[0]

"""What a judge said, read and believed as far as it quotes: shared by every judge, the scripted one of tests too."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

from trainer.ports import JudgeAnswer

_AROUND = ' \t\r\n\u00a0\u202f"“”„«»'
_APOSTROPHES = re.compile("['’]")


class UnreadableAnswer(Exception):
    """The answer is not what was asked for; the message says in which way."""


def rows_of(body: bytes) -> list[Mapping[str, Any]]:
    """The rows that a chat completion holds: {"check", "answer", "quote"}. Raises UnreadableAnswer."""
    try:
        content = json.loads(body)["choices"][0]["message"]["content"]
        # Models put thoughts before their answer and fences around it.
        text = content.rpartition("</think>")[2]
        answers = json.loads(text[text.index("{") : text.rindex("}") + 1])["answers"]
    except (ValueError, KeyError, IndexError, TypeError, AttributeError, RecursionError) as error:
        raise UnreadableAnswer("its answer is not the JSON that was asked for") from error
    if not isinstance(answers, list):
        raise UnreadableAnswer("its answer is not the JSON that was asked for")
    return [row for row in answers if isinstance(row, Mapping)]


def accepted_answers(rows: Iterable[Mapping[str, Any]], reply: str, questions: Iterable[str]) -> list[JudgeAnswer]:
    """One answer to each question, in order. Two answers to one question that differ are none."""
    found: dict[str, JudgeAnswer] = {}
    for row in rows:
        answer = _accepted(row, reply)
        if answer.check in found and found[answer.check].answer != answer.answer:
            answer = JudgeAnswer(answer.check, "undecided", "")
        found[answer.check] = answer
    return [found.get(check) or JudgeAnswer(check, "undecided", "") for check in questions]


def _accepted(row: Mapping[str, Any], reply: str) -> JudgeAnswer:
    check, answer, quote = (str(row.get(name) or "").strip() for name in ("check", "answer", "quote"))
    words = words_in(reply, quote)
    answer = answer.lower()
    believed = (answer == "yes" and words) or (answer == "no" and (words or not quote))
    return JudgeAnswer(check, answer, words) if believed else JudgeAnswer(check, "undecided", "")


def words_in(reply: str, quote: str) -> str:
    """The quoted words as they stand in the reply; "" where they do not.

    Only spaces, the kind of apostrophe and quotation marks around may differ. Words are not cut: "refund" is not
    quoted from "refunded".
    """
    words = quote.strip(_AROUND).split()
    if not any(letter.isalnum() for word in words for letter in word):
        return ""
    pattern = r"\s+".join(_APOSTROPHES.sub("['’]", re.escape(word)) for word in words)
    found = re.search(rf"(?<!\w){pattern}(?!\w)", reply)
    return found.group() if found else ""

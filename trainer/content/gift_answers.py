"""The answer part of a GIFT question, `{...}`, to the fields of a question of ours."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation

from trainer.content.bank_findings import Finding
from trainer.content.gift_signs import Block, formatted, shown
from trainer.domain.questions import Idea, Near, Option, Pair

ARROW = "->"
MOST_ANSWERS = 100
IDEA_NAME = {"en": "the answer", "fr": "la réponse"}
"""What the one idea of a short answer is called."""
_WEIGHT = re.compile(r"%(-?\d{1,3}(?:\.\d*)?)%")
_TRUE_FALSE = ("T", "TRUE", "F", "FALSE")


@dataclass(slots=True)
class Answers:
    """An answer part while it is read: `text` without its braces, which begins at `start` of the block."""

    block: Block
    start: int
    text: str
    format: str
    language: str
    general: str = ""
    about: str = ""
    lines: dict[str, int] = field(default_factory=dict)
    mistakes: list[Finding] = field(default_factory=list)
    notes: list[Finding] = field(default_factory=list)

    def line_at(self, place: int) -> int:
        return self.block.line_at(self.start + place)

    def wrong(self, place: int, code: str, **params: object) -> None:
        self.mistakes.append(Finding(self.line_at(place), code, "", self.about, params))

    def note(self, place: int, code: str, **params: object) -> None:
        self.notes.append(Finding(self.line_at(place), code, "", self.about, params))

    def said(self, piece: str) -> str:
        return formatted(piece, self.format)[0]


@dataclass(frozen=True, slots=True)
class _Piece:
    """One answer: the sign before it, its weight in percent (None where it has none), its text and what is said of it."""

    place: int
    sign: str
    weight: Decimal | None
    text: str
    feedback: str


def kind_of(text: str) -> str:
    """What Moodle takes an answer part for: essay, numerical, multichoice, match, truefalse or shortanswer."""
    if not text.strip():
        return "essay"
    if text.lstrip().startswith("#"):
        return "numerical"
    if "~" in text:
        return "multichoice"
    if "=" in text and ARROW in text:
        return "match"
    return "truefalse" if text.partition("#")[0].strip().upper() in _TRUE_FALSE else "shortanswer"


def _pieces(answers: Answers, signs: str, start: int = 0) -> Iterator[_Piece]:
    """The answers from `start` on, each behind one of `signs`; one alone may stand without a sign."""
    pattern = re.compile(rf"~[ \t]*=|[{signs}]" if "~" in signs else f"[{signs}]")
    marks = [(found.end(), found.group()[-1]) for found in pattern.finditer(answers.text, start)]
    first = answers.text[start : marks[0][0] - 1 if marks else None].rstrip("~ \t")
    if first.strip() and "~" in signs:
        answers.wrong(start, "gift.stray", value=shown(first)[:60])
    elif first.strip():
        marks.insert(0, (start, "="))
    if len(marks) > MOST_ANSWERS:
        answers.wrong(start, "gift.many_answers", most=MOST_ANSWERS)
        del marks[MOST_ANSWERS:]
    ends = [pattern.search(answers.text, place) for place, _sign in marks]
    for (place, sign), end in zip(marks, ends, strict=True):
        body = answers.text[place : end.start() if end else None].strip()
        weight = _WEIGHT.match(body)
        text, _, feedback = (body[weight.end() :] if weight else body).partition("#")
        yield _Piece(place, sign, Decimal(weight.group(1)) if weight else None, text.strip(), feedback)


def read_choices(answers: Answers) -> dict[str, object]:
    """`=right ~wrong`, or weights of which those above nought are right: single or several."""
    options: list[Option] = []
    pieces = list(_pieces(answers, "~="))
    by_sign = any(piece.sign == "=" for piece in pieces)
    for number, piece in enumerate(pieces, 1):
        answers.lines[f"option_{number}"] = answers.line_at(piece.place)
        right = piece.sign == "=" if by_sign else piece.weight is not None and piece.weight > 0
        if by_sign and piece.sign == "~" and piece.weight is not None and piece.weight > 0:
            answers.note(piece.place, "gift.part_credit", value=answers.said(piece.text)[:60])
        feedback = answers.said(piece.feedback) or answers.general
        options.append(Option(f"o{number}", answers.said(piece.text), feedback, right))
    if answers.general and all(piece.feedback.strip() for piece in pieces):
        answers.note(0, "gift.general_lost")
    right = sum(option.right for option in options)
    return {"kind": "several" if right > 1 and not by_sign else "single", "options": tuple(options)}


def read_match(answers: Answers, as_order: bool) -> dict[str, object]:
    """`=left -> right`; without a left side, a right one that belongs to nothing. What is said of the pairs stands in
    the general feedback, a line each (`gift.pair_feedback`), or it is one text for all."""
    rows: list[tuple[str, str]] = []
    others: list[str] = []
    for piece in _pieces(answers, "="):
        left, arrow, right = piece.text.partition(ARROW)
        if not arrow:
            answers.wrong(piece.place, "gift.no_arrow", value=shown(piece.text)[:60])
            continue
        if piece.feedback.strip():
            answers.note(piece.place, "gift.pair_feedback_lost")
        if left.strip():
            rows.append((answers.said(left), shown(right)))
            answers.lines[f"option_{len(rows)}"] = answers.line_at(piece.place)
        else:
            others.append(shown(right))
    feedback = _of_pairs(answers.general, [left for left, _right in rows])
    if as_order:
        rights = [right for _left, right in sorted(rows, key=lambda row: int(row[0]) if row[0].isdecimal() else 0)]
        told = {right: said for (_left, right), said in zip(rows, feedback, strict=True)}
        options = tuple(Option(f"o{place}", right, told[right]) for place, right in enumerate(rights, 1))
        return {"kind": "order", "options": options}
    names = {
        right: f"o{place}" for place, right in enumerate(dict.fromkeys([right for _left, right in rows] + others), 1)
    }
    pairs = tuple(Pair(left, names[right], said) for (left, right), said in zip(rows, feedback, strict=True))
    return {"kind": "match", "pairs": pairs, "options": tuple(Option(name, right, "") for right, name in names.items())}


def _of_pairs(general: str, lefts: list[str]) -> list[str]:
    lines = general.split("\n")
    heads = [f"{left} → " for left in lefts]
    if len(lines) == len(heads) and all(line.startswith(head) for line, head in zip(lines, heads, strict=True)):
        return [line.removeprefix(head).strip() for line, head in zip(lines, heads, strict=True)]
    return [general] * len(lefts)


def read_number(answers: Answers) -> dict[str, object]:
    """`#12.5:0.5`, `#12..13`, or several behind `=` with weights: the first whole one is right, those of nought are figures
    that people give wrongly."""
    start = answers.text.index("#") + 1
    body, tilde, _ = answers.text[start:].partition("~")
    rest = answers.text[start + len(body) :]
    answers.text = answers.text[: start + len(body)]
    value, tolerance, feedback, near = "", "0", answers.general, []
    for piece in _pieces(answers, "=", start):
        figure, within = _figures(piece.text)
        if figure is None:
            answers.wrong(piece.place, "gift.no_number", value=shown(piece.text)[:60])
        elif not value and piece.weight in (None, 100):
            value, tolerance = figure, within
            feedback = feedback or answers.said(piece.feedback)
        elif piece.weight is not None and piece.weight <= 0 and piece.feedback.strip():
            near.append(Near(figure, answers.said(piece.feedback)))
            answers.lines[f"option_{len(near)}"] = answers.line_at(piece.place)
        else:
            answers.note(piece.place, "gift.answer_lost", value=figure)
    if tilde and not feedback:
        feedback = answers.said(rest.partition("#")[2])
    return {"kind": "number", "value": value, "tolerance": tolerance, "near": tuple(near), "feedback": feedback}


def _figures(piece: str) -> tuple[str | None, str]:
    """The figure and how far from it is right."""
    text = shown(piece)
    try:
        if ".." in text:
            low, high = (Decimal(part.strip()) for part in text.split("..", 1))
            middle, within = (low + high) / 2, (high - low) / 2
            return (_plain(middle), _plain(within)) if within >= 0 else (None, "0")
        figure, _, within_text = text.partition(":")
        Decimal(figure.strip()), Decimal(within_text.strip() or "0")
    except (InvalidOperation, ValueError):
        return None, "0"
    return figure.strip(), within_text.strip() or "0"


def _plain(figure: Decimal) -> str:
    return f"{figure.normalize():f}" if figure.is_finite() else "?"


def read_short_answer(answers: Answers) -> dict[str, object]:
    """`=one =another`: a sentence of one's own that has to say one of these."""
    texts, feedback = [], answers.general
    for piece in _pieces(answers, "="):
        text = answers.said(piece.text).strip("*").strip()
        if not text or (piece.weight is not None and piece.weight < 100):
            answers.note(piece.place, "gift.answer_lost", value=answers.said(piece.text)[:60])
            continue
        texts.append(text)
        feedback = feedback or answers.said(piece.feedback)
    idea = Idea(IDEA_NAME[answers.language], tuple(texts))
    return {"kind": "text", "references": tuple(texts), "ideas": (idea,), "feedback": feedback}

"""Moodle GIFT: questions of the bank as a text that Moodle imports, and back. One language a file.

    // [id:say-back] [tag:duty:IN4] [tag:lesson:01-hear-the-person] [tag:difficulty:3]
    ::say-back::[plain]What comes first?{
        =Say it back#So they know.
        ~Ask for the number#Later.
        ~Apologise#Not yet.
    }

GIFT knows no duty, lesson and difficulty. They travel as tags in the comment above a question, which Moodle takes up and
gives back (its id number and tags), and others pass over. `// id: say-back duty: IN4 lesson: ... difficulty: 3` is read
too; a comment without an id holds for all questions after it. A category whose last part is a lesson names the lesson.

single, several (weights), number and match are held whole; order as a match of 1, 2, 3; text only where it is a short
answer. All else is left out and named.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from trainer.content.bank_findings import Entry, Finding, Taken
from trainer.content.bank_rules import NUMBER
from trainer.content.gift_answers import (
    ARROW,
    IDEA_NAME,
    Answers,
    kind_of,
    read_choices,
    read_match,
    read_number,
    read_short_answer,
)
from trainer.content.gift_signs import Block, blocks, escaped, formatted, shown
from trainer.domain.job import TEACHABLE
from trainer.domain.plain_text import without_accents
from trainer.domain.questions import Option, Question

BLANK = "_____"
MOST_SIGNS = 20_000
"""Of one question."""
_CATEGORY = "$CATEGORY:"
_GUARDED = re.compile(r"\[|%-?\d")
_TAG = re.compile(r"\[(id|tag):((?:\\\]|[^\]])+)\]")
_WORDS = re.compile(r"\b(id|duty|lesson|difficulty|kind)\s*:\s*(\S+)")
_DUTIES = {duty.casefold(): duty for duty in TEACHABLE}
_NOT_TAKEN = {"essay": "gift.essay", "truefalse": "gift.true_false", "description": "gift.description"}


def write_gift(questions: Iterable[Question], language: str, category: str) -> tuple[str, list[Finding]]:
    """The file, and the questions that it cannot hold. `category` is the name of the course in Moodle."""
    parts: list[str] = []
    left_out: list[Finding] = []
    lesson = ""
    for question in questions:
        why = _why_not(question, language)
        if why:
            left_out.append(Finding(0, why, question.kind, question.id, {"kind": question.kind}))
            continue
        if question.lesson != lesson:
            lesson = question.lesson
            parts.append(f"{_CATEGORY} {category}/{lesson}\n")
        parts.append("\n".join(_lines(question)) + "\n")
    return "\n".join(parts), left_out


def _why_not(question: Question, language: str) -> str:
    """Why GIFT cannot hold all of it; empty where it can."""
    match question.kind:
        case "single" | "several":
            return ""
        case "match" | "order":
            rows = _rows(question)
            if any(ARROW in left for left, _right, _said in rows):
                return "gift.arrow"
            return "gift.line_break" if any("\n" in left + said for left, _right, said in rows) else ""
        case "number":
            figures = (question.value, question.tolerance, *(near.value for near in question.near))
            if not all(NUMBER.fullmatch(figure) for figure in figures):
                return "gift.no_number"
            return "gift.unit" if re.search(r"[\]<>`\\\s]", question.unit) or len(question.unit) > 40 else ""
        case "text":
            own = (IDEA_NAME[language], question.references)
            short = [(idea.name, idea.phrases) for idea in question.ideas] == [own]
            return (
                "" if short and not any(ARROW in one or "*" in one for one in question.references) else "gift.own_words"
            )
    return "bank.kind_not_held"


def _rows(question: Question) -> list[tuple[str, str, str]]:
    """Left side, right side, feedback; the steps of an order have their number on the left."""
    if question.kind == "order":
        return [(str(place), option.text, option.feedback) for place, option in enumerate(question.options, 1)]
    rights = {option.id: option.text for option in question.options}
    return [(pair.left, rights[pair.option], pair.feedback) for pair in question.pairs]


def _lines(question: Question) -> Iterator[str]:
    tags = {"duty": question.duty, "lesson": question.lesson, "difficulty": question.difficulty}
    tags |= {"kind": "order"} if question.kind == "order" else {}
    tags |= {"unit": question.unit} if question.unit else {}
    yield " ".join([f"// [id:{question.id}]", *(f"[tag:{name}:{value}]" for name, value in tags.items())])
    opening = "{#" if question.kind == "number" else "{"
    yield f"::{question.id}::[plain]{escaped(question.text)}{opening}"
    yield from (f"\t{line}" for line in _answers(question))
    yield "}"


def _answers(question: Question) -> Iterator[str]:
    if question.kind in ("single", "several"):
        yield from (_choice(option, question) for option in question.options)
    elif question.kind in ("match", "order"):
        rows = _rows(question)
        yield from (f"={_guarded(left)} {ARROW} {escaped(right)}" for left, right, _said in rows)
        used = {pair.option for pair in question.pairs}
        if question.kind == "match":
            yield from (f"= {ARROW} {escaped(option.text)}" for option in question.options if option.id not in used)
        yield "####" + _guarded("\n".join(f"{left} → {said}" for left, _right, said in rows))
    elif question.kind == "number":
        yield f"=%100%{question.value}:{question.tolerance}#"
        yield from (f"=%0%{near.value}:0#{_guarded(near.feedback)}" for near in question.near)
        yield f"####{_guarded(question.feedback)}"
    else:
        yield from (f"=%100%{_guarded(reference)}#" for reference in question.references)
        yield f"####{_guarded(question.feedback)}"


def _choice(option: Option, question: Question) -> str:
    sign = "=" if option.right else "~"
    if question.kind == "several":
        share = 100 / sum(one.right for one in question.options)
        sign = f"~%{share:.5f}".rstrip("0").rstrip(".") + "%" if option.right else "~%-100%"
    return f"{sign}{_guarded(option.text)}#{_guarded(option.feedback)}"


def _guarded(text: str) -> str:
    """A text that would be taken for a format or a weight names its format first."""
    return ("[plain]" if _GUARDED.match(text) else "") + escaped(text)


@dataclass(frozen=True, slots=True)
class _Head:
    """What comments say of a question."""

    id: str = ""
    duty: str = ""
    lesson: str = ""
    difficulty: int = 0
    kind: str = ""
    unit: str = ""

    def with_comments(self, comments: Iterable[str]) -> _Head:
        found: dict[str, str] = {}
        for comment in comments:
            if re.match(r"(id|duty|lesson|difficulty|kind)\s*:", comment):
                found |= dict(_WORDS.findall(comment))
            for sort, text in _TAG.findall(comment):
                name, _, value = ("id", "", text) if sort == "id" else text.partition(":")
                found[name.strip().lower()] = value.strip().replace("\\]", "]")
        known: dict[str, object] = {name: value for name, value in found.items() if name in self.__slots__}
        if "difficulty" in known:
            known["difficulty"] = int(found["difficulty"]) if found["difficulty"] in ("1", "2", "3") else 0
        if "duty" in known:
            known["duty"] = _DUTIES.get(found["duty"].casefold(), found["duty"])
        return replace(self, **known)  # type: ignore[arg-type]


def read_gift(text: str, language: str, lessons: Collection[str] = (), file: int = 0) -> Taken:
    """Every question of a file, and every mistake. `lessons` are those of the course; `file` is 0, or 1 for the other."""
    taken = Taken()
    standing = _Head()
    for block in blocks(text):
        if taken.is_full:
            break
        head = standing.with_comments(block.comments)
        bare = block.text.strip()
        if bare.startswith(_CATEGORY):
            lesson = shown(bare.removeprefix(_CATEGORY)).split("/")[-1].strip()
            standing = replace(standing, lesson=lesson) if lesson in lessons else standing
        elif bare:
            _read_block(block, head, language, taken)
        elif not head.id:
            standing = head
    for findings in (taken.mistakes, taken.left_out, taken.notes):
        findings[:] = [replace(finding, file=file) for finding in findings]
    taken.entries = [replace(entry, file=file) for entry in taken.entries]
    return taken


def _read_block(block: Block, head: _Head, language: str, taken: Taken) -> None:
    text, title = block.text.strip(), ""
    if len(text) > MOST_SIGNS:
        taken.mistakes.append(Finding(block.line, "gift.long", "", "", {"most": MOST_SIGNS}))
        return
    if text.startswith("::") and "::" in text[2:]:
        title, _, text = (part.strip() for part in text[2:].partition("::"))
        title = shown(title)
    name = head.id or _slug(title)
    offset = block.text.index(text) if text else 0
    about = name or " ".join(shown(text).split())[:40]
    opens, closes = text.find("{"), text.find("}")
    if opens < 0 and closes < 0:
        taken.left_out.append(Finding(block.line, _NOT_TAKEN["description"], "", about))
        return
    if opens < 0 or closes < opens:
        taken.mistakes.append(Finding(block.line, "gift.brace", "", about))
        return
    rest = text[closes + 1 :]
    if "{" in rest or "}" in rest or "{" in text[opens + 1 : closes]:
        line = block.line_at(offset + opens + 1)
        taken.mistakes.append(Finding(line, "gift.two_parts", "", about))
        return
    said, form = formatted(text[:opens] + (BLANK if rest.strip() else "") + rest)
    inside = text[opens + 1 : closes]
    general = ""
    if "####" in inside:
        inside, _, general = inside.rpartition("####")
    answers = Answers(block, offset + opens + 1, inside, form, language, formatted(general, form)[0], about)
    kind = kind_of(inside)
    if kind in _NOT_TAKEN:
        taken.left_out.append(Finding(block.line, _NOT_TAKEN[kind], "", about))
        return
    fields = _fields(kind, answers, head)
    taken.mistakes += answers.mistakes
    taken.notes += answers.notes
    if "<img" in text.lower():
        taken.notes.append(Finding(block.line, "gift.picture", "", about))
    common: Mapping[str, object] = {
        "id": name, "duty": head.duty, "lesson": head.lesson, "difficulty": head.difficulty, "text": said, "unit": head.unit,
    }  # fmt: skip
    taken.entries.append(Entry(block.line, Question(**common, **fields), answers.lines))  # type: ignore[arg-type]


def _fields(kind: str, answers: Answers, head: _Head) -> Mapping[str, object]:
    match kind:
        case "multichoice":
            return read_choices(answers)
        case "match":
            return read_match(answers, as_order=head.kind == "order")
        case "numerical":
            return read_number(answers)
    return read_short_answer(answers)


def _slug(title: str) -> str:
    """An id of the title, where it can be one."""
    bare = re.sub(r"[^a-z0-9_]+", "-", without_accents(title)).strip("-")
    return bare[:60].strip("-") if re.match(r"[a-z]", bare) else ""

"""The bank: questions/*.yaml of a course to `domain.questions.Question`; docs/course-format.md shows every kind.

A file is a list of questions. Each has id, kind, duty (an id of `domain.job`), lesson (the file name of the lesson that teaches it,
without language), difficulty (1 recall, 2 apply, 3 judge between two goods) and text {en, fr}; the rest depends on its kind.
All mistakes of all files are told together.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from trainer.content.problems import Problem
from trainer.content.reading import Fields, Node, Source, check_known, check_unique
from trainer.content.typography import typeset
from trainer.content.yaml_files import read_yaml
from trainer.domain.courses import VOICES
from trainer.domain.grading.call_values import amount
from trainer.domain.job import TEACHABLE
from trainer.domain.questions import (
    ENDS,
    QUESTION_KINDS,
    Idea,
    Line,
    Near,
    Option,
    Pair,
    Question,
    Step,
    best_path,
    walk,
)
from trainer.domain.scenario import FIELD_TYPES, FormField

LEAST_QUESTIONS = 10
SPEAKERS = {"C": "customer", "O": "operator"}


def read_questions(folder: Path, source: Callable[[Path], Source], lessons: list[str]) -> tuple[Question, ...]:
    """The bank of a course's folder, in the language of `source`."""
    found: list[tuple[Node, Question]] = []
    files = sorted((folder / "questions").glob("*.yaml"))
    for path in files:
        root = read_yaml(path, source(path))
        if root is None:
            continue
        if not root.is_list:
            root.wrong("must be a list of questions")
        found += [(node, _read_question(node, lessons)) for node in root.items()]
    check_unique([(node, question.id) for node, question in found], "the question")
    questions = tuple(question for _node, question in found)
    last = source(files[-1] if files else folder / "questions" / "bank.yaml")
    last.problems.extend(Problem(last.file, 1, "", message) for message in _bank_faults(questions))
    return questions


def _bank_faults(questions: tuple[Question, ...]) -> Iterator[str]:
    if len(questions) < LEAST_QUESTIONS:
        yield f"the bank has {len(questions)} questions; at least {LEAST_QUESTIONS} are right"
        return
    hard = sum(question.difficulty == 3 for question in questions)
    if hard * 10 < len(questions) * 3:
        yield f"{hard} of {len(questions)} questions are of difficulty 3; at least three in ten are right"
    singles = [question for question in questions if question.kind == "single" and question.options]
    told = [one.id for one in singles if max(one.options, key=lambda option: len(option.text)).right]
    if len(told) * 2 > len(singles):
        yield f"the longest option gives {len(told)} of {len(singles)} questions away: {', '.join(told)}"
    pairs = [question for question in questions if question.kind == "better" and len(question.replies) == 2]
    long = [one.id for one in pairs if max(one.replies, key=lambda reply: len(reply.text)).right]
    if len(long) * 3 > len(pairs) * 2 and len(pairs) > 2:
        yield f"the longer reply gives {len(long)} of {len(pairs)} questions away: {', '.join(long)}"


def _read_question(node: Node, lessons: list[str]) -> Question:
    with node.fields() as f:
        kind = f.choice("kind", QUESTION_KINDS)
        lesson = f.text("lesson")
        place = f.place("lesson")
        if place is not None and lesson:
            check_known(place, lesson, lessons)
        common = {
            "id": f.id(),
            "kind": kind,
            "duty": f.choice("duty", TEACHABLE),
            "lesson": lesson,
            "difficulty": f.integer("difficulty", 1, 3),
            "text": _set(node, f.text("text")),
        }
        own = _KINDS[kind](node, f) if kind in _KINDS else _read_choices(node, f, kind)
    return Question(**common, **own)  # type: ignore[arg-type]


def _set(node: Node, text: str) -> str:
    return typeset(text, node.source.language)


def _numbered(options: tuple[Option, ...], sign: str = "o") -> tuple[Option, ...]:
    return tuple(Option(f"{sign}{n}", o.text, o.feedback, o.right, o.leads) for n, o in enumerate(options, 1))


def _read_choices(node: Node, f: Fields, kind: str) -> dict[str, object]:
    options = f.each("options", lambda option: _read_option(option, kind), least=3)
    right = sum(option.right for option in options)
    if kind == "single" and right != 1:
        node.wrong(f"a question of kind single has one right option, this one has {right}")
    if kind == "several" and not 2 <= right < len(options):
        node.wrong(f"a question of kind several has at least two right options and a wrong one; {right} are right here")
    _check_different(node, options)
    return {"options": _numbered(options)}


def _read_option(node: Node, kind: str = "single") -> Option:
    with node.fields() as f:
        text, feedback = _set(node, f.text("text")), _set(node, f.text("feedback"))
        right = f.flag("right", default=False)
        if kind == "order" and f.has("right"):
            node.wrong("options of kind order are written in their right order; take 'right' away")
    return Option("", text, feedback, right)


def _check_different(node: Node, options: tuple[Option, ...]) -> None:
    if len({option.text for option in options}) != len(options):
        node.wrong("two options say the same")


def _one_right(node: Node, options: tuple[Option, ...], what: str) -> None:
    right = sum(option.right for option in options)
    if right != 1:
        node.wrong(f"one of the {what} is right, {right} are here")
    _check_different(node, options)


def _read_match(node: Node, f: Fields) -> dict[str, object]:
    def read(pair: Node) -> tuple[str, str, str]:
        with pair.fields() as p:
            return _set(pair, p.text("left")), _set(pair, p.text("right")), _set(pair, p.text("feedback"))

    rows = f.each("pairs", read, least=3)
    others = f.each("others", lambda other: _set(other, other.text()), default=())
    rights = list(dict.fromkeys([right for _left, right, _feedback in rows] + list(others)))
    if len({left for left, _right, _feedback in rows}) != len(rows):
        node.wrong("two left sides say the same")
    if set(others) & {right for _left, right, _feedback in rows}:
        node.wrong("one of the others belongs to a left side")
    ids = {right: f"o{number}" for number, right in enumerate(rights, 1)}
    options = tuple(Option(ids[right], right, "") for right in rights)
    return {"pairs": tuple(Pair(left, ids[right], feedback) for left, right, feedback in rows), "options": options}


def _read_number(node: Node, f: Fields) -> dict[str, object]:
    def read(near: Node) -> Near:
        with near.fields() as n:
            return Near(n.text("value"), _set(near, n.text("feedback")))

    value, tolerance = f.text("value"), f.text("tolerance", default="0")
    if value and (amount(value) is None or "," in value):
        node.wrong(f"the value {value!r} is no number: write it with figures and a point, such as 12.50")
    return {
        "value": value, "tolerance": tolerance, "unit": f.text("unit", default=""),
        "near": f.each("near", read, default=()), "feedback": _set(node, f.text("feedback")),
    }  # fmt: skip


def _read_record(node: Node, f: Fields) -> dict[str, object]:
    fields = f.each("fields", _read_field, least=2)
    lines = tuple(Line("customer", _set(node, text)) for text in f.texts("customer", least=2))
    return {
        "voice": f.choice("voice", VOICES), "lines": lines, "fields": fields, "feedback": _set(node, f.text("feedback")),
    }  # fmt: skip


def _read_field(node: Node) -> FormField:
    with node.fields() as f:
        return FormField(
            id=f.id(),
            label=_set(node, f.text("label")),
            type=f.choice("type", [kind for kind in FIELD_TYPES if kind != "choice"]),
            truth=f.text("truth"),
            accept=f.texts("accept", default=()),
        )


def _read_better(node: Node, f: Fields) -> dict[str, object]:
    lines = tuple(Line("customer", _set(node, text)) for text in f.texts("customer", least=1))
    replies = f.each("replies", _read_option, least=2)
    reasons = f.each("reasons", _read_option, least=3)
    if len(replies) > 2:
        node.wrong(f"there are two replies to choose from, {len(replies)} are here")
    _one_right(node, replies, "replies")
    _one_right(node, reasons, "reasons")
    return {"lines": lines, "replies": _numbered(replies, "r"), "options": _numbered(reasons)}


def _read_spot(node: Node, f: Fields) -> dict[str, object]:
    wrong: list[int] = []

    def read(line: Node) -> Line:
        members = line.members()
        sign = next(iter(members), "")
        if len(members) != 1 or sign.rstrip("!") not in SPEAKERS or sign == "C!":
            line.wrong("a line is 'C: ...', 'O: ...', or 'O!: ...' for the one with the error")
            return Line("note", "")
        if sign == "O!":
            wrong.append(line.line)
        return Line(SPEAKERS[sign.rstrip("!")], _set(line, members[sign].text()))

    lines = f.each("lines", read, least=4)
    if len(wrong) != 1:
        node.wrong(f"one line holds the error and begins with 'O!', {len(wrong)} do")
    place = f.place("lines")
    numbers = [number for number, line in enumerate(place.items() if place else (), 1) if line.line in wrong]
    return {
        "lines": lines, "wrong_line": numbers[0] if numbers else 0, "error": f.integer("error", 1, 7),
        "feedback": _set(node, f.text("feedback")),
    }  # fmt: skip


def _read_text(node: Node, f: Fields) -> dict[str, object]:
    def read(idea: Node) -> Idea:
        with idea.fields() as i:
            return Idea(_set(idea, i.text("name")), i.texts("phrases", least=3))

    return {
        "references": tuple(_set(node, text) for text in f.texts("references", least=3)),
        "ideas": f.each("ideas", read, least=1), "feedback": _set(node, f.text("feedback")),
    }  # fmt: skip


def _read_branch(node: Node, f: Fields) -> dict[str, object]:
    def read(step: Node) -> Step:
        with step.fields() as s:
            name = s.id()
            replies = s.each("replies", _read_reply, least=2)
            return Step(name, _set(step, s.text("customer")), _numbered(replies, f"{name}."))

    steps = f.each("steps", read, least=2)
    place = f.place("steps")
    check_unique([(n, s.id) for n, s in zip(place.items() if place else (), steps, strict=False)], "the step")
    known = {step.id for step in steps} | set(ENDS)
    for step in steps:
        for reply in step.replies:
            if reply.leads not in known:
                node.wrong(f"a reply of step {step.id!r} leads to {reply.leads!r}, which is no step and no end ({', '.join(ENDS)})")  # fmt: skip
    if steps and not best_path(steps):
        node.wrong("no reply leads to a good end")
    reached = _reached(steps)
    for step in steps:
        if step.id not in reached:
            node.wrong(f"nothing leads to the step {step.id!r}")
    return {"steps": steps}


def _read_reply(node: Node) -> Option:
    with node.fields() as f:
        return Option("", _set(node, f.text("text")), _set(node, f.text("feedback")), leads=f.text("leads"))


def _reached(steps: tuple[Step, ...]) -> set[str]:
    found: set[str] = set()
    paths: list[tuple[str, ...]] = [()]
    while paths:
        path = paths.pop()
        _taken, step, _end = walk(steps, path)
        if step is not None and step.id not in found:
            found.add(step.id)
            paths += [(*path, reply.id) for reply in step.replies]
    return found


_KINDS: dict[str, Callable[[Node, Fields], dict[str, object]]] = {
    "match": _read_match, "number": _read_number, "record": _read_record, "better": _read_better, "spot": _read_spot,
    "text": _read_text, "branch": _read_branch,
}  # fmt: skip

"""The bank as a table for spreadsheets: one row a question, both languages side by side.

    id, kind, duty, lesson, difficulty, text_en, text_fr
    option_1_en, option_1_fr, option_1_right ("yes"), option_1_feedback_en, ...   single, several; order: in the right order
    option_1_left_en, ...     match: the left side; an option without one belongs to nothing
    value_en, tolerance_en, unit_en, feedback_en, ...   number; its options are the figures that people give wrongly
    references_en, idea_1_en, idea_1_phrases_en, feedback_en, ...   text; wordings are apart by |

Cells that a spreadsheet would run are guarded. French tables part cells by semicolons and write 12,50; both are read, and
tabs too. Rows are counted as the spreadsheet counts them, headings included.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from trainer.content.bank_findings import CARRIED_KINDS, Entry, Finding, Taken
from trainer.content.bank_rules import NUMBER
from trainer.content.problems import did_you_mean
from trainer.content.reading import LANGUAGES
from trainer.content.spreadsheet_cells import guarded, unguarded
from trainer.content.typography import with_plain_spaces
from trainer.domain.questions import Idea, Near, Option, Pair, Question

MOST_PARTS = 20
"""Options and ideas of one question."""
HEAD = ("id", "kind", "duty", "lesson", "difficulty")
YES, NO = ("yes", "oui", "x", "1", "true", "vrai", "right", "juste"), ("", "no", "non", "0", "false", "faux")
_DECIMAL = re.compile(r"-?\d+,\d+")
Edition = Mapping[str, Question]


def write_csv(editions: Iterable[Edition], delimiter: str = ",") -> tuple[str, list[Finding]]:
    """The table with a byte order mark, without which Excel takes UTF-8 for something else; and what it cannot hold."""
    rows: list[dict[str, str]] = []
    left_out: list[Finding] = []
    for edition in editions:
        one = edition[LANGUAGES[0]]
        if max(len(one.options), len(one.near), len(one.ideas)) > MOST_PARTS:
            left_out.append(Finding(0, "csv.many_parts", "option", one.id, {"most": MOST_PARTS}))
        elif one.kind in CARRIED_KINDS:
            rows.append(dict(_cells(edition, "," if delimiter == ";" else ".")))
        else:
            left_out.append(Finding(0, "bank.kind_not_held", "kind", one.id, {"kind": one.kind}))
    used = {column for row in rows for column, cell in row.items() if cell}
    wanted = {*HEAD, *(f"{name}_{code}" for name in ("text", "feedback") for code in LANGUAGES)}
    wanted |= {f"option_{number}_right" for number in range(1, MOST_PARTS + 1) if f"option_{number}_en" in used}
    columns = [column for column in columns_known() if column in used | wanted]
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([row.get(column, "") for column in columns] for row in rows)
    return "\ufeff" + out.getvalue(), left_out


def columns_known() -> list[str]:
    """Every column, in the order of a table."""
    names: list[str] = [*HEAD]

    def add(name: str) -> None:
        names.extend(f"{name}_{code}" for code in LANGUAGES)

    add("text")
    for number in range(1, MOST_PARTS + 1):
        add(f"option_{number}_left")
        add(f"option_{number}")
        names.append(f"option_{number}_right")
        add(f"option_{number}_feedback")
    for name in ("value", "tolerance", "unit", "references"):
        add(name)
    for number in range(1, MOST_PARTS + 1):
        add(f"idea_{number}")
        add(f"idea_{number}_phrases")
    add("feedback")
    return names


def _cells(edition: Edition, point: str) -> Iterator[tuple[str, str]]:
    one = edition[LANGUAGES[0]]
    yield from (("id", one.id), ("kind", one.kind), ("duty", one.duty), ("lesson", one.lesson))
    yield "difficulty", str(one.difficulty)
    for option, right in enumerate(one.options, 1):
        if right.right and one.kind in ("single", "several"):
            yield f"option_{option}_right", YES[0]
    for language, question in edition.items():
        for name, text in _said(question):
            typed = text if name == "unit" or name.endswith("_phrases") else with_plain_spaces(text, language)
            figure = _is_figure(name, question) and NUMBER.fullmatch(typed)
            yield f"{name}_{language}", typed.replace(".", point) if figure else guarded(typed)


def _is_figure(name: str, question: Question) -> bool:
    return question.kind == "number" and (
        name in ("value", "tolerance") or re.fullmatch(r"option_\d+", name) is not None
    )


def _said(question: Question) -> Iterator[tuple[str, str]]:
    """What a question says in its language, by column without the language."""
    yield "text", question.text
    yield "feedback", question.feedback
    rights = {option.id: option.text for option in question.options}
    rows = [(pair.left, rights[pair.option], pair.feedback) for pair in question.pairs]
    used = {pair.option for pair in question.pairs}
    rows += [("", option.text, option.feedback) for option in question.options if option.id not in used]
    rows += [("", near.value, near.feedback) for near in question.near]
    for number, (left, text, feedback) in enumerate(rows, 1):
        yield from (
            (f"option_{number}_left", left),
            (f"option_{number}", text),
            (f"option_{number}_feedback", feedback),
        )
    if question.kind == "number":
        yield from (("value", question.value), ("tolerance", question.tolerance), ("unit", question.unit))
    yield "references", _joined(question.references)
    for number, idea in enumerate(question.ideas, 1):
        yield from ((f"idea_{number}", idea.name), (f"idea_{number}_phrases", _joined(idea.phrases)))


def _joined(texts: Iterable[str]) -> str:
    return " | ".join(text.replace("\\", "\\\\").replace("|", "\\|") for text in texts)


def _parted(cell: str) -> tuple[str, ...]:
    parts = re.findall(r"((?:\\.|[^|\\]|\\$)+)", cell, flags=re.DOTALL)
    return tuple(text for part in parts if (text := re.sub(r"\\([|\\])", r"\1", part.strip())))


def read_csv(text: str) -> Taken:
    """Every question of a table, an entry a language and row, and every mistake."""
    taken = Taken()
    rows = _rows(text, taken)
    number, columns = next(rows, (1, []))
    columns = [column.strip().lower() for column in columns]
    if not _headings_are_right(number, columns, taken):
        return taken
    for number, cells in rows:
        if taken.is_full:
            break
        if len(cells) > len(columns):
            taken.mistakes.append(
                Finding(number, "csv.many_cells", "", "", {"count": len(cells), "most": len(columns)})
            )
            continue
        _read_row(number, _Row(dict(zip(columns, map(_clean, cells), strict=False))), taken)
    return taken


def _clean(cell: str) -> str:
    return unguarded(cell.strip()).strip().replace("\r\n", "\n").replace("\r", "\n")


def _rows(text: str, taken: Taken) -> Iterator[tuple[int, list[str]]]:
    """The rows that hold anything, by number; an open quotation mark is a mistake and the end."""
    text = text.removeprefix("\ufeff")
    first, _, rest = text.partition("\n")
    said = re.fullmatch(r"sep=(.)\s*", first)
    sample = rest.partition("\n")[0] if said else first
    delimiter = said.group(1) if said else max(",;\t", key=sample.count)
    reader = csv.reader(io.StringIO(rest if said else text, newline=""), delimiter=delimiter, strict=True)
    number = 1 if said else 0
    while True:
        number += 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            taken.mistakes.append(Finding(number, "csv.unreadable"))
            return
        if any(cell.strip() for cell in cells):
            yield number, cells


def _headings_are_right(number: int, columns: Sequence[str], taken: Taken) -> bool:
    known = set(columns_known())
    if not known & set(columns):
        taken.mistakes.append(
            Finding(number, "csv.no_headings", "", "", {"wanted": ", ".join((*HEAD, "text_en", "text_fr"))})
        )
        return False
    for column in columns:
        if column and column not in known:
            taken.mistakes.append(
                Finding(number, "csv.unknown_column", column[:60], "", {"hint": _near(column, known)})
            )
    for column in sorted({column for column in columns if column and columns.count(column) > 1}):
        taken.mistakes.append(Finding(number, "csv.column_twice", column))
    for column in (*HEAD, *(f"text_{code}" for code in LANGUAGES)):
        if column not in columns:
            taken.mistakes.append(Finding(number, "csv.no_column", column))
    return True


def _near(column: str, known: Iterable[str]) -> str:
    hint = did_you_mean(column, sorted(known))
    return hint.split("'")[1] if hint.startswith("did") else "option_1_feedback_en"


class _Row:
    """The cells of a row by column; it knows which were asked for."""

    def __init__(self, cells: Mapping[str, str]) -> None:
        self.cells = cells
        self.asked: set[str] = set()

    def get(self, column: str) -> str:
        self.asked.add(column)
        return self.cells.get(column, "")

    def figure(self, column: str) -> str:
        cell = self.get(column)
        return cell.replace(",", ".") if _DECIMAL.fullmatch(cell) else cell

    def count(self, sort: str) -> int:
        """The number of the last option or idea with anything in it."""
        found = [re.match(rf"{sort}_(\d+)(?:_|$)", column) for column, cell in self.cells.items() if cell]
        return max((int(one.group(1)) for one in found if one), default=0)

    def unused(self) -> list[str]:
        return [column for column, cell in self.cells.items() if cell and column and column not in self.asked]


def _read_row(number: int, row: _Row, taken: Taken) -> None:
    for language in LANGUAGES:
        taken.entries.append(Entry(number, _read_question(row, language)))
    one = taken.entries[-1]
    for place in range(1, row.count("option") + 1):
        column = f"option_{place}_right"
        if row.cells.get(column, "").lower() not in YES + NO:
            taken.mistakes.append(one.wrong("csv.bad_right", column, value=row.cells[column][:60]))
    if one.question.kind in CARRIED_KINDS:
        known = set(columns_known())
        taken.notes += [one.wrong("csv.unused", column) for column in row.unused() if column in known]


def _read_question(row: _Row, language: str) -> Question:
    kind = row.get("kind").lower()
    level = row.figure("difficulty")
    common = {name: row.get(name) for name in ("id", "duty", "lesson")}
    fields = _FIELDS[kind](row, language, kind) if kind in _FIELDS else {}
    difficulty = int(level) if level in ("1", "2", "3") else 0
    return Question(kind=kind, difficulty=difficulty, text=row.get(f"text_{language}"), **common, **fields)  # type: ignore[arg-type]


def _options(row: _Row, language: str, kind: str) -> dict[str, object]:
    def read(number: int) -> Option:
        text, feedback = row.get(f"option_{number}_{language}"), row.get(f"option_{number}_feedback_{language}")
        right = kind != "order" and row.get(f"option_{number}_right").lower() in YES
        return Option(f"o{number}", text, feedback, right)

    return {"options": tuple(read(number) for number in range(1, row.count("option") + 1))}


def _match(row: _Row, language: str, _kind: str) -> dict[str, object]:
    numbers = range(1, row.count("option") + 1)
    paired = [number for number in numbers if any(row.get(f"option_{number}_left_{code}") for code in LANGUAGES)]
    others = [row.get(f"option_{number}_{language}") for number in numbers if number not in paired]
    rows = [
        tuple(row.get(f"option_{number}{part}_{language}") for part in ("_left", "", "_feedback")) for number in paired
    ]
    rights = list(dict.fromkeys([right for _left, right, _said in rows]))
    ids = {right: f"o{number}" for number, right in enumerate(rights, 1)}
    options = [Option(ids[right], right, "") for right in rights]
    options += [Option(f"o{number}", other, "") for number, other in enumerate(others, len(rights) + 1)]
    return {"pairs": tuple(Pair(left, ids[right], said) for left, right, said in rows), "options": tuple(options)}


def _number(row: _Row, language: str, _kind: str) -> dict[str, object]:
    near = tuple(
        Near(row.figure(f"option_{number}_{language}"), row.get(f"option_{number}_feedback_{language}"))
        for number in range(1, row.count("option") + 1)
    )
    return {
        "value": row.figure(f"value_{language}"), "tolerance": row.figure(f"tolerance_{language}") or "0",
        "unit": row.get(f"unit_{language}"), "near": near, "feedback": row.get(f"feedback_{language}"),
    }  # fmt: skip


def _text(row: _Row, language: str, _kind: str) -> dict[str, object]:
    ideas = tuple(
        Idea(row.get(f"idea_{number}_{language}"), _parted(row.get(f"idea_{number}_phrases_{language}")))
        for number in range(1, row.count("idea") + 1)
    )
    references = _parted(row.get(f"references_{language}"))
    return {"references": references, "ideas": ideas, "feedback": row.get(f"feedback_{language}")}


_FIELDS = {
    "single": _options,
    "several": _options,
    "order": _options,
    "match": _match,
    "number": _number,
    "text": _text,
}

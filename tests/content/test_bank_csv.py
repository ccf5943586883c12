"""The bank as a table: what is written is read back as it was, whatever a spreadsheet makes of it in between."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.factories.questions import editions
from trainer.config import ROOT
from trainer.content.bank_csv import columns_known, read_csv, write_csv
from trainer.content.bank_yaml import bank_yaml
from trainer.content.courses import load_course
from trainer.content.problems import Problem
from trainer.content.questions import read_questions
from trainer.content.reading import LANGUAGES, Source
from trainer.content.spreadsheet_cells import FORMULA_STARTS, guarded, unguarded

EVERY_KIND = ROOT / "tests" / "data" / "courses" / "every-kind"
HEAD = "id,kind,duty,lesson,difficulty,text_en,text_fr"
KINDS = ["single", "several", "order", "match", "number", "text"]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("delimiter", [",", ";"])
@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_questions_come_back_through_table_and_yaml(
    kind: str, delimiter: str, tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    """The reader of the bank has the last word: what it finds in the YAML is what was written into the table."""
    edition = data.draw(editions(kind))
    text, left_out = write_csv([edition], delimiter)
    assert not left_out
    taken = read_csv(text)
    assert (taken.mistakes, taken.notes) == ([], [])
    folder = tmp_path_factory.mktemp("bank")
    (folder / "questions").mkdir()
    read = dict(zip(LANGUAGES, (entry.question for entry in taken.entries), strict=True))
    (folder / "questions" / "one.yaml").write_text(bank_yaml([read]), encoding="utf-8")
    for language in LANGUAGES:
        problems: list[Problem] = []
        source = partial(_source, problems, language)
        found = read_questions(folder, source, [edition["en"].lesson])
        assert not [problem for problem in problems if "at least 10" not in str(problem)]
        assert found == (edition[language],)


def _source(problems: list[Problem], language: str, path: Path) -> Source:
    return Source(path.name, problems, language)


def test_a_table_holds_six_kinds_and_names_the_others() -> None:
    course = load_course(EVERY_KIND)
    rows = zip(*(edition.questions for edition in course.editions.values()), strict=True)
    text, left_out = write_csv([dict(zip(course.editions, row, strict=True)) for row in rows])
    assert [finding.part for finding in left_out] == ["kind"] * 4
    assert [finding.params["kind"] for finding in left_out] == ["record", "better", "spot", "branch"]
    assert text.startswith("\ufeffid,kind,duty,lesson,difficulty,text_en,text_fr,")
    table = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))
    assert [row["kind"] for row in table] == KINDS
    assert table[0]["option_2_right"] == "yes"


def test_a_french_table_writes_figures_as_a_french_spreadsheet_reads_them() -> None:
    course = load_course(EVERY_KIND)
    price = {code: edition.question("the-price") for code, edition in course.editions.items()}
    text, _ = write_csv([price], ";")  # type: ignore[list-item]
    assert ";18,00;22,00;0,01;0,01;" in text
    assert "\u202f" not in text, "a sign that Windows-1252 has not"


@pytest.mark.parametrize("start", FORMULA_STARTS)
def test_no_cell_is_run(start: str) -> None:
    course = load_course(EVERY_KIND)
    bad = {code: replace(q.questions[0], text=f"{start}1+1|cmd") for code, q in course.editions.items()}
    text, _ = write_csv([bad])
    for row in csv.reader(io.StringIO(text.removeprefix("\ufeff"))):
        assert not [cell for cell in row if cell.startswith(FORMULA_STARTS)]


@given(text=st.text())
def test_a_guard_is_taken_off_again(text: str) -> None:
    assert unguarded(guarded(text)) == text


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("sep", [True, False])
def test_the_delimiter_is_found(delimiter: str, sep: bool) -> None:
    row = ["a", "order", "IN4", "01-a", "2", "one; two, three", "un; deux, trois"]
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows([HEAD.split(","), row])
    taken = read_csv((f"sep={delimiter}\r\n" if sep else "") + out.getvalue())
    assert [entry.question.text for entry in taken.entries] == ["one; two, three", "un; deux, trois"]
    assert {entry.line for entry in taken.entries} == {3 if sep else 2}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", []),
        ("Good morning\nhow are you\n", [(1, "csv.no_headings", "")]),
        (HEAD.replace("text_en", "texte_en"), [(1, "csv.unknown_column", "texte_en"), (1, "csv.no_column", "text_en")]),
        (HEAD + ",id", [(1, "csv.column_twice", "id")]),
        (HEAD + "\na,order,IN4,01-a,2,x,y,z,and more\n", [(2, "csv.many_cells", "")]),
        (HEAD + '\n\n"a,order\n', [(3, "csv.unreadable", "")]),
        (HEAD + ",option_1_right,option_1_en\na,single,IN4,01-a,2,x,y,perhaps,z\n", [(2, "csv.bad_right", "option_1_right")]),
    ],
)  # fmt: skip
def test_mistakes_of_a_table_are_told_with_row_and_column(text: str, found: list[tuple[int, str, str]]) -> None:
    taken = read_csv(text)
    told = [(one.line, one.code, one.part) for one in taken.mistakes]
    assert told == (found or [(1, "csv.no_headings", "")])


def test_what_is_not_used_is_named() -> None:
    taken = read_csv(HEAD + ",value_en,option_1_left_en\na,single,IN4,01-a,2,x,y,12,left\n")
    assert [(note.line, note.part) for note in taken.notes] == [(2, "value_en"), (2, "option_1_left_en")]


def test_columns_are_known_once() -> None:
    names = columns_known()
    assert len(names) == len(set(names))

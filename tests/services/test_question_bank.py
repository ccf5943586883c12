"""Bringing questions in: all that is wrong is told by its place, and only what the bank's own reader takes comes out."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from trainer.config import ROOT
from trainer.content.courses import load_course
from trainer.domain.errors import Invalid, TooLarge
from trainer.services import question_bank as service
from trainer.services.question_bank import MOST_BYTES, ImportReport, SourceFile, check_import

DATA = ROOT / "tests" / "data"
HEAD = "// [id:{id}] [tag:duty:IN3] [tag:lesson:01-all-of-it] [tag:difficulty:3]\n"
ENGLISH = HEAD + "What now? {{\n=Ask#Right.\n~Wait a little#No.\n~Leave at once#No.\n}}\n\n"
FRENCH = HEAD + "Et maintenant ? {{\n=Demander#Juste.\n~Attendre un peu#Non.\n~Partir \\: vite#Non.\n}}\n\n"


@pytest.fixture
def course(tmp_path: Path) -> Path:
    return shutil.copytree(DATA / "courses" / "every-kind", tmp_path / "courses" / "every-kind")


def gift(course: Path, english: str, french: str | None = None, **options: str) -> ImportReport:
    files = [SourceFile("new.gift", english.encode())]
    files += [SourceFile("nouveau.gift", french.encode())] if french is not None else []
    return check_import(course, *files, **options)


def told(report: ImportReport) -> list[tuple[int, int, str, str]]:
    return [(one.file, one.line, one.code, one.part) for one in report.mistakes]


def test_a_pair_of_gift_files_becomes_a_file_of_the_bank(course: Path) -> None:
    report = gift(
        course, ENGLISH.format(id="one") + ENGLISH.format(id="two"), FRENCH.format(id="two") + FRENCH.format(id="one")
    )
    assert (report.format, report.name, report.is_good, told(report)) == ("gift", "new.yaml", True, [])
    (course / "questions" / report.name).write_text(report.yaml, encoding="utf-8")
    read = load_course(course)
    assert read.editions["en"].question("two").options[0].text == "Ask"  # type: ignore[union-attr]
    assert read.editions["fr"].question("one").options[2].text == "Partir\u00a0: vite"  # type: ignore[union-attr]


def test_what_is_taken_out_of_a_course_comes_back_as_it_was(course: Path) -> None:
    """In another course with the same lessons and an empty bank, but for the kinds that a format cannot hold."""
    whole = load_course(course)
    exports = {
        form: [service.export_bank(whole, form, language).text for language in ("en", "fr")] for form in service.FORMATS
    }
    (course / "questions" / "01-all-of-it.yaml").unlink()
    for form, (english, french) in exports.items():
        files = [SourceFile(f"a.{form}", english.encode()), SourceFile(f"b.{form}", french.encode())]
        report = check_import(course, *files[: 2 if form == "gift" else 1])
        assert told(report) == []
        assert [whole.editions["en"].question(one.id) for one in report.taken] == list(report.taken)
        assert len(report.taken) == {"gift": 5, "csv": 6}[form]


def test_one_language_alone_is_not_enough(course: Path) -> None:
    (mistake,) = gift(course, ENGLISH.format(id="one"), language="fr").mistakes
    assert (mistake.code, mistake.params) == ("bank.language_missing", {"language": "en"})


def test_both_languages_have_to_say_the_same(course: Path) -> None:
    french = FRENCH.format(id="one").replace("=Demander", "~Demander").replace("~Attendre", "=Attendre")
    english = ENGLISH.format(id="one") + ENGLISH.format(id="two")
    french += FRENCH.format(id="three")
    assert told(gift(course, english, french)) == [
        (0, 9, "bank.not_in_other", "id"), (1, 2, "bank.other_shape", "option"), (1, 9, "bank.not_in_first", "id"),
    ]  # fmt: skip


def test_files_that_changed_places_are_noticed(course: Path) -> None:
    whole = load_course(course)
    english, french = (service.export_bank(whole, "gift", language).text for language in ("en", "fr"))
    (course / "questions" / "01-all-of-it.yaml").unlink()
    assert told(gift(course, english, french, language="fr")) == [
        (0, 0, "bank.other_language", "text_fr"),
        (1, 0, "bank.other_language", "text_en"),
    ]
    assert gift(course, french, english, language="fr").is_good


def test_the_other_file_may_leave_to_the_first_what_is_the_same(course: Path) -> None:
    french = FRENCH.format(id="one").replace("[tag:duty:IN3] [tag:lesson:01-all-of-it] [tag:difficulty:3]", "")
    assert gift(course, ENGLISH.format(id="one"), french).is_good


def test_a_file_of_mistakes_is_told_cell_by_cell_and_nothing_is_taken(course: Path) -> None:
    report = check_import(course, SourceFile("m.csv", (DATA / "bank" / "mistakes.csv").read_bytes()))
    assert not report.is_good
    assert [(line, code, part) for _file, line, code, part in told(report)] == [
        (3, "bank.bad_id", "id"),
        (3, "bank.unknown_duty", "duty"),
        (3, "bank.unknown_lesson", "lesson"),
        (3, "bank.bad_difficulty", "difficulty"),
        (3, "bank.empty", "text_en"),
        (3, "bank.one_right", ""),
        (3, "bank.twice", "option_3_en"),
        (3, "bank.no_feedback", "option_2_feedback_fr"),
        (4, "bank.id_twice", "id"),
        (5, "bank.few_options", ""),
        (5, "bank.two_right", ""),
        (5, "bank.id_taken", "id"),
        (6, "bank.bad_number", "value_en"),
        (7, "bank.bad_kind", "kind"),
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_table_is_read_as_spreadsheets_save_it(course: Path, encoding: str) -> None:
    rows = (DATA / "bank" / "mistakes.csv").read_text(encoding="utf-8").splitlines()[:2]
    data = "\r\n".join(rows).replace("Demander", "Répondre").encode(encoding)
    report = check_import(course, SourceFile("t.csv", data))
    assert told(report) == []
    assert "Répondre" in report.yaml


def test_the_reader_of_the_bank_has_the_last_word(course: Path) -> None:
    """Ten easy questions spoil a bank, which only the whole of it shows."""
    easy = ENGLISH.replace("difficulty:3", "difficulty:1")
    english = "".join(easy.format(id=f"q{number}") for number in range(30))
    french = "".join(FRENCH.replace("difficulty:3", "difficulty:1").format(id=f"q{number}") for number in range(30))
    report = gift(course, english, french)
    (mistake,) = report.mistakes
    assert (mistake.code, report.yaml) == ("bank.reader", "")
    assert "at least three in ten" in str(mistake.params["message"])


def test_what_was_wrong_with_the_bank_before_is_not_the_doing_of_the_file(course: Path) -> None:
    bank = course / "questions" / "01-all-of-it.yaml"
    bank.write_text(bank.read_text(encoding="utf-8").replace("duty: K2", "duty: K22"), encoding="utf-8")
    assert gift(course, ENGLISH.format(id="one"), FRENCH.format(id="one")).is_good


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "bank.nothing_in_file"),
        (b" \r\n\r\n", "bank.nothing_in_file"),
        (b"PK\x03\x04" + bytes(range(256)), "bank.not_text"),
        (b"%PDF-1.7\n\x00\x01", "bank.not_text"),
        (b"\xff\xfe\x00", "bank.not_text"),
        ("a\0b".encode("utf-16"), "bank.not_text"),
    ],
)
@pytest.mark.parametrize("name", ["a.gift", "a.csv", "a"])
def test_what_is_no_text_is_refused(course: Path, name: str, data: bytes, code: str) -> None:
    with pytest.raises(Invalid) as refused:
        check_import(course, SourceFile(name, data))
    assert refused.value.code == code


def test_what_is_too_large_is_refused_before_it_is_read(course: Path) -> None:
    with pytest.raises(TooLarge):
        check_import(course, SourceFile("a.gift", b"x" * (MOST_BYTES + 1)))
    many = "".join(ENGLISH.format(id=f"q{number}") for number in range(service.MOST_QUESTIONS + 1))
    with pytest.raises(Invalid) as refused:
        gift(course, many)
    assert refused.value.code == "bank.too_many"


def test_comments_alone_hold_nothing_to_take(course: Path) -> None:
    assert [code for _file, _line, code, _part in told(gift(course, "// nothing yet\n"))] == ["bank.nothing"]


@pytest.mark.parametrize(
    ("name", "text", "form"),
    [
        ("a.csv", "::x::", "csv"), ("a.gift", "id,kind", "gift"), ("a.txt", "id;kind;duty", "csv"), ("a.txt", "\n::x::y", "gift"),
        ("a", "sep=;\nid;kind", "csv"), ("a.TSV", "", "csv"),
    ],
)  # fmt: skip
def test_the_format_is_guessed(name: str, text: str, form: str) -> None:
    assert service.guess_format(name, text) == form


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("Réclamations 2026.csv", "reclamations-2026.yaml"), ("../../etc/passwd", "passwd.yaml"), ("01-hear.gift", "01-hear.yaml"),
        ("C:\\bank\\x.gift", "x.yaml"), ("☎.csv", "imported.yaml"), ("", "imported.yaml"),
    ],
)  # fmt: skip
def test_a_file_of_the_bank_is_called_like_what_came(name: str, file: str) -> None:
    assert service.file_name(name) == file

"""Questions of a course out to other programs and in from them: Moodle GIFT, and CSV for spreadsheets.

No file is written here. A file is read as a whole: `check_import` tells everything that is wrong with it, and gives the YAML
for the course only when nothing is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import chain, count
from pathlib import Path

from sqlalchemy.orm import Session

from trainer.content import bank_check
from trainer.content.bank_csv import HEAD, read_csv, write_csv
from trainer.content.bank_findings import MOST_QUESTIONS, Entry, Finding, Taken
from trainer.content.bank_rules import check_alike, check_entry, check_ids
from trainer.content.bank_yaml import bank_yaml
from trainer.content.gift import read_gift, write_gift
from trainer.content.reading import ID, LANGUAGES
from trainer.domain.courses import Course
from trainer.domain.errors import Invalid, TooLarge
from trainer.domain.plain_text import without_accents
from trainer.domain.questions import Question
from trainer.domain.roles import Actor
from trainer.language.tongue import words_of_each
from trainer.store.accounts import Organisation
from trainer.store.audit import record

FORMATS = ("gift", "csv")
MOST_BYTES = 1024 * 1024
"""Of one file."""
FOREIGN_WORDS = 5
"""Of the other language alone, in all questions of a file: as many may be names or quotations."""
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f]")


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file as it came: its name and its bytes."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Exported:
    """A file of questions: its text, how many are in it, and which are not, and why."""

    text: str
    count: int
    left_out: Sequence[Finding]


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import would do. `yaml` is the file for the course, called `name`, and empty where anything is wrong."""

    format: str
    name: str
    taken: Sequence[Question]
    mistakes: Sequence[Finding] = ()
    left_out: Sequence[Finding] = ()
    notes: Sequence[Finding] = ()
    yaml: str = field(default="", repr=False)

    @property
    def is_good(self) -> bool:
        return bool(self.yaml)


def export_bank(course: Course, format: str, language: str) -> Exported:
    """The bank as GIFT in that language, or as CSV in all, with the delimiter that spreadsheets of that language expect."""
    if format == "gift":
        questions = course.edition(language).questions
        text, left_out = write_gift(questions, language, course.slug)
    else:
        questions = course.editions[LANGUAGES[0]].questions
        editions = [dict(zip(course.editions, row, strict=True)) for row in zip(*(e.questions for e in course.editions.values()), strict=True)]  # fmt: skip
        text, left_out = write_csv(editions, ";" if language == "fr" else ",")
    return Exported(text, len(questions) - len(left_out), left_out)


def check_import(
    course: Path,
    first: SourceFile,
    other: SourceFile | None = None,
    *,
    format: str = "",
    language: str = "en",
    name: str = "",
    overwriting: bool = False,
) -> ImportReport:
    """Read questions for the course in that folder. `first` is in `language` and `other` in the other one (GIFT; a table
    holds both). `name` is the file of the bank to be, by default called like `first`; with `overwriting`, what it holds now
    does not count.

    Raises TooLarge, and Invalid for what is no text or holds nothing.
    """  # fmt: skip
    text = decode(first)
    form = format or guess_format(first.name, text)
    name = name or file_name(first.name)
    lessons = bank_check.lessons_of(course)
    taken = read_csv(text) if form == "csv" else read_gift(text, language, lessons)
    if form == "gift":
        taken = _with_other(taken, other, language, lessons)
    if taken.is_full:
        raise Invalid("bank.too_many", field="file", most=MOST_QUESTIONS)
    known = bank_check.ids_of(course, name if overwriting else "")
    pairs, found = _paired(taken.entries, form, language, other is not None)
    mistakes = [*taken.mistakes, *_check(taken.entries, pairs, form, lessons, known), *found, *_swapped(pairs, found)]
    if not taken.entries and not mistakes:
        mistakes.append(Finding(0, "bank.nothing"))
    yaml = ""
    if not mistakes:
        yaml = bank_yaml([{code: entry.question for code, entry in pair.items()} for pair in pairs])
        mistakes = _of_reader(course, name, yaml, pairs)
    order = sorted(_once(mistakes), key=lambda finding: (finding.file, finding.line))
    questions = [pair[LANGUAGES[0]].question for pair in pairs]
    return ImportReport(form, name, questions, order, taken.left_out, _once(taken.notes), "" if mistakes else yaml)


def decode(file: SourceFile) -> str:
    """The text of a file as editors and spreadsheets save it: UTF-8, UTF-16 or Windows-1252. Raises TooLarge, Invalid."""
    if len(file.data) > MOST_BYTES:
        raise TooLarge("bank.too_large", field="file", most=MOST_BYTES // 1024 // 1024)
    wide = file.data.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ("utf-16",) if wide else ("utf-8-sig", "cp1252"):
        try:
            text = file.data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if _CONTROLS.search(text):
            break
        if not text.strip():
            raise Invalid("bank.nothing_in_file", field="file")
        return text
    raise Invalid("bank.not_text", field="file")


def guess_format(name: str, text: str) -> str:
    """By the name, else by the first line that is not empty."""
    if name.lower().endswith((".csv", ".tsv")):
        return "csv"
    if name.lower().endswith(".gift"):
        return "gift"
    first = next((line for line in text.removeprefix("\ufeff").splitlines() if line.strip()), "").lower()
    cells = {cell.strip(' "') for cell in re.split(r"[,;\t]", first)}
    return "csv" if first.startswith("sep=") or len(cells & set(HEAD)) > 1 else "gift"


def file_name(name: str) -> str:
    """What a file of that name is called in the bank."""
    stem = re.sub(r"[^a-z0-9_-]+", "-", without_accents(Path(name.replace("\\", "/")).stem)).strip("-")[:60]
    return f"{stem if ID.match(stem.lstrip('0123456789-')) else 'imported'}.yaml"


def free_name(course: Path, name: str) -> str:
    """`name`, or `name` with a number behind it, that no file of the bank has."""
    stem = name.removesuffix(".yaml")
    taken = {path.name for path in (course / "questions").glob("*.yaml")}
    numbered = (f"{stem}-{number}.yaml" for number in count(2))
    return next(one for one in chain([name], numbered) if one not in taken)


def _with_other(taken: Taken, other: SourceFile | None, language: str, lessons: Sequence[str]) -> Taken:
    """With the questions of the other language; what its comments do not say, those of the first file do."""
    if other is None:
        return taken
    second = read_gift(decode(other), _other_of(language), lessons, file=1)
    heads = {entry.question.id: entry.question for entry in taken.entries}
    entries = list(taken.entries)
    for entry in second.entries:
        head, own = heads.get(entry.question.id), entry.question
        if head is not None:
            own = replace(own, duty=own.duty or head.duty, lesson=own.lesson or head.lesson, difficulty=own.difficulty or head.difficulty)  # fmt: skip
        entries.append(replace(entry, question=own))
    return Taken(
        entries, taken.mistakes + second.mistakes, taken.left_out + second.left_out, taken.notes + second.notes
    )


def _other_of(language: str) -> str:
    return next(code for code in LANGUAGES if code != language)


Pairs = list[dict[str, Entry]]


def _paired(entries: Sequence[Entry], form: str, language: str, has_other: bool) -> tuple[Pairs, list[Finding]]:
    """Each question in all languages, and which ones lack one."""
    if form == "csv":
        return [
            dict(zip(LANGUAGES, entries[place : place + 2], strict=True)) for place in range(0, len(entries), 2)
        ], []
    firsts = [entry for entry in entries if entry.file == 0]
    seconds = {entry.question.id: entry for entry in entries if entry.file == 1}
    missing = _other_of(language)
    if not has_other:
        wrong = [Finding(0, "bank.language_missing", "", "", {"language": missing})] if firsts else []
        return [dict.fromkeys(LANGUAGES, entry) for entry in firsts], wrong
    pairs: Pairs = []
    wrong = []
    for entry in firsts:
        second = seconds.pop(entry.question.id, None)
        if second is None:
            wrong.append(entry.wrong("bank.not_in_other", "id", value=entry.question.id))
        else:
            pair = {language: entry, missing: second}
            pairs.append({code: pair[code] for code in LANGUAGES})
    wrong += [entry.wrong("bank.not_in_first", "id", value=entry.question.id) for entry in seconds.values()]
    return pairs, wrong


def _check(
    entries: Sequence[Entry], pairs: Pairs, form: str, lessons: Sequence[str], known: set[str]
) -> Iterable[Finding]:
    if form == "csv":
        for pair in pairs:
            for code, entry in pair.items():
                yield from (_in_column(finding, code, entry) for finding in check_entry(entry, lessons))
    else:
        for entry in entries:
            yield from check_entry(entry, lessons)
    for file in (0, 1):
        own = [entry for entry in entries if entry.file == file]
        yield from check_ids(own[:: 2 if form == "csv" else 1], known)
    for pair in pairs:
        first, second = sorted(pair.values(), key=lambda entry: entry.file)
        if first.question.id and first is not second:
            yield from check_alike(first, second)


def _swapped(pairs: Pairs, missing: Sequence[Finding]) -> Iterable[Finding]:
    """Texts that are plainly in the other language, as when two files change places."""
    for code in LANGUAGES if pairs and not missing else ():
        own, foreign = words_of_each(" ".join(pair[code].question.text for pair in pairs), code)
        if foreign > max(FOREIGN_WORDS, 3 * own):
            yield Finding(0, "bank.other_language", f"text_{code}", "", {"language": code}, pairs[0][code].file)


def _in_column(finding: Finding, language: str, entry: Entry) -> Finding:
    """With the name of the column; what is the same in all languages has none of its own."""
    is_shared = finding.part in (*HEAD, "")
    part = finding.part if is_shared else f"{finding.part}_{language}"
    return replace(finding, part=part)


def _of_reader(course: Path, name: str, yaml: str, pairs: Pairs) -> list[Finding]:
    """What the reader of the bank has to say, by the place that it came from."""
    found: list[Finding] = []
    for problem in bank_check.problems_with(course, name, yaml):
        place = re.match(r"\[(\d+)\]", problem.field)
        entry = pairs[int(place.group(1))][LANGUAGES[0]] if place and problem.file == name else None
        line, about = (entry.line, entry.question.id) if entry else (0, "")
        part = re.sub(r"^\[\d+\]\.?", "", problem.field)
        found.append(Finding(line, "bank.reader", part, about, {"message": problem.message}))
    return found


def _once(findings: Iterable[Finding]) -> list[Finding]:
    seen: dict[str, Finding] = {}
    for finding in findings:
        seen.setdefault(repr(finding), finding)
    return list(seen.values())


def note_export(session: Session, actor: Actor, course: str, format: str, now: datetime) -> None:
    """Remember who took the questions out, whose right answers are in the file."""
    organisation = session.get_one(Organisation, actor.organisation_id)
    record(session, actor, "bank.exported", organisation, now, {"course": course, "format": format})
    session.commit()

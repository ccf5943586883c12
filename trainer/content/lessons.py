"""Lessons: courses/<slug>/NN-<name>.<language>.md to `domain.courses.Lesson`.

A file begins with front matter between two lines `---`: title, about (one sentence), minutes (3 to 15), duties (ids).
Then Markdown, with typed blocks between a line `::: kind ...` and a line `:::`:

::: dialogue bad Title     verdict (bad, good or plain), then a title; a line each: `C: ...` the customer, `O: ...` the
                           operator, `(...)` what happens between them. The site speaks it with two voices; a first line
                           `voices: man woman` says whose they are, of the customer and of the operator
::: listen Title           lines as of a dialogue, heard before they are read; a line `---`, a question, `---`, its answer
::: spot 3 Title           a transcript; the line with a fundamental error (here 3) begins with `O!: `; a line `---`, and why
::: question its-id        a question of the course's bank, answered within the lesson
::: think                  a question, a line `---`, then an answer to open. `say` is to be said aloud, `recall` is to be
                           answered from memory
::: keep                   the three points to keep, each a line `- ...`
::: law                    a principle of law; the page shows the organisation's own text beside it, to be checked by it
::: sources                where figures and facts come from, each a line `- ...` with its year
::: sign job-description   a document to read and sign
::: try late-parcel        the call to go on with (a scenario's slug), and a sentence about it
::: drill diction          the drill to go on with (diction, listening, typing, cards, replies, queue), and a sentence

Every lesson shows a moment handled badly (a dialogue or a spot) and well, has at least two things to do (think, say,
listen, spot, question), one `keep`, one `recall`, ends with `try` or `drill`, and is 400 to 900 words long. Raw HTML is not taken;
what Markdown makes is cleaned all the same.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import nh3
from markdown_it import MarkdownIt

from trainer.content.problems import Problem, did_you_mean
from trainer.content.reading import ID, REQUIRED, Source
from trainer.content.typography import typeset
from trainer.content.yaml_files import parse_yaml
from trainer.domain.courses import BLOCK_KINDS, DRILLS, EXERCISES, VERDICTS, VOICES, Block, Lesson
from trainer.domain.job import TEACHABLE
from trainer.domain.questions import Line

LENGTH = (400, 900)
SPEAKERS = {"C": "customer", "O": "operator"}
DOCUMENTS = ("job-description",)
TO_DO = ("think", "say", "listen", "spot", "question")
TAGS = {"p", "h2", "h3", "ul", "ol", "li", "em", "strong", "blockquote", "a", "br", "table", "thead", "tbody", "tr", "th", "td"}  # fmt: skip
_MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable("table")
_FENCE = re.compile(r":::\s*([A-Za-z]*)\s*(.*?)\s*$")
_TAG = re.compile(r"<[^>]+>")


def to_html(markdown: str) -> str:
    """Markdown as clean HTML: only the tags of prose, links only to the web and to this site."""
    return nh3.clean(_MARKDOWN.render(markdown), tags=TAGS, attributes={"a": {"href"}}, url_schemes={"https"})


def _count_words(html: str) -> int:
    return sum(any(sign.isalnum() for sign in word) for word in _TAG.sub(" ", html).split())


@dataclass
class _Reader:
    """Walks one lesson's lines and collects its blocks; `number` is the line being read, from 1."""

    source: Source
    lines: list[str]
    blocks: list[Block] = field(default_factory=list)

    def wrong(self, number: int, message: str, place: str = "") -> None:
        self.source.problems.append(Problem(self.source.file, number, place, message))

    def html(self, lines: list[str]) -> str:
        return to_html(typeset("\n".join(lines), self.source.language))

    def text(self, value: str) -> str:
        return typeset(value.strip(), self.source.language)

    def read(self, start: int) -> None:
        """Blocks from line `start` on."""
        text: list[str] = []
        inside: list[str] = []
        opened, kind, rest = 0, "", ""
        for number, line in enumerate(self.lines[start - 1 :], start):
            fence = _FENCE.match(line)
            if not fence:
                (inside if opened else text).append(line)
            elif opened and not fence[1]:
                self.block(kind, rest, opened, inside)
                opened = 0
            elif opened:
                self.wrong(number, f"a block begins inside the one of line {opened}: close that with ':::' first")
            elif not fence[1]:
                self.wrong(number, "':::' closes a block, but none is open")
            else:
                self.prose(text)
                text, opened, kind, rest, inside = [], number, fence[1], fence[2], []
        if opened:
            self.wrong(opened, "this block is never closed: end it with a line ':::'", kind)
        self.prose(text)

    def prose(self, lines: list[str]) -> None:
        if any(line.strip() for line in lines):
            self.blocks.append(Block("text", html=self.html(lines)))

    def block(self, kind: str, rest: str, number: int, lines: list[str]) -> None:
        readers: dict[str, Callable[[str, str, int, list[str]], Block]] = {
            "dialogue": self.dialogue, "listen": self.listen, "spot": self.spot, "question": self.question, "keep": self.keep,
            "law": self.prose_of, "sources": self.prose_of, "sign": self.named, "try": self.named, "drill": self.named,
            **dict.fromkeys(EXERCISES, self.exercise),
        }  # fmt: skip
        if kind in readers:
            self.blocks.append(readers[kind](kind, rest, number, lines))
        else:
            self.wrong(number, f"{kind!r} is no kind of block; {did_you_mean(kind, readers)}")

    def dialogue(self, kind: str, rest: str, number: int, lines: list[str]) -> Block:
        verdict, _, title = rest.partition(" ")
        if verdict not in VERDICTS or not title:
            self.wrong(number, f"needs a verdict ({', '.join(VERDICTS)}) and a title", kind)
        said, voices, wrong = self.lines_said(kind, number, lines)
        if wrong:
            self.wrong(wrong[0], "'O!:' marks the error of a block 'spot'; here a line begins with 'O: '", kind)
        verdict = verdict if verdict in VERDICTS else "plain"
        return Block(kind, title=self.text(title), verdict=verdict, lines=said, voices=voices)

    def lines_said(
        self, kind: str, number: int, lines: list[str]
    ) -> tuple[tuple[Line, ...], tuple[str, ...], list[int]]:
        """(lines, voices, the numbers of file lines that begin with "O!:")."""
        said: list[Line] = []
        voices, wrong = VOICES, []
        for place, line in enumerate(lines, number + 1):
            mark, _, words = line.strip().partition(":")
            if mark == "voices" and not said:
                voices = tuple(words.split())
                if len(voices) != 2 or not set(voices) <= set(VOICES):
                    self.wrong(place, "needs two voices, woman or man: of the customer and of the operator", kind)
                    voices = VOICES
            elif mark.rstrip("!") in SPEAKERS and mark != "C!" and words.strip():
                said.append(Line(SPEAKERS[mark.rstrip("!")], self.text(words)))
                wrong += [place] * (mark == "O!")
            elif line.strip().startswith("(") and line.strip().endswith(")"):
                said.append(Line("note", self.text(line.strip()[1:-1])))
            elif line.strip():
                self.wrong(place, "a line begins with 'C: ' or 'O: ', or is a note in brackets", kind)
        if not any(line.speaker != "note" for line in said):
            self.wrong(number, "nobody says anything", kind)
        return tuple(said), voices, wrong

    def listen(self, kind: str, rest: str, number: int, lines: list[str]) -> Block:
        parts = "\n".join(lines).split("\n---\n")
        if len(parts) != 3 or not all(part.strip() for part in parts) or not rest:
            self.wrong(
                number, "needs a title, lines to hear, a line '---', a question, a line '---' and its answer", kind
            )
            parts = [parts[0], "", ""]
        said, voices, _wrong = self.lines_said(kind, number, parts[0].split("\n"))
        question, answer = (self.html(part.split("\n")) for part in parts[1:])
        return Block(kind, title=self.text(rest), lines=said, voices=voices, html=question, answer=answer)

    def spot(self, kind: str, rest: str, number: int, lines: list[str]) -> Block:
        error, _, title = rest.partition(" ")
        if error not in {"1", "2", "3", "4", "5", "6", "7"} or not title:
            self.wrong(number, "needs the number of the fundamental error (1 to 7) and a title", kind)
        transcript, _, why = "\n".join(lines).partition("\n---\n")
        rows = [line for line in transcript.split("\n") if line.strip()]
        said, _voices, wrong = self.lines_said(kind, number, rows)
        if len(wrong) != 1 or not why.strip():
            self.wrong(
                number, "needs one line that begins with 'O!: ', and after a line '---' why it is an error", kind
            )
        place = wrong[0] - number if wrong and len(said) == len(rows) else 0
        return Block(
            kind, title=self.text(title), lines=said, wrong_line=place, error=int(error) if error.isdigit() else 0,
            answer=self.html(why.split("\n")),
        )  # fmt: skip

    def question(self, kind: str, rest: str, number: int, lines: list[str]) -> Block:
        if not ID.fullmatch(rest) or any(line.strip() for line in lines):
            self.wrong(number, "needs the id of a question of this course's bank, and nothing else", kind)
        return Block(kind, question=rest)

    def prose_of(self, kind: str, _rest: str, number: int, lines: list[str]) -> Block:
        if not any(line.strip() for line in lines):
            self.wrong(number, "is empty", kind)
        return Block(kind, html=self.html(lines))

    def exercise(self, kind: str, _rest: str, number: int, lines: list[str]) -> Block:
        parts = "\n".join(lines).split("\n---\n")
        if len(parts) != 2 or not all(part.strip() for part in parts):
            self.wrong(number, "needs a question, a line '---' and an answer", kind)
            parts = [parts[0], ""]
        return Block(kind, html=self.html(parts[0].split("\n")), answer=self.html(parts[1].split("\n")))

    def keep(self, kind: str, _rest: str, number: int, lines: list[str]) -> Block:
        points = [line.strip() for line in lines if line.strip()]
        if len(points) != 3 or not all(point.startswith("- ") for point in points):
            self.wrong(number, "needs three points, each a line '- ...'", kind)
        html = [
            self.html([point.removeprefix("- ")]).strip().removeprefix("<p>").removesuffix("</p>") for point in points
        ]
        return Block(kind, points=tuple(html))

    def named(self, kind: str, rest: str, number: int, lines: list[str]) -> Block:
        """What a lesson sends to: a call, a drill or a document."""
        html = self.html(lines)
        if kind == "try":
            if not ID.fullmatch(rest):
                self.wrong(number, "needs the slug of a scenario, such as '::: try late-parcel'", kind)
            return Block(kind, call=rest, html=html)
        known = DRILLS if kind == "drill" else DOCUMENTS
        if rest not in known:
            self.wrong(number, f"{rest!r} is not known; {did_you_mean(rest, known)}", kind)
        return Block(kind, html=html, drill=rest) if kind == "drill" else Block(kind, html=html, document=rest)


def _words_of(blocks: list[Block]) -> int:
    texts = [b.html for b in blocks] + [b.answer for b in blocks] + [b.title for b in blocks]
    texts += [line.text for b in blocks for line in b.lines] + [point for b in blocks for point in b.points]
    return sum(_count_words(text) for text in texts)


def _check(reader: _Reader, words: int) -> None:
    """What every lesson has to have."""
    blocks, last = reader.blocks, len(reader.lines)
    kinds = [block.kind for block in blocks]
    counts = {kind: kinds.count(kind) for kind in BLOCK_KINDS}
    for kind in ("keep", "recall"):
        if counts[kind] != 1:
            reader.wrong(last, f"a lesson has one block {kind!r}, this one has {counts[kind]}")
    if sum(counts[kind] for kind in TO_DO) < 2:
        reader.wrong(last, f"a lesson has something to do every two minutes: at least two blocks of {', '.join(TO_DO)}")
    if not kinds or kinds[-1] not in ("try", "drill"):
        reader.wrong(last, "a lesson ends with a block 'try' or 'drill': what to go on with")
    shown = {block.verdict for block in blocks if block.kind == "dialogue"} | ({"bad"} if counts["spot"] else set())
    for verdict in ("bad", "good"):
        if verdict not in shown:
            reader.wrong(last, f"a lesson shows the moment handled badly and well: no 'dialogue {verdict}' here")
    if not LENGTH[0] <= words <= LENGTH[1]:
        reader.wrong(last, f"has {words} words; {LENGTH[0]} to {LENGTH[1]} are right")


def read_lesson(path: Path, source: Source) -> Lesson | None:
    """One lesson in the source's language; None (and a problem) where there is nothing to read."""
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        source.problems.append(Problem(source.file, 1, "", f"cannot be read as UTF-8 text: {error}"))
        return None
    ends = [number for number, line in enumerate(lines, 1) if line.strip() == "---"][:2]
    if len(ends) < 2 or ends[0] != 1:
        source.problems.append(Problem(source.file, 1, "", "begins with front matter between two lines '---'"))
        return None
    # The empty first line stands for the opening '---', so that the lines of mistakes are those of the file.
    root = parse_yaml("\n" + "\n".join(lines[1 : ends[1] - 1]) + "\n", source)
    if root is None:
        return None
    with root.fields() as fields:
        title, about = fields.text("title"), fields.text("about")
        minutes = fields.integer("minutes", 3, 15)
        duties = fields.ids("duties", TEACHABLE, REQUIRED)
    reader = _Reader(source, lines)
    reader.read(ends[1] + 1)
    words = _words_of(reader.blocks)
    _check(reader, words)
    slug = path.name.split(".")[0]
    return Lesson(slug, reader.text(title), reader.text(about), minutes, duties, tuple(reader.blocks), words)

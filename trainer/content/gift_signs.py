"""The signs of Moodle GIFT: escapes, formats of texts, and the blocks that a file consists of.

A question is a block of lines without an empty one. In it `~ = # { } :` have a meaning unless a backslash stands before
them, and `\\n` is a new line. `hidden` puts stand-ins for what is escaped, so that the rest can be cut at its signs;
`shown` gives the text of a piece. Measured by what Moodle's own reader does (question/format/gift of Moodle).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

from markdown_it import MarkdownIt

MOST_IN_COMMENT, MOST_MARKS = 2000, 300
_SPECIAL = "~=#{}:\\"
_STAND_INS = {sign: chr(0xFDD0 + place) for place, sign in enumerate(_SPECIAL)} | {"n": "\ufdd8"}
"""Signs that stand for nothing in any text (Unicode calls them noncharacters)."""
_MEANING = {ord(stand_in): "\n" if sign == "n" else sign for sign, stand_in in _STAND_INS.items()}
_ESCAPED = re.compile(r"\\([~=#{}:n\\])")
_FORMATS = ("html", "markdown", "moodle", "plain")
_FORMAT = re.compile(rf"\[({'|'.join(_FORMATS)})\]")
_MARKUP = re.compile(
    r"</?(?:a|b|br|code|div|em|h[1-6]|i|img|li|ol|p|pre|span|strong|sub|sup|table|td|th|tr|u|ul)\b[^>]*>|&(?:nbsp|amp|lt|gt|quot);",
    re.IGNORECASE,
)
_LINES = {"p", "div", "li", "tr", "pre", "ul", "ol", "table", "h1", "h2", "h3", "h4", "h5", "h6"}


def escaped(text: str) -> str:
    """`text` as it stands in a file, on one line."""
    text = re.sub(r"([~=#{}:\\])", r"\\\1", text.replace("\r\n", "\n").replace("\r", "\n"))
    return text.replace("\n", "\\n")


def hidden(text: str) -> str:
    """What is read from a file, with stand-ins for all that is escaped."""
    text = re.sub("[\ufdd0-\ufdef]", "\ufffd", text)
    return _ESCAPED.sub(lambda found: _STAND_INS[found.group(1)], text)


def shown(piece: str) -> str:
    """The text of a piece of `hidden` text. A line that goes on in the next one is one line."""
    return " ".join(line.strip(" \t") for line in piece.split("\n")).translate(_MEANING).strip()


def formatted(piece: str, default: str = "moodle") -> tuple[str, str]:
    """The plain text of a piece and its format; a piece may begin with the name of its format, such as `[html]`."""
    piece = piece.strip()
    found = _FORMAT.match(piece)
    name = found.group(1) if found else default
    text = shown(piece[found.end() :] if found else piece)
    if sum(text.count(sign) for sign in "<[*_`>!") > MOST_MARKS:
        return text, name  # no text that people mark up; parsers take long over it
    if name == "markdown":
        text = _of_html(MarkdownIt().render(text))
    elif name == "html" or (name == "moodle" and _MARKUP.search(text)):
        text = _of_html(text)
    return text, name


class _Plain(HTMLParser):
    """Collects what a page would show."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag == "br" or tag in _LINES:
            self.parts.append("\0")

    def handle_endtag(self, tag: str) -> None:
        if tag in _LINES:
            self.parts.append("\0")

    def handle_data(self, data: str) -> None:
        self.parts.append(data.replace("\0", " "))


def _of_html(text: str) -> str:
    parser = _Plain()
    parser.feed(text)
    parser.close()
    lines = (" ".join(line.split()) for line in "".join(parser.parts).split("\0"))
    return "\n".join(line for line in lines if line)


@dataclass(slots=True)
class Block:
    """What stands between two empty lines: its comments and its text (`hidden`), each with the lines they come from."""

    line: int = 0
    text: str = ""
    comments: list[str] = field(default_factory=list)
    _starts: list[int] = field(default_factory=list)
    _numbers: list[int] = field(default_factory=list)

    def add(self, number: int, line: str) -> None:
        bare = line.strip()
        if bare.startswith("//"):
            self.comments.append(bare[2:MOST_IN_COMMENT].strip())
            return
        self.line = self.line or number
        self._numbers.append(number)
        self._parts.append(hidden(line))

    _parts: list[str] = field(default_factory=list)

    def close(self) -> Block:
        place = 0
        for part in self._parts:
            self._starts.append(place)
            place += len(part) + 1
        self.text = "\n".join(self._parts)
        return self

    def line_at(self, place: int) -> int:
        """The line of the file in which the sign at that place of `text` stands."""
        found = bisect_right(self._starts, place) - 1
        return self._numbers[found] if self._numbers else self.line


def blocks(text: str) -> Iterator[Block]:
    """The blocks of a file in order."""
    block = Block()
    for number, line in enumerate(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"), 1):
        if line.strip(" \t"):
            block.add(number, line)
        elif block.comments or block.line:
            yield block.close()
            block = Block()
    if block.comments or block.line:
        yield block.close()

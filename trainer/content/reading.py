"""Reading content files (YAML 1.2): values stay what the author wrote, and every mistake is told at once.

A scalar is kept as its text: `no`, `012`, `1:30` and telephone numbers are never turned into false, 10 or 90. A reader
asks a `Fields` for what it needs, by type; what is missing, misspelt, of the wrong type or unknown becomes a `Problem`
that names file, line, field and what would be right, and reading goes on with a stand-in value, so that one run
shows all problems. `Source.finish` raises them together.

A text may be given once, or once a language: `{en: Good morning, fr: Bonjour}`; lists of texts likewise. The source's
`language` chooses. Any kind of content file (scenarios, companies, courses, rubrics, designs) is read with this module.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, TypeVar, cast

from ruamel.yaml.nodes import MappingNode, ScalarNode, SequenceNode

from trainer.content.problems import ContentError, Problem, did_you_mean

T = TypeVar("T")
LANGUAGES = ("en", "fr")
ID = re.compile(r"[a-z][a-z0-9_-]*")
REQUIRED: Any = object()
YES, NO = ("yes", "true"), ("no", "false")


@dataclass
class Source:
    """A file being read. `check_text` is shown every text (with its node), for rules of the format."""

    file: str
    problems: list[Problem] = field(default_factory=list)
    language: str = "en"
    check_text: Callable[[str, Node], None] | None = None

    def finish(self) -> None:
        """Raise ContentError if anything was wrong."""
        if self.problems:
            raise ContentError(self.problems)


@dataclass(frozen=True)
class Node:
    """A place in a file: its value there, its line and the path of fields that leads to it."""

    source: Source
    raw: Any
    line: int
    path: str

    def wrong(self, message: str) -> None:
        self.source.problems.append(Problem(self.source.file, self.line, self.path, message))

    @property
    def is_list(self) -> bool:
        return isinstance(self.raw, SequenceNode)

    @property
    def is_mapping(self) -> bool:
        return isinstance(self.raw, MappingNode)

    @property
    def scalar(self) -> str | None:
        """The text as written; None for lists, mappings and nothing at all."""
        if not isinstance(self.raw, ScalarNode) or (self.raw.style is None and self.raw.value in ("", "~", "null")):
            return None
        return str(self.raw.value).strip()

    def items(self) -> Iterator[Node]:
        for number, child in enumerate(self.raw.value if self.is_list else ()):
            yield Node(self.source, child, child.start_mark.line + 1, f"{self.path}[{number}]")

    def members(self) -> dict[str, Node]:
        """The members of a mapping; a key that is there twice is a problem."""
        found: dict[str, Node] = {}
        for key, value in self.raw.value if self.is_mapping else ():
            name = str(key.value)
            node = Node(self.source, value, key.start_mark.line + 1, f"{self.path}.{name}".lstrip("."))
            if name in found:
                node.wrong(f"is here twice; line {found[name].line} has it too")
            found.setdefault(name, node)
        return found

    def in_language(self) -> Node | None:
        """This node, or its part in the source's language if it has parts by language; None if that part is missing."""
        members = self.members() if self.is_mapping else {}
        if not members or not set(members) <= set(LANGUAGES):
            return self
        if self.source.language in members:
            return members[self.source.language]
        self.wrong(f"has no {self.source.language}: add it, or give one text for all languages")
        return None

    def text(self) -> str:
        node = self.in_language()
        if node is None:
            return ""
        value = node.scalar
        if value is None or value == "":
            node.wrong("must be a text" if node.is_list or node.is_mapping else "is empty: write a text")
            return ""
        if node.source.check_text:
            node.source.check_text(value, node)
        return value

    def texts(self) -> tuple[str, ...]:
        node = self.in_language()
        if node is None:
            return ()
        if not node.is_list:
            node.wrong("must be a list of texts")
            return ()
        return tuple(child.text() for child in node.items())

    @contextmanager
    def fields(self) -> Iterator[Fields]:
        """The members of this mapping by name; on leaving, names that nobody asked for are problems."""
        if not self.is_mapping:
            self.wrong("must be a mapping of fields")
        fields = Fields(self)
        yield fields
        fields.close()


class Fields:
    """Typed access to the members of a mapping. Each method says what is wrong and gives a stand-in."""

    def __init__(self, node: Node) -> None:
        self.node = node
        self._members = node.members()
        self._asked: dict[str, None] = {}

    def get(self, name: str, default: Any = REQUIRED) -> Node | None:
        self._asked[name] = None
        found = self._members.get(name)
        if found is None and default is REQUIRED and self.node.is_mapping:
            self.node.wrong(f"needs {name!r}")
        return found

    def has(self, name: str) -> bool:
        self._asked[name] = None
        return name in self._members

    def text(self, name: str, default: Any = REQUIRED) -> str:
        found = self.get(name, default)
        return found.text() if found else _stand_in(default, "")

    def texts(self, name: str, default: Any = REQUIRED, least: int = 0) -> tuple[str, ...]:
        found = self.get(name, default)
        if found is None:
            return _stand_in(default, ())
        texts = found.texts()
        place = found.in_language() if found.is_mapping else found
        if place is not None and place.is_list:
            if len(texts) < least:
                place.wrong(f"needs at least {least} wordings, has {len(texts)}")
            for text in sorted({text for text in texts if text and texts.count(text) > 1}):
                place.wrong(f"says the same twice: {text!r}")
        return texts

    def id(self, name: str = "id") -> str:
        value = self.text(name)
        if value and not ID.fullmatch(value):
            self._members[name].wrong(f"{value!r} is no id: small letters, digits, - and _, a letter first")
        return value

    def ids(self, name: str, known: Iterable[str] | None = None, default: Any = ()) -> tuple[str, ...]:
        """A list of ids (one alone may stand without brackets), each among `known` if that is given."""
        found = self.get(name, default)
        if found is None:
            return _stand_in(default, ())
        nodes = list(found.items()) if found.is_list else [found]
        values = [(node, node.scalar or "") for node in nodes]
        for node, value in values:
            if not value:
                node.wrong("must be an id")
            elif known is not None:
                check_known(node, value, known)
        return tuple(value for _, value in values if value)

    def choice(self, name: str, options: Iterable[str], default: Any = REQUIRED) -> str:
        found = self.get(name, default)
        if found is None:
            return _stand_in(default, next(iter(options)))
        value = found.text()
        if value:
            check_known(found, value, options)
        return value

    def integer(self, name: str, low: int, high: int, default: Any = REQUIRED) -> int:
        found = self.get(name, default)
        if found is None:
            return _stand_in(default, low)
        value = found.text()
        if value and (not re.fullmatch(r"-?\d+", value) or not low <= int(value) <= high):
            found.wrong(f"{value!r} must be a whole number from {low} to {high}")
            return low
        return int(value) if value else low

    def decimal(self, name: str, low: float, high: float, default: Any = REQUIRED) -> float:
        found = self.get(name, default)
        if found is None:
            return _stand_in(default, low)
        value = found.text()
        if value and (not re.fullmatch(r"-?\d+(\.\d+)?", value) or not low <= float(value) <= high):
            found.wrong(f"{value!r} must be a number from {low:g} to {high:g}")
            return low
        return float(value) if value else low

    def flag(self, name: str, default: Any = REQUIRED) -> bool:
        found = self.get(name, default)
        if found is None:
            return _stand_in(default, False)
        value = found.text()
        if value and value not in YES + NO:
            found.wrong(f"{value!r} must be yes or no")
        return value in YES

    def each(self, name: str, read: Callable[[Node], T], default: Any = REQUIRED, least: int = 0) -> tuple[T, ...]:
        """Every item of a list, read by `read`."""
        found = self.get(name, default)
        if found is None:
            return _stand_in(default, ())
        if not found.is_list:
            found.wrong("must be a list")
            return ()
        nodes = list(found.items())
        if len(nodes) < least:
            found.wrong(f"needs at least {least}, has {len(nodes)}")
        return tuple(read(node) for node in nodes)

    def place(self, name: str) -> Node | None:
        """The node of a field that was asked for already, for a message about it."""
        return self._members.get(name)

    def close(self) -> None:
        for name, node in self._members.items():
            if name not in self._asked:
                node.wrong(f"is not known here; {did_you_mean(name, self._asked)}")


def _stand_in(default: Any, value: T) -> T:
    return value if default is REQUIRED else cast("T", default)


def check_known(node: Node, value: str, known: Iterable[str]) -> bool:
    names = list(known)
    if value not in names:
        node.wrong(f"{value!r} is not known; {did_you_mean(value, names)}")
    return value in names


def check_unique(nodes: Sequence[tuple[Node, str]], what: str) -> None:
    """Every id once: the later of two is a problem."""
    lines: dict[str, int] = {}
    for node, name in nodes:
        if name and name in lines:
            node.wrong(f"{what} {name!r} is there twice; line {lines[name]} has it too")
        lines.setdefault(name, node.line)

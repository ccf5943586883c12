"""Reading YAML content: every fault of a file is told at once, with file, line and what would be right."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import MarkedYAMLError

LANGUAGES = ("en", "fr")


class ContentError(ValueError):
    """A content file is wrong; the message holds one line a fault: file:line: what, and what would be right."""


class NodeReader:
    """Walks one file's nodes and collects faults; `finish` raises them together."""

    def __init__(self, path: Path, text: str | None = None) -> None:
        """`text` is read as if it stood in the file."""
        self.path, self.text = path, text
        self.faults: list[str] = []

    def load(self) -> Any:
        """The file's root node. Raises ContentError when it is no YAML or cannot be read as UTF-8."""
        try:
            text = self.path.read_text(encoding="utf-8") if self.text is None else self.text
            return YAML(typ="rt").load(text)
        except MarkedYAMLError as error:
            line = error.problem_mark.line + 1 if error.problem_mark else 1
            raise ContentError(f"{self.path.name}:{line}: not YAML: {error.problem}") from None
        except UnicodeDecodeError:
            raise ContentError(f"{self.path.name}:1: not UTF-8 text") from None
        except FileNotFoundError:
            raise ContentError(f"{self.path.name}:1: the file is missing from {self.path.parent}") from None

    def finish(self) -> None:
        if self.faults:
            raise ContentError("\n".join(self.faults))

    def fault(self, node: Any, text: str) -> None:
        line = node.lc.line + 1 if isinstance(node, CommentedMap | CommentedSeq) else 1
        self.faults.append(f"{self.path.name}:{line}: {text}")

    def keys(self, node: Any, wanted: Iterable[str], optional: Iterable[str] = ()) -> Mapping[str, Any]:
        """The mapping's values by key; wanted keys that miss, and unknown ones, are faults."""
        wanted, optional = tuple(wanted), tuple(optional)
        if not isinstance(node, CommentedMap):
            self.fault(node, f"a mapping with {', '.join(wanted)} is expected here")
            return dict.fromkeys((*wanted, *optional))
        for key in node:
            if key not in wanted + optional:
                self.fault(node, f"unknown key {key!r}; known here: {', '.join(wanted + optional)}")
        for key in wanted:
            if key not in node:
                self.fault(node, f"{key!r} is missing")
        return {key: node.get(key) for key in wanted + optional}

    def rows(self, node: Any, parent: Any, name: str) -> list[Any]:
        """The items of a list; None is an empty list."""
        if node is None:
            return []
        if isinstance(node, CommentedSeq):
            return list(node)
        self.fault(parent, f"{name!r} has to be a list")
        return []

    def word(self, value: Any, node: Any, name: str) -> str:
        """A text that is not empty. Numbers are refused: an author who means text puts it in quotes."""
        if isinstance(value, str) and value.strip():
            return value.strip()
        self.fault(node, f"{name!r} is {value!r}; a text is right (in quotes if it looks like a number)")
        return ""

    def whole(self, value: Any, node: Any, name: str, low: int, high: int) -> int:
        if isinstance(value, int) and not isinstance(value, bool) and low <= value <= high:
            return value
        self.fault(node, f"{name!r} is {value!r}; a whole number from {low} to {high} is right")
        return low

    def texts(self, value: Any, node: Any, name: str) -> dict[str, str]:
        """One text a language."""
        if not isinstance(value, CommentedMap):
            self.fault(node, f"{name!r} needs a text for each of {', '.join(LANGUAGES)}")
            return dict.fromkeys(LANGUAGES, "")
        row = self.keys(value, LANGUAGES)
        return {language: self.word(row[language], value, f"{name}.{language}") for language in LANGUAGES}

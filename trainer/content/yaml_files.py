"""YAML 1.2 files as nodes of `content.reading`; a file that is no YAML is a problem, not an exception."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from trainer.content.problems import Problem
from trainer.content.reading import Node, Source


def read_yaml(path: Path, source: Source) -> Node | None:
    """The root of a file; None (and a problem) where it cannot be read as YAML at all."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        source.problems.append(Problem(source.file, 1, "", f"cannot be read: {error.strerror}"))
        return None
    except UnicodeDecodeError as error:
        source.problems.append(Problem(source.file, 1, "", f"is not UTF-8 text (byte {error.start})"))
        return None
    return parse_yaml(text, source)


@lru_cache(maxsize=64)
def _composed(text: str) -> Any:
    """The nodes of a YAML text, which nobody changes. Companies, menus and manners are read for every scenario that
    names them, and in each language: composing them once makes reading the catalogue three times as fast."""
    return YAML(typ="safe", pure=True).compose(text)


def parse_yaml(text: str, source: Source) -> Node | None:
    """As `read_yaml`, from text."""
    try:
        raw = _composed(text)
    except RecursionError:
        source.problems.append(Problem(source.file, 1, "", "is nested too deep to be read"))
        return None
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        source.problems.append(Problem(source.file, line, "", f"is not YAML: {error.problem or error.context}"))
        return None
    except YAMLError as error:
        source.problems.append(Problem(source.file, 1, "", f"is not YAML: {str(error).splitlines()[0]}"))
        return None
    if raw is None:
        source.problems.append(Problem(source.file, 1, "", "is empty"))
        return None
    return Node(source, raw, raw.start_mark.line + 1, "")

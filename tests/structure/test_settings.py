"""What is needed is explained: each setting in `.env.example` with its default, each package in a decision record."""

from __future__ import annotations

import ast
import re
from dataclasses import fields
from functools import cache
from pathlib import Path

import pytest

from trainer import config
from trainer.config import ROOT, Settings, load_settings, read_env_file

EXAMPLE = ROOT / ".env.example"
NOT_A_SETTING = {"USER_PASSWORD"}
"""Given to one command for one person; `flask users add --help` speaks of it."""


@cache
def read_by_code() -> dict[str, str | None]:
    """Every name the product reads from its environment, with the default where the code gives a text."""
    found: dict[str, str | None] = {}
    for path in (ROOT / "trainer").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and node.args and _reads_environment(node.func, path):
                name, *rest = node.args
                if isinstance(name, ast.Constant) and isinstance(name.value, str):
                    default = rest[0].value if rest and isinstance(rest[0], ast.Constant) else None
                    found[name.value] = default if isinstance(default, str) else found.get(name.value)
    return {name: default for name, default in found.items() if name not in NOT_A_SETTING}


def _reads_environment(function: ast.expr, path: Path) -> bool:
    said = ast.unparse(function)
    return said == "os.environ.get" or (path.name == "config.py" and said in {"env.get", "names"})


def explained() -> dict[str, str]:
    """The settings of the example, each with the comment above it (or above those it stands with)."""
    found, comment = {}, ""
    for line in EXAMPLE.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            comment = line
        elif not line.strip():
            comment = ""
        elif name := re.match(r"([A-Z_]+)=", line):
            found[name[1]] = comment
    return found


def test_example_holds_every_setting_and_no_other() -> None:
    assert set(explained()) == set(read_by_code())


def test_every_setting_is_explained() -> None:
    assert not [name for name, comment in explained().items() if len(comment) < 16 or comment.startswith("# ---")]


def test_example_gives_the_defaults(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(ROOT)  # folders in the example count from here
    monkeypatch.setattr(config, "ROOT", tmp_path)  # a developer's own .env has no say
    given = read_env_file(EXAMPLE)
    assert load_settings(given) == load_settings({})
    assert {name: given[name] for name, default in read_by_code().items() if default} == {
        name: default for name, default in read_by_code().items() if default
    }


def test_every_setting_has_an_effect() -> None:
    """Somebody asks for it outside `config.py`, or a property there does."""
    code = "\n".join(
        path.read_text(encoding="utf-8") for path in (ROOT / "trainer").rglob("*.py") if path.name != "config.py"
    )
    own = (ROOT / "trainer" / "config.py").read_text(encoding="utf-8")
    used = {field.name for field in fields(Settings) if re.search(rf"settings(?:\(\))?\.{field.name}\b", code)}
    used |= {field.name for field in fields(Settings) if f"self.{field.name}" in own}
    assert not {field.name for field in fields(Settings)} - used


PACKAGES = ("requirements.txt", "requirements-models.txt", "requirements-dev.txt", "packages.txt", "packages-test.txt")


def named_in(file: str) -> set[str]:
    """The packages of the file, one a line, without versions and hashes."""
    lines = (ROOT / file).read_text(encoding="utf-8").splitlines()
    return {re.split(r"[=\s]", line, maxsplit=1)[0] for line in lines if line.strip() and line[0] not in "#-"}


@pytest.mark.parametrize("file", PACKAGES)
def test_every_package_has_its_reason(file: str) -> None:
    """In the table of the record that is headed by the file's name."""
    record = (ROOT / "docs" / "decisions" / "0010-dependencies.md").read_text(encoding="utf-8")
    table = record.partition(f"| `{file}` | why |\n")[2].partition("\n\n")[0]
    told = {name for row in table.splitlines() for name in re.findall(r"`([^`]+)`", row.split("|")[1])}
    assert not named_in(file) - told

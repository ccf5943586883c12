"""Every port has real adapters and a scripted twin, held to the same tests: test_contract_<port>.py, one for each port.

Such a file names its `PORT` and its `ADAPTERS`, the twin last, and runs its tests on each of them.
"""

from __future__ import annotations

import importlib
import inspect
from dataclasses import fields
from pathlib import Path
from types import ModuleType, NoneType
from typing import Any, get_args, get_type_hints

import pytest

from trainer import ports
from trainer.app import build_ports
from trainer.config import Settings

PORTS = [
    thing
    for _, thing in inspect.getmembers(ports, inspect.isclass)
    if thing.__module__ == ports.__name__ and getattr(thing, "_is_protocol", False)
]
MODULES = [
    importlib.import_module(f"{__package__}.{path.stem}")
    for path in sorted(Path(__file__).parent.glob("test_contract_*.py"))
]
PAIRS = [(module.PORT, adapter) for module in MODULES for adapter in module.ADAPTERS]


def name_of(thing: Any) -> str:
    return str(getattr(thing, "__name__", thing)).rpartition(".")[2]


def methods_of(port: type) -> list[str]:
    return [name for name, _ in inspect.getmembers(port, inspect.isfunction) if not name.startswith("_")]


def test_each_port_has_its_contract_tests() -> None:
    assert len(PORTS) >= 10
    assert sorted(name_of(module.PORT) for module in MODULES) == sorted(name_of(port) for port in PORTS)


@pytest.mark.parametrize("module", MODULES, ids=name_of)
def test_real_adapters_and_a_twin_run_through_the_same_tests(module: ModuleType) -> None:
    *real, twin = module.ADAPTERS
    assert real
    assert all(adapter.__module__.startswith("trainer.adapters.") for adapter in real)
    assert twin.__module__ in {"tests.fakes", "tests.fakes_papers", "tests.conftest"}
    source = inspect.getsource(module)
    assert "@pytest.fixture(params=ADAPTERS)" in source
    assert len([name for name in vars(module) if name.startswith("test_")]) >= 3


@pytest.mark.parametrize(("port", "adapter"), PAIRS, ids=name_of)
def test_an_adapter_is_called_as_its_port_says(port: type, adapter: type) -> None:
    for method in methods_of(port):
        wanted, given = (list(inspect.signature(getattr(c, method)).parameters.values()) for c in (port, adapter))
        assert [(p.name, p.kind, p.default) for p in given[: len(wanted)]] == [
            (p.name, p.kind, p.default) for p in wanted
        ]
        assert all(p.default is not p.empty for p in given[len(wanted) :])


@pytest.mark.parametrize("mail_url", ["", "smtp://127.0.0.1:25/"])
@pytest.mark.parametrize("file_store", ["", "memory://contracts"])
def test_what_the_product_is_built_of_is_under_contract(tmp_path: Path, mail_url: str, file_store: str) -> None:
    settings = Settings(
        instance=tmp_path, mail_url=mail_url, file_store=file_store, judge_url="http://127.0.0.1/v1", judge_model="m"
    )
    built = build_ports(settings)
    kinds = get_type_hints(ports.Ports)
    for field in fields(ports.Ports):
        port = next(kind for kind in (get_args(kinds[field.name]) or (kinds[field.name],)) if kind is not NoneType)
        assert (port, type(getattr(built, field.name))) in PAIRS

"""Tables and named queries, a module an aggregate. Nothing here commits: services own the transaction."""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules


def load_tables() -> None:
    """Import every module of this package, so that the metadata knows all tables (for migrations and foreign keys)."""
    for module in iter_modules(__path__):
        import_module(f"{__name__}.{module.name}")

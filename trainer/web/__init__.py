"""Pages and addresses: one blueprint a capability."""

from __future__ import annotations

from importlib import import_module

from flask import Flask

CAPABILITIES: tuple[str, ...] = (
    # one name a line: each is a module trainer.web.<name> with a blueprint `bp`
)


def register(app: Flask) -> None:
    """Put every capability's blueprint on the application."""
    for name in CAPABILITIES:
        app.register_blueprint(import_module(f"trainer.web.{name}").bp)

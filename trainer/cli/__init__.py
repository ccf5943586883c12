"""Commands of `flask`: each module holds one click command or group, named in `COMMANDS`."""

from __future__ import annotations

from importlib import import_module

from flask import Flask

from trainer.cli.one_line import in_one_line

COMMANDS: tuple[tuple[str, str], ...] = (
    # (module of trainer.cli, name of the click command or group in it), one a line
    ("call", "call"),
    ("content", "content"),
    ("careers", "careers"),
    ("certificates", "certificates"),
    ("demo", "demo"),
    ("doctor", "doctor"),
    ("grade", "grade"),
    ("models", "models"),
    ("speech", "speech"),
    ("understand", "understand_file"),
    ("users", "users"),
)


def register_commands(app: Flask) -> None:
    for module, name in COMMANDS:
        app.cli.add_command(in_one_line(getattr(import_module(f"trainer.cli.{module}"), name)))

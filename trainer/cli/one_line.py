"""What every command promises: what went wrong is one line on stderr, and an exit code of 1 or 2 for scripts.

Commands tell what they know of by themselves; this is for all the rest that a person can cause: wrong options, a
database that is not there, a file that cannot be read to its end, a disk without room.
"""

from __future__ import annotations

import errno
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import copy
from functools import wraps
from typing import Any, TypeVar

import click
from sqlalchemy.exc import DBAPIError, IntegrityError

from trainer.ports import PortError
from trainer.store import faults

NO_DATABASE = "the database is not ready; `flask db upgrade` makes it so"
Result = TypeVar("Result")


class Stopped(click.ClickException):
    """One line, and the exit code: 2 for wrong use, 1 for what could not be done."""

    def __init__(self, message: str, exit_code: int) -> None:
        super().__init__(" ".join(message.split()))
        self.exit_code = exit_code


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except click.UsageError as error:
        where = f" ({error.ctx.command_path} --help tells more)" if error.ctx else ""
        raise Stopped(error.format_message().rstrip(".") + where, 2) from None
    except IntegrityError:
        raise  # a mistake of ours, not of whoever typed the command
    except DBAPIError as error:
        if faults.kind_of(error) == faults.UNPREPARED:
            raise Stopped(NO_DATABASE, 2) from None
        raise Stopped(f"the database does not answer: {error.orig}", 1) from None
    except UnicodeDecodeError:
        raise Stopped("what was given is no text in UTF-8", 2) from None
    except PortError as error:
        raise Stopped(str(error), 1) from None
    except OSError as error:
        if error.errno == errno.EPIPE:
            raise  # whoever read the output has enough of it; click ends quietly
        raise Stopped(reason_of(error), 1) from None


def reason_of(error: OSError) -> str:
    """Which file, and what is the matter with it."""
    reason = error.strerror or str(error)
    return f"{error.filename}: {reason}" if error.filename else f"a file could not be read or written: {reason}"


def in_one_line(command: click.Command) -> click.Command:
    """The same command (or group, with all in it), keeping the promise above."""
    command = copy(command)
    command.make_context = _telling(command.make_context)  # type: ignore[method-assign]
    command.invoke = _telling(command.invoke)  # type: ignore[method-assign]
    return command


def _telling(do: Callable[..., Result]) -> Callable[..., Result]:
    @wraps(do)
    def telling(*args: Any, **kwargs: Any) -> Result:
        with _told():
            return do(*args, **kwargs)

    return telling

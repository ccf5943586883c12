"""What no field of ours can hold is dealt with at the door, once for all routes: NUL signs (no database keeps them), halves
of characters, JSON nested without end, numbers larger than any row or page has.
"""

from __future__ import annotations

from typing import Any

from flask import Flask, Request, abort, request
from werkzeug import routing
from werkzeug.exceptions import BadRequest

LARGEST = 2**31 - 1
"""Of a whole number in an address; what an INTEGER column holds in every database."""
LAST_PAGE = 1_000_000


class CheckedRequest(Request):
    """A request whose JSON, if there is any, can be read to its end and kept."""

    def get_json(self, force: bool = False, silent: bool = False, cache: bool = True) -> Any:
        """As in Flask: what cannot be read is a bad request, or None with `silent`."""
        try:
            data = super().get_json(force=force, silent=silent, cache=cache)
        except RecursionError:
            data, readable = None, False
        else:
            readable = _can_be_kept(data)
        if readable:
            return data
        if silent:
            return None
        raise BadRequest


def _can_be_kept(data: Any) -> bool:
    waiting = [data]
    while waiting:
        one = waiting.pop()
        if isinstance(one, str) and ("\0" in one or (not one.isascii() and _is_half(one))):
            return False
        if isinstance(one, dict):
            waiting += [*one, *one.values()]
        elif isinstance(one, list):
            waiting += one
    return True


def _is_half(text: str) -> bool:
    """True with a surrogate in it, which stands for nothing without the other one."""
    return any("\ud800" <= sign <= "\udfff" for sign in text)


class IntegerConverter(routing.IntegerConverter):
    """A whole number in an address; a larger one than any row can have leads nowhere."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"max": LARGEST, **kwargs})


def page_number() -> int:
    """The page of a list that is asked for, from 1."""
    return min(max(1, request.args.get("page", 1, type=int)), LAST_PAGE)


def _refuse_nul() -> None:
    """Nobody types a NUL into an address by accident: what is named with one is not found, what is asked with one is
    refused. Forms lose theirs (see `PageForm`)."""
    if "\0" in request.path and request.view_args:
        texts = request.view_args.items()
        request.view_args = {
            gap: text.replace("\0", "\ufffd") if isinstance(text, str) else text for gap, text in texts
        }
    if any("\0" in text for pair in request.args.items(multi=True) for text in pair):
        abort(400)


def register_checks(app: Flask) -> None:
    """Has to come before the blueprints, whose addresses use the converter."""
    app.request_class = CheckedRequest
    app.url_map.converters["int"] = IntegerConverter
    app.before_request(_refuse_nul)

"""Parts of pages that are the same for everybody, made once a language and kept.

In a template: `{% call kept("lesson", course.slug, course.version, loop.index) %}...{% endcall %}`. The first name says
which part it is; the others name everything that it shows, with its version. Each organisation has parts of its own. What is
for one person's eyes may not stand in such a part. A certificate's statement may: it never changes, and everyone who has its
address sees it. Of a token against forged forms the part keeps a gap, which is filled anew each time.

`kept_template` keeps a whole template with gaps of its own, `{{ gap("name") }}`: what is of one person or request.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from contextlib import contextmanager

from flask import Flask, current_app, g, render_template, request
from flask_wtf.csrf import generate_csrf
from markupsafe import Markup, escape

from trainer.services.kept import Kept
from trainer.web.auth.identity import tenant
from trainer.web.languages import page_language

MOST = 5000
"""A line of a table takes 1 KB, a lesson some 30."""


def install_kept_parts(app: Flask) -> None:
    """Let templates keep parts; they are made anew while somebody works on the templates."""
    app.extensions["kept_parts"] = Kept[tuple[Hashable, ...], list[str]](MOST)
    app.jinja_env.globals |= {"kept": kept, "gap": gap, "csrf_token": csrf_token}
    app.context_processor(lambda: {"csrf_token": csrf_token})  # Flask-WTF's own would come before the global


def csrf_token() -> str | Markup:
    """The token against forged forms; its gap within what will be kept."""
    return gap("token") if g.get("leaves_gaps") else generate_csrf()


@contextmanager
def leaving_gaps() -> Iterator[None]:
    """What is made meanwhile is to be kept."""
    before = g.get("leaves_gaps", False)
    g.leaves_gaps = True
    try:
        yield
    finally:
        g.leaves_gaps = before


def _pieces(make: Callable[[], str], name: str, *of: Hashable) -> list[str]:
    """What `make` gives, in the pieces between its gaps; kept unless somebody works on the templates."""

    def cut() -> list[str]:
        with leaving_gaps():
            return pieces_of(make())

    parts: Kept[tuple[Hashable, ...], list[str]] = current_app.extensions["kept_parts"]
    # What is one tenant's is never another's, whatever the template forgot to name.
    key = name, page_language(), request.root_path, tenant(), *of
    return cut() if current_app.debug else parts.or_make(key, cut)


def kept(name: str, *of: Hashable, caller: Callable[[], str]) -> str:
    pieces = _pieces(caller, name, *of)
    return filled(pieces, {"token": csrf_token()} if len(pieces) > 1 else {})


_MARK = secrets.token_hex(4)
"""Of this process alone, so that nobody can write a gap into a text of theirs."""
_GAPS = re.compile(f"\ue000{_MARK}([a-z_]+)\ue001")


def gap(name: str) -> Markup:
    """Where `filled` puts a value."""
    return Markup(f"\ue000{_MARK}{name}\ue001")  # noqa: S704 - names stand in our own templates


def pieces_of(page: str) -> list[str]:
    """Text and names of gaps, by turns."""
    return _GAPS.split(page)


def filled(pieces: Sequence[str], values: Mapping[str, str]) -> Markup:
    """The page with its gaps filled; values are escaped."""
    parts = [escape(values[piece]) if odd % 2 else piece for odd, piece in enumerate(pieces)]
    return Markup("".join(parts))  # noqa: S704 - the template escaped the rest


def kept_template(
    template: str, *of: Hashable, fill: Mapping[str, str], make: Callable[[], Mapping[str, object]]
) -> Markup:
    """A template that shows what `make` gives, all of which `of` names, with gaps that `fill` fills."""
    return filled(_pieces(lambda: render_template(template, **make()), template, *of), fill)

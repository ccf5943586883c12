"""Parts of pages that are the same for everybody, made once a language and kept.

In a template: `{% call kept("lesson", course.slug, course.version, loop.index) %}...{% endcall %}`. The first name says
which part it is; the others name everything that it shows, with its version. What is for one person's eyes, or of one
request (a token against forged forms), may not stand in such a part. A certificate's statement may: it never changes, and
everyone who has its address sees it.

`kept_template` keeps a whole template with gaps, `{{ gap("token") }}`, which are filled anew each time: what is of one
person or request goes there.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable, Hashable, Mapping, Sequence

from flask import Flask, current_app, render_template, request
from markupsafe import Markup, escape

from trainer.services.kept import Kept
from trainer.web.languages import page_language

MOST = 2000


def install_kept_parts(app: Flask) -> None:
    """Let templates keep parts; they are made anew while somebody works on the templates."""
    app.extensions["kept_parts"] = Kept[tuple[Hashable, ...], str](MOST)
    app.extensions["kept_moulds"] = Kept[tuple[Hashable, ...], list[str]](MOST)
    app.jinja_env.globals |= {"kept": kept, "gap": gap}


def kept(name: str, *of: Hashable, caller: Callable[[], str]) -> str:
    if current_app.debug:
        return caller()
    parts: Kept[tuple[Hashable, ...], str] = current_app.extensions["kept_parts"]
    return parts.or_make((name, page_language(), request.root_path, *of), caller)


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

    def pour() -> list[str]:
        return pieces_of(render_template(template, **make()))

    moulds: Kept[tuple[Hashable, ...], list[str]] = current_app.extensions["kept_moulds"]
    key = template, page_language(), request.root_path, *of
    return filled(pour() if current_app.debug else moulds.or_make(key, pour), fill)

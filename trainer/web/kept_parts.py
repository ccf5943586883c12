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
from collections.abc import Callable, Hashable, Mapping

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


def gap(name: str) -> Markup:
    """Where `kept_template` puts a value. Characters of private use mark it, which no text of ours has."""
    return Markup(f"\ue000{name}\ue001")  # noqa: S704 - names stand in our own templates


_GAPS = re.compile("\ue000([a-z_]+)\ue001")


def kept_template(
    template: str, *of: Hashable, fill: Mapping[str, str], make: Callable[[], Mapping[str, object]]
) -> Markup:
    """A template that shows what `make` gives, all of which `of` names, with gaps that `fill` fills. Values are escaped."""

    def pour() -> list[str]:
        return _GAPS.split(render_template(template, **make()))

    moulds: Kept[tuple[Hashable, ...], list[str]] = current_app.extensions["kept_moulds"]
    key = template, page_language(), request.root_path, *of
    pieces = pour() if current_app.debug else moulds.or_make(key, pour)
    filled = [escape(fill[piece]) if odd % 2 else piece for odd, piece in enumerate(pieces)]
    return Markup("".join(filled))  # noqa: S704 - the template escaped the rest

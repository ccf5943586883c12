"""Parts of pages that are the same for everybody, made once a language and kept.

In a template: `{% call kept("lesson", course.slug, course.version, loop.index) %}...{% endcall %}`. The first name says
which part it is; the others name everything that it shows, with its version. What is for one person's eyes, or of one
request (a token against forged forms), may not stand in such a part. A certificate's statement may: it never changes, and
everyone who has its address sees it.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable

from flask import Flask, current_app, request

from trainer.services.kept import Kept
from trainer.web.languages import page_language

MOST = 2000


def install_kept_parts(app: Flask) -> None:
    """Let templates keep parts; they are made anew while somebody works on the templates."""
    app.extensions["kept_parts"] = Kept[tuple[Hashable, ...], str](MOST)
    app.jinja_env.globals["kept"] = kept


def kept(name: str, *of: Hashable, caller: Callable[[], str]) -> str:
    if current_app.debug:
        return caller()
    parts: Kept[tuple[Hashable, ...], str] = current_app.extensions["kept_parts"]
    return parts.or_make((name, page_language(), request.root_path, *of), caller)

"""Pages that are kept for the person who saw them, until something that they tell changes.

`@kept_for_person`, below the guard, keeps what the view gave as long as nothing was stored of this person or for all of
their organisation (store/state_versions.py), no content file changed, and the minute is the same: what changes by time
alone (a card falls due, a certificate ends) is at most a minute late. `@kept_for_staff` is for views that show what is
stored of other people: nothing may have been stored of anybody in the organisation. The token against forged forms is
filled in anew. A view that writes may not be kept.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import wraps
from typing import Any, TypeVar

from flask import Flask, current_app, request, session
from flask_login import current_user
from werkzeug import Response

from trainer.config import Settings
from trainer.services.kept import Kept, stamp_of
from trainer.store.accounts import people_version
from trainer.web import context
from trainer.web.auth.identity import SignedIn
from trainer.web.kept_parts import csrf_token, leaving_gaps, pieces_of
from trainer.web.languages import page_language
from trainer.web.theme import chosen_theme

MOST = 1000
"""Pages in memory; one takes some 35 KB."""
KEPT_S = 60
LONGEST = 100
View = TypeVar("View", bound=Callable[..., Any])
Pages = Kept[Hashable, tuple[Hashable, list[bytes]]]


def install_kept_pages(app: Flask) -> None:
    app.extensions["kept_pages"] = Pages(MOST)


def forget_kept_pages() -> None:
    """As in a process that has just begun."""
    current_app.extensions["kept_pages"].clear()


def kept_for_person(view: View) -> View:
    """Answer again with what the view gave this person, while that is still so."""
    return _keeping(view, lambda person: person.state_version)


def kept_for_staff(view: View) -> View:
    """As `kept_for_person`, for a view of what is stored of many people."""

    def state(person: SignedIn) -> Hashable:
        return person.state_version, people_version(context.session(), person.actor.organisation_id)

    return _keeping(view, state)


def _keeping(view: View, state_of: Callable[[SignedIn], Hashable]) -> View:
    @wraps(view)
    def wrapper(*args: Any, **kwargs: Any) -> Any:
        person = current_user._get_current_object()
        if not isinstance(person, SignedIn) or not _may_keep():
            return view(*args, **kwargs)
        pages: Pages = current_app.extensions["kept_pages"]
        place = person.public_id, request.url_root, request.full_path, page_language(), chosen_theme()
        state = person.auth_epoch, state_of(person), _state_of_the_rest(context.settings())
        kept = pages.get(place)
        if kept is None or kept[0] != state:
            with leaving_gaps():
                page = view(*args, **kwargs)
            if not isinstance(page, str):
                return page if isinstance(page, Response) else view(*args, **kwargs)
            pieces = pieces_of(page)
            assert set(pieces[1::2]) <= {"token"}, "a page has no other gaps"
            kept = state, [piece.encode() for piece in pieces[::2]]
            pages.keep(place, kept)
        return csrf_token().encode().join(kept[1])

    wrapper.is_kept = True  # type: ignore[attr-defined]
    return wrapper  # type: ignore[return-value]


def _may_keep() -> bool:
    """Not what answers a form or tells something once; an address of great length is nobody's that comes back."""
    return (
        request.method == "GET"
        and "_flashes" not in session
        and len(request.query_string) <= LONGEST
        and not current_app.debug
    )


def _state_of_the_rest(settings: Settings) -> Hashable:
    """The minute, and the content by version."""
    minute = int(context.now().timestamp()) // KEPT_S
    return minute, stamp_of(settings.courses, ".yaml", ".md"), stamp_of(settings.scenarios, ".yaml")

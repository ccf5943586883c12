"""The header of every page: the ways into the product, language, colours, and who is signed in."""

from __future__ import annotations

from flask import request, url_for
from flask_login import current_user
from markupsafe import Markup

from trainer.web.auth.identity import SignedIn
from trainer.web.kept_parts import csrf_token, kept_template
from trainer.web.navigation import entries_for, places_in_menu
from trainer.web.theme import chosen_theme


def site_header() -> Markup:
    """It is on every page and the same for all with the same roles at the same place, so it is kept; names, the token
    against forged forms and the address to come back to are filled in."""
    someone = current_user._get_current_object()
    person = someone if isinstance(someone, SignedIn) else None
    is_member = person is not None and not person.is_candidate
    fill = {
        "token": csrf_token(),
        "here": request.full_path.rstrip("?") if request.method == "GET" else url_for("home.landing"),
    }
    if person is not None:
        fill |= {"name": person.name, "initial": person.name[:1].upper(), "organisation": person.organisation}
    actor = person.actor if person is not None and is_member else None
    told = {
        "is_signed_in": person is not None,
        "is_member": is_member,
        "is_dark": chosen_theme() == "dark",
        "at_sign_in": request.endpoint == "auth.login",
    }
    menu = places_in_menu(actor) if actor else ()
    return kept_template(
        "layout/_header.html", *told.values(), actor and actor.roles, menu, fill=fill,
        make=lambda: told | {"entries": entries_for(actor) if actor else []},
    )  # fmt: skip

"""Who may use a route. Each view carries exactly one guard; a structure test finds views without one."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from flask import abort
from flask_login import current_user

from trainer.domain.roles import ROLES
from trainer.extensions import login

View = TypeVar("View", bound=Callable[..., Any])


def public(view: View) -> View:
    """Anyone, with or without an account."""
    view.guard = ("public", ())  # type: ignore[attr-defined]
    return view


def by_token(purpose: str) -> Callable[[View], View]:
    """Anyone who holds an unguessable token in the address; the view's service checks the token itself."""

    def mark(view: View) -> View:
        view.guard = ("token", (purpose,))  # type: ignore[attr-defined]
        return view

    return mark


def _guarded(view: View, kind: str, roles: tuple[str, ...]) -> View:
    @wraps(view)
    def wrapper(*args: Any, **kwargs: Any) -> Any:
        if not current_user.is_authenticated:
            return login.unauthorized()
        if roles and not current_user.actor.is_any(*roles):
            abort(403)
        return view(*args, **kwargs)

    wrapper.guard = (kind, roles)  # type: ignore[attr-defined]
    return wrapper  # type: ignore[return-value]


def signed_in(view: View) -> View:
    """Any signed-in person, whatever their role."""
    return _guarded(view, "signed_in", ())


def requires(*roles: str) -> Callable[[View], View]:
    """A signed-in person with one of `roles` (an admin always passes)."""
    unknown = set(roles) - set(ROLES)
    if unknown or not roles:
        raise ValueError(f"not roles: {sorted(unknown)}")
    return lambda view: _guarded(view, "roles", roles)

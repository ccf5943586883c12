"""What a database says when it cannot do as it was asked, sorted by what a person can do about it."""

from __future__ import annotations

from sqlalchemy.exc import DBAPIError, OperationalError, SQLAlchemyError

__all__ = ["AWAY", "FULL", "UNPREPARED", "DBAPIError", "OperationalError", "SQLAlchemyError", "kind_of"]

FULL, UNPREPARED, AWAY = "full", "unprepared", "away"
"""There is no room for another row; the tables are not those of this version; anything else, which may pass."""
_SIGNS = {
    FULL: ("is full", "no space left", "could not extend"),
    UNPREPARED: ("no such table", "no such column", "does not exist"),
}


def kind_of(error: DBAPIError) -> str:
    """One of the three above, by what SQLite and PostgreSQL say."""
    said = str(error.orig).lower()
    return next((kind for kind, signs in _SIGNS.items() if any(sign in said for sign in signs)), AWAY)

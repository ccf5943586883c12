"""Where alembic meets the application: the database and the models are those of the running Flask app."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from alembic import context
from flask import current_app
from sqlalchemy import Connection

from trainer.extensions import Base


@contextmanager
def _without_foreign_keys(connection: Connection) -> Iterator[None]:
    """A table that is copied is dropped in between, which SQLite refuses while rows point to it. Whether all rows still point
    to something is checked at the end instead."""
    if connection.dialect.name != "sqlite":
        yield
        return
    connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
    connection.commit()
    try:
        yield
        broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
        if broken:
            raise RuntimeError(f"rows of {sorted({row[0] for row in broken})} point to rows that are not there")
    finally:
        connection.rollback()
        connection.exec_driver_sql("PRAGMA foreign_keys=ON")
        connection.commit()


def run() -> None:
    """Migrate over the application's own engine. SQLite alters tables by copying them (batch mode)."""
    database = current_app.extensions["migrate"].db
    with database.engine.connect() as connection, _without_foreign_keys(connection):
        context.configure(
            connection=connection,
            target_metadata=Base.metadata,
            **current_app.extensions["migrate"].configure_args,
        )
        with context.begin_transaction():
            context.run_migrations()


run()

"""Where alembic meets the application: the database and the models are those of the running Flask app."""

from __future__ import annotations

from alembic import context
from flask import current_app

from trainer.extensions import Base


def run() -> None:
    """Migrate over the application's own engine. SQLite alters tables by copying them (batch mode)."""
    database = current_app.extensions["migrate"].db
    with database.engine.connect() as connection:
        context.configure(
            connection=connection,
            target_metadata=Base.metadata,
            **current_app.extensions["migrate"].configure_args,
        )
        with context.begin_transaction():
            context.run_migrations()


run()

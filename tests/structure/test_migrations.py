"""The database that migrations make is the one that the models describe."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import inspect

from tests.factories.accounts import NOW
from tests.factories.careers import make_team
from trainer.app import create_app
from trainer.config import ROOT, Settings
from trainer.extensions import Base, db
from trainer.ports import Ports
from trainer.store.careers import Decision
from trainer.store.certificates import Certificate, CertificateFact

FOLDER = str(ROOT / "trainer" / "migrations")


@pytest.fixture
def migrated(tmp_path: Path, ports: Ports) -> Iterator[Flask]:
    """An application on an empty database that was brought up to date."""
    app = create_app(
        Settings(instance=tmp_path, secret_key="for tests only", testing=True, database_url="sqlite://"), ports
    )
    with app.app_context():
        upgrade(FOLDER)
        yield app
        db.engine.dispose()


def test_migrations_have_one_head() -> None:
    scripts = ScriptDirectory.from_config(Config(attributes={}, config_args={"script_location": FOLDER}))
    assert len(scripts.get_heads()) == 1, scripts.get_heads()
    assert len(scripts.get_bases()) == 1, scripts.get_bases()


def test_models_and_migrations_agree(migrated: Flask) -> None:
    with db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "render_as_batch": True})
        differences = compare_metadata(context, Base.metadata)
    if differences:
        lines = "\n".join(str(one) for one in differences)
        pytest.fail(f"flask db migrate would still find:\n{lines}", pytrace=False)


def test_migrations_go_back_to_an_empty_database(migrated: Flask) -> None:
    downgrade(FOLDER, "base")
    assert set(inspect(db.engine).get_table_names()) <= {"alembic_version"}


def test_rows_that_others_point_to_survive_a_table_that_is_copied(migrated: Flask) -> None:
    session = db.session
    team = make_team(session)
    decision = Decision(
        organisation_id=team.organisation.id, user_id=team.learner.id, category="operator-3", ladder="own-1",
        granted=True, gates=[], by_name="Sam", at=NOW,
    )  # fmt: skip
    session.add(decision)
    session.flush()
    certificate = Certificate(
        organisation_id=team.organisation.id, user_id=team.learner.id, decision_id=decision.id, category="operator-3",
        holder="Zoé", number="2026-AAAA-BBBB", token="t" * 32, language="en", issued_at=NOW, valid_until=None,
        design="classic", design_digest="", record="{}", credential="{}", jwt="x", jwt_sha256="x",
    )  # fmt: skip
    session.add(certificate)
    session.flush()
    session.add(CertificateFact(certificate_id=certificate.id, kind="revoked", reason="Why.", by_name="Sam", at=NOW))
    session.commit()
    session.remove()
    downgrade(FOLDER, "c41d7e90b5a2")
    upgrade(FOLDER)
    assert [row.number for row in session.query(Certificate)] == ["2026-AAAA-BBBB"]
    assert session.query(CertificateFact).count() == 1
    session.remove()
    with db.engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall() == []
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1

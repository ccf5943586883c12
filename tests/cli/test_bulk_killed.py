"""A cohort is certified by a command that is killed in the middle: run again it goes on, and nobody is certified twice."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from flask_migrate import upgrade
from sqlalchemy import func, select

from tests.factories.careers import granted_decisions, make_team
from trainer.app import create_app
from trainer.config import ROOT, Settings
from trainer.extensions import db
from trainer.store.certificates import Certificate

pytestmark = pytest.mark.slow

PEOPLE, KILLED_AFTER = 16, 3


def start(instance: Path, file: Path) -> subprocess.Popen[str]:
    words = ["certificates", "bulk", str(file), "--address", "https://training.example.org"]
    return subprocess.Popen(
        [sys.executable, "-m", "flask", "--app", "wsgi", *words], cwd=ROOT, text=True, stdout=subprocess.PIPE,
        stderr=subprocess.PIPE, env={**os.environ, "INSTANCE": str(instance), "PYTHONUNBUFFERED": "1"},
    )  # fmt: skip


def test_killed_in_the_middle_it_goes_on_and_issues_to_nobody_twice(tmp_path: Path) -> None:
    instance, file = tmp_path / "instance", tmp_path / "decisions.txt"
    app = create_app(Settings(instance=instance, secret_key="for tests only", testing=True))
    with app.app_context():
        upgrade(str(ROOT / "trainer" / "migrations"))
        session = db.session
        team = make_team(session)
        ids = granted_decisions(session, team.organisation, PEOPLE)
        file.write_text("\n".join(ids) + "\n", encoding="utf-8")
        db.session.remove()

        first = start(instance, file)
        assert first.stdout is not None
        told = [first.stdout.readline() for _ in range(KILLED_AFTER)]
        first.send_signal(signal.SIGKILL)
        first.communicate()
        issued = session.scalar(select(func.count()).select_from(Certificate))
        assert KILLED_AFTER <= (issued or 0) < PEOPLE
        db.session.remove()

        out, err = start(instance, file).communicate(timeout=120)
        rows = [json.loads(line) for line in out.splitlines()]
        assert [row["decision"] for row in rows] == ids, err
        assert rows[:KILLED_AFTER] == [json.loads(line) for line in told], "those of before are found, not made again"
        numbers = list(session.scalars(select(Certificate.number)))
        assert len(numbers) == len(set(numbers)) == PEOPLE
        assert len(set(session.scalars(select(Certificate.decision_id)))) == PEOPLE
        db.session.remove()
        db.engine.dispose()

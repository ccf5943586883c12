"""`kill -9` of `flask certificates bulk` at random moments: is everybody certified in the end, and nobody twice?

    python -m bench.bulk --people 1000 --kills 5

An instance with so many granted decisions; the command issues for all of them, is killed, and is run again, at last to its
end. Moments are drawn: after some new certificates, or while the program starts or finds those of before. Then the
database is held against the list of decisions and against every line that a killed run had printed. Papers that a killed
run had not made yet are owed still: the site's sweeper finds them.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

from flask_migrate import upgrade
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.factories.careers import PLACE, granted_decisions, make_team
from trainer.app import create_app
from trainer.config import ROOT, Settings
from trainer.domain.credential import VALID
from trainer.extensions import db
from trainer.ports import BadSignature, CredentialSigner
from trainer.services.certificate_checks import check_token
from trainer.services.certificate_keys import signer_of
from trainer.store.careers import Decision
from trainer.store.certificates import Certificate, CertificatePaper
from trainer.store.status_lists import StatusEntry
from trainer.web import context


@dataclass
class Runs:
    """What the runs told, and how long they took. `told` holds the first line about each decision."""

    told: dict[str, dict[str, Any]] = field(default_factory=dict)
    seconds: list[float] = field(default_factory=list)
    new: list[int] = field(default_factory=list)
    issuing: list[float] = field(default_factory=list)
    """Seconds from a run's first new certificate to its last."""
    problems: list[str] = field(default_factory=list)


def settings(instance: Path) -> Settings:
    return Settings(instance=instance, secret_key="x" * 32, testing=True)


def prepare(instance: Path, people: int) -> list[str]:
    """A database with granted decisions over so many people; their ids."""
    with create_app(settings(instance)).app_context():
        upgrade(str(ROOT / "trainer" / "migrations"))
        session = cast("Session", db.session)
        ids = granted_decisions(session, make_team(session).organisation, people)
        db.session.remove()
        db.engine.dispose()
    return ids


def run(instance: Path, file: Path, runs: Runs, *, kill_after: int | None, chance: random.Random) -> int:
    """Run the command; kill it after so many new certificates and a moment (None: never). Gives its exit code."""
    words = ["certificates", "bulk", str(file), "--address", PLACE.base_url]
    env = {**os.environ, "INSTANCE": str(instance), "PYTHONUNBUFFERED": "1"}
    begun, moments = time.perf_counter(), list[float]()
    with tempfile.TemporaryFile("w+", encoding="utf-8") as errors:
        process = subprocess.Popen(
            [sys.executable, "-m", "flask", "--app", "wsgi", *words], cwd=ROOT, env=env, text=True,
            stdout=subprocess.PIPE, stderr=errors,
        )  # fmt: skip
        assert process.stdout is not None
        if kill_after == 0:
            time.sleep(chance.uniform(0, 3))
            process.send_signal(signal.SIGKILL)
        for line in process.stdout:
            if line.endswith("\n"):  # the last one of a killed run may be half a line
                moments += [time.perf_counter()] * _hear(runs, json.loads(line))
            if kill_after and len(moments) >= kill_after and process.poll() is None:
                time.sleep(chance.uniform(0, 0.2))
                process.send_signal(signal.SIGKILL)
                kill_after = None
        code = process.wait()
        errors.seek(0)
        if code not in (0, -signal.SIGKILL):
            runs.problems.append(f"exit code {code}: {errors.read()[-500:]}")
    runs.seconds.append(time.perf_counter() - begun)
    runs.new.append(len(moments))
    runs.issuing.append(moments[-1] - moments[0] if moments else 0.0)
    return code


def _hear(runs: Runs, row: dict[str, Any]) -> int:
    """Keep what a run says of a decision; 1 when it is the first to say it."""
    before = runs.told.setdefault(row["decision"], row)
    if "error" in row:
        runs.problems.append(f"{row['decision']}: {row['error']}")
    if before != row:
        runs.problems.append(f"{row['decision']}: first {before}, then {row}")
    return int(before is row)


def held_against(instance: Path, ids: list[str], runs: Runs) -> dict[str, int]:
    """What the database has of these decisions, in figures."""
    with create_app(settings(instance)).app_context():
        session, signer = cast("Session", db.session), signer_of(context.ports())
        rows = list(session.execute(select(Certificate, Decision.public_id).join(Decision)))
        issued = Counter(decision for _, decision in rows)
        places = [(row.status_list_id, row.position) for row in session.scalars(select(StatusEntry))]
        papers = set(session.scalars(select(CertificatePaper.certificate_id)))
        figures = {
            "issued": len(rows),
            "twice issued": sum(count - 1 for count in issued.values()),
            "missing": len(set(ids) - set(issued)),
            "numbers twice": len(rows) - len({row.number for row, _ in rows}),
            "places in the status list twice": len(places) - len(set(places)),
            "without a place there": len(rows) - len(places),
            "signature or standing not good": sum(not _is_good(session, signer, row) for row, _ in rows),
            "told and not kept so": sum(
                (runs.told.get(decision) or {}).get("certificate") != row.public_id for row, decision in rows
            ),
            "papers still owed": len(rows) - len(papers),
        }
        db.session.remove()
        db.engine.dispose()
    with closing(sqlite3.connect(instance / "trainer.sqlite")) as database:
        verdict = database.execute("PRAGMA integrity_check").fetchone()[0]
    if verdict != "ok":
        runs.problems.append(f"the database: {verdict}")
    return figures


def _is_good(session: Session, signer: CredentialSigner, row: Certificate) -> bool:
    try:
        signer.check(row.jwt)
    except BadSignature:
        return False
    return check_token(session, row.token, context.now()).state == VALID


def trial(people: int, kills: int, seed: int) -> bool:
    """Print the figures; True when nothing is missing, doubled or otherwise wrong."""
    chance, runs, killed = random.Random(seed), Runs(), 0
    with tempfile.TemporaryDirectory() as name:
        instance, file = Path(name) / "instance", Path(name) / "decisions.txt"
        ids = prepare(instance, people)
        file.write_text("\n".join(ids) + "\n", encoding="utf-8")
        for left in range(kills, 0, -1):
            most = 2 * (people - len(runs.told)) // (left + 1)
            code = run(instance, file, runs, kill_after=chance.randint(0, max(0, most)), chance=chance)
            killed += code == -signal.SIGKILL
        run(instance, file, runs, kill_after=None, chance=chance)
        figures = held_against(instance, ids, runs)
    print(f"{people} people, {killed} kills; new certificates a run: {', '.join(map(str, runs.new))}")
    for what, count in figures.items():
        print(f"{what:<34}{count:>6}")
    between = sum(max(0, new - 1) for new in runs.new)
    print(
        f"{between / max(sum(runs.issuing), 1e-9):.1f} certificates a second while issuing, papers being made beside it"
    )
    print(f"{sum(runs.new) / sum(runs.seconds):.1f} a second over all runs, with every start and the last run's papers")
    for problem in runs.problems[:20]:
        print("  " + problem)
    owed = ("issued", "papers still owed")
    return (
        not runs.problems
        and figures["issued"] == people
        and not any(count for what, count in figures.items() if what not in owed)
    )

"""Does grading a huge file of replies stay flat in memory, and go on past rows that are broken?

    python -m bench.bulk [--rows 30000]
    python -m bench.bulk --people 1000 --kills 5

The command itself (`flask grade replies`) runs on a file whose rows all differ, one in 997 of which is broken in some
way. Resident memory of its process is read twice a second. Vectors of shared texts are kept up to a number and thrown away
at once, so memory goes up and down: shown is the most of each third of the rows, of which the last may be little more than
the one before.

`--people N` tries the other command that takes a huge file, `flask certificates bulk`: see `bench/bulk_certificates.py`.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from bench import bulk_certificates
from bench.grade import DATA, different
from trainer.config import ROOT

BROKEN_EVERY = 997
BROKEN = ("{not json", "[]", '{"id": "x"}', '{"id": "x", "lang": "de", "situation": "", "objection_type": "", "customer": "", "reply": ""}')  # fmt: skip
MOST_SHARE = 1.05
"""The last third may need so much of what the second needs."""


def lines_of(count: int) -> Iterator[str]:
    """`count` lines, made as they are written."""
    rows = [json.loads(line) for line in DATA.read_text(encoding="utf-8").splitlines()]
    for start in range(0, count, 1000):
        for place, row in enumerate(different(rows, min(count, start + 1000), start), start=start + 1):
            yield BROKEN[place // BROKEN_EVERY % len(BROKEN)] if place % BROKEN_EVERY == 0 else json.dumps(row)


def resident_mib(pid: int) -> float:
    for line in Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1]) / 1024
    return 0.0


def rows_written(path: Path, seen: list[int]) -> int:
    """Lines in the file so far; `seen` holds (bytes read, lines) between calls."""
    with path.open("rb") as file:
        file.seek(seen[0])
        data = file.read()
    seen[0] += len(data)
    seen[1] += data.count(b"\n")
    return seen[1]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=30_000)
    parser.add_argument("--people", type=int, default=0, help="Certify so many by a command that is killed, instead.")
    parser.add_argument("--kills", type=int, default=5)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    if given.people:
        raise SystemExit(0 if bulk_certificates.trial(given.people, given.kills, given.seed) else 1)
    count = given.rows
    with tempfile.TemporaryDirectory() as folder:
        source, target, told = (Path(folder) / name for name in ("replies.jsonl", "grades.jsonl", "errors.txt"))
        with source.open("w", encoding="utf-8") as file:
            file.writelines(f"{line}\n" for line in lines_of(count))
        command = [sys.executable, "-m", "flask", "--app", "wsgi", "grade", "replies", "--in", str(source), "--out", str(target)]  # fmt: skip
        env = {**os.environ, "INSTANCE": str(Path(folder) / "instance"), "OMP_NUM_THREADS": "1"}
        points, seen, started = [], [0, 0], time.monotonic()
        with told.open("w", encoding="utf-8") as errors:
            process = subprocess.Popen(command, cwd=ROOT, env=env, stderr=errors)
            while process.poll() is None:
                time.sleep(0.5)
                if target.exists() and process.poll() is None:
                    points.append((rows_written(target, seen), resident_mib(process.pid)))
        seconds = time.monotonic() - started
        lines = told.read_text(encoding="utf-8").splitlines()
        written, broken = rows_written(target, seen), sum(line.startswith(f"{source.name}:") for line in lines)
    if process.returncode not in (0, 1) or written + broken < count:
        raise SystemExit("\n".join([f"stopped after {written} rows:", *lines[-5:]]))
    thirds = [
        max((mib for rows, mib in points if place <= 3 * rows / count <= place + 1), default=0.0) for place in range(3)
    ]
    print(f"{written} graded, {broken} broken rows named of {count // BROKEN_EVERY}, exit {process.returncode}")
    print(f"{written / seconds:.0f} rows a second with start-up")
    shown = ", ".join(f"{mib:.0f}" for mib in thirds)
    print(f"most resident MiB by thirds: {shown}; last to second {thirds[2] / thirds[1]:.2f} (limit {MOST_SHARE})")


if __name__ == "__main__":
    main()

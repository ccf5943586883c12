"""What every job queue promises."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator

import pytest
from flask import Flask, current_app

from tests.conftest import Outbox
from trainer.adapters.queue import InProcessQueue
from trainer.jobs import JOBS
from trainer.ports import JobQueue

PORT = JobQueue
ADAPTERS = (InProcessQueue, Outbox)
Done = list[tuple[str, dict[str, str]]]


@pytest.fixture
def gate() -> threading.Event:
    """Jobs wait until it is open, at most 5 seconds."""
    gate = threading.Event()
    gate.set()
    return gate


@pytest.fixture
def done(monkeypatch: pytest.MonkeyPatch, gate: threading.Event) -> Done:
    """What the jobs of this test have done, in order."""
    done: Done = []

    def keep(**arguments: str) -> None:
        gate.wait(5)
        done.append((current_app.name, arguments))

    def break_down(**_: str) -> None:
        raise RuntimeError("this job fails")

    monkeypatch.setitem(JOBS, "keep", keep)
    monkeypatch.setitem(JOBS, "break_down", break_down)
    return done


@pytest.fixture(params=ADAPTERS)
def queue(request: pytest.FixtureRequest, done: Done) -> Iterator[JobQueue]:
    if request.param is Outbox:
        yield Outbox()
        return
    queue = InProcessQueue(Flask("keep"))
    yield queue
    queue.pool.shutdown()


@pytest.fixture
def settled(queue: JobQueue, done: Done) -> Callable[[], Done]:
    """The jobs kept under the name "keep", once nothing is under way: done by a worker, or written down by the twin."""

    def wait() -> Done:
        if isinstance(queue, InProcessQueue):
            queue.wait()
            return done
        return [job for job in queue.jobs if job[0] == "keep"]

    return wait


def test_jobs_keep_their_arguments_and_order(queue: JobQueue, settled: Callable[[], Done]) -> None:
    for number in range(5):
        queue.enqueue("keep", call=f"ab{number}", lang="fr")
    assert settled() == [("keep", {"call": f"ab{number}", "lang": "fr"}) for number in range(5)]


def test_a_job_without_arguments_is_a_job(queue: JobQueue, settled: Callable[[], Done]) -> None:
    queue.enqueue("keep")
    assert settled() == [("keep", {})]


def test_whoever_asks_does_not_wait_for_the_work(
    queue: JobQueue, settled: Callable[[], Done], gate: threading.Event, done: Done
) -> None:
    gate.clear()
    queue.enqueue("keep", call="ab1")
    assert done == [], "the job is not done inside the transaction of whoever asks"
    gate.set()
    assert settled() == [("keep", {"call": "ab1"})]


@pytest.mark.parametrize("job", ["break_down", "no_such_job"])
def test_a_job_that_fails_harms_neither_the_asking_nor_the_next(
    queue: JobQueue, settled: Callable[[], Done], gate: threading.Event, job: str
) -> None:
    gate.clear()
    queue.enqueue("keep", call="ab1")
    queue.enqueue(job, call="ab2")
    queue.enqueue("keep", call="ab3")
    gate.set()
    assert settled() == [("keep", {"call": "ab1"}), ("keep", {"call": "ab3"})]

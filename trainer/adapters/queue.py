"""Jobs in the same process, on one thread: they run after the transaction that owes them was committed."""

from __future__ import annotations

import logging
from concurrent.futures import Future, ThreadPoolExecutor

from flask import Flask

log = logging.getLogger(__name__)


class InProcessQueue:
    """`JobQueue` over one worker thread. A job that is lost with the process is owed again by the sweeper."""

    def __init__(self, app: Flask | None) -> None:
        self.app = app
        self.pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="job")
        self.under_way: list[Future[None]] = []

    def enqueue(self, job: str, **arguments: str) -> None:
        self.under_way = [f for f in self.under_way if not f.done()]
        self.under_way.append(self.pool.submit(self._run, job, arguments))

    def wait(self) -> None:
        """Until all that was asked for is done (for tests and for a clean stop)."""
        for future in list(self.under_way):
            future.result()

    def _run(self, job: str, arguments: dict[str, str]) -> None:
        from trainer.jobs import run_job

        if self.app is None:
            raise RuntimeError("a queue without an application cannot run jobs")
        try:
            with self.app.app_context():
                run_job(job, **arguments)
        except Exception:
            log.exception("job %s %s failed; the sweeper will ask for it again", job, arguments)

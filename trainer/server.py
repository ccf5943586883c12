"""How gunicorn serves the site (`gunicorn -c python:trainer.server wsgi:app`).

One process by default, because the speech and language models are held once in it; more threads answer at the same
time, since the engines release Python's lock while they work. WEB_WORKERS adds processes on a larger machine.
"""

from __future__ import annotations

import threading
from typing import Any

from trainer.config import load_serving
from trainer.content.reading import LANGUAGES
from trainer.language import understand
from trainer.services.scenarios import published

_serving = load_serving()
bind = f"{_serving.host}:{_serving.port}"
workers = _serving.workers
worker_class = "gthread"
threads = _serving.threads
timeout = 180
graceful_timeout = 10
keepalive = 30
"""Seconds that a page's connection stays open: a call sends something every few seconds, and each new connection costs the
learner a round trip before the customer answers."""
accesslog = None
loglevel = _serving.log_level
SWEEP_SECONDS = 60.0


def post_worker_init(worker: Any) -> None:
    """Load the models and look for owed work beside the first page, never before it."""
    application = worker.app.callable
    threading.Thread(target=_warm_up, args=(application,), name="warm-up", daemon=True).start()
    threading.Thread(target=_sweep, args=(application,), name="sweeper", daemon=True).start()


def _warm_up(application: Any) -> None:
    published(application.extensions["settings"].scenarios)  # read once, for all who come while it is read
    ports = application.extensions["ports"]
    for language in LANGUAGES:  # compiling the phrases of a language takes a second, which no caller should wait for
        understand("Hello. Bonjour.", language=language, speaker="agent")
    for engine in (ports.recognizer, ports.encoder):
        if hasattr(engine, "warm_up"):
            try:
                engine.warm_up()
            except Exception as error:
                application.logger.warning("%s did not load: %s", engine.name, error)


def _sweep(application: Any) -> None:
    """Every minute, ask again for the work that rows say is owed."""
    pause = threading.Event()
    while not pause.wait(SWEEP_SECONDS):
        for sweep in ("sweep_calls", "sweep_certificates", "sweep_groups", "remind_holders"):
            application.extensions["ports"].queue.enqueue(sweep)

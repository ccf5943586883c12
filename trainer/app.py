"""The application factory and the composition root: the only place that knows which adapter stands behind a port."""

from __future__ import annotations

import secrets
from datetime import timedelta
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import Engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection

from trainer import web
from trainer.cli import register_commands
from trainer.config import ROOT, BadSetting, Settings, load_settings
from trainer.extensions import babel, bootstrap, csrf, db, limiter, login, migrate, talisman
from trainer.ports import PdfRenderer, Ports
from trainer.store import load_tables
from trainer.web.templating import PageEnvironment

LANGUAGES = {"en": "English", "fr": "Français"}

CONTENT_SECURITY_POLICY = {
    "default-src": "'self'",
    "img-src": "'self' data:",
    "media-src": "'self' blob:",
    "worker-src": "'self' blob:",
    "object-src": "'none'",
    "base-uri": "'self'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
}


def create_app(settings: Settings | None = None, ports: Ports | None = None) -> Flask:
    """A ready application. It migrates nothing, calls no network and asks nothing.

    `settings` default to the environment's; `ports` default to the real adapters those settings choose.
    """
    settings = settings or load_settings()
    app = Flask(
        "trainer",
        root_path=str(ROOT / "trainer"),
        template_folder=str(ROOT / "templates"),
        static_folder=str(ROOT / "trainer" / "web" / "static"),
        instance_path=str(settings.instance),
    )
    app.jinja_environment = PageEnvironment
    settings.instance.mkdir(parents=True, exist_ok=True)
    app.config.update(_flask_settings(settings))
    app.extensions["settings"] = settings
    try:
        app.extensions["ports"] = ports or build_ports(settings, app)
    except ValueError as error:  # adapters say which setting they cannot use
        raise BadSetting(str(error)) from error
    _bind_extensions(app, settings)
    load_tables()
    web.register(app)
    register_commands(app)
    return app


def _flask_settings(settings: Settings) -> dict[str, Any]:
    return {
        "SECRET_KEY": settings.secret_key or _kept_secret(settings.instance / "secret_key"),
        "SQLALCHEMY_DATABASE_URI": settings.database,
        "MAX_CONTENT_LENGTH": 16 * 1024 * 1024,
        "MAX_FORM_MEMORY_SIZE": 2 * 1024 * 1024,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SECURE": settings.secure_cookies,
        "PERMANENT_SESSION_LIFETIME": timedelta(hours=12),
        "REMEMBER_COOKIE_HTTPONLY": True,
        "BOOTSTRAP_SERVE_LOCAL": True,
        "BABEL_DEFAULT_LOCALE": "en",
        "BABEL_TRANSLATION_DIRECTORIES": str(ROOT / "trainer" / "translations"),
        "RATELIMIT_STORAGE_URI": "memory://",
        "RATELIMIT_ENABLED": not settings.testing,
        "WTF_CSRF_ENABLED": not settings.testing,
        "WTF_CSRF_TIME_LIMIT": None,
        "TESTING": settings.testing,
    }


def _kept_secret(path: Path) -> str:
    """The signing key of this machine: made once, readable by its owner only."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_hex(32), encoding="ascii")
    return path.read_text(encoding="ascii").strip()


def _bind_extensions(app: Flask, settings: Settings) -> None:
    db.init_app(app)
    migrate.init_app(app, db, directory=str(ROOT / "trainer" / "migrations"), render_as_batch=True, compare_type=True)
    login.init_app(app)
    babel.init_app(app, locale_selector=web.choose_language)
    csrf.init_app(app)
    limiter.init_app(app)
    bootstrap.init_app(app)
    talisman.init_app(
        app,
        force_https=False,
        session_cookie_secure=settings.secure_cookies,
        strict_transport_security=settings.secure_cookies,
        content_security_policy=CONTENT_SECURITY_POLICY,
        permissions_policy={"microphone": "(self)", "camera": "()", "geolocation": "()"},
        referrer_policy="same-origin",
    )


@event.listens_for(Engine, "connect")
def _tune_sqlite(connection: DBAPIConnection, _record: object) -> None:
    """SQLite checks foreign keys, waits for a busy writer and lets readers read on while one writes."""
    if type(connection).__module__.startswith("sqlite3"):
        cursor = connection.cursor()
        for pragma in ("foreign_keys=ON", "busy_timeout=8000", "journal_mode=WAL", "synchronous=NORMAL"):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()


def _renderer(settings: Settings) -> PdfRenderer:
    from trainer.adapters.pdf import WeasyPrintRenderer
    from trainer.adapters.pdf_signing import SigningRenderer

    pages = WeasyPrintRenderer()
    if not settings.pdf_signing_key:
        return pages
    return SigningRenderer(pages, Path(settings.pdf_signing_key), settings.pdf_signing_password)


def build_ports(settings: Settings, app: Flask | None = None) -> Ports:
    """The real adapters that `settings` choose. Nothing is loaded yet: models load at first use or by warm-up."""
    from trainer.adapters.clock import SystemClock
    from trainer.adapters.encoder import build_encoder
    from trainer.adapters.files import build_file_store
    from trainer.adapters.judge import build_judge
    from trainer.adapters.mail import build_mailer
    from trainer.adapters.queue import InProcessQueue
    from trainer.adapters.signing import IssuerSigner
    from trainer.adapters.speech import build_recognizer, build_synthesizer

    files = build_file_store(settings.files)
    return Ports(
        recognizer=build_recognizer(
            engines=settings.recognizers,
            models=settings.models,
            whisper_model=settings.whisper_model,
            google_key=settings.google_speech_key,
            cpu_threads=settings.cpu_threads,
        ),
        synthesizer=build_synthesizer(engines=settings.synthesizers, piper_voices=settings.piper_voices, files=files),
        encoder=build_encoder(),
        judge=build_judge(settings.judge_url, settings.judge_model, settings.judge_key),
        files=files,
        queue=InProcessQueue(app),
        mailer=build_mailer(settings.mail_url),
        pdf=_renderer(settings),
        clock=SystemClock(),
        signer=IssuerSigner(settings.instance / "keys"),
    )

"""Pages and addresses: one blueprint a capability."""

from __future__ import annotations

from importlib import import_module

from flask import Flask, current_app

from trainer.config import PRODUCT_NAME
from trainer.web.errors import register_errors
from trainer.web.header import site_header
from trainer.web.icons import icon
from trainer.web.kept_pages import install_kept_pages
from trainer.web.kept_parts import install_kept_parts
from trainer.web.languages import LANGUAGES, choose_language, install_catalogues, page_language
from trainer.web.requests import register_checks
from trainer.web.roles import role_text
from trainer.web.theme import chosen_theme
from trainer.web.times import clock, date_text, moment_text, time_text

__all__ = ["CAPABILITIES", "choose_language", "register"]

CAPABILITIES: tuple[str, ...] = (
    # one name a line: each is a module trainer.web.<name> with a blueprint `bp`
    "home",
    "auth",
    "languages",
    "admin",
    "learn",
    "exams",
    "practice",
    "job_description",
    "rights",
    "career",
    "certificates",
    "work",
    "certificate_designs",
    "verify",
    "api",
    "calls",
    "review",
    "calibration",
    "rubric",
    "drills",
    "shifts",
    "cohorts",
    "campaigns",
    "reports",
    "bank",
)


def register(app: Flask) -> None:
    """Put every capability's blueprint on the application, and what all templates use into their environment."""
    register_checks(app)
    for name in CAPABILITIES:
        app.register_blueprint(import_module(f"trainer.web.{name}").bp)
    register_errors(app)
    install_catalogues(app)
    install_kept_parts(app)
    install_kept_pages(app)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters |= {
        "clock": clock,
        "dateformat": date_text,
        "datetimeformat": moment_text,
        "timeformat": time_text,
    }
    app.jinja_env.globals.update(
        PRODUCT_NAME=PRODUCT_NAME,
        LANGUAGES=LANGUAGES,
        chosen_theme=chosen_theme,
        icon_svg=icon,
        known_endpoints=lambda: current_app.view_functions,
        page_language=page_language,
        role_text=role_text,
        site_header=site_header,
    )

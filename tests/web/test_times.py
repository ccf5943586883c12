"""Days and moments as pages write them."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from flask import Flask
from flask_babel import force_locale

from trainer.web.times import date_text, moment_text


@pytest.mark.parametrize(
    ("language", "day", "style", "told"),
    [
        ("fr", 1, "medium", "1er août 2026"),
        ("fr", 1, "long", "1er août 2026"),
        ("fr", 11, "medium", "11 août 2026"),
        ("fr", 21, "long", "21 août 2026"),
        ("en", 1, "long", "1 August 2026"),
    ],
)
def test_french_writes_the_first_of_a_month_as_an_ordinal(
    app: Flask, language: str, day: int, style: str, told: str
) -> None:
    with app.test_request_context(), force_locale(language):
        assert date_text(date(2026, 8, day), style) == told


def test_a_moment_and_the_filters_of_templates_do_so_too(app: Flask) -> None:
    first = datetime(2026, 8, 1, 9, 5, tzinfo=UTC)
    with app.test_request_context(), force_locale("fr"):
        assert moment_text(first, "short").startswith("1er août 2026")
        filters = app.jinja_env.filters
        assert filters["dateformat"](first) == "1er août 2026"
        assert filters["datetimeformat"](first, "short") == moment_text(first, "short")

"""Every text that the code and the templates show has its French."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from flask import Flask

from trainer.config import ROOT
from trainer.translations.build import LANGUAGES, merge, missing


def test_french_is_complete() -> None:
    assert not [line for language in LANGUAGES for line in missing(language)]


def test_french_fragments_agree_and_keep_every_gap() -> None:
    assert not [fault for language in LANGUAGES for fault in merge(language)[1]]


def test_french_marks_stay_with_their_word() -> None:
    catalogue, _wrong = merge("fr")
    assert catalogue["%(role)s: %(what)s"].string == "%(role)s\N{NO-BREAK SPACE}: %(what)s"


SAME_IN_BOTH = {
    "AC",
    "kappa",
    "alpha",
    "PDF",
    "JSON",
    "JWT",
    "PNG",
    "SVG",
    "Alt",
    "Open",
    "Badges",
    "English",
    "français",
}
"""Names that stay what they are in every language."""
SPOKEN = r"\b(?:alt|aria-label|placeholder|title)=\"([^\"]*)\""


@pytest.mark.parametrize("path", sorted((ROOT / "templates").rglob("*.*")), ids=lambda path: path.name)
def test_template_says_nothing_past_the_translator(app: Flask, path: Path) -> None:
    """What stands between tags, or in an attribute that is read out, comes from `_` or `ngettext`."""
    source = re.sub(r"{% block body_class %}.*?{% endblock %}", "", path.read_text(encoding="utf-8"))
    tokens = app.jinja_env.lex(source)
    text = "".join(value if kind == "data" else "" for _line, kind, value in tokens)
    spoken = " ".join(re.findall(SPOKEN, text))
    text = re.sub(r"<(script|style|svg)\b.*?</\1>|<!--.*?-->|<[^>]*>", " ", text, flags=re.DOTALL)
    text = re.sub(r"[a-z-]+=\"[^\"]*\"|\bdata-[a-z-]+", " ", text)  # attributes that a template keeps for later
    words = set(re.findall(r"[A-Za-zÀ-ÿ]{2,}", f"{text} {spoken}"))
    assert words <= SAME_IN_BOTH

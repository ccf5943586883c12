"""The published wording of each check, from the rubric, in the reader's language; and names of objections."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

from flask_babel import get_locale
from flask_babel import gettext as _
from ruamel.yaml import YAML

from trainer.domain.grade import Check

RUBRIC = Path(__file__).resolve().parents[2] / "rubrics" / "call-1.yaml"


@lru_cache(maxsize=1)
def _questions() -> dict[str, dict[str, str]]:
    """Check id -> language -> question, wherever in the rubric the check stands."""
    found: dict[str, dict[str, str]] = {}

    def walk(node: Any, name: str = "") -> None:
        if isinstance(node, dict):
            question = node.get("question")
            key = str(node.get("id", name))
            if isinstance(question, dict):
                found[key] = {str(code): str(text) for code, text in question.items()}
            for child_name, child in node.items():
                walk(child, str(child_name))
        elif isinstance(node, list):
            for child in node:
                walk(child)

    walk(YAML(typ="safe", pure=True).load(RUBRIC.read_text(encoding="utf-8")))
    return found


class _Gaps(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return "…"


def check_question(check: Check) -> str:
    """The question as the rubric publishes it, its gaps filled from the check."""
    texts = _questions().get(check.id) or _questions().get(check.id.split(":")[0]) or {}
    text = texts.get(str(get_locale())[:2]) or texts.get("en") or check.id
    return text.format_map(_Gaps(check.params))


def objection_text(kind: str) -> str:
    return {
        "price": _("Too expensive"),
        "no_need": _("No need"),
        "no_time": _("No time"),
        "no_trust": _("No trust"),
        "competitor": _("Another offer"),
        "think_about_it": _("Wants to think about it"),
        "send_by_email": _("Send it by e-mail"),
        "authority": _("Cannot decide alone"),
        "bad_experience": _("A bad experience"),
        "angry_complaint": _("An angry complaint"),
        "privacy": _("Privacy"),
        "contract_terms": _("The terms of the contract"),
        "quality_doubt": _("Doubts about quality"),
        "delivery_delay": _("A late delivery"),
        "wants_manager": _("Wants the manager"),
        "already_have": _("Already has one"),
        "too_complex": _("Too complicated"),
        "survey_refusal": _("Will not answer a survey"),
    }.get(kind, kind)

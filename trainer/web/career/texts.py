"""Gates, remarks and decisions in words: what was counted, what is missing, and where to go for it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import current_app, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from trainer.web.languages import page_language


@dataclass(frozen=True, slots=True)
class GateView:
    """A gate as a page shows it. `links` lead to what was counted; `way` (address, label) to what is missing."""

    kind: str
    title: str
    figure: int
    threshold: int
    passed: bool
    notes: Sequence[str]
    links: Sequence[tuple[str, str]]
    way: tuple[str, str] | None


def in_language(texts: Mapping[str, str]) -> str:
    """A text of the ladder or of a record in the page's language."""
    return texts.get(page_language(), texts["en"])


def gate_views(rows: Iterable[Mapping[str, Any]], *, own: bool) -> list[GateView]:
    """Gates as `services.careers.gate_rows` gives them. `own`: for the person themself, who can act on what is missing."""
    return [_gate_view(row, own=own) for row in rows]


def _gate_view(row: Mapping[str, Any], *, own: bool) -> GateView:
    passed = bool(row["passed"])
    return GateView(
        kind=row["kind"],
        title=in_language(row["title"]),
        figure=row["figure"],
        threshold=row["threshold"],
        passed=passed,
        notes=[remark_sentence(remark["code"], remark["params"]) for remark in row["remarks"]],
        links=_links(row),
        way=_way(row) if own and not passed else None,
    )


def _links(row: Mapping[str, Any]) -> list[tuple[str, str]]:
    """To the reviews of the calls that were counted."""
    if row["kind"] not in {"scenarios", "clean_calls"} or "review.show" not in current_app.view_functions:
        return []
    return [
        (url_for("review.show", call_id=record), _("Call %(number)s", number=place))
        for place, record in enumerate(row["records"], 1)
    ]


def _way(row: Mapping[str, Any]) -> tuple[str, str] | None:
    known = current_app.view_functions
    if row["kind"] == "course" and row.get("course") and "learn.course" in known:
        return url_for("learn.course", slug=row["course"]), _("Open the course")
    if row["kind"] in {"scenarios", "clean_calls"} and "calls.lobby" in known:
        return url_for("calls.lobby"), _("Take an assessed call")
    return None


def remark_sentence(code: str, params: Mapping[str, Any]) -> str:
    """A remark of `domain.career.Remark` as a sentence."""
    count = int(params.get("count", 0))
    if code == "scenarios_missing":
        return ngettext(
            "%(num)d more scenario to pass, another than those passed so far.",
            "%(num)d more scenarios to pass, each another than those passed so far.",
            count,
        )
    if code == "calls_missing":
        return ngettext("%(num)d more assessed call to take.", "%(num)d more assessed calls to take.", count)
    title = params.get("title", "")
    sentences = {
        "course_missing": _("Read the course and pass its quiz."),
        "attestation_missing": _("A supervisor who knows the work has to put their name to it."),
        "call_with_error": _(
            "“%(title)s” has a fundamental error (no. %(errors)s).", title=title, errors=params.get("errors", "")
        ),
        "call_ungraded": _("“%(title)s” is still being graded.", title=title),
        "error_waiting": _(
            "A possible error in “%(title)s” waits for a person; it does not count against anyone until then.",
            title=title,
        ),
    }
    return sentences.get(code, code)


def standing_text(state: str) -> tuple[str, str]:
    """The kind of status and the word for what a certificate is."""
    return {
        "valid": ("good", _("valid")),
        "not_yet_valid": ("info", _("not valid yet")),
        "expired": ("warn", _("expired")),
        "revoked": ("bad", _("revoked")),
        "replaced": ("muted", _("replaced")),
    }[state]

"""Gates, remarks and decisions in words: what was counted, what is missing, and where to go for it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import current_app, url_for
from flask_babel import format_decimal, ngettext
from flask_babel import gettext as _

from trainer.domain.ladder import COURSE, DRILL, EXAM, SIGNATURE, TYPING, WORK, Gate, Ladder
from trainer.services import exams
from trainer.services.courses import published
from trainer.services.learning_path import ON_CALLS
from trainer.web import context
from trainer.web.calls.messages import duty_text
from trainer.web.languages import in_language, listed, page_language
from trainer.web.learn.drill_texts import drill_text


@dataclass(frozen=True, slots=True)
class GateView:
    """A gate as a page shows it. `links` lead to what was counted; `way` (address, label) to what is missing."""

    kind: str
    title: str
    figure: str
    passed: bool
    notes: Sequence[str]
    links: Sequence[tuple[str, str]]
    way: tuple[str, str] | None


def gate_views(rows: Iterable[Mapping[str, Any]], *, own: bool) -> list[GateView]:
    """Gates as `services.careers.gate_rows` gives them. `own`: for the person themself, who can act on what is missing."""
    return [_gate_view(row, own=own) for row in rows]


def _gate_view(row: Mapping[str, Any], *, own: bool) -> GateView:
    passed = bool(row["passed"])
    return GateView(
        kind=row["kind"],
        title=in_language(row["title"]),
        figure=figure_of(row["figure"], row["threshold"], bool(row.get("at_most"))),
        passed=passed,
        notes=_notes(row["remarks"]),
        links=_links(row),
        way=_way(row) if own and not passed else None,
    )


def _notes(remarks: Iterable[Mapping[str, Any]]) -> list[str]:
    """A sentence a remark; courses that are left stand in one."""
    left = [_course_title(one["params"]["course"]) for one in remarks if one["code"] == "course_missing"]
    others = [remark_sentence(one["code"], one["params"]) for one in remarks if one["code"] != "course_missing"]
    if len(left) < 2:
        return [remark_sentence(one["code"], one["params"]) for one in remarks]
    return [_("Still to pass: %(courses)s.", courses=listed(left)), *others]


def figure_of(figure: float | None, threshold: float, at_most: bool = False) -> str:
    """ "3 / 4", or "12 (at most 20)" where less is better; a dash for what was not measured."""
    told, wanted = "–" if figure is None else format_decimal(figure), format_decimal(threshold)
    if at_most:
        return str(_("%(figure)s (at\u00a0most\u00a0%(most)s)", figure=told, most=wanted))
    return f"{told} / {wanted}"


def _links(row: Mapping[str, Any]) -> list[tuple[str, str]]:
    """To the reviews of the calls that were counted."""
    if row["kind"] not in ON_CALLS or "review.show" not in current_app.view_functions:
        return []
    return [
        (url_for("review.show", call_id=record), _("Call %(number)s", number=place))
        for place, record in enumerate(row["records"], 1)
    ]


def _way(row: Mapping[str, Any]) -> tuple[str, str] | None:
    """Where the person goes for what is missing; None where it is not theirs to do."""
    kind = row["kind"]
    if kind == COURSE:
        missing = [remark["params"]["course"] for remark in row["remarks"] if remark["code"] == "course_missing"]
        courses = missing or row.get("courses") or [row.get("course", "")]
        return (url_for("learn.course", slug=courses[0]), _("Open the course")) if courses[0] else None
    if kind == EXAM and row.get("exam"):
        return url_for("exams.show", slug=row["exam"]), _("Open the exam")
    ways = {
        SIGNATURE: ("job_description.show", _("Read and sign it")),
        DRILL: ("practice.index", _("To the drills")),
        TYPING: ("practice.index", _("To the drills")),
        WORK: ("work.mine", _("See my work figures")),
    } | dict.fromkeys(ON_CALLS, ("calls.lobby", _("Take an assessed call")))
    endpoint, label = ways.get(kind, ("", ""))
    return (url_for(endpoint), label) if endpoint in current_app.view_functions else None


def remark_sentence(code: str, params: Mapping[str, Any]) -> str:
    """A remark of `domain.career.Remark` as a sentence."""
    if code in COUNTED:
        return COUNTED[code](int(params.get("count") or params.get("months") or 0))
    sentence = _SENTENCES.get(code)
    return sentence(params) if sentence else code


def _course_title(slug: str) -> str:
    course = published(context.settings().courses).get(slug)
    return course.edition(page_language()).title if course else slug


def _exam_title(slug: str) -> str:
    exam = exams.published(context.settings().courses).get(slug)
    return in_language(exam.title) if exam else slug


COUNTED: Mapping[str, Callable[[int], str]] = {
    "scenarios_missing": lambda count: ngettext(
        "%(num)d more scenario to pass, another than those passed so far.",
        "%(num)d more scenarios to pass, each another than those passed so far.",
        count,
    ),
    "calls_missing": lambda count: ngettext(
        "%(num)d more assessed call to take.", "%(num)d more assessed calls to take.", count
    ),
    "unmeasured": lambda count: ngettext(
        "%(num)d more assessed call in which this can be measured.",
        "%(num)d more assessed calls in which this can be measured.",
        count,
    ),
    "held_short": lambda count: ngettext("%(num)d more month.", "%(num)d more months.", count),
}
_SENTENCES: Mapping[str, Callable[[Mapping[str, Any]], str]] = {
    "signature_missing": lambda _p: _("The version in force is not signed."),
    "course_missing": lambda p: _("Pass “%(course)s”: read it and pass its quiz.", course=_course_title(p["course"])),
    "exam_missing": lambda p: _("Pass “%(exam)s”.", exam=_exam_title(p["exam"])),
    "drill_missing": lambda p: _("Pass the drill “%(drill)s” once.", drill=drill_text(p["drill"])[0]),
    "typing_missing": lambda _p: _("No typing drill is passed yet."),
    "typing_slow": lambda p: _("The fastest so far: %(wpm)s words a minute.", wpm=p["wpm"]),
    "duty_missing": lambda p: _("A passed call for the duty “%(duty)s” is missing.", duty=duty_text(p["duty"])),
    "near_miss": lambda p: _(
        "“%(title)s” fell short by %(points)s points, which is within the error of the grading: one more call decides.",
        title=p["title"], points=int(p["mark"]) - int(p["overall"]),
    ),
    "attestation_missing": lambda _p: _("A supervisor who knows the work has to put their name to it."),
    "call_with_error": lambda p: _(
        "“%(title)s” has a fundamental error (no. %(errors)s).", title=p["title"], errors=p.get("errors", "")
    ),
    "call_ungraded": lambda p: _("“%(title)s” is still being graded.", title=p["title"]),
    "error_waiting": lambda p: _(
        "A possible error in “%(title)s” waits for a person; it does not count against anyone until then.",
        title=p["title"],
    ),
    "work_missing": lambda p: _(
        "Records of real work cover %(covered)s of the last %(months)s months. Your supervisor enters them.",
        covered=p["covered"], months=p["months"],
    ),
    "not_held": lambda p: _("The category before this one is not held."),
}  # fmt: skip


def missing_content(ladder: Ladder) -> list[str]:
    """Courses and exams that gates name and that are not published here: nobody could pass them."""
    folder = context.settings().courses
    there, asked = published(folder), exams.published(folder)
    courses = {slug for gate in ladder.all_gates() for slug in gate.courses if slug not in there}
    return [*sorted(courses), *sorted({g.exam for g in ladder.all_gates() if g.exam and g.exam not in asked})]


def condition_of(gate: Gate) -> str:
    """A gate of a later category in a line: what it asks for, and how much of it."""
    title, wanted = in_language(gate.title), format_decimal(gate.threshold)
    if gate.at_most:
        return str(_("%(title)s: at most %(most)s", title=title, most=wanted))
    return (
        title
        if gate.threshold <= 1 and gate.kind != WORK
        else str(_("%(title)s: %(figure)s", title=title, figure=wanted))
    )


def number_label(field: str, *, at_most: bool = False) -> str:
    """What a number of a condition says."""
    return {
        "threshold": _("at most") if at_most else _("at least"),
        "scenarios": _("different scenarios"),
        "difficulty": _("difficulty, at least"),
        "last": _("in the last calls"),
        "months": _("over months"),
    }[field]


def outcome_text(outcome: str) -> tuple[str, str]:
    """The kind of status and the word for what a decision says."""
    return {
        "granted": ("good", _("granted")),
        "one_more_call": ("info", _("one more call decides")),
        "refused": ("warn", _("not yet granted")),
    }[outcome]


def standing_text(state: str) -> tuple[str, str]:
    """The kind of status and the word for what a certificate is."""
    return {
        "valid": ("good", _("valid")),
        "not_yet_valid": ("info", _("not valid yet")),
        "expired": ("warn", _("expired")),
        "revoked": ("bad", _("revoked")),
        "replaced": ("muted", _("replaced")),
    }[state]

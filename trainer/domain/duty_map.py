"""The duty map: for each id of the job what teaches, drills, simulates, grades, examines and gates it. Pure.

What cannot be played on the telephone (a notice period, a pay scale) is simulated by no call: `ON_PAPER` names those ids, and
where they are put to use instead.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from trainer.domain.job import (
    CENTRE,
    ERRORS,
    EVALUATION,
    GENERAL,
    PROVISIONS,
    RESPONSIBILITY,
    RIGHTS,
    TEACHABLE,
)
from trainer.domain.scenario import OBJECTION_TYPES

COLUMNS = ("lessons", "drills", "calls", "checks", "exams", "gates")
EVERY_CALL = "every_call"
"""In the column of calls: what is in every call of the library."""

ON_PAPER: Mapping[str, str] = {
    **dict.fromkeys((*GENERAL, *PROVISIONS, *RESPONSIBILITY), "signed"),
    **dict.fromkeys(RIGHTS, "rights"),
    **dict.fromkeys(EVALUATION, "figures"),
    **dict.fromkeys(CENTRE, "menu"),
    "K5": "workplace", "K6": "workplace", "K8": "workplace", "Q4": "progress", "Q8": "workplace",
}  # fmt: skip
"""signed: in the job description. rights: on the page of rights. progress: in the learner's own figures. figures: in
those of their real work. menu: in the voice menu and the queue before a call. workplace: at the place of work, judged by a supervisor's word."""

DRILLS: Mapping[str, tuple[str, ...]] = {
    "Q1": ("diction",), "Q2": ("diction", "replies"), "Q3": ("listening",), "Q5": ("queue",), "Q6": ("typing",), "Q7": ("replies",),
    "K1": ("replies",), "K2": ("queue",), "K7": ("listening", "typing"), "IN3": ("listening",), "IN5": ("listening", "typing"),
    "OUT1": ("listening",), "OUT5": ("listening", "typing"), "IN4": ("replies",), "OUT4": ("replies",), "E3": ("queue",),
    **dict.fromkeys(OBJECTION_TYPES, ("replies",)),
}  # fmt: skip
"""Beside the cards, which repeat the questions of every id."""

IN_EVERY_CALL = (*ERRORS, "Q1", "Q2", "Q3", "Q5", "Q6", "Q7", "K1", "K2", "K3", "K4", "K7", "K9")
"""Part of every call: its errors, its manner, its desk, its clock."""

CHECKS: Mapping[str, tuple[str, ...]] = {
    "Q1": ("delivery",), "Q2": ("opening", "closing"), "Q3": ("needs", "delivery"), "Q5": ("objections",), "Q6": ("record",),
    "Q7": ("objections",), "K1": ("objections",), "K2": ("handling_time",), "K3": ("opening", "accuracy", "record"), "K4": ("accuracy",),
    "K7": ("record",), "K9": ("identification",), "IN1": ("needs", "solution"), "IN2": ("accuracy",), "IN3": ("record", "solution"),
    "IN4": ("objections", "solution"), "IN5": ("record",), "IN6": ("record", "needs"), "IN7": ("hold_transfer",), "IN8": ("record", "hold_transfer"),
    "OUT1": ("record",), "OUT2": ("accuracy",), "OUT3": ("record", "needs"), "OUT4": ("objections", "accuracy"), "OUT5": ("record",),
    "OUT6": ("opening", "objections"),
    **{error: (f"error:{error.removeprefix('ERR')}",) for error in ERRORS},
    **dict.fromkeys(OBJECTION_TYPES, ("objections",)),
}  # fmt: skip
"""Criteria of a call's grade (and fundamental errors) that look at an id."""


@dataclass(frozen=True, slots=True)
class Row:
    """An id with everything that serves it. `lessons` are (course, lesson), `questions` how many the bank has, `calls` slugs of
    scenarios (or EVERY_CALL), `exams` slugs, `gates` slugs of exams that ask about it or for a course on it."""

    id: str
    lessons: tuple[tuple[str, str], ...]
    questions: int
    drills: tuple[str, ...]
    calls: tuple[str, ...]
    checks: tuple[str, ...]
    on_paper: str
    exams: tuple[str, ...]
    gates: tuple[str, ...]

    @property
    def empty(self) -> tuple[str, ...]:
        """Columns with nothing in them; calls and checks are not asked of what is on paper."""
        held: dict[str, bool] = {
            "lessons": bool(self.lessons),
            "drills": bool(self.questions),
            "calls": bool(self.calls or self.on_paper),
            "checks": bool(self.checks or self.on_paper),
            "exams": bool(self.exams),
            "gates": bool(self.gates),
        }
        return tuple(column for column in COLUMNS if not held[column])


def duty_map(
    lessons: Iterable[tuple[str, str, Iterable[str]]],
    questions: Iterable[str],
    calls: Iterable[tuple[str, Iterable[str]]],
    exams: Iterable[tuple[str, Iterable[str], Iterable[str]]],
) -> tuple[Row, ...]:
    """A row an id, in the order of the job.

    `lessons`: (course, lesson, ids); `questions`: the id of each question; `calls`: (slug, ids: duties and types of
    objections); `exams`: (slug, ids of its cells, courses to pass before it).
    """
    taught: dict[str, list[tuple[str, str]]] = {}
    for course, lesson, ids in lessons:
        for one in ids:
            taught.setdefault(one, []).append((course, lesson))
    asked: dict[str, int] = {}
    for one in questions:
        asked[one] = asked.get(one, 0) + 1
    played: dict[str, list[str]] = {}
    for slug, ids in calls:
        for one in dict.fromkeys(ids):
            played.setdefault(one, []).append(slug)
    examined = [(slug, frozenset(ids), frozenset(before)) for slug, ids, before in exams]
    rows = []
    for one in TEACHABLE:
        courses = {course for course, _lesson in taught.get(one, [])}
        rows.append(
            Row(
                id=one,
                lessons=tuple(taught.get(one, ())),
                questions=asked.get(one, 0),
                drills=DRILLS.get(one, ()),
                calls=tuple(played.get(one, ())) or ((EVERY_CALL,) if one in IN_EVERY_CALL else ()),
                checks=CHECKS.get(one, ()),
                on_paper=ON_PAPER.get(one, ""),
                exams=tuple(slug for slug, ids, _before in examined if one in ids),
                gates=tuple(slug for slug, ids, before in examined if one in ids or courses & before),
            )
        )
    return tuple(rows)

"""Courses and quizzes in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import current_app, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from trainer.services import courses, exams
from trainer.services.learning_path import ON_CALLS, Action, Step, Way
from trainer.web import context
from trainer.web.languages import in_language, page_language
from trainer.web.learn.drill_texts import drill_text

TITLES = {
    "think": _l("Stop and think"),
    "say": _l("Say it aloud"),
    "recall": _l("From memory"),
    "keep": _l("Three things to keep"),
    "try": _l("Now on the telephone"),
    "listen": _l("Listen"),
    "spot": _l("Spot the error"),
    "question": _l("A question"),
    "law": _l("The law, where you work"),
    "sources": _l("Sources"),
    "sign": _l("Read and sign"),
    "drill": _l("Now practise"),
}
VERDICTS = {"bad": _l("Handled badly"), "good": _l("Handled well"), "plain": _l("On the line")}


def block_title(kind: str) -> str:
    """What stands above a block of a lesson."""
    return str(TITLES[kind])


def verdict_text(verdict: str) -> str:
    return str(VERDICTS[verdict])


def clarity_text(clarity: str) -> tuple[str, str]:
    """(kind of status, its words) of what somebody said of a lesson."""
    words: dict[str, tuple[str, str]] = {
        "clear": ("good", _("clear")),
        "partly": ("warn", _("partly clear")),
        "unclear": ("bad", _("not clear")),
    }
    return words[clarity]


def drill_link(drill: str) -> tuple[str, str]:
    """(name, address) of a drill that a lesson sends to."""
    if drill in ("diction", "listening", "typing"):
        return drill_text(drill)[0], url_for("practice.index")
    places: dict[str, tuple[str, str]] = {
        "cards": (_("Repeat what you missed"), url_for("practice.next_card")),
        "replies": (_("Answer an objection"), url_for("learn.my_path")),
        "queue": (_("A shift with a queue"), url_for("shifts.index")),
    }
    return places[drill]


def content_version() -> tuple[tuple[str, str], ...]:
    """Of all that parts of pages name by slug: courses and exams."""
    folder = context.settings().courses
    known = (*courses.in_order(folder).values(), *exams.published(folder).values())
    return tuple((one.slug, one.version) for one in known)


def course_link(slug: str) -> str:
    """To the course, or to one's path where it is not published (a ladder may name one that is not there yet)."""
    there = slug in courses.published(context.settings().courses)
    return url_for("learn.course", slug=slug) if there else url_for("learn.my_path")


def condition_text(kind: str, name: str) -> tuple[str, str]:
    """(what is asked for, where it is done) of a condition of `services.readiness` or of an exam."""
    if kind == "signature":
        return _("Sign the job description"), url_for("job_description.show")
    if kind == "drill":
        return _("Pass the drill “%(title)s”", title=drill_text(name)[0]), url_for("practice.index")
    folder = context.settings().courses
    if kind == "exam":
        exam = exams.published(folder).get(name)
        title, href = (
            (in_language(exam.title), url_for("exams.show", slug=name)) if exam else (name, url_for("exams.index"))
        )
        return _("Pass the exam “%(title)s”", title=title), href
    course = courses.published(folder).get(name)
    title = course.edition(page_language()).title if course else name
    return _("Pass the course “%(title)s”", title=title), course_link(name)


@dataclass(frozen=True, slots=True)
class Advice:
    """The one thing to do now: what, why, and the button (none where only others can act)."""

    title: str
    why: str
    href: str = ""
    label: str = ""


def advice_of(way: Way) -> Advice:
    """`services.learning_path.Action` in words, with its address."""
    action = way.action
    if action.kind == "condition":
        return _condition(way, action)
    study = {"lesson": _lesson, "quiz": _quiz, "quiz_open": _quiz_open}
    if action.kind in study:
        return study[action.kind](way, action)
    if action.kind in {"call", "call_open"}:
        return _call(way, action)
    if action.kind == "attestation":
        why = _(
            "All that you can do alone is done. A supervisor who knows your work now puts their name to it: ask them."
        )
        return Advice(_("Your supervisor’s word"), why, *_career())
    if action.kind == "decision":
        why = _("Every condition is met. Your supervisor grants the category and issues the certificate.")
        return Advice(_("Your certificate"), why, *_career())
    why = _("Nothing is asked of you just now. Calls stay open for practice.")
    return Advice(_("You are up to date"), why, url_for("calls.lobby"), _("Choose a call"))


def _condition(way: Way, action: Action) -> Advice:
    """The next thing before the first customer, where it is no lesson."""
    title, href = condition_text(action.condition, action.name)
    if way.ready is None or way.ready.ready:
        why = {
            "signature": _("Your category asks for the version in force. Read what changed, and sign."),
            "drill": _("A few minutes, as often as you like; the best one counts."),
            "exam": _("You have learned what it asks. Each form is equal, and can be taken once."),
        }[action.condition]
        return Advice(title, why, href, _("Go there"))
    why = {
        "signature": _(
            "It says what is asked of you and what you may ask for. Read it, hear it if you like, and sign."
        ),
        "drill": _("Five minutes. You see how you are heard, before a customer hears you."),
        "exam": _("The last step before your first customers. You can take it as soon as you feel ready."),
    }[action.condition]
    return Advice(title, why, href, _("Go there"))


def _career() -> tuple[str, str]:
    known = "career.mine" in current_app.view_functions
    return (url_for("career.mine"), _("See all conditions")) if known else ("", "")


def _edition_title(way: Way, slug: str) -> str:
    return next(one.course.edition(page_language()).title for one in way.courses if one.course.slug == slug)


def _lesson(way: Way, action: Action) -> Advice:
    progress = next(one for one in way.courses if one.course.slug == action.course)
    lesson = progress.course.edition(page_language()).lesson(action.lesson)
    assert lesson is not None  # the action was made from this course
    if progress.read_count:
        why = _(
            "Lesson %(number)s of %(count)s.", number=progress.read_count + 1, count=len(progress.course.lesson_slugs)
        )
    else:
        why = _("The course comes first: it shows what callers need from you, before one is on the line.")
    href = url_for("learn.lesson", slug=action.course, lesson=action.lesson)
    return Advice(lesson.title, f"{why} {lesson.about}", href, _("Read the lesson"))


def _quiz(way: Way, action: Action) -> Advice:
    title = _("Quiz: %(course)s", course=_edition_title(way, action.course))
    why = _("You have read every lesson. Now decide ten situations; you can take the quiz again whenever you like.")
    return Advice(title, why, url_for("learn.course", slug=action.course, _anchor="quiz"), _("To the quiz"))


def _quiz_open(way: Way, action: Action) -> Advice:
    title = _("Quiz: %(course)s", course=_edition_title(way, action.course))
    why = _("You have begun this quiz. Your answers so far are kept.")
    return Advice(title, why, url_for("learn.resume", quiz_attempt_id=action.quiz), _("Go on with the quiz"))


def _call(way: Way, action: Action) -> Advice:
    if action.call is not None:
        why = _("This call is not finished yet. It waits where you left it.")
        return Advice(action.call.title, why, url_for("calls.console", call_id=action.call.public_id), _("Continue"))
    assert action.card is not None  # actions of kind "call" name one
    why = _("Practise it as often as you like. When you feel ready, choose “Assessed”: only then does it count.")
    left = _calls_left(way.steps)
    href = url_for("calls.brief", slug=action.card.slug)
    return Advice(action.card.title, f"{left} {why}".strip(), href, _("Prepare for the call"))


def _calls_left(steps: Sequence[Step]) -> str:
    left = next((int(step.threshold - (step.figure or 0)) for step in steps if step.kind == "scenarios"), 0)
    if left <= 0:
        return ""
    return str(ngettext("%(num)d assessed call is left to pass.", "%(num)d assessed calls are left to pass.", left))


def step_link(step: Step) -> str:
    """Where the work of a step is done; empty where it is not the learner's to do."""
    known = current_app.view_functions
    if step.kind == "course":
        return course_link(step.name)
    if step.kind in {"signature", "exam", "drill", "typing"}:
        return condition_text("drill" if step.kind == "typing" else step.kind, step.name)[1]
    if step.kind in ON_CALLS:
        return url_for("calls.lobby")
    if step.kind == "certificate" and "certificates.mine" in known:
        return url_for("certificates.mine")
    return ""

"""A course, and its lessons."""

from __future__ import annotations

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from trainer.domain.courses import Course
from trainer.domain.errors import NotFound
from trainer.domain.papers import set_out
from trainer.services import courses, job_description, learning, lesson_feedback, scenarios
from trainer.services.job_description import blanks_of
from trainer.services.learning import Progress
from trainer.services.scenarios import ScenarioCard
from trainer.web import context
from trainer.web.auth.forms import ConfirmForm
from trainer.web.guards import signed_in
from trainer.web.kept_pages import kept_for_person
from trainer.web.languages import page_language
from trainer.web.learn import bp, seen
from trainer.web.learn.answers import Tried, kind_help, try_item, untried
from trainer.web.learn.audio import question_audio, spoken
from trainer.web.learn.forms import FeedbackForm
from trainer.web.learn.id_texts import job_label
from trainer.web.learn.texts import block_title, drill_link, verdict_text
from trainer.web.review.texts import error_texts

LESSON_SEED = 1
"""Questions within a lesson stand in the same order for everybody: a class can talk about the second answer."""


def progress_in(slug: str) -> Progress:
    return learning.progress_in(context.session(), context.actor(), context.settings().courses, slug)


def cards_of(course: Course) -> dict[str, ScenarioCard]:
    """The calls that a course names, as far as they are published."""
    known = scenarios.cards_by_slug(context.settings().scenarios, page_language())
    lessons = [lesson for edition in course.editions.values() for lesson in edition.lessons]
    named = dict.fromkeys([*course.calls, *(block.call for lesson in lessons for block in lesson.blocks)])
    return {slug: known[slug] for slug in named if slug in known}


@bp.get("/courses/<slug>")
@signed_in
@kept_for_person
def course(slug: str) -> ResponseReturnValue:
    progress = progress_in(slug)
    return render_template(
        "learn/course.html", progress=progress, course=progress.course, edition=progress.course.edition(page_language()),
        cards=cards_of(progress.course), form=ConfirmForm(), job_label=job_label,
        job_stamp=job_description.stamp(context.settings().courses),
    )  # fmt: skip


@bp.get("/courses/<slug>/<lesson>")
@signed_in
@kept_for_person
def lesson(slug: str, lesson: str) -> ResponseReturnValue:
    return lesson_page(slug, lesson)


def _jurisdiction() -> str:
    """What the organisation says about its law, in the page's language; shown beside principles of law."""
    blanks = blanks_of(context.session(), context.actor().organisation_id)
    return blanks.jurisdiction.get(page_language(), "")


def lesson_page(slug: str, lesson: str, tried: Tried | None = None, feedback: FeedbackForm | None = None) -> str:
    """The page of a lesson; `feedback` is the form as it came back with a mistake."""
    course = courses.find_course(context.settings().courses, slug)
    found = courses.find_lesson(course, lesson, page_language())
    slugs = course.lesson_slugs
    edition = course.edition(page_language())
    asked = [one for block in found.blocks if block.question and (one := edition.question(block.question))]
    items = {question.id: set_out(question, LESSON_SEED) for question in asked}
    cards = cards_of(course)
    given = lesson_feedback.own_feedback(context.session(), context.actor(), slug, lesson)
    return render_template(
        "learn/lesson.html", course=course, edition=edition, items=items, tried=tried,
        lesson=found, number=slugs.index(lesson) + 1, before=slugs[slugs.index(lesson) - 1] if lesson != slugs[0] else "",
        cards=cards, calls=tuple((slug, card.title) for slug, card in cards.items()), form=ConfirmForm(), block_title=block_title, verdict_text=verdict_text,
        drill_link=drill_link, error_names=error_texts(), kind_help=kind_help, untried=untried, seen=seen,
        given=given, feedback=feedback, feedback_form=lambda: FeedbackForm(obj=given),
        jurisdiction=_jurisdiction() if any(block.kind == "law" for block in found.blocks) else "",
    )  # fmt: skip


@bp.post("/courses/<slug>/<lesson>/questions/<question>")
@signed_in
def try_question(slug: str, lesson: str, question: str) -> ResponseReturnValue:
    """A question within a lesson: answered, and told at once. What was missed comes again as a card."""
    course = courses.find_course(context.settings().courses, slug)
    blocks = courses.find_lesson(course, lesson, page_language()).blocks
    found = course.edition(page_language()).question(question)
    if found is None or question not in {block.question for block in blocks}:
        raise NotFound("learn.no_question")
    item = set_out(found, LESSON_SEED)
    tried = try_item(item)
    if tried.mark is not None:
        learning.note_missed(context.session(), context.actor(), course, tried.mark, context.now())
    page = lesson_page(slug, lesson, tried)
    return (page, 422) if tried.error else page


@bp.get("/courses/<slug>/<lesson>/<int:number>/audio")
@signed_in
def lesson_audio(slug: str, lesson: str, number: int) -> ResponseReturnValue:
    """Block `number` (from 1) of a lesson: a dialogue, or what is to be listened to."""
    course = courses.find_course(context.settings().courses, slug)
    blocks = courses.find_lesson(course, lesson, page_language()).blocks
    block = blocks[number - 1] if 0 < number <= len(blocks) else None
    if block is None or not block.spoken:
        raise NotFound("learn.no_sound")
    return spoken(block.lines, block.voices, block.title)


@bp.get("/courses/<slug>/questions/<question>/audio")
@signed_in
def heard_question(slug: str, question: str) -> ResponseReturnValue:
    """The customer of a question within a lesson."""
    course = courses.find_course(context.settings().courses, slug)
    found = course.edition(page_language()).question(question)
    if found is None:
        raise NotFound("learn.no_question")
    return question_audio(found)


@bp.post("/courses/<slug>/<lesson>/read")
@signed_in
def mark_read(slug: str, lesson: str) -> ResponseReturnValue:
    """Said by the learner; goes on to the lesson after it, after the last one to the quiz."""
    found = courses.find_course(context.settings().courses, slug)
    learning.read_lesson(context.session(), context.actor(), found, lesson, context.now())
    later = found.lesson_slugs[found.lesson_slugs.index(lesson) + 1 :]
    if later:
        return redirect(url_for("learn.lesson", slug=slug, lesson=later[0]), code=303)
    return redirect(url_for("learn.course", slug=slug, _anchor="quiz"), code=303)

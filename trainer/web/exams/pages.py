"""The exams there are, one of them before it is begun, and the result of a paper."""

from __future__ import annotations

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from trainer.services import courses, exams
from trainer.web import context
from trainer.web.auth.forms import ConfirmForm
from trainer.web.exams import bp
from trainer.web.exams.paper import open_paper
from trainer.web.guards import signed_in
from trainer.web.kept_pages import kept_for_person
from trainer.web.languages import in_language, page_language
from trainer.web.learn.id_texts import job_label
from trainer.web.learn.texts import condition_text


@bp.get("/")
@signed_in
@kept_for_person
def index() -> ResponseReturnValue:
    cards = exams.cards_of(context.session(), context.actor(), context.settings().courses)
    return render_template("exams/index.html", cards=cards, in_language=in_language)


@bp.get("/<slug>")
@signed_in
@kept_for_person
def show(slug: str) -> ResponseReturnValue:
    """What the exam asks and how it goes, before it is begun."""
    card = exams.card_of(context.session(), context.actor(), context.settings().courses, slug)
    missing = [condition_text(one.kind, one.name) for one in card.missing]
    return render_template("exams/show.html", card=card, exam=card.exam, missing=missing, in_language=in_language, form=ConfirmForm())  # fmt: skip


@bp.post("/<slug>/start")
@signed_in
def start(slug: str) -> ResponseReturnValue:
    folder = context.settings().courses
    card = exams.card_of(context.session(), context.actor(), folder, slug)
    attempt = exams.start(context.session(), context.actor(), card, folder, context.now())
    return redirect(url_for("exams.resume", exam_attempt_id=attempt.public_id), code=303)


@bp.get("/papers/<exam_attempt_id>/result")
@signed_in
def result(exam_attempt_id: str) -> ResponseReturnValue:
    paper = open_paper(exam_attempt_id)
    if not paper.attempt.finished_at:
        return redirect(url_for("exams.resume", exam_attempt_id=exam_attempt_id))
    found = exams.result_of(context.session(), paper)
    known = courses.published(context.settings().courses)
    again = {}
    for duty, course, lesson in found.lessons:
        edition = known[course].edition(page_language()) if course in known else None
        read = edition.lesson(lesson) if edition else None
        if read is not None:
            again.setdefault(duty, []).append((course, lesson, read.title))
    card = exams.card_of(context.session(), context.actor(), context.settings().courses, found.exam.slug)
    return render_template(
        "exams/result.html",
        found=found,
        exam=found.exam,
        again=again,
        card=card,
        in_language=in_language,
        job_label=job_label,
    )

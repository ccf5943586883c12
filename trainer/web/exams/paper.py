"""A paper on the table: one question a page against the clock, a look over all answers, and handing in.

Nothing in a page tells which answer is right, and no page holds more than its own question.
"""

from __future__ import annotations

from collections.abc import Callable

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from trainer.domain.errors import Conflict, Invalid
from trainer.services import exams, learning
from trainer.services.exams import Paper
from trainer.web import context
from trainer.web.auth.forms import ConfirmForm
from trainer.web.errors import sentence
from trainer.web.exams import bp
from trainer.web.guards import signed_in
from trainer.web.languages import in_language, page_language
from trainer.web.learn.answers import Given, given_of, kind_help, places_of, sent
from trainer.web.learn.audio import can_be_heard, question_audio
from trainer.web.review.texts import error_texts


def open_paper(public_id: str) -> Paper:
    judge = learning.judge_of(context.ports())
    return exams.open_paper(context.session(), context.actor(), public_id, page_language(), context.now(), judge)


def _addresses(paper: Paper) -> Callable[[int], str]:
    """The address of each question by its number."""
    start = url_for("exams.question", exam_attempt_id=paper.attempt.public_id, number=0)[:-1]
    return lambda number: f"{start}{number}"


def _place(paper: Paper, number: int | None) -> str:
    name = paper.attempt.public_id
    if paper.attempt.finished_at:
        return url_for("exams.result", exam_attempt_id=name)
    if number is None or number > len(paper.items):
        return url_for("exams.look_over", exam_attempt_id=name)
    return _addresses(paper)(number)


@bp.get("/papers/<exam_attempt_id>")
@signed_in
def resume(exam_attempt_id: str) -> ResponseReturnValue:
    """Where the paper was left: the first question without an answer, the last look, or the result."""
    paper = open_paper(exam_attempt_id)
    return redirect(_place(paper, paper.next_number))


@bp.get("/papers/<exam_attempt_id>/<int:number>")
@signed_in
def question(exam_attempt_id: str, number: int) -> ResponseReturnValue:
    paper = open_paper(exam_attempt_id)
    item = paper.item(number)
    if paper.attempt.finished_at:
        return redirect(_place(paper, None))
    return _page(paper, number, given_of(item, paper.answers.get(item.question.id, ())))


def _page(paper: Paper, number: int, given: Given, error: str = "") -> str:
    item, address_of = paper.item(number), _addresses(paper)
    audio = ""
    if item.question.kind == "record" and can_be_heard(item.question):
        audio = url_for("exams.audio", exam_attempt_id=paper.attempt.public_id, number=number)
    return render_template(
        "exams/question.html", paper=paper, number=number, item=item, given=given, error=error, audio=audio,
        kind_help=kind_help, address_of=address_of, places=places_of(paper, address_of), error_names=error_texts() if item.question.kind == "spot" else (), in_language=in_language,
    )  # fmt: skip


@bp.post("/papers/<exam_attempt_id>/<int:number>")
@signed_in
def answer(exam_attempt_id: str, number: int) -> ResponseReturnValue:
    paper = open_paper(exam_attempt_id)
    item = paper.item(number)
    places, given = sent(item, paper.answers.get(item.question.id, ()))
    try:
        exams.answer_question(context.session(), paper, number, places, context.now())
    except Invalid as error:
        return _page(paper, number, given, sentence(error.code)), 422
    except Conflict:
        if not paper.attempt.finished_at:
            raise
        return redirect(url_for("exams.result", exam_attempt_id=exam_attempt_id, late=1), code=303)
    stays = item.question.kind == "branch"  # the customer answers on the same page, up to the end
    return redirect(_place(paper, number if stays else number + 1), code=303)


@bp.get("/papers/<exam_attempt_id>/<int:number>/audio")
@signed_in
def audio(exam_attempt_id: str, number: int) -> ResponseReturnValue:
    """The customer of a question of kind record."""
    return question_audio(open_paper(exam_attempt_id).item(number).question)


@bp.get("/papers/<exam_attempt_id>/check")
@signed_in
def look_over(exam_attempt_id: str) -> ResponseReturnValue:
    """All questions with the answers so far, before handing in."""
    paper = open_paper(exam_attempt_id)
    if paper.attempt.finished_at:
        return redirect(_place(paper, None))
    address_of = _addresses(paper)
    return render_template(
        "exams/look_over.html", paper=paper, form=ConfirmForm(), in_language=in_language, address_of=address_of,
        places=places_of(paper, address_of),
    )  # fmt: skip


@bp.post("/papers/<exam_attempt_id>/hand-in")
@signed_in
def hand_in(exam_attempt_id: str) -> ResponseReturnValue:
    paper = open_paper(exam_attempt_id)
    exams.hand_in(context.session(), context.actor(), paper, context.now(), learning.judge_of(context.ports()))
    return redirect(url_for("exams.result", exam_attempt_id=exam_attempt_id), code=303)

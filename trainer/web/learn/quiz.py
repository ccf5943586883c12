"""The quiz: one question a page, a look over all answers, and the result with feedback.

A page names options by their place on the paper and holds no feedback: nothing in it tells which ones are right.
"""

from __future__ import annotations

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from trainer.domain.errors import Conflict, Invalid
from trainer.domain.papers import Item
from trainer.services import learning
from trainer.services.learning import Quiz
from trainer.web import context
from trainer.web.auth.forms import ConfirmForm
from trainer.web.errors import sentence
from trainer.web.guards import signed_in
from trainer.web.learn import bp
from trainer.web.learn.lessons import cards_of, progress_in
from trainer.web.learn.texts import kind_help, page_language


def open_quiz(public_id: str) -> Quiz:
    return learning.open_quiz(context.session(), context.actor(), public_id, page_language())


@bp.post("/courses/<slug>/quiz")
@signed_in
def start(slug: str) -> ResponseReturnValue:
    attempt = learning.start_quiz(context.session(), context.actor(), progress_in(slug), context.now())
    return redirect(url_for("learn.resume", quiz_attempt_id=attempt.public_id), code=303)


@bp.get("/quiz/<quiz_attempt_id>")
@signed_in
def resume(quiz_attempt_id: str) -> ResponseReturnValue:
    """Where the quiz was left: the first question without an answer, the last look, or the result."""
    quiz = open_quiz(quiz_attempt_id)
    return redirect(_place(quiz, quiz.next_number))


def _place(quiz: Quiz, number: int | None) -> str:
    if quiz.attempt.finished_at:
        return url_for("learn.result", quiz_attempt_id=quiz.attempt.public_id)
    if number is None or number > len(quiz.paper):
        return url_for("learn.look_over", quiz_attempt_id=quiz.attempt.public_id)
    return url_for("learn.question", quiz_attempt_id=quiz.attempt.public_id, number=number)


@bp.get("/quiz/<quiz_attempt_id>/<int:number>")
@signed_in
def question(quiz_attempt_id: str, number: int) -> ResponseReturnValue:
    quiz = open_quiz(quiz_attempt_id)
    item = quiz.item(number)
    if quiz.attempt.finished_at:
        return redirect(_place(quiz, None))
    return _question_page(quiz, number, item.places_of(quiz.answers.get(item.question.id, ())))


def _question_page(quiz: Quiz, number: int, places: tuple[int, ...], error: str = "") -> str:
    steps = _numbers(quiz.item(number)) if error else {place: step for step, place in enumerate(places, 1)}
    return render_template(
        "learn/question.html", quiz=quiz, number=number, item=quiz.item(number), places=places, steps=steps, error=error,
        form=ConfirmForm(), kind_help=kind_help, edition=quiz.course.edition(page_language()),
    )  # fmt: skip


@bp.post("/quiz/<quiz_attempt_id>/<int:number>")
@signed_in
def answer(quiz_attempt_id: str, number: int) -> ResponseReturnValue:
    quiz = open_quiz(quiz_attempt_id)
    places = _places(quiz.item(number))
    try:
        learning.answer_question(context.session(), quiz, number, places, context.now())
    except Invalid as error:
        return _question_page(quiz, number, tuple(places), sentence(error.code)), 422
    except Conflict:
        if not quiz.attempt.finished_at:
            raise
    return redirect(_place(quiz, number + 1), code=303)


def _places(item: Item) -> list[int]:
    """The places that were sent; for order, sorted by the number that each was given."""
    if item.question.kind != "order":
        return request.form.getlist("place", type=int)
    given = _numbers(item)
    whole = sorted(given.values()) == list(range(1, len(given) + 1))
    return sorted(given, key=lambda place: given[place]) if whole else []


def _numbers(item: Item) -> dict[int, int]:
    """Place -> the number sent for it, 0 where there is none."""
    return {place: request.form.get(f"step-{place}", 0, type=int) for place in range(1, len(item.options) + 1)}


@bp.get("/quiz/<quiz_attempt_id>/check")
@signed_in
def look_over(quiz_attempt_id: str) -> ResponseReturnValue:
    """All questions with the answers chosen so far, before handing in."""
    quiz = open_quiz(quiz_attempt_id)
    if quiz.attempt.finished_at:
        return redirect(_place(quiz, None))
    edition = quiz.course.edition(page_language())
    return render_template("learn/look_over.html", quiz=quiz, edition=edition, form=ConfirmForm())


@bp.post("/quiz/<quiz_attempt_id>/hand-in")
@signed_in
def hand_in(quiz_attempt_id: str) -> ResponseReturnValue:
    quiz = open_quiz(quiz_attempt_id)
    learning.hand_in(context.session(), quiz, context.now())
    return redirect(url_for("learn.result", quiz_attempt_id=quiz_attempt_id), code=303)


@bp.get("/quiz/<quiz_attempt_id>/result")
@signed_in
def result(quiz_attempt_id: str) -> ResponseReturnValue:
    quiz = open_quiz(quiz_attempt_id)
    if not quiz.attempt.finished_at:
        return redirect(_place(quiz, quiz.next_number))
    return render_template(
        "learn/result.html", quiz=quiz, result=learning.result_of(quiz), edition=quiz.course.edition(page_language()),
        cards=cards_of(quiz.course), form=ConfirmForm(),
    )  # fmt: skip

"""The quiz: one question a page, a look over all answers, and the result with feedback.

A page names options by their place on the paper and holds no feedback: nothing in it tells which ones are right.
"""

from __future__ import annotations

from collections.abc import Callable

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from trainer.domain.errors import Conflict, Invalid
from trainer.services import learning
from trainer.services.learning import Quiz
from trainer.web import context
from trainer.web.auth.forms import ConfirmForm
from trainer.web.errors import sentence
from trainer.web.guards import signed_in
from trainer.web.languages import page_language
from trainer.web.learn import bp, seen
from trainer.web.learn.answers import Given, given_of, kind_help, places_of, sent
from trainer.web.learn.audio import can_be_heard, question_audio
from trainer.web.learn.id_texts import job_label
from trainer.web.learn.lessons import cards_of, progress_in
from trainer.web.review.texts import error_texts


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


def _addresses(quiz: Quiz) -> Callable[[int], str]:
    """The address of each question by its number."""
    start = url_for("learn.question", quiz_attempt_id=quiz.attempt.public_id, number=0)[:-1]
    return lambda number: f"{start}{number}"


def _place(quiz: Quiz, number: int | None) -> str:
    if quiz.attempt.finished_at:
        return url_for("learn.result", quiz_attempt_id=quiz.attempt.public_id)
    if number is None or number > len(quiz.items):
        return url_for("learn.look_over", quiz_attempt_id=quiz.attempt.public_id)
    return _addresses(quiz)(number)


@bp.get("/quiz/<quiz_attempt_id>/<int:number>")
@signed_in
def question(quiz_attempt_id: str, number: int) -> ResponseReturnValue:
    quiz = open_quiz(quiz_attempt_id)
    item = quiz.item(number)
    if quiz.attempt.finished_at:
        return redirect(_place(quiz, None))
    return _question_page(quiz, number, given_of(item, quiz.answers.get(item.question.id, ())))


def _question_page(quiz: Quiz, number: int, given: Given, error: str = "") -> str:
    item, address_of = quiz.item(number), _addresses(quiz)
    audio = ""
    if item.question.kind == "record" and can_be_heard(item.question):
        audio = url_for("learn.quiz_audio", quiz_attempt_id=quiz.attempt.public_id, number=number)
    return render_template(
        "learn/question.html", quiz=quiz, number=number, item=item, given=given, error=error, audio=audio,
        kind_help=kind_help, address_of=address_of, places=places_of(quiz, address_of), edition=quiz.course.edition(page_language()), error_names=error_texts() if item.question.kind == "spot" else (),
    )  # fmt: skip


@bp.post("/quiz/<quiz_attempt_id>/<int:number>")
@signed_in
def answer(quiz_attempt_id: str, number: int) -> ResponseReturnValue:
    quiz = open_quiz(quiz_attempt_id)
    item = quiz.item(number)
    places, given = sent(item, quiz.answers.get(item.question.id, ()))
    try:
        learning.answer_question(context.session(), quiz, number, places, context.now())
    except Invalid as error:
        return _question_page(quiz, number, given, sentence(error.code)), 422
    except Conflict:
        if not quiz.attempt.finished_at:
            raise
    if item.question.kind == "branch":  # the customer answers on the same page, up to the end
        return redirect(url_for("learn.question", quiz_attempt_id=quiz_attempt_id, number=number), code=303)
    return redirect(_place(quiz, number + 1), code=303)


@bp.get("/quiz/<quiz_attempt_id>/<int:number>/audio")
@signed_in
def quiz_audio(quiz_attempt_id: str, number: int) -> ResponseReturnValue:
    """The customer of a question of kind record."""
    return question_audio(open_quiz(quiz_attempt_id).item(number).question)


@bp.get("/quiz/<quiz_attempt_id>/check")
@signed_in
def look_over(quiz_attempt_id: str) -> ResponseReturnValue:
    """All questions with the answers chosen so far, before handing in."""
    quiz = open_quiz(quiz_attempt_id)
    if quiz.attempt.finished_at:
        return redirect(_place(quiz, None))
    edition = quiz.course.edition(page_language())
    return render_template(
        "learn/look_over.html", quiz=quiz, edition=edition, form=ConfirmForm(), address_of=_addresses(quiz)
    )


@bp.post("/quiz/<quiz_attempt_id>/hand-in")
@signed_in
def hand_in(quiz_attempt_id: str) -> ResponseReturnValue:
    quiz = open_quiz(quiz_attempt_id)
    learning.hand_in(context.session(), context.actor(), quiz, context.now(), learning.judge_of(context.ports()))
    return redirect(url_for("learn.result", quiz_attempt_id=quiz_attempt_id), code=303)


@bp.get("/quiz/<quiz_attempt_id>/result")
@signed_in
def result(quiz_attempt_id: str) -> ResponseReturnValue:
    quiz = open_quiz(quiz_attempt_id)
    if not quiz.attempt.finished_at:
        return redirect(_place(quiz, quiz.next_number))
    return render_template(
        "learn/result.html", quiz=quiz, result=learning.result_of(quiz, learning.judge_of(context.ports())), edition=quiz.course.edition(page_language()),
        cards=cards_of(quiz.course), form=ConfirmForm(), error_names=error_texts(), seen=seen, job_label=job_label,
    )  # fmt: skip

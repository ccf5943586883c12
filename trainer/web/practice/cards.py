"""Cards that come again: the one that is due, its answer, and how it went."""

from __future__ import annotations

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from trainer.domain.papers import mark_item, set_out
from trainer.services import cards, courses, learning
from trainer.services.cards import Shown
from trainer.web import context
from trainer.web.auth.forms import ConfirmForm
from trainer.web.errors import sentence
from trainer.web.guards import signed_in
from trainer.web.learn import seen
from trainer.web.learn.answers import Given, given_of, kind_help, sent
from trainer.web.learn.texts import page_language
from trainer.web.practice import bp
from trainer.web.review.texts import error_texts


def _page(shown: Shown | None, **given: object) -> str:
    item = set_out(shown.question, shown.card.reviews) if shown and shown.question else None
    values: dict[str, object] = {
        "shown": shown, "item": item, "given": given_of(item, ()) if item else Given(), "mark": None, "error": "",
        "before": (), "deck": cards.deck_of(context.session(), context.actor(), context.now()), "form": ConfirmForm(),
        "kind_help": kind_help, "error_names": error_texts(), "seen": seen,
    }  # fmt: skip
    return render_template("practice/card.html", **(values | given))


@bp.get("/cards")
@signed_in
def next_card() -> ResponseReturnValue:
    known = courses.published(context.settings().courses)
    return _page(cards.next_card(context.session(), context.actor(), known, page_language(), context.now()))


def _find(public_id: str) -> Shown:
    known = courses.published(context.settings().courses)
    return cards.find_card(context.session(), context.actor(), known, page_language(), public_id)


@bp.post("/cards/<card_id>")
@signed_in
def answer_card(card_id: str) -> ResponseReturnValue:
    """A question's answer, marked at once; or how a recall card went."""
    shown = _find(card_id)
    if shown.question is None:
        cards.review(context.session(), shown.card, request.form.get("rating", ""), context.now())
        return redirect(url_for("practice.next_card"), code=303)
    item = set_out(shown.question, shown.card.reviews)
    before = tuple(request.form.get("before", "").split())
    places, given = sent(item, before)
    answer = item.accept(places)
    if answer is None:
        return _page(shown, given=given, before=before, error=sentence(f"learn.answer_{item.question.kind}")), 422
    if not item.whole(answer):
        return _page(shown, given=given_of(item, answer), before=answer)
    mark = mark_item(item, answer, learning.judge_of(context.ports()))
    page = _page(shown, mark=mark)
    cards.review(context.session(), shown.card, cards.rating_of(mark.share), context.now())
    return page

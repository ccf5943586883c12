"""Cards that come again: the one that is due, its answer, and how it went."""

from __future__ import annotations

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from trainer.domain.papers import Item, set_out
from trainer.domain.questions import Question
from trainer.services import cards, courses
from trainer.services.cards import Shown
from trainer.store.practice import Card
from trainer.web import context
from trainer.web.auth.forms import ConfirmForm
from trainer.web.guards import signed_in
from trainer.web.languages import page_language
from trainer.web.learn import seen
from trainer.web.learn.answers import Tried, kind_help, try_item, untried
from trainer.web.practice import bp
from trainer.web.review.texts import error_texts


def _page(shown: Shown | None, tried: Tried | None = None) -> str:
    return render_template(
        "practice/card.html", shown=shown, tried=tried or (untried(_item(shown.question, shown.card)) if shown and shown.question else None),
        deck=cards.deck_of(context.session(), context.actor(), context.now()), form=ConfirmForm(), kind_help=kind_help,
        error_names=error_texts(), seen=seen,
    )  # fmt: skip


def _item(question: Question, card: Card) -> Item:
    """Set out otherwise each time it comes."""
    return set_out(question, card.reviews)


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
    tried = try_item(_item(shown.question, shown.card))
    page = _page(shown, tried)
    if tried.mark is not None:
        cards.review(context.session(), shown.card, cards.rating_of(tried.mark.share), context.now())
    return (page, 422) if tried.error else page

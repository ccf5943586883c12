"""Drills: the list, a round of each kind, and its figures."""

from __future__ import annotations

from flask import Response, abort, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from trainer.domain import practice as limits
from trainer.domain.errors import Conflict, Invalid
from trainer.domain.papers import same_field
from trainer.services import cards, practice
from trainer.services.practice import Round
from trainer.web import context
from trainer.web.auth.forms import ConfirmForm
from trainer.web.calls.console_texts import microphone_texts
from trainer.web.errors import sentence
from trainer.web.guards import signed_in
from trainer.web.kept_pages import kept_for_person
from trainer.web.languages import page_language
from trainer.web.learn.drill_texts import drill_icon, drill_text
from trainer.web.practice import bp
from trainer.web.practice.messages import field_text, remark_text
from trainer.web.sounds import wav_response


@bp.get("/")
@signed_in
@kept_for_person
def index() -> ResponseReturnValue:
    session, actor = context.session(), context.actor()
    return render_template(
        "practice/index.html", standings=practice.standings(session, actor), form=ConfirmForm(),
        deck=cards.deck_of(session, actor, context.now()), drill_text=drill_text, drill_icon=drill_icon,
    )  # fmt: skip


@bp.post("/<kind>")
@signed_in
def begin(kind: str) -> ResponseReturnValue:
    folder = context.settings().courses
    row = practice.begin(context.session(), context.actor(), folder, kind, page_language(), context.now())
    return redirect(url_for("practice.show", practice_round_id=row.public_id), code=303)


def _open(public_id: str) -> Round:
    return practice.open_round(context.session(), context.actor(), context.settings().courses, public_id)


@bp.get("/rounds/<practice_round_id>")
@signed_in
def show(practice_round_id: str) -> ResponseReturnValue:
    return _page(_open(practice_round_id))


def _page(found: Round, typed: list[str] | None = None, error: str = "") -> str:
    template = "practice/result.html" if found.done else f"practice/{found.row.kind}.html"
    pairs = zip(found.entries, found.row.typed, strict=False)
    return render_template(
        template, found=found, form=ConfirmForm(), typed=typed or [], error=error, drill_text=drill_text, limits=limits,
        remark_text=remark_text, field_text=field_text, microphone_texts=microphone_texts(),
        entered=[(entry, value, same_field(entry.field, value)) for entry, value in pairs],
    )  # fmt: skip


@bp.post("/rounds/<practice_round_id>")
@signed_in
def finish(practice_round_id: str) -> ResponseReturnValue:
    """What was typed, of a round of typing or listening."""
    found = _open(practice_round_id)
    here = redirect(url_for("practice.show", practice_round_id=practice_round_id), code=303)
    typed = [request.form.get("text", "")] if found.row.kind == "typing" else request.form.getlist("entry")
    try:
        if found.row.kind == "typing":
            seconds = request.form.get("seconds", 0.0, type=float)
            practice.finish_typing(context.session(), found, typed[0], seconds, context.now())
        elif found.row.kind == "listening":
            practice.finish_listening(context.session(), found, typed, context.now())
        else:
            abort(404)
    except Invalid as error:
        return _page(found, typed, sentence(error.code)), 422
    except Conflict:
        return here
    return here


@bp.post("/rounds/<practice_round_id>/reading")
@signed_in
def reading(practice_round_id: str) -> Response:
    """The sound of a passage read aloud, as WAV; nothing of it is kept."""
    found = _open(practice_round_id)
    if found.row.kind != "diction":
        abort(404)
    practice.finish_diction(context.session(), context.ports(), found, request.get_data(), context.now())
    return jsonify({"result": url_for("practice.show", practice_round_id=practice_round_id)})


@bp.get("/rounds/<practice_round_id>/<int:number>/audio")
@signed_in
def audio(practice_round_id: str, number: int) -> Response:
    """Entry `number` of a listening round."""
    sound = practice.entry_audio(context.ports(), _open(practice_round_id), number)
    if sound is None:
        abort(404)
    return wav_response(sound.wav, keep_s=3600)

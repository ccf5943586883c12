"""Voice menus: which companies have one, and playing one as a caller hears it."""

from __future__ import annotations

from typing import Any

from flask import Response, abort, jsonify, render_template, request, url_for
from flask_babel import gettext as _
from flask_wtf.csrf import generate_csrf

from trainer.domain.errors import Invalid
from trainer.services import scenarios, voice_menus
from trainer.services.call_audio import pcm_from_wav
from trainer.services.hearing import hear
from trainer.services.voice_menus import MenuOfCompany
from trainer.web.calls import bp
from trainer.web.calls.console_texts import microphone_texts
from trainer.web.context import now, ports, settings
from trainer.web.guards import signed_in
from trainer.web.languages import page_language
from trainer.web.sounds import wav_response


def _find(company: str) -> MenuOfCompany:
    catalogue = scenarios.published(settings().scenarios)
    return voice_menus.find_menu(catalogue, company, request.args.get("language") or page_language())


@bp.get("/menus")
@signed_in
def menus() -> str:
    found = voice_menus.list_menus(scenarios.published(settings().scenarios), page_language())
    return render_template("calls/menus.html", menus=found)


@bp.get("/menus/<company>")
@signed_in
def menu(company: str) -> str:
    found = _find(company)
    page_data = {
        "csrf": generate_csrf(),
        "urls": {
            "step": url_for("calls.menu_step", company=company, language=found.language),
            "hear": url_for("calls.menu_hear", company=company, language=found.language),
            "prompt": url_for("calls.menu_prompt", company=company, language=found.language, prompt="PROMPT"),
            "tone": url_for("calls.tone", name="NAME", language=found.language),
            "worklet": url_for("static", filename="calls/capture-worklet.js"),
        },
        "texts": {
            "open": _("open now"), "closed": _("closed now"), "waiting": _("You are in the queue."),
            "goodbye": _("Nothing was pressed. The menu has hung up."), "heard": _("Heard:"),
            "nothing": _("Nothing could be heard. Hold the button while you speak."),
            "offline": _("There is no connection. Try again in a moment."),
            "microphone": microphone_texts(),
        },
    }  # fmt: skip
    return render_template("calls/menu.html", found=found, page_data=page_data)


@bp.post("/menus/<company>/step")
@signed_in
def menu_step(company: str) -> Response:
    """{"moves": [{"key": "1"}, {"say": "..."}]} to where they lead."""
    data = request.get_json(silent=True)
    moves = data.get("moves") if isinstance(data, dict) else None
    if not isinstance(moves, list) or not all(isinstance(move, dict) for move in moves):
        raise Invalid("menu.bad_move")
    found = _find(company)
    at = voice_menus.stand(found, moves, now())
    answer: dict[str, Any] = {
        "labels": at.labels,
        "prompt": at.prompt,
        "text": at.text,
        "choices": [{"key": choice.key, "label": choice.label} for choice in at.choices],
        "queue": at.queue,
        "open": at.is_open,
        "arrive": [{"title": title, "url": url_for("calls.brief", slug=slug)} for slug, title in at.arrive],
    }
    return jsonify(answer)


@bp.post("/menus/<company>/hear")
@signed_in
def menu_hear(company: str) -> Response:
    """What was said to the menu: {"text": ...}. Nothing is kept."""
    found = _find(company)
    heard = hear(ports(), pcm_from_wav(request.get_data()), found.language)
    return jsonify(text=heard.text.strip())


@bp.get("/menus/<company>/prompt.wav")
@signed_in
def menu_prompt(company: str) -> Response:
    """A prompt in the menu's recorded voice."""
    spoken = voice_menus.spoken_prompt(ports(), _find(company), request.args.get("prompt", ""))
    if spoken is None:
        abort(503)
    return wav_response(spoken.wav)

"""The lobby: which calls there are, what one is about, and getting ready for it."""

from __future__ import annotations

from flask import Response, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as WerkzeugResponse
from wtforms import BooleanField, RadioField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from trainer.domain.errors import Conflict, Invalid
from trainer.domain.scenario import Scenario
from trainer.ports import EngineUnavailable, Voice
from trainer.services import calls, scenarios
from trainer.services.assessed_calls import start_assessed_call
from trainer.services.lobby import DIFFICULTIES, Wish, choices, facets
from trainer.store.calls import MODES, Call
from trainer.web.calls import bp
from trainer.web.calls.messages import difficulty_text, duty_text, mode_text, outcome_text
from trainer.web.context import actor, now, ports, session, settings
from trainer.web.errors import add_error
from trainer.web.forms import PageForm
from trainer.web.guards import signed_in
from trainer.web.kept_pages import kept_for_person
from trainer.web.languages import page_language
from trainer.web.requests import page_number
from trainer.web.sounds import wav_response

LANGUAGE_NAMES = {"en": "English", "fr": "Français"}
TEST_LINES = {
    "en": "Hello! This is the test line. If you can hear me well, please read the sentence on your screen.",
    "fr": "Bonjour ! Ceci est la ligne d'essai. Si vous m'entendez bien, lisez la phrase affichée à l'écran.",
}


class StartForm(PageForm):
    """How the learner wants to take the call."""

    language = SelectField(validators=[InputRequired()])
    mode = RadioField(choices=[SelectChoice(mode) for mode in MODES], default="guided", validators=[InputRequired()])
    consent_recording = BooleanField()
    is_me = BooleanField()
    agrees = BooleanField()


def _languages(codes: tuple[str, ...]) -> list[SelectChoice]:
    return [SelectChoice(code, LANGUAGE_NAMES.get(code, code)) for code in codes]


@bp.get("/")
@signed_in
@kept_for_person
def lobby() -> str:
    cards = scenarios.list_cards(settings().scenarios, page_language())
    wish = _wish()
    return render_template(
        "calls/lobby.html",
        wish=wish,
        facets=facets(cards),
        choices=choices(session(), actor(), cards, wish),
        published=len(cards),
        difficulties=DIFFICULTIES,
        waiting=calls.calls_waiting(session(), actor()),
        duty_text=duty_text,
        difficulty_text=difficulty_text,
        language_names=LANGUAGE_NAMES,
    )


def _wish() -> Wish:
    """What the address asks for; more than a line of it is not looked for."""
    asked = {name: request.args.get(name, "").strip()[:80] for name in ("company", "direction", "duty", "difficulty")}
    return Wish(**asked, words=request.args.get("q", "").strip()[:80])


@bp.get("/scenarios/<slug>")
@signed_in
def brief(slug: str) -> str:
    form = StartForm(language=page_language())
    return _brief_page(slug, form)


def _brief_page(slug: str, form: StartForm) -> str:
    scenario = scenarios.find_scenario(settings().scenarios, slug)
    form.language.choices = _languages(scenario.languages)
    card = scenarios.card_of(scenario, form.language.data or page_language())
    template = scenarios.template_for(scenario, card.language)
    return render_template(
        "calls/brief.html",
        card=card,
        company=template.company,
        passes_menu=bool(template.menu and template.route),
        form=form,
        duty_text=duty_text,
        difficulty_text=difficulty_text,
        mode_text=mode_text,
        test_lines=TEST_LINES,
        language_names=LANGUAGE_NAMES,
    )


@bp.post("/scenarios/<slug>/start")
@signed_in
def start(slug: str) -> WerkzeugResponse | tuple[str, int]:
    form = StartForm()
    scenario = scenarios.find_scenario(settings().scenarios, slug)
    form.language.choices = _languages(scenario.languages)
    if not form.validate_on_submit():
        return _brief_page(slug, form), 422
    try:
        call = _start(scenario, form)
    except (Invalid, Conflict) as error:
        add_error(form, error)
        return _brief_page(slug, form), error.status
    return redirect(url_for("calls.console", call_id=call.public_id), code=303)


def _start(scenario: Scenario, form: StartForm) -> Call:
    shared = (session(), ports(), actor(), now(), scenario, form.language.data)
    recorded = form.consent_recording.data
    if form.mode.data != "assessed":
        return calls.start_call(*shared, form.mode.data, consent_recording=recorded)
    return start_assessed_call(*shared, is_me=form.is_me.data, agrees=form.agrees.data, consent_recording=recorded)


@bp.get("/test-line/<language>.wav")
@signed_in
def test_line(language: str) -> Response:
    """What the headset check plays, spoken by the customer's synthesizer."""
    if language not in TEST_LINES:
        abort(404)
    try:
        spoken = ports().synthesizer.say(TEST_LINES[language], Voice(language=language), line="telephone")
    except EngineUnavailable:
        abort(503)
    return wav_response(spoken.wav)


@bp.get("/mine")
@signed_in
@kept_for_person
def mine() -> str:
    """The learner's own calls, latest first."""
    page = page_number()
    rows = calls.list_calls(session(), actor(), limit=31, offset=(page - 1) * 30)
    return render_template(
        "calls/mine.html",
        rows=rows[:30],
        page=page,
        more=len(rows) > 30,
        mode_text=mode_text,
        outcome_text=outcome_text,
        language_names=LANGUAGE_NAMES,
    )

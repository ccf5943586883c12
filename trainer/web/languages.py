"""The page's language: the person's own, else the one chosen in this browser, else what the browser asks for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache

from babel.support import NullTranslations
from flask import Blueprint, Flask, g, redirect, request, session
from flask.typing import ResponseReturnValue
from flask_babel import Domain, get_locale
from flask_babel import gettext as _
from flask_login import current_user
from jinja2 import pass_context
from jinja2.runtime import Context
from markupsafe import Markup
from wtforms.fields.choices import SelectChoice

from trainer.content.typography import typeset
from trainer.extensions import babel
from trainer.services import passwords
from trainer.web import context
from trainer.web.addresses import safe_next
from trainer.web.guards import public

LANGUAGES = {"en": "English", "fr": "Français"}
KEY = "language"

bp = Blueprint("languages", __name__)


def language_choices() -> list[SelectChoice]:
    """For a form's list: each language by its own name."""
    return [SelectChoice(code, name) for code, name in LANGUAGES.items()]


class Catalogues(Domain):  # type: ignore[misc]
    """The texts by language, found with few steps: a page asks for dozens of texts, so each step counts."""

    def __init__(self) -> None:
        super().__init__()
        self._known: dict[str, NullTranslations] = {}
        self._alone: dict[tuple[str, str], Markup] = {}

    def get_translations(self) -> NullTranslations:
        locale = get_locale()
        if locale is None:
            return NullTranslations()
        found = self._known.get(locale.language)
        if found is None:
            found = self._known[locale.language] = super().get_translations()
        return found

    def on_page(self, text: str, values: Mapping[str, object]) -> Markup:
        """The text for a page, with `values` filled in and escaped. Texts are kept as they are without values, for templates
        ask for the same ones again."""
        key = page_language(), text
        alone = None if values else self._alone.get(key)
        if alone is None:
            # The text is the template's own or a translator's, not something a person typed.
            alone = Markup(self.get_translations().ugettext(text)) % values  # noqa: S704
            if not values:
                self._alone[key] = alone
        return alone


def page_language() -> str:
    """The language of the page, or of the mail, that is being made."""
    # Asked dozens of times a page: where Flask-Babel has found it, it is taken from there, past three steps of its own.
    locale = getattr(getattr(g, "_flask_babel", None), "babel_locale", None) or get_locale()
    return locale.language if locale else "en"


_typeset = lru_cache(4096)(typeset)


def in_language(texts: Mapping[str, str]) -> str:
    """A text that is kept by language (of a ladder, a record, an exam) in the page's language, set as pages set it."""
    language = page_language()
    return _typeset(texts[language], language) if language in texts else _typeset(texts["en"], "en")


def listed(parts: Iterable[str]) -> str:
    """Parts that may have commas of their own, one after the other, as the page's language sets them apart."""
    return str(_("; ")).join(parts)


def install_catalogues(app: Flask) -> None:
    """Let Python and the templates take their texts from one `Catalogues`."""
    texts = babel.domain_instance = Catalogues()
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]
        gettext=lambda text: texts.get_translations().ugettext(text),
        ngettext=lambda one, many, number: texts.get_translations().ungettext(one, many, number),
        newstyle=True,
    )

    @pass_context
    def text_of(context: Context, text: str, **values: object) -> str:
        """As the i18n extension's own, which takes three calls to it."""
        if context.eval_ctx.autoescape:
            return texts.on_page(text, values)
        return str(texts.get_translations().ugettext(text) % values)

    app.jinja_env.globals["_"] = text_of


def choose_language() -> str:
    """One of `LANGUAGES`, for Flask-Babel."""
    own = getattr(current_user, "language", None)
    chosen = own or session.get(KEY)
    if chosen in LANGUAGES:
        return str(chosen)
    return request.accept_languages.best_match(LANGUAGES, "en") or "en"


@bp.post("/language")
@public
def switch() -> ResponseReturnValue:
    """Remember the language: in this browser, and with the account of a signed-in person."""
    wanted = request.form.get("language", "")
    if wanted in LANGUAGES:
        session[KEY] = wanted
        if current_user.is_authenticated and current_user.language != wanted:
            passwords.set_language(context.session(), context.actor(), wanted)
    return redirect(safe_next(request.form.get("next")))

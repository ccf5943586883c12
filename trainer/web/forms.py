"""What all forms of pages share."""

from __future__ import annotations

from functools import cache
from typing import Any, cast

from flask import request
from flask_babel import gettext as _
from flask_wtf import FlaskForm
from markupsafe import Markup
from werkzeug.datastructures import CombinedMultiDict, MultiDict
from wtforms import IntegerField
from wtforms.form import BaseForm
from wtforms.i18n import get_translations
from wtforms.widgets import HiddenInput

from trainer.web.kept_parts import csrf_token
from trainer.web.languages import page_language

MOST_DIGITS = 9
TOKEN = "csrf_token"  # noqa: S105  (the field's name)


class PageForm(FlaskForm):
    """A form that a page sends. JSON is no form, whatever is in it; NUL signs, which no database keeps, fall out."""

    class Meta(FlaskForm.Meta):
        def wrap_formdata(self, form: Any, formdata: Any) -> Any:
            if request.is_json:
                return None
            data = super().wrap_formdata(form, formdata)
            if data is None or not any("\0" in text for text in request.form.values()):
                return data
            clean = MultiDict((name, text.replace("\0", "")) for name, text in request.form.items(multi=True))
            return CombinedMultiDict((request.files, clean))

        def get_translations(self, form: BaseForm) -> object:
            """What WTForms itself says to people. Flask-WTF would read its catalogue from disk in each request."""
            return _catalogue(page_language())

    def hidden_tag(self, *fields: Any) -> Markup:
        """As in Flask-WTF. Most forms hide nothing but their token against forgery, and a page has several of them."""
        if fields or any(isinstance(one.widget, HiddenInput) for one in self if one.name != TOKEN):
            return cast("Markup", super().hidden_tag(*fields))
        return Markup('<input type="hidden" name="{}" value="{}">').format(TOKEN, csrf_token())


@cache
def _catalogue(language: str) -> object:
    return get_translations((language,))


class WholeNumberField(IntegerField):
    """A whole number of at most nine digits."""

    def process_formdata(self, valuelist: list[str]) -> None:
        if valuelist and len(valuelist[0].strip()) > MOST_DIGITS + 1:
            self.data = None
            raise ValueError(_("Enter a number with fewer digits."))
        super().process_formdata(valuelist)

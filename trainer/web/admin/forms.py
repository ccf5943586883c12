"""Forms of administration."""

from __future__ import annotations

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import EmailField, SelectField, SelectMultipleField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length

from trainer.web.forms import PageForm
from trainer.web.languages import language_choices
from trainer.web.roles import role_texts

_required = InputRequired(_l("Please fill this in."))


def _role_choices() -> list[SelectChoice]:
    """Each role with what it may do, in the language of this request."""
    return [
        SelectChoice(role, _("%(role)s: %(what)s", role=name, what=what)) for role, (name, what) in role_texts().items()
    ]


class _PersonForm(PageForm):
    """What an invitation and an account have in common."""

    language = SelectField(_l("Language"), choices=language_choices)
    roles = SelectMultipleField(
        _l("Roles"), validators=[InputRequired(_l("Choose at least one role."))], choices=_role_choices
    )


class InviteForm(_PersonForm):
    email = EmailField(_l("E-mail address"), [_required, Length(max=254)], render_kw={"autocomplete": "off"})
    name = StringField(_l("Name"), [Length(max=120)], description=_l("The person can correct it."))


class MemberForm(_PersonForm):
    name = StringField(_l("Name"), [_required, Length(max=120)])

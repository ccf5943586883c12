"""Forms of administration."""

from __future__ import annotations

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import EmailField, SelectField, SelectMultipleField, StringField
from wtforms.validators import InputRequired, Length

from trainer.domain.roles import ROLES
from trainer.web.languages import LANGUAGES
from trainer.web.roles import role_texts

_required = InputRequired(_l("Please fill this in."))


class _PersonForm(FlaskForm):
    """What an invitation and an account have in common."""

    language = SelectField(_l("Language"), choices=list(LANGUAGES.items()))
    roles = SelectMultipleField(
        _l("Roles"), validators=[InputRequired(_l("Choose at least one role."))], choices=list(ROLES)
    )

    def name_roles(self) -> None:
        """Put the roles' names into the list, in the language of this request."""
        texts = role_texts()
        self.roles.choices = [
            (role, _("%(role)s: %(what)s", role=texts[role][0], what=texts[role][1])) for role in ROLES
        ]


class InviteForm(_PersonForm):
    email = EmailField(_l("E-mail address"), [_required, Length(max=254)], render_kw={"autocomplete": "off"})
    name = StringField(_l("Name"), [Length(max=120)], description=_l("The person can correct it."))


class MemberForm(_PersonForm):
    name = StringField(_l("Name"), [_required, Length(max=120)])

"""Forms of signing in, of invitations and of one's own account."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import EmailField, HiddenField, PasswordField, SelectField, StringField
from wtforms.validators import EqualTo, InputRequired, Length

from trainer.services.passwords import LONGEST, SHORTEST
from trainer.web.forms import PageForm
from trainer.web.languages import language_choices

_required = InputRequired(_l("Please fill this in."))
_long_enough = Length(SHORTEST, LONGEST, _l("Use between 10 and 200 characters."))
_password_help = _l("At least 10 characters. A few unrelated words make a good one.")


class LoginForm(PageForm):
    email = EmailField(_l("E-mail address"), [_required, Length(max=254)], render_kw={"autocomplete": "username"})
    password = PasswordField(
        _l("Password"), [_required, Length(max=LONGEST)], render_kw={"autocomplete": "current-password"}
    )
    next = HiddenField()


class NewPasswordForm(PageForm):
    password = PasswordField(
        _l("New password"), [_required, _long_enough], description=_password_help,
        render_kw={"autocomplete": "new-password"},
    )  # fmt: skip
    again = PasswordField(
        _l("The same again"), [_required, EqualTo("password", _l("The two passwords differ."))],
        render_kw={"autocomplete": "new-password"},
    )  # fmt: skip


class ChangePasswordForm(NewPasswordForm):
    old_password = PasswordField(
        _l("Present password"), [_required, Length(max=LONGEST)], render_kw={"autocomplete": "current-password"}
    )


class JoinForm(NewPasswordForm):
    name = StringField(
        _l("Your name"), [_required, Length(max=120)], description=_l("As it should stand on a certificate."),
        render_kw={"autocomplete": "name"},
    )  # fmt: skip
    language = SelectField(_l("Language"), choices=language_choices)


class ForgottenForm(PageForm):
    email = EmailField(_l("E-mail address"), [_required, Length(max=254)], render_kw={"autocomplete": "username"})


class ConfirmForm(PageForm):
    """A button that changes something: nothing but its token."""

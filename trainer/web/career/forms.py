"""Forms of careers."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from trainer.web.forms import PageForm

_required = InputRequired(_l("Please fill this in."))


class NameForm(PageForm):
    name = StringField(
        _l("Name on certificates"),
        [_required, Length(max=120)],
        description=_l("In any script, with all its accents. Certificates already issued keep theirs."),
        render_kw={"autocomplete": "name"},
    )


class AttestForm(PageForm):
    note = TextAreaField(
        _l("What did you see or hear?"),
        [_required, Length(10, 2000, _l("Write 10 to 2,000 characters."))],
        description=_l("Your name and these words stay with the decision; the person can read them."),
        render_kw={"rows": 4},
    )

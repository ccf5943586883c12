"""Forms of careers."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, IntegerField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length
from wtforms.widgets import HiddenInput

from trainer.web.forms import PageForm

_required = InputRequired(_l("Please fill this in."))


class NameForm(PageForm):
    name = StringField(
        _l("Name on certificates"),
        [_required, Length(max=120)],
        description=_l(
            "In any script, with all its accents. A certificate keeps its name; your supervisor can issue it anew."
        ),
        render_kw={"autocomplete": "name"},
    )


class AppealForm(PageForm):
    reason = TextAreaField(
        _l("What was misjudged, or is missing?"),
        [_required, Length(10, 2000, _l("Write 10 to 2,000 characters."))],
        render_kw={"rows": 4},
    )


class AnswerForm(PageForm):
    answer = TextAreaField(
        _l("Your answer to the person"),
        [_required, Length(10, 2000, _l("Write 10 to 2,000 characters."))],
        render_kw={"rows": 4},
    )
    again = BooleanField(
        _l("Decide again now, from the records as they are"),
        description=_l("For a mark that was changed or a figure that was corrected. Without it the decision stands."),
    )


class LadderForm(PageForm):
    text = TextAreaField(_l("The ladder"), [_required], render_kw={"rows": 30, "spellcheck": "false", "wrap": "off"})
    note = StringField(_l("Why it is changed"), [_required, Length(max=500)])
    seen = IntegerField(widget=HiddenInput(), default=0)


class LadderNumbersForm(PageForm):
    """The numbers themselves are as many as the ladder has, and are read by their path."""

    note = StringField(_l("Why it is changed"), [_required, Length(max=500)])
    seen = IntegerField(widget=HiddenInput(), default=0)


class AttestForm(PageForm):
    note = TextAreaField(
        _l("What did you see or hear?"),
        [_required, Length(10, 2000, _l("Write 10 to 2,000 characters."))],
        description=_l("Your name and these words stay with the decision; the person can read them."),
        render_kw={"rows": 4},
    )

"""Forms of cohorts."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import RadioField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, NumberRange

from trainer.web.forms import PageForm, WholeNumberField

_required = InputRequired(_l("Please fill this in."))


class CohortForm(PageForm):
    name = StringField(
        _l("Name of the cohort"),
        [_required, Length(max=120)],
        description=_l("For example “Customer service, autumn”."),
    )


class RosterForm(PageForm):
    """Pasted or as a file; a file wins."""

    text = TextAreaField(
        _l("Paste the list"),
        description=_l("One person a line: name, e-mail. Straight from a spreadsheet is fine."),
        render_kw={"rows": 8, "spellcheck": "false"},
    )
    file = FileField(
        _l("Or choose a CSV file"),
        description=_l("As a spreadsheet saves it, with or without headings."),
        render_kw={"accept": ".csv,.txt,.tsv,text/csv,text/plain"},
    )


class MarkForm(PageForm):
    overall = WholeNumberField(
        _l("Your mark, 0 to 100"),
        [InputRequired(_l("Enter a mark from 0 to 100.")), NumberRange(0, 100, _l("Enter a mark from 0 to 100."))],
        render_kw={"inputmode": "numeric"},
    )
    passed = RadioField(
        _l("Passed?"),
        [InputRequired(_l("Choose one."))],
        choices=[SelectChoice("yes", _l("Passed")), SelectChoice("no", _l("Not yet"))],
    )
    reason = TextAreaField(
        _l("Why"), [_required, Length(max=2000)], description=_l("It is kept beside the mark."), render_kw={"rows": 3}
    )

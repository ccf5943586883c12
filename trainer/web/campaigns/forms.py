"""Forms of campaigns, of the office's side and of the candidate's."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import BooleanField, DateField, EmailField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from trainer.services.campaigns import MOST_MESSAGE, MOST_OPEN
from trainer.web.forms import PageForm, WholeNumberField
from trainer.web.languages import LANGUAGES

_required = InputRequired(_l("Please fill this in."))
_day = _l("Enter a day.")


class CampaignForm(PageForm):
    title = StringField(
        _l("Title"), [_required, Length(max=120)],
        description=_l("Candidates see it, for example “Customer adviser, Lyon”."),
    )  # fmt: skip
    scenario = SelectField(_l("The call"), [_required])
    language = SelectField(
        _l("Language of the call"), choices=[SelectChoice(code, name) for code, name in LANGUAGES.items()]
    )
    closes_on = DateField(
        _l("Last day to begin"), [InputRequired(_day)], description=_l("Whoever has begun by then may finish.")
    )
    message = TextAreaField(
        _l("A word to the candidates"), [Length(max=MOST_MESSAGE)],
        description=_l("Optional: what the post is, whom to ask, what happens next."), render_kw={"rows": 4},
    )  # fmt: skip
    show_review = BooleanField(
        _l("Candidates may read their own review"),
        description=_l("They see what was graded and why. It is fair, and it saves questions."),
    )


class CandidatesForm(PageForm):
    text = TextAreaField(
        _l("Paste the list"),
        description=_l("One person a line: name, e-mail. Straight from a spreadsheet is fine."),
        render_kw={"rows": 6, "spellcheck": "false"},
    )
    file = FileField(_l("Or choose a CSV file"), render_kw={"accept": ".csv,.txt,.tsv,text/csv,text/plain"})


class OpenLinkForm(PageForm):
    limit = WholeNumberField(
        _l("How many candidates it lets in"),
        [InputRequired(_l("Enter a number.")), NumberRange(1, MOST_OPEN, _l("Enter a number from 1 to 1,000."))],
        default=20,
        render_kw={"inputmode": "numeric"},
    )


class DayForm(PageForm):
    closes_on = DateField(_l("Last day to begin"), [InputRequired(_day)])


class ConsentForm(PageForm):
    """What a candidate says before the call. Their address is asked for only where the link does not know it."""

    name = StringField(_l("Your name"), [_required, Length(max=120)], render_kw={"autocomplete": "name"})
    email = EmailField(_l("Your e-mail address"), [Optional(), Length(max=254)], render_kw={"autocomplete": "email"})
    assessment = BooleanField(_l("I agree to be assessed in this call"))
    recording = BooleanField(_l("My voice may be recorded"))

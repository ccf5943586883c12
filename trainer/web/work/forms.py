"""Forms of work. Services say what is wrong with a value, so that each fault has one sentence."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import Field, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length

from trainer.domain.errors import Invalid
from trainer.domain.work_figures import AT_LEAST, AT_MOST, CUSTOMER, DEPARTMENT, INDICATORS, MEASURES, SECONDS
from trainer.services.work_cells import read_day
from trainer.store.accounts import User
from trainer.web.forms import PageForm
from trainer.web.work.texts import measure_text, measure_texts

_NUMBER = {"inputmode": "decimal", "autocomplete": "off"}
_DAY = {"type": "date"}


class TeamForm(PageForm):
    name = StringField(
        _l("Name of the team"), [InputRequired(_l("Please fill this in.")), Length(max=120)],
        description=_l("For example “Orders, morning shift”."),
    )  # fmt: skip


class MemberForm(PageForm):
    person = SelectField(_l("Person"), validate_choice=False)
    since = StringField(_l("In the team since"), render_kw=_DAY)


class LeadForm(PageForm):
    lead = SelectField(_l("Supervisor"), validate_choice=False)


class TargetForm(PageForm):
    indicator = SelectField(_l("Indicator"), validate_choice=False)
    direction = SelectField(
        _l("Direction"), choices=[SelectChoice("", _l("as is usual for it")), SelectChoice(AT_MOST, _l("at most")), SelectChoice(AT_LEAST, _l("at least"))],
        validate_choice=False,
    )  # fmt: skip
    value = StringField(_l("Value"), render_kw=_NUMBER)
    since = StringField(_l("Holds from"), render_kw=_DAY)

    def offer_indicators(self) -> None:
        units = {SECONDS: _("seconds")}
        self.indicator.choices = [
            (name, f"{text} ({units.get(MEASURES[name].unit, '%')})" if name != "tasks" else text)
            for name, text in measure_texts().items()
        ]


class CorrectionForm(PageForm):
    """The figures of a period, and why they are changed. Fields of indicators are hung on below."""

    tasks = StringField(_l("Tasks completed (E1)"), render_kw={"inputmode": "numeric", "autocomplete": "off"})
    quality = StringField(
        _l("Quality, % (E2)"),
        render_kw=_NUMBER,
        description=_l("From the centre’s own quality checks. Empty: none made."),
    )
    reason = TextAreaField(_l("Why"), render_kw={"rows": 2}, description=_l("It is kept with the earlier figures."))

    def indicator_fields(self, names: Iterable[str]) -> list[Field]:
        """The fields of those indicators, labelled with their units."""
        fields = [self[name] for name in names]
        for field in fields:
            unit = _("seconds, or 4:55") if MEASURES[field.name].unit == SECONDS else "%"
            field.label.text = f"{measure_text(field.name)} ({unit})"
        return fields

    def cells(self, names: Iterable[str]) -> dict[str, str]:
        """What was typed, by column."""
        return {name: self[name].data or "" for name in names}


for _name in INDICATORS:
    setattr(CorrectionForm, _name, StringField(_name, render_kw=_NUMBER))


class PeriodForm(CorrectionForm):
    person = SelectField(_l("Person"), validate_choice=False)
    since = StringField(_l("First day"), render_kw=_DAY)
    until = StringField(_l("Last day"), render_kw=_DAY)


class WithdrawForm(PageForm):
    reason = TextAreaField(_l("Why"), render_kw={"rows": 2})


class TableForm(PageForm):
    """Pasted or as a file; a file wins."""

    text = TextAreaField(
        _l("Paste the table"), render_kw={"rows": 8, "spellcheck": "false"},
        description=_l("With its headings. Straight from a spreadsheet is fine."),
    )  # fmt: skip
    file = FileField(
        _l("Or choose a CSV file"), description=_l("As a spreadsheet saves it, in English or French."),
        render_kw={"accept": ".csv,.txt,.tsv,text/csv,text/plain"},
    )  # fmt: skip


class ComplaintForm(PageForm):
    person = SelectField(_l("About whom"), validate_choice=False)
    source = RadioField(
        _l("Where it comes from"), validate_choice=False, default=CUSTOMER,
        choices=[SelectChoice(CUSTOMER, _l("A customer (E5)")), SelectChoice(DEPARTMENT, _l("Another department (E4)"))],
    )  # fmt: skip
    from_whom = StringField(
        _l("From whom exactly"), description=_l("The department, or the customer’s name or number.")
    )
    received = StringField(_l("Received on"), render_kw=_DAY)
    text = TextAreaField(_l("What the complaint is"), render_kw={"rows": 4})
    evidence = TextAreaField(
        _l("Evidence"),
        render_kw={"rows": 3},
        description=_l("Recording, record, mail: what shows it. It can be left empty."),
    )
    call = SelectField(_l("A call of theirs on this site"), validate_choice=False)


class AnswerForm(PageForm):
    answer = TextAreaField(_l("Your answer"), render_kw={"rows": 4})


class DecisionForm(PageForm):
    justified = RadioField(
        _l("Is it justified?"), [InputRequired(_l("Choose one."))],
        choices=[SelectChoice("yes", _l("Justified: it was due, it was not done, and that can be shown")), SelectChoice("no", _l("Not justified"))],
    )  # fmt: skip
    reason = TextAreaField(_l("Why"), render_kw={"rows": 3}, description=_l("The person it is about reads it."))


def people_choices(people: Iterable[User]) -> list[tuple[str, str]]:
    return [(user.public_id, f"{user.name} ({user.email})" if user.email else user.name) for user in people]


def day_of(form: PageForm, name: str) -> date:
    """The day in that field. Raises Invalid with the field."""
    try:
        return read_day(form[name].data or "")
    except Invalid as error:
        raise Invalid(error.code, field=name, **error.params) from None

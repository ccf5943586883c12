"""Forms of rights. Services say what is wrong with a value, so that each fault has one sentence."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, RadioField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice

from trainer.store.rights import DEFICIENCY, MATERIAL, PROPOSAL
from trainer.web.forms import PageForm


class RequestForm(PageForm):
    kind = RadioField(
        _l("What is it?"),
        choices=[
            SelectChoice(PROPOSAL, _l("A proposal for improvement")),
            SelectChoice(MATERIAL, _l("Material or documents that I need")),
            SelectChoice(DEFICIENCY, _l("Something that is not as it should be")),
        ],
        default=PROPOSAL,
        validate_choice=False,
    )
    title = StringField(_l("In a few words"))
    text = TextAreaField(_l("What exactly?"), render_kw={"rows": 4})
    place = StringField(_l("Where?"), description=_l("The place, the program, the document or the rule."))
    remedy = TextAreaField(_l("How could it be removed?"), render_kw={"rows": 3})


class AnswerForm(PageForm):
    text = TextAreaField(_l("Your answer"), render_kw={"rows": 4})
    closes = BooleanField(_l("Close it with this answer"))


class NoticeForm(PageForm):
    title = StringField(_l("Title"))
    text = TextAreaField(_l("What was decided"), render_kw={"rows": 5})

"""Forms of learning."""

from __future__ import annotations

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import RadioField, TextAreaField
from wtforms.validators import InputRequired, Length

from trainer.services.lesson_feedback import CLARITY, LONGEST
from trainer.web.forms import PageForm
from trainer.web.learn.texts import clarity_text


class FeedbackForm(PageForm):
    """A word on a lesson, at its end."""

    clarity = RadioField(
        _l("Was this lesson clear?"), [InputRequired(_l("Say whether the lesson was clear before you send it."))]
    )
    comment = TextAreaField(
        _l("What was good, and what was missing? (if you like)"),
        [Length(max=LONGEST, message=_l("Use at most 1,000 characters."))],
        render_kw={"rows": 2, "maxlength": LONGEST},
    )

    def __init__(self, *given: object, **named: object) -> None:
        super().__init__(*given, **named)
        self.clarity.choices = [(one, clarity_text(one)[1]) for one in CLARITY]
        self.comment.description = _("Your trainers read it with your name, those who write the lessons without.")

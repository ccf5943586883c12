"""Forms of the job description. Services say what is wrong with a value, so that each fault has one sentence."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, StringField, TextAreaField

from trainer.services.job_description import Blanks
from trainer.web.forms import PageForm


class SignForm(PageForm):
    edition = HiddenField()
    language = HiddenField()
    has_read = BooleanField(_l("I have read it"))
    name = StringField(
        _l("Your full name"), description=_l("As your account has it; accents and capitals do not matter."),
        render_kw={"autocomplete": "name"},
    )  # fmt: skip


class BlanksForm(PageForm):
    manager = StringField(
        _l("Name of the manager"), description=_l("Whom operators report to (G2). The same in every language.")
    )
    workplace_en = TextAreaField(
        _l("Place of work, in English"), render_kw={"rows": 2}, description=_l("Stands in G1.")
    )
    workplace_fr = TextAreaField(_l("Place of work, in French"), render_kw={"rows": 2})
    jurisdiction_en = TextAreaField(
        _l("Law that applies, in English"), render_kw={"rows": 5},
        description=_l("Stands in L1, for example “the labour law of Ireland”. It may be as long as you need."),
    )  # fmt: skip
    jurisdiction_fr = TextAreaField(_l("Law that applies, in French"), render_kw={"rows": 5})
    note = TextAreaField(
        _l("What changes, in a sentence"), render_kw={"rows": 2},
        description=_l("Everybody reads it when they are asked to sign again. Without it they are told which blank changed."),
    )  # fmt: skip

    def as_blanks(self) -> Blanks:
        return Blanks(
            self.manager.data or "",
            {"en": self.workplace_en.data or "", "fr": self.workplace_fr.data or ""},
            {"en": self.jurisdiction_en.data or "", "fr": self.jurisdiction_fr.data or ""},
        )

"""The ids of the job in words: the names that the job description gives them, and those of errors, objections and the centre."""

from __future__ import annotations

from flask_babel import gettext as _

from trainer.domain.job import CENTRE, ERRORS
from trainer.domain.scenario import OBJECTION_TYPES
from trainer.services import job_description
from trainer.web import context
from trainer.web.languages import page_language
from trainer.web.review.questions import objection_text
from trainer.web.review.texts import error_texts


def id_text(one: str) -> str:
    """The short name of an id in the page's language; the id itself where nothing names it."""
    if one in OBJECTION_TYPES:
        return objection_text(one)
    if one in ERRORS:
        number = int(one.removeprefix("ERR"))
        return next(name for found, name, _about in error_texts() if found == number)
    if one in CENTRE:
        return _centre()[one]
    folder = context.settings().courses
    if not job_description.is_there(folder):
        return one
    return job_description.published(folder).title_of(one, page_language())


def _centre() -> dict[str, str]:
    names = (
        _("History of the job"),
        _("Where operators work"),
        _("The technical centre"),
        _("Working from home"),
        _("Pay"),
    )
    return dict(zip(CENTRE, names, strict=True))


def group_texts() -> list[tuple[str, tuple[str, ...]]]:
    """(name, letters its ids begin with) of the groups of the job, in order."""
    return [
        (_("The post"), ("G",)), (_("Knowledge"), ("K",)), (_("Inbound calls"), ("IN",)), (_("Outbound calls"), ("OUT",)),
        (_("Rights"), ("R",)), (_("Responsibility"), ("L",)), (_("How work is measured"), ("E",)), (_("Changes"), ("F",)),
        (_("The person"), ("Q",)), (_("The centre"), ("C",)), (_("The seven fundamental errors"), ("ERR",)), (_("Objections"), ()),
    ]  # fmt: skip


def group_of(one: str) -> tuple[str, ...]:
    """The letters of an id, as `group_texts` has them; () for a type of objection."""
    return () if one in OBJECTION_TYPES else ("".join(sign for sign in one if sign.isalpha()),)


def job_label(one: str) -> str:
    """With its id, as in the job description; an objection has none."""
    name = id_text(one)
    if one in OBJECTION_TYPES:
        return _("Objection: %(objection)s", objection=name)
    return name if name == one else f"{one} · {name}"

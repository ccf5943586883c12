"""The sentences of errors that pages of work can meet."""

from __future__ import annotations

from datetime import date

from flask_babel import format_decimal
from flask_babel import gettext as _
from flask_wtf import FlaskForm

from trainer.domain.errors import Invalid, TrainerError
from trainer.services.work_columns import HEADINGS, heading
from trainer.services.work_entries import Mistake
from trainer.web.errors import add_error, sentence
from trainer.web.languages import page_language
from trainer.web.times import date_text


def texts() -> dict[str, str]:
    return {**_teams(), **_figures(), **_tables(), **_complaints()}


def _teams() -> dict[str, str]:
    return {
        "work.no_team": _("There is no such team, or you do not supervise it."),
        "work.nobody": _("Choose somebody of the list."),
        "work.no_supervisor": _("Choose somebody who is a supervisor or an administrator."),
        "work.in_a_team": _("%(name)s is in the team %(team)s. Take them out there first."),
        "work.team_full": _("A team has at most %(most)s people. Make a second one."),
        "work.many_leads": _("A team has at most %(most)s supervisors."),
        "work.last_lead": _("A team keeps at least one supervisor. Add another one first."),
        "work.bad_indicator": _("Choose one of the indicators in the list."),
        "work.bad_direction": _("Choose “at most” or “at least”."),
        "work.target_in_past": _(
            "Periods from this day on are recorded already, and a target does not change the past. The earliest day is"
            " %(earliest)s."
        ),
        "work.no_target_to_end": _("Enter a figure. There is no target to end on this day."),
    }


def _figures() -> dict[str, str]:
    return {
        "work.no_day": _("The day is missing."),
        "work.bad_day": _("Enter a day such as 2026-10-31 or 31/10/2026."),
        "work.days_reversed": _("The last day is before the first."),
        "work.not_over": _("This period is not over yet."),
        "work.long_period": _("A period has at most %(most)s days. Divide it."),
        "work.bad_number": _("Enter a number such as 92.5 or 92,5."),
        "work.no_tasks": _("The number of tasks is missing."),
        "work.bad_tasks": _("Enter a whole number from 0 to %(most)s."),
        "work.out_of_range": _("Enter a number from 0 to %(most)s."),
        "work.overlap": _("The days from %(since)s to %(until)s are recorded for this person already."),
        "work.own_figures": _("Nobody enters or changes their own figures. Ask another supervisor of the team."),
        "work.left_before": _("This person had left the team by then."),
        "work.bad_entry": _("Some of the values cannot be used. Correct them below."),
        "work.bad_reason": _("Give a reason of %(shortest)s to %(longest)s characters."),
        "work.no_period": _("There is no such period, or you do not supervise its team."),
        "work.nothing_differs": _("These are the figures that are recorded already."),
        "work.decided_on": _(
            "This cannot be taken out any more: on %(day)s a decision about %(name)s was made on it. Correct single"
            " periods instead; the earlier figures are kept."
        ),
    }


def _tables() -> dict[str, str]:
    return {
        "work.no_table": _("There are no figures in this table yet. Fill in the template, a line a person and period."),
        "work.long_table": _("This table is too long. Take at most %(most)s lines at a time."),
        "work.no_columns": _(
            "The first line has to name the columns. These are missing: %(columns)s. The template has them all."
        ),
        "work.column_twice": _("This column is there twice."),
        "work.many_cells": _(
            "This line has more cells than there are columns. Where numbers have a decimal comma, put semicolons between"
            " cells."
        ),
        "work.no_person": _("The e-mail address is missing."),
        "work.not_in_team": _("Nobody in this team is called so. Add them under “People and targets”, or correct it."),
        "work.same_name": _("Several people of the team are called so. Give the e-mail address."),
        "work.overlap_line": _("This person has these days, or some of them, in line %(line)s already."),
        "work.has_mistakes": _("There are mistakes in this table, so nothing was taken in."),
        "work.no_import": _("There is no such import in this team."),
    }


def _complaints() -> dict[str, str]:
    return {
        "work.no_complaint": _("There is no such complaint, or it is not yours to see."),
        "work.bad_source": _("Choose where the complaint comes from."),
        "work.received_later": _("Enter a day that is not in the future."),
        "work.not_their_call": _("This call is not one of %(name)s’s. Choose one of theirs, or none."),
        "work.empty": _("Please fill this in."),
        "work.short_text": _("Write at least %(shortest)s characters."),
        "work.long_text": _("Write at most %(longest)s characters."),
        "work.not_about_you": _("Only the person it is about answers here."),
        "work.own_complaint": _("Nobody decides on a complaint about themselves. Another supervisor of the team does."),
        "work.not_heard": _(
            "%(name)s has not answered yet. A complaint is found justified after their answer, or %(days)s days after it"
            " was recorded."
        ),
        "work.many_answers": _("There are %(most)s of them already. Talk to each other."),
    }


def _readable(params: dict[str, object]) -> dict[str, object]:
    """Days and columns as the page's language writes them."""

    def shown(value: object) -> object:
        if isinstance(value, date):
            return date_text(value)
        if type(value) is int:
            return format_decimal(value)
        if isinstance(value, tuple):
            return ", ".join(heading(one, page_language()) for one in value if isinstance(one, str) and one in HEADINGS)
        return value

    return {name: shown(value) for name, value in params.items()}


def error_sentence(error: TrainerError) -> str:
    return sentence(error.code, error.status, **_readable(error.params))


def add_refusal(form: FlaskForm, error: TrainerError) -> None:
    """Put a refusal, or every mistake of an entry, beside the fields they speak of."""
    mistakes = error.params.get("mistakes")
    for one in mistakes if isinstance(mistakes, tuple) else ():
        add_error(form, Invalid(one.code, field=one.field, **_readable(dict(one.params))))
    if not mistakes:
        add_error(form, Invalid(error.code, **_readable(error.params)))


def mistake_sentence(mistake: Mistake) -> str:
    """What is wrong with a cell of a table."""
    return sentence(mistake.code, 422, **_readable(dict(mistake.params)))


def field_text(field: str) -> str:
    """The column that a mistake is about, as tables in this language head it."""
    return heading(field, page_language()) if field in HEADINGS else _("Line")

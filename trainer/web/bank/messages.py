"""What is said of files of questions, by the ids that are found while they are read; commands say the same."""

from __future__ import annotations

from flask_babel import gettext as _

from trainer.content.bank_findings import Finding
from trainer.web.errors import sentence
from trainer.web.languages import LANGUAGES


def texts() -> dict[str, str]:
    """{code: sentence}."""
    return _of_files() | _of_questions() | _of_gift() | _of_tables()


def finding_sentence(finding: Finding) -> str:
    """What is wrong, and what would be right."""
    if finding.code == "bank.reader":
        return str(finding.params.get("message", ""))
    params = dict(finding.params)
    if "language" in params:
        params["language"] = LANGUAGES.get(str(params["language"]), "")
    return sentence(finding.code, 422, **params)


def _of_files() -> dict[str, str]:
    return {
        "bank.nothing_in_file": _("This file is empty."),
        "bank.not_text": _("This file is no text. Choose a GIFT file, or save the table as CSV."),
        "bank.too_large": _("This file is too large. Send at most %(most)s MB; a larger bank goes in several files."),
        "bank.too_many": _("There are more than %(most)s questions in this file. Part it in several files."),
        "bank.no_file": _("Choose a file."),
        "bank.wrong_type": _("Choose a file that ends in .gift, .txt or .csv."),
        "bank.nothing": _("There is no question in this file that can be taken."),
        "bank.language_missing": _(
            "A GIFT file is in one language, and the course needs both. %(language)s is missing: add the file in that language, "
            "whose questions have the same ids."
        ),
        "bank.other_language": _(
            "These texts should be in this language, and are not: %(language)s. Have the files changed places?"
        ),
        "bank.not_in_other": _("The question %(value)s is not in the file of the other language."),
        "bank.not_in_first": _("The question %(value)s is not in the first file."),
        "bank.kind_not_held": _("The kind “%(kind)s” does not fit into this format. It stays in the course's YAML."),
    }


def _of_questions() -> dict[str, str]:
    return {
        "bank.no_id": _("The id is missing: small letters, digits, - and _, a letter first."),
        "bank.bad_id": _("“%(value)s” is no id: small letters, digits, - and _, a letter first."),
        "bank.id_twice": _("The id %(value)s stands in line %(line)s already."),
        "bank.id_taken": _("The course has a question %(value)s already. Choose another id."),
        "bank.no_kind": _("The kind is missing. It can be %(known)s."),
        "bank.bad_kind": _("“%(value)s” is no kind that can be taken. It can be %(known)s."),
        "bank.no_duty": _("The duty is missing, such as IN4: what part of the job the question is about."),
        "bank.unknown_duty": _("There is no duty “%(value)s”. Did you mean %(near)s?"),
        "bank.no_lesson": _("The lesson is missing. The course has %(known)s."),
        "bank.unknown_lesson": _("The course has no lesson “%(value)s”. It has %(known)s."),
        "bank.bad_difficulty": _("The difficulty is 1 (recall), 2 (apply) or 3 (judge between two goods)."),
        "bank.empty": _("There is no text here."),
        "bank.no_feedback": _("There is no feedback here: say why this is right or wrong."),
        "bank.few_options": _("At least %(least)s options are needed; %(count)s here."),
        "bank.one_right": _("A question of kind single has one right option; %(count)s here."),
        "bank.two_right": _(
            "A question of kind several has at least two right options and a wrong one; right here: %(count)s."
        ),
        "bank.twice": _("“%(value)s” stands here twice."),
        "bank.few_pairs": _("At least %(least)s pairs are needed; %(count)s here."),
        "bank.bad_number": _("“%(value)s” is no figure. Write it with digits, such as 12.50."),
        "bank.few_wordings": _("At least %(least)s wordings are needed; %(count)s here."),
        "bank.no_idea": _("The idea is missing: what an answer has to say."),
        "bank.differs": _("It is “%(value)s” here, and “%(other)s” in the first file. Both languages have the same."),
        "bank.other_shape": _(
            "The languages differ: both have as many parts, in the same order, with the same ones right."
        ),
    }


def _of_gift() -> dict[str, str]:
    return {
        "gift.brace": _("A brace is open or closed alone. The answers stand in { and }, with no empty line between."),
        "gift.two_parts": _(
            "There are two parts with answers. Put an empty line between questions, or write \\{ and \\}."
        ),
        "gift.stray": _("“%(value)s” stands before the first = or ~. Say whether it is right or wrong."),
        "gift.no_arrow": _("“%(value)s” has no -> with its right side."),
        "gift.no_number": _("“%(value)s” is no figure. Write {#12.5:0.5} or {#12..13}."),
        "gift.many_answers": _("There are more than %(most)s answers."),
        "gift.long": _("This question has more than %(most)s signs. Is an empty line missing before the next one?"),
        "gift.essay": _(
            "An essay has no answer that can be checked. Write a question of kind text in the course's YAML."
        ),
        "gift.true_false": _("A statement that is true or false has two answers; a course asks for three options."),
        "gift.description": _("A description is no question."),
        "gift.part_credit": _("“%(value)s” earned a part of the mark. It is taken as wrong."),
        "gift.answer_lost": _(
            "The answer “%(value)s” is not taken: only what is wholly right, and known wrong figures with feedback."
        ),
        "gift.general_lost": _("The general feedback is not taken, since each option has its own."),
        "gift.pair_feedback_lost": _("GIFT has no feedback of a pair. Write it behind ####."),
        "gift.picture": _("A picture is not taken."),
        "gift.arrow": _("There is a -> in its text, which GIFT cannot hold."),
        "gift.line_break": _("There is a line break in its text, which GIFT cannot hold there."),
        "gift.unit": _("Its unit cannot stand in a GIFT file."),
        "gift.own_words": _("GIFT cannot hold the ideas and phrases of an answer in one's own words."),
    }


def _of_tables() -> dict[str, str]:
    return {
        "csv.unreadable": _("A quotation mark is opened and not closed in this row. Nothing behind it can be read."),
        "csv.no_headings": _("The first row has to name the columns: %(wanted)s."),
        "csv.unknown_column": _("There is no such column. Did you mean %(hint)s?"),
        "csv.column_twice": _("This column is there twice."),
        "csv.no_column": _("This column is missing."),
        "csv.many_cells": _("There are more cells here (%(count)s) than columns in the first row (%(most)s)."),
        "csv.many_parts": _("It has more than %(most)s options, which is more than the table has columns."),
        "csv.bad_right": _("“%(value)s” says neither yes nor no. Write yes, or leave the cell empty."),
        "csv.unused": _("This cell is not used by a question of this kind."),
    }

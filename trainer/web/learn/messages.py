"""The sentences of learning, by the ids that services give."""

from __future__ import annotations

from flask_babel import gettext as _


def texts() -> dict[str, str]:
    """{code: sentence}."""
    return {
        "learn.no_course": _("There is no such course."),
        "learn.no_lesson": _("There is no such lesson in this course."),
        "learn.clarity": _("Say whether the lesson was clear before you send it."),
        "learn.long_comment": _("The comment is longer than %(longest)s characters. Shorten it, then send it again."),
        "learn.no_quiz": _("There is no such quiz of yours."),
        "learn.no_sound": _("There is nothing to hear here."),
        "learn.no_question": _("This quiz has no such question."),
        "learn.lessons_first": _("Read every lesson first; the quiz opens after the last one."),
        "learn.quiz_open": _("The answers are shown once the quiz is handed in."),
        "learn.quiz_over": _("This quiz is handed in, so its answers stay as they are. You can take it again."),
        "learn.answer_single": _("Choose one answer before you go on."),
        "learn.answer_several": _("Choose at least one answer before you go on."),
        "learn.answer_match": _("Choose what belongs to at least one of them before you go on."),
        "learn.answer_number": _("Type a figure before you go on, such as 12.50."),
        "learn.answer_record": _("Fill in at least one field before you go on."),
        "learn.answer_better": _("Choose a reply and a reason before you go on."),
        "learn.answer_spot": _("Choose a line of the operator and an error before you go on."),
        "learn.answer_text": _("Write a sentence before you go on."),
        "learn.answer_branch": _("Choose what you say before you go on."),
        "learn.answer_order": _("Give every step a number of its own before you go on."),
    }

"""The sentences of practice, by the ids that services give, and its words."""

from __future__ import annotations

from flask_babel import gettext as _


def texts() -> dict[str, str]:
    """{code: sentence}."""
    return {
        "practice.no_drill": _("There is no such drill here."),
        "practice.no_round": _("There is no such round of yours. Begin a new one."),
        "practice.no_card": _("This card is gone. Take the next one."),
        "practice.nothing_typed": _("Nothing was entered. Type what you read or hear, then send it."),
        "practice.nothing_heard": _("Nothing could be heard. Check the microphone, and read the text aloud."),
        "practice.other_language": _("That sounded like another language. Read the text as it stands."),
        "practice.done": _("This round is done, so its figures stay. Begin a new one."),
        "practice.rating": _("Say how it went before you go on."),
    }


def remark_text(remark: str) -> str:
    """What a figure means for the next time."""
    return {
        "not_whole": _("A part is missing. The text counts when it is typed to its end."),
        "slow": _(
            "Slower than most people can follow easily, or type beside a call. It comes with repetition: a little every day."
        ),
        "fast": _("Faster than somebody can follow who writes it down. Breathe at the full stops."),
        "errors": _("More errors than a note can bear. Slower and right is quicker than fast and mended."),
        "pauses": _("Several long pauses. Read it once in silence before you read it aloud."),
        "unclear": _(
            "A good part of the words arrived as others. Open the mouth at the ends of words, and keep an even distance to the microphone."
        ),
        "not_sure": _(
            "The recognizer was not sure of itself, so nothing is said of your diction: it may be the line, the room or the machine. Try it once more."
        ),
        "entries": _("Fewer than four of five were right. Listen twice, and read back under your breath."),
    }.get(remark, remark)


def field_text(kind: str) -> str:
    """What an entry of the listening drill is."""
    return {
        "phone": _("Telephone number"),
        "name": _("Surname"),
        "email": _("E-mail"),
        "address": _("Street and number"),
        "money": _("Amount"),
        "reference": _("Reference"),
    }[kind]

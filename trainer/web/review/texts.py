"""The words of a review: criteria, errors, figures, mistakes in the record."""

from __future__ import annotations

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from trainer.domain.grade import FUNDAMENTAL_ERRORS
from trainer.services.kept import Kept
from trainer.web.languages import page_language


def reply_criterion_text(criterion: str) -> str:
    """One of the five criteria of a reply to an objection."""
    return {
        "listen_acknowledge": _("Listen and acknowledge"),
        "explore": _("Explore"),
        "respond": _("Respond"),
        "close": _("Close the point"),
        "conduct": _("Conduct"),
    }.get(criterion, criterion)


ERRORS = {
    "rudeness": (_l("Rudeness"), _l("Rude, sarcastic, or arguing with the customer")),
    "not_hearing": (
        _l("Not hearing"),
        _l("Ignoring what was said, talking over the customer, reading a script on"),
    ),
    "false_information": (
        _l("False information"),
        _l("Something untrue or unverified, or a promise the company does not keep"),
    ),
    "disclosure": (_l("Disclosure"), _l("Personal data said to the wrong person, or before the identity check")),
    "pressure": (_l("Pressure"), _l("Pressing, manipulating, or not accepting a clear no")),
    "abandonment": (
        _l("Leaving the customer alone"),
        _l("Dead air, a hold or transfer without a word, hanging up first"),
    ),
    "false_record": (_l("False record"), _l("Not recording what was agreed, or recording it falsely")),
}
_errors: Kept[str, list[tuple[int, str, str]]] = Kept(8)


def error_texts() -> list[tuple[int, str, str]]:
    """The seven fundamental errors: number, name, what it is."""

    def told() -> list[tuple[int, str, str]]:
        return [(number, str(ERRORS[error][0]), str(ERRORS[error][1])) for number, error in FUNDAMENTAL_ERRORS.items()]

    return _errors.or_make(page_language(), told)


def answer_text(answer: str) -> tuple[str, str]:
    """How an answer to a check shows: the kind of status and its word."""
    return {
        "yes": ("good", _("yes")),
        "no": ("bad", _("no")),
        "undecided": ("info", _("waits for a person")),
        "not_applicable": ("muted", _("did not come up")),
    }[answer]


def mistake_text(mistake: str) -> str:
    return {
        "": _("right"),
        "missing": _("missing"),
        "wrong": _("wrong"),
        "transposed": _("figures swapped"),
        "other_field": _("in the wrong field"),
        "false": _("recorded, but not agreed"),
        "unrecorded": _("agreed, but not recorded"),
    }.get(mistake, mistake)


def figure_texts() -> dict[str, tuple[str, str]]:
    """Figures of delivery and time by id: name and unit. One that is not here is not shown."""
    return {
        "answered_s": (_("The customer answered after, median"), "s"),
        "words_per_minute": (_("Speaking rate"), _("words a minute")),
        "fillers_per_minute": (_("Filler words"), _("a minute")),
        "longest_pause_s": (_("Longest pause within a turn"), "s"),
        "talk_over_count": (_("Times you spoke over the customer"), ""),
        "dead_air_s": (_("Dead air"), "s"),
        "longest_silence_s": (_("Longest silence"), "s"),
        "handle_time_s": (_("Length of the call"), "s"),
        "talk_time_s": (_("You spoke"), "s"),
        "talk_share": (_("Your share of the words"), "%"),
        "hold_s": (_("On hold"), "s"),
        "wrap_up_s": (_("After-call work"), "s"),
        "turns": (_("Your turns"), ""),
        "words": (_("Your words"), ""),
    }


def note_text(kind: str, detail: str) -> str:
    """What a marker in the transcript says."""
    if kind == "silence":
        return _("%(seconds)s seconds of silence", seconds=detail)
    if kind == "hold_ended":
        return _("Back from hold after %(seconds)s seconds", seconds=detail)
    if kind == "callback_scheduled":
        return _("Call back planned: %(when)s", when=detail)
    if kind == "muted":
        return _("Microphone muted") if detail == "on" else _("Microphone open again")
    if kind == "dialled":
        return {
            "answered": _("Dialled: somebody picked up"),
            "wrong_person": _("Dialled: somebody picked up"),
            "no_answer": _("Dialled: nobody picked up"),
            "busy": _("Dialled: the line was busy"),
            "voicemail": _("Dialled: a machine answered"),
        }.get(detail, "")
    return {
        "hold_started": _("On hold"),
        "consult_started": _("A colleague is consulted"),
        "put_down": _("Telephone put down"),
        "transfer": _("Transferred"),
        "hung_up": _("Hung up"),
        "call_ended": _("End of the call"),
        "wrap_up_saved": _("Written up"),
    }.get(kind, "")


def party_text(party: str) -> str:
    """Who else was on the line."""
    return {
        "colleague": _("Colleague"),
        "other": _("Somebody else"),
        "machine": _("Answering machine"),
    }.get(party, "")

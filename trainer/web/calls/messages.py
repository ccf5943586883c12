"""The sentences of calls, by the ids that services give: one sentence each, saying what happened and what to do."""

from __future__ import annotations

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from trainer.services.voice_menus import MOST_MOVES


def texts() -> dict[str, str]:
    """Every sentence of calls by its code, translated."""
    return {**_turn_texts(), **_form_texts(), **_call_texts()}


def _turn_texts() -> dict[str, str]:
    return {
        "call.audio_empty": _("The recording was empty, so nothing was sent. Please say it again."),
        "call.audio_broken": _("This recording could not be read. Please say it again, or type your reply."),
        "call.audio_too_long": _("That was more than a minute without a pause. Please say it again in shorter turns."),
        "call.nothing_heard": _("Nothing could be heard. Speak a little louder or closer, or type your reply."),
        "call.nothing_typed": _("There is nothing to send yet: type your reply first."),
        "call.other_language": _(
            "You seem to be speaking another language than the customer, who does not understand it. "
            "Go on in the language of the call."
        ),
        "call.too_many_words": _("That reply is longer than a thousand words. Shorten it, then send it again."),
        "call.no_recognizer": _("Speech recognition does not work here just now. Please type your reply."),
        "call.recognizer_full": _(
            "Very many people are speaking at this moment. Your words are kept on this page and are sent again by themselves."
        ),
        "call.storage_full": _("The recording could not be stored: the disk is full. Your turn is kept on this page."),
        "call.not_recorded": _("This call is not being recorded, as you wished."),
    }


def _form_texts() -> dict[str, str]:
    return {
        "call.form_unknown": _("This field is not part of the form."),
        "call.form_too_long": _("This is too long for the field; shorten it."),
        "call.form_choice": _("Choose one of the values in the list."),
        "call.form_phone": _("Enter a telephone number in figures, for example 020 7946 0018."),
        "call.form_email": _("Enter an e-mail address such as name@example.org."),
        "call.form_money": _("Enter an amount in figures, for example 11.50."),
        "call.form_number": _("Enter a number in figures."),
        "call.form_date": _("Enter a date with figures, for example 24 November 2026."),
        "call.bad_disposition": _("Choose how the call ended before you save."),
        "call.notes_too_long": _("The note is too long; shorten it to 4,000 characters."),
    }


def _call_texts() -> dict[str, str]:
    return {
        "call.other_tab": _("This call is open in another tab or window. You can continue it here instead."),
        "call.over": _("This call is over. Complete the record and save the write-up."),
        "call.written_up": _("This call was already written up."),
        "call.still_on": _("The customer is still on the line. End the call before you write it up."),
        "call.busy": _("Two things were sent at the same moment. Please send it again."),
        "call.bad_turn": _("The page sent something that could not be used. Please reload it."),
        "call.bad_transfer": _("Choose whom to transfer the call to."),
        "call.nobody": _("Nobody is on the line. Dial first; nothing of what you said is lost."),
        "call.callback_day": _("Enter the day of the call back as a date, for example 24 November 2026."),
        "call.callback_time": _("Enter the time of the call back with figures, for example 14:30."),
        "call.not_confirmed": _("Confirm that you take this call yourself."),
        "call.not_agreed": _(
            "An assessed call is graded and read by your trainers: agree to it, or take it as practice."
        ),
        "call.assessed_open": _("You have an assessed call of this scenario that is not finished. Continue that one."),
        "call.forms_taken": _("You have taken every form of this call. Choose another call to be assessed in."),
        "menu.not_found": _("There is no such voice menu."),
        "menu.too_long": _("That is more than %(most)s keys. Hang up and ring again.", most=MOST_MOVES),
        "menu.bad_move": _("The page sent something that could not be used. Please reload it."),
        "call.bad_mode": _("Choose how you want to take the call."),
        "call.bad_language": _("This call does not exist in that language."),
        "call.not_found": _("There is no such call."),
        "call.assessed_stays": _("An assessed call cannot be erased by you: it is proof of a result."),
        "call.no_audio": _("There is no recording of this turn."),
        "scenario.not_found": _("There is no such scenario."),
    }


def outcome_text(outcome: str | None) -> str:
    """How a call ended, in words."""
    return {
        "resolved": _("The customer's matter is settled."),
        "order_placed": _("The customer placed an order."),
        "callback_agreed": _("A call back is agreed."),
        "refused_politely": _("The customer said no, and you parted politely."),
        "transferred": _("You transferred the customer."),
        "customer_hung_up": _("The customer hung up."),
        "operator_hung_up": _("You hung up."),
        "timed_out": _("The call was left open and has ended by itself."),
    }.get(outcome or "", "")


def mode_text(mode: str) -> str:
    return {
        "practice": _("Practice"),
        "guided": _("Guided"),
        "assessed": _("Assessed call"),
    }.get(mode, mode)


DUTIES = {
    "IN1": _l("Advise and find the best solution"),
    "IN2": _l("Inform about services and tariffs"),
    "IN3": _l("Take orders"),
    "IN4": _l("Handle complaints and wishes"),
    "IN5": _l("Keep the customer database"),
    "IN6": _l("Answer requests from the website"),
    "IN7": _l("Transfer to a specialist"),
    "IN8": _l("Report on the work done"),
    "OUT1": _l("Build customer lists"),
    "OUT2": _l("Call to inform"),
    "OUT3": _l("Call to survey"),
    "OUT4": _l("Sell by telephone"),
    "OUT5": _l("Keep the customer database"),
    "OUT6": _l("Win new customers"),
}


def duty_text(duty: str) -> str:
    """A duty of the job description, in words."""
    return str(DUTIES.get(duty, duty))


def difficulty_text(difficulty: int) -> str:
    return {
        1: _("Very easy"),
        2: _("Easy"),
        3: _("Medium"),
        4: _("Hard"),
        5: _("Very hard"),
    }.get(difficulty, "")

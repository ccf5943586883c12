"""Every text that the console's script shows, in the learner's language."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _

from trainer.domain.events import OUTCOMES
from trainer.web.calls.messages import outcome_text


def console_texts(*, guided: bool) -> dict[str, Any]:
    """What a guided call says about who is on the line beyond that there is somebody is a hint, and left out else."""
    return {
        "you": _("You"),
        "customer": _("Customer"),
        "others": {
            "colleague": _("Colleague"),
            "other": _("Somebody else") if guided else _("Who picked up"),
            "machine": _("Answering machine"),
        },
        "parties": {
            "colleague": _("You are speaking to a colleague. The customer waits on hold and does not hear you."),
            "takes": _("Your colleague takes the call: put the customer through."),
            "other": _("Somebody else picked up. Ask for the customer; what the call is about is not for them.")
            if guided
            else "",
            "machine": _("An answering machine. Leave a message that gives nothing personal away, or hang up.")
            if guided
            else _("An answering machine."),
            "nobody": _("Nobody is on the line."),
        },
        "dialled": {
            "answered": _("You dialled; somebody picks up."),
            "no_answer": _("You dialled; nobody picks up."),
            "busy": _("You dialled; the line is busy."),
            "voicemail": _("You dialled; a machine answers."),
            "wrong_person": _("You dialled; somebody picks up."),
        },
        "planned": _("The call back is in the calendar."),
        "hold": _("Hold"),
        "resume": _("Take back"),
        "done": _("done"),
        "open": _("to do"),
        "retry": _("Try again"),
        "signIn": _("Sign in again"),
        "takeOver": _("Continue here"),
        "continueSpeaking": _("Continue and speak"),
        "continueTyping": _("Continue and type"),
        "callGoesOn": _("The call goes on where you left it"),
        "expired": _("You were signed out. What you said is kept in this browser and is sent once you sign in again."),
        "offline": _("There is no connection. What you said is kept, and is sent as soon as there is one."),
        "serverDown": _("The server does not answer. What you said is kept, and is sent again by itself."),
        "busy": _(
            "The recognizer is busy with other calls: your words are taken in about SECONDS seconds. Nothing is lost."
        ),
        "tooLarge": _("This recording is too large. Please say it again in shorter turns."),
        "refused": _("That could not be used. Please say it again, or type it."),
        "dispositionMissing": _("Choose how the call ended before you save."),
        "allowMicrophone": _("Your browser is asking whether this page may use the microphone: allow it there."),
        "states": {
            "ringing": _("Ringing"),
            "customer": _("The customer is speaking"),
            "aside": _("Somebody is speaking"),
            "dialling": _("It rings at the other end"),
            "nobody": _("Nobody is on the line"),
            "yours": _("Your turn"),
            "listening": _("Listening to you"),
            "thinking": _("One moment"),
            "hold": _("The customer is on hold"),
            "elsewhere": _("Open in another tab"),
            "wrap_up": _("Call ended: write it up"),
        },
        "events": {
            "hold_started": _("You put the customer on hold."),
            "hold_ended": _("You are back on the line."),
            "consult_started": _("You ring a colleague; the customer waits on hold."),
            "put_down": _("You put the telephone down."),
            "callback_scheduled": _("A call back is in the calendar."),
            "transfer": _("You transferred the call."),
            "hung_up": _("You hung up."),
            "call_ended": _("The call has ended."),
        },
        "microphone": microphone_texts(),
        "outcomes": {outcome: outcome_text(outcome) for outcome in OUTCOMES},
    }


def microphone_texts() -> dict[str, str]:
    """What to do when the microphone does not work, by the page's reason."""
    return {
        "insecure": _("The browser gives the microphone only to secure pages (HTTPS). You can type your replies."),
        "missing": _("No microphone was found. Connect one and try again, or type your replies."),
        "refused": _(
            "The microphone is not allowed for this page. Allow it in the address bar and try again, "
            "or type your replies."
        ),
        "busy": _("Another program is using the microphone. Close it and try again, or type your replies."),
        "broken": _("The microphone could not be opened. Try again, or type your replies."),
    }

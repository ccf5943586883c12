"""How the machine answers each check of a call: one sentence a check, with the rubric's own figures in it."""

from __future__ import annotations

from flask_babel import gettext as _

from trainer.domain.grading.call_rubric import Thresholds


def explanations(limits: Thresholds) -> dict[str, str]:
    """Check id -> how it is answered."""
    return {**_beginning(limits), **_middle(limits), **_end(limits), **_figures(limits)}


def _beginning(limits: Thresholds) -> dict[str, str]:
    turns = int(limits.opening_turns)
    first = _("Looked for in the first %(turns)s turns.", turns=turns)
    return {
        "opening.greeting": first,
        "opening.identified": first,
        "opening.offer_help": _("Looked for in the first %(turns)s turns, where the customer calls.", turns=turns),
        "opening.reason": _("Looked for in the first %(turns)s turns, where you call.", turns=turns),
        "opening.permission": _("Looked for in the first %(turns)s turns, where you call.", turns=turns),
        "identification.asked": _("A question after name, number or another detail of the record, where the case needs the check."),
        "identification.complete": _("The customer has given two details that are in the record."),
        "identification.before": _("Nothing of the record was said, and nothing done on the desk that needs the check, before it was complete."),
        "identification.compared": _("The record was opened, or the detail taken up aloud, before anything followed from it."),
        "needs.open_question": _("One open question about the matter; “anything else?” and the opening words do not count."),
        "needs.discovered": _("Each need that the customer tells only when asked counts the same; half found earns half."),
        "needs.reflects": _("Content words of the customer taken up in other words, or a clear “so you want …”; the customer's own words repeated do not count."),
        "needs.before_offer": _("A question about the need stands before the first offer or price."),
    }  # fmt: skip


def _middle(limits: Thresholds) -> dict[str, str]:
    good = int(limits.reply_good)
    return {
        "accuracy.statement": _("Each amount, date, delay, condition or yes and no that you state is held against the fact; put right later it earns half."),
        "accuracy.verified": _("An amount that no fact backs waits for a person."),
        "accuracy.promises": _("A promise is held against what the case allows."),
        "objections.reply": _("The reply is graded from 0 to 100 by the rubric for objections, and earns that share; from %(good)s on it counts as answered.", good=good),
        "objections.settled": _("The customer's own words show it: they go on, or their no is the right end of this call."),
        "objections.firm_no": _("After a clear no, nothing is offered again."),
        "solution.goal": _("The customer's own words show that the goal was reached."),
        "solution.next_step": _("A promise or a date with a time; without the time half is earned."),
        "solution.read_back": _("A number, name or address that was dictated is said back, in whole or in pieces."),
        "solution.acceptance": _("A question whether the customer agrees, anywhere in the call."),
        "clarity.understood": _("A question whether all is clear, noted or right, from the first explanation on."),
        "clarity.pieces": _("No turn that explains is longer than %(words)s words; of several the share that is short enough counts.", words=int(limits.explaining_words)),
        "clarity.signposted": _("Before a silence or a search on the screen you said what you were doing; of several the share counts."),
        "clarity.plain": _("None of the house's own words that the case names, unless the customer used it first or you explained it."),
        "hold_transfer.announced": _("Said before the hold, in the turn before it."),
        "hold_transfer.thanked": _("A thank you in the first turn after the hold."),
        "hold_transfer.length": _("At most %(seconds)s seconds without coming back.", seconds=int(limits.hold_s)),
        "hold_transfer.transfer_announced": _("Said before the transfer, in the turn before it."),
        "hold_transfer.briefed": _("The colleague was told, aloud or in writing, what it is about."),
        "hold_transfer.right_place": _("The department that the case asks for."),
    }  # fmt: skip


def _end(limits: Thresholds) -> dict[str, str]:
    last = _(
        "Looked for in the last %(turns)s turns; not asked where the customer broke off.",
        turns=int(limits.closing_turns),
    )
    return {
        "closing.anything_else": _("Anywhere after the opening; not asked after a clear no."),
        "closing.summary": last,
        "closing.thanks": last,
        "closing.goodbye": last,
        "closing.customer_first": _("Who put the telephone down first, by the line itself."),
        "record.field": _("Held against the truth of this call; accents, spaces and ways of writing a date or number do not count, figures do. Right figures in the wrong order or field earn a quarter."),
        "record.disposition": _("The code fits how the call ended."),
        "record.saved": _("The record was saved after the call."),
        "record.promises": _("What was promised with a time stands in a field or in the notes."),
    }  # fmt: skip


def _figures(limits: Thresholds) -> dict[str, str]:
    low, high = int(limits.words_per_minute_low), int(limits.words_per_minute_high)
    return {
        "delivery.pace": _("Recognized words a minute of your own speaking, over the whole call: %(low)s to %(high)s. Typed turns have none.", low=low, high=high),
        "delivery.fillers": _("Sounds such as “er”, a minute of your own speaking: at most %(most)s.", most=int(limits.fillers_per_minute)),
        "delivery.pauses": _("Pauses of %(seconds)s seconds or more within a turn: at most %(most)s.", seconds=int(limits.pause_s), most=int(limits.long_pauses)),
        "delivery.dead_air": _("Nobody speaks for at most %(seconds)s seconds, holds apart.", seconds=int(limits.dead_air_most_s)),
        "delivery.talk_over": _("Beginning to speak while the customer speaks: at most %(most)s times.", most=int(limits.talk_overs)),
        "handling_time.call": _("The length of the call, up to %(times)s times the minutes that the case needs; beyond that it earns less and less. Typed calls are not timed.", times=limits.time_share),
        "handling_time.wrap_up": _("From the end of the call until the record was saved: at most %(seconds)s seconds.", seconds=int(limits.wrap_up_s)),
    }  # fmt: skip

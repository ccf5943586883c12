"""The sentences of errors around rights, and their words."""

from __future__ import annotations

from flask_babel import gettext as _

from trainer.store.rights import ANSWERED, CLOSED, DEFICIENCY, MATERIAL, OPEN, PROPOSAL


def texts() -> dict[str, str]:
    return {
        "rights.bad_kind": _("Choose what it is."),
        "rights.empty": _("Please fill this in."),
        "rights.too_long": _("This has %(length)s characters; at most %(longest)s have room here."),
        "rights.too_many": _(
            "%(most)s things of yours wait for an answer. Wait for some of them, or speak to your manager."
        ),
        "rights.none": _("There is no such message."),
        "rights.closed": _("This message is closed; nothing more can be added. What you typed is still below."),
        "rights.answer_first": _("Answer it first: whoever wrote it should know what came of it."),
        "rights.no_notice": _("There is no such notice."),
    }


def kind_text(kind: str) -> str:
    return {
        PROPOSAL: _("proposal"),
        MATERIAL: _("request for material"),
        DEFICIENCY: _("deficiency"),
    }.get(kind, kind)


def state_text(state: str) -> tuple[str, str]:
    """How a message stands: the kind of status and its words."""
    return {
        OPEN: ("info", _("waits for an answer")),
        ANSWERED: ("good", _("has an answer")),
        CLOSED: ("muted", _("closed")),
    }.get(state, ("muted", state))

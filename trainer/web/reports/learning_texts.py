"""Figures of learning in words: rounds of drills, and what to do about a question."""

from __future__ import annotations

from flask_babel import format_decimal, ngettext
from flask_babel import gettext as _

from trainer.domain.item_choices import ChoiceGroup
from trainer.store.practice import PracticeRound
from trainer.web.review.texts import error_texts


def figures_text(row: PracticeRound) -> str:
    """What was measured in a round of a drill."""
    values = row.values
    if row.kind == "typing":
        wrong = format_decimal(round(values["error_rate"] * 100, 1))
        parts = [
            ngettext("%(num)d word a minute", "%(num)d words a minute", round(values["wpm"])),
            _("%(percent)s %% of the characters wrong", percent=wrong),
        ]
    elif row.kind == "listening":
        parts = [_("%(right)s of %(of)s entries right", right=round(values["right"]), of=round(values["of"]))]
    else:
        parts = [
            _("%(percent)s %% of the words arrived", percent=round((1 - values["word_errors"]) * 100)),
            ngettext("%(num)d word a minute", "%(num)d words a minute", round(values["pace"])),
            ngettext("%(num)d long pause", "%(num)d long pauses", round(values["long_pauses"])),
        ]
    return " · ".join(parts)


def remark_text(remark: str) -> tuple[str, str, str]:
    """(kind of status, its word, what to do) of a remark on a question."""
    texts: dict[str, tuple[str, str, str]] = {
        "wrong_way": (
            "bad",
            _("works the wrong way"),
            _(
                "Those who do well otherwise miss it more often. Check first whether the right answer is the one marked as right."
            ),
        ),
        "too_hard": (
            "warn",
            _("too hard"),
            _(
                "Little is earned on it. Check whether a lesson teaches this, and whether the situation is told clearly."
            ),
        ),
        "weak": (
            "warn",
            _("tells little"),
            _("It hardly tells who knows more. Look at the wrong answers: replace those that nobody takes."),
        ),
        "too_easy": (
            "info",
            _("too easy"),
            _("Nearly everybody has it right. Make the wrong answers more likely, or ask for a finer decision."),
        ),
    }
    return texts[remark]


def kind_text(kind: str) -> str:
    return {
        "single": _("One answer"),
        "several": _("Several answers"),
        "order": _("An order"),
        "match": _("Pairs"),
        "number": _("A figure"),
        "record": _("A record to fill in"),
        "better": _("The better reply"),
        "spot": _("Spot the error"),
        "text": _("Own words"),
        "branch": _("A small dialogue"),
    }.get(kind, kind)


def group_text(group: ChoiceGroup) -> str:
    """What is chosen in a group of choices."""
    parts: dict[str, str] = {
        "": _("The answers"),
        "reply": _("The reply"),
        "reason": _("What decides"),
        "pair": _("What belongs to: %(left)s", left=group.about),
        "line": _("The line with the error"),
        "error": _("Which error is it?"),
        "step": _("The customer says: %(line)s", line=group.about),
    }
    return parts[group.part]


def choice_text(group: ChoiceGroup, text: str) -> str:
    """A choice as it stood on the paper; errors by their name."""
    if group.part != "error":
        return text
    return next((f"{number} · {name}" for number, name, _about in error_texts() if str(number) == text), text)


def discrimination_text(value: float | None) -> str:
    return "–" if value is None else str(format_decimal(round(value, 2) + 0.0, format="0.00"))

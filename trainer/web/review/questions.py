"""The published wording of each check and criterion, from the rubric, in the reader's language; names of objections."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache

from flask_babel import gettext as _

from trainer.content.call_rubric import call_rubric
from trainer.domain.grade import EVERY_CRITERION, CallGrade, Check
from trainer.domain.grading.call_rubric import IN_FORCE
from trainer.domain.grading.decided import error_id
from trainer.web.languages import page_language
from trainer.web.review.texts import error_texts


@lru_cache(maxsize=8)
def _wordings(version: str) -> dict[str, Mapping[str, str]]:
    """Check or criterion id -> language -> text."""
    rubric = call_rubric(version)
    checks = {check.id: check.question for criterion in rubric.criteria for check in criterion.checks}
    return {**{criterion.id: criterion.title for criterion in rubric.criteria}, **checks}


_GAP = re.compile(r"\{[^}]*\}")


class _Gaps(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return "…"


OF_THE_CALL = frozenset({"said", "truth", "goal", "label"})
"""Gaps that say which statement, goal or field is meant; all others hold what the machine found."""
_BRACKETS = re.compile(r"\s*\([^()]*\{(\w+)\}[^()]*\)")


class Wording:
    """The wording of the rubric that a grade was given with: of its version, whatever is in force today."""

    def __init__(self, rubric_version: str) -> None:
        self.texts = _wordings(rubric_version.split("+")[0])

    def _text(self, name: str) -> str:
        texts = self.texts.get(name, {})
        return texts.get(page_language()) or texts.get("en") or name

    def criterion(self, criterion: str) -> str:
        return self._text(criterion)

    def question(self, check: Check) -> str:
        """The check's question, its gaps filled."""
        name = check.id if check.id in self.texts else check.id.split(":")[0]
        return self._text(name).format_map(_Gaps(check.params))

    def name_in(self, grade: CallGrade) -> Callable[[str], str]:
        """What a check or error of that grade is called, by its id."""
        checks = {check.id: check for one in grade.criteria for check in one.checks}
        errors = {error_id(number): f"{number}. {name}" for number, name, _what in error_texts()}
        return lambda name: self.question(checks[name]) if name in checks else errors.get(name, name)

    def blind(self, check: Check) -> str:
        """The check's question without what the machine found."""
        text = _BRACKETS.sub(lambda found: found[0] if found[1] in OF_THE_CALL else "", self._text(check.rule))
        return text.format_map(_Gaps({name: check.params[name] for name in OF_THE_CALL if name in check.params}))


def criterion_names(versions: Iterable[str]) -> dict[str, str]:
    """Every criterion that one of these versions has, in the reader's language, in order; the first version names it."""
    texts = _wordings_of(versions)
    return {name: _here(texts[name]) for name in EVERY_CRITERION if name in texts}


def criterion_title(criterion: str) -> str:
    """The published name of a criterion in the rubrics in force; its id where none has it."""
    return criterion_names(IN_FORCE).get(criterion, criterion)


def question_in_force(check: str) -> str:
    """The published question of a check in the rubrics in force, its gaps open; its id where it is no longer asked."""
    texts = _wordings_of(IN_FORCE).get(check)
    return check if texts is None else open_gaps(_here(texts))


def open_gaps(question: str) -> str:
    """The question before a call: what only the call fills in is an ellipsis."""
    return _GAP.sub("…", question)


def _wordings_of(versions: Iterable[str]) -> dict[str, Mapping[str, str]]:
    found: dict[str, Mapping[str, str]] = {}
    for version in versions:
        found = {**_wordings(version.split("+")[0]), **found}
    return found


def _here(texts: Mapping[str, str]) -> str:
    return texts.get(page_language()) or texts["en"]


def objection_text(kind: str) -> str:
    return {
        "price": _("Too expensive"),
        "no_need": _("No need"),
        "no_time": _("No time"),
        "no_trust": _("No trust"),
        "competitor": _("Another offer"),
        "think_about_it": _("Wants to think about it"),
        "send_by_email": _("Send it by e-mail"),
        "authority": _("Cannot decide alone"),
        "bad_experience": _("A bad experience"),
        "angry_complaint": _("An angry complaint"),
        "privacy": _("Privacy"),
        "contract_terms": _("The terms of the contract"),
        "quality_doubt": _("Doubts about quality"),
        "delivery_delay": _("A late delivery"),
        "wants_manager": _("Wants the manager"),
        "already_have": _("Already has one"),
        "too_complex": _("Too complicated"),
        "survey_refusal": _("Will not answer a survey"),
    }.get(kind, kind)

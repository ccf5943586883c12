"""What reads without a mistake and plays well, and still cannot be right: found in the content itself.

Four questions are asked of each language of a scenario. Is a customer handed over to a colleague whom nobody briefed?
Can every topic be got to: does the customer tell it who asks in one of its own phrases, and can what keeps it back ever
come about? And can an operator know what the form asks for: is the truth of each field told by a topic, a fact, the record or
anything else that is said or shown? Does each inside word stand where the operator reads it? What is certain is a mistake; what may have a reason that is not in the file (a day
that the operator has to work out) is a warning.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from datetime import date
from functools import cached_property
from pathlib import Path

from trainer.content.problems import Problem
from trainer.content.reading import Node, Source
from trainer.content.yaml_files import read_yaml
from trainer.domain.dialogue.operators import Model, Turn, Understand, play
from trainer.domain.dialogue.state import CallState
from trainer.domain.forms import map_texts, open_case
from trainer.domain.grading.call_clarity import inside_words_in
from trainer.domain.scenario import Case, FormField, Scenario, Topic
from trainer.language.entities import read_entities
from trainer.language.folding import fold
from trainer.language.numbers import read_numbers

FORMS = 2
"""How many forms are looked at; what an author left out is left out of all."""
CERTAIN = ("name", "phone", "email", "reference")
"""Types of fields whose truth nobody works out: it is told, or it cannot be known."""
FREE = ("choice", "note")
"""Types that the operator decides or words."""
SIGNS = {
    "en": {".": "dot", "@": "at", "-": "dash", "_": "underscore"},
    "fr": {".": "point", "@": "arobase", "-": "tiret", "_": "tiretbas"},
}


@dataclass(frozen=True, slots=True)
class Lint:
    """`mistakes` are certain; `warnings` are for an author to look at."""

    mistakes: tuple[Problem, ...]
    warnings: tuple[Problem, ...]


def lint(path: Path, scenario: Scenario, understand: Understand) -> Lint:
    """Look the scenario of the file `path` over."""
    places = _Places(path, f"scenarios/{scenario.topic}/{scenario.slug}.yaml")
    mistakes: dict[Problem, None] = {}
    warnings: dict[Problem, None] = {}
    for language in scenario.languages:
        cases = [open_case(scenario, language, seed) for seed in range(FORMS)]
        for found, message, certain in (
            *_not_briefed(cases[0], understand), *_out_of_reach(cases[0], understand), *_not_told(cases),
            *_off_screen(cases[0]),
        ):  # fmt: skip
            problem = places.problem(*found, f"{language}: {message}")
            (mistakes if certain else warnings)[problem] = None
    return Lint(tuple(mistakes), tuple(warnings))


Found = tuple[tuple[str, int], str, bool]
"""((list of the file, place in it), what is wrong, whether that is certain)."""


class _Places:
    """Lines of the file, so that a message leads to what it is about."""

    def __init__(self, path: Path, file: str) -> None:
        self.file = file
        root = read_yaml(path, Source(file))
        self.members: dict[str, Node] = root.members() if root else {}

    def problem(self, name: str, number: int, message: str) -> Problem:
        node = self.members.get(name)
        items = list(node.items()) if node else []
        line = items[number].line if number < len(items) else node.line if node else 1
        return Problem(self.file, line, f"{name}[{number}]", message)


def _not_briefed(case: Case, understand: Understand) -> Iterator[Found]:
    """Play the model operator with nobody to brief: an end that they reach all the same never asked for it."""
    if not any(end.outcome == "transferred" and end.success for end in case.ends):
        return
    played = play(replace(case, specialists=()), Model(), understand)
    if not played.success or played.outcome != "transferred" or played.state.marks["consulted"]:
        return
    for number, end in enumerate(case.ends):
        if end.outcome == "transferred" and end.success and "consulted" not in end.needs:
            answers = any(one.department == end.to for one in case.specialists)
            text = "is reached without a word to the colleague: add 'consulted' to its needs"
            if not answers:
                text += f", and a specialist who answers at {end.to!r}"
            yield ("ends", number), text, answers


def _out_of_reach(case: Case, understand: Understand) -> Iterator[Found]:
    reached = _can_be_told(case)
    for number, topic in enumerate(case.topics):
        if topic.only_if not in ("", "never") and topic.id not in reached:
            yield ("topics", number), f"{topic.id!r} is never told: {topic.only_if!r} can't come about", True
        elif topic.only_if == "" and not _tells(case, topic, understand):
            yield ("topics", number), f"{topic.id!r} is not told to an operator who asks in its own phrases", False


def _tells(case: Case, topic: Topic, understand: Understand) -> bool:
    """Ask in one phrase after the other, from the start of the call, until the customer tells it. Impatience or an
    objection may be what keeps them from it, so that this alone is no proof."""
    asked = iter(topic.phrases)

    def ask(_case: Case, state: CallState, _turn: int) -> Turn | None:
        phrase = "" if topic.id in state.topics_told else next(asked, "")
        return Turn(f"{phrase[:1].upper()}{phrase[1:]}?") if phrase else None

    return topic.id in play(case, ask, understand).state.topics_told


def _can_be_told(case: Case) -> set[str]:
    """Topics whose rule can come about, followed through rules that name other topics."""
    told: set[str] = set()
    while True:
        more = {topic.id for topic in case.topics if topic.id not in told and _may_hold(case, topic.only_if, told)}
        if not more:
            return told
        told |= more


def _may_hold(case: Case, rule: str, told: set[str]) -> bool:
    kind, _, name = rule.partition(":")
    objections = {one.id: one for one in case.objections}
    if rule == "never":
        return False
    if kind == "told":
        return name in told
    if kind == "firm_no" and name in objections:
        return bool(objections[name].firm_no)
    if kind == "final" and name in objections:
        return bool(objections[name].firm_no) and bool(objections[name].final_by)
    if rule == "identified":
        return case.is_holder and case.identity_needed
    if rule == "identity_failed":
        return not case.is_holder
    return rule != "consulted" or bool(case.specialists)


def _not_told(cases: list[Case]) -> Iterator[Found]:
    """Fields whose truth nobody tells, in any of these forms."""
    known = [_Told(case) for case in cases]  # read when a field asks, the second only where the first does not tell
    for number, field in enumerate(cases[0].form):
        if field.type in FREE or not field.required or not field.truth:
            continue
        if any(told.tells(case.form[number]) for told, case in zip(known, cases, strict=True)):
            continue
        text = f"{field.id!r} can't be known: no topic, fact or line of the record tells {field.truth!r}"
        if field.type in CERTAIN:
            yield ("form", number), text, True
        else:
            yield ("form", number), text.replace("can't be known", "may not be known"), False


def _off_screen(case: Case) -> Iterator[Found]:
    """Inside words that the operator meets nowhere on the screen: nobody would come to say them."""
    shown: list[str] = []
    for part in (case.record, case.form, case.company.articles, case.company.snippets):
        map_texts(part, lambda text: shown.append(text) or text)  # type: ignore[func-returns-value]
    on_screen = inside_words_in(" / ".join(shown), case.inside_words)
    for number, word in enumerate(case.inside_words):
        if word not in on_screen:
            yield ("inside_words", number), f"{word!r} stands nowhere on the operator's screen", False


class _Told:
    """Everything that an operator hears or sees in a case: run together, and as the values that it names."""

    def __init__(self, case: Case) -> None:
        self.case = case
        self.texts: set[str] = set()
        # Form and model hold the truth because it is asked for, the persona is the author's, the menu everybody's.
        # Of small talk, how the customer begins and what they are called may tell something of this call.
        talk = case.small_talk
        map_texts((talk.opening, talk.identity), self._take)
        silent = replace(talk, **{pool.name: () for pool in fields(talk)})
        who = replace(case.persona, name="", goal="", fear="", hidden="")
        map_texts(replace(case, form=(), model=(), variables={}, menu=None, small_talk=silent, persona=who), self._take)

    def _take(self, text: str) -> str:
        self.texts.add(text)
        return text

    @cached_property
    def written(self) -> str:
        return "\n".join(_together(text) for text in self.texts)

    @cached_property
    def counted(self) -> str:
        """As `written`, with numbers in words as figures."""
        return "\n".join(_together(read_numbers(fold(text), self.case.language).text) for text in self.texts)

    @cached_property
    def values(self) -> set[str]:
        found = {value for fact in self.case.all_facts for value in (fact.value, *fact.accept)}
        year = int(self.case.today[:4]) if self.case.today[:4].isdigit() else None
        for text in self.texts:
            found |= {entity.value for entity in read_entities(fold(text), self.case.language, year)}
        return found

    def tells(self, field: FormField) -> bool:
        for value in (field.truth, *field.accept):
            spoken = value
            for sign, word in SIGNS[self.case.language].items():
                spoken = spoken.replace(sign, word)
            ways = {_together(value), _together(spoken)} - {""}
            if any(way in self.written for way in ways) or any(way in self.counted for way in ways):
                return True
            if not self.values.isdisjoint((value, *_day_said(value, self.case.today))):
                return True
        return False


def _day_said(value: str, today: str) -> tuple[str, ...]:
    """How a date is named without its number: by its weekday, as tomorrow, in so many days."""
    try:
        day = date.fromisoformat(value)
        ahead = (day - date.fromisoformat(today)).days
    except ValueError:
        return ()
    near = {0: ("today",), 1: ("tomorrow",)}.get(ahead, ())
    return (*near, f"in:P{ahead}D", f"weekday:{day.weekday()}")


def _together(text: str) -> str:
    """Small letters and figures alone, so that "P, B, 4 1" and "PB41" are the same."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return re.sub(r"[^a-z0-9]", "", plain)

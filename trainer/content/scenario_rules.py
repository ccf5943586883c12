"""Rules that hold between the parts of a scenario, each told at the place that an author has to change."""

from __future__ import annotations

from trainer.content.reading import Fields
from trainer.domain.scenario import Case, Condition


def check_case(f: Fields, case: Case) -> None:
    _check_ends(f, case)
    _check_model(f, case)
    _check_identity(f, case)
    _check_goals(f, case)
    _check_screen(f, case)
    _check_today(f, case)


def _wrong(f: Fields, name: str, message: str) -> None:
    (f.place(name) or f.node).wrong(message)


def _check_ends(f: Fields, case: Case) -> None:
    if case.ends and not any(end.success for end in case.ends):
        _wrong(f, "ends", "has no end that is a success: give one 'success: yes'")
    coded = {outcome for disposition in case.dispositions for outcome in disposition.right_for}
    for outcome in dict.fromkeys(end.outcome for end in case.ends):
        if case.dispositions and outcome not in coded:
            _wrong(f, "dispositions", f"has none that is right for the end {outcome!r}")
    if any(end.outcome == "transferred" for end in case.ends) and not case.transfer_to:
        _wrong(f, "ends", "has an end 'transferred', but 'transfer_to' names no department")


def _check_model(f: Fields, case: Case) -> None:
    said = {line.at for line in case.model}
    if not case.model:
        return
    needed = ["opening", "closing"]
    needed += [f"goal:{goal.id}" for goal in case.goals if goal.required]
    needed += [f"objection:{objection.id}" for objection in case.objections]
    for place in needed:
        if place not in said:
            _wrong(f, "model", f"says nothing at {place!r}")


def _check_identity(f: Fields, case: Case) -> None:
    if not case.identity_needed:
        return
    if sum(field.identity for field in case.record) < 2:
        _wrong(f, "record", "needs at least two fields with 'identity: yes', as an identity check is needed")
    if sum(topic.identity for topic in case.topics) < 2:
        _wrong(f, "topics", "needs at least two topics with 'identity: yes', as an identity check is needed")


def _check_goals(f: Fields, case: Case) -> None:
    """No goal may wait, directly or not, for itself."""
    waits = {goal.id: {token.removeprefix("goal:") for token in goal.after} for goal in case.goals}
    for goal in waits:
        seen: set[str] = set()
        todo = set(waits[goal])
        while todo:
            name = todo.pop()
            if name in waits and name not in seen:
                seen.add(name)
                todo |= waits[name]
        if goal in seen:
            _wrong(f, "goals", f"{goal!r} waits for itself: look at 'after'")
            return


def _check_screen(f: Fields, case: Case) -> None:
    fields = {field.id for field in case.form}
    conditions: list[Condition] = [c for goal in case.goals for c in goal.met_by]
    for token in sorted({token for condition in conditions for token in condition.screen}):
        kind, _, name = token.partition(":")
        if kind == "field" and name not in fields:
            _wrong(f, "goals", f"waits for {token!r}, but the form has no field {name!r}")


def _check_today(f: Fields, case: Case) -> None:
    if not case.today and any(fact.kind == "date" for fact in case.facts):
        _wrong(f, "facts", "has dates: give 'today', the day on which the call happens")

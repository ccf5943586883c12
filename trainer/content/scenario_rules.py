"""Rules that hold between the parts of a scenario, each told at the place that an author has to change."""

from __future__ import annotations

from trainer.content.reading import Fields
from trainer.domain.grading.call_clarity import inside_words_in
from trainer.domain.scenario import Case, Condition


def check_case(f: Fields, case: Case) -> None:
    _check_ends(f, case)
    _check_model(f, case)
    _check_identity(f, case)
    _check_goals(f, case)
    _check_screen(f, case)
    _check_today(f, case)
    _check_desk(f, case)
    _check_rubric(f, case)
    _check_inside_words(f, case)


def _wrong(f: Fields, name: str, message: str) -> None:
    (f.place(name) or f.node).wrong(message)


def _check_ends(f: Fields, case: Case) -> None:
    if case.ends and not any(end.success for end in case.ends):
        _wrong(f, "ends", "has no end that is a success: give one 'success: yes'")
    coded = {outcome for disposition in case.dispositions for outcome in disposition.right_for}
    for outcome in dict.fromkeys(end.outcome for end in case.ends):
        if case.dispositions and outcome not in coded:
            _wrong(f, "dispositions", f"has none that is right for the end {outcome!r}")
    departments = dict(case.transfer_to)
    for end in case.ends:
        if end.outcome == "transferred" and not departments:
            _wrong(f, "ends", "has an end 'transferred', but 'transfer_to' names no department")
        elif end.outcome == "transferred" and end.to not in departments:
            _wrong(f, "ends", f"an end 'transferred' needs 'to': one of {', '.join(departments)}")


def _check_model(f: Fields, case: Case) -> None:
    said = {line.at for line in case.model}
    if not case.model:
        return
    needed = ["opening", "closing"]
    needed += [f"goal:{goal.id}" for goal in case.goals if goal.required]
    needed += [f"objection:{objection.id}" for objection in case.objections]
    if any(end.outcome == "transferred" and end.success for end in case.ends):
        needed += ["transfer", "consult"]
        if len(case.ends) == 1:
            needed.remove("closing")
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


def _check_desk(f: Fields, case: Case) -> None:
    sheets = [sheet.id for sheet in case.sheets]
    for field in case.form:
        if field.sheet and field.sheet not in sheets:
            _wrong(f, "form", f"field {field.id!r} is on sheet {field.sheet!r}, but 'sheets' has none of that id")
    for sheet in case.sheets:
        if not any(_sheet_of(case, field.sheet) == sheet.id for field in case.form):
            _wrong(f, "sheets", f"{sheet.id!r} has no fields: give one of the form 'sheet: {sheet.id}'")
    if case.caller_is_holder not in ("yes", "no"):
        _wrong(f, "caller_is_holder", f"{case.caller_is_holder!r} must be yes or no")
    if not case.is_holder and not case.identity_needed:
        _wrong(
            f, "caller_is_holder", "is no: then the identity check is what the call is about; 'identity_needed: yes'"
        )
    if case.lookup == "search" and not case.record:
        _wrong(f, "lookup", "is search, but there is no record to be found")
    if case.waited_s and "{" not in case.waited_s and not case.waited_s.isdigit():
        _wrong(f, "waited_s", f"{case.waited_s!r} must be a number of seconds")


def _sheet_of(case: Case, sheet: str) -> str:
    """Fields that name no sheet are on the first."""
    return sheet or case.sheets[0].id


def _check_rubric(f: Fields, case: Case) -> None:
    """No criterion may be weighed that the call cannot come to, and none left out that it does."""
    weighs_objections = case.rubric.startswith("call-")
    if case.rubric and case.objections and not weighs_objections:
        _wrong(f, "rubric", f"{case.rubric!r} is for calls without objections, and this one has some; write call-1")
    elif case.rubric and not case.objections and weighs_objections:
        _wrong(f, "rubric", f"{case.rubric!r} weighs objections, and this call has none; write service-1")


def _check_inside_words(f: Fields, case: Case) -> None:
    """A word that the customer or the model says is no word of the house alone."""
    said = {"model": [line.text for line in case.model], "facts": [fact.say for fact in case.all_facts]}
    said["topics"] = [text for topic in case.topics for text in (*topic.answers, *topic.withheld)]
    said["small_talk"] = [*case.small_talk.opening, *case.small_talk.thanks]
    for place, texts in said.items():
        for word in inside_words_in(" / ".join(texts), case.inside_words):
            _wrong(
                f, "inside_words", f"{word!r} stands in {place!r}: what is said to or by a customer is no inside word"
            )

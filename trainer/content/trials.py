"""Trying a scenario before people do: every form of it is played with the scripted operators, in every language.

The model operator has to succeed, also after a bad start; the rude and the silent have to fail, the lazy and the parrot
must not get anywhere; and every call has to come to an end by itself. What goes wrong is told as a `Problem` at the
scenario's file, with the operator's line that was not understood where one is to blame.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from trainer.content.problems import Problem
from trainer.domain.dialogue.operators import OPERATORS, Played, Understand, play
from trainer.domain.dialogue.state import required_met
from trainer.domain.forms import open_case
from trainer.domain.scenario import Case, Scenario

HAS_TO_SUCCEED = ("model", "late_model")
SEEDS = 5


@dataclass(frozen=True, slots=True)
class Trial:
    """One call of one operator with one form."""

    language: str
    seed: int
    operator: str
    played: Played

    @property
    def as_wanted(self) -> bool:
        return self.played.success == (self.operator in HAS_TO_SUCCEED) and not self.played.stuck


def try_scenario(scenario: Scenario, understand: Understand, seeds: Sequence[int] = range(SEEDS)) -> Iterator[Trial]:
    """Play `scenario` in each of its languages, with each seed and operator."""
    for language in scenario.languages:
        for seed in seeds:
            case = open_case(scenario, language, seed)
            for name, operator in OPERATORS.items():
                yield Trial(language, seed, name, play(case, operator(), understand))


def problems_of(scenario: Scenario, trial: Trial) -> list[Problem]:
    """What this trial shows to be wrong with the scenario's content."""
    file = f"scenarios/{scenario.topic}/{scenario.slug}.yaml"
    case = open_case(scenario, trial.language, trial.seed)
    played, who = trial.played, f"{trial.language}, seed {trial.seed}, {trial.operator} operator"
    found = []
    if played.stuck:
        found.append(f"never came to an end: {_where(case, played)}")
    elif trial.operator in HAS_TO_SUCCEED and not played.success:
        found.append(f"must succeed, but ended as {played.outcome}: {_where(case, played)}")
    elif trial.operator not in HAS_TO_SUCCEED and played.success:
        found.append(f"must not succeed, but ended well as {played.outcome}")
    for line in sorted({line for line in _customer_lines(played) if _customer_lines(played).count(line) > 1}):
        found.append(f"the customer says the same line twice: {line!r}")
    if trial.operator == "model":
        found += _untrue(played) + _not_briefed(played)
    return [Problem(file, 1, "model" if trial.operator in HAS_TO_SUCCEED else "", f"{who}: {text}") for text in found]


def _where(case: Case, played: Played) -> str:
    """Where the call stood at its end, in the terms of the file."""
    state = played.state
    missing = [goal.id for goal in case.goals if goal.required and goal.id not in state.goals_met]
    parts = [f"goals not met: {', '.join(missing)}"] if missing else []
    if state.objections_open:
        parts.append(f"objections open: {', '.join(state.objections_open)}")
    if required_met(case, state.goals_met) and not state.objections_open:
        parts.append("everything was reached; look at the ends and what they need")
    said = [event.data["text"] for event in played.events if event.type == "operator_utterance"]
    return "; ".join(parts) + (f"; last said: {said[-1]!r}" if said else "")


def _customer_lines(played: Played) -> list[str]:
    return [str(event.data["text"]) for event in played.events if event.type == "customer_line"]


def _not_briefed(played: Played) -> list[str]:
    """What the colleague still asked for when the model operator had told them everything."""
    asides = [event for event in played.events if event.type == "aside_line"]
    if not asides or "takes" in asides[-1].data["marks"]:
        return []
    return [f"the colleague was not told enough by the model's 'consult' lines, and said {asides[-1].data['text']!r}"]


def _untrue(played: Played) -> list[str]:
    """A model line that is understood as false would teach the wrong thing and fail the learner who says it."""
    return [
        f"the model line {turn.text!r} is understood to say something untrue about {claim.fact!r} ({claim.quote!r})"
        for turn in played.turns
        for claim in turn.claims
        if claim.fact and claim.true is False
    ]

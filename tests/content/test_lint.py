"""What reads and plays and still cannot be right: told as a mistake where it is certain, as a warning where not."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask.testing import FlaskCliRunner

from tests.content.test_scenario_trials import by_rules
from tests.content.test_telephone_mistakes import RICHER
from tests.factories.scenarios import EXAMPLE, write_example
from trainer.cli.content import content
from trainer.content.lint import Lint, lint
from trainer.content.problems import Problem
from trainer.content.scenarios import load_scenario

FIELD = "  - {id: day, label: New day"
NEVER_ASKED = "  - id: phone\n    phrases:"
TRANSFER = (
    ("{outcome: resolved, needs: [new_day], success: yes}", "{outcome: transferred, needs: [new_day], success: yes, to: workshop}"),
    ("right_for: [resolved]", "right_for: [transferred]"),
    ("model:\n", "model:\n  - {at: transfer, say: I'm putting you through to the workshop.}\n"
     "  - {at: consult, say: 'I have {customer.name} here, the glasses are broken.'}\n"),
)  # fmt: skip


def look(folder: Path, *replaced: tuple[str, str], richer: bool = False) -> tuple[Lint, list[str]]:
    """The example with texts put in the place of others: what is found, and the lines of the file."""
    path = write_example(folder, {EXAMPLE: ('today: "{today}"\n', RICHER)} if richer else None)
    text = path.read_text(encoding="utf-8")
    for old, new in replaced:
        assert old in text
        text = text.replace(old, new, 1)
    path.write_text(text, encoding="utf-8")
    return lint(path, load_scenario(path), by_rules), text.splitlines()


def only(problems: tuple[Problem, ...]) -> Problem:
    (problem,) = problems
    assert problem.file == EXAMPLE
    return problem


def test_the_example_is_clean(tmp_path: Path) -> None:
    assert look(tmp_path)[0] == Lint((), ())


@pytest.mark.parametrize(
    ("kind", "truth"),
    [("reference", "ZX9174"), ("phone", "07700900999"), ("email", "b.okri@example.org"), ("name", "Ben Okri")],
)
def test_a_field_that_nobody_tells_is_a_mistake_when_it_cannot_be_worked_out(
    tmp_path: Path, kind: str, truth: str
) -> None:
    new = f"  - {{id: lost, label: Lost, type: {kind}, truth: '{truth}'}}\n{FIELD}"
    found, lines = look(tmp_path, (FIELD, new))
    problem = only(found.mistakes)
    assert f"'lost' can't be known: no topic, fact or line of the record tells {truth!r}" in problem.message
    assert "id: lost" in lines[problem.line - 1]


@pytest.mark.parametrize(("kind", "truth"), [("date", "{today+5d}"), ("money", "31.50"), ("address", "7 Mill Lane")])
def test_a_field_that_nobody_tells_is_a_warning_when_it_may_be_worked_out(
    tmp_path: Path, kind: str, truth: str
) -> None:
    new = f"  - {{id: lost, label: Lost, type: {kind}, truth: '{truth}'}}\n{FIELD}"
    found, lines = look(tmp_path, (FIELD, new))
    assert found.mistakes == ()
    problem = only(found.warnings)
    assert "'lost' may not be known" in problem.message
    assert "id: lost" in lines[problem.line - 1]


@pytest.mark.parametrize(
    ("kind", "truth", "told"),
    [
        ("reference", "ZX9174", "It's Z, X, 9, 1, 7, 4."),
        ("email", "b.okri@example.org", "b dot okri at example dot org."),
        ("email", "b.okri@example.org", "b, dot, o, k, r, i, at, example, dot, org."),
        ("money", "31.50", "They took thirty-one pounds fifty."),
        ("date", "{today+5d}", "It was to be on {today+5d|weekday}."),
        ("address", "113 Mill Lane", "One hundred and thirteen, Mill Lane."),
    ],
)
def test_a_field_is_known_when_the_customer_tells_it_in_speech(
    tmp_path: Path, kind: str, truth: str, told: str
) -> None:
    new = f"  - {{id: lost, label: Lost, type: {kind}, truth: '{truth}'}}\n{FIELD}"
    assert look(tmp_path, (FIELD, new), ("A colleague's off sick, so I'm driving.", told))[0] == Lint((), ())


@pytest.mark.parametrize("rule", ["told:times", "told:phone", "identified", "firm_no:waits", "consulted"])
def test_a_topic_is_never_told_when_what_keeps_it_back_cannot_come_about(tmp_path: Path, rule: str) -> None:
    circle = ("    effects: {trust: 1}", "    only_if: told:phone")
    found, lines = look(tmp_path, circle, (NEVER_ASKED, f'  - id: phone\n    only_if: "{rule}"\n    phrases:'))
    problem = next(p for p in found.mistakes if "'phone' is never told" in p.message)
    assert f"{rule!r} can't come about" in problem.message
    assert "id: phone" in lines[problem.line - 1]


def test_a_topic_is_a_warning_when_its_own_phrases_do_not_get_it_told(tmp_path: Path) -> None:
    """A phrase without a word fits every question: what is asked of another topic is taken for this one."""
    old = "phrases: [when would suit you, which times suit you, when are you free]"
    found, lines = look(tmp_path, (old, 'phrases: ["...", "!!"]'))
    assert found.mistakes == ()
    problem = next(p for p in found.warnings if "'phone'" in p.message)
    assert "is not told to an operator who asks in its own phrases" in problem.message
    assert "id: phone" in lines[problem.line - 1]


def test_a_transfer_without_a_briefing_is_told_when_a_colleague_waits_for_one(tmp_path: Path) -> None:
    found, lines = look(tmp_path, *TRANSFER, richer=True)
    problem = only(found.mistakes)
    assert "is reached without a word to the colleague: add 'consulted' to its needs" in problem.message
    assert "outcome: transferred" in lines[problem.line - 1]
    briefed, _ = look(tmp_path, *TRANSFER, ("needs: [new_day], success", "needs: [new_day, consulted], success"), richer=True)  # fmt: skip
    assert briefed.mistakes == ()


def test_the_check_fails_for_a_mistake_and_only_speaks_of_a_warning(runner: FlaskCliRunner, tmp_path: Path) -> None:
    for kind, truth, code, said in (
        ("date", "{today+5d}", 0, f"warning: {EXAMPLE}:"),
        ("reference", "ZX9174", 1, ": 1 mistake in 6 calls"),
    ):
        path = write_example(tmp_path, {EXAMPLE: (FIELD, f"  - {{id: lost, label: Lost, type: {kind}, truth: '{truth}'}}\n{FIELD}")})  # fmt: skip
        result = runner.invoke(content, ["check", str(path), "--seeds", "1"])
        assert result.exit_code == code, result.output
        assert said in result.output


def test_an_inside_word_that_stands_nowhere_on_the_screen_is_a_warning(tmp_path: Path) -> None:
    found, lines = look(tmp_path, ("difficulty: 1\n", "difficulty: 1\ninside_words: [Next free, TRO]\n"))
    assert found.mistakes == ()
    problem = only(found.warnings)
    assert "'TRO' stands nowhere on the operator's screen" in problem.message
    assert lines[problem.line - 1].startswith("inside_words")

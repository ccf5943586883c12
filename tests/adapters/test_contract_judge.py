"""What every judge promises. How the real one speaks HTTP is in test_judge.py."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from tests.adapters.chat_server import Answer, answers, chat_server
from tests.fakes import ScriptedJudge
from trainer.adapters.judge import ChatJudge
from trainer.ports import EngineUnavailable, Judge, JudgeAnswer

PORT = Judge
ADAPTERS = (ChatJudge, ScriptedJudge)
REPLY = "Je comprends que 14 € de plus vous contrarient. Je peux l'annuler aujourd'hui."
QUESTIONS = {"offers_step": "Does it offer a step?", "hurts": "Does it mock?", "timed_step": "Does it say when?"}
Told = Callable[..., Judge]


@pytest.fixture(params=ADAPTERS)
def told(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[Told]:
    """told(check=(answer, quote), ...): a judge that will say this; told() fails."""
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    with chat_server() as server:

        def make(**said: tuple[str, str]) -> Judge:
            if request.param is ScriptedJudge:
                return ScriptedJudge(said, unavailable="" if said else "it is down")
            server.script = [answers(*((check, *rest) for check, rest in said.items())) if said else Answer(status=500)]
            return ChatJudge(server.url, "m", tries=2, pause=0.0)

        yield make


def ask(judge: Judge) -> list[JudgeAnswer]:
    return list(judge.answer(REPLY, "The fee is 14 €.", QUESTIONS, language="fr"))


def test_each_question_is_answered_once_and_in_order(told: Told) -> None:
    judge = told(timed_step=("yes", "aujourd'hui"), offers_step=("yes", "Je peux l'annuler"), unasked=("yes", "Je"))
    assert ask(judge) == [
        JudgeAnswer("offers_step", "yes", "Je peux l'annuler"),
        JudgeAnswer("hurts", "undecided", ""),
        JudgeAnswer("timed_step", "yes", "aujourd'hui"),
    ]
    assert judge.name


@pytest.mark.parametrize("answer", ["yes", "no"])
@pytest.mark.parametrize("quote", ["je vous rembourse", "Je peux l'annu", "JE PEUX", "Je … aujourd'hui", "."])
def test_an_answer_counts_for_nothing_when_its_quote_is_not_in_the_reply(told: Told, answer: str, quote: str) -> None:
    assert ask(told(offers_step=(answer, quote)))[0] == JudgeAnswer("offers_step", "undecided", "")


def test_yes_needs_words_and_no_may_have_none(told: Told) -> None:
    assert [a.answer for a in ask(told(offers_step=("yes", ""), hurts=("no", "")))[:2]] == ["undecided", "no"]


def test_the_quote_comes_back_as_it_stands_in_the_reply(told: Told) -> None:
    assert ask(told(offers_step=("yes", " « l’annuler   aujourd’hui » ")))[0].quote == "l'annuler aujourd'hui"


@pytest.mark.parametrize("answer", ["undecided", "maybe", "", "true"])
def test_what_is_neither_yes_nor_no_is_undecided_and_quotes_nothing(told: Told, answer: str) -> None:
    assert ask(told(offers_step=(answer, "Je peux")))[0] == JudgeAnswer("offers_step", "undecided", "")


def test_a_judge_that_fails_is_unavailable(told: Told) -> None:
    with pytest.raises(EngineUnavailable):
        ask(told())

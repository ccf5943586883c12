"""A second opinion on replies: what a judge is asked, and what happens when it fails."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor

from trainer.domain.grade import ReplyGrade
from trainer.domain.grading.reply_input import ReplyInput
from trainer.domain.grading.reply_judged import Opinion, merge_opinions, questions_about
from trainer.domain.grading.rubric import ReplyRubric
from trainer.language.reply import ReplyRow
from trainer.ports import EngineUnavailable, Judge

AT_ONCE = 4
"""Replies that are with the judge at the same time."""
FAILURES_IN_A_ROW = 3
"""After so many the judge is asked no more: a thousand replies do not wait for a server that is down."""


class ReplyJudging:
    """Asks a judge about graded replies. Where it fails the rules' grade stands; `on_failure` hears of it once."""

    def __init__(self, judge: Judge, on_failure: Callable[[EngineUnavailable], None]) -> None:
        self.judge = judge
        self._on_failure = on_failure
        self._lock = threading.Lock()
        self._in_a_row = 0
        self._told = False

    def revise(
        self,
        rows: Sequence[ReplyRow],
        measured: Sequence[ReplyInput],
        grades: Sequence[ReplyGrade],
        rubric: ReplyRubric,
    ) -> Iterator[ReplyGrade]:
        """The grades with the judge's opinions taken in, in order, each as soon as it is known.

        All three sequences are of the same replies.
        """

        def revised(row: ReplyRow, reply: ReplyInput, grade: ReplyGrade) -> ReplyGrade:
            return merge_opinions(grade, reply, self._opinions(row, reply, rubric), rubric)

        with ThreadPoolExecutor(AT_ONCE, thread_name_prefix="judge") as pool:
            yield from pool.map(revised, rows, measured, grades)

    def _opinions(self, row: ReplyRow, reply: ReplyInput, rubric: ReplyRubric) -> list[Opinion]:
        questions = questions_about(reply, rubric)
        if not questions or self._in_a_row >= FAILURES_IN_A_ROW:
            return []
        context = f"What the operator knew: {row.situation}\nWhat the customer said: {row.customer}"
        try:
            answers = self.judge.answer(reply.reply, context, questions, language=reply.language)
        except EngineUnavailable as error:
            self._failed(error)
            return []
        with self._lock:
            self._in_a_row = 0
        return [Opinion(a.check, a.answer, a.quote) for a in answers]

    def _failed(self, error: EngineUnavailable) -> None:
        with self._lock:
            self._in_a_row += 1
            first, self._told = not self._told, True
        if first:
            self._on_failure(error)

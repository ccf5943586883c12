"""A reply's grade compared with a second opinion: a judge can make a criterion surer or send it to a person, no more.

Levels, overall and critical error stay those of the rules. Where rules and judge plainly contradict each other about an
atomic check, the check is undecided, and so is every criterion that it counts in.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from trainer.domain.grade import REPLY_CRITERIA, ReplyEvidence, ReplyGrade
from trainer.domain.grading.reply import SHOWN_FROM, decide_error
from trainer.domain.grading.reply_input import ReplyInput
from trainer.domain.grading.reply_questions import questions_of
from trainer.domain.grading.rubric import ReplyRubric

ABSENT_TO = 0.25
"""Up to this value the rules say no; between it and `SHOWN_FROM` they say neither, and nothing can contradict them."""
AGREEMENT = 0.1
"""What agreement about every check adds to the confidence."""
DISAGREEMENT = 0.3
"""What disagreement about every check takes from it."""
INJECTION = "injection_attempt"


@dataclass(frozen=True, slots=True)
class Opinion:
    """What a judge says of one check: "yes", "no" or "undecided", with words of the reply ("" where none show it)."""

    check: str
    answer: str
    quote: str


def questions_about(reply: ReplyInput, rubric: ReplyRubric) -> dict[str, str]:
    """What to ask a judge about this reply (check id -> question); nothing where a judge is of no use.

    An empty reply holds no evidence. A reply in which the rules see an order to the grader, were it only perhaps, is
    kept from the judge: the rules report it, and an answer given under orders is worth nothing.
    """
    order = min(error.doubtful_from for error in rubric.errors if error.id == INJECTION)
    if not reply.reply or any(s.error == INJECTION and s.certainty >= order for s in reply.suspicions):
        return {}
    return questions_of(rubric)


def rules_answer(value: float) -> str:
    """The rules' answer to a check that holds by `value` (0 to 1): "yes", "no", or "undecided" between."""
    if value >= SHOWN_FROM:
        return "yes"
    return "no" if value <= ABSENT_TO else "undecided"


def compared(reply: ReplyInput, opinions: Sequence[Opinion]) -> dict[str, str]:
    """Check id -> "yes" or "no" where rules and judge say the same, "undecided" where they contradict each other.

    Checks of which either says nothing clear are left out, and so are opinions that do not quote the reply. A "no" may
    agree without words, but whoever contradicts has to show the words.
    """
    values = {finding.check: finding.value for finding in reply.findings}
    answers: dict[str, str] = {}
    for opinion in opinions:
        rules = rules_answer(values.get(opinion.check, 0.0))
        if rules == "undecided" or opinion.answer not in ("yes", "no") or opinion.quote not in reply.reply:
            continue
        if opinion.quote or rules == opinion.answer == "no":
            answers[opinion.check] = rules if rules == opinion.answer else "undecided"
    return answers


def merge_opinions(
    grade: ReplyGrade, reply: ReplyInput, opinions: Sequence[Opinion], rubric: ReplyRubric
) -> ReplyGrade:
    """The rules' grade with a judge's opinions taken in. No opinions: the same grade."""
    answers = compared(reply, opinions)
    disputed = {check for check, answer in answers.items() if answer == "undecided"}
    if not answers:
        return grade
    unsure = {c.id for c in rubric.criteria if any(check.id in disputed for check in c.checks)}
    return replace(
        grade,
        confidence=_confidence(grade, reply, answers, rubric),
        undecided=tuple(id for id in REPLY_CRITERIA if id in unsure or id in grade.undecided),
        evidence=(*grade.evidence, *_evidence(opinions, disputed, rubric)),
    )


def _confidence(grade: ReplyGrade, reply: ReplyInput, answers: Mapping[str, str], rubric: ReplyRubric) -> float:
    """A critical error, certain or suspected, is not the judge's: agreement adds nothing beside one."""
    asked = len(questions_of(rubric)) or 1
    disputed = sum(answer == "undecided" for answer in answers.values())
    change = -DISAGREEMENT * disputed / asked
    error, doubts = decide_error(reply, rubric)
    if error is None and not doubts:
        change += AGREEMENT * (len(answers) - disputed) / asked
    most = max(grade.confidence, min(1.0, reply.recognition))
    return round(min(most, max(0.0, grade.confidence + change)), 2)


def _evidence(opinions: Sequence[Opinion], disputed: set[str], rubric: ReplyRubric) -> tuple[ReplyEvidence, ...]:
    """What the judge says against the rules, for the person who decides."""
    said = {opinion.check: opinion for opinion in opinions}
    return tuple(
        ReplyEvidence(criterion.id, said[check.id].quote, f"{check.id}:judge/{said[check.id].answer}")
        for criterion in rubric.criteria
        for check in criterion.checks
        if check.id in disputed
    )

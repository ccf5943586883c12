"""The ids of the job: what is taught, simulated, examined and certified refers to them.

G general, K knowledge, IN and OUT duties on inbound and outbound calls, R rights, L responsibility, E evaluation, F final
provisions, Q requirements of the person, C the centre around the work; the seven fundamental errors (ERR1 to ERR7) and
the types of objections by name. Their texts are content (courses/documents/job-description.yaml).
"""

from __future__ import annotations

from trainer.domain.scenario import DUTIES, OBJECTION_TYPES


def _ids(letters: str, last: int) -> tuple[str, ...]:
    return tuple(f"{letters}{number}" for number in range(1, last + 1))


GENERAL = _ids("G", 4)
KNOWLEDGE = _ids("K", 9)
RIGHTS = _ids("R", 5)
RESPONSIBILITY = _ids("L", 7)
EVALUATION = _ids("E", 5)
PROVISIONS = _ids("F", 2)
REQUIREMENTS = _ids("Q", 8)
"""Q1 clear speech and diction, Q2 kindness, patience, politeness, Q3 hearing the other person out, Q4 learning by oneself,
Q5 adaptability, Q6 computer skills and fast typing, Q7 self-control and emotional stability, Q8 languages and schooling
that a post may ask for."""
CENTRE = _ids("C", 5)
"""C1 history, C2 where operators work, C3 the technical centre, C4 remote work, C5 pay."""
ERRORS = _ids("ERR", 7)

TEACHABLE = (
    *GENERAL, *KNOWLEDGE, *DUTIES, *RIGHTS, *RESPONSIBILITY, *EVALUATION, *PROVISIONS, *REQUIREMENTS, *CENTRE, *ERRORS,
    *OBJECTION_TYPES,
)  # fmt: skip

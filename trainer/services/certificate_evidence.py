"""The calls behind a certificate: digests of what counted, and whether the store still holds exactly that."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from trainer.domain.credential import CountedCall, digest
from trainer.domain.errors import Conflict
from trainer.domain.ladder import ATTESTATION, CLEAN_CALLS, DELIVERY, SCENARIOS
from trainer.store import calls, careers
from trainer.store.careers import Decision

AGREES, DIFFERS, GONE = "agrees", "differs", "gone"


@dataclass(frozen=True, slots=True)
class CallEvidence:
    """A counted call: whether its log and its grade are what was counted. Each is one of the three words above."""

    id: str
    scenario: str
    events: str
    grade: str

    def as_json(self) -> dict[str, str]:
        return {"call": self.id, "scenario": self.scenario, "events": self.events, "grade": self.grade}


def _records(decision: Decision, *kinds: str) -> list[str]:
    return list(dict.fromkeys(r for gate in decision.gates if gate["kind"] in kinds for r in gate["records"]))


def attested_by(session: Session, decision: Decision) -> tuple[str, ...]:
    """Names of those whose words counted."""
    wanted = _records(decision, ATTESTATION)
    words = careers.attestations_of(session, [decision.user_id])
    return tuple(dict.fromkeys(word.by_name for word in words if word.public_id in wanted))


def counted_calls(session: Session, decision: Decision) -> tuple[CountedCall, ...]:
    """Digests of each counted call. Raises Conflict when a call or its grade is gone: its proof could not be given."""
    counted = []
    for public_id in _records(decision, SCENARIOS, CLEAN_CALLS, DELIVERY):
        call = calls.find_call(session, decision.organisation_id, public_id)
        grade = calls.latest_grade(session, call) if call else None
        if call is None or grade is None:
            raise Conflict("certificate.call_gone")
        counted.append(
            CountedCall(
                id=public_id,
                scenario=call.scenario,
                scenario_version=call.version,
                overall=grade.overall,
                events_sha256=digest([event.as_json() for event in calls.events_of(session, call)]),
                grade_sha256=digest(grade.grade),
            )
        )
    return tuple(counted)


def check_evidence(session: Session, organisation_id: int, record: Mapping[str, Any]) -> list[CallEvidence]:
    """Each counted call of a record against the store. A call that was graded again since still agrees by the grade
    that counted."""
    rows = []
    for counted in record["calls"]:
        call = calls.find_call(session, organisation_id, counted["id"])
        events = grade = GONE
        if call is not None:
            log = [event.as_json() for event in calls.events_of(session, call)]
            if log:
                events = AGREES if digest(log) == counted["events_sha256"] else DIFFERS
            grades = [digest(row.grade) for row in calls.grades_of(session, call)]
            grade = AGREES if counted["grade_sha256"] in grades else DIFFERS if grades else GONE
        rows.append(CallEvidence(counted["id"], counted["scenario"], events, grade))
    return rows

"""Holders are told by mail before their certificate ends, and when it has: 90, 30 and 7 days before, and at its end.

What is owed is found from rows, so a mail that did not go out goes out later; of several steps that were missed only the
newest is sent.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from trainer.store import certificate_reminders as store
from trainer.store.certificate_reminders import CertificateReminder

STEPS = (90, 30, 7, 0)
TOLD_AFTER = timedelta(days=14)
"""Who could not be told of the end by then is not told any more: they know."""


@dataclass(frozen=True, slots=True)
class Reminder:
    """A mail that is owed. `days_left` is 0 once the certificate has ended; `title` is the category's, by language."""

    certificate_id: int
    step: int
    name: str
    email: str
    language: str
    title: Mapping[str, str]
    number: str
    ends: datetime
    days_left: int
    verify_url: str


def owed(session: Session, now: datetime) -> list[Reminder]:
    """Every mail that is due now, the first to end first."""
    rows = store.ending(session, now - TOLD_AFTER, now + timedelta(days=max(STEPS)))
    told = store.reminded(session, [certificate.id for certificate, _person in rows])
    found = []
    for certificate, person in rows:
        assert certificate.valid_until is not None  # asked for by its end
        assert person.email is not None
        left = max(0, math.ceil((certificate.valid_until - now) / timedelta(days=1)))
        step = min(step for step in STEPS if left <= step)
        if (certificate.id, step) in told:
            continue
        record = json.loads(certificate.record)
        found.append(
            Reminder(
                certificate.id, step, person.name, person.email, person.language, record["category"]["title"],
                certificate.number, certificate.valid_until, left, record["verify_url"],
            )
        )  # fmt: skip
    return found


def told(session: Session, reminders: Iterable[Reminder], now: datetime) -> None:
    """Remember that these mails went out."""
    for one in reminders:
        try:
            session.add(CertificateReminder(certificate_id=one.certificate_id, days=one.step, at=now))
            session.commit()
        except IntegrityError:  # another process told them at the same moment
            session.rollback()

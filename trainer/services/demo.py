"""The demonstration organisation: believable people in every role, learners at the start, before and after a certificate."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from trainer.services import accounts
from trainer.store.accounts import find_organisation

ORGANISATION = "Aubrac Contact"
PASSWORD = "call-me-tomorrow"  # noqa: S105  (told to whoever starts the demonstration)


@dataclass(frozen=True, slots=True)
class DemoPerson:
    name: str
    email: str
    roles: tuple[str, ...]
    language: str


PEOPLE = (
    DemoPerson("Nora Haddad", "nora@demo.example", ("learner",), "en"),
    DemoPerson("Théo Lefèvre", "theo@demo.example", ("learner",), "fr"),
    DemoPerson("Amina Diallo", "amina@demo.example", ("learner",), "fr"),
    DemoPerson("Maeve Sullivan", "maeve@demo.example", ("supervisor", "trainer"), "en"),
    DemoPerson("Élise Marchand", "elise@demo.example", ("teacher",), "fr"),
    DemoPerson("Kwame Boateng", "kwame@demo.example", ("hr",), "en"),
    DemoPerson("Ines Carvalho", "ines@demo.example", ("admin",), "en"),
)


def load_demo(session: Session, now: datetime) -> bool:
    """Make the organisation and its people; False when it is there already."""
    if find_organisation(session, ORGANISATION):
        return False
    organisation = accounts.add_organisation(session, ORGANISATION, "en", now)
    for person in PEOPLE:
        accounts.add_user(
            session,
            organisation,
            name=person.name,
            email=person.email,
            roles=person.roles,
            language=person.language,
            password=PASSWORD,
            now=now,
        )
    return True

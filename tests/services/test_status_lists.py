"""Status lists: a place that tells nothing, a signed file that shows a revocation, and lists that are owed."""

from __future__ import annotations

import json
import threading
from dataclasses import replace

import pytest

from tests.factories.accounts import NOW, make_user
from tests.factories.careers import PLACE, granted_decision, issued_certificate, make_team
from trainer.domain.credential import REPLACED
from trainer.domain.errors import NotFound
from trainer.domain.status_list import ENTRIES, is_set
from trainer.extensions import db
from trainer.ports import KeyRefused
from trainer.services import status_lists
from trainer.services.certificates import issue_certificate, revoke_certificate
from trainer.store import status_lists as store
from trainer.store.certificates import CertificateFact
from trainer.store.status_lists import StatusEntry, StatusList


@pytest.fixture
def team(session):
    return make_team(session)


@pytest.fixture
def certificate(session, ports, team, monkeypatch):
    return issued_certificate(session, ports, team, monkeypatch)


def read(session, ports, team, number: int = 1) -> dict:
    return json.loads(status_lists.status_file(session, ports, team.organisation.public_id, number, "json", NOW))


def place_of(certificate) -> int:
    return int(json.loads(certificate.credential)["credentialStatus"]["statusListIndex"])


def test_a_credential_names_its_place_in_a_signed_list(session, ports, team, certificate):
    entry = json.loads(certificate.credential)["credentialStatus"]
    assert entry["type"] == "BitstringStatusListEntry"
    assert entry["statusPurpose"] == "revocation"
    url = f"https://trainer.example/issuer/{team.organisation.public_id}/status/1"
    assert entry["statusListCredential"] == url
    document = read(session, ports, team)
    assert document["id"] == url
    assert document["type"] == ["VerifiableCredential", "BitstringStatusListCredential"]
    assert ports.signer.check_proof(document).startswith(document["issuer"] + "#z6Mk")
    token = status_lists.status_file(session, ports, team.organisation.public_id, 1, "jwt", NOW).decode()
    claims = json.loads(ports.signer.check(token)[0])
    assert claims["credentialSubject"] == document["credentialSubject"]
    assert (claims["iss"], claims["jti"]) == (document["issuer"], url)
    assert not is_set(document["credentialSubject"]["encodedList"], place_of(certificate))


def test_a_revocation_is_in_the_list_at_once(session, ports, team, certificate):
    revoke_certificate(session, ports, team.supervisor.actor, certificate.public_id, "Issued in error.", NOW)
    encoded = read(session, ports, team)["credentialSubject"]["encodedList"]
    assert [at for at in range(ENTRIES) if at % 997 == 0 and is_set(encoded, at) and at != place_of(certificate)] == []
    assert is_set(encoded, place_of(certificate))
    assert status_lists.sweep_lists(session, ports, NOW) == 0


def test_a_replaced_certificate_is_found_by_the_sweeper(session, ports, team, certificate):
    session.add(CertificateFact(certificate_id=certificate.id, kind=REPLACED, reason="", by_name="", at=NOW))
    session.commit()
    assert status_lists.sweep_lists(session, ports, NOW) == 1
    assert is_set(read(session, ports, team)["credentialSubject"]["encodedList"], place_of(certificate))
    assert status_lists.sweep_lists(session, ports, NOW) == 0


def test_a_revocation_stands_where_the_list_cannot_be_made_and_is_owed(session, ports, team, certificate):
    key = ports.signer.folder / "issuer-rsa.pem"
    key.chmod(0o644)
    revoke_certificate(session, ports, team.supervisor.actor, certificate.public_id, "Issued in error.", NOW)
    with pytest.raises(KeyRefused):
        status_lists.sweep_lists(session, ports, NOW)
    session.rollback()
    key.chmod(0o600)
    assert status_lists.sweep_lists(session, ports, NOW) == 1
    assert is_set(read(session, ports, team)["credentialSubject"]["encodedList"], place_of(certificate))


def test_a_lost_file_is_made_again_and_an_unknown_list_is_not(session, ports, team, certificate):
    for form in status_lists.FORMS:
        ports.files.delete(f"status/{team.organisation.public_id}-1.{form}")
    assert read(session, ports, team)["type"]
    for organisation, number, form in (
        (team.organisation.public_id, 2, "json"), ("nobody", 1, "json"), ("../../keys", 1, "json"),
        ("é", 1, "json"), (team.organisation.public_id, 1, "pem"), ("x" * 300, 1, "json"),
    ):  # fmt: skip
        with pytest.raises(NotFound):
            status_lists.status_file(session, ports, organisation, number, form, NOW)


def test_places_are_drawn_without_order_and_never_twice(session, ports, team, certificate, monkeypatch):
    drawn = iter([place_of(certificate), place_of(certificate), 77])
    monkeypatch.setattr("trainer.services.status_lists.secrets.randbelow", lambda _below: next(drawn))
    row, position = status_lists.draw_place(session, team.organisation.id, json.loads(certificate.record)["issuer"])
    assert (row.number, position) == (1, 77)
    monkeypatch.undo()
    places = [status_lists.draw_place(session, team.organisation.id, row.issuer)[1] for _ in range(60)]
    assert places != sorted(places)
    assert max(places) - min(places) > ENTRIES // 2


def test_a_place_that_somebody_takes_meanwhile_is_drawn_again(session, ports, team, certificate, monkeypatch):
    other = replace(team, learner=make_user(session, team.organisation, name="Ana Petrova"))
    decision = granted_decision(session, other, monkeypatch)
    drawn = iter([place_of(certificate), 77])
    monkeypatch.setattr("trainer.services.status_lists.secrets.randbelow", lambda _below: next(drawn))
    monkeypatch.setattr(store, "is_taken", lambda *_: False)
    second = issue_certificate(session, ports, team.supervisor.actor, decision.public_id, PLACE, NOW)
    assert place_of(second) == 77


def test_a_full_list_and_another_address_begin_a_new_one(session, ports, team, certificate, monkeypatch):
    issuer = json.loads(certificate.record)["issuer"]
    other, _ = status_lists.draw_place(session, team.organisation.id, "https://elsewhere.example/issuer/x")
    assert other.number == 2
    assert status_lists.list_url(other) == "https://elsewhere.example/issuer/x/status/2"
    again, _ = status_lists.draw_place(session, team.organisation.id, issuer)
    assert again.number == 1
    monkeypatch.setattr(status_lists, "FULL", 1)
    third, _ = status_lists.draw_place(session, team.organisation.id, issuer)
    assert third.number == 3
    assert session.query(StatusList).count() == 3
    assert session.query(StatusEntry).count() == 1
    assert store.lists_of(session, team.stranger.organisation_id) == []


def test_two_who_publish_at_once_leave_the_later_state(app, ports, team, session, certificate, monkeypatch):
    """The first one is held up after it read the rows; the second revokes meanwhile and has to wait for it."""
    publishing, actor, which = threading.Event(), team.supervisor.actor, certificate.public_id
    organisation, real = team.organisation.public_id, store.withdrawn_positions

    def slow(held_session, list_id, now):
        positions = real(held_session, list_id, now)
        publishing.set()
        threading.Event().wait(0.3)
        return positions

    def revoke() -> None:
        publishing.wait(5)
        monkeypatch.setattr(store, "withdrawn_positions", real)
        with app.app_context():
            revoke_certificate(db.session, ports, actor, which, "Issued in error.", NOW)

    session.commit()
    thread = threading.Thread(target=revoke)
    thread.start()
    monkeypatch.setattr(store, "withdrawn_positions", slow)
    status_lists.publish_list(session, ports, store.list_of_certificate(session, certificate.id), NOW)
    thread.join()
    document = json.loads(status_lists.status_file(session, ports, organisation, 1, "json", NOW))
    assert is_set(document["credentialSubject"]["encodedList"], place_of(certificate))
    assert status_lists.sweep_lists(session, ports, NOW) == 0

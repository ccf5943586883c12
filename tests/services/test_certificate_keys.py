"""Keys: both at the first start, never a new one in silence, and a rotation that spoils nothing."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.factories.accounts import NOW, make_user
from tests.factories.careers import CATEGORY, NOTE, PLACE, issued_certificate, make_team, ready_learner
from trainer.ports import KeyRefused
from trainer.services import category_decisions, certificates
from trainer.services.certificate_checks import check_file
from trainer.services.certificate_files import badge_bytes, document_bytes
from trainer.services.certificate_keys import issuer_document, ready_keys, rotate_keys
from trainer.store.certificates import Certificate

ISSUER = "https://trainer.example/issuer/x"


@pytest.fixture
def team(session):
    return make_team(session)


@pytest.fixture
def certificate(session, ports, team, monkeypatch):
    return issued_certificate(session, ports, team, monkeypatch)


def test_the_first_start_makes_both_keys(session, ports):
    document = issuer_document(session, ports, ISSUER, "Centre")
    assert [method["type"] for method in document["verificationMethod"]] == ["Multikey", "JsonWebKey"]
    assert {method["controller"] for method in document["verificationMethod"]} == {ISSUER}
    assert issuer_document(session, ports, ISSUER, "Centre") == document


@pytest.mark.parametrize("name", ["issuer.pem", "issuer-rsa.pem"])
def test_a_missing_key_is_an_error_once_it_has_signed(session, ports, team, certificate, name):
    path = ports.signer.folder / name
    path.rename(path.with_suffix(".away"))
    for act in (
        lambda: ready_keys(session, ports),
        lambda: issuer_document(session, ports, ISSUER, "Centre"),
        lambda: rotate_keys(session, ports, NOW),
    ):
        with pytest.raises(KeyRefused, match="is missing"):
            act()
    assert not path.exists()
    path.with_suffix(".away").rename(path)
    assert ready_keys(session, ports).missing_keys() == []


def test_nothing_is_issued_while_a_key_is_missing(session, ports, team, certificate, monkeypatch):
    (ports.signer.folder / "issuer.pem").unlink()
    before = session.query(Certificate).count()
    other = replace(team, learner=make_user(session, team.organisation, name="Ana Petrova"))
    ready_learner(session, other, monkeypatch)
    category_decisions.attest(session, other.supervisor.actor, other.learner.public_id, CATEGORY, NOTE, NOW)
    decision = category_decisions.decide_category(
        session, other.supervisor.actor, other.learner.public_id, CATEGORY, NOW
    )
    with pytest.raises(KeyRefused, match="put its file back"):
        certificates.issue_certificate(session, ports, other.supervisor.actor, decision.public_id, PLACE, NOW)
    session.rollback()
    assert session.query(Certificate).count() == before
    assert not (ports.signer.folder / "issuer.pem").exists()


def test_the_second_key_is_made_where_certificates_are_of_the_first_form_only(session, ports, team, certificate):
    session.execute(Certificate.__table__.update().values(proof=None))
    session.commit()
    first = ports.signer.public_keys()[0]
    (ports.signer.folder / "issuer-rsa.pem").unlink()
    assert ready_keys(session, ports).missing_keys() == []
    assert ports.signer.public_keys()[0] == first


def test_after_a_rotation_old_and_new_certificates_verify(session, ports, team, certificate):
    before = issuer_document(session, ports, ISSUER, "Centre")["assertionMethod"]
    rotate_keys(session, ports, NOW)
    after = issuer_document(session, ports, ISSUER, "Centre")["assertionMethod"]
    assert len(after) == 4
    assert set(after[2:]) == set(before)
    for data in (document_bytes(certificate), badge_bytes(certificate), certificate.jwt.encode()):
        assert check_file(session, ports, data, NOW).state == "valid"


def test_a_key_that_is_lost_for_good_is_given_up_only_by_name(session, ports, team, certificate):
    (ports.signer.folder / "issuer.pem").unlink()
    rotate_keys(session, ports, NOW, lost=True)
    assert check_file(session, ports, badge_bytes(certificate), NOW).problems == ("signature",)
    assert check_file(session, ports, certificate.jwt.encode(), NOW).state == "valid"

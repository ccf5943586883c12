"""Issuing, revoking and checking on a real database, a real key and real paper."""

from __future__ import annotations

import base64
import json
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest

from tests.factories.accounts import NOW, make_user
from tests.factories.careers import (
    CATEGORY,
    PLACE,
    granted_decision,
    issued_certificate,
    make_team,
    ready_learner,
    with_paper,
)
from trainer.adapters.signing import IssuerSigner
from trainer.domain.credential import digest
from trainer.domain.errors import Conflict, Invalid, NotAllowed, NotFound
from trainer.ports import KeyRefused
from trainer.services import category_decisions, certificates, printed_names
from trainer.services.certificate_checks import check_file, check_token
from trainer.services.certificate_files import (
    document_bytes,
    document_of,
    pdf_key,
    pdf_of,
    record_of,
    render_pdf,
    sweep_certificates,
)
from trainer.services.certificate_keys import issuer_document
from trainer.services.certificate_remote import check_address
from trainer.store import calls
from trainer.store import certificates as store
from trainer.store.audit import list_entries


@pytest.fixture
def team(session):
    return make_team(session)


@pytest.fixture
def certificate(session, ports, team, monkeypatch):
    return issued_certificate(session, ports, team, monkeypatch)


def changed(certificate, *path: str, value: object) -> bytes:
    document = json.loads(document_bytes(certificate))
    place = document
    for key in path[:-1]:
        place = place[int(key)] if isinstance(place, list) else place[key]
    place[path[-1]] = value
    return json.dumps(document).encode()


def test_a_certificate_states_what_was_decided_and_the_proof_of_each_call(session, team, certificate):
    record = record_of(certificate)
    assert record["holder"] == "Zoé Ångström-O’Neill"
    assert record["valid_until"] == "2028-11-24T09:00:00Z"
    assert record["attested_by"] == ["Sam Okafor"]
    assert [(g["figure"], g["threshold"]) for g in record["gates"]] == [(1, 1), (2, 2), (2, 2), (1, 1)]
    for counted in record["calls"]:
        call = calls.find_call(session, team.organisation.id, counted["id"])
        events = [event.as_json() for event in calls.events_of(session, call)]
        assert counted["events_sha256"] == digest(events)
        assert counted["grade_sha256"] == digest(calls.latest_grade(session, call).grade)
    assert len(record["calls"]) == 2
    assert team.learner.email not in document_bytes(certificate).decode()
    assert list_entries(session, team.organisation.id)[0].action == "certificate.issued"


def test_the_address_of_a_certificate_cannot_be_guessed(certificate):
    assert len(base64.urlsafe_b64decode(certificate.token)) * 8 >= 128
    assert certificate.number not in certificate.token


def test_a_decision_is_issued_once(session, ports, team, certificate):
    (decision, *_), _ = category_decisions.history_of(session, team.learner)
    again = certificates.issue_certificate(session, ports, team.supervisor.actor, decision.public_id, PLACE, NOW)
    assert again is certificate


def test_two_granted_decisions_do_not_make_two_certificates(session, ports, team, monkeypatch):
    actor = team.supervisor.actor
    first = granted_decision(session, team, monkeypatch)
    second = category_decisions.decide_category(session, actor, team.learner.public_id, CATEGORY, NOW)
    certificates.issue_certificate(session, ports, actor, second.public_id, PLACE, NOW)
    with pytest.raises(Conflict):
        certificates.issue_certificate(session, ports, actor, first.public_id, PLACE, NOW)


def test_issuing_is_for_supervisors_over_others_and_for_granted_decisions(session, ports, team, monkeypatch):
    refused = category_decisions.decide_category(session, team.supervisor.actor, team.learner.public_id, CATEGORY, NOW)
    granted = granted_decision(session, team, monkeypatch)
    own_power = make_user(session, team.organisation, ("learner", "trainer", "hr", "teacher"))
    for actor, decision, error in (
        (team.supervisor.actor, refused, Conflict),
        (own_power.actor, granted, NotAllowed),
        (team.learner.actor, granted, NotAllowed),
        (team.stranger.actor, granted, NotFound),
    ):
        with pytest.raises(error):
            certificates.issue_certificate(session, ports, actor, decision.public_id, PLACE, NOW)
    team.learner.role_rows.append(type(team.supervisor.role_rows[0])(role="admin"))
    session.commit()
    with pytest.raises(NotAllowed):
        certificates.issue_certificate(session, ports, team.learner.actor, granted.public_id, PLACE, NOW)


def test_a_decision_stands_where_issuing_fails(session, ports, team, monkeypatch):
    ready_learner(session, team, monkeypatch)
    category_decisions.attest(session, team.supervisor.actor, team.learner.public_id, CATEGORY, "Ten letters.", NOW)
    person = team.learner.public_id
    ports.signer.make_keys()
    (ports.signer.folder / "issuer.pem").chmod(0o644)
    with pytest.raises(KeyRefused):
        certificates.decide_and_issue(session, ports, team.supervisor.actor, person, CATEGORY, PLACE, NOW)
    session.rollback()
    waiting = category_decisions.decision_to_issue(session, team.learner, CATEGORY)
    assert waiting is not None
    (ports.signer.folder / "issuer.pem").chmod(0o600)
    certificates.issue_certificate(session, ports, team.supervisor.actor, waiting.public_id, PLACE, NOW)
    assert category_decisions.decision_to_issue(session, team.learner, CATEGORY) is None


def test_a_call_erased_before_issuing_leaves_no_proof(session, ports, team, monkeypatch):
    decision = granted_decision(session, team, monkeypatch)
    call = calls.find_call(session, team.organisation.id, decision.gates[1]["records"][0])
    calls.erase_call(session, call)
    with pytest.raises(Conflict):
        certificates.issue_certificate(session, ports, team.supervisor.actor, decision.public_id, PLACE, NOW)


def test_what_was_issued_never_changes(session, team, certificate):
    before = certificate.record
    printed_names.set_printed_name(session, team.learner.actor, "Another Name", NOW)
    session.expire_all()
    assert certificate.record == before
    certificate.holder = "Another Name"
    with pytest.raises(store.ImmutableRow):
        session.flush()
    session.rollback()


def test_revoking_needs_the_role_a_reason_and_happens_once(session, ports, team, certificate):
    actor, which = team.supervisor.actor, certificate.public_id
    with pytest.raises(NotAllowed):
        certificates.revoke_certificate(session, ports, team.learner.actor, which, "Because of this.", NOW)
    with pytest.raises(NotFound):
        certificates.revoke_certificate(session, ports, team.stranger.actor, which, "Because of this.", NOW)
    with pytest.raises(Invalid):
        certificates.revoke_certificate(session, ports, actor, which, "  no ", NOW)
    certificates.revoke_certificate(session, ports, actor, which, "Because of this.", NOW)
    with pytest.raises(Conflict):
        certificates.revoke_certificate(session, ports, actor, which, "Because of that.", NOW)
    checked = check_token(session, certificate.token, NOW)
    assert (checked.state, checked.reason, checked.since) == ("revoked", "Because of this.", NOW)


@pytest.mark.parametrize(
    ("path", "value", "problem"),
    [
        (("record", "holder"), "Somebody Else", "record"),
        (("record", "gates", "0", "figure"), 9, "record"),
        (("record", "valid_until"), None, "record"),
        (("record", "issuer"), "https://evil.example/issuer/x", "record"),
        (("credential", "validUntil"), "2099-01-01T00:00:00Z", "credential"),
        (("credential", "@context"), ["https://evil.example"], "credential"),
        (("format",), "other/1", "format"),
        (("record",), [], "format"),
        (("jwt",), "eyJhbGciOiJub25lIn0.e30.", "signature"),
    ],
)
def test_any_change_in_the_json_is_found_out(session, ports, certificate, path, value, problem):
    checked = check_file(session, ports, changed(certificate, *path, value=value), NOW)
    assert checked.state == "not_genuine"
    assert problem in checked.problems
    assert checked.record is None


def test_every_changed_byte_of_the_signed_part_is_found_out(session, ports, certificate):
    head, payload, signature = certificate.jwt.split(".")
    for at in range(0, len(payload), 97):
        other = "A" if payload[at] != "A" else "B"
        forged = f"{head}.{payload[:at]}{other}{payload[at + 1 :]}.{signature}"
        assert check_file(session, ports, changed(certificate, "jwt", value=forged), NOW).state == "not_genuine"


def test_a_certificate_signed_elsewhere_is_not_ours(session, ports, certificate, tmp_path):
    claims = base64.urlsafe_b64decode(certificate.jwt.split(".")[1] + "==")
    evil = IssuerSigner(tmp_path / "evil", rsa_bits=2048)
    evil.make_keys()
    forged = evil.sign(claims, issuer=record_of(certificate)["issuer"])
    assert check_file(session, ports, changed(certificate, "jwt", value=forged), NOW).problems == ("signature",)


def test_a_certificate_signed_here_and_not_on_record_is_unknown(session, ports, certificate):
    claims = json.loads(base64.urlsafe_b64decode(certificate.jwt.split(".")[1] + "=="))
    jwt = ports.signer.sign(json.dumps(claims).encode(), issuer=claims["iss"])
    assert check_file(session, ports, jwt.encode(), NOW).state == "unknown"


@pytest.mark.parametrize(("days", "state"), [(-1, "not_yet_valid"), (0, "valid"), (729, "valid"), (731, "expired")])
def test_time_is_told_by_page_by_file_and_without_a_database(session, ports, certificate, days, state):
    now = NOW + timedelta(days=days)
    data = document_bytes(certificate)
    assert check_token(session, certificate.token, now).state == state
    assert check_file(session, ports, data, now).state == state
    assert check_file(None, ports, data, now).state == state
    assert check_file(None, ports, certificate.jwt.encode(), now).state == state


def test_the_paper_is_made_once_and_again_when_it_is_lost(session, ports, certificate):
    designs = Path(PLACE.designs)
    assert sweep_certificates(session, ports) == 1
    with_paper(session, ports, certificate)
    assert sweep_certificates(session, ports) == 0
    first = pdf_of(session, ports, certificate, "en", designs)
    assert pdf_of(session, ports, certificate, "en", designs) == first
    ports.files.delete(pdf_key(certificate, "en"))
    again = pdf_of(session, ports, certificate, "en", designs)
    for paper in (first, again, pdf_of(session, ports, certificate, "fr", designs)):
        assert check_file(session, ports, paper, NOW).state == "valid"


def test_a_paper_with_another_name_and_the_true_data_is_found_out(session, ports, certificate):
    with_paper(session, ports, certificate)
    lie = {**record_of(certificate), "holder": "Somebody Else"}
    design = Path(PLACE.designs) / "classic"
    forged = render_pdf(ports, lie, "en", design, document_bytes(certificate))
    checked = check_file(session, ports, forged, NOW)
    assert (checked.state, checked.problems) == ("not_genuine", ("page_differs",))
    assert checked.record["holder"] == "Zoé Ångström-O’Neill"


def test_a_paper_drawn_over_is_found_out_and_one_saved_again_is_not(session, ports, certificate):
    paper = pdf_of(session, ports, certificate, "en", Path(PLACE.designs))
    for over, state in ((b"", "valid"), (b"0 0 1 rg 100 100 300 50 re f", "not_genuine")):
        with pikepdf.open(BytesIO(paper)) as document:
            if over:
                document.pages[0].contents_add(pikepdf.Stream(document, over))
            out = BytesIO()
            document.save(out)
        assert check_file(session, ports, out.getvalue(), NOW).state == state


def test_another_sites_word_against_a_certificate_counts_and_not_its_word_for_it(session, ports, certificate):
    document = document_of(certificate)
    issuer, url = document["record"]["issuer"], document["record"]["verify_url"]
    keys = issuer_document(session, ports, issuer, "Centre")

    def ask(status: str, document: dict = document, address: str = url, **more: object):
        pages = {address: {"status": status, "certificate": document, **more}, issuer: keys}
        return check_address(ports, address, lambda at: json.dumps(pages[at]).encode(), NOW)[0]

    assert ask("valid").state == "valid"
    revoked = ask("revoked", since=NOW.isoformat(), reason="An error.")
    assert (revoked.state, revoked.reason) == ("revoked", "An error.")
    lie = json.loads(json.dumps(document))
    lie["record"]["holder"] = "Somebody Else"
    assert ask("valid", lie).state == "not_genuine"
    assert ask("valid", address="https://evil.example/v/abc").problems == ("issuer",)
    assert ask("valid", address="https://trainer.example/v/abc").problems == ("other_record",)
    assert check_address(ports, url, lambda _at: b'{"certificate": null}', NOW)[0].state == "unknown"
    for nonsense in (b"", b"[]", b"{}", b'{"certificate": {}}', b'{"certificate": 5}'):
        found = check_address(ports, url, lambda _at, body=nonsense: body, NOW)[0]
        assert found.state in {"unreadable", "unknown"}

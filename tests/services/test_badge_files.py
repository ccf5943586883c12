"""Every file that is handed out, checked as its reader would, and every way to change one."""

from __future__ import annotations

import base64
import json
import struct
import zlib
from collections.abc import Callable, Iterator
from datetime import timedelta
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete

from tests.factories.accounts import NOW, make_organisation
from tests.factories.careers import PLACE, issued_certificate, make_team
from trainer.domain.baking import bake_png, bake_svg
from trainer.domain.credential import canonical_json
from trainer.domain.errors import NotFound, TooLarge
from trainer.domain.open_badge import jwt_claims
from trainer.services.badge_pictures import achievement_picture, baked_badge
from trainer.services.certificate_checks import Issuer, check_file
from trainer.services.certificate_files import badge_bytes, document_bytes, pdf_of, proved_badge, record_of
from trainer.services.certificate_keys import issuer_document
from trainer.services.certificate_remote import read_issuer
from trainer.services.certificates import revoke_certificate
from trainer.store.certificates import Certificate
from trainer.store.status_lists import StatusEntry

FIRST = Path(__file__).parents[1] / "data" / "first_certificate"
FORMS = ("bundle", "badge", "jwt", "png", "svg", "pdf")


@pytest.fixture
def team(session):
    return make_team(session)


@pytest.fixture
def certificate(session, ports, team, monkeypatch):
    return issued_certificate(session, ports, team, monkeypatch)


@pytest.fixture
def file_of(session, ports, certificate) -> Callable[[str], bytes]:
    made: dict[str, Callable[[], bytes]] = {
        "bundle": lambda: document_bytes(certificate),
        "badge": lambda: badge_bytes(certificate),
        "jwt": lambda: certificate.jwt.encode(),
        "png": lambda: baked_badge(certificate, "png"),
        "svg": lambda: baked_badge(certificate, "svg"),
        "pdf": lambda: pdf_of(session, ports, certificate, "en", Path(PLACE.designs)),
    }
    return lambda form: made[form]()


@pytest.mark.parametrize("form", FORMS)
def test_each_file_is_valid_here_and_by_signature_alone(session, ports, certificate, file_of, form):
    data = file_of(form)
    checked = check_file(session, ports, data, NOW)
    assert (checked.state, checked.problems, checked.known) == ("valid", (), certificate)
    assert checked.record == record_of(certificate)
    assert check_file(None, ports, data, NOW).state == "valid"


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(("days", "state"), [(-1, "not_yet_valid"), (729, "valid"), (731, "expired")])
def test_time_is_told_of_each_file(session, ports, file_of, form, days, state):
    data, now = file_of(form), NOW + timedelta(days=days)
    for where in (session, None):
        checked = check_file(where, ports, data, now)
        assert checked.state == state
        assert (checked.since is None) == (state == "valid")


@pytest.mark.parametrize("form", FORMS)
def test_revoked_is_told_of_each_file_with_reason_and_date(session, ports, team, certificate, file_of, form):
    data = file_of(form)
    revoke_certificate(session, ports, team.supervisor.actor, certificate.public_id, "Issued in error.", NOW)
    checked = check_file(session, ports, data, NOW)
    assert (checked.state, checked.reason, checked.since) == ("revoked", "Issued in error.", NOW)


@pytest.mark.parametrize("form", FORMS)
def test_each_file_is_checked_elsewhere_with_the_issuer_document(session, ports, certificate, file_of, form):
    data = file_of(form)
    document = issuer_document(session, ports, record_of(certificate)["issuer"], "Centre")
    issuer = read_issuer(ports, json.loads(json.dumps(document)))
    assert check_file(session, ports, data, NOW, issuer).state == "valid"
    stranger = Issuer("https://trainer.example/issuer/other", issuer.keys)
    assert check_file(session, ports, data, NOW, stranger).problems == ("issuer",)
    assert check_file(session, ports, data, NOW, Issuer(issuer.id, [])).problems == ("signature",)


@pytest.mark.parametrize("form", FORMS)
def test_each_file_verifies_after_a_rotation_of_keys(session, ports, file_of, form):
    data = file_of(form)
    ports.signer.rotate_keys(NOW)
    assert check_file(session, ports, data, NOW).state == "valid"


@pytest.mark.parametrize("name", ["certificate.json", "certificate.pdf"])
def test_a_certificate_of_the_first_form_verifies_as_it_did(session, ports, name):
    """Issued by the code of 2026-11-25: one Ed25519 token, no proof, no status. Its key is a retired one here."""
    data = (FIRST / name).read_bytes()
    issuer = read_issuer(ports, json.loads((FIRST / "issuer.json").read_text(encoding="utf-8")))
    assert check_file(None, ports, data, NOW, issuer).state == "valid"
    assert check_file(None, ports, data, NOW + timedelta(days=800), issuer).state == "expired"
    assert check_file(None, ports, data, NOW).problems == ("signature",)
    ports.signer.make_keys()
    (ports.signer.folder / "retired").mkdir()
    (ports.signer.folder / "retired" / "2026.pem").write_bytes((FIRST / "issuer-public.pem").read_bytes())
    checked = check_file(None, ports, data, NOW)
    assert (checked.state, checked.record["holder"]) == ("valid", "Zoé Ångström-O’Neill")
    jwt = json.loads((FIRST / "certificate.json").read_bytes())["jwt"]
    assert check_file(None, ports, jwt.encode(), NOW).state == "valid"


def test_a_certificate_of_the_first_form_on_record_is_checked_and_has_no_badge(session, ports, team, certificate):
    document = json.loads((FIRST / "certificate.json").read_bytes())
    record = canonical_json(document["record"]).decode()
    row = {column.key: getattr(certificate, column.key) for column in Certificate.__table__.columns}
    session.execute(delete(StatusEntry))
    session.delete(certificate)
    session.flush()
    old = Certificate(
        **{
            **row, "id": None, "public_id": "first-form", "record": record, "jwt": document["jwt"], "proof": None,
            "credential": canonical_json(document["credential"]).decode(),
            "token": document["record"]["verify_url"].rpartition("/")[2],
            "jwt_sha256": sha256(document["jwt"].encode()).hexdigest(),
        }
    )  # fmt: skip
    session.add(old)
    session.commit()
    (ports.signer.folder / "retired").mkdir()
    (ports.signer.folder / "retired" / "2026.pem").write_bytes((FIRST / "issuer-public.pem").read_bytes())
    assert json.loads(document_bytes(old)) == document
    assert check_file(session, ports, document_bytes(old), NOW).known is old
    assert check_file(session, ports, old.jwt.encode(), NOW).known is old
    for form in ("png", "svg"):
        with pytest.raises(NotFound):
            baked_badge(old, form)


def places(value: Any, start: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    if isinstance(value, dict | list):
        for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
            yield (*start, key)
            yield from places(inner, (*start, key))


def changed_at(document: Any, path: tuple[Any, ...], value: Any) -> bytes:
    other = json.loads(json.dumps(document))
    place = other
    for step in path[:-1]:
        place = place[step]
    if value is None:
        del place[path[-1]]
    else:
        place[path[-1]] = value
    return json.dumps(other).encode()


@given(data=st.data())
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_any_changed_value_of_a_badge_is_refused(session, ports, certificate, data):
    document = proved_badge(certificate)
    path = data.draw(st.sampled_from(list(places(document))))
    value = data.draw(st.none() | st.text(max_size=8) | st.integers() | st.booleans() | st.just([]) | st.just({}))
    changed = changed_at(document, path, value)
    if json.loads(changed) != document:
        for where in (session, None):
            assert check_file(where, ports, changed, NOW).state in {"not_genuine", "unreadable", "unknown"}


@given(data=st.data())
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_any_changed_byte_of_a_badge_is_refused(session, ports, certificate, data):
    whole = canonical_json(proved_badge(certificate))
    at = data.draw(st.integers(0, len(whole) - 1))
    byte = data.draw(st.integers(0x20, 0x7E))
    changed = whole[:at] + bytes([byte]) + whole[at + 1 :]
    if changed != whole:
        checked = check_file(session, ports, changed, NOW)
        assert checked.state in {"not_genuine", "unreadable", "unknown"}, changed[max(0, at - 20) : at + 20]


@given(data=st.data())
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_any_changed_byte_of_a_picture_is_refused(session, ports, certificate, data):
    whole = baked_badge(certificate, "png")
    at = data.draw(st.integers(0, len(whole) - 1))
    changed = whole[:at] + bytes([whole[at] ^ data.draw(st.integers(1, 255))]) + whole[at + 1 :]
    assert check_file(session, ports, changed, NOW).state == "unreadable"


def test_what_means_the_same_and_stands_there_otherwise_is_not_the_file_on_record(session, ports, certificate):
    """The signature covers the meaning, so that another order fits it; the certificate on record decides."""
    document = proved_badge(certificate)
    document["evidence"] = document["evidence"][::-1]
    data = json.dumps(document).encode()
    assert check_file(None, ports, data, NOW).state == "valid"
    assert check_file(session, ports, data, NOW).problems == ("other_record",)


def test_a_badge_signed_here_and_not_on_record_is_unknown(session, ports, certificate):
    credential = json.loads(certificate.credential)
    credential["id"] += "x"
    issuer = credential["issuer"]["id"]
    proof = ports.signer.prove(credential, issuer=issuer, created="2026-11-26T13:00:00Z")
    assert check_file(session, ports, json.dumps({**credential, "proof": proof}).encode(), NOW).state == "unknown"
    token = ports.signer.sign(canonical_json(jwt_claims(credential)), issuer=issuer)
    assert check_file(session, ports, token.encode(), NOW).state == "unknown"


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"@context": ["https://www.w3.org/ns/credentials/v2"]}, "contexts"),
        ({"issuer": {"id": "https://trainer.example/issuer/other", "type": ["Profile"]}}, "issuer"),
        ({"type": ["VerifiableCredential"]}, "claims"),
        ({"credentialSubject": {"type": ["AchievementSubject"]}}, "claims"),
        ({"validFrom": "yesterday"}, "claims"),
    ],
)
def test_a_well_signed_credential_of_another_form_is_refused(session, ports, certificate, change, problem):
    issuer = record_of(certificate)["issuer"]
    credential = {**json.loads(certificate.credential), **change}
    claims = {**jwt_claims(json.loads(certificate.credential)), **change}
    token = ports.signer.sign(canonical_json(claims), issuer=issuer)
    assert problem in check_file(session, ports, token.encode(), NOW).problems
    try:
        proof = ports.signer.prove(credential, issuer=issuer, created="2026-11-26T13:00:00Z")
    except ValueError:  # without the context its terms mean nothing, so it cannot even be signed
        proof = proved_badge(certificate)["proof"]
    assert problem in check_file(session, ports, json.dumps({**credential, "proof": proof}).encode(), NOW).problems


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def test_pictures_that_are_cut_short_or_hold_nothing_or_too_much_are_told_apart(session, ports, certificate):
    png, svg = baked_badge(certificate, "png"), baked_badge(certificate, "svg")
    centre = make_organisation(session, "Centre")
    bare_png = achievement_picture(session, "ladder-1", "operator-3", centre, "en", "png")
    bare_svg = achievement_picture(session, "ladder-1", "operator-3", centre, "fr", "svg").decode()
    text = badge_bytes(certificate)
    packed = b"openbadgecredential\x00\x01\x00\x00\x00" + zlib.compress(text)
    bomb = b"openbadgecredential\x00\x01\x00\x00\x00" + zlib.compress(b" " * 9_000_000)
    head, rest = bare_png[:33], bare_png[33:]
    nested = "<g>" * 500 + "</g>" * 500
    for data, state in (
        (png[:-1], "broken"), (png[: len(png) // 2], "broken"), (png[:8], "broken"), (svg[:-8], "broken"),
        (bare_png, "no_certificate"), (bare_svg.encode(), "no_certificate"), (b"<html></html>", "no_certificate"),
        (head + chunk(b"iTXt", bomb) + rest, "no_certificate"),
        (head + chunk(b"iTXt", b"openbadgecredential\x00\x01\x00\x00\x00junk") + rest, "broken"),
        (head + chunk(b"iTXt", b"openbadgecredential\x00") + rest, "broken"),
        (head + chunk(b"iTXt", packed) * 2 + rest, "no_certificate"),
        (svg.replace(b"<svg", b"<!DOCTYPE svg [<!ENTITY a 'aaaa'>]><svg", 1), "no_certificate"),
        (bare_svg.replace("</svg>", nested + "</svg>").encode(), "no_certificate"),
        (bake_svg(bake_svg(bare_svg, "{}"), "{}").encode(), "no_certificate"),
        (bake_svg(bare_svg, " " * 300_000).encode(), "no_certificate"),
    ):  # fmt: skip
        checked = check_file(session, ports, data, NOW)
        assert (checked.state, checked.problems) == ("unreadable", (state,)), data[:200]
    assert check_file(session, ports, head + chunk(b"iTXt", packed) + rest, NOW).state == "valid"
    for carrier in (bake_png(bare_png, certificate.jwt), bake_svg(bare_svg, certificate.jwt).encode()):
        assert check_file(session, ports, carrier, NOW).state == "valid"
    by_attribute = f'<x:credential xmlns:x="https://purl.imsglobal.org/ob/v3p0" verify="{certificate.jwt}"/></svg>'
    assert check_file(session, ports, bare_svg.replace("</svg>", by_attribute).encode(), NOW).state == "valid"


def test_a_paper_whose_data_were_swapped_is_found_out(session, ports, certificate, file_of):
    """Another form of the true data does not keep the page from being compared."""
    for other in ("bundle", "badge", "jwt"):
        for over, state in ((b"", "valid"), (b"0 0 1 rg 100 100 300 50 re f", "not_genuine")):
            with pikepdf.open(BytesIO(file_of("pdf"))) as document:
                if over:
                    document.pages[0].contents_add(pikepdf.Stream(document, over))
                del document.attachments["certificate.json"]
                document.attachments["certificate.json"] = pikepdf.AttachedFileSpec(document, file_of(other))
                out = BytesIO()
                document.save(out)
            checked = check_file(session, ports, out.getvalue(), NOW)
            assert (checked.state, "page_differs" in checked.problems) == (state, bool(over)), other


@pytest.mark.parametrize(
    "wrap", ["[%s]", '{"proof":%s}', '{"jwt":"x","record":%s}', '{"@context":[],"proof":{"a":%s}}']
)
def test_deep_and_doubled_documents_break_nothing(session, ports, wrap):
    for inner in ("[" * 900 + "]" * 900, '{"a":' * 900 + "1" + "}" * 900, "[" * 90_000, "1e999", "NaN"):
        checked = check_file(session, ports, (wrap % inner).encode(), NOW)
        assert checked.state in {"unreadable", "not_genuine"}
    twice = b'{"jwt":"a.b.c","jwt":"d.e.f"}'
    assert check_file(session, ports, twice, NOW).problems == ("no_certificate",)


def test_giant_files_and_giant_credentials_are_refused(session, ports):
    with pytest.raises(TooLarge):
        check_file(session, ports, b"{" + b" " * 5_000_000, NOW)
    token = b"eyJ" + base64.urlsafe_b64encode(b"x" * 300_000) + b".e30.x"
    assert check_file(session, ports, token, NOW).problems == ("no_certificate",)

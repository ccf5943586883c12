"""Certificates as data: canonical bytes, dates, standing, and the credential that must agree with its record."""

from __future__ import annotations

import copy
import json
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.factories.certificates import make_record
from trainer.domain.credential import (
    EXPIRED,
    NOT_YET,
    REPLACED,
    REVOKED,
    VALID,
    Fact,
    canonical_json,
    digest,
    from_iso,
    iso,
    months_later,
    standing,
)
from trainer.domain.open_badge import faults_of_bundle, faults_of_claims, identity_hash, jwt_claims, open_badge

NOW = datetime(2026, 11, 24, 10, 30, 5, tzinfo=UTC)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**50), 2**50) | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text("abcé", max_size=4), inner, max_size=4),
    max_leaves=12,
)


@given(JSON)
def test_canonical_bytes_survive_reading_and_do_not_depend_on_order(value):
    data = canonical_json(value)
    again = json.loads(data)
    assert again == value
    assert canonical_json(again) == data
    if isinstance(value, dict):
        assert canonical_json(dict(reversed(value.items()))) == data


def test_a_letter_with_another_accent_form_is_another_document():
    assert digest({"holder": "Zoé"}) != digest({"holder": "Zoe\u0301"})


def test_months_later_keeps_the_day_or_takes_the_last_of_the_month():
    assert months_later(datetime(2024, 2, 29, tzinfo=UTC), 12) == datetime(2025, 2, 28, tzinfo=UTC)
    assert months_later(datetime(2026, 8, 31, tzinfo=UTC), 1) == datetime(2026, 9, 30, tzinfo=UTC)
    assert months_later(NOW, 24) == NOW.replace(year=2028)


@given(st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1)), st.integers(0, 240))  # noqa: DTZ001
def test_months_later_moves_exactly_that_many_months(moment, months):
    moment = moment.replace(tzinfo=UTC)
    later = months_later(moment, months)
    assert (later.year - moment.year) * 12 + later.month - moment.month == months
    assert later.day <= moment.day


def test_iso_is_read_back():
    assert iso(NOW) == "2026-11-24T10:30:05Z"
    assert from_iso(iso(NOW)) == NOW
    with pytest.raises(ValueError, match="zone"):
        from_iso("2026-11-24T10:30:05")


@pytest.mark.parametrize(
    ("facts", "valid_until", "state"),
    [
        ((), None, VALID),
        ((), NOW + timedelta(seconds=1), VALID),
        ((), NOW, EXPIRED),
        ((Fact("revoked", NOW, "cheated"),), NOW + timedelta(days=1), REVOKED),
        ((Fact("revoked", NOW - timedelta(days=1)),), NOW - timedelta(days=2), REVOKED),
        ((Fact("replaced", NOW), Fact("revoked", NOW)), None, REVOKED),
        ((Fact("replaced", NOW - timedelta(days=1)),), NOW, REPLACED),
        ((Fact("revoked", NOW + timedelta(days=1)),), None, VALID),
    ],
)
def test_standing_when(facts, valid_until, state):
    assert standing(NOW - timedelta(days=30), valid_until, facts, NOW).state == state


def test_standing_tells_since_when_and_why():
    day = NOW - timedelta(days=3)
    told = standing(NOW - timedelta(days=30), None, [Fact("revoked", NOW, "later"), Fact("revoked", day, "first")], NOW)
    assert (told.since, told.reason) == (day, "first")
    assert standing(NOW + timedelta(days=1), None, (), NOW).state == NOT_YET


def test_badge_holds_the_name_and_never_the_address():
    badge = open_badge(make_record().as_json(), email="Zoe@Example.org", salt="s4lt")
    assert "example.org" not in json.dumps(badge).lower()
    hashed = [row for row in badge["credentialSubject"]["identifier"] if row["hashed"]]
    assert hashed[0]["identityHash"] == identity_hash("zoe@example.org", "s4lt")


def faults_of_credential(document: dict, claims: dict) -> list[str]:
    key = "https://trainer.example/issuer/org1#z6Mk"
    return faults_of_claims(claims, key) + faults_of_bundle(document, claims)


def document() -> tuple[dict, dict]:
    record = make_record().as_json()
    badge = open_badge(record, email=None, salt="")
    return {"format": record["format"], "record": record, "credential": badge}, jwt_claims(badge)


def test_a_certificate_agrees_with_itself():
    assert faults_of_credential(*document()) == []


@pytest.mark.parametrize(
    ("place", "value", "fault"),
    [
        (("record", "holder"), "Somebody Else", "record"),
        (("record", "valid_until"), "2099-01-01T00:00:00Z", "record"),
        (("record", "gates", 0, "figure"), 9, "record"),
        (("record", "issuer"), "https://elsewhere.example/issuer", "issuer"),
        (("credential", "name"), "Manager", "credential"),
        (("credential", "@context"), ["https://evil.example"], "credential"),
        (("format",), "other/1", "format"),
        (("record",), None, "format"),
    ],
)
def test_a_changed_file_is_found_when(place, value, fault):
    changed, claims = document()
    changed = copy.deepcopy(changed)
    spot = changed
    for key in place[:-1]:
        spot = spot[key]
    spot[place[-1]] = value
    assert fault in faults_of_credential(changed, claims)


@pytest.mark.parametrize(("claim", "value"), [("exp", 9999999999), ("nbf", 0), ("sub", "urn:x"), ("iss", "urn:x")])
def test_claims_that_contradict_the_credential_are_found(claim, value):
    whole, claims = document()
    assert "claims" in faults_of_credential(whole, {**claims, claim: value})


@given(st.dictionaries(st.text(max_size=8), JSON, max_size=4), st.dictionaries(st.text(max_size=8), JSON, max_size=4))
def test_any_other_document_has_faults_and_breaks_nothing(whole, claims):
    assert faults_of_credential(whole, claims)

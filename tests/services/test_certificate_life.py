"""After the issue: a new certificate after a change of name, and one that goes on from another."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from tests.factories.accounts import NOW
from tests.factories.careers import CATEGORY, NOTE, PLACE, Team, issued_certificate, make_call, make_team
from trainer.domain.errors import Conflict, NotAllowed, NotFound
from trainer.ports import Ports
from trainer.services import careers, category_decisions, certificates
from trainer.services.certificate_checks import check_file, check_token
from trainer.services.certificate_files import badge_bytes
from trainer.services.certificate_life import linkedin_address, replace_certificate
from trainer.services.hidden_names import hide_name, is_hidden
from trainer.services.ladders import change_ladder, house_text
from trainer.services.printed_names import set_printed_name
from trainer.store.certificates import Certificate, successor_of

NEW_NAME = "Zoé Ångström-Marchand"
LATER = NOW + timedelta(days=40)


@pytest.fixture
def team(session: Session) -> Team:
    return make_team(session)


@pytest.fixture
def old(session: Session, ports: Ports, team: Team, monkeypatch: pytest.MonkeyPatch) -> Certificate:
    return issued_certificate(session, ports, team, monkeypatch)


def renamed(session: Session, ports: Ports, team: Team, old: Certificate) -> Certificate:
    set_printed_name(session, team.learner.actor, NEW_NAME, LATER)
    return replace_certificate(session, ports, team.supervisor.actor, old.public_id, PLACE, LATER)


def test_new_name_stands_on_a_new_certificate_and_the_old_one_leads_to_it(
    session: Session, ports: Ports, team: Team, old: Certificate
) -> None:
    before = badge_bytes(old)
    new = renamed(session, ports, team, old)
    was, now = json.loads(old.record), json.loads(new.record)
    assert (now["holder"], was["holder"]) == (NEW_NAME, "Zoé Ångström-O’Neill")
    changed = {key for key in now if now[key] != was[key]}
    assert changed <= {"number", "holder", "issued_at", "subject", "verify_url", "design"}
    assert (new.edition, new.decision_id, new.valid_until) == (2, old.decision_id, old.valid_until)
    assert check_token(session, old.token, LATER).state == "replaced"
    assert check_file(session, ports, before, LATER).state == "replaced"
    assert check_file(session, ports, badge_bytes(new), LATER).state == "valid"
    assert successor_of(session, old) is new
    assert careers.careers_of(session, [team.learner], LATER)[0].current.id == CATEGORY
    held = careers.careers_of(session, [team.learner], LATER)[0].record.held
    assert {one.since for one in held} == {NOW}, "months go on"


def test_hidden_name_stays_hidden(session: Session, ports: Ports, team: Team, old: Certificate) -> None:
    hide_name(session, team.learner.actor, old.public_id, True, NOW)
    assert is_hidden(session, renamed(session, ports, team, old))


def test_nothing_takes_the_place_of_what_is_gone_or_the_same(
    session: Session, ports: Ports, team: Team, old: Certificate
) -> None:
    boss = team.supervisor.actor
    with pytest.raises(Conflict, match="same_name"):
        replace_certificate(session, ports, boss, old.public_id, PLACE, LATER)
    new = renamed(session, ports, team, old)
    with pytest.raises(Conflict, match="not_replaceable"):
        replace_certificate(session, ports, boss, old.public_id, PLACE, LATER)
    set_printed_name(session, team.learner.actor, "Another Name", LATER)
    certificates.revoke_certificate(session, ports, boss, new.public_id, "Issued in error.", LATER)
    with pytest.raises(Conflict, match="not_replaceable"):
        replace_certificate(session, ports, boss, new.public_id, PLACE, LATER)


def test_only_supervisors_of_the_organisation_replace(session: Session, ports: Ports, team: Team, old) -> None:
    with pytest.raises(NotFound):
        replace_certificate(session, ports, team.stranger.actor, old.public_id, PLACE, LATER)
    with pytest.raises(NotAllowed):
        replace_certificate(session, ports, team.learner.actor, old.public_id, PLACE, LATER)


RENEWAL = """    renewal_months: 3
    renewal:
      - {id: calls, kind: scenarios, threshold: 1, title: {en: A call, fr: Un appel}}
      - {id: word, kind: attestation, title: {en: A word, fr: Un mot}}
    alignments:
"""


def test_renewal_goes_on_from_the_end_and_asks_for_what_was_done_since(
    session: Session, ports: Ports, team: Team, old: Certificate
) -> None:
    text = house_text("ladder-1").replace("    alignments:\n", RENEWAL, 1)
    boss = team.supervisor.actor
    admin = team.supervisor
    change_ladder(session, type(boss)(admin.id, admin.organisation_id, frozenset({"admin"}), "x"), text, NOTE, 1, NOW)
    end = old.valid_until
    assert end is not None
    early, soon = end - timedelta(days=120), end - timedelta(days=30)
    assert careers.careers_of(session, [team.learner], early)[0].renewal is None
    with pytest.raises(Conflict, match="already_held"):
        category_decisions.decide_category(session, boss, team.learner.public_id, CATEGORY, early)
    renewal = careers.careers_of(session, [team.learner], soon)[0].renewal
    assert renewal is not None
    assert [result.passed for result in renewal.verdict.gates] == [False, False]
    assert [one.person for one in careers.list_expiring(session, boss, soon)] == [team.learner]
    make_call(session, team.learner, "late-parcel", days=(soon - NOW).days + 20)
    category_decisions.attest(session, boss, team.learner.public_id, CATEGORY, NOTE, soon)
    decision = category_decisions.decide_category(session, boss, team.learner.public_id, CATEGORY, soon)
    assert (decision.is_renewal, decision.granted, category_decisions.made_again(session, decision)) == (
        True,
        True,
        True,
    )
    new = certificates.issue_certificate(session, ports, boss, decision.public_id, PLACE, soon)
    assert new.valid_until is not None
    assert (new.valid_until.year - end.year, new.valid_until.day) == (2, end.day)
    assert check_token(session, old.token, soon).state == "valid"
    assert successor_of(session, old) is new
    assert check_token(session, old.token, end + timedelta(days=1)).state == "expired"
    assert certificates.issue_certificate(session, ports, boss, decision.public_id, PLACE, soon) is new


def test_after_a_revocation_a_new_word_and_a_new_certificate_and_the_old_one_stays_revoked(
    session: Session, ports: Ports, team: Team, old: Certificate
) -> None:
    boss, person, later = team.supervisor.actor, team.learner.public_id, NOW + timedelta(days=10)
    certificates.revoke_certificate(session, ports, boss, old.public_id, "A call was somebody else's.", NOW)
    refused = category_decisions.decide_category(session, boss, person, CATEGORY, later)
    assert not refused.granted, "the word of before served the revoked certificate"
    category_decisions.attest(session, boss, person, CATEGORY, NOTE, later)
    decision, new = certificates.decide_and_issue(session, ports, boss, person, CATEGORY, PLACE, later)
    assert new is not None
    assert (decision.granted, decision.is_renewal) == (True, False)
    assert check_token(session, new.token, later).state == "valid"
    assert check_token(session, old.token, later).state == "revoked"
    assert successor_of(session, old) is None, "what was revoked is not renewed by it"


def test_linkedin_gets_what_the_public_page_shows(old: Certificate) -> None:
    address = linkedin_address(old, "en")
    assert address.startswith("https://www.linkedin.com/profile/add?startTask=CERTIFICATION_NAME")
    for part in (f"certId={old.number}", "issueYear=2026", "organizationName=Parcelo", "certUrl=https%3A%2F%2F"):
        assert part in address
    assert "Zo%C3%A9" not in address  # "Zo" alone may stand in the token

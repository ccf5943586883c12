"""Evidence, attestations and decisions on a real database."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import event

from tests.factories.accounts import NOW, make_user
from tests.factories.careers import (
    CATEGORY,
    NOTE,
    add_grade,
    granted_decision,
    make_call,
    make_team,
    pass_course,
    ready_learner,
)
from trainer.domain.errors import Conflict, Invalid, NotAllowed, NotFound
from trainer.services import careers, category_decisions, printed_names
from trainer.store.audit import list_entries


@pytest.fixture
def team(session):
    return make_team(session)


def gates(session, person):
    return {g.gate.id: g for g in careers.careers_of(session, [person], NOW)[0].verdict.gates}


def test_only_finished_graded_assessed_calls_count(session, team):
    make_call(session, team.learner, "late-parcel", days=1)
    make_call(session, team.learner, "order-advice", days=2, mode="practice")
    make_call(session, team.learner, "phone-sale", days=3, passed=False)
    found = gates(session, team.learner)
    assert found["scenarios"].figure == 1
    assert found["clean"].figure == 2


def test_the_newest_grade_of_a_call_counts(session, team):
    call = make_call(session, team.learner, "late-parcel", passed=True)
    add_grade(session, call, passed=False, grade={"overall": 30, "errors": [{"number": 5, "evidence": []}]})
    session.commit()
    found = gates(session, team.learner)
    assert found["scenarios"].figure == 0
    assert found["clean"].remarks[0].params["errors"] == "5"


def test_calls_still_graded_and_errors_that_wait_for_a_person_are_told(session, team):
    make_call(session, team.learner, "late-parcel", days=1, waiting=[3])
    make_call(session, team.learner, "order-advice", days=2, graded=False)
    codes = [remark.code for remark in gates(session, team.learner)["clean"].remarks]
    assert codes == ["call_ungraded", "error_waiting"]


def test_the_list_asks_the_same_number_of_questions_whatever_its_length(session, team, monkeypatch):
    statements: list[str] = []
    event.listen(session.get_bind(), "before_cursor_execute", lambda *args: statements.append(args[2]))

    def asked() -> int:
        session.expire_all()
        statements.clear()
        careers.list_careers(session, team.supervisor.actor, NOW, 1)
        return len(statements)

    ready_learner(session, team, monkeypatch)
    one = asked()
    for _ in range(6):
        make_call(session, make_user(session, team.organisation), "late-parcel")
    assert asked() == one


def test_a_supervisor_attests_and_it_is_on_record(session, team):
    word = category_decisions.attest(session, team.supervisor.actor, team.learner.public_id, CATEGORY, NOTE, NOW)
    assert gates(session, team.learner)["attestation"].records == (word.public_id,)
    assert list_entries(session, team.organisation.id)[0].action == "career.attested"


def test_attesting_is_refused_for_oneself_for_strangers_and_without_the_role(session, team):
    both = make_user(session, team.organisation, ("learner", "supervisor"))
    with pytest.raises(NotAllowed) as refused:
        category_decisions.attest(session, both.actor, both.public_id, CATEGORY, NOTE, NOW)
    assert refused.value.code == "career.not_oneself"
    with pytest.raises(NotFound):
        category_decisions.attest(session, team.stranger.actor, team.learner.public_id, CATEGORY, NOTE, NOW)
    with pytest.raises(NotAllowed):
        category_decisions.attest(session, team.learner.actor, team.supervisor.public_id, CATEGORY, NOTE, NOW)


@pytest.mark.parametrize("note", ["", "  ok  ", "x" * 2001])
def test_an_attestation_says_why(session, team, note):
    with pytest.raises(Invalid):
        category_decisions.attest(session, team.supervisor.actor, team.learner.public_id, CATEGORY, note, NOW)


def test_a_decision_keeps_every_gate_when_refused_and_when_granted(session, team, monkeypatch):
    actor, person = team.supervisor.actor, team.learner.public_id
    refused = category_decisions.decide_category(session, actor, person, CATEGORY, NOW)
    assert not refused.granted
    assert [gate["passed"] for gate in refused.gates] == [False] * 4
    assert refused.gates[0]["remarks"] == [{"code": "course_missing", "params": {"course": "complaint-calls"}}]
    granted = granted_decision(session, team, monkeypatch)
    assert granted.granted
    assert [(g["figure"], g["threshold"]) for g in granted.gates] == [(1, 1), (2, 2), (2, 2), (1, 1)]
    assert category_decisions.history_of(session, team.learner)[0] == [granted, refused]
    assert category_decisions.decision_to_issue(session, team.learner, CATEGORY) == granted


def test_a_decision_is_not_changed_by_what_happens_later(session, team, monkeypatch):
    decision = granted_decision(session, team, monkeypatch)
    make_call(session, team.learner, "late-parcel", days=20, passed=False, errors=[1])
    session.expire_all()
    assert decision.granted
    assert decision.gates[2]["figure"] == 2
    assert not gates(session, team.learner)["clean"].passed


def test_categories_without_gates_or_unknown_cannot_be_decided(session, team):
    with pytest.raises(Invalid):
        category_decisions.decide_category(session, team.supervisor.actor, team.learner.public_id, "manager", NOW)
    with pytest.raises(NotFound):
        category_decisions.decide_category(session, team.supervisor.actor, team.learner.public_id, "emperor", NOW)


def test_nobody_decides_over_themselves(session, team, monkeypatch):
    both = make_user(session, team.organisation, ("admin",))
    pass_course(monkeypatch, both)
    with pytest.raises(NotAllowed):
        category_decisions.decide_category(session, both.actor, both.public_id, CATEGORY, NOW)


def test_others_careers_are_for_supervisors_of_the_same_organisation(session, team):
    assert careers.career_of(session, team.learner.actor, None, NOW).person is team.learner
    assert careers.career_of(session, team.supervisor.actor, team.learner.public_id, NOW).person is team.learner
    with pytest.raises(NotAllowed):
        careers.career_of(session, team.learner.actor, team.supervisor.public_id, NOW)
    with pytest.raises(NotFound):
        careers.career_of(session, team.stranger.actor, team.learner.public_id, NOW)


def test_candidates_by_link_have_no_career(session, team):
    candidate = make_user(session, team.organisation, is_candidate=True)
    with pytest.raises(NotFound):
        careers.career_of(session, candidate.actor, None, NOW)
    with pytest.raises(NotFound):
        careers.career_of(session, team.supervisor.actor, candidate.public_id, NOW)


def test_ready_are_those_who_wait_for_a_supervisor_only(session, team, monkeypatch):
    make_call(session, make_user(session, team.organisation), "late-parcel")
    assert careers.list_ready(session, team.supervisor.actor, NOW) == []
    ready_learner(session, team, monkeypatch)
    assert [c.person for c in careers.list_ready(session, team.supervisor.actor, NOW)] == [team.learner]
    assert careers.list_ready(session, team.stranger.actor, NOW) == []


def test_a_decision_is_seen_by_the_person_and_by_supervisors_only(session, team, monkeypatch):
    decision = granted_decision(session, team, monkeypatch)
    for who in (team.learner, team.supervisor):
        assert category_decisions.open_decision(session, who.actor, decision.public_id) == (decision, team.learner)
    for who in (team.stranger, make_user(session, team.organisation)):
        with pytest.raises(NotFound):
            category_decisions.open_decision(session, who.actor, decision.public_id)


@pytest.mark.parametrize(
    "name", ["Олександра Щербак", "Ευφροσύνη", "  Zoe\u0301   O’Neill ", "山田 太郎", "رضا\u200cزاده"]
)
def test_a_name_may_be_in_any_script(session, team, name):
    shown = printed_names.set_printed_name(session, team.learner.actor, name, NOW)
    assert printed_names.name_to_print(session, team.learner) == shown
    assert "\u0301" not in shown
    assert shown == shown.strip()


@pytest.mark.parametrize("name", ["", " ", "x" * 121, "Zoe\u202e", "a\x07b", "\ue000", "123", "\ud800"])
def test_a_name_that_cannot_be_printed_is_refused(session, team, name):
    with pytest.raises(Invalid):
        printed_names.set_printed_name(session, team.learner.actor, name, NOW)


def test_a_valid_certificate_raises_the_rung_and_an_expired_one_does_not(session, ports, team, monkeypatch):
    from tests.factories.careers import issued_certificate

    issued_certificate(session, ports, team, monkeypatch)
    career = careers.careers_of(session, [team.learner], NOW)[0]
    assert career.current.id == CATEGORY
    assert career.verdict is None
    with pytest.raises(Conflict):
        category_decisions.decide_category(session, team.supervisor.actor, team.learner.public_id, CATEGORY, NOW)
    late = NOW + timedelta(days=800)
    career = careers.careers_of(session, [team.learner], late)[0]
    assert career.current.id == "trainee"
    assert career.certificates[0].standing.state == "expired"


def test_a_supervisors_word_serves_one_certificate(session, ports, team, monkeypatch):
    from tests.factories.careers import issued_certificate
    from trainer.services.certificates import revoke_certificate

    actor, person = team.supervisor.actor, team.learner.public_id
    certificate = issued_certificate(session, ports, team, monkeypatch)
    revoke_certificate(session, ports, actor, certificate.public_id, "A mix-up of two people.", NOW)
    assert gates(session, team.learner)["attestation"].figure == 0
    later = NOW + timedelta(days=1)
    category_decisions.attest(session, actor, person, CATEGORY, NOTE, later)
    assert category_decisions.decide_category(session, actor, person, CATEGORY, later).granted

"""The career pages as a learner and a supervisor use them."""

from __future__ import annotations

import pytest

from tests.factories.accounts import NOW, make_user
from tests.factories.careers import CATEGORY, NOTE, issued_certificate, make_call, make_team, ready_learner
from trainer.services import category_decisions
from trainer.store import certificates as store


@pytest.fixture
def team(session, organisation):
    return make_team(session, organisation)


def text_of(response) -> str:
    return response.get_data(as_text=True)


def test_a_learner_reads_what_is_left_with_figures(client, session, sign_in, team):
    make_call(session, team.learner, "late-parcel", days=1)
    sign_in(user=team.learner)
    page = text_of(client.get("/career/"))
    assert "Operator category 3" in page
    assert "read it and pass its quiz." in page
    assert ">1 / 2</p>" in page
    assert "1 more scenario to pass" in page
    assert "A supervisor who knows the work" in page


def test_the_page_is_french_for_a_french_learner(client, session, sign_in, team):
    team.learner.language = "fr"
    session.commit()
    sign_in(user=team.learner)
    page = text_of(client.get("/career/"))
    assert "Opérateur de catégorie 3" in page
    assert "Échelle de carrière" in page
    assert "Next step" not in page


def test_a_supervisor_attests_decides_and_the_certificate_is_there(client, session, ports, sign_in, team, monkeypatch):
    ready_learner(session, team, monkeypatch)
    person = f"/categories/people/{team.learner.public_id}"
    sign_in(user=team.supervisor)
    assert "lacks your attestation only" in text_of(client.get("/categories/"))
    assert client.post(f"{person}/{CATEGORY}/attest", data={"note": "ok"}).status_code == 422
    assert client.post(f"{person}/{CATEGORY}/attest", data={"note": NOTE}).status_code == 302
    assert "Decide and issue" in text_of(client.get(person))
    assert client.post(f"{person}/{CATEGORY}/decide").headers["Location"] == person
    (certificate,) = store.certificates_of(session, [team.learner.id])
    assert certificate.number in text_of(client.get(person))
    assert ports.queue.jobs == [("render_certificate", {"certificate": certificate.public_id})]
    assert certificate.token in certificate.record
    assert "http://localhost/v/" in certificate.record


def test_a_refusal_is_on_record_and_its_reasons_are_the_learners_to_read(client, session, sign_in, team):
    sign_in(user=team.supervisor)
    answer = client.post(f"/categories/people/{team.learner.public_id}/{CATEGORY}/decide")
    sign_in(user=team.learner)
    page = text_of(client.get(answer.headers["Location"]))
    assert "not yet granted" in page
    assert "2 more scenarios to pass" in page
    assert answer.headers["Location"] in text_of(client.get("/career/"))
    sign_in(user=make_user(session, team.organisation))
    assert client.get(answer.headers["Location"]).status_code == 404


def test_supervisors_do_not_decide_over_themselves(client, session, sign_in, team):
    both = make_user(session, team.organisation, ("learner", "supervisor"))
    sign_in(user=both)
    path = f"/categories/people/{both.public_id}"
    assert "Nobody attests or decides over themselves" in text_of(client.get(path))
    assert client.post(f"{path}/{CATEGORY}/decide").status_code == 403
    refused = client.post(f"{path}/{CATEGORY}/attest", data={"note": NOTE})
    assert refused.status_code == 422
    assert "Nobody attests or decides over themselves" in text_of(refused)


@pytest.mark.parametrize(
    ("roles", "status"),
    [(("learner",), 403), (("hr",), 403), (("trainer",), 200), (("supervisor",), 200), (("admin",), 200)],
)
def test_the_teams_page_is_for_those_who_lead(client, sign_in, team, roles, status):
    sign_in(*roles)
    assert client.get("/categories/").status_code == status
    assert client.get(f"/categories/people/{team.learner.public_id}").status_code == status


def test_trainers_look_but_do_not_decide(client, sign_in, team):
    sign_in("trainer")
    path = f"/categories/people/{team.learner.public_id}"
    assert "Your attestation" not in text_of(client.get(path))
    assert client.post(f"{path}/{CATEGORY}/decide").status_code == 403
    assert client.post(f"{path}/{CATEGORY}/attest", data={"note": NOTE}).status_code == 403


def test_another_organisation_finds_nobody(client, session, ports, sign_in, team, monkeypatch):
    certificate = issued_certificate(session, ports, team, monkeypatch)
    decision = category_decisions.history_of(session, team.learner)[0][0]
    sign_in(user=team.stranger)
    for path in (
        f"/categories/people/{team.learner.public_id}",
        f"/career/decisions/{decision.public_id}",
        f"/certificates/{certificate.public_id}.pdf",
        f"/certificates/{certificate.public_id}.json",
        f"/certificates/{certificate.public_id}/revoke",
    ):
        assert client.get(path).status_code == 404, path
    assert client.post(f"/certificates/issue/{decision.public_id}").status_code == 404
    assert client.post(f"/certificates/{certificate.public_id}/revoke", data={"reason": "Because."}).status_code == 404


def test_the_name_for_printing_is_the_learners_choice(client, session, sign_in, team):
    sign_in(user=team.learner)
    assert client.post("/career/name", data={"name": "Ζωή Παπαδοπούλου"}).status_code == 302
    assert "Ζωή Παπαδοπούλου" in text_of(client.get("/career/"))
    refused = client.post("/career/name", data={"name": "Zoé\u202egnp.exe"})
    assert refused.status_code == 422
    assert "1 to 120 letters" in text_of(refused)


def test_own_certificates_are_listed_and_downloaded(client, session, ports, sign_in, team, monkeypatch):
    sign_in(user=team.learner)
    assert "No certificate yet" in text_of(client.get("/certificates/"))
    certificate = issued_certificate(session, ports, team, monkeypatch)
    assert certificate.number in text_of(client.get("/certificates/"))
    pdf = client.get(f"/certificates/{certificate.public_id}.pdf?language=fr")
    assert pdf.data.startswith(b"%PDF-")
    assert f"{certificate.number}-fr.pdf" in pdf.headers["Content-Disposition"]
    assert client.get(f"/certificates/{certificate.public_id}.pdf?language=xx").status_code == 404
    assert client.get(f"/certificates/{certificate.public_id}.json").get_json()["jwt"] == certificate.jwt
    sign_in(user=make_user(session, team.organisation))
    assert client.get(f"/certificates/{certificate.public_id}.pdf").status_code == 404


def test_a_decision_that_was_not_issued_can_be_issued_later(client, session, ports, sign_in, team, monkeypatch):
    ready_learner(session, team, monkeypatch)
    category_decisions.attest(session, team.supervisor.actor, team.learner.public_id, CATEGORY, NOTE, NOW)
    decision = category_decisions.decide_category(session, team.supervisor.actor, team.learner.public_id, CATEGORY, NOW)
    sign_in(user=team.supervisor)
    assert "has not been issued" in text_of(client.get(f"/categories/people/{team.learner.public_id}"))
    first = client.post(f"/certificates/issue/{decision.public_id}")
    again = client.post(f"/certificates/issue/{decision.public_id}")
    assert first.headers["Location"] == again.headers["Location"]
    assert len(store.certificates_of(session, [team.learner.id])) == 1

"""Rights as things to do: a message to the manager and its way back, and the decisions that everybody may know."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.conftest import Outbox, SignIn
from tests.factories.accounts import NOW, make_organisation, make_user
from trainer.domain.errors import Conflict, Invalid, NotFound
from trainer.ports import EngineUnavailable, Mail, Ports
from trainer.services import rights
from trainer.store.accounts import Organisation, User
from trainer.store.audit import AuditEntry
from trainer.store.rights import RightsRequest

DEFICIENCY = {
    "kind": "deficiency", "title": "Headsets crackle", "text": "Three of six.", "place": "Room 2", "remedy": "New cables.",
}  # fmt: skip


def send(session: Session, user: User, title: str = "A second screen", kind: str = "proposal") -> RightsRequest:
    given = {"title": title, "text": "It saves a minute a call.", "place": "Room 2", "remedy": "Buy them."}
    return rights.send(session, user.actor, kind=kind, now=NOW, **given)


@pytest.fixture
def nora(session: Session, organisation: Organisation) -> User:
    return make_user(session, organisation, name="Nora Haddad", language="fr")


def test_message_goes_to_the_manager_and_comes_back_answered(
    client: FlaskClient, session: Session, ports: Ports, sign_in: SignIn, nora: User
) -> None:
    sign_in(user=nora)
    sent = client.post("/rights/", data=DEFICIENCY)
    assert (sent.status_code, sent.location) == (303, "/rights/#own")
    page = client.get("/rights/").text
    assert "Headsets crackle" in page
    assert "attend une réponse" in page

    lead = sign_in("supervisor")
    queue = client.get("/rights/queue").text
    for told in ("Headsets crackle", "Nora Haddad", "deficiency"):
        assert told in queue
    address = re.findall(r'href="(/rights/queue/[^"?]+)"', queue)[0]
    one = client.get(address).text
    for told in ("Three of six.", "Room 2", "New cables."):
        assert told in one
    assert client.post(f"{address}/answer", data={"text": "They come on Monday."}).status_code == 303
    outbox = ports.mailer
    assert isinstance(outbox, Outbox)
    assert [(mail.to, mail.subject) for mail in outbox.mails] == [
        (nora.email, "Réponse à votre message\N{NO-BREAK SPACE}: Headsets crackle")
    ]
    assert "They come on Monday." in outbox.mails[0].text
    assert lead.name in outbox.mails[0].text
    assert client.post(f"{address}/answer", data={"text": "They are here.", "closes": "y"}).status_code == 303

    sign_in(user=nora)
    page = client.get("/rights/").text
    for told in ("They come on Monday.", "They are here.", "fermé"):
        assert told in page


def test_answer_stands_when_no_mail_can_be_sent(
    client: FlaskClient, session: Session, sign_in: SignIn, nora: User, ports: Ports, monkeypatch: pytest.MonkeyPatch
) -> None:
    request_id = send(session, nora).public_id

    def refuse(_mail: Mail) -> None:
        raise EngineUnavailable("smtp", "it is away")

    monkeypatch.setattr(ports.mailer, "send", refuse)
    lead = sign_in("supervisor")
    page = client.post(f"/rights/queue/{request_id}/answer", data={"text": "Good idea."}, follow_redirects=True).text
    assert "Answered. They find it on their page." in page
    assert len(rights.find_request(session, lead.actor, request_id).answers) == 1


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"title": " "}, "Please fill this in."),
        ({"text": "x" * 4_001}, "This has 4001 characters; at most 4000 have room here."),
        ({"place": ""}, "Please fill this in."),
        ({"kind": "odd"}, "Choose what it is."),
    ],
)
def test_what_is_wrong_is_told_and_what_was_typed_stays(
    client: FlaskClient, session: Session, sign_in: SignIn, changes: dict[str, str], told: str
) -> None:
    sign_in("learner")
    page = client.post("/rights/", data=DEFICIENCY | changes)
    assert page.status_code == 422
    assert told in page.text
    assert "New cables.</textarea>" in page.text
    assert session.scalars(select(RightsRequest)).all() == []


def test_proposal_asks_for_no_place(session: Session, nora: User) -> None:
    made = rights.send(session, nora.actor, kind="proposal", title="A", text="B", place="", remedy="", now=NOW)
    assert (made.place, made.remedy, made.state) == ("", "", "open")


def test_nobody_sees_what_others_said_but_supervisors_of_the_organisation(
    client: FlaskClient, session: Session, sign_in: SignIn, nora: User
) -> None:
    request_id = send(session, nora).public_id
    sign_in("learner", "trainer", "hr")
    assert "A second screen" not in client.get("/rights/").text
    assert client.get("/rights/queue").status_code == 403
    assert client.get(f"/rights/queue/{request_id}").status_code == 403
    stranger = make_user(session, make_organisation(session), ["supervisor"])
    sign_in(user=stranger)
    assert "A second screen" not in client.get("/rights/queue?state=all").text
    assert client.get(f"/rights/queue/{request_id}").status_code == 404
    with pytest.raises(NotFound):
        rights.answer(session, stranger.actor, request_id, "No.", closes=True, now=NOW)


def test_message_is_closed_after_an_answer_and_stays_closed(
    client: FlaskClient, session: Session, sign_in: SignIn, nora: User
) -> None:
    request_id = send(session, nora).public_id
    lead = sign_in("admin")
    page = client.post(f"/rights/queue/{request_id}/close", follow_redirects=True).text
    assert "Answer it first" in page
    rights.answer(session, lead.actor, request_id, "Yes.", closes=False, now=NOW)
    for _ in range(2):
        rights.close(session, lead.actor, request_id, NOW)
    page = client.post(f"/rights/queue/{request_id}/answer", data={"text": "One more thing"})
    assert page.status_code == 409
    assert "One more thing</textarea>" in page.text
    actions = session.scalars(select(AuditEntry.action).where(AuditEntry.action.startswith("rights."))).all()
    assert actions == ["rights.answered", "rights.closed"]


def test_empty_answer_is_asked_for_again(client: FlaskClient, session: Session, sign_in: SignIn, nora: User) -> None:
    request_id = send(session, nora).public_id
    lead = sign_in("supervisor")
    assert client.post(f"/rights/queue/{request_id}/answer", data={"text": " \n "}).status_code == 422
    with pytest.raises(Invalid):
        rights.answer(session, lead.actor, request_id, "x" * 4_001, closes=False, now=NOW)


def test_queue_is_in_pages_and_by_state(client: FlaskClient, session: Session, sign_in: SignIn, organisation) -> None:
    people = [make_user(session, organisation) for _ in range(2)]
    for number in range(rights.PAGE + 1):
        send(session, people[number % 2], f"Thing number {number}.")
    lead = sign_in("supervisor")
    first = client.get("/rights/queue").text
    assert "Thing number 0." in first  # who waits longest comes first
    assert f"Thing number {rights.PAGE}." not in first
    assert f"Thing number {rights.PAGE}." in client.get("/rights/queue?page=2").text
    assert "Nothing here" in client.get("/rights/queue?state=closed").text
    assert client.get("/rights/queue?state=odd&page=0").status_code == 200
    assert rights.list_queue(session, lead.actor, "open", 1).counts == {
        "open": rights.PAGE + 1,
        "answered": 0,
        "closed": 0,
    }


def test_nobody_sends_without_end(session: Session, nora: User) -> None:
    for _ in range(rights.MOST_OPEN):
        send(session, nora)
    with pytest.raises(Conflict):
        send(session, nora)


def test_decision_is_read_by_everybody_of_the_organisation_until_it_is_withdrawn(
    client: FlaskClient, session: Session, sign_in: SignIn
) -> None:
    sign_in("supervisor")
    data = {"title": "Hours <from> May", "text": "We open at eight.\r\nWe close at six."}
    assert client.post("/rights/notices/new", data=data).status_code == 303
    assert client.post("/rights/notices/new", data={"title": "", "text": "Kept"}).status_code == 422
    page = client.get("/rights/").text
    assert "Hours &lt;from&gt; May" in page
    address = re.findall(r'action="(/rights/notices/[^"]+/withdraw)"', page)[0]
    sign_in("learner")
    page = client.get("/rights/").text
    assert "We open at eight." in page
    assert "/withdraw" not in page
    assert client.post(address).status_code == 403
    assert client.get("/rights/notices/new").status_code == 403
    stranger = sign_in(user=make_user(session, make_organisation(session), ["supervisor"]))
    assert "We open at eight." not in client.get("/rights/").text
    assert client.post(address).status_code == 404
    assert list(rights.notices(session, stranger.actor)) == []
    sign_in("admin")
    assert client.post(address).status_code == 303
    assert "We open at eight." not in client.get("/rights/").text
    assert "Decision of the management withdrawn" in client.get("/admin/audit").text


def test_way_in_is_there_for_everybody_with_an_account(
    client: FlaskClient, session: Session, sign_in: SignIn, organisation: Organisation
) -> None:
    for role in ("learner", "author", "teacher", "hr"):
        sign_in(role)
        page = client.get("/start").text
        assert 'href="/rights/"' in page
        assert 'href="/job-description/"' in page
    sign_in(user=make_user(session, organisation, is_candidate=True))
    assert client.get("/rights/").status_code == 403
    assert client.get("/job-description/").status_code == 403

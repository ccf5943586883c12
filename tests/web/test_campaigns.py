"""The personnel office's pages, the candidate's way, and the fence around candidates."""

from __future__ import annotations

import csv
import io
import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from tests.conftest import SignIn
from tests.factories.accounts import NOW, make_user
from tests.factories.assessed_calls import add_grade, make_call, make_grade
from tests.factories.calls import make_scenario
from tests.web.access_values import unknown_value
from trainer.ports import Ports
from trainer.services import campaigns, candidates, scenarios
from trainer.services.candidates import Consent
from trainer.store.accounts import Organisation, User
from trainer.store.calls import FINISHED, Call, calls_of_user
from trainer.store.campaigns import Campaign
from trainer.web.campaigns import fence

NEW = {
    "title": "Advisers, spring", "scenario": "late-parcel-small", "language": "en", "closes_on": "2026-12-01",
    "message": "Come and see us.",
}  # fmt: skip
AGREED = {"name": "Ana Diaz", "assessment": "y", "recording": "y"}


@pytest.fixture(autouse=True)
def _scenario(monkeypatch: pytest.MonkeyPatch) -> None:
    scenario = make_scenario()
    monkeypatch.setattr(scenarios, "published", lambda _folder: {scenario.slug: scenario})
    scenarios._cases.clear()


@pytest.fixture
def hr(sign_in: SignIn) -> User:
    return sign_in("hr")


@pytest.fixture
def campaign(client: FlaskClient, session: Session, hr: User) -> Campaign:
    made = client.post("/campaigns/new", data=NEW)
    return campaigns.find_campaign(session, hr.actor, made.location.rsplit("/", 1)[1])


@pytest.fixture
def link(client: FlaskClient, campaign: Campaign) -> str:
    """Ana's address, as HR was shown it."""
    return invited(client, campaign, "Ana Diaz,ana@mail.org")[0]


@pytest.fixture
def visitor(app: Flask, link: str) -> FlaskClient:
    """The candidate's browser, beside the one of the office."""
    return app.test_client()


def invited(client: FlaskClient, campaign: Campaign, text: str) -> list[str]:
    page = client.post(f"/campaigns/{campaign.public_id}/candidates", data={"text": text}).text
    return re.findall(r'value="http://localhost(/assessment/[^"]+)"', page)


def call_of(session: Session, name: str) -> Call:
    user = session.query(User).filter_by(name=name, is_candidate=True).one()
    return calls_of_user(session, user.id)[0]


def finish(session: Session, call: Call, **grade: object) -> Call:
    call.state, call.next_seq, call.ended_at, call.outcome = FINISHED, 9, NOW, "resolved"
    add_grade(session, call, make_grade(**grade))  # type: ignore[arg-type]
    return call


def test_a_campaign_is_made_when_the_form_is_right(client: FlaskClient, hr: User) -> None:
    assert "No campaign yet" in client.get("/campaigns/").text
    wrong = client.post("/campaigns/new", data={**NEW, "closes_on": "2020-01-01"})
    assert wrong.status_code == 422
    assert "Choose a day from today on" in wrong.text
    page = client.post("/campaigns/new", data=NEW, follow_redirects=True)
    assert "Advisers, spring" in page.text
    assert "open until 1 Dec 2026" in client.get("/campaigns/").text


def test_mistakes_are_told_by_line_when_candidates_are_invited(client: FlaskClient, campaign: Campaign) -> None:
    address = f"/campaigns/{campaign.public_id}/candidates"
    page = client.post(address, data={"text": "Ana,ana@mail.org\nBo,bo"})
    assert page.status_code == 422
    assert "Nobody was invited yet" in page.text
    assert len(invited(client, campaign, "Ana,ana@mail.org\nBo,bo@mail.org")) == 2
    again = client.post(address, data={"text": "Ana,ana@mail.org"})
    assert "Nobody new is in this list" in again.text


def test_the_door_says_who_asks_and_what_is_graded_before_anything_begins(visitor: FlaskClient, link: str) -> None:
    page = visitor.get(link).text
    for text in ("Advisers, spring", "Come and see us.", "Handling objections", "Was the customer greeted?", "Rudeness",
                 "I agree to be assessed", "My voice may be recorded", "The machine decides nothing"):  # fmt: skip
        assert text in page
    assert "{found}" not in page
    refused = visitor.post(link, data={"name": "Ana"})
    assert refused.status_code == 422
    assert "the call cannot be graded" in refused.text


def test_a_candidate_takes_the_call_in_one_browser_when_they_agree(
    app: Flask, session: Session, visitor: FlaskClient, link: str
) -> None:
    assert visitor.post(link, data=AGREED).location == "/assessment"
    assert "Ready?" in visitor.get("/assessment").text
    console = visitor.get("/assessment/call", follow_redirects=True)
    assert console.request.path == f"/calls/{call_of(session, 'Ana Diaz').public_id}"
    assert console.status_code == 200
    assert visitor.get(link).location == "/assessment"  # the same browser may come back
    other = app.test_client()
    assert other.get(link).status_code == 409
    assert "Go on in the browser in which you began" in other.post(link, data=AGREED).text


def test_thanks_come_first_when_the_call_is_done(
    session: Session, visitor: FlaskClient, link: str, campaign: Campaign
) -> None:
    visitor.post(link, data=AGREED)
    call = finish(session, call_of(session, "Ana Diaz"))
    review = f"/review/{call.public_id}"
    assert visitor.get(review).location == "/assessment"
    assert "Thank you, Ana Diaz" in visitor.get("/assessment").text
    assert visitor.get(review).location == "/assessment"  # this campaign keeps reviews to itself
    assert visitor.post(f"{review}/turns/2/correct", data={"text": "x"}).status_code == 403
    campaign.show_review = True
    session.commit()
    assert review in visitor.get("/assessment").text


def test_a_candidate_reaches_nothing_but_the_own_call(
    app: Flask, session: Session, organisation: Organisation, ports: Ports, visitor: FlaskClient, link: str
) -> None:
    """Every page of the application, by its own table of addresses."""
    visitor.post(link, data=AGREED)
    other = make_call(session, make_user(session, organisation), NOW, grade=make_grade())
    anything = {"kind": "hang_up", "fields": {}, "disposition": "", "notes": "", "text": "Hello", "tab": "1"}
    opened = set()
    for rule in app.url_map.iter_rules():
        guard = getattr(app.view_functions[rule.endpoint], "guard", ("static", ()))[0]
        if guard not in {"signed_in", "roles"} or rule.endpoint == "auth.logout":
            continue
        kinds = {gap: type(rule._converters[gap]).__name__ for gap in rule.arguments}
        gaps = {gap: unknown_value(rule.endpoint, gap, kind) for gap, kind in kinds.items()}
        gaps |= {"call_id": other.public_id} if "call_id" in gaps else {}
        with app.test_request_context():
            address = app.url_for(rule.endpoint, **gaps)
        method = "GET" if "GET" in rule.methods else "POST"
        answer = visitor.open(address, method=method, json=anything if method == "POST" else None)
        if answer.status_code not in {403, 404}:
            opened.add(rule.endpoint)
    assert opened <= {
        "home.start",
        "campaigns.my_call",
        "campaigns.go_on",
        "calls.busy",
        "calls.headset",
        "calls.tone",
        "calls.test_line",
        "review.show",
    }
    assert visitor.get(f"/review/{other.public_id}").location == "/assessment"
    assert visitor.get("/start").location == "/assessment"


def test_every_page_the_fence_names_exists(app: Flask) -> None:
    named = fence.OWN_CALL | fence.OWN_REVIEW | fence.OTHERS | fence.FRONT_DOORS
    assert named <= set(app.view_functions)


def test_a_candidate_is_out_when_the_place_is_withdrawn(
    client: FlaskClient, session: Session, visitor: FlaskClient, link: str, campaign: Campaign
) -> None:
    visitor.post(link, data=AGREED)
    page = client.get(f"/campaigns/{campaign.public_id}").text
    withdraw = re.search(r'action="([^"]+/withdraw)"', page)
    assert withdraw
    client.post(withdraw[1])
    assert visitor.get("/assessment").status_code == 302
    assert visitor.get(link).status_code == 404


def test_a_candidate_is_erased_only_when_it_was_confirmed(
    client: FlaskClient, session: Session, visitor: FlaskClient, link: str, campaign: Campaign
) -> None:
    visitor.post(link, data=AGREED)
    erase = re.search(r'href="([^"]+/erase)"', client.get(f"/campaigns/{campaign.public_id}").text)
    assert erase
    assert "cannot be undone" in client.get(erase[1]).text
    assert "Everything of Ana Diaz is erased." in client.post(erase[1], follow_redirects=True).text
    assert visitor.get("/assessment").status_code == 302
    assert not session.query(User).filter_by(is_candidate=True).count()


def test_an_open_link_asks_for_an_address_when_it_does_not_know_one(
    app: Flask, client: FlaskClient, session: Session, campaign: Campaign
) -> None:
    page = client.post(f"/campaigns/{campaign.public_id}/open-link", data={"limit": "1"}).text
    link = re.search(r'value="http://localhost(/assessment/[^"]+)"', page)
    assert link
    first, second = app.test_client(), app.test_client()
    assert 'name="email"' in first.get(link[1]).text
    assert first.post(link[1], data={**AGREED, "email": "not one"}).status_code == 422
    assert first.post(link[1], data={**AGREED, "email": "ana@mail.org"}).location == "/assessment"
    assert first.get(link[1]).location == "/assessment"
    assert second.get(link[1]).status_code == 409
    assert "1 of 1 places are taken" in client.get(f"/campaigns/{campaign.public_id}").text


@pytest.fixture
def compared(client: FlaskClient, session: Session, ports: Ports, campaign: Campaign) -> str:
    """The comparison's address, with Ana (a doubt) and Bo (a fundamental error)."""
    for name, token, grade in zip(
        ("Ana Diaz", "=Bo Okoye"),
        invited(client, campaign, "Ana Diaz,ana@mail.org\nBo Okoye,bo@mail.org"),
        ({"overall": 64, "undecided": ("closing.goodbye",)}, {"overall": 91, "passed": False, "errors": [(4, True)]}),
        strict=True,
    ):
        user = candidates.begin(session, ports, token.rsplit("/", 1)[1], Consent(name, "", "en", True, False), NOW)
        finish(session, calls_of_user(session, user.id)[0], **grade)
    return f"/campaigns/{campaign.public_id}/compare"


def test_the_comparison_says_that_a_person_decides(client: FlaskClient, compared: str) -> None:
    page = client.get(compared).text
    assert "A person decides, not this table." in page
    assert "1 check waits for a person" in page
    assert "Disclosure" in page
    assert page.count('href="/review/') - page.count('href="/review/queue') == 2
    assert page.index("=Bo Okoye") < page.index("Ana Diaz")
    by_mark = client.get(f"{compared}?sort=overall&order=asc").text
    assert by_mark.index("Ana Diaz") < by_mark.index("=Bo Okoye")
    assert 'aria-sort="ascending"' in by_mark


def test_one_criterion_shows_the_words_of_everyone(client: FlaskClient, compared: str) -> None:
    page = client.get(f"{compared}/closing").text
    assert page.count("<blockquote") == 2
    assert "waits for a person" in page
    assert client.get(f"{compared}/charm").status_code == 404


def test_the_comparison_is_a_table_without_formulas_when_it_is_exported(client: FlaskClient, compared: str) -> None:
    answer = client.get(f"{compared}.csv?sort=name")
    rows = list(csv.DictReader(io.StringIO(answer.text.removeprefix("\ufeff"))))
    assert [row["Name"] for row in rows] == ["'=Bo Okoye", "Ana Diaz"]
    assert rows[0]["Fundamental errors"] == "Disclosure"
    assert rows[1]["Checks to be decided by a person"] == "1"
    assert rows[0]["Passed"] == "no"


def test_links_are_mailed_when_a_mail_server_is_set_up(
    app: Flask, client: FlaskClient, ports: Ports, campaign: Campaign
) -> None:
    object.__setattr__(app.extensions["settings"], "mail_url", "smtp://mail.example.org")
    (link,) = invited(client, campaign, "Ana Diaz,ana@mail.org")
    (mail,) = ports.mailer.mails  # type: ignore[attr-defined]
    assert mail.to == "ana@mail.org"
    assert link in mail.text
    assert "Come and see us." in mail.text


def test_the_door_is_french_when_the_browser_is(visitor: FlaskClient, link: str) -> None:
    page = visitor.get(link, headers={"Accept-Language": "fr"}).text
    assert "J’accepte l’évaluation" in page
    assert "Le client a-t-il été salué" in page

"""Pages of work: one's own figures, a supervisor's team, tables taken in, complaints, and who may do what."""

from __future__ import annotations

import io
import re
from datetime import date

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.conftest import Outbox, SignIn
from tests.factories.accounts import NOW, make_organisation, make_user
from tests.factories.work import HEAD, TODAY, Crew, make_crew
from trainer.ports import Ports
from trainer.services import work_complaints, work_figures
from trainer.store.accounts import Organisation
from trainer.store.careers import Decision
from trainer.store.work_complaints import WorkComplaint
from trainer.store.work_figures import WorkPeriod
from trainer.store.work_teams import Team

OCTOBER = "2026-10-01;2026-10-31;"


@pytest.fixture
def crew(session: Session, organisation: Organisation) -> Crew:
    return make_crew(session, organisation)


def words(page: str) -> str:
    """The text of a page without its drawings."""
    return " ".join(re.sub(r"<svg.*?</svg>|<[^>]+>", " ", page, flags=re.DOTALL).split())


def standing(session: Session) -> int:
    session.expire_all()
    return session.scalar(select(func.count()).select_from(WorkPeriod).where(WorkPeriod.withdrawn_at.is_(None))) or 0


def test_learner_sees_every_figure_with_target_trend_and_where_it_comes_from(
    client: FlaskClient, sign_in: SignIn, session: Session, crew: Crew
) -> None:
    crew.take((crew.nora, "2026-09-01;2026-09-30;300;80;310;70"), (crew.nora, f"{OCTOBER}100;100;290;80"))
    one = crew.complain(crew.nora)
    work_complaints.decide_complaint(session, crew.lead.actor, one.public_id, justified=False, reason="It was booked.", now=NOW)  # fmt: skip
    sign_in(user=crew.nora)
    page = client.get("/work/mine").text
    assert page.count('<svg role="img"') >= 3
    assert 'aria-label="Quality of tasks: first 80\N{NO-BREAK SPACE}%, latest 100\N{NO-BREAK SPACE}%, 2 in all"' in page
    text = words(page)
    for told in (
        "E1 Tasks completed 400 in 2 periods", "E2 Quality of tasks 85 %", "E3 Target indicators met 50 % 2 of 4",
        "October 2026", "entered by Maeve Sullivan", "at most 300 s", "in 1 of 2 periods", "not justified",
        "It was booked.", "What counts, and where it comes from",
    ):  # fmt: skip
        assert told in text, told
    assert "style=" not in page
    assert client.get("/start").text.count('href="/work/mine"')


def test_page_of_somebody_without_a_team_says_what_comes_next(client: FlaskClient, sign_in: SignIn) -> None:
    sign_in("learner")
    assert "You are in no team yet" in client.get("/work/mine?months=99").text


def test_candidates_have_no_work_here(
    client: FlaskClient, sign_in: SignIn, session: Session, organisation: Organisation
) -> None:
    sign_in(user=make_user(session, organisation, is_candidate=True))
    assert client.get("/work/mine").status_code in {403, 404}


def test_supervisor_makes_a_team_and_enters_a_period(
    client: FlaskClient, sign_in: SignIn, session: Session, organisation: Organisation
) -> None:
    lead, person = sign_in("supervisor"), make_user(session, organisation, name="Nora Haddad")
    assert "Make your first team" in client.get("/work/teams").text
    made = client.post("/work/teams", data={"name": "Orders"})
    team = session.scalars(select(Team)).one()
    assert (made.status_code, made.location) == (303, f"/work/teams/{team.public_id}/setup")
    base = f"/work/teams/{team.public_id}"
    assert "Nobody is in this team yet" in client.get(base).text
    assert client.post(f"{base}/people", data={"person": person.public_id, "since": "2026-09-01"}).status_code == 303
    target = {"indicator": "handle_time", "direction": "", "value": "5:00", "since": "2026-09-01"}
    assert client.post(f"{base}/targets", data=target).status_code == 303
    assert "at most 300" in client.get(f"{base}/setup").text
    form = {"person": person.public_id, "since": "2026-10-01", "until": "2026-10-31", "tasks": "x", "quality": "92,5",
            "handle_time": "4:55"}  # fmt: skip
    refused = client.post(f"{base}/periods/new", data=form)
    assert refused.status_code == 422
    assert "Enter a whole number from 0 to 100,000." in refused.text
    assert 'value="92,5"' in refused.text
    entered = client.post(f"{base}/periods/new", data=form | {"tasks": "400"})
    assert entered.status_code == 303
    corrected = client.post(entered.location, data={"tasks": "401", "quality": "92.5", "handle_time": "295", "reason": "One more."})  # fmt: skip
    assert corrected.status_code == 303
    text = words(client.get(entered.location).text)
    assert f"400 92.5 % 295 s {lead.name}: One more." in text.replace("\N{NO-BREAK SPACE}", " ")
    text = words(client.get(f"{base}?months=3").text)
    assert "Nora Haddad 401 92.5" in text
    assert "1 month September 2026" in text
    out = client.post(f"{entered.location}/withdraw", data={"reason": "The wrong person."})
    assert (out.status_code, standing(session)) == (303, 0)
    assert client.get(entered.location).status_code == 404


def test_table_is_shown_first_then_taken_in_then_undone(
    client: FlaskClient, sign_in: SignIn, session: Session, crew: Crew
) -> None:
    sign_in(user=crew.lead)
    base = f"/work/teams/{crew.id}"
    text = crew.table([(crew.nora, f"{OCTOBER}412;88,5;296;80"), (crew.theo, f"{OCTOBER};;;")])
    shown = client.post(f"{base}/import", data={"text": text})
    assert shown.status_code == 200
    assert "Take in 1 period" in shown.text
    assert "1 line without figures is left out." in shown.text
    assert standing(session) == 0
    taken = client.post(f"{base}/import/take", data={"text": text}, follow_redirects=True)
    assert "1 period is taken in." in taken.text
    assert standing(session) == 1
    (undo,) = re.findall(rf'action="({base}/imports/[^"]+/undo)"', taken.text)
    again = client.post(f"{base}/import", data={"text": text})
    assert again.status_code == 422
    assert "The days from 1 Oct 2026 to 31 Oct 2026 are recorded for this person already." in again.text
    assert "1 period is taken out again." in client.post(undo, follow_redirects=True).text
    assert standing(session) == 0


def test_undo_tells_which_decision_stands_in_its_way(
    client: FlaskClient, sign_in: SignIn, session: Session, crew: Crew
) -> None:
    taken = crew.take((crew.nora, f"{OCTOBER}412;88,5;296;80"))
    records = work_figures.figures_of(session, [crew.nora.id], date(2026, 1, 1), TODAY)[crew.nora.id].records
    session.add(
        Decision(
            organisation_id=crew.team.organisation_id, user_id=crew.nora.id, category="operator-3", ladder="ladder-1",
            granted=True, gates=[{"records": list(records)}], by_name="Maeve", at=NOW,
        )
    )  # fmt: skip
    session.commit()
    sign_in(user=crew.lead)
    page = client.post(f"/work/teams/{crew.id}/imports/{taken.public_id}/undo", follow_redirects=True).text
    assert "on 24 Nov 2026 a decision about Nora Haddad was made on it" in page
    assert standing(session) == 1


def test_mistakes_are_told_in_the_language_of_the_person(
    client: FlaskClient, sign_in: SignIn, session: Session, crew: Crew
) -> None:
    crew.lead.language = "fr"
    session.commit()
    sign_in(user=crew.lead)
    text = "Courriel;Du;Au;Tâches;Qualité (%)\n" + f"{crew.nora.email};{OCTOBER}-3;185\n"
    page = client.post(f"/work/teams/{crew.id}/import", data={"text": text})
    assert page.status_code == 422
    said = words(page.text)
    for told in ("2 erreurs", "Tâches -3 Saisissez un nombre entier de 0 à 100 000.", "Qualité (%) 185 Saisissez un nombre de 0 à 100."):  # fmt: skip
        assert told in said, told
    refused = client.post(f"/work/teams/{crew.id}/import/take", data={"text": text})
    assert refused.status_code == 422
    assert "-3;185" in refused.text  # nothing typed is lost
    assert standing(session) == 0
    lacking = client.post(f"/work/teams/{crew.id}/import", data={"text": "Courriel;Du"}).text
    assert "Il manque" in lacking
    assert "Au, Tâches" in lacking


@pytest.mark.parametrize(
    ("data", "status", "told"),
    [
        ("E-mail;From;To;Tasks\nélise@example.org;2026-10-01;2026-10-31;5".encode("cp1252"), 422, "élise@example.org"),
        ("E-mail;From;To;Tasks\n%s;2026-10-01;2026-10-31;5".encode("utf-16"), 200, "Take in 1 period"),
        (b"PK\x03\x04 a workbook", 422, "not a CSV table"),
        (b"\x00\x01\x02\xff", 422, "not a CSV table"),
        (b"", 422, "no figures in this table"),
        (b"x;" * 250_100, 422, "too long"),
        (b"email;from;to;tasks\n" + b"a;b;c;d\n" * 50_000, 422, "too long"),
        (b"email;from;to;tasks\n" + b'"' * 5001, 422, "quotation mark"),
    ],
)
def test_file_of_any_kind_gets_an_answer(
    client: FlaskClient, sign_in: SignIn, session: Session, crew: Crew, data: bytes, status: int, told: str
) -> None:
    sign_in(user=crew.lead)
    if data.startswith(b"\xff\xfe"):
        data = (data.decode("utf-16") % crew.nora.email).encode("utf-16")
    page = client.post(f"/work/teams/{crew.id}/import", data={"file": (io.BytesIO(data), "octobre.csv")})
    assert page.status_code == status
    assert told in page.text
    assert len(page.text) < 700_000


def test_formulas_and_markup_in_a_table_stay_text(
    client: FlaskClient, sign_in: SignIn, session: Session, crew: Crew
) -> None:
    crew.nora.name = "=cmd()<b>"
    session.commit()
    crew.take((crew.nora, f"{OCTOBER}412;88,5;296;80"))
    sign_in(user=crew.lead)
    sheet = client.get(f"/work/teams/{crew.id}/figures.csv")
    assert sheet.headers["Cache-Control"] == "private, no-store"
    assert "'=cmd()<b>,2026-10-01,2026-10-31,412,88.5,296,80" in sheet.text
    page = client.post(f"/work/teams/{crew.id}/import", data={"text": f"{HEAD}\n<script>alert(1)</script>;1;2;3"}).text
    assert "<script>alert" not in page
    assert "=cmd()&lt;b&gt;" in client.get(f"/work/teams/{crew.id}").text


def test_french_tables_have_semicolons_commas_and_french_heads(
    client: FlaskClient, sign_in: SignIn, session: Session, crew: Crew
) -> None:
    crew.lead.language = "fr"
    session.commit()
    crew.take((crew.nora, f"{OCTOBER}412;88,5;296;80"))
    sign_in(user=crew.lead)
    template = client.get(f"/work/teams/{crew.id}/template.csv").text
    assert "Courriel;Nom;Du;Au;Tâches;Qualité (%);DMT (s);Résolution au premier contact (%)" in template
    assert f"{crew.theo.email};Théo Lefèvre;2026-10-01;2026-10-31;;;;" in template
    assert ";412;88,5;296;80" in client.get(f"/work/teams/{crew.id}/figures.csv").text


def test_complaint_goes_its_way_from_record_to_decision(
    client: FlaskClient, sign_in: SignIn, session: Session, crew: Crew, ports: Ports
) -> None:
    sign_in(user=crew.lead)
    base = f"/work/teams/{crew.id}/complaints/new"
    form = {"person": crew.theo.public_id, "source": "department", "from_whom": "Warehouse", "received": "2026-11-20",
            "text": "No size in two orders.", "evidence": "", "call": ""}  # fmt: skip
    refused = client.post(base, data=form | {"text": "", "received": "2027-01-01"})
    assert refused.status_code == 422
    assert 'value="Warehouse"' in refused.text
    made = client.post(base, data=form)
    assert made.status_code == 303
    outbox = ports.mailer
    assert isinstance(outbox, Outbox)
    assert [mail.subject for mail in outbox.mails] == ["Une réclamation concernant votre travail"]
    assert made.location in outbox.mails[0].text
    assert "No size" not in outbox.mails[0].text  # what customers say stays behind the sign-in
    early = client.post(f"{made.location}/decide", data={"justified": "yes", "reason": "Both fields are empty."})
    assert early.status_code == 422
    assert "Théo Lefèvre has not answered yet." in early.text
    assert "Both fields are empty." in early.text

    sign_in(user=crew.theo)
    mine = client.get("/work/mine").text
    assert "pas encore tranchée" in mine
    assert made.location in mine
    assert client.post(f"{made.location}/answer", data={"answer": ""}).status_code == 422
    assert client.post(f"{made.location}/answer", data={"answer": "La taille était inconnue."}).status_code == 303
    assert client.post(f"{made.location}/decide", data={"justified": "no", "reason": "x" * 20}).status_code == 403

    sign_in(user=crew.lead)
    assert "La taille était inconnue." in client.get(made.location).text
    assert client.post(f"{made.location}/decide", data={"reason": "Both fields are empty."}).status_code == 422
    decided = client.post(f"{made.location}/decide", data={"justified": "yes", "reason": "Both fields are empty."})
    assert decided.status_code == 303
    assert "a tranché la réclamation du 20 nov. 2026" in outbox.mails[-1].text
    assert session.scalars(select(WorkComplaint)).one().justified is True

    sign_in(user=crew.theo)
    page = client.get("/work/mine").text
    assert "Both fields are empty." in page
    assert "E4 Réclamations fondées d’autres services 1" in words(page)


def test_only_supervisors_of_the_team_and_administrators_open_it(
    client: FlaskClient, sign_in: SignIn, session: Session, crew: Crew
) -> None:
    crew.take((crew.nora, f"{OCTOBER}412;88,5;296;80"))
    one, row = crew.complain(crew.nora), session.scalars(select(WorkPeriod)).one()
    pages = [f"/work/teams/{crew.id}{rest}" for rest in ("", "/setup", "/periods/new", "/import", "/template.csv",
             "/figures.csv", "/complaints/new", f"/people/{crew.nora.public_id}")]  # fmt: skip
    pages += [f"/work/periods/{row.public_id}", f"/work/complaints/{one.public_id}"]
    expected = {"lead": 200, "admin": 200, "supervisor": 404, "stranger": 404, "learner": 403}
    people = {name: make_user(session, crew.lead.organisation, [name]) for name in ("admin", "supervisor", "learner")}
    people |= {"lead": crew.lead, "stranger": make_user(session, make_organisation(session), ["admin"])}
    for name, user in people.items():
        sign_in(user=user)
        for address in pages:
            wanted = 404 if name == "learner" and "complaints/" in address and "new" not in address else expected[name]
            assert client.get(address).status_code == wanted, (name, address)


def test_adding_somebody_of_another_team_or_organisation_is_refused_in_place(
    client: FlaskClient, sign_in: SignIn, session: Session, crew: Crew
) -> None:
    stranger = make_user(session, make_organisation(session))
    sign_in(user=crew.lead)
    for person, told in ((stranger, "Choose somebody of the list."), (crew.theo, "is in the team Orders")):
        page = client.post(f"/work/teams/{crew.id}/people", data={"person": person.public_id, "since": "2026-10-01"})
        assert page.status_code == 422
        assert told in page.text
    late = client.post(f"/work/teams/{crew.id}/people", data={"person": stranger.public_id, "since": "0000-00-00"})
    assert "Enter a day such as" in late.text
    last = client.post(f"/work/teams/{crew.id}/supervisors/{crew.lead.public_id}/remove", follow_redirects=True)
    assert "keeps at least one supervisor" in last.text

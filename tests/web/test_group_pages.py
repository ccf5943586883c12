"""The pages on which a supervisor decides over a group."""

from __future__ import annotations

import re
from html import unescape

from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from tests.conftest import Outbox, SignIn
from tests.factories.accounts import make_user
from tests.factories.careers import CATEGORY, PLACE, Team, make_team
from tests.services.test_group_decisions import ready
from trainer.ports import Ports
from trainer.services import group_decisions


def work(session: Session, ports: Ports) -> None:
    assert isinstance(ports.queue, Outbox)
    while ports.queue.jobs:
        job, arguments = ports.queue.jobs.pop(0)
        if job == "decide_group":
            group_decisions.work_on(session, ports, arguments["group"], PLACE.designs, ports.clock.now())


def supervisor(session: Session, sign_in: SignIn) -> Team:
    team = make_team(session)
    sign_in(user=team.supervisor)
    return team


def test_those_who_are_ready_are_ticked_ordered_and_certified(
    client: FlaskClient, session: Session, ports: Ports, sign_in: SignIn
) -> None:
    team = supervisor(session, sign_in)
    people = ready(session, team, 3)
    page = client.get("/categories/group").text
    offered = re.findall(r'name="chosen" value="([^"]+)" checked', page)
    assert offered == [f"{person.public_id}:{CATEGORY}" for person in people]

    answer = client.post("/categories/group", data={"chosen": offered[:2]})
    assert answer.status_code == 303
    under_way = client.get(answer.location).text
    assert "0 / 2" in under_way
    assert 'data-finished="no"' in under_way
    assert "career/group.js" in under_way

    work(session, ports)
    done = client.get(answer.location).text
    assert "2 / 2" in done
    assert 'data-finished="yes"' in done
    assert done.count("certificate issued") >= 2
    assert people[2].name not in done
    papers = client.get(f"{answer.location}/certificates.zip")
    assert papers.data.startswith(b"PK")
    assert client.get("/categories/group").text.count("2 certificates") == 1


def test_choosing_nobody_or_nonsense_is_told(client: FlaskClient, session: Session, sign_in: SignIn) -> None:
    team = supervisor(session, sign_in)
    ready(session, team, 1)
    nobody = client.post("/categories/group", data={})
    assert nobody.status_code == 422
    assert "Choose at least one person." in unescape(nobody.text)
    assert client.post("/categories/group", data={"chosen": ["nobody:operator-3", ":", "x"]}).status_code == 404


def test_page_says_why_there_is_nobody(client: FlaskClient, session: Session, sign_in: SignIn) -> None:
    supervisor(session, sign_in)
    assert "Nobody can be decided just now" in client.get("/categories/group").text
    assert client.get("/categories/group?cohort=unknown").status_code == 404


def test_a_trainer_sees_careers_and_decides_none(client: FlaskClient, session: Session, sign_in: SignIn) -> None:
    team = make_team(session)
    sign_in(user=make_user(session, team.organisation, ["trainer"]))
    assert "/categories/group" not in client.get("/categories/").text
    assert client.get("/categories/group").status_code == 403

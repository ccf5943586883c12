"""The report of measured difficulty: what its readers see, what they do not, and what it costs."""

from __future__ import annotations

import random
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import event
from sqlalchemy.orm import Session

from tests.conftest import SignIn
from tests.factories.accounts import NOW, make_organisation, make_user
from tests.factories.assessed_calls import add_grade, make_call, make_grade
from trainer.domain.grade import CallGrade
from trainer.extensions import db
from trainer.store.accounts import Organisation, User
from trainer.store.marks import CallMark

PAGE, SCENARIO = "/reports/difficulty", "/reports/difficulty/late-parcel-small/en"
FEES = ("4.15", "5.15", "9.15")


@pytest.fixture
def author(sign_in: SignIn) -> User:
    return sign_in("author")


def graded(mark: int, seconds: float = 300.0) -> CallGrade:
    grade = make_grade(mark, passed=mark >= 70, scores={"closing": None})
    return CallGrade(**{**{f: getattr(grade, f) for f in grade.__dataclass_fields__}, "figures": {"handle_time_s": seconds, "wrap_up_s": 20.0}})  # fmt: skip


def add_calls(
    session: Session, organisation: Organisation, count: int, mode: str = "assessed", people: int = 4
) -> None:
    """`count` calls of `people`; those with the dearest fee come out 30 points lower."""
    dice = random.Random(5)
    learners = [make_user(session, organisation, email=f"l{mode}{count}{n}@example.org", name=f"Learner {n}") for n in range(people)]  # fmt: skip
    for number in range(count):
        fee = FEES[number % len(FEES)]
        mark = dice.randint(75, 85) - (30 if fee == "9.15" else 0)
        call = make_call(session, learners[number % people], NOW - timedelta(days=number), mode=mode)
        call.form = {"fee": fee, "today": "2026-03-11"}
        add_grade(session, call, graded(mark))


@pytest.mark.parametrize("mode", ["assessed", "practice", "none-such", ""])
def test_the_report_says_what_to_do_when_there_is_no_call(client: FlaskClient, author: User, mode: str) -> None:
    page = client.get(f"{PAGE}?mode={mode}")
    assert page.status_code == 200
    assert ("No practice call yet" if mode == "practice" else "No assessed call yet") in page.text
    assert client.get(f"{SCENARIO}?mode={mode}").status_code == 404


def test_a_scenario_shows_its_figures_and_the_form_that_is_harder(
    client: FlaskClient, session: Session, author: User, organisation: Organisation
) -> None:
    add_calls(session, organisation, 48)
    page = client.get(PAGE).text
    assert "1 differs" in page
    assert "5:20" in page
    assert "67 %" in page
    page = client.get(SCENARIO).text
    assert "harder" in page
    assert "Most missed checks" not in page, "nothing was missed in these"
    assert "2026-03-11" not in page, "all forms have it"
    french = client.get(SCENARIO, headers={"Accept-Language": "fr"}).text
    assert "plus difficile" in french or "harder" in french


def test_practice_and_assessed_calls_are_apart(
    client: FlaskClient, session: Session, author: User, organisation: Organisation
) -> None:
    add_calls(session, organisation, 9, mode="practice")
    assert "No assessed call yet" in client.get(PAGE).text
    assert "late-parcel-small" in client.get(f"{PAGE}?mode=practice").text


def test_nobody_is_shown_by_name_and_few_people_not_at_all(
    client: FlaskClient, session: Session, author: User, organisation: Organisation
) -> None:
    add_calls(session, organisation, 12, mode="practice", people=2)
    for address in (f"{PAGE}?mode=practice", f"{SCENARIO}?mode=practice"):
        page = client.get(address).text
        assert "Fewer than 3 people took it." in page
        assert "Learner" not in page
    table = client.get(f"{SCENARIO}.csv?mode=practice").text
    assert "Learner" not in table
    assert "4.15,4,," in table, "the value was drawn, and its mark is nobody's business"


def test_the_mark_of_a_person_counts_before_the_machines(
    client: FlaskClient, session: Session, author: User, organisation: Organisation
) -> None:
    people = [make_user(session, organisation, email=f"p{n}@example.org") for n in range(3)]
    for person in people:
        call = make_call(session, person, NOW, grade=graded(40))
        add_grade(session, call, graded(50))
        for overall in (20, 90):
            session.add(CallMark(organisation_id=organisation.id, call_id=call.id, overall=overall, passed=overall > 70,
                                 reason="Listened to it twice.", by_id=author.id, by_name="A", at=NOW))  # fmt: skip
            session.flush()
    session.commit()
    (_, row) = client.get(f"{PAGE}.csv").text.strip().splitlines()
    assert row.split(",")[3:8] == ["3", "3", "1.0", "90.0", "0.0"]


def test_checks_that_were_missed_are_named_in_the_words_of_the_rubric(
    client: FlaskClient, session: Session, author: User, organisation: Organisation
) -> None:
    for number in range(3):
        call = make_call(session, make_user(session, organisation, email=f"m{number}@example.org"), NOW)
        grade = make_grade(40)
        opening = grade.criteria[0]
        check = type(opening.checks[0])("opening.greeting", "opening", "no", 1, ())
        missed = type(opening)(opening.id, opening.weight, 0, (check,))
        add_grade(session, call, CallGrade(**{**{f: getattr(grade, f) for f in grade.__dataclass_fields__}, "criteria": (missed,)}))  # fmt: skip
    page = client.get(SCENARIO).text
    assert "Most missed checks" in page
    assert "3 of 3" in page
    assert "opening.greeting" not in page


def test_calls_of_another_organisation_are_not_counted(client: FlaskClient, session: Session, author: User) -> None:
    add_calls(session, make_organisation(session), 9)
    assert "No assessed call yet" in client.get(PAGE).text
    assert client.get(SCENARIO).status_code == 404


def test_queries_are_as_many_however_many_calls_there_are(
    client: FlaskClient, session: Session, author: User, organisation: Organisation
) -> None:
    add_calls(session, organisation, 6)
    counts: list[int] = []

    def count(*_: object) -> None:
        counts[-1] += 1

    event.listen(db.engine, "before_cursor_execute", count)
    try:
        for more in (0, 60):
            if more:
                counts.append(0)  # what the calls themselves cost is nobody's question
                add_calls(session, organisation, more)
            for address in (PAGE, SCENARIO):
                counts.append(0)
                assert client.get(address).status_code == 200
    finally:
        event.remove(db.engine, "before_cursor_execute", count)
    assert counts[-2:] == counts[:2]


@pytest.mark.parametrize("role", ["learner", "teacher", "hr"])
def test_the_report_is_closed_to_others(client: FlaskClient, sign_in: SignIn, role: str) -> None:
    sign_in(role)
    assert client.get(PAGE).status_code == 403
    assert client.get(f"{PAGE}.csv").status_code == 403

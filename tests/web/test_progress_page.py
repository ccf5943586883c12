"""Progress over time: every criterion of the learner's own calls as a chart and as a table, and nobody else's."""

from __future__ import annotations

from datetime import timedelta

from flask.testing import FlaskClient
from sqlalchemy import event
from sqlalchemy.orm import Session

from tests.conftest import SignIn
from tests.factories.accounts import NOW, make_user
from tests.factories.assessed_calls import add_grade, make_call, make_grade
from trainer.domain.grade import CALL_CRITERIA
from trainer.extensions import db
from trainer.services.call_progress import MOST_CALLS, progress_over_time
from trainer.store.accounts import Organisation, User
from trainer.web.kept_pages import forget_kept_pages


def make_calls(session: Session, user: User, count: int, first: int = 40) -> None:
    """Calls on one day after the other, each two points better; every third is assessed."""
    for number in range(count):
        mode = "practice" if number % 3 else "assessed"
        grade = make_grade(first + 2 * number, scores={"hold_transfer": None})
        make_call(session, user, NOW + timedelta(days=number), mode=mode, grade=grade)


def test_every_criterion_has_a_chart_a_name_and_its_figures_in_the_table(
    client: FlaskClient, sign_in: SignIn, session: Session
) -> None:
    make_calls(session, sign_in("learner"), 7)
    page = client.get("/learn/progress").text
    assert page.count('<svg role="img"') == len(CALL_CRITERIA) - 1  # nobody was put on hold
    assert 'aria-label="Opening: first 40, latest 52, in 7 calls"' in page
    assert "8 points up" in page
    assert page.count("<tr>") == 8
    assert "<style" not in page
    assert " style=" not in page


def test_practice_and_assessed_calls_are_told_apart(session: Session, organisation: Organisation) -> None:
    user = make_user(session, organisation)
    make_calls(session, user, 4)
    found = progress_over_time(session, user.actor)
    assert [call.assessed for call in found.calls] == [True, False, False, True]
    opening = found.ways[0]
    assert opening.points == ((1, 40, True), (2, 42, False), (3, 44, False), (4, 46, True))
    assert (opening.first, opening.last) == (None, None)


def test_the_newest_grade_counts_and_only_the_latest_calls_are_drawn(
    session: Session, organisation: Organisation
) -> None:
    user = make_user(session, organisation)
    make_calls(session, user, MOST_CALLS + 2, first=0)
    call = make_call(session, user, NOW + timedelta(days=90), grade=make_grade(10))
    add_grade(session, call, make_grade(77))
    found = progress_over_time(session, user.actor)
    assert len(found.calls) == MOST_CALLS
    assert found.calls[-1].scores["opening"] == 77


def test_nobody_sees_the_calls_of_another(client: FlaskClient, sign_in: SignIn, session: Session) -> None:
    make_calls(session, sign_in("learner"), 2)
    for role in ("learner", "trainer", "teacher", "admin"):
        sign_in(role)
        page = client.get("/learn/progress").text
        assert "A late parcel" not in page
        assert "No marked call yet" in page


def test_an_empty_page_says_what_to_do_next_and_my_path_leads_to_it(client: FlaskClient, sign_in: SignIn) -> None:
    sign_in("learner")
    assert 'href="/learn/progress"' in client.get("/learn/").text
    assert 'href="/calls/"' in client.get("/learn/progress").text


def test_queries_stay_as_many_when_calls_become_more(client: FlaskClient, sign_in: SignIn, session: Session) -> None:
    user = sign_in("learner")
    make_calls(session, user, 1)
    asked: list[str] = []
    event.listen(db.engine, "before_cursor_execute", lambda *args: asked.append(args[2]))
    for page in ("/learn/progress", "/learn/"):
        make_calls(session, user, 1)
        client.get(page)  # what is read once a process
        session.expire_all()
        forget_kept_pages()
        asked.clear()
        client.get(page)
        few = len(asked)
        make_calls(session, user, 12)
        session.expire_all()
        forget_kept_pages()
        asked.clear()
        client.get(page)
        assert len(asked) == few, page


def test_service_calls_have_a_way_of_their_own_for_clarity_among_the_others(
    client: FlaskClient, sign_in: SignIn, session: Session
) -> None:
    user = sign_in("learner")
    for day, (rubric, overall) in enumerate(
        (("call-1+objection-1", 60), ("service-1", 70), ("call-1+objection-1", 80))
    ):
        make_call(session, user, NOW + timedelta(days=day), grade=make_grade(overall, rubric=rubric))
    found = progress_over_time(session, user.actor)
    assert found.rubrics == ("call-1+objection-1", "service-1")
    ways = {way.criterion: way.points for way in found.ways}
    assert ways["clarity"] == ((2, 70, True),)
    assert ways["objections"] == ((1, 60, True), (3, 80, True))
    assert len(ways["opening"]) == 3
    page = client.get("/learn/progress").text
    assert 'aria-label="Clarity: first 70, latest 70, in 1 calls"' in page
    assert page.count('scope="col" class="num">Clarity<') == 1

"""Rosters, cohorts and marks."""

from __future__ import annotations

import csv
import io
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import event
from sqlalchemy.orm import Session

from tests.factories.accounts import NOW, make_organisation, make_user
from tests.factories.assessed_calls import add_grade, make_call, make_grade
from trainer.domain.errors import Conflict, Invalid, NotAllowed, NotFound
from trainer.services import accounts, cohorts, marks
from trainer.services.rosters import MOST_ROWS, read_roster
from trainer.services.spreadsheets import csv_text, decode_table, harmless
from trainer.store.accounts import Organisation, User, open_invitations
from trainer.store.calls import LIVE
from trainer.store.cohorts import Cohort
from trainer.store.learning import LessonRead


def people(text: str) -> list[tuple[int, str, str]]:
    return [(row.line, row.name, row.email) for row in read_roster(text).rows]


def mistakes(text: str) -> list[tuple[int, str, str]]:
    return [(one.line, one.field, one.code) for one in read_roster(text).mistakes]


@pytest.mark.parametrize(
    "text",
    [
        "Ana Diaz,ana@school.org\nLi Wei,li@school.org",
        "name,email\nAna Diaz,ana@school.org\nLi Wei,li@school.org",
        "Nom;Prénom;Courriel\nDiaz;Ana;ana@school.org\nWei;Li;li@school.org",
        "email\tname\nana@school.org\tAna Diaz\nli@school.org\tLi Wei",
        "\ufeffAna Diaz;ANA@school.org\r\n\r\nLi Wei;li@school.org;;\r\n",
        'Ana Diaz <ana@school.org>\n"Li Wei" <li@school.org>',
        "Ana,Diaz,ana@school.org\nLi,Wei,li@school.org",
    ],
)
def test_people_are_found_whatever_the_table_looks_like(text: str) -> None:
    assert {(name, email) for _, name, email in people(text)} == {
        ("Ana Diaz", "ana@school.org"), ("Li Wei", "li@school.org"),
    }  # fmt: skip
    assert not mistakes(text)


def test_every_mistake_is_told_by_line_and_field_when_lines_are_wrong() -> None:
    text = 'name,email\nAna,ana@school.org\n,li@school.org\nBo,bo(at)school\nCy,\n"Di,di@school.org\nAna,ANA@school.org'
    assert mistakes(text) == [
        (3, "name", "roster.no_name"),
        (4, "email", "error.bad_email"),
        (5, "email", "roster.no_email"),
        (6, "row", "roster.unreadable"),
        (7, "email", "roster.twice"),
    ]
    assert people(text) == [(2, "Ana", "ana@school.org")]
    assert read_roster(text).mistakes[-1].other_line == 2


@pytest.mark.parametrize("text", ["", " \n,,\n", "name,email\n"])
def test_a_roster_is_refused_when_nobody_is_in_it(text: str) -> None:
    with pytest.raises(Invalid, match=r"roster\.empty"):
        read_roster(text)


def test_a_roster_is_refused_when_it_is_too_long() -> None:
    with pytest.raises(Invalid, match=r"roster\.too_many"):
        read_roster("\n".join(f"N,n{number}@school.org" for number in range(MOST_ROWS + 1)))


@given(st.text(max_size=400))
def test_any_text_is_read_or_refused_when_it_is_pasted(text: str) -> None:
    try:
        roster = read_roster(text)
    except Invalid:
        return
    emails = [row.email for row in roster.rows]
    assert len(emails) == len(set(emails))
    assert not {row.line for row in roster.rows} & {one.line for one in roster.mistakes}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_accents_survive_when_a_file_comes_from_any_spreadsheet(encoding: str) -> None:
    assert people(decode_table("Élise Noël;elise@ecole.fr".encode(encoding)))[0][1] == "Élise Noël"


@pytest.mark.parametrize("data", [b"PK\x03\x04" + b"x" * 40, b"\x00\x01\x02", b"\xff\xfe\x00"])
def test_a_file_is_refused_when_it_is_no_text(data: bytes) -> None:
    with pytest.raises(Invalid, match=r"roster\.not_text"):
        decode_table(data)


@given(st.text(max_size=60))
def test_no_cell_begins_a_formula_when_a_table_is_written(text: str) -> None:
    assert not harmless(text).lstrip(" ").startswith(("=", "+", "-", "@", "\t", "\r"))
    cell = next(csv.reader(io.StringIO(csv_text([[text.replace("\r", "").replace("\x00", "")]])[1:], newline="")), [""])
    assert cell[0].removeprefix("'") in {
        text.replace("\r", "").replace("\x00", ""),
        text.replace("\r", "").replace("\x00", "").removeprefix("'"),
    }


@pytest.fixture
def teacher(session: Session, organisation: Organisation) -> User:
    return make_user(session, organisation, ["teacher"], name="Élise")


@pytest.fixture
def cohort(session: Session, teacher: User) -> Cohort:
    return cohorts.create_cohort(session, teacher.actor, "  Autumn   class ", NOW)


ROSTER = "Ana Diaz,ana@school.org\nLi Wei,li@school.org\nno one,nowhere"


def test_a_preview_changes_nothing_when_it_is_shown(
    session: Session, organisation: Organisation, teacher: User, cohort: Cohort
) -> None:
    make_user(session, organisation, email="ana@school.org")
    found = cohorts.preview_roster(session, teacher.actor, cohort.public_id, ROSTER)
    assert [(one.row.email, one.state) for one in found.rows] == [("ana@school.org", "joins"), ("li@school.org", "new")]
    assert found.adding == 2
    assert len(found.roster.mistakes) == 1
    assert not cohorts.open_cohort(session, teacher.actor, cohort.public_id).learners


def test_people_are_seated_once_when_a_roster_is_taken_twice(session: Session, teacher: User, cohort: Cohort) -> None:
    taken = cohorts.take_roster(session, teacher.actor, cohort.public_id, ROSTER, NOW)
    assert taken.added == 2
    with pytest.raises(Invalid, match="nobody_new"):
        cohorts.take_roster(session, teacher.actor, cohort.public_id, ROSTER, NOW)
    page = cohorts.open_cohort(session, teacher.actor, cohort.public_id)
    assert [(one.name, one.joined) for one in page.learners] == [("Ana Diaz", False), ("Li Wei", False)]
    assert cohort.name == "Autumn class"


def test_a_roster_leaves_no_trace_when_it_is_undone(session: Session, teacher: User, cohort: Cohort) -> None:
    cohorts.take_roster(session, teacher.actor, cohort.public_id, "Old Hand,old@school.org", NOW)
    taken = cohorts.take_roster(session, teacher.actor, cohort.public_id, ROSTER, NOW)
    cohorts.make_links(session, teacher.actor, cohort.public_id, "en", NOW)
    for _ in range(2):
        cohorts.undo_roster(session, teacher.actor, cohort.public_id, taken.public_id, NOW)
    page = cohorts.open_cohort(session, teacher.actor, cohort.public_id)
    assert [one.email for one in page.learners] == ["old@school.org"]
    assert [one.email for one in open_invitations(session, teacher.organisation_id)] == ["old@school.org"]
    assert len(page.imports) == 1


def test_a_seat_is_taken_when_its_link_is_used(session: Session, teacher: User, cohort: Cohort) -> None:
    cohorts.take_roster(session, teacher.actor, cohort.public_id, ROSTER, NOW)
    made = cohorts.make_links(session, teacher.actor, cohort.public_id, "fr", NOW)
    assert [one.name for one in made] == ["Ana Diaz", "Li Wei"]
    ana = accounts.accept_invitation(
        session, made[0].token, name="Ana D.", password="a" * 5 + "bcdefgh", language="en", now=NOW
    )
    assert ana.roles == {"learner"}
    page = cohorts.open_cohort(session, teacher.actor, cohort.public_id)
    assert [(one.name, one.joined) for one in page.learners] == [("Ana D.", True), ("Li Wei", False)]
    assert page.missing == 1


def test_a_cohort_is_hidden_when_it_is_another_teachers(
    session: Session, organisation: Organisation, cohort: Cohort
) -> None:
    colleague = make_user(session, organisation, ["teacher"])
    admin = make_user(session, organisation, ["admin"])
    stranger = make_user(session, make_organisation(session), ["admin"])
    for actor in (colleague.actor, stranger.actor):
        with pytest.raises(NotFound):
            cohorts.open_cohort(session, actor, cohort.public_id)
        assert not cohorts.list_cohorts(session, actor)
    assert cohorts.open_cohort(session, admin.actor, cohort.public_id)


def _seated(session: Session, organisation: Organisation, teacher: User, cohort: Cohort, count: int) -> list[User]:
    users = [make_user(session, organisation, name=f"Learner {number:02}") for number in range(count)]
    text = "\n".join(f"{user.name},{user.email}" for user in users)
    cohorts.take_roster(session, teacher.actor, cohort.public_id, text, NOW)
    return users


def test_progress_counts_calls_and_the_mark_that_counts_when_learners_have_called(
    session: Session, organisation: Organisation, teacher: User, cohort: Cohort
) -> None:
    ana, _li = _seated(session, organisation, teacher, cohort, 2)
    make_call(session, ana, NOW, mode="practice", grade=make_grade(20, passed=False))
    make_call(session, ana, NOW + timedelta(days=1), grade=make_grade(90))
    last = make_call(session, ana, NOW + timedelta(days=2), grade=make_grade(40, passed=False))
    add_grade(session, last, make_grade(60, passed=False))
    make_call(session, ana, NOW + timedelta(days=3), state=LIVE)
    make_call(session, ana, NOW + timedelta(days=3))  # not graded yet
    first, second = cohorts.open_cohort(session, teacher.actor, cohort.public_id).learners
    assert (first.calls.practised, first.calls.assessed, first.calls.passed) == (1, 3, 1)
    assert first.latest is not None
    assert (first.latest.overall, first.latest.passed, first.latest.by_person) == (60, False, False)
    assert first.last_at == NOW + timedelta(days=3, minutes=6)
    assert second.latest is None
    assert second.last_at is None

    marks.give_mark(session, teacher.actor, last.public_id, overall=75, passed=True, reason="Heard it again.", now=NOW)
    first = cohorts.open_cohort(session, teacher.actor, cohort.public_id).learners[0]
    assert first.calls.passed == 2
    assert first.latest is not None
    assert (first.latest.overall, first.latest.passed, first.latest.by_person) == (75, True, True)
    shown = cohorts.open_learner(session, teacher.actor, cohort.public_id, first.seat).calls
    assert [(mark.machine, mark.person, mark.overall) for _, mark in shown] == [
        (None, None, None),
        (60, 75, 75),
        (90, None, 90),
    ]


def test_lessons_and_quizzes_show_when_learners_have_read(
    session: Session, organisation: Organisation, teacher: User, cohort: Cohort
) -> None:
    ana, _li = _seated(session, organisation, teacher, cohort, 2)
    at = NOW + timedelta(hours=3)
    session.add_all(
        LessonRead(
            organisation_id=ana.organisation_id,
            user_id=ana.id,
            course="complaint-calls",
            lesson=name,
            version="1",
            at=at,
        )
        for name in ("one", "two")
    )
    session.commit()
    first, second = cohorts.open_cohort(session, teacher.actor, cohort.public_id).learners
    assert (first.learning.lessons, first.learning.quiz, first.last_at) == (2, None, at)
    assert (second.learning.lessons, second.last_at) == (0, None)


def test_the_number_of_queries_stays_when_the_cohort_grows(
    session: Session, organisation: Organisation, teacher: User, cohort: Cohort
) -> None:
    def queries() -> int:
        seen: list[str] = []
        session.expire_all()
        event.listen(session.get_bind(), "before_cursor_execute", lambda *args: seen.append(args[2]))
        cohorts.open_cohort(session, teacher.actor, cohort.public_id)
        return len(seen)

    for user in _seated(session, organisation, teacher, cohort, 2):
        make_call(session, user, NOW, grade=make_grade())
    few = queries()
    for number in range(12):
        user = make_user(session, organisation, email=f"more{number}@school.org")
        make_call(session, user, NOW, grade=make_grade())
    text = "\n".join(f"N,more{number}@school.org" for number in range(12))
    cohorts.take_roster(session, teacher.actor, cohort.public_id, text, NOW)
    assert queries() <= few + 1


@pytest.mark.parametrize(("overall", "reason", "code"), [(101, "long enough", "bad_overall"), (50, "no", "bad_reason")])
def test_a_mark_is_refused_when_it_cannot_be_used(
    session: Session, organisation: Organisation, teacher: User, overall: int, reason: str, code: str
) -> None:
    call = make_call(session, make_user(session, organisation), NOW, grade=make_grade())
    with pytest.raises(Invalid, match=code):
        marks.give_mark(session, teacher.actor, call.public_id, overall=overall, passed=True, reason=reason, now=NOW)


def test_a_mark_is_refused_when_the_call_is_ones_own_or_open_or_practice(
    session: Session, organisation: Organisation, teacher: User
) -> None:
    learner = make_user(session, organisation)
    given = {"overall": 50, "passed": True, "reason": "long enough", "now": NOW}
    own = make_call(session, teacher, NOW, grade=make_grade())
    with pytest.raises(NotAllowed):
        marks.give_mark(session, teacher.actor, own.public_id, **given)
    with pytest.raises(NotAllowed):
        marks.give_mark(session, learner.actor, make_call(session, learner, NOW).public_id, **given)
    with pytest.raises(Conflict):
        marks.give_mark(session, teacher.actor, make_call(session, learner, NOW, state=LIVE).public_id, **given)
    with pytest.raises(NotFound):
        marks.give_mark(session, teacher.actor, make_call(session, learner, NOW, mode="practice").public_id, **given)

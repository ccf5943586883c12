"""Editions of the ladder: what is wrong is told by line, and a change touches no decision."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from tests.factories.accounts import NOW, make_organisation, make_user
from tests.factories.careers import CATEGORY, granted_decision, make_team
from trainer.config import ROOT
from trainer.content.ladder import load_ladder
from trainer.domain.errors import Conflict, Invalid, NotAllowed
from trainer.domain.ladder import Ladder
from trainer.services import careers, category_decisions, courses, exams, ladders
from trainer.services.ladders import change_ladder, house_text, ladder_of
from trainer.store.accounts import Organisation, User
from trainer.store.audit import list_entries

NOTE = "Typing matters more in our chat team."


@pytest.fixture
def admin(session: Session, organisation: Organisation) -> User:
    return make_user(session, organisation, ["admin"])


def change(session: Session, admin: User, *pairs: tuple[str, str], seen: int = 0, note: str = NOTE) -> Ladder:
    text = house_text("ladder-2")
    for before, after in pairs:
        assert before in text
        text = text.replace(before, after, 1)
    change_ladder(session, admin.actor, text, note, seen, NOW)
    return ladder_of(session, admin.organisation_id)


def test_house_ladders_name_every_category_and_only_what_is_published() -> None:
    for version in ladders.HOUSE:
        ladder = load_ladder(version)
        assert [one.id for one in ladder.categories] == [
            "trainee", "operator-3", "operator-2", "operator-1", "senior-specialist", "supervisor", "manager",
        ]  # fmt: skip
        there, asked = courses.published(ROOT / "courses"), exams.published(ROOT / "courses")
        assert all(slug in there for gate in ladder.all_gates() for slug in gate.courses)
        assert all(gate.exam in asked for gate in ladder.all_gates() if gate.exam)
    whole = load_ladder("ladder-2")
    assert all(one.gates and one.renewal and one.validity_months for one in whole.categories[1:])


def test_edition_is_in_force_for_its_organisation_alone(session: Session, admin: User) -> None:
    other = make_organisation(session)
    own = change(session, admin, ("threshold: 25", "threshold: 40"))
    category = own.find("operator-3")
    assert own.version == "own-1"
    assert category is not None
    assert next(gate.threshold for gate in category.gates if gate.id == "typing") == 40
    assert ladder_of(session, other.id) is load_ladder()
    entries = list_entries(session, admin.organisation_id)
    assert "ladder.changed" in {entry.action for entry in entries}


def test_decision_keeps_the_rules_it_was_made_with(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    team = make_team(session)
    decision = granted_decision(session, team, monkeypatch)
    boss = make_user(session, team.organisation, ["admin"])
    change_ladder(session, boss.actor, house_text("ladder-2"), NOTE, 1, NOW)
    assert (decision.ladder, ladder_of(session, team.organisation.id).version) == ("own-1", "own-2")
    assert category_decisions.made_again(session, decision)
    assert len(decision.gates) == 4
    assert len(careers.careers_of(session, [team.learner], NOW)[0].verdict.gates) == 9
    assert decision.category == CATEGORY


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("kind: signature", "kind: luck", "kind 'luck' is not one of"),
        ("exam: operator-3", "exam: ''", "'exam' is ''"),
        ("threshold: 25", "threshold: fast", "'threshold' is 'fast'"),
        ("duties: [IN2, IN3, IN4]", "duties: [IN99]", "'duties' names 'IN99'"),
        ("category: operator-3\n", "category: manager\n", "no category of this ladder up to this one"),
        ("measure: longest_silence_s", "measure: accent", "'measure' is 'accent'"),
        ("    validity_months: 24\n", "", "'gates' and 'validity_months' belong together"),
        ("  - id: exam\n", "  - id: courses\n", "gate 'courses' stands twice"),
        ("at_most: true", "at_most: perhaps", "'at_most' is 'perhaps'"),
        ("categories:", "categories: [", "not YAML"),
    ],
)
def test_mistakes_are_told_by_line(session: Session, admin: User, before: str, after: str, told: str) -> None:
    with pytest.raises(Invalid) as found:
        change(session, admin, (before, after))
    assert told in found.value.params["faults"]
    assert "own-1.yaml:" in found.value.params["faults"]
    assert ladder_of(session, admin.organisation_id) is load_ladder()


def test_no_category_may_get_lost_and_the_lowest_asks_nothing(session: Session, admin: User) -> None:
    text = house_text("ladder-1")
    cut = text[: text.index("  - id: manager")]
    with pytest.raises(Invalid, match="category_missing"):
        change_ladder(session, admin.actor, cut, NOTE, 0, NOW)
    with pytest.raises(Invalid, match="lowest_has_gates"):
        change(
            session, admin,
            ("  - id: operator-3\n", "    validity_months: 1\n    gates: [{id: s, kind: signature, title: {en: x, fr: x}}]\n  - id: operator-3\n"),
        )  # fmt: skip


def test_two_who_change_at_once(session: Session, admin: User) -> None:
    change(session, admin)
    with pytest.raises(Conflict):
        change(session, admin, seen=0)
    assert change(session, admin, seen=1).version == "own-2"


@pytest.mark.parametrize("note", ["", "  a  ", "x" * 501])
def test_change_says_why(session: Session, admin: User, note: str) -> None:
    with pytest.raises(Invalid, match="note_length"):
        change(session, admin, note=note)


def test_giant_text_and_alias_bombs_are_refused_at_once(session: Session, admin: User) -> None:
    with pytest.raises(Invalid, match="too_long"):
        change_ladder(session, admin.actor, "x" * 60_001, NOTE, 0, NOW)
    bomb = "a: &a [x, x, x]\n" + "".join(
        f"b{n}: &b{n} [{', '.join(['*' + ('a' if n == 0 else f'b{n - 1}')] * 9)}]\n" for n in range(9)
    )
    with pytest.raises(Invalid, match="faults"):
        change_ladder(session, admin.actor, bomb, NOTE, 0, NOW)


def test_only_administrators_change_it(session: Session, organisation: Organisation) -> None:
    for role in ("supervisor", "trainer", "learner", "hr"):
        with pytest.raises(NotAllowed):
            change_ladder(session, make_user(session, organisation, [role]).actor, "x", NOTE, 0, NOW)

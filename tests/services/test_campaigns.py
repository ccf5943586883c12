"""Campaigns, candidates and the comparison."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import event, func, select
from sqlalchemy.orm import Session

from tests.factories.accounts import NOW, make_organisation, make_user
from tests.factories.assessed_calls import add_grade, make_grade
from tests.factories.calls import make_scenario
from trainer.domain.errors import Conflict, Invalid, NotFound
from trainer.ports import Ports
from trainer.services import campaigns, candidates, comparisons, marks, reviewing, scenarios
from trainer.services.campaigns import Plan
from trainer.services.candidate_erasure import erase_candidate
from trainer.services.candidates import Consent
from trainer.services.tokens import hash_token
from trainer.store.accounts import Organisation, User
from trainer.store.audit import AuditEntry
from trainer.store.calls import FINISHED, Call, calls_of_user
from trainer.store.campaigns import Campaign, Candidacy, candidacy_of_user
from trainer.store.marks import CallMark

FOLDER = Path("nowhere")
PLAN = Plan("Advisers, spring", "late-parcel-small", "en", date(2026, 12, 1))
YES = Consent("Ana Diaz", "", "en", assessment=True, recording=True)


@pytest.fixture(autouse=True)
def _scenario(monkeypatch: pytest.MonkeyPatch) -> None:
    scenario = make_scenario()
    monkeypatch.setattr(scenarios, "published", lambda _folder: {scenario.slug: scenario})
    scenarios._cases.clear()


@pytest.fixture
def hr(session: Session, organisation: Organisation) -> User:
    return make_user(session, organisation, ["hr"], name="Kwame")


@pytest.fixture
def campaign(session: Session, hr: User) -> Campaign:
    return campaigns.create_campaign(session, FOLDER, hr.actor, PLAN, NOW)


Invite = Callable[..., list[str]]


@pytest.fixture
def invite(session: Session, hr: User, campaign: Campaign) -> Invite:
    def made(*names: str) -> list[str]:
        text = "\n".join(f"{name},{name.split()[0].lower()}@mail.org" for name in names)
        _, links = campaigns.invite_candidates(session, hr.actor, campaign.public_id, text, NOW)
        return [link.token for link in links]

    return made


def finish(session: Session, user: User, **grade: object) -> Call:
    call = calls_of_user(session, user.id)[0]
    call.state, call.next_seq, call.ended_at = FINISHED, 9, NOW
    add_grade(session, call, make_grade(**grade))  # type: ignore[arg-type]
    return call


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"language": "de"}, "call.bad_language"),
        ({"title": " "}, "bad_title"),
        ({"message": "x" * 2001}, "message_too_long"),
        ({"closes_on": date(2026, 11, 22)}, "bad_day"),
        ({"closes_on": date(2028, 1, 1)}, "bad_day"),
    ],
)
def test_a_campaign_is_refused_when_its_plan_cannot_be(
    session: Session, hr: User, change: dict[str, object], code: str
) -> None:
    plan = Plan(**{**{name: getattr(PLAN, name) for name in Plan.__slots__}, **change})  # type: ignore[arg-type]
    with pytest.raises(Invalid, match=code):
        campaigns.create_campaign(session, FOLDER, hr.actor, plan, NOW)


def test_a_link_is_stored_as_its_hash_when_it_is_made(session: Session, campaign: Campaign, invite: Invite) -> None:
    (token,) = invite("Ana Diaz")
    stored = session.query(Candidacy).one()
    assert stored.token_hash == hash_token(token)
    assert len(token) >= 43  # 256 bits
    assert token not in str(vars(stored))


def test_nobody_is_invited_when_a_line_has_a_mistake(session: Session, hr: User, campaign: Campaign) -> None:
    roster, made = campaigns.invite_candidates(session, hr.actor, campaign.public_id, "Ana,ana@mail.org\nBo,bo", NOW)
    assert not made
    assert roster.mistakes[0].field == "email"
    assert not campaigns.open_campaign(session, hr.actor, campaign.public_id, NOW).places


def test_every_candidate_meets_the_same_call_when_the_scenario_changes_meanwhile(
    session: Session, ports: Ports, campaign: Campaign, invite: Invite, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = invite("Ana Diaz", "Li Wei")
    ana = candidates.begin(session, ports, first, YES, NOW)
    changed = make_scenario(title="Quite another call")
    monkeypatch.setattr(scenarios, "published", lambda _folder: {changed.slug: changed})
    li = candidates.begin(session, ports, second, YES, NOW)
    calls = [candidates.my_call(session, user.actor).call for user in (ana, li)]
    assert len({(call.scenario, call.version, call.seed, call.language, call.title) for call in calls}) == 1
    assert {call.mode for call in calls} == {"assessed"}
    assert calls[0].form == calls[1].form


def test_a_link_lets_one_person_in_when_it_is_used_twice(session: Session, ports: Ports, invite: Invite) -> None:
    (token,) = invite("Ana Diaz")
    user = candidates.begin(session, ports, token, YES, NOW)
    assert user.is_candidate
    assert user.email is None
    assert user.roles == {"learner"}
    with pytest.raises(Conflict, match="link_used"):
        candidates.begin(session, ports, token, YES, NOW)
    assert len(calls_of_user(session, user.id)) == 1


def test_nobody_begins_when_they_do_not_agree_to_the_assessment(session: Session, ports: Ports, invite: Invite) -> None:
    (token,) = invite("Ana Diaz")
    with pytest.raises(Invalid, match="no_consent"):
        candidates.begin(session, ports, token, Consent("Ana", "", "en", False, True), NOW)
    assert not candidates.open_door(session, token, NOW).used


def test_the_voice_is_recorded_only_when_the_candidate_says_so(session: Session, ports: Ports, invite: Invite) -> None:
    first, second = invite("Ana Diaz", "Li Wei")
    ana = candidates.begin(session, ports, first, YES, NOW)
    li = candidates.begin(session, ports, second, Consent("Li", "", "fr", True, recording=False), NOW)
    assert [calls_of_user(session, user.id)[0].consent_recording for user in (ana, li)] == [True, False]
    assert li.language == "fr"


def test_a_link_is_dead_when_the_place_is_withdrawn_or_it_is_too_late(
    session: Session, ports: Ports, hr: User, campaign: Campaign, invite: Invite
) -> None:
    first, second = invite("Ana Diaz", "Li Wei")
    ana = candidates.open_door(session, first, NOW).candidacy
    assert ana is not None
    campaigns.withdraw_place(session, hr.actor, campaign.public_id, ana.public_id, NOW)
    with pytest.raises(NotFound, match="link_unknown"):
        candidates.begin(session, ports, first, YES, NOW)
    with pytest.raises(NotFound, match="link_unknown"):
        candidates.open_door(session, "no such token", NOW)
    on_the_last_day = campaign.closes_at - timedelta(minutes=1)
    assert candidates.open_door(session, second, on_the_last_day)
    with pytest.raises(Conflict, match="too_late"):
        candidates.begin(session, ports, second, YES, campaign.closes_at + timedelta(seconds=1))


def test_a_call_under_way_can_be_finished_when_the_campaign_has_closed(
    session: Session, ports: Ports, hr: User, campaign: Campaign, invite: Invite
) -> None:
    (token,) = invite("Ana Diaz")
    user = candidates.begin(session, ports, token, YES, NOW)
    campaigns.close_campaign(session, hr.actor, campaign.public_id, NOW)
    assert candidates.my_call(session, user.actor)
    assert candidates.open_door(session, token, NOW).used
    with pytest.raises(Conflict, match="closed"):
        campaigns.invite_candidates(session, hr.actor, campaign.public_id, "Bo,bo@mail.org", NOW)


def test_a_new_link_leads_back_to_the_same_call_when_the_browser_is_lost(
    session: Session, ports: Ports, hr: User, campaign: Campaign, invite: Invite
) -> None:
    (token,) = invite("Ana Diaz")
    user = candidates.begin(session, ports, token, YES, NOW)
    call, epoch = calls_of_user(session, user.id)[0].public_id, user.auth_epoch
    place = candidacy_of_user(session, user.id)
    assert place is not None
    again = campaigns.renew_link(session, hr.actor, campaign.public_id, place.public_id, NOW).token
    with pytest.raises(NotFound):
        candidates.open_door(session, token, NOW)
    assert candidates.begin(session, ports, again, YES, NOW).id == user.id
    assert user.auth_epoch == epoch + 1  # the earlier browser is signed out
    assert [one.public_id for one in calls_of_user(session, user.id)] == [call]
    with pytest.raises(Conflict, match="link_used"):
        candidates.begin(session, ports, again, YES, NOW)


def test_the_call_rings_again_when_it_rang_out_and_a_new_link_is_made(
    session: Session, ports: Ports, hr: User, campaign: Campaign, invite: Invite
) -> None:
    (token,) = invite("Ana Diaz")
    user = candidates.begin(session, ports, token, YES, NOW)
    call = calls_of_user(session, user.id)[0]
    call.state, call.outcome = FINISHED, "timed_out"
    (place,) = campaigns.open_campaign(session, hr.actor, campaign.public_id, NOW).places
    assert place.state == "rang_out"
    assert candidates.my_call(session, user.actor).rang_out
    later = NOW + timedelta(days=2)
    again = campaigns.renew_link(session, hr.actor, campaign.public_id, place.candidacy.public_id, later).token
    candidates.begin(session, ports, again, YES, later)
    assert (call.state, call.touched_at) == ("ringing", later)


def test_an_open_link_lets_in_as_many_as_its_limit_when_more_come(
    session: Session, ports: Ports, hr: User, campaign: Campaign
) -> None:
    _, token = campaigns.make_open_link(session, hr.actor, campaign.public_id, 2, NOW)
    for name in ("Ana", "Li"):
        candidates.begin(session, ports, token, Consent(name, f"{name.lower()}@mail.org", "en", True, False), NOW)
    with pytest.raises(Conflict, match="link_full"):
        candidates.begin(session, ports, token, YES, NOW)
    page = campaigns.open_campaign(session, hr.actor, campaign.public_id, NOW)
    assert [(place.candidacy.name, place.state) for place in page.places] == [("Ana", "begun"), ("Li", "begun")]
    campaigns.make_open_link(session, hr.actor, campaign.public_id, 1, NOW)
    with pytest.raises(NotFound):
        candidates.open_door(session, token, NOW)
    campaigns.withdraw_open_link(session, hr.actor, campaign.public_id, NOW)
    assert campaign.open_token_hash is None


@pytest.mark.parametrize("limit", [0, 1001])
def test_an_open_link_is_refused_when_its_limit_is_none(
    session: Session, hr: User, campaign: Campaign, limit: int
) -> None:
    with pytest.raises(Invalid, match="bad_limit"):
        campaigns.make_open_link(session, hr.actor, campaign.public_id, limit, NOW)


def test_a_review_is_shown_to_the_candidate_when_the_campaign_allows_it(
    session: Session, ports: Ports, campaign: Campaign, invite: Invite
) -> None:
    (token,) = invite("Ana Diaz")
    user = candidates.begin(session, ports, token, YES, NOW)
    finish(session, user)
    assert candidates.my_call(session, user.actor).is_done
    assert not candidates.my_call(session, user.actor).may_read
    campaign.show_review = True
    assert candidates.my_call(session, user.actor).may_read


def test_a_campaign_is_hidden_when_it_is_another_organisations(session: Session, campaign: Campaign) -> None:
    stranger = make_user(session, make_organisation(session), ["hr", "admin"])
    for ask in (
        lambda: campaigns.open_campaign(session, stranger.actor, campaign.public_id, NOW),
        lambda: comparisons.compare(session, stranger.actor, campaign.public_id, NOW),
        lambda: comparisons.compare_criterion(session, stranger.actor, campaign.public_id, "opening"),
        lambda: candidates.my_call(session, stranger.actor),
    ):
        with pytest.raises(NotFound):
            ask()
    assert not campaigns.list_campaigns(session, stranger.actor)


@pytest.fixture
def compared(session: Session, ports: Ports, invite: Invite) -> dict[str, Call]:
    """Ana is good with a doubt, Bo has a fundamental error, Cy has not begun, Di is on the line."""
    ana, bo, _cy, di = invite("Ana Diaz", "bo Okoye", "Cy Roe", "Di Roy")
    one, two = (candidates.begin(session, ports, token, Consent(name, "", "en", True, False), NOW)
                for token, name in ((ana, "Ana Diaz"), (bo, "bo Okoye")))  # fmt: skip
    candidates.begin(session, ports, di, Consent("Di Roy", "", "en", True, False), NOW)
    return {
        "Ana": finish(session, one, overall=70, undecided=("closing.goodbye",), scores={"closing": None}),
        "Bo": finish(session, two, overall=90, passed=False, errors=[(4, True), (2, False)], scores={"opening": 20}),
    }


def test_nothing_is_left_of_a_candidate_when_they_are_erased(
    session: Session, ports: Ports, hr: User, campaign: Campaign, compared: dict[str, Call]
) -> None:
    call = compared["Ana"]
    marks.give_mark(session, hr.actor, call.public_id, overall=55, passed=True, reason="Listened to it.", now=NOW)
    kept = f"calls/{compared['Bo'].public_id}/turn-0001.wav"
    for key in (f"calls/{call.public_id}/turn-0001.wav", kept):
        ports.files.write(key, b"sound")
    place, person = candidacy_of_user(session, call.user_id), call.user_id
    assert place is not None
    candidacy_id = place.public_id
    assert erase_candidate(session, ports, hr.actor, campaign.public_id, candidacy_id, NOW) == "Ana Diaz"
    session.expire_all()
    assert list(ports.files.keys("calls/")) == [kept]
    assert session.get(User, person) is None
    assert session.scalar(select(func.count()).select_from(CallMark)) == 0
    assert [line.candidacy.name for line in comparisons.compare(session, hr.actor, campaign.public_id, NOW).lines] == [
        "bo Okoye"
    ]
    log = session.scalars(select(AuditEntry)).all()
    assert "Ana" not in " ".join(f"{entry.actor_name} {entry.object_name} {entry.details}" for entry in log)
    with pytest.raises(NotFound):
        erase_candidate(session, ports, hr.actor, campaign.public_id, candidacy_id, NOW)


def test_candidates_stand_by_name_with_what_waits_for_a_person_when_compared(
    session: Session, hr: User, campaign: Campaign, compared: dict[str, Call]
) -> None:
    table = comparisons.compare(session, hr.actor, campaign.public_id, NOW)
    ana, bo = table.lines
    assert (ana.candidacy.name, ana.undecided, ana.errors) == ("Ana Diaz", 1, ())
    assert (ana.cells["closing"].score, ana.cells["closing"].undecided) == (None, 1)
    assert (bo.errors, bo.errors_waiting, bo.mark.passed) == ((4,), (2,), False)
    assert [one.name for one in table.waiting] == ["Cy Roe", "Di Roy"]
    assert not table.mixed


def test_the_number_of_queries_stays_when_more_candidates_are_compared(
    session: Session, ports: Ports, hr: User, campaign: Campaign, invite: Invite, compared: dict[str, Call]
) -> None:
    def queries() -> int:
        seen: list[str] = []
        session.expire_all()

        def see(*args: object) -> None:
            seen.append(str(args[2]))

        event.listen(session.get_bind(), "before_cursor_execute", see)
        table = comparisons.compare(session, hr.actor, campaign.public_id, NOW)
        assert all(line.candidacy.name and line.call.title for line in table.lines)
        event.remove(session.get_bind(), "before_cursor_execute", see)
        return len(seen)

    few = queries()
    for token in invite(*(f"More{number} Roe" for number in range(8))):
        finish(session, candidates.begin(session, ports, token, YES, NOW))
    assert queries() <= few


@pytest.mark.parametrize(
    ("order", "descending", "first"),
    [
        ("name", True, "bo Okoye"),
        ("overall", True, "bo Okoye"),
        ("opening", False, "bo Okoye"),
        ("closing", True, "bo Okoye"),
        ("closing", False, "bo Okoye"),  # Ana has no figure there and stands last either way
        ("undecided", True, "Ana Diaz"),
        ("errors", False, "Ana Diaz"),
        ("nonsense", False, "Ana Diaz"),
    ],
)
def test_lines_are_ordered_when_a_column_is_asked_for(
    session: Session, hr: User, campaign: Campaign, compared: dict[str, Call], order: str, descending: bool, first: str
) -> None:
    table = comparisons.compare(session, hr.actor, campaign.public_id, NOW, order=order, descending=descending)
    assert table.lines[0].candidacy.name == first


def test_a_persons_mark_counts_in_the_comparison_when_there_is_one(
    session: Session, hr: User, campaign: Campaign, compared: dict[str, Call]
) -> None:
    marks.give_mark(
        session, hr.actor, compared["Bo"].public_id, overall=55, passed=True, reason="Listened.....", now=NOW
    )
    bo = comparisons.compare(session, hr.actor, campaign.public_id, NOW).lines[1]
    assert (bo.mark.machine, bo.mark.overall, bo.mark.passed, bo.mark.is_human) == (90, 55, True, True)


def test_what_a_person_decided_on_a_check_counts_in_the_comparison(
    session: Session, hr: User, campaign: Campaign, compared: dict[str, Call]
) -> None:
    for name, check, answer in (("Ana", "closing.goodbye", "yes"), ("Bo", "error:4", "no")):
        reviewing.decide_check(
            session, hr.actor, compared[name].public_id, check=check, answer=answer, reason="Listened twice.", now=NOW
        )
    ana, bo = comparisons.compare(session, hr.actor, campaign.public_id, NOW).lines
    assert (ana.undecided, ana.cells["closing"].score) == (0, 100)
    assert (bo.errors, bo.errors_waiting) == ((), (2,))
    _, found = comparisons.compare_criterion(session, hr.actor, campaign.public_id, "closing")
    assert found[0].checks[0].answer == "yes"


def test_one_criterion_shows_its_checks_and_words_when_it_is_opened(
    session: Session, hr: User, campaign: Campaign, compared: dict[str, Call]
) -> None:
    _, found = comparisons.compare_criterion(session, hr.actor, campaign.public_id, "closing")
    assert [(one.candidacy.name, one.checks[0].answer) for one in found] == [
        ("Ana Diaz", "undecided"),
        ("bo Okoye", "yes"),
    ]
    assert found[0].checks[0].evidence[0].quote == "good morning"
    with pytest.raises(NotFound):
        comparisons.compare_criterion(session, hr.actor, campaign.public_id, "charm")

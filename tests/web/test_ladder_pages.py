"""The page on which an administrator changes the numbers of the ladder."""

from __future__ import annotations

import re
from html import unescape

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from tests.conftest import SignIn
from trainer.services.ladders import ladder_of
from trainer.store.accounts import Organisation

PAGE = "/career/ladder/numbers"


def shown_in(page: str) -> dict[str, str]:
    return dict(re.findall(r'name="(margin|\d[\w.]+)" value="([^"]*)"', page))


def test_a_number_is_changed_and_the_rest_of_the_ladder_stays(
    client: FlaskClient, session: Session, organisation: Organisation, sign_in: SignIn
) -> None:
    sign_in("admin")
    before = ladder_of(session, organisation.id)
    numbers = shown_in(client.get(PAGE).text)
    assert numbers["1.validity_months"] == "24"
    scenarios = next(place for place, gate in enumerate(before.categories[1].gates) if gate.id == "scenarios")
    new = numbers | {f"1.gates.{scenarios}.threshold": "6", "1.validity_months": " 36 "}
    answer = client.post(PAGE, data=new | {"note": "Two more calls, three years.", "seen": "0"}, follow_redirects=True)
    assert "own-1 is in force" in unescape(answer.text)
    after = ladder_of(session, organisation.id)
    assert after.categories[1].gates[scenarios].threshold == 6
    assert after.categories[1].validity_months == 36
    assert [c.title for c in after.categories] == [c.title for c in before.categories]
    assert shown_in(client.get(PAGE).text) == numbers | {
        f"1.gates.{scenarios}.threshold": "6",
        "1.validity_months": "36",
    }


@pytest.mark.parametrize("value", ["0", "51", "-3", "four", "", "3.5", "1e3", "٣", "9" * 50, "<b>"])
def test_what_cannot_be_is_told_beside_its_field_and_nothing_typed_is_lost(
    client: FlaskClient, session: Session, organisation: Organisation, sign_in: SignIn, value: str
) -> None:
    sign_in("admin")
    numbers = shown_in(client.get(PAGE).text)
    path = next(one for one in numbers if one.startswith("1.gates") and one.endswith("scenarios"))
    answer = client.post(PAGE, data=numbers | {path: value, "note": "Because of it.", "seen": "0"})
    assert answer.status_code == 422
    page = unescape(answer.text)
    assert f'id="{path}-error"' in page
    assert "From 1 to 50." in page
    assert "Because of it." in page
    assert shown_in(answer.text).get(path) in (value[:20], value.replace("<", "&lt;").replace(">", "&gt;"))
    assert ladder_of(session, organisation.id).version == "ladder-2"


def test_a_figure_of_work_may_have_decimals_with_a_comma(
    client: FlaskClient, session: Session, organisation: Organisation, sign_in: SignIn
) -> None:
    sign_in("admin")
    ladder = ladder_of(session, organisation.id)
    place, number = next(
        (category.rank, at)
        for category in ladder.categories
        for at, gate in enumerate(category.gates)
        if gate.kind == "work"
    )
    data = {f"{place}.gates.{number}.threshold": "92,5", "note": "By our own measure.", "seen": "0"}
    assert client.post(PAGE, data=data).status_code == 303
    assert ladder_of(session, organisation.id).categories[place].gates[number].threshold == 92.5


def test_no_change_and_a_change_on_an_old_page_are_told(client: FlaskClient, session: Session, sign_in: SignIn) -> None:
    sign_in("admin")
    numbers = shown_in(client.get(PAGE).text)
    same = client.post(PAGE, data=numbers | {"note": "No reason.", "seen": "0"})
    assert same.status_code == 422
    assert "No number was changed" in same.text
    assert client.post(PAGE, data={"margin": "7", "note": "Seven points.", "seen": "0"}).status_code == 303
    late = client.post(PAGE, data={"margin": "9", "note": "Nine points.", "seen": "0"})
    assert late.status_code == 409
    assert shown_in(late.text)["margin"] == "9"


def test_only_administrators_change_numbers(client: FlaskClient, sign_in: SignIn) -> None:
    sign_in("supervisor", "trainer")
    assert client.get(PAGE).status_code == 403
    assert client.post(PAGE, data={"margin": "7", "note": "Seven points."}).status_code == 403

"""The pages of a shift: beginning, the floor, taking a call and coming back, the result."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from tests.conftest import SignIn
from trainer.domain.shift import LOADS
from trainer.store.shifts import Shift, latest_shift

FORM = {"minutes": "20", "load": "busy", "language": "en"}


@pytest.fixture
def shift(client: FlaskClient, sign_in: SignIn, session: Session) -> Shift:
    learner = sign_in("learner")
    assert client.post("/shifts/", data=FORM).status_code == 303
    found = latest_shift(session, learner.id)
    assert found is not None
    return found


def earlier(session: Session, shift: Shift, seconds: int) -> None:
    """Let the shift have begun that long ago: the tests' clock stands."""
    from datetime import timedelta

    shift.started_at -= timedelta(seconds=seconds)
    session.commit()


def test_a_caller_is_taken_worked_and_the_write_up_leads_back_to_the_floor(
    client: FlaskClient, session: Session, shift: Shift
) -> None:
    earlier(session, shift, 10)
    address = f"/shifts/{shift.public_id}"
    assert client.get(f"{address}/state").json["waits"] == [4]
    taken = client.post(f"{address}/do", data={"do": "answer"})
    assert taken.location.startswith("/calls/")
    page = client.get(taken.location).text
    assert "waited 0:04" in page
    call = taken.location.rsplit("/", 1)[1]
    headers = {"Accept": "application/json"}
    client.post(f"/calls/{call}/answer", json={}, headers=headers)
    client.post(f"/calls/{call}/happenings/hanging-up", json={"kind": "hang_up"}, headers=headers)
    codes = client.get(taken.location).text.split('id="disposition"')[1].split('<option value="')[2].split('"')[0]
    answer = client.post(
        f"/calls/{call}/wrap-up/write-up-1", json={"fields": {}, "disposition": codes}, headers=headers
    )
    assert answer.json["review"] == address
    assert client.get(f"{address}/state").json["state"] == "ready"


def test_the_end_shows_the_figures_with_their_meaning(client: FlaskClient, session: Session, shift: Shift) -> None:
    address = f"/shifts/{shift.public_id}"
    assert "Take the next call" in client.get(address).text
    earlier(session, shift, 21 * 60)
    page = client.get(address).text
    for words in ("Service level", "Occupancy", "Average handle time", "You took no call in this shift."):
        assert words in page
    assert "Earlier shifts" in client.get("/shifts/").text


def test_break_and_ready_are_kept_and_nonsense_is_a_sentence(client: FlaskClient, shift: Shift) -> None:
    address = f"/shifts/{shift.public_id}"
    client.post(f"{address}/do", data={"do": "break"})
    assert client.get(f"{address}/state").json["state"] == "break"
    client.post(f"{address}/do", data={"do": "ready"})
    assert client.get(f"{address}/state").json["state"] == "ready"
    answer = client.post(f"{address}/do", data={"do": "dance"}, follow_redirects=True)
    assert "Choose ready or break." in answer.text


@pytest.mark.parametrize(
    "changes", [{"minutes": "5"}, {"minutes": "x"}, {"load": "mad"}, {"language": "de"}, {"minutes": ""}]
)
def test_a_form_that_cannot_be_used_is_shown_again(
    client: FlaskClient, sign_in: SignIn, changes: dict[str, str]
) -> None:
    sign_in("learner")
    assert client.post("/shifts/", data={**FORM, **changes}).status_code == 422


def test_every_load_has_words(client: FlaskClient, sign_in: SignIn) -> None:
    sign_in("learner")
    page = client.get("/shifts/").text
    assert all(f'value="{load}"' in page for load in LOADS)

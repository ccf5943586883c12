"""The way through a voice menu: keys, words, misses, going back, hours."""

from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.factories.menus import MENU
from trainer.domain.menu import is_open, path_of, press, queue_of, say, start


def test_keys_lead_through_steps_into_a_queue() -> None:
    path = press(MENU, press(MENU, start(MENU), "1"), "2")
    assert (path.queue, path.labels, path.keys) == ("late", ("Parcels", "Late"), ("1", "2"))


@pytest.mark.parametrize("words", ["it's about a parcel", "Delivery, please!", "parcels", "one? no: 1"])
def test_words_choose_what_the_key_chooses(words: str) -> None:
    assert say(MENU, start(MENU), words).step == "parcels"


def test_the_longest_word_that_fits_decides() -> None:
    step = press(MENU, start(MENU), "1")
    assert say(MENU, step, "my late one, or else").queue == "late"


def test_accents_and_case_do_not_matter_but_parts_of_words_do() -> None:
    assert say(MENU, start(MENU), "un BILL").queue == "bills"
    assert say(MENU, start(MENU), "billboard").misses == 1


def test_a_key_that_is_not_there_is_a_miss_and_star_begins_anew() -> None:
    path = press(MENU, press(MENU, start(MENU), "1"), "7")
    assert (path.step, path.misses) == ("parcels", 1)
    assert press(MENU, path, "*").step == "main"
    assert press(MENU, path, "#").step == "parcels"


def test_in_a_queue_nothing_more_is_chosen() -> None:
    path = press(MENU, start(MENU), "2")
    assert press(MENU, path, "1") == path
    assert say(MENU, path, "parcel") == path


def test_a_way_with_a_wrong_key_is_none() -> None:
    assert path_of(MENU, ("1", "8")) is None
    found = path_of(MENU, ("1", "2"))
    assert found is not None
    assert queue_of(MENU, found) == MENU.queues[0]


@pytest.mark.parametrize(
    ("moment", "there"),
    [("2026-11-24 08:00", True), ("2026-11-24 17:59", True), ("2026-11-24 18:00", False), ("2026-11-28 12:00", False)],
)
def test_a_queue_has_hours(moment: str, there: bool) -> None:
    assert is_open(MENU.queues[0], datetime.fromisoformat(moment)) is there


@given(st.lists(st.one_of(st.sampled_from("0123456789*#"), st.text(max_size=12)), max_size=12))
def test_whatever_is_pressed_or_said_one_is_somewhere(moves: list[str]) -> None:
    path = start(MENU)
    for move in moves:
        path = press(MENU, path, move) if len(move) == 1 and move in "0123456789*#" else say(MENU, path, move)
    assert path.step in {step.id for step in MENU.steps}
    assert path.queue in {"", "late", "bills"}

"""The words, the wire and the drawings of calls and reviews."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask_babel import Babel

from trainer.domain.events import EVENT_TYPES, OUTCOMES, Event
from trainer.domain.grade import REPLY_CRITERIA, ObjectionGrade, ReplyGrade
from trainer.domain.scenario import FIELD_TYPES, OBJECTION_TYPES
from trainer.services.calls_review import transcript
from trainer.web.calls.messages import outcome_text, texts
from trainer.web.calls.wire import event_json
from trainer.web.review.chart import objections_chart
from trainer.web.review.questions import objection_text
from trainer.web.review.texts import error_texts, reply_criterion_text
from trainer.web.review.timeline import WIDTH, timeline

SERVICES = Path(__file__).resolve().parents[2] / "trainer" / "services"


@pytest.fixture
def site() -> Iterator[Flask]:
    app = Flask(__name__)
    Babel(app)
    with app.test_request_context():
        yield app


def test_every_code_of_a_service_has_its_own_sentence(site: Flask) -> None:
    code = re.compile(r'(?<!actor, )"((?:call|scenario)\.[a-z_]+)"')  # what follows the actor goes into the audit log
    codes = {found for path in SERVICES.glob("*.py") for found in code.findall(path.read_text(encoding="utf-8"))}
    typed = {f"call.form_{kind}" for kind in ("phone", "email", "money", "number", "date", "choice")}
    assert len(codes) > 20
    assert codes | typed <= set(texts())
    assert set(FIELD_TYPES) >= {name.removeprefix("call.form_") for name in typed}


def test_every_id_that_a_review_shows_has_its_words(site: Flask) -> None:
    assert all(outcome_text(outcome) for outcome in OUTCOMES)
    assert all(reply_criterion_text(one) != one for one in REPLY_CRITERIA)
    assert all(objection_text(kind) != kind for kind in OBJECTION_TYPES)
    assert [number for number, _, _ in error_texts()] == [1, 2, 3, 4, 5, 6, 7]


def test_chart_brings_no_script_and_no_style_of_its_own(site: Flask) -> None:
    grade = ReplyGrade(3, 2, 4, 1, 4, 70, None, 0.9, (), ())
    svg = objections_chart((ObjectionGrade("o", "price", 2, 3, grade),) * 2, ["<b>", "Price"], 'Five "criteria" & more')
    assert svg.count("<rect") >= 10
    assert not re.search(r"<script|<style|\sstyle=|\son[a-z]+=|https?://(?!www\.w3\.org)", svg)
    assert "<b>" not in svg
    assert 'aria-label="Five &quot;criteria&quot; &amp; more"' in svg


def test_timeline_keeps_every_turn_within_the_strip(site: Flask) -> None:
    log = [
        Event(1, 0, "call_started", {}),
        Event(2, 0, "customer_line", {"text": "Hello", "duration_ms": 1500, "audio": "x"}),
        Event(3, 5000, "operator_utterance", {"text": "Yes", "started_ms": 2000, "ended_ms": 4000, "source": "typed"}),
        Event(4, 5000, "silence", {"seconds": 4}),
        Event(5, 9000, "call_ended", {"outcome": "resolved"}),
    ]
    turns = transcript(log)
    blocks = timeline(turns, 9000)
    assert [(block.seq, block.kind, block.at) for block in blocks] == [
        (2, "customer", "0:00"), (3, "operator", "0:02"), (4, "note", "0:05"), (5, "note", "0:09"),
    ]  # fmt: skip
    assert all(block.x >= 0 and block.x + min(block.width, 4) <= WIDTH for block in blocks)
    assert timeline((), 0) == ()


def test_page_is_not_told_what_is_in_the_customers_mind(site: Flask) -> None:
    secret = dict.fromkeys(EVENT_TYPES["customer_line"], "secret")
    sent = event_json(Event(2, 0, "customer_line", {**secret, "text": "Hello", "duration_ms": 900}))
    assert sent == {"seq": 2, "at_ms": 0, "type": "customer_line", "audio": True, "text": "Hello", "duration_ms": 900}

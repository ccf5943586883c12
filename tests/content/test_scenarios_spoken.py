"""Scenarios led by an operator who speaks: a voice, the real recognizer, the real understanding. What a recognizer makes
of a voice ("coast code", no commas, no question marks) must not lead a good call astray.

English only: the French voice that comes with the product is too robotic for the recognizer (see docs/decisions).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import pytest

from tests.adapters.speech_material import flite
from tests.factories.scenarios import case_of
from trainer.app import build_ports
from trainer.config import load_settings
from trainer.domain.dialogue import CallState, fact_hints, topic_hints
from trainer.domain.dialogue.operators import Model, Turn, play
from trainer.domain.scenario import Case
from trainer.domain.understanding import Understanding
from trainer.language.understand import understand
from trainer.ports import Ports

CALLS = [
    ("late-parcel", "male", {}, "resolved"),
    ("new-home-internet", "female", {}, "order_placed"),
    ("care-plan-call", "male", {"behind": "0"}, "order_placed"),
    ("swallowed-card", "male", {}, "resolved"),
    ("first-appointment", "female", {}, "resolved"),
    ("old-sofa", "male", {}, "order_placed"),
    ("cold-dinner", "female", {}, "resolved"),
]
"""Scenario, voice, what must not be left to the seed, end."""


@cache
def engines() -> Ports:
    """Loaded once: the models take seconds and hundreds of megabytes."""
    return build_ports(load_settings())


@pytest.mark.slow
@pytest.mark.parametrize(("slug", "voice", "form", "outcome"), CALLS)
def test_a_spoken_call_ends_as_the_written_one(slug: str, voice: str, form: dict[str, str], outcome: str) -> None:
    model, ports = Model(), engines()

    def speaking(case: Case, state: CallState, turn: int) -> Turn | None:
        said = model(case, state, turn)
        if said is None:
            return None
        return Turn(ports.recognizer.recognize(flite(said.text, sex=voice), language="en", with_words=False).text)

    def understood(text: str, case: Case, state: CallState, said: Sequence[str]) -> Understanding:
        return understand(
            text,
            language="en",
            context=tuple(said)[-4:],
            facts=fact_hints(case, state),
            topics=topic_hints(case),
            encode=ports.encoder.encode,
        )

    played = play(case_of(slug, "en", 1, **form), speaking, understood)
    assert (played.outcome, played.success) == (outcome, True), played.transcript()

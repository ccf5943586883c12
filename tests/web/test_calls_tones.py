"""Sounds of the telephone over HTTP."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from tests.conftest import SignIn
from trainer.services.tones import NAMES, tone_wav


@pytest.mark.parametrize("name", NAMES)
def test_tone_is_served_and_kept_by_the_browser(client: FlaskClient, sign_in: SignIn, name: str) -> None:
    sign_in("learner")
    answer = client.get(f"/calls/tones/{name}.wav?language=fr&v=1")
    assert (answer.status_code, answer.mimetype) == (200, "audio/wav")
    assert answer.data == tone_wav(name, "fr")
    assert answer.cache_control.max_age >= 7 * 24 * 3600
    assert answer.cache_control.private
    again = client.get(f"/calls/tones/{name}.wav?language=fr", headers={"If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


@pytest.mark.parametrize("query", ["", "?language=", "?language=de", "?language=en&language=fr"])
def test_another_language_hears_the_british_tone(client: FlaskClient, sign_in: SignIn, query: str) -> None:
    sign_in("learner")
    assert client.get(f"/calls/tones/busy.wav{query}").data == tone_wav("busy", "en")


@pytest.mark.parametrize("name", ["siren", "key-10", "key-", "RING", "..%2f..%2fetc", "key-%23", "é"])
def test_unknown_tone_is_not_found(client: FlaskClient, sign_in: SignIn, name: str) -> None:
    sign_in("learner")
    assert client.get(f"/calls/tones/{name}.wav").status_code == 404


def test_stranger_hears_nothing(client: FlaskClient) -> None:
    assert client.get("/calls/tones/ring.wav").status_code in (302, 401)

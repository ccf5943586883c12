"""Who speaks with which voice, and over which line."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.factories.calls import make_case
from trainer.domain.telephone import SoundOfLine
from trainer.services.voices import customer_line, customer_voice, voice_for, voice_of_age

CASE = make_case()
NAMES = ("Ana Diaz", "Omar Said", "Grace Okafor", "Léo Martin", "Efua Mensah", "Kofi Osei", "Joan Reid", "Sam Hall")


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("sex", ["female", "male"])
def test_nobody_on_a_call_has_the_customers_voice_or_one_anothers(language: str, sex: str) -> None:
    for name in NAMES:
        case = replace(CASE, language=language, persona=replace(CASE.persona, name=name, sex=sex))
        others = [
            voice_for(role, language, case=case, sex=other)
            for role in ("colleague", "other", "voicemail")
            for other in ("female", "male")
        ]
        voices = [customer_voice(case), *others]
        assert len({(voice.sex, voice.timbre) for voice in voices}) == len(voices)
        menu = voice_for("menu", language)
        assert (menu.sex, menu.rate < 1) == ("female", True)
        assert (menu.sex, menu.timbre) not in {(voice.sex, voice.timbre) for voice in voices[:5]}


def test_customers_differ_by_their_names() -> None:
    timbres = {customer_voice(replace(CASE, persona=replace(CASE.persona, name=name))).timbre for name in NAMES}
    assert timbres == {0, 1, 2}


def test_without_a_sex_somebody_else_is_of_the_other_one() -> None:
    woman = replace(CASE, persona=replace(CASE.persona, sex="female"))
    assert {voice_for(role, "en", case=woman).sex for role in ("colleague", "other", "voicemail")} == {"male"}
    with pytest.raises(ValueError, match="the role is 'robot'"):
        voice_for("robot", "en")


def test_old_people_speak_slower_and_a_little_lower() -> None:
    of_age = [voice_of_age(customer_voice(CASE), age) for age in (20, 40, 70, 85)]
    assert [voice.rate for voice in of_age] == sorted((voice.rate for voice in of_age), reverse=True)
    assert [voice.pitch for voice in of_age] == [1.04, 1.0, 0.96, 0.93]
    slowest = voice_of_age(replace(customer_voice(CASE), rate=0.5), 90)
    assert slowest.rate == 0.5


@pytest.mark.parametrize(("difficulty", "quality"), [(1, "good"), (3, "good"), (4, "fair"), (5, "fair")])
def test_difficulty_says_how_a_line_sounds_where_the_scenario_does_not(difficulty: int, quality: str) -> None:
    line = customer_line(replace(CASE, difficulty=difficulty), "Hello")
    assert line.quality == quality
    assert (line.noise != "none", line.light) == ((True, True) if difficulty == 5 else (False, False))
    said = customer_line(replace(CASE, difficulty=difficulty, sound=SoundOfLine("car", "poor")), "Hello")
    assert (said.noise, said.quality, said.light) == ("car", "poor", False)

"""Figures in a reply: which are given by the situation, which follow, which are invented."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer.language.reply_numbers import read_figures, unknown_figures


def unknown(reply: str, sources: str, language: str = "en") -> list[str]:
    return [f.quote for f in unknown_figures(reply, sources, language)]


@pytest.mark.parametrize(
    ("language", "text", "kind", "value"),
    [
        ("en", "it's thirty-three pounds", "money", 33),
        ("en", "within forty-eight hours", "days", 2),
        ("en", "four per cent", "percent", 4),
        ("fr", "quatre-vingt-dix-neuf euros", "money", 99),
        ("fr", "trente pour cent", "percent", 30),
        ("fr", "pendant deux ans", "days", 720),
        ("en", "I'll ring after six", "clock", 6),
        ("fr", "vers dix-neuf heures", "clock", 19),
    ],
)
def test_figure_is_read_with_its_kind_when_it_is_spoken(language, text, kind, value):
    (figure,) = read_figures(text, language)
    assert (figure.kind, figure.value) == (kind, value)


@pytest.mark.parametrize(
    ("reply", "sources"),
    [
        ("twelve a month", "Alarm 12 a month."),
        ("that's a hundred and forty-four a year", "Alarm 12 a month."),
        ("you have twenty days left", "Notice 30 days. Sent 10 days ago."),
        ("two years", "Contract 24 months."),
        ("you are four short", "Free from 25. Basket is 21."),
        ("I'll call you at ten tomorrow", "Callback possible."),
        ("one thing, three times", "Nothing."),
        ("ten percent off makes ninety pounds", "Table 100, 10% off on weekdays."),
    ],
)
def test_figure_is_known_when_it_stands_there_or_follows(reply, sources):
    assert unknown(reply, sources) == []


@pytest.mark.parametrize(
    ("reply", "sources"),
    [
        ("I give you fifty pounds", "Fee 12."),
        ("within the next 3 days", "Repair in 5 days."),
        ("the guarantee is ten years", "Guarantee 2 years, 100 nights."),
        ("twelve pounds", "Contract 12 months, 24 a month."),
    ],
)
def test_figure_is_unknown_when_nothing_explains_it(reply, sources):
    assert unknown(reply, sources)


@given(st.text(max_size=200), st.text(max_size=100), st.sampled_from(["en", "fr"]))
def test_any_text_can_be_read(reply, sources, language):
    unknown_figures(reply, sources, language)

"""Accents in the words of a scenario's author, as the names that engines have voices for."""

from __future__ import annotations

import re
import unicodedata

_WORDS: dict[str, dict[str, str]] = {
    "en": {
        "scottish": "scot scottish scotland glasgow glaswegian edinburgh aberdeen highlands",
        "american": "us usa american america states canadian canada",
        "new york": "newyork newyorker brooklyn nyc",
        "northern": "northern north lancashire lancaster manchester mancunian leeds yorkshire liverpool",
        "midlands": "midlands birmingham brummie coventry wolverhampton",
        "british": "british england english rp southern london uk gb",
        "caribbean": "caribbean jamaican jamaica trinidad barbados",
    },
    "fr": {
        "belgian": "belge belgique belgian belgium bruxelles brussels liege namur wallon",
        "swiss": "suisse swiss switzerland geneve geneva lausanne romand romande",
    },
}
ACCENTS = {language: frozenset(names) for language, names in _WORDS.items()}
"""What `accent_of` may answer, besides "" for an accent that no engine here knows."""


def accent_of(text: str, language: str) -> str:
    """ "a strong Glasgow accent" -> "scottish"; "" where nothing in `text` names an accent that engines have."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    said = set(re.findall(r"[a-z]+", plain.replace("new york", "newyork")))
    # The more telling names stand first: "northern English" is northern.
    for name, words in _WORDS.get(language, {}).items():
        if said & set(words.split()):
            return name
    return ""

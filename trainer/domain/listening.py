"""Things to hear and to enter, drawn from a seed: telephone numbers, spelled names, e-mail addresses, street addresses,
amounts and references, as customers dictate them. Pure; numbers are of ranges that belong to nobody."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from trainer.domain.scenario import FormField
from trainer.domain.spoken import email_spelled, money_words, number_words, phone_words, phone_written, spelled

KINDS = ("phone", "name", "email", "address", "money", "reference")
ENTRIES = 5
_NAMES = {
    "en": ("Ansah", "Kowalczyk", "O'Rourke", "Nguyen", "Featherstone", "Bhatt", "Leclerc", "Szabo", "Macdonald", "Pryce",
           "Adeyemi", "Thackeray", "Ruiz", "Whitcombe", "Haddad", "Vos"),
    "fr": ("Lebreton", "Lefebvre", "N'Diaye", "Nguyen", "Schmitt", "Benhamou", "Kowalski", "Guéguen", "Fernandes", "Quiniou",
           "Traoré", "Thibault", "Morvan", "Haddad", "Ouellet", "Vasseur"),
}  # fmt: skip
_FIRST = {"en": ("kofi", "ewa", "sean", "linh", "joan", "ravi"), "fr": ("awa", "yann", "linh", "sara", "loic", "ines")}
_STREETS = {
    "en": ("Quay Street", "Chapel Lane", "Mill Road", "Sandpit Hill", "Station Parade", "Orchard Close", "Beacon Row"),
    "fr": (
        "rue du Port",
        "allée des Tilleuls",
        "chemin du Moulin",
        "rue de la Chapelle",
        "place du Marché",
        "quai Nord",
    ),
}
_LETTERS = "ABDEFGHKMNPRSTVXZ"


@dataclass(frozen=True, slots=True)
class Entry:
    """What is said (in words that a voice speaks), and the field with its truth."""

    said: str
    field: FormField


def draw_entries(language: str, seed: int, count: int = ENTRIES) -> tuple[Entry, ...]:
    """`count` entries of different kinds: the same seed gives the same ones."""
    random = Random(f"{language}:{seed}")
    kinds = list(KINDS)
    random.shuffle(kinds)
    return tuple(_MAKERS[kind](language, random) for kind in kinds[:count])


def _phone(language: str, random: Random) -> Entry:
    if language == "fr":
        value = f"0639980{random.randrange(1000):03d}"
    else:
        value = f"07700900{random.randrange(1000):03d}"
    said = {"en": "It's {}.", "fr": "C'est le {}."}[language].format(phone_words(value, language))
    return Entry(said, FormField("phone", "", "phone", phone_written(value, language)))


def _name(language: str, random: Random) -> Entry:
    name = random.choice(_NAMES[language])
    said = {"en": "The name's {}. That's {}.", "fr": "Au nom de {}. Je vous l'épelle : {}."}[language]
    return Entry(
        said.format(name, spelled(name.upper().replace("'", ""), language)), FormField("name", "", "name", name)
    )


def _email(language: str, random: Random) -> Entry:
    value = f"{random.choice(_FIRST[language])}.{random.randrange(10, 99)}@example.org"
    said = {"en": "My e-mail is {}.", "fr": "Mon adresse, c'est {}."}[language]
    return Entry(said.format(email_spelled(value, language)), FormField("email", "", "email", value))


def _address(language: str, random: Random) -> Entry:
    street, number = random.choice(_STREETS[language]), random.choice((13, 15, 30, 50, 16, 60, 70, 17, 14, 40, 72, 90))
    words = number_words(number, language)
    if language == "fr":
        return Entry(f"J'habite {words}, {street}.", FormField("address", "", "address", f"{number} {street}"))
    return Entry(f"I'm at {words} {street}.", FormField("address", "", "address", f"{number} {street}"))


def _money(language: str, random: Random) -> Entry:
    value = f"{random.choice((13, 15, 30, 50, 16, 60, 66, 76, 14, 40, 90))}.{random.choice((15, 50, 40, 14, 90, 70))}"
    currency = "EUR" if language == "fr" else "GBP"
    said = {"en": "I paid {}.", "fr": "J'ai payé {}."}[language].format(money_words(value, language, currency))
    return Entry(said, FormField("money", "", "money", value))


def _reference(language: str, random: Random) -> Entry:
    value = "".join(random.sample(_LETTERS, 2)) + "".join(str(random.randrange(10)) for _ in range(4))
    said = {"en": "The reference is {}.", "fr": "La référence, c'est {}."}[language].format(spelled(value, language))
    return Entry(said, FormField("reference", "", "reference", value))


_MAKERS: dict[str, Callable[[str, Random], Entry]] = {
    "phone": _phone, "name": _name, "email": _email, "address": _address, "money": _money, "reference": _reference,
}  # fmt: skip

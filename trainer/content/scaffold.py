"""A new scenario to be rewritten: new_scenario.yaml, laid out for a company and a direction. It reads and plays as it is."""

from __future__ import annotations

from pathlib import Path

from trainer.content.companies import read_company
from trainer.content.problems import ContentError, did_you_mean
from trainer.content.reading import ID, LANGUAGES, Source
from trainer.content.scenarios import SHARED, scenario_files

TEMPLATE = Path(__file__).with_name("new_scenario.yaml")
WORDS = {
    "inbound": {
        "duty": "IN4",
        "database_duty": "IN5",
        "brief_en": "The caller can't come to an appointment.",
        "brief_fr": "La personne qui appelle ne peut pas venir à un rendez-vous.",
        "opening_comment": "why they call: three wordings",
        "opening": """\
    en: ["Hi, I've got an appointment tomorrow and I can't make it.", "Hello, it's about my appointment. I can't come tomorrow.", "Yes, hi. I need to move my appointment."]
    fr: ["Bonjour, j'ai rendez-vous demain et je peux pas venir.", "Bonjour, c'est pour mon rendez-vous. Demain, je peux pas.", "Oui, bonjour. Il faudrait que je déplace mon rendez-vous."]""",
        "model_opening_en": "Good morning, {company}, my name is Ben. How can I help you?",
        "model_opening_fr": "{company} bonjour, Ben à l'appareil. En quoi puis-je vous aider ?",
    },
    "outbound": {
        "duty": "OUT2",
        "database_duty": "OUT5",
        "brief_en": "You call a customer whose appointment tomorrow can't take place.",
        "brief_fr": "Vous appelez une cliente dont le rendez-vous de demain ne peut pas avoir lieu.",
        "opening_comment": "how they take it that somebody calls: three wordings",
        "opening": """\
    en: ["Yes? What about it?", "Oh. My appointment is tomorrow, isn't it?", "Yes, go on. Is something wrong with it?"]
    fr: ["Oui ? Qu'est-ce qu'il y a ?", "Ah. Mon rendez-vous, c'est demain, non ?", "Oui, dites-moi. Il y a un problème ?"]""",
        "model_opening_en": "Good morning, my name is Ben, I'm calling from {company} about your appointment, which we have to move. Am I speaking to {customer.name}? Is this a good moment?",
        "model_opening_fr": "Bonjour, je m'appelle Ben, je vous appelle de {company} au sujet de votre rendez-vous, que nous devons déplacer. Je parle bien à {customer.name} ? Vous avez un instant ?",
    },
}  # fmt: skip
"""What differs between a call that comes in and one that goes out."""


class CannotBegin(ValueError):
    """No new scenario can be made of this; the message says in one line what would be right."""


def new_scenario(folder: Path, place: str, company: str, direction: str) -> Path:
    """Write scenarios/<place>.yaml below `folder` (the scenarios) and give its path; `place` is "topic/slug".

    Raises CannotBegin for a place or company that cannot be, and where a scenario of that slug exists.
    """
    topic, _, slug = place.removesuffix(".yaml").partition("/")
    for name in (topic, slug):
        if not ID.fullmatch(name):
            raise CannotBegin(f"{place!r} is no place: write topic/slug, in small letters, digits and -")
    if topic in SHARED:
        raise CannotBegin(f"{topic!r} holds what scenarios share: choose another topic")
    for path in scenario_files(folder):
        if path.stem == slug:
            raise CannotBegin(f"{path.parent.name}/{path.name} exists already: choose another slug")
    names = _company_names(folder, company)
    path = folder / topic / f"{slug}.yaml"
    path.parent.mkdir(exist_ok=True)
    with path.open("x", encoding="utf-8") as file:  # never over a file that somebody else wrote meanwhile
        file.write(_filled(topic, slug, company, direction, names))
    return path


def _company_names(folder: Path, company: str) -> dict[str, str]:
    """What the company is called in each language."""
    known = sorted(path.stem for path in (folder / "companies").glob("*.yaml"))
    if company not in known:
        raise CannotBegin(f"no company {company!r}; {did_you_mean(company, known)}")
    path, names = folder / "companies" / f"{company}.yaml", {}
    for language in LANGUAGES:
        source = Source(f"scenarios/companies/{company}.yaml", [], language)
        found = read_company(path, source)
        try:
            source.finish()
        except ContentError as error:
            raise CannotBegin(f"mend the company first: {error.problems[0]}") from None
        names[language] = found.name if found else company
    return names


def _filled(topic: str, slug: str, company: str, direction: str, names: dict[str, str]) -> str:
    values = {"topic": topic, "slug": slug, "company": company, "direction": direction, **WORDS[direction]}
    for language, name in names.items():
        values[f"company_{language}"] = name
        opening = f"model_opening_{language}"
        values[opening] = values[opening].replace("{company}", name)
    text = TEMPLATE.read_text(encoding="utf-8")
    for key, value in values.items():
        text = text.replace(f"@{key}@", value)
    return text

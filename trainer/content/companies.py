"""Reading facts and companies (scenarios/companies/<slug>.yaml): what an operator may say, and what is true.

A company file has: slug, name, sector, about, currency, facts, must_not, and for the desk articles, snippets and
customers (other people in the same database). Every text may be one for all languages or one
a language, so that a parcel firm charges pounds in English and euros in French. docs/scenario-format.md tells the rest.
"""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

from trainer.content.desk_parts import read_article, read_customer, read_snippet
from trainer.content.filling import Filling
from trainer.content.reading import Node, Source, check_unique
from trainer.content.yaml_files import read_yaml
from trainer.domain.scenario import FACT_KINDS, Company, Fact

CURRENCIES = ("GBP", "EUR", "USD")
DISCLOSE = ("anyone", "identified", "never")
VALUE_FORMS = {
    "money": (r"\d+\.\d\d", "an amount with two decimals (11.00), without a currency sign"),
    "percent": (r"\d+(\.\d+)?", "a number (15), without %"),
    "duration": (r"P(\d+[YMWD])*(T(\d+[HMS])+)?", "an ISO 8601 duration (P3D, PT48H)"),
    "date": (r"\d{4}-\d\d-\d\d|weekday:[0-6]|today|tomorrow|yesterday|in:P\d+[DWM]", "a date as 2026-03-12"),
    "time": (r"([01]\d|2[0-3]):[0-5]\d", "a time as 14:30"),
    "number": (r"\d+(\.\d+)?", "a number"),
    "phone": (r"\+?\d{6,15}", "digits without spaces"),
    "policy": (r"yes|no", "yes or no"),
}
"""How the canonical value of a kind is written; other kinds take any text."""


def value_mistake(kind: str, value: str) -> str | None:
    """What is wrong with `value` as a `kind`, or None."""
    form = VALUE_FORMS.get(kind)
    if form is None:
        return None
    if not re.fullmatch(form[0], value) or value == "P":
        return f"{value!r} is no {kind}: write {form[1]}"
    if kind == "date" and re.fullmatch(r"\d{4}-\d\d-\d\d", value):
        try:
            date.fromisoformat(value)
        except ValueError:
            return f"{value!r} is not in the calendar"
    return None


def read_fact(node: Node, filling: Filling) -> Fact:
    with node.fields() as f:
        kind = f.choice("kind", FACT_KINDS)
        fact = Fact(
            id=f.id(),
            kind=kind,
            value=f.text("value"),
            keywords=f.texts("keywords", least=1),
            say=f.text("say"),
            accept=f.texts("accept", default=()),
            disclose=f.choice("disclose", DISCLOSE, default="anyone"),
            promise=f.flag("promise", default=False),
        )
        for name, texts in (("value", (fact.value,)), ("accept", fact.accept)):
            place = f.place(name)
            mistakes = {value_mistake(kind, value) for text in texts for value in filling.every(text) if text}
            for mistake in sorted(m for m in mistakes if m):
                if place is not None:
                    place.wrong(mistake)
    return fact


def read_facts(node: Node | None, filling: Filling) -> tuple[Fact, ...]:
    if node is None:
        return ()
    if not node.is_list:
        node.wrong("must be a list")
        return ()
    places = list(node.items())
    facts = tuple(read_fact(place, filling) for place in places)
    check_unique([(place, fact.id) for place, fact in zip(places, facts, strict=True)], "fact")
    return facts


def read_company(path: Path, source: Source, filling: Filling | None = None) -> Company | None:
    """The company in the source's language; None where the file is not YAML."""
    root = read_yaml(path, source)
    if root is None:
        return None
    filling = filling or Filling({}, source.language)
    source.check_text = filling.check
    with root.fields() as f:
        slug = f.id("slug")
        place = f.place("slug")
        if slug and slug != path.stem and place is not None:
            place.wrong(f"{slug!r} must be the name of the file, {path.stem!r}")
        return Company(
            slug=slug,
            name=f.text("name"),
            sector=f.text("sector"),
            about=f.text("about"),
            currency=f.choice("currency", CURRENCIES),
            facts=read_facts(f.get("facts"), filling),
            must_not=f.texts("must_not", default=()),
            articles=f.each("articles", read_article, default=()),
            snippets=f.each("snippets", read_snippet, default=()),
            customers=f.each("customers", read_customer, default=()),
        )

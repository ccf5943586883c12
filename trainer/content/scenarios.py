"""Reading scenarios: scenarios/<topic>/<slug>.yaml with the company and the manners that they name.

docs/scenario-format.md is the specification for authors; the readers here are what holds it. A scenario is read once
for each of its languages, and all mistakes of all files are reported together (`ContentError`).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import MISSING
from dataclasses import fields as dataclass_fields
from pathlib import Path

from trainer.content import scenario_parts as parts
from trainer.content import telephone_parts as telephone
from trainer.content.call_rubric import call_rubric_files
from trainer.content.companies import read_company, read_facts
from trainer.content.desk_parts import read_sheet
from trainer.content.filling import filling_of, read_variables
from trainer.content.menus import read_menu
from trainer.content.problems import ContentError, Problem
from trainer.content.reading import LANGUAGES, Fields, Node, Source, check_known, check_unique
from trainer.content.scenario_rules import check_case
from trainer.content.yaml_files import read_yaml
from trainer.domain.desk import LOOKUPS
from trainer.domain.scenario import DUTIES, Case, Company, Persona, Scenario, SmallTalk, Variable
from trainer.domain.telephone import Menu

SHARED = ("companies", "manners", "menus")
"""Folders beside the topics: what several scenarios share."""
ONCE = frozenset({"opening"})
POOLS = tuple(f.name for f in dataclass_fields(SmallTalk))
NEEDED = tuple(f.name for f in dataclass_fields(SmallTalk) if f.default is MISSING)
"""Pools that a scenario kept at any time has; later ones may be missing from it."""


def scenario_files(folder: Path) -> list[Path]:
    """Every scenario below `folder`, in order of path."""
    return sorted(p for p in folder.rglob("*.yaml") if p.parent.name not in SHARED)


def load_scenarios(folder: Path) -> list[Scenario]:
    """All scenarios of a folder. Raises ContentError with every mistake of every file."""
    scenarios, problems = read_scenarios(folder)
    if problems:
        raise ContentError(problems)
    return scenarios


def read_scenarios(folder: Path) -> tuple[list[Scenario], list[Problem]]:
    """The scenarios that can be played, and every mistake of those that can't."""
    scenarios: list[Scenario] = []
    problems: list[Problem] = []
    for path in scenario_files(folder):
        try:
            scenarios.append(load_scenario(path))
        except ContentError as error:
            problems.extend(error.problems)
    problems.extend(_twins(scenarios))
    return scenarios, problems


def _twins(scenarios: Iterable[Scenario]) -> list[Problem]:
    topics: dict[str, str] = {}
    found = []
    for scenario in scenarios:
        if scenario.slug in topics:
            file = f"scenarios/{scenario.topic}/{scenario.slug}.yaml"
            found.append(Problem(file, 1, "slug", f"{scenario.slug!r} is also in topic {topics[scenario.slug]!r}"))
        topics[scenario.slug] = scenario.topic
    return found


def load_scenario(path: Path) -> Scenario:
    """The scenario of one file. Raises ContentError."""
    source = Source(_short(path))
    root = read_yaml(path, source)
    if root is None or not root.is_mapping:
        if root is not None:
            root.wrong("must be a mapping of fields")
        raise ContentError(source.problems)
    with_languages = Fields(root)
    languages = with_languages.ids("languages", LANGUAGES, default=LANGUAGES) or LANGUAGES
    variables = read_variables(with_languages, languages)
    version = _version(path, with_languages)
    templates: dict[str, Case] = {}
    for language in languages:
        source.language = language
        templates[language] = _read_case(root, path, source, variables, version)
    source.finish()
    return Scenario(slug=path.stem, topic=path.parent.name, version=version, variables=variables, templates=templates)


def _short(path: Path) -> str:
    return "/".join(path.parts[-3:])


def shared_file(path: Path, kind: str, slug: str) -> Path:
    return path.parent.parent / kind / f"{slug}.yaml"


def _version(path: Path, fields: Fields) -> str:
    """Changes with any byte of the scenario, its company, its manners or the company's menu."""
    digest = hashlib.sha256(path.read_bytes())
    for kind, name in zip(SHARED, ("company", "manners", "company"), strict=True):
        node = fields.get(name, default=None)
        other = shared_file(path, kind, (node.scalar or "") if node else "")
        try:
            digest.update(b"\0" + other.read_bytes())
        except (OSError, ValueError):  # whoever reads it tells what is wrong with it or with its name
            continue
    return digest.hexdigest()[:12]


def _read_case(root: Node, path: Path, source: Source, variables: tuple[Variable, ...], version: str) -> Case:
    source.check_text = None
    with root.fields() as f:
        f.has("variables"), f.has("languages")
        company = _company(f, path, source)
        filling = filling_of(variables, source.language, company.currency)
        source.check_text = filling.check
        names = _names(f, company)
        facts = read_facts(f.get("facts", default=None), filling)
        departments = parts.read_departments(f)
        menu = _menu(path, source, company.slug)
        case = Case(
            scenario=_slug(f, path),
            version=version,
            language=source.language,
            seed=0,
            title=f.text("title"),
            brief=f.text("brief"),
            queue_note=f.text("queue_note", default=""),
            direction=f.choice("direction", ("inbound", "outbound")),
            duties=f.ids("duties", DUTIES),
            category=f.integer("category", 1, 3, default=3),
            difficulty=f.integer("difficulty", 1, 5),
            minutes=f.integer("minutes", 1, 60),
            company=company,
            persona=_persona(f),
            facts=facts,
            record=f.each("record", parts.read_record_field),
            identity_needed=f.flag("identity_needed"),
            topics=f.each("topics", lambda n: parts.read_topic(n, names), least=3),
            objections=f.each("objections", lambda n: parts.read_objection(n, names), default=()),
            goals=f.each("goals", lambda n: parts.read_goal(n, names), least=1),
            small_talk=_small_talk(f, path, source),
            form=f.each("form", lambda n: parts.read_form_field(n, filling), least=1),
            dispositions=f.each("dispositions", parts.read_disposition, least=2),
            ends=f.each("ends", lambda n: parts.read_end(n, names), least=1),
            model=f.each("model", lambda n: parts.read_model_line(n, names), least=3),
            transfer_to=departments,
            silence_s=_silence(f),
            today=f.text("today", default=""),
            specialists=telephone.read_specialists(f, tuple(name for name, _ in departments)),
            dialling=telephone.read_dialling(f, filling),
            sound=telephone.read_sound(f),
            sheets=f.each("sheets", read_sheet, default=()),
            lookup=f.choice("lookup", LOOKUPS, default="popup"),
            caller_is_holder=f.text("caller_is_holder", default="yes"),
            menu=menu,
            route=telephone.read_route(f, menu),
            waited_s=f.text("waited_s", default=""),
            rubric=f.choice("rubric", sorted(call_rubric_files()), default=""),
            inside_words=f.texts("inside_words", default=()),
        )
        for name in ("topics", "objections", "goals", "form", "record", "dispositions", "sheets"):
            _unique(f, name)
        check_case(f, case)
    return case


def _slug(f: Fields, path: Path) -> str:
    slug = f.id("slug")
    place = f.place("slug")
    if slug and slug != path.stem and place is not None:
        place.wrong(f"{slug!r} must be the name of the file, {path.stem!r}")
    return slug


def _persona(f: Fields) -> Persona:
    node = f.get("persona")
    return parts.read_persona(node or f.node)


def _company(f: Fields, path: Path, source: Source) -> Company:
    slug = f.text("company")
    file = shared_file(path, "companies", slug)
    place = f.place("company")
    empty = Company(slug, "", "", "", "GBP", ())
    if not slug or place is None:
        return empty
    known = [other.stem for other in file.parent.glob("*.yaml")]
    if slug not in known:
        check_known(place, slug, known)
        return empty
    company_source = Source(_short(file), source.problems, source.language)
    return read_company(file, company_source) or empty


def _menu(path: Path, source: Source, company: str) -> Menu | None:
    """The company's voice menu, if it has one."""
    file = shared_file(path, "menus", company)
    if not company or not file.is_file():
        return None
    return read_menu(file, Source(_short(file), source.problems, source.language))


def _small_talk(f: Fields, path: Path, source: Source) -> SmallTalk:
    """The scenario's own lines, and for the rest those of the manners that it names."""
    pools = _manners(f, path, source)
    node = f.get("small_talk", default=None)
    if node is not None:
        with node.fields() as own:
            for name in POOLS:
                if own.has(name):
                    pools[name] = own.texts(name, least=parts.COMES_ONCE if name in ONCE else parts.CAN_COME_TWICE)
    for name in NEEDED:
        if name not in pools:
            (node or f.node).wrong(
                f"has no {name!r} lines: write them under small_talk, or name 'manners' that have them"
            )
    return SmallTalk(**{name: pools.get(name, ()) for name in POOLS})


def _manners(f: Fields, path: Path, source: Source) -> dict[str, tuple[str, ...]]:
    slug = f.text("manners", default="")
    place = f.place("manners")
    if not slug or place is None:
        return {}
    file = shared_file(path, "manners", slug)
    known = [other.stem for other in file.parent.glob("*.yaml")]
    if slug not in known:
        check_known(place, slug, known)
        return {}
    manners = Source(_short(file), source.problems, source.language, source.check_text)
    root = read_yaml(file, manners)
    if root is None:
        return {}
    with root.fields() as own:
        least = {name: parts.COMES_ONCE if name in ONCE else parts.CAN_COME_TWICE for name in POOLS}
        return {name: own.texts(name, least=least[name]) for name in POOLS if own.has(name)}


def _silence(f: Fields) -> tuple[float, float, float]:
    usual = (4.0, 8.0, 15.0)
    node = f.get("silence_s", default=None)
    if node is None:
        return usual
    try:
        values = tuple(float(text) for text in node.texts())
    except ValueError:
        values = ()
    if len(values) != 3 or not 0 < values[0] < values[1] < values[2]:
        node.wrong("must be three rising numbers of seconds, as [4, 8, 15]")
        return usual
    return (values[0], values[1], values[2])


def _peek(f: Fields, name: str) -> tuple[str, ...]:
    node = f.get(name, default=None)
    members = [item.members().get("id") for item in node.items()] if node else []
    return tuple(m.scalar or "" for m in members if m)


def _names(f: Fields, company: Company) -> parts.Names:
    facts = _peek(f, "facts") + tuple(fact.id for fact in company.facts)
    return parts.Names(facts, _peek(f, "topics"), _peek(f, "objections"), _peek(f, "goals"), _peek(f, "form"))


def _unique(f: Fields, name: str) -> None:
    node = f.place(name)
    if node is not None:
        check_unique([(i, (m.scalar or "") if (m := i.members().get("id")) else "") for i in node.items()], name[:-1])

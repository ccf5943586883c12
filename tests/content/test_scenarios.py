"""The scenarios of the repository and the example of the document: they can be read, and they are rich enough to play."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.factories.scenarios import EXAMPLE, all_scenarios, load_example, write_example
from trainer.content.scenarios import load_scenario
from trainer.domain.forms import map_texts, open_case, placeholders
from trainer.domain.scenario import Case

SLUGS = sorted(all_scenarios())
BOTH = [(slug, language) for slug in SLUGS for language in ("en", "fr")]
FULL = pytest.mark.parametrize(("slug", "language"), BOTH)


def texts_of(case: Case) -> list[str]:
    found: list[str] = []
    map_texts(case, lambda text: found.append(text) or text)  # type: ignore[func-returns-value]
    return found


def test_there_are_scenarios_in_both_languages_and_directions() -> None:
    assert all(scenario.languages == ("en", "fr") for scenario in all_scenarios().values())
    assert {s.templates["en"].direction for s in all_scenarios().values()} == {"inbound", "outbound"}


@FULL
def test_nothing_is_left_unfilled_when_a_case_is_opened(slug: str, language: str) -> None:
    for seed in range(20):
        for text in texts_of(open_case(all_scenarios()[slug], language, seed)):
            left = [name for name, _ in placeholders(text)]
            assert left in ([], ["value"]), text
            assert "  " not in text.strip()


@FULL
def test_a_call_can_last_when_a_case_is_opened(slug: str, language: str) -> None:
    case = open_case(all_scenarios()[slug], language, 1)
    assert len(case.topics) >= 8
    assert len(case.all_facts) >= 12
    assert all(len(topic.answers) >= 5 for topic in case.topics)
    assert len(case.company.must_not) >= 3


@FULL
def test_lines_are_short_enough_to_be_spoken(slug: str, language: str) -> None:
    """Spelled letters and digits apart, nobody says more than 30 words in one breath on the telephone."""
    case = open_case(all_scenarios()[slug], language, 2)
    lines = [line for topic in case.topics for line in topic.answers]
    lines += [line for o in case.objections for group in (o.lines, o.insists, o.softens, o.resolved) for line in group]
    for line in lines:
        words = [word for word in line.split() if len(word.strip(",.")) > 1]
        assert len(words) <= 30, line


@FULL
def test_people_and_numbers_are_made_up_when_a_case_is_opened(slug: str, language: str) -> None:
    """Telephone numbers from ranges kept for fiction, e-mail addresses from domains that nobody can own."""
    french = ("063998", "019900", "026191", "035301", "046571", "053649")  # Arcep's numbers for works of fiction
    fiction = {"en": ("07700900", "01632960"), "fr": french}[language]
    for seed in range(12):
        case = open_case(all_scenarios()[slug], language, seed)
        phones = [f.truth for f in case.form if f.type == "phone"] + [
            f.value for f in case.all_facts if f.kind == "phone"
        ]
        assert all(phone.startswith(fiction) for phone in phones), phones
        mails = [f.truth for f in case.form if f.type == "email"]
        assert all(mail.endswith((".example", "example.org", "example.net")) for mail in mails), mails


def test_the_version_changes_when_the_company_changes(tmp_path: Path) -> None:
    first = load_example(tmp_path / "one")
    path = write_example(tmp_path / "two", {"scenarios/companies/corner-optics.yaml": ('"25.00"', '"26.00"')})
    assert load_scenario(path).version != first.version
    assert load_example(tmp_path / "three").version == first.version


def test_the_example_of_the_document_is_a_scenario(tmp_path: Path) -> None:
    scenario = load_example(tmp_path)
    assert (scenario.slug, scenario.topic) == (Path(EXAMPLE).stem, "service")
    assert scenario.languages == ("en",)


def test_a_scenario_text_keeps_what_the_author_wrote_when_yaml_would_change_it(tmp_path: Path) -> None:
    path = write_example(tmp_path, {EXAMPLE: ("title: The appointment that clashes", "title: 012")})
    assert load_scenario(path).templates["en"].title == "012"
    path = write_example(tmp_path, {EXAMPLE: ("label: Reason\n", "label: no\n")})
    assert load_scenario(path).templates["en"].form[2].label == "no"

"""Mistakes in what a scenario tells of the telephone, the desk and the menu: each with its file, its line, its field and
what would be right. The example of the document is given all of it, right, and then one mistake."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path
from re import findall

import pytest

from tests.content.test_scenario_mistakes import problems_of
from tests.factories.scenarios import COMPANY, DOCUMENT, EXAMPLE, documented, write_example
from trainer.content.scenarios import load_scenario
from trainer.domain import desk, scenario, telephone

MENU = "scenarios/menus/corner-optics.yaml"
RICHER = """\
today: "{today}"
route: ["2", "1"]
waited_s: "40"
transfer_to: {workshop: The workshop, billing: Billing}
specialists:
  - department: workshop
    name: Ines Moreau
    sex: female
    age: 44
    greeting: [Workshop here., "Ines, workshop.", "Workshop, hello."]
    needs:
      - id: who
        title: Who is calling
        asks: ["Who is it?", "And the name?", "Who do you have there?"]
        values: ["{customer.name}"]
      - id: what
        title: What it is about
        asks: ["What's it about?", "And the problem?", "What do they need?"]
        phrases: [the glasses are broken, it is about broken glasses]
    takes: ["Fine, put them through.", "Good, I'll take it.", "Okay, send them over."]
dialling:
  attempts: [busy, voicemail, wrong_person]
  voicemail: ["You've reached Ana. Leave a message."]
  other:
    name: Luis Diaz
    sex: male
    age: 50
    who: her brother
    greeting: ["Hello, Luis?", "Yes, hello?", "Diaz, hello."]
    away: ["She's out till six.", "She's at work.", "No, my sister's not in."]
    curious: ["What's it about?", "Can I tell her something?", "Is it the glasses?"]
    goodbye: ["Bye then.", "Okay, bye.", "I'll tell her."]
sound: {noise: street, quality: fair}
sheets:
  - {id: visit, label: Appointment, kind: appointment}
lookup: search
"""
DESK = """\
currency: GBP
articles:
  - {id: moving, title: Moving an appointment, body: [Any day will do.], keywords: [move]}
snippets:
  - {id: moved, label: Moved, text: "Your appointment is on [date]."}
customers:
  - {name: Ben Okri, reference: C4711, phone: "07700900188", lines: {Glasses: none}}
"""
MISTAKES = [
    # (what is wrong, what stands there, what is put in its place, the field that is named, what is said about it)
    ("route without digits", 'route: ["2", "1"]', "route: [two]", "route", "'two' is not known"),
    ("route that ends in a step", 'route: ["2", "1"]', 'route: ["2"]', "route", "['2'] does not lead to a queue"),
    ("route to nowhere", 'route: ["2", "1"]', 'route: ["7"]', "route", "['7'] does not lead to a queue"),
    ("wait that is no number", 'waited_s: "40"', "waited_s: long", "waited_s", "'long' must be a number of seconds"),
    ("departments as a list", "transfer_to: {workshop: The workshop, billing: Billing}", "transfer_to: [workshop]", "transfer_to", "must be a mapping of ids to labels"),
    ("colleague of no department", "department: workshop", "department: works", "specialists[0].department", "did you mean 'workshop'?"),
    ("colleague without a name", "    name: Ines Moreau\n", "", "specialists[0]", "needs 'name'"),
    ("colleague of no sex", "sex: female\n    age: 44", "sex: woman\n    age: 44", "specialists[0].sex", "it can be female, male"),
    ("colleague who is a child", "age: 44", "age: 12", "specialists[0].age", "whole number from 16 to 80"),
    ("colleague with two greetings", 'greeting: [Workshop here., "Ines, workshop.", "Workshop, hello."]', "greeting: [Workshop here., Hello.]", "specialists[0].greeting", "needs at least 3 wordings, has 2"),
    ("colleague who needs nothing", "    needs:\n", "    needs: []\n    wants:\n", "specialists[0].needs", "needs at least 1, has 0"),
    ("need that cannot be told", '        values: ["{customer.name}"]\n', "", "specialists[0].needs[0]", "can't be told: give 'values'"),
    ("need with one phrase", "phrases: [the glasses are broken, it is about broken glasses]", "phrases: [broken]", "specialists[0].needs[1].phrases", "needs at least 2"),
    ("two colleagues at one desk", "dialling:\n", "  - {department: workshop, name: A, sex: male, age: 30, greeting: [a, b, c], needs: [{id: x, title: X, asks: [a, b, c], values: [y]}], takes: [a, b, c]}\ndialling:\n", "specialists[1]", "specialist 'workshop' is there twice"),
    ("attempt that is none", "attempts: [busy, voicemail, wrong_person]", "attempts: [engaged]", "dialling.attempts", "'engaged' is not known"),
    ("dialling without attempts", "  attempts: [busy, voicemail, wrong_person]\n", "", "dialling", "needs 'attempts'"),
    ("voicemail that says nothing", "  voicemail: [\"You've reached Ana. Leave a message.\"]\n", "", "dialling", "give the 'voicemail' lines"),
    ("somebody else who is nobody", "  other:\n", "  somebody:\n", "dialling", "say under 'other' who picks up"),
    ("somebody else without a goodbye", '    goodbye: ["Bye then.", "Okay, bye.", "I\'ll tell her."]\n', "", "dialling.other", "needs 'goodbye'"),
    ("noise that is none", "noise: street", "noise: rain", "sound.noise", "'rain' is not known"),
    ("quality that is none", "quality: fair", "quality: bad", "sound.quality", "it can be fair, good, poor"),
    ("sheet of no kind", "kind: appointment}", "kind: visit}", "sheets[0].kind", "'visit' is not known"),
    ("sheet without fields", "  - {id: visit, label: Appointment, kind: appointment}", "  - {id: visit, label: Appointment, kind: appointment}\n  - {id: order, label: Order, kind: order}", "sheets", "'order' has no fields: give one of the form 'sheet: order'"),
    ("sheet twice", "  - {id: visit, label: Appointment, kind: appointment}", "  - {id: visit, label: A, kind: order}\n  - {id: visit, label: B, kind: order}", "sheets[1]", "sheet 'visit' is there twice"),
    ("lookup that is none", "lookup: search", "lookup: find", "lookup", "it can be popup, search"),
    ("holder that is neither", "lookup: search\n", "lookup: search\ncaller_is_holder: perhaps\n", "caller_is_holder", "'perhaps' must be yes or no"),
    ("somebody else without a check", "lookup: search\n", "lookup: search\ncaller_is_holder: no\n", "caller_is_holder", "'identity_needed: yes'"),
]  # fmt: skip
ELSEWHERE = [
    # mistakes in the scenario that show only with what is above
    ("field on no sheet", "required: no, spoken:", "required: no, sheet: order, spoken:", "form", "'sheets' has none of that id"),
    ("goal that waits for a field", "      - {facts: [free_day]}\n    met:", '      - {screen: ["field:telephone"]}\n    met:', "goals", "the form has no field 'telephone'"),
    ("transfer to no department", "{outcome: resolved, needs: [new_day], success: yes}", "{outcome: transferred, needs: [], success: yes, to: bills}", "ends", "needs 'to': one of workshop, billing"),
    ("transfer without a word", "{outcome: resolved, needs: [new_day], success: yes}", "{outcome: transferred, needs: [], success: yes, to: billing}", "model", "says nothing at 'consult'"),
]  # fmt: skip
MENU_MISTAKES = [
    ("name of the file", "company: corner-optics", "company: corner", "company", "must be the name of the file, 'corner-optics'"),
    ("too few ways of not understanding", "  - Let's try again.\n", "", "unclear", "needs at least 3 wordings, has 2"),
    ("key that is none", '- {key: "1", label: Appointments', "- {key: A, label: Appointments", "steps[0].choices[0].key", "'A' is not known"),
    ("key twice", '- {key: "2", label: Glasses', '- {key: "1", label: Glasses', "steps[0].choices[1]", "key '1' is there twice"),
    ("way to nowhere", "label: Glasses, to: glasses", "label: Glasses, to: frames", "steps", "'frames' is not known"),
    ("step nobody comes to", "label: Glasses, to: glasses", "label: Glasses, to: workshop", "steps", "leads nowhere to 'glasses': give a choice that goes there"),
    ("one word", "words: [appointment, eye test]", "words: [appointment]", "steps[0].choices[0].words", "needs at least 2 wordings"),
    ("time that is none", 'opens: "09:00"', 'opens: "9"', "queues[0].opens", "'9' is no time: write it as 08:00"),
    ("hour that is none", 'closes: "16:00"', 'closes: "24:30"', "queues[1].closes", "'24:30' is no time"),
    ("day that is none", 'days: ["1", "2", "3", "4", "5"]', "days: [monday]", "queues[0].days[0]", "'monday' is not known"),
    ("queue twice", "- id: workshop\n", "- id: appointments\n", "queues[1]", "queue 'appointments' is there twice"),
    ("no queue", "queues:\n", "queues: []\nlines:\n", "queues", "needs at least 1, has 0"),
    ("queue that says nothing when closed", "    closed: The workshop is here from ten to four.\n", "", "queues[1]", "needs 'closed'"),
]  # fmt: skip
DESK_MISTAKES = [
    ("article without a text", "body: [Any day will do.]", "body: []", "articles[0].body", "at least 1"),
    ("article without a title", "title: Moving an appointment, ", "", "articles[0]", "needs 'title'"),
    ("snippet with no id", "{id: moved, label", "{id: Moved text, label", "snippets[0].id", "is no id"),
    ("snippet without its text", ', text: "Your appointment is on [date]."', "", "snippets[0]", "needs 'text'"),
    ("customer without a telephone", ', phone: "07700900188"', "", "customers[0]", "needs 'phone'"),
    ("lines as a list", "lines: {Glasses: none}", "lines: [Glasses]", "customers[0].lines", "must be a mapping of labels to values"),
    ("line that is empty", "lines: {Glasses: none}", "lines: {Glasses: }", "customers[0].lines.Glasses", "is empty"),
]  # fmt: skip


def ids(rows: list[tuple[str, str, str, str, str]]) -> list[str]:
    return [row[0] for row in rows]


def write(folder: Path, richer: str = RICHER, elsewhere: tuple[str, str] = ("", ""), company: str = DESK) -> Path:
    """The example with everything that this module is about. Gives the scenario."""
    path = write_example(
        folder, {EXAMPLE: ('today: "{today}"\n', richer), COMPANY: ("currency: GBP\n", company), MENU: ("", "")}
    )
    old, new = elsewhere
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1) if old else text, encoding="utf-8")
    return path


def told(path: Path, field: str, message: str) -> str:
    """The file of the one problem that names the field and says so; its line is in the file."""
    problems = problems_of(path)
    found = [p for p in problems if message in p.message and p.field.startswith(field)]
    assert found, "\n".join(map(str, problems))
    file = path.parents[2] / found[0].file
    assert 1 <= found[0].line <= len(file.read_text(encoding="utf-8").splitlines())
    return found[0].file


def changed(text: str, old: str, new: str) -> str:
    assert old in text
    return text.replace(old, new, 1)


def test_the_example_is_right_when_it_is_given_all_of_it(tmp_path: Path) -> None:
    case = load_scenario(write(tmp_path)).templates["en"]
    assert case.route == ("2", "1")
    assert case.specialists[0].needs[0].values == ("{customer.name}",)
    assert case.company.customers[0].lines == (("Glasses", "none"),)


@pytest.mark.parametrize(("what", "old", "new", "field", "message"), MISTAKES, ids=ids(MISTAKES))
def test_a_mistake_is_told_when_it_is_in_the_telephone_or_the_desk(
    tmp_path: Path, what: str, old: str, new: str, field: str, message: str
) -> None:
    assert told(write(tmp_path, changed(RICHER, old, new)), field, message) == EXAMPLE


@pytest.mark.parametrize(("what", "old", "new", "field", "message"), ELSEWHERE, ids=ids(ELSEWHERE))
def test_a_mistake_is_told_when_other_parts_do_not_fit_them(
    tmp_path: Path, what: str, old: str, new: str, field: str, message: str
) -> None:
    assert told(write(tmp_path, elsewhere=(old, new)), field, message) == EXAMPLE


@pytest.mark.parametrize(("what", "old", "new", "field", "message"), MENU_MISTAKES, ids=ids(MENU_MISTAKES))
def test_a_mistake_is_told_in_the_menu_when_it_is_there(
    tmp_path: Path, what: str, old: str, new: str, field: str, message: str
) -> None:
    path = write_example(tmp_path, {MENU: (old, new)})
    assert told(path, field, message) == MENU


@pytest.mark.parametrize(("what", "old", "new", "field", "message"), DESK_MISTAKES, ids=ids(DESK_MISTAKES))
def test_a_mistake_is_told_in_the_company_when_it_is_in_its_desk(
    tmp_path: Path, what: str, old: str, new: str, field: str, message: str
) -> None:
    assert told(write(tmp_path, company=changed(DESK, old, new)), field, message) == COMPANY


def test_a_route_is_refused_when_the_company_has_no_menu(tmp_path: Path) -> None:
    path = write(tmp_path)
    (tmp_path / MENU).unlink()
    assert told(path, "route", "the company has no menu: write scenarios/menus/<company>.yaml") == EXAMPLE


@pytest.mark.parametrize("content", [b"", b"- a\n", b"\xff", b"company: [\n"])
def test_a_menu_that_is_no_mapping_is_told_when_it_is_read(tmp_path: Path, content: bytes) -> None:
    path = write_example(tmp_path)
    (tmp_path / MENU).write_bytes(content)
    assert MENU in {p.file for p in problems_of(path)}


def test_the_document_names_every_field_of_the_format() -> None:
    text = DOCUMENT.read_text(encoding="utf-8")
    code = " ".join(findall(r"`([^`\n]+)`", text)) + " ".join(documented().values())
    named = set(findall(r"[a-z_]+", code))
    kinds = [
        scenario.Case, scenario.Company, scenario.Persona, scenario.Fact, scenario.Condition, scenario.Topic, scenario.Objection,
        scenario.Goal, scenario.RecordField, scenario.FormField, scenario.Disposition, scenario.End, scenario.SmallTalk,
        telephone.SoundOfLine, telephone.Need, telephone.Specialist, telephone.OtherPerson, telephone.Dialling,
        telephone.Choice, telephone.MenuStep, telephone.Queue, telephone.Menu,
        desk.Sheet, desk.Article, desk.Snippet, desk.OtherCustomer,
    ]  # fmt: skip
    not_written = {"scenario", "version", "language", "seed", "menu"}
    assert not {
        f"{kind.__name__}.{f.name}" for kind in kinds for f in fields(kind) if f.name not in named | not_written
    }

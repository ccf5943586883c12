"""Every mistake in a scenario file is told with its file, its line, its field and what would be right."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.factories.scenarios import COMPANY, EXAMPLE, documented, write_example
from trainer.content.problems import ContentError, Problem
from trainer.content.scenarios import load_scenario, load_scenarios

MISTAKES = [
    # (what is wrong, what stands there, what is put in its place, the field that is named, what is said about it)
    ("unknown key", "direction: inbound", "direction: inbound\nmoood: calm", "moood", "is not known here"),
    ("misspelt key", "brief: You", "breif: You", "breif", "did you mean 'brief'?"),
    ("missing key", "difficulty: 1\n", "", "", "needs 'difficulty'"),
    ("key twice", "minutes: 4", "minutes: 4\nminutes: 5", "minutes", "is here twice; line 9"),
    ("empty text", "title: The appointment that clashes", "title:", "title", "is empty"),
    ("list for a text", "title: The appointment that clashes", "title: [a, b]", "title", "must be a text"),
    ("text for a list", "[why can you not come, what came up, what happened]", "why", "topics[0].phrases", "list of texts"),
    ("language that lacks", "title: The", "title: {fr: Le rendez-vous} #", "title", "has no en"),
    ("unknown language", "languages: [en]", "languages: [de]", "languages[0]", "it can be en, fr"),
    ("wrong slug", "slug: moved-appointment", "slug: moved", "slug", "must be the name of the file"),
    ("no id", "id: times", "id: Times free", "topics[1].id", "is no id"),
    ("id twice", "id: times", "id: reason", "topics[1]", "topic 'reason' is there twice"),
    ("unknown direction", "direction: inbound", "direction: inwards", "direction", "it can be inbound, outbound"),
    ("unknown duty", "duties: [IN4, IN5]", "duties: [IN4, IN9]", "duties[1]", "'IN9' is not known"),
    ("number out of range", "difficulty: 1", "difficulty: 6", "difficulty", "whole number from 1 to 5"),
    ("no whole number", "minutes: 4", "minutes: four", "minutes", "whole number from 1 to 60"),
    ("no decimal", "rate: 1.0", "rate: fast", "persona.rate", "must be a number from 0.5 to 2"),
    ("no flag", "identity_needed: no", "identity_needed: maybe", "identity_needed", "must be yes or no"),
    ("unknown company", "company: corner-optics", "company: corner-optic", "company", "'corner-optic' is not known"),
    ("unknown manners", "manners: everyday", "manners: everday", "manners", "did you mean 'everyday'?"),
    ("unknown variable", "truth: \"{customer.phone}\"", "truth: \"{customer.fone}\"", "form[1].truth", "no variable 'customer.fone'"),
    ("unknown filter", "{today+2d|weekday} at four. Thanks.", "{today+2d|wekday} at four.", "goals[0].met[1]", "no filter 'wekday'"),
    ("filter that does not suit", "My mobile's {customer.phone|phone}.", "My mobile's {customer.name|date}.", "topics[2].answers[3]", "does not suit"),
    ("lonely brace", "I've got to cover a shift.", "I've got to {cover a shift.", "topics[0].answers[0]", "brace that is no placeholder"),
    ("unknown kind of variable", "kind: date, choices", "kind: dat, choices", "variables.today.kind", "did you mean 'date'?"),
    ("one choice", "[2026-03-11, 2026-05-20, 2026-06-17]", "[2026-03-11]", "variables.today.choices", "needs at least 2"),
    ("day that is none", "2026-05-20, ", "2026-02-30, ", "variables.today.choices", "'2026-02-30' is not in the calendar"),
    ("column that lacks", "{name: Ana Diaz, phone: \"07700900115\"}", "{name: Ana Diaz}", "variables.customer.rows[0]", "needs 'phone'"),
    ("phone with a letter", "07700900150", "0770O900150", "variables.customer.rows", "is no phone"),
    ("unknown kind of fact", "kind: date\n", "kind: dat\n", "facts[0].kind", "did you mean 'date'?"),
    ("fact without keywords", "keywords: [appointment, book, free, come, slot]", "keywords: []", "facts[0].keywords", "at least 1"),
    ("too few answers", "      - \"They changed my hours on me.\"\n", "", "topics[0].answers", "needs at least 5 wordings, has 4"),
    ("same line twice", "They changed my hours on me.", "I've got to cover a shift.", "topics[0].answers", "says the same twice"),
    ("rule that is none", "    effects: {trust: 1}", "    only_if: when asked", "topics[1].only_if", "is no rule"),
    ("effect on nothing", "effects: {trust: 1}", "effects: {mood: 1}", "topics[1].effects.mood", "it can be patience, resistance, trust"),
    ("unknown type of objection", "type: delivery_delay", "type: delay", "objections[0].type", "is not known"),
    ("moment that is none", "raised: opening", "raised: later", "objections[0].raised", "is no moment"),
    ("moment of an unknown goal", "raised: opening", "raised: \"goal:new_date\"", "objections[0].raised", "did you mean 'new_day'?"),
    ("unknown act", "acts: [apology, empathy, acknowledge]", "acts: [apologies]", "objections[0].softened_by[0].acts", "did you mean 'apology'?"),
    ("unknown fact", "met_by:\n      - {facts: [free_day]}", "met_by:\n      - {facts: [free_days]}", "goals[0].met_by[0].facts", "did you mean 'free_day'?"),
    ("condition that asks nothing", "met_by:\n      - {facts: [free_day]}", "met_by:\n      - {}", "goals[0].met_by[0]", "asks nothing"),
    ("unknown question", "{acts: [apology, empathy, acknowledge]}", "{question: wide}", "objections[0].softened_by[0].question", "any, closed, open"),
    ("unknown mark", "after: [\"settled:waits\"]", "after: [\"settled:waiting\"]", "goals[0].after", "did you mean 'settled:waits'?"),
    ("goal that waits for itself", "after: [\"settled:waits\"]", "after: [new_day]", "goals", "waits for itself"),
    ("firm without a no", "    softened_by:", "    firm: yes\n    softened_by:", "objections[0]", "has no 'firm_no' lines"),
    ("unknown type of field", "type: phone, truth", "type: fone, truth", "form[1].type", "did you mean 'phone'?"),
    ("truth that is no option", "truth: work", "truth: worked", "form[2].truth", "did you mean 'work'?"),
    ("truth of another type", "type: date, truth: \"{today+2d}\"", "type: date, truth: \"{today+2d|date}\"", "form[0].truth", "is no date"),
    ("truth that lacks", "truth: \"{today+2d}\", weight: 3", "weight: 3", "form[0]", "needs 'truth'"),
    ("choice without options", "    options: {work: Work, illness: Illness, other: Other}\n", "", "form[2]", "give at least two 'options'"),
    ("unknown outcome", "right_for: [resolved]", "right_for: [solved]", "dispositions[0].right_for", "did you mean 'resolved'?"),
    ("end without a code", "right_for: [resolved]", "right_for: [transferred]", "dispositions", "none that is right for the end 'resolved'"),
    ("no good end", "success: yes", "success: no", "ends", "has no end that is a success"),
    ("end that transfers nowhere", "{outcome: resolved, needs: [new_day], success: yes}", "{outcome: transferred, needs: [], success: yes}", "ends", "'transfer_to' names no department"),
    ("model without a close", "  - at: closing\n    say: Thank you for calling. Goodbye.\n", "  - at: the end\n    say: Bye.\n", "model[5].at", "is not known"),
    ("model without an opening", "  - at: opening\n", "  - at: closing\n", "model", "says nothing at 'opening'"),
    ("identity without fields", "identity_needed: no", "identity_needed: yes", "record", "needs at least two fields with 'identity: yes'"),
    ("small talk of an unknown kind", "small_talk:\n", "small_talk:\n  hellos: [Hi]\n", "small_talk.hellos", "is not known here"),
    ("too few openings", "    - \"Hello, it's about my appointment. I can't come tomorrow.\"\n", "", "small_talk.opening", "at least 3"),
    ("date without a day", "today: \"{today}\"\n", "", "facts", "give 'today'"),
    ("silence that falls", "today: \"{today}\"\n", "today: \"{today}\"\nsilence_s: [8, 4, 15]\n", "silence_s", "three rising numbers"),
    ("shared file with a name that is none", "manners: everyday", "manners: \"\\0\"", "manners", "is not known"),
    ("shared file with an endless name", "manners: everyday", "manners: " + "x" * 300, "manners", "is not known"),
    ("unknown rubric", "difficulty: 1\n", "difficulty: 1\nrubric: service-9\n", "rubric", "did you mean 'service-1'?"),
    ("rubric without objections for a call with some", "difficulty: 1\n", "difficulty: 1\nrubric: service-1\n", "rubric", "this one has some; write call-1"),
    ("inside word that the model says", "difficulty: 1\n", "difficulty: 1\ninside_words: [eye test]\n", "inside_words", "'eye test' stands in 'facts'"),
    ("broken YAML", "duties: [IN4, IN5]", "duties: [IN4, IN5", "", "is not YAML"),
]  # fmt: skip
COMPANY_MISTAKES = [
    ("currency", "currency: GBP", "currency: pounds", "currency", "it can be EUR, GBP, USD"),
    ("money with a comma", '"25.00"', '"25,00"', "facts[0].value", "an amount with two decimals"),
    ("policy that is none", "value: yes", "value: always", "facts[1].value", "write yes or no"),
    ("fact twice", "id: moving_free", "id: test_price", "facts[1]", "fact 'test_price' is there twice"),
    (
        "name of the file",
        "slug: corner-optics",
        "slug: optics",
        "slug",
        "must be the name of the file, 'corner-optics'",
    ),
]


def problems_of(path: Path) -> tuple[Problem, ...]:
    with pytest.raises(ContentError) as caught:
        load_scenario(path)
    return caught.value.problems


@pytest.mark.parametrize(("what", "old", "new", "field", "message"), MISTAKES, ids=[row[0] for row in MISTAKES])
def test_a_mistake_is_told_where_it_is_when_a_scenario_is_read(
    tmp_path: Path, what: str, old: str, new: str, field: str, message: str
) -> None:
    path = write_example(tmp_path, {EXAMPLE: (old, new)})
    found = [p for p in problems_of(path) if message in p.message and p.field.startswith(field)]
    assert found, "\n".join(map(str, problems_of(path)))
    assert found[0].file == EXAMPLE
    lines = path.read_text(encoding="utf-8").splitlines()
    assert 1 <= found[0].line <= len(lines)
    if field and "." not in field and "[" not in field:
        assert lines[found[0].line - 1].startswith(field)


@pytest.mark.parametrize(
    ("what", "old", "new", "field", "message"), COMPANY_MISTAKES, ids=[row[0] for row in COMPANY_MISTAKES]
)
def test_a_mistake_is_told_in_the_company_file_when_it_is_there(
    tmp_path: Path, what: str, old: str, new: str, field: str, message: str
) -> None:
    path = write_example(tmp_path, {COMPANY: (old, new)})
    found = [p for p in problems_of(path) if message in p.message and p.field.startswith(field)]
    assert found, "\n".join(map(str, problems_of(path)))
    assert found[0].file == COMPANY


def test_all_mistakes_are_told_at_once_when_there_are_several(tmp_path: Path) -> None:
    path = write_example(tmp_path, {EXAMPLE: ("difficulty: 1", "difficulty: 9"), COMPANY: ("GBP", "gold")})
    text = path.read_text(encoding="utf-8").replace("type: date", "type: day").replace("acts: [apology", "acts: [sorry")
    path.write_text(text, encoding="utf-8")
    fields = {(p.file, p.field) for p in problems_of(path)}
    assert {
        (EXAMPLE, "difficulty"),
        (COMPANY, "currency"),
        (EXAMPLE, "form[0].type"),
        (EXAMPLE, "objections[0].softened_by[0].acts[0]"),
    } <= fields


def test_the_line_is_that_of_the_mistake_when_it_is_deep_in_the_file(tmp_path: Path) -> None:
    path = write_example(tmp_path, {EXAMPLE: ("raised: opening", "raised: later")})
    (problem,) = problems_of(path)
    assert path.read_text(encoding="utf-8").splitlines()[problem.line - 1].strip() == "raised: later"


def test_every_file_is_read_when_one_of_them_is_wrong(tmp_path: Path) -> None:
    path = write_example(tmp_path, {EXAMPLE: ("difficulty: 1", "difficulty: 9")})
    (path.parent / "other.yaml").write_text("slug: other\n", encoding="utf-8")
    with pytest.raises(ContentError) as caught:
        load_scenarios(tmp_path / "scenarios")
    assert {p.file for p in caught.value.problems} == {EXAMPLE, "scenarios/service/other.yaml"}


def test_a_slug_is_refused_when_two_topics_have_it(tmp_path: Path) -> None:
    path = write_example(tmp_path)
    other = tmp_path / "scenarios" / "visits" / path.name
    other.parent.mkdir()
    other.write_text(documented()[EXAMPLE], encoding="utf-8")
    with pytest.raises(ContentError, match="is also in topic"):
        load_scenarios(tmp_path / "scenarios")


@pytest.mark.parametrize("content", [b"", b"- a\n- b\n", b"\xff\xfe", b"just a text", b"a: " + b"[" * 5000])
def test_a_file_that_is_no_mapping_is_told_when_it_is_read(tmp_path: Path, content: bytes) -> None:
    path = write_example(tmp_path)
    path.write_bytes(content)
    assert problems_of(path)[0].file == EXAMPLE


def test_a_value_that_names_another_variable_is_told(tmp_path: Path) -> None:
    path = write_example(tmp_path, {EXAMPLE: ("name: Ana Diaz", 'name: "Ana {today}"')})
    with pytest.raises(ContentError) as told:
        load_scenario(path)
    assert "the values of variables are not filled themselves" in str(told.value)


def test_a_rubric_that_weighs_objections_is_refused_when_there_are_none(tmp_path: Path) -> None:
    path = write_example(tmp_path, {EXAMPLE: ("difficulty: 1\n", "difficulty: 1\nrubric: call-1\n")})
    text = path.read_text(encoding="utf-8")
    start, end = text.index("objections:\n"), text.index("goals:\n")
    text = text[:start] + text[end:].replace('    after: ["settled:waits"]\n', "").replace(
        "objection:waits", "goal:new_day"
    )
    path.write_text(text, encoding="utf-8")
    (problem,) = problems_of(path)
    assert (problem.field, problem.line) == ("rubric", text.splitlines().index("rubric: call-1") + 1)
    assert "this call has none; write service-1" in problem.message
    path.write_text(text.replace("rubric: call-1", "rubric: service-1"), encoding="utf-8")
    assert load_scenario(path).templates["en"].rubric == "service-1"

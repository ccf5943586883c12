"""Questions made up, of the kinds that files of other programs can hold, as the reader of the bank gives them."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import strategies as st

from trainer.content.gift_answers import IDEA_NAME
from trainer.content.typography import typeset
from trainer.domain.questions import Idea, Near, Option, Pair, Question

_SIGNS = st.sampled_from(list("~=#{}:\\%[]>-|'\"«»@+;,/*&<\n\t\u00a0 ") + ["->", "####", "//", "::", "\\n", "[html]", "%50%", "<b>", "{}"])  # fmt: skip
_LETTERS = st.characters(exclude_categories=("Cc", "Cs", "Co", "Cn"))
FIGURES = st.decimals(-9999, 9999, places=2).map(str)


def texts(language: str, line: bool = False) -> st.SearchStrategy[str]:
    """Texts full of signs that mean something elsewhere, set as the reader of the bank sets them."""
    parts = st.lists(st.one_of(_SIGNS, st.text(_LETTERS, min_size=1, max_size=6)), min_size=1, max_size=8)
    return (
        parts.map("".join)
        .map(lambda text: text.replace("\n", " ") if line else text)
        .map(lambda text: typeset(text.strip(), language).strip())
        .filter(bool)
    )


def _several(language: str, least: int, line: bool = False) -> st.SearchStrategy[list[str]]:
    return st.lists(texts(language, line), min_size=least, max_size=least + 2, unique=True)


@st.composite
def questions(draw: st.DrawFn, kind: str, language: str = "en") -> Question:
    """One of that kind; for `text`, what a short answer of GIFT can hold."""
    a_text = texts(language)
    fields: dict[str, object] = {}
    if kind in ("single", "several", "order"):
        said = draw(_several(language, 3))
        count = {"single": 1, "several": 2, "order": 0}[kind]
        right = draw(st.sets(st.integers(0, len(said) - 1), min_size=count, max_size=count))
        fields["options"] = tuple(
            Option(f"o{place + 1}", one, draw(a_text), place in right) for place, one in enumerate(said)
        )
    elif kind == "match":
        lefts = draw(_several(language, 3, line=True))
        rights = draw(st.lists(a_text, min_size=len(lefts), max_size=len(lefts) + 2, unique=True))
        fields["options"] = tuple(Option(f"o{place}", right, "") for place, right in enumerate(rights, 1))
        fields["pairs"] = tuple(Pair(left, f"o{place}", draw(a_text)) for place, left in enumerate(lefts, 1))
    elif kind == "number":
        near = draw(st.lists(st.builds(Near, FIGURES, a_text), max_size=2))
        fields |= {
            "value": draw(FIGURES),
            "tolerance": draw(st.sampled_from(["0", "0.5", "1.25"])),
            "near": tuple(near),
        }
        fields |= {"unit": draw(st.sampled_from(["", "euros", "kg", "%"])), "feedback": draw(a_text)}
    else:
        references = tuple(draw(_several(language, 3)))
        fields |= {"references": references, "feedback": draw(a_text)}
        fields["ideas"] = (Idea(IDEA_NAME[language], references),)
    return Question(
        id=draw(st.from_regex(r"[a-z][a-z0-9_-]{0,20}", fullmatch=True)), kind=kind, duty=draw(st.sampled_from(["IN4", "K9", "price"])),
        lesson="01-hear-the-person", difficulty=draw(st.integers(1, 3)), text=draw(a_text), **fields,  # type: ignore[arg-type]
    )  # fmt: skip


@st.composite
def editions(draw: st.DrawFn, kind: str) -> dict[str, Question]:
    """A question in two languages: the French one says other things in the same parts."""
    english = draw(questions(kind, "en"))
    said = texts("fr")

    def others(count: int, line: bool = False) -> list[str]:
        return draw(st.lists(texts("fr", line), min_size=count, max_size=count, unique=True))

    options = tuple(
        replace(option, text=text, feedback=draw(said) if option.feedback else "")
        for option, text in zip(english.options, others(len(english.options)), strict=True)
    )
    pairs = tuple(
        replace(pair, left=left, feedback=draw(said))
        for pair, left in zip(english.pairs, others(len(english.pairs), line=True), strict=True)
    )
    french = replace(
        english, text=draw(said), feedback=draw(said) if english.feedback else "", options=options, pairs=pairs,
        near=tuple(Near(draw(FIGURES), draw(said)) for _ in english.near), unit=english.unit and draw(st.sampled_from(["euros", "%"])),
    )  # fmt: skip
    if kind == "text":
        references = tuple(others(3))
        french = replace(french, references=references, ideas=(Idea(IDEA_NAME["fr"], references),))
    return {"en": english, "fr": french}

"""Questions as YAML of the bank, laid out as authors write it: the opposite of `content.questions`."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping

from trainer.content.reading import LANGUAGES
from trainer.content.typography import with_plain_spaces
from trainer.domain.questions import CHOICES, Question

Edition = Mapping[str, Question]
"""A question by language."""
_RAW = re.compile(r"[\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufdd0-\ufdef\ufffe\uffff]")
"""Signs that a YAML file may not hold as they are, or where it would begin a new line."""


def bank_yaml(editions: Iterable[Edition], head: str = "") -> str:
    """A file of the bank. `head` becomes a comment above. Kinds are those of `bank_findings.CARRIED_KINDS`."""
    comment = "".join(f"# {line}\n" for line in head.splitlines())
    return comment + "".join(f"{line}\n" for edition in editions for line in _question(edition))


def _quoted(text: str) -> str:
    """In double quotes, where nothing but the backslash has a meaning."""
    return _RAW.sub(lambda sign: f"\\u{ord(sign.group()):04x}", json.dumps(text, ensure_ascii=False))


def _said(texts: Mapping[str, str]) -> str:
    """One text a language, with the spaces that an author types."""
    said = (f"{language}: {_quoted(with_plain_spaces(text, language))}" for language, text in texts.items())
    return "{" + ", ".join(said) + "}"


def _each(texts: Mapping[str, str]) -> str:
    return "{" + ", ".join(f"{language}: {_quoted(text)}" for language, text in texts.items()) + "}"


def _same_or_said(texts: Mapping[str, str]) -> str:
    """One value where all languages have the same."""
    values = set(texts.values())
    return _quoted(values.pop()) if len(values) == 1 else _each(texts)


def _lists(texts: Mapping[str, Iterable[str]]) -> Iterator[str]:
    for language, some in texts.items():
        yield f"{language}: [{', '.join(map(_quoted, some))}]"


def _question(edition: Edition) -> Iterator[str]:
    one = edition[LANGUAGES[0]]
    yield f"- id: {_quoted(one.id) if one.id == 'null' else one.id}"
    yield f"  kind: {one.kind}"
    yield f"  duty: {one.duty}"
    yield f"  lesson: {one.lesson}"
    yield f"  difficulty: {one.difficulty}"
    yield f"  text: {_said({code: q.text for code, q in edition.items()})}"
    own = _options if one.kind in CHOICES else {"match": _match, "number": _number, "text": _text}[one.kind]
    yield from (f"  {line}" for line in own(edition))


def _options(edition: Edition) -> Iterator[str]:
    yield "options:"
    one = edition[LANGUAGES[0]]
    for place, option in enumerate(one.options):
        yield f"  - text: {_said({code: q.options[place].text for code, q in edition.items()})}"
        if option.right and one.kind != "order":
            yield "    right: yes"
        yield f"    feedback: {_said({code: q.options[place].feedback for code, q in edition.items()})}"


def _match(edition: Edition) -> Iterator[str]:
    rights = {code: {option.id: option.text for option in q.options} for code, q in edition.items()}
    yield "pairs:"
    one = edition[LANGUAGES[0]]
    for place, pair in enumerate(one.pairs):
        yield f"  - left: {_said({code: q.pairs[place].left for code, q in edition.items()})}"
        yield f"    right: {_said({code: rights[code][pair.option] for code in edition})}"
        yield f"    feedback: {_said({code: q.pairs[place].feedback for code, q in edition.items()})}"
    used = {pair.option for pair in one.pairs}
    others = [option.id for option in one.options if option.id not in used]
    if others:
        yield "others:"
        yield from (f"  - {_said({code: rights[code][other] for code in edition})}" for other in others)


def _number(edition: Edition) -> Iterator[str]:
    yield f"value: {_same_or_said({code: q.value for code, q in edition.items()})}"
    yield f"tolerance: {_same_or_said({code: q.tolerance for code, q in edition.items()})}"
    if all(q.unit for q in edition.values()):
        yield f"unit: {_each({code: q.unit for code, q in edition.items()})}"
    one = edition[LANGUAGES[0]]
    if one.near:
        yield "near:"
    for place in range(len(one.near)):
        yield f"  - value: {_same_or_said({code: q.near[place].value for code, q in edition.items()})}"
        yield f"    feedback: {_said({code: q.near[place].feedback for code, q in edition.items()})}"
    yield f"feedback: {_said({code: q.feedback for code, q in edition.items()})}"


def _text(edition: Edition) -> Iterator[str]:
    yield "references:"
    yield from (f"  {line}" for line in _lists({code: q.references for code, q in edition.items()}))
    yield "ideas:"
    one = edition[LANGUAGES[0]]
    for place in range(len(one.ideas)):
        yield f"  - name: {_said({code: q.ideas[place].name for code, q in edition.items()})}"
        yield "    phrases:"
        yield from (f"      {line}" for line in _lists({code: q.ideas[place].phrases for code, q in edition.items()}))
    yield f"feedback: {_said({code: q.feedback for code, q in edition.items()})}"

"""How texts of authors are set on pages."""

from __future__ import annotations

import re


def typeset(text: str, language: str) -> str:
    """Authors type straight quotes and plain spaces; pages show those of the language. French puts a space before its
    high signs and inside its quotes, which must not break off a line."""
    text = re.sub(r"(?<=\w)'", "’", text)
    if language != "fr":
        text = re.sub(r'(^|[\s(*_])"(?=\S)', r"\1“", text, flags=re.MULTILINE)
        return text.replace('"', "”")
    text = re.sub(r" (?=[;!?])", "\u202f", text)
    return re.sub(r" (?=[:»%€])|(?<=«) |(?<=\d) (?=(?:\d|h\b))", "\u00a0", text)


def with_plain_spaces(text: str, language: str) -> str:
    """`text` as an author types it, where `typeset` brings its spaces back: programs that know few signs spoil those."""
    plain = text.replace("\u202f", " ").replace("\u00a0", " ")
    return plain if typeset(plain, language) == text else text

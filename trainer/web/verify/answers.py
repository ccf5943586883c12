"""What a check found, in words: one clear answer, why, and what to do."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from flask_babel import gettext as _

from trainer.services.certificate_checks import Checked
from trainer.web.times import date_text


@dataclass(frozen=True, slots=True)
class Answer:
    """`kind` is good, warn or bad; `icon` a Bootstrap icon; `word` the answer; `sentence` says what it means."""

    kind: str
    icon: str
    word: str
    sentence: str


def answer_to(checked: Checked, *, from_file: bool = False) -> Answer:
    """The one answer that stands first on the page."""
    since = date_text(checked.since, "long") if checked.since else ""
    return _ANSWERS[checked.state](since, from_file)


_ANSWERS: dict[str, Callable[[str, bool], Answer]] = {
    "valid": lambda _since, from_file: Answer("good", "patch-check-fill", _("Valid"), _valid(from_file)),
    "not_yet_valid": lambda since, _file: Answer(
        "warn", "hourglass", _("Not valid yet"), _("It begins to count on %(day)s.", day=since)
    ),
    "expired": lambda since, _file: Answer(
        "warn", "hourglass-bottom", _("Expired"),
        _("It is genuine and was valid until %(day)s. It has not been renewed.", day=since),
    ),
    "revoked": lambda since, _file: Answer(
        "bad", "x-octagon-fill", _("Revoked"),
        _("It was issued here, and withdrawn on %(day)s. It counts no more.", day=since),
    ),
    "replaced": lambda since, _file: Answer(
        "warn", "arrow-repeat", _("Replaced"), _("A newer certificate took its place on %(day)s.", day=since)
    ),
    "unknown": lambda _since, from_file: Answer(
        "bad", "question-octagon-fill", _("Unknown"), _unknown(from_file)
    ),
    "not_genuine": lambda _since, _file: Answer(
        "bad", "shield-fill-x", _("Not genuine"),
        _("This file is not as it was issued: something in it was changed, or somebody else made it."),
    ),
    "unreadable": lambda _since, _file: Answer(
        "bad", "file-earmark-x-fill", _("No certificate in this file"),
        _("Choose the file exactly as it was downloaded (PDF, JSON, JWT, PNG or SVG): not a photo, a scan or a print."),
    ),
}  # fmt: skip
"""Each is put into words only when it is asked for: the page is one of those that are read most."""


def _valid(from_file: bool) -> str:
    if from_file:
        return _("The file is exactly as it was issued, and the certificate counts today.")
    return _("This certificate was issued here and counts today.")


def _unknown(from_file: bool) -> str:
    if from_file:
        return _("It is well signed, but no such certificate is on record here.")
    return _(
        "No certificate was issued under this address. Compare it with the paper, character by character, or scan the code again."
    )


def problem_sentence(problem: str) -> str:
    """Why a file is not accepted."""
    known = {
        "no_certificate": _("It carries no certificate data."),
        "locked": _("It is locked by a password, so it cannot be read."),
        "broken": _("It is damaged."),
        "format": _("Its data do not have the form of a certificate."),
        "signature": _("Its signature does not fit: the data were changed, or signed with a key that is not ours."),
        "contexts": _("It names vocabularies that are not accepted."),
        "credential": _("Its readable part differs from the part that was signed."),
        "claims": _("Its signed statements contradict each other."),
        "record": _("Its record is not the one that was signed."),
        "issuer": _("It names another issuer than the one who signed."),
        "other_record": _("Its record differs from the one on file here."),
        "page_differs": _(
            "Its page shows something else than what was issued; the data inside are of a real certificate."
        ),
    }
    return known.get(problem, problem)

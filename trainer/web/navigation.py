"""The ways into the product: the menu in the header and the cards of the start page.

A capability adds a line to `ENTRIES`. An entry is shown to people with one of its roles (an admin sees all), and only
if its endpoint exists.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from flask import current_app, request, url_for
from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from trainer.domain.roles import ROLES, Actor
from trainer.web.languages import page_language


@dataclass(frozen=True, slots=True)
class Entry:
    """One way in. `icon` is a Bootstrap icon; `about` is the card's sentence. `within`: the addresses that belong to it where
    they do not stand below its own."""

    endpoint: str
    label: LazyString
    icon: str
    roles: Collection[str]
    about: LazyString
    within: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Shown:
    """An entry on the page of this request; `is_current` on its own page and on those below it."""

    url: str
    label: str
    icon: str
    about: LazyString
    is_current: bool


ENTRIES: tuple[Entry, ...] = (
    Entry("learn.my_path", _l("My path"), "signpost-split", {"learner"},
          _l("Your courses, the next call, and what is left until your certificate.")),
    Entry("calls.lobby", _l("Calls"), "telephone", ROLES,
          _l("Take a simulated call: a customer speaks, you answer and keep the record.")),
    Entry("career.mine", _l("My career"), "ladder", {"learner"},
          _l("Which category you hold, what is left until the next, and every decision with its reasons.")),
    Entry("certificates.mine", _l("My certificates"), "award", {"learner"},
          _l("To print, to archive and to send; whoever gets one can check it.")),
    Entry("work.mine", _l("My work figures"), "graph-up", {"learner"},
          _l("Tasks, quality, targets and complaints, as your supervisor recorded them."), within=("/work/mine", "/work/complaints")),
    Entry("review.queue", _l("To review"), "inbox", {"trainer", "supervisor", "teacher", "hr"},
          _l("Calls that wait for a person: what the machine left open, corrected transcripts, appeals.")),
    Entry("exams.answers", _l("Exam answers"), "card-checklist", {"trainer", "supervisor", "teacher"},
          _l("Answers of exams in somebody’s own words of which the machine is not sure.")),
    Entry("calibration.index", _l("Calibration"), "people", {"trainer", "supervisor", "teacher", "hr"},
          _l("Mark the same calls blind, then compare: with each other and with the machine.")),
    Entry("career.people", _l("Categories"), "person-check", {"supervisor", "trainer"},
          _l("Who is ready for the next category: attest, decide, issue and revoke certificates.")),
    Entry("work.teams", _l("Teams at work"), "clipboard-data", {"supervisor"},
          _l("The work of your people in figures: targets, periods, missing ones, complaints."),
          within=("/work/teams", "/work/periods", "/work/complaints")),
    Entry("certificate_designs.index", _l("Design of certificates"), "palette", {"supervisor"},
          _l("Choose how certificates look on paper, and try each design with made-up data.")),
    Entry("cohorts.index", _l("Cohorts"), "mortarboard", {"teacher"},
          _l("Your groups of learners: who is in them, and how far each has come.")),
    Entry("campaigns.index", _l("Campaigns"), "person-lines-fill", {"hr"},
          _l("Candidates take the same call and are judged by the same public rubric. You compare, and a person decides.")),
    Entry("reports.index", _l("Learning"), "book", {"trainer", "supervisor", "teacher", "hr", "author"},
          _l("How far people have come, how questions work, and what learners say of lessons."),
          within=("/reports/learning", "/reports/questions", "/reports/lessons")),
    Entry("reports.difficulty", _l("Measured difficulty"), "bar-chart", {"trainer", "supervisor", "author"},
          _l("How hard each scenario and its forms turned out to be, from the calls that people took.")),
    Entry("reports.agreement", _l("Agreement"), "bullseye", {"trainer", "supervisor"},
          _l("How far the machine and people agree on each criterion, and which ones people decide.")),
    Entry("job_description.show", _l("Job description"), "file-earmark-text", ROLES,
          _l("What the post is: read it, hear it, sign the version in force.")),
    Entry("rights.index", _l("Say it to the manager"), "chat-left-text", ROLES,
          _l("Propose improvements, ask for material, report what is wrong, and read what the management decided.")),
    Entry("bank.index", _l("Questions"), "arrow-left-right", {"author", "trainer"},
          _l("Take the questions of a course to Moodle or a spreadsheet, and bring questions from there.")),
    Entry("admin.people", _l("People"), "people", {"admin"},
          _l("Invite people, change what they may do, close accounts.")),
    Entry("admin.audit", _l("Audit log"), "journal-text", {"admin"},
          _l("Who changed, saw or exported what, and when.")),
)  # fmt: skip


def entries_for(actor: Actor) -> list[Shown]:
    """What this person can open here, in order."""
    path = request.path
    return [
        Shown(url, label, entry.icon, entry.about, _is_current(entry, url, path)) for entry, url, label in _ways(actor)
    ]


def places_in_menu(actor: Actor) -> tuple[int, ...]:
    """Which of this person's entries are current, counted from 0."""
    path = request.path
    return tuple(place for place, (entry, url, _) in enumerate(_ways(actor)) if _is_current(entry, url, path))


def _ways(actor: Actor) -> list[tuple[Entry, str, str]]:
    """The entries of these roles with address and label, which are the same for all who have them: made once."""
    kept: dict[tuple[frozenset[str], str, str], list[tuple[Entry, str, str]]]
    kept = current_app.extensions.setdefault("menus", {})
    key = actor.roles, page_language(), request.root_path
    if key not in kept:
        known = current_app.view_functions
        kept[key] = [
            (entry, url_for(entry.endpoint), str(entry.label))
            for entry in ENTRIES
            if entry.endpoint in known and actor.is_any(*entry.roles)
        ]
    return kept[key]


def _is_current(entry: Entry, url: str, path: str) -> bool:
    return any(path == place or path.startswith(place.rstrip("/") + "/") for place in entry.within or (url,))

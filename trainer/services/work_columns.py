"""The columns of a table of figures: how they are headed in both languages, so that what was downloaded in one can be sent
in the other."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from trainer.domain.work_figures import INDICATORS, QUALITY, TASKS
from trainer.services.spreadsheets import plain_heading

EMAIL, NAME, SINCE, UNTIL = "email", "name", "since", "until"
HEADINGS: Mapping[str, Mapping[str, str]] = {
    EMAIL: {"en": "E-mail", "fr": "Courriel"},
    NAME: {"en": "Name", "fr": "Nom"},
    SINCE: {"en": "From", "fr": "Du"},
    UNTIL: {"en": "To", "fr": "Au"},
    TASKS: {"en": "Tasks", "fr": "Tâches"},
    QUALITY: {"en": "Quality (%)", "fr": "Qualité (%)"},
    "handle_time": {"en": "Handle time (s)", "fr": "DMT (s)"},
    "after_call_work": {"en": "After-call work (s)", "fr": "Post-appel (s)"},
    "hold_time": {"en": "Hold time (s)", "fr": "Mise en attente (s)"},
    "first_contact_resolution": {"en": "First-contact resolution (%)", "fr": "Résolution au premier contact (%)"},
    "service_level": {"en": "Service level (%)", "fr": "Taux de service (%)"},
    "customer_satisfaction": {"en": "Customer satisfaction (%)", "fr": "Satisfaction client (%)"},
    "schedule_adherence": {"en": "Schedule adherence (%)", "fr": "Respect du planning (%)"},
    "occupancy": {"en": "Occupancy (%)", "fr": "Taux d’occupation (%)"},
    "transfer_rate": {"en": "Transfers (%)", "fr": "Transferts (%)"},
    "repeat_calls": {"en": "Repeat calls (%)", "fr": "Appels réitérés (%)"},
    "conversion": {"en": "Conversion (%)", "fr": "Taux de conversion (%)"},
}
"""How a written table heads its columns."""
_ALSO: Mapping[str, Sequence[str]] = {
    EMAIL: ("email", "mail", "e-mail address", "email address", "adresse e-mail", "adresse email", "adresse courriel"),
    NAME: ("full name", "person", "agent", "operator", "nom complet", "personne", "operateur", "conseiller"),
    SINCE: ("from day", "first day", "start", "since", "debut", "premier jour", "date de debut"),
    UNTIL: ("to day", "last day", "end", "until", "fin", "dernier jour", "date de fin"),
    TASKS: ("tasks completed", "calls", "calls handled", "volume", "appels traites", "taches accomplies", "appels"),
    QUALITY: ("quality score", "qualite des taches", "note de qualite"),
    "handle_time": ("aht", "average handle time", "dmt", "duree moyenne de traitement", "temps moyen de traitement"),
    "after_call_work": ("acw", "wrap-up", "apres appel", "travail apres appel", "temps post-appel"),
    "hold_time": ("hold", "attente"),
    "first_contact_resolution": ("fcr", "first contact resolution", "rpc", "taux de resolution au premier contact"),
    "service_level": ("sl", "niveau de service"),
    "customer_satisfaction": ("csat", "satisfaction"),
    "schedule_adherence": ("adherence", "adhesion au planning"),
    "occupancy": ("occupation", "taux d'occupation"),
    "transfer_rate": ("transfer rate", "taux de transfert"),
    "repeat_calls": ("recontact", "reiteration", "taux de reiteration", "rappels"),
    "conversion": ("conversion rate", "conversion"),
}
FIGURES = (TASKS, QUALITY, *INDICATORS)


def bare_heading(cell: str) -> str:
    """Without accents, units in brackets, percent signs and case."""
    plain = plain_heading(cell).replace("’", "'").replace("_", " ")
    return " ".join(re.sub(r"\([^)]*\)|%", " ", plain).split())


_KNOWN = {
    bare_heading(text): column
    for column, texts in HEADINGS.items()
    for text in (column, *texts.values(), *_ALSO[column])
}


def column_of(cell: str) -> str | None:
    """The column that a heading names, in either language; None for an unknown one."""
    return _KNOWN.get(bare_heading(cell))


def heading(column: str, language: str) -> str:
    return HEADINGS[column].get(language) or HEADINGS[column]["en"]

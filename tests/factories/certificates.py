"""Certificates and the people around them, for tests."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from trainer.domain.credential import CertificateRecord, CountedCall, PassedGate

ISSUED = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


def make_record(**changes: Any) -> CertificateRecord:
    """A record of an operator of category 3, complete and plausible."""
    record = CertificateRecord(
        number="2026-7KQ4-M2XD",
        holder="Zoé Ångström-O’Neill",
        language="en",
        category="operator-3",
        category_title={"en": "Operator category 3", "fr": "Opérateur de catégorie 3"},
        category_about={
            "en": "Takes everyday calls alone (advice, orders, complaints) and records them truthfully.",
            "fr": "Traite seul les appels courants (conseil, commandes, réclamations) et les enregistre fidèlement.",
        },
        organisation="Parcelo Customer Care",
        jurisdiction="",
        issued_at=ISSUED,
        valid_until=ISSUED.replace(year=2028),
        decision="dEc1s10n",
        decided_at=ISSUED,
        decided_by="Sam Okafor",
        attested_by=("Sam Okafor",),
        ladder="ladder-1",
        design="classic",
        design_version="1",
        gates=(
            PassedGate("course", "course", {"en": "Course passed", "fr": "Formation validée"}, 1, 1, ("r1",)),
            PassedGate(
                "scenarios",
                "scenarios",
                {"en": "Assessed calls passed on different scenarios", "fr": "Appels évalués réussis"},
                2,
                2,
                ("c1", "c2"),
            ),
        ),
        calls=(CountedCall("c1", "late-parcel", "1", 84, "a" * 64, "b" * 64),),
        alignments=(
            {
                "framework": "O*NET-SOC",
                "code": "43-4051.00",
                "name": "Customer Service Representatives",
                "url": "https://www.onetonline.org/link/summary/43-4051.00",
            },
        ),
        issuer="https://trainer.example/issuer/org1",
        subject="urn:uuid:5b0f2b5e-54a8-4a83-a5a4-6e4b6d0c2a11",
        verify_url="https://trainer.example/v/4Zq0yC1mS9d3u7XbVtE8rPkLwNaJhGfD",
    )
    return replace(record, **changes)

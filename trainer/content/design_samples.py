"""Records to try designs with: a plain one of an operator of category 3, and what a design's sample.yaml changes of it.

sample.yaml is a list of {name, changes}. `changes` replaces members of the plain record (`PLAIN` below) whole; besides,
`gates` may be a number from 1 to 12, `category` may be a title in both languages ({en, fr}), and `language` names the
language that the sample is printed in first.
"""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ruamel.yaml.comments import CommentedMap, CommentedSeq

from trainer.content.yaml_nodes import LANGUAGES, NodeReader

SAMPLE = "sample.yaml"
GATES = (
    # kind, figure, threshold, English, French
    ("course", 1, 1, "Course “Handling a complaint” passed", "Formation « Traiter une réclamation » validée"),
    ("exam", 92, 80, "Exam “Ready for calls”, percent", "Examen « Prêt pour les appels », en pour cent"),
    ("scenarios", 4, 4, "Assessed calls passed on different scenarios",
     "Appels évalués réussis sur des scénarios différents"),
    ("attestation", 1, 1, "A supervisor’s attestation", "Attestation d’un superviseur"),
    ("clean_calls", 5, 5, "Last assessed calls without a fundamental error",
     "Derniers appels évalués sans erreur fondamentale"),
    ("duties", 18, 16, "Duties of the job description shown", "Missions de la fiche de poste démontrées"),
    ("drills", 12, 10, "Drills on objections passed", "Exercices sur les objections réussis"),
    ("shift", 2, 2, "Shifts worked to the end", "Vacations menées à leur terme"),
    ("diction", 88, 85, "Read aloud and understood, percent of words",
     "Lecture à voix haute comprise, en pour cent des mots"),
    ("typing", 210, 180, "Signs a minute while a customer speaks", "Signes par minute pendant qu’un client parle"),
    ("signature", 1, 1, "Job description in force signed", "Fiche de poste en vigueur signée"),
    ("peers", 3, 2, "Colleagues coached on their calls", "Collègues accompagnés sur leurs appels"),
)  # fmt: skip


def gates(count: int) -> list[dict[str, Any]]:
    """The first `count` conditions of `GATES`, as a record has them."""
    rows = []
    for kind, figure, threshold, english, french in GATES[:count]:
        title = {"en": english, "fr": french.replace("« ", "«\u00a0").replace(" »", "\u00a0»")}
        rows.append({"id": kind, "kind": kind, "title": title, "figure": figure, "threshold": threshold, "records": []})
    return rows


PLAIN: Mapping[str, Any] = {
    "format": "category-certificate/1",
    "number": "2026-7KQ4-M2XD",
    "holder": "Zoé Ångström-O’Neill",
    "language": "en",
    "category": {
        "id": "operator-3",
        "ladder": "ladder-1",
        "title": {"en": "Operator category 3", "fr": "Opérateur de catégorie 3"},
        "about": {
            "en": "Takes everyday calls alone (advice, orders, complaints) and records them truthfully.",
            "fr": "Traite seul les appels courants (conseil, commandes, réclamations) et les enregistre fidèlement.",
        },
    },
    "organisation": "Parcelo Customer Care",
    "jurisdiction": "",
    "issued_at": "2026-11-24T09:00:00Z",
    "valid_until": "2028-11-24T09:00:00Z",
    "decision": {"id": "dEc1s10n", "at": "2026-11-24T09:00:00Z", "by": "Amara Diallo"},
    "attested_by": ["Sam Okafor"],
    "design": {"id": "classic", "version": "1"},
    "gates": gates(4),
    "calls": [],
    "alignments": [
        {"framework": "O*NET-SOC", "code": "43-4051.00", "name": "Customer Service Representatives", "url": ""},
        {"framework": "ESCO", "code": "5244.1", "name": "call centre agent", "url": ""},
        {"framework": "Titres professionnels (France)", "code": "TP-00483",
         "name": "Conseiller relation client à distance", "url": ""},
    ],
    "agreement": None,
    "issuer": "https://training.parcelo.example/issuer/5b0f2b5e",
    "subject": "urn:uuid:5b0f2b5e-54a8-4a83-a5a4-6e4b6d0c2a11",
    "verify_url": "https://training.parcelo.example/v/4Zq0yC1mS9d3u7XbVtE8rPkLwNaJhGfD",
}  # fmt: skip
"""A complete record (see `domain.credential.CertificateRecord.as_json`); nobody holds it."""


@dataclass(frozen=True, slots=True)
class Sample:
    """`record` is complete: the plain one with the sample's changes."""

    name: str
    record: Mapping[str, Any]


def sample_record(**changes: Any) -> dict[str, Any]:
    """The plain record with members replaced, by the shorthands of sample.yaml, too."""
    record = deepcopy({**PLAIN, **changes})
    if isinstance(record["gates"], int):
        record["gates"] = gates(record["gates"])
    if "title" not in record["category"]:
        record["category"] = {**PLAIN["category"], "title": record["category"]}
    return record


def read_samples(folder: Path) -> list[Sample]:
    """What to try the design with. Raises ContentError with every fault found."""
    read = NodeReader(folder / SAMPLE)
    root = read.load()
    samples = []
    for node in read.rows(root, root, "samples"):
        row = read.keys(node, ("name", "changes"))
        name, changes = read.word(row["name"], node, "name"), row["changes"]
        if not isinstance(changes, CommentedMap):
            read.fault(node, "'changes' has to be a mapping, {} where nothing changes")
            continue
        faults = len(read.faults)
        _check(read, changes)
        if len(read.faults) == faults:
            samples.append(Sample(name, sample_record(**_plain(changes))))
    if not samples and not read.faults:
        read.fault(root, "at least one sample is needed")
    read.finish()
    return samples


def _check(read: NodeReader, changes: CommentedMap) -> None:
    read.keys(changes, (), PLAIN)
    for key in ("holder", "organisation", "number", "verify_url"):
        if key in changes:
            read.word(changes[key], changes, key)
    if isinstance(changes.get("gates"), int):
        read.whole(changes["gates"], changes, "gates", 1, len(GATES))
    elif "gates" in changes:
        read.fault(changes, f"'gates' has to be a number from 1 to {len(GATES)}")
    if "language" in changes and changes["language"] not in LANGUAGES:
        read.fault(changes, f"'language' is {changes['language']!r}; known: {', '.join(LANGUAGES)}")
    if "category" in changes:
        read.texts(changes["category"], changes, "category")
    agreement = changes.get("agreement")
    if agreement is not None and not (
        isinstance(agreement, CommentedMap) and all(v is None or isinstance(v, int | float) for v in agreement.values())
    ):
        read.fault(changes, "'agreement' has to be a mapping of criteria to figures, or null")


def _plain(node: Any) -> Any:
    """The node without what YAML keeps beside it."""
    if isinstance(node, CommentedMap):
        return {str(key): _plain(value) for key, value in node.items()}
    if isinstance(node, CommentedSeq):
        return [_plain(value) for value in node]
    return float(node) if isinstance(node, float) else node

"""Data Integrity proofs, cryptosuite `eddsa-rdfc-2022` (W3C vc-di-eddsa): RDF canonical form, SHA-256, Ed25519.

Anybody's document comes here before its signature is known to be good, so nothing is fetched, nothing is dropped
silently, and what would take long is refused before it starts.
"""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import base58
from cachetools import LRUCache
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from pyld import jsonld
from pyld.canon import URDNA2015
from pyld.context_resolver import ContextResolver

from trainer.ports import BadSignature

SUITE = "eddsa-rdfc-2022"
FOLDER = Path(__file__).parent / "contexts"
CONTEXTS = {
    "https://www.w3.org/ns/credentials/v2": "credentials-v2.json",
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json": "open-badges-3.0.3.json",
}
PROOF_MEMBERS = {"type", "cryptosuite", "created", "verificationMethod", "proofPurpose", "proofValue"}
BASE = "relative://address/"
"""What a relative address becomes, so that it is seen and refused."""
MAX_DEPTH, MAX_VALUES = 12, 3_000
"""A credential of ours is 5 deep and has some 200 values."""

Loader = Callable[[str, Mapping[str, Any]], dict[str, Any]]


class _Refused(ValueError):
    """The document has no canonical form here."""


def load_context(url: str, _options: Mapping[str, Any]) -> dict[str, Any]:
    """The document loader: the files kept here by their exact address, and nothing else. Raises ValueError."""
    if url not in CONTEXTS:
        raise _Refused(f"the context {url!r} is not kept here")
    document = json.loads((FOLDER / CONTEXTS[url]).read_text(encoding="utf-8"))
    return {"contentType": "application/ld+json", "contextUrl": None, "documentUrl": url, "document": document}


_ready = threading.local()
"""A thread's own resolved contexts: pyld's common cache breaks when two threads use it."""


def _resolver() -> ContextResolver:
    if not hasattr(_ready, "resolver"):
        _ready.resolver = ContextResolver(LRUCache(maxsize=50), load_context)
    resolver: ContextResolver = _ready.resolver
    return resolver


class _Distinct(URDNA2015):
    """Canonicalization of graphs whose blank nodes differ by what they say, as all of ours do.

    Telling apart nodes that say the same takes factorial time, so a made-up document could hold a worker for minutes.
    """

    def hash_n_degree_quads(self, id_: str, issuer: object) -> Any:
        raise _Refused("two parts of the document say the same")


def canonical_form(document: Mapping[str, Any], loader: Loader | None = None) -> bytes:
    """Canonical N-Quads (RDFC-1.0) of a JSON-LD document. Raises ValueError for unknown contexts or terms, for what
    is too deep, too large or ambiguous. `loader` is for tests, which bring contexts of their own."""
    _check_shape(document)
    options = {
        "documentLoader": loader or load_context,
        "contextResolver": _resolver() if loader is None else ContextResolver(LRUCache(maxsize=50), loader),
        "processingMode": "json-ld-1.1",
        "base": BASE,
    }
    try:
        processor = jsonld.JsonLdProcessor(on_property_dropped=_refuse_dropped)
        expanded = processor.expand(dict(document), options)
        _check_addresses(expanded)
        dataset = processor.to_rdf(expanded, {**options, "produceGeneralizedRdf": False})
        quads: str = _Distinct().main(dataset, {"format": "application/n-quads"})
    except (jsonld.JsonLdError, _Refused, RecursionError, KeyError, TypeError, AttributeError) as error:
        _ready.__dict__.clear()  # a cache that was half filled is not used again
        raise ValueError(f"no canonical form: {_cause(error)}") from error
    return quads.encode("utf-8")


def _refuse_dropped(name: str, *_more: object) -> None:
    raise _Refused(f"no context defines {name!r}, so no signature would cover it")


def _cause(error: BaseException) -> str:
    while error.__cause__ is not None:
        error = error.__cause__
    return str(error)[:200]


def _check_shape(document: Mapping[str, Any]) -> None:
    """A tree of plain members with contexts by address, and none inside. Raises ValueError."""
    context = document.get("@context")
    if not isinstance(context, list) or not all(isinstance(url, str) for url in context) or len(context) > 5:
        raise ValueError("its contexts are not a list of addresses")
    plain = {name: value for name, value in document.items() if name != "@context"}
    for count, (depth, key, value) in enumerate(_parts(plain)):
        if depth > MAX_DEPTH or count > MAX_VALUES:
            raise ValueError("it is too deep or has too many parts")
        if "@" in key or ":" in key or value is None:
            raise ValueError(f"the member {key[:40]!r} is of no plain form")
        if isinstance(value, str) and value.startswith(("_:", "@")):
            raise ValueError(f"the value {value[:40]!r} is of no plain form")


def _parts(value: Any, depth: int = 0, key: str = "") -> Iterator[tuple[int, str, Any]]:
    """Every value of a document with its depth and the member it stands in; stops going down below MAX_DEPTH."""
    yield depth, key, value
    if depth > MAX_DEPTH:
        return
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from _parts(inner, depth + 1, name)
    elif isinstance(value, list):
        for inner in value:
            yield from _parts(inner, depth + 1, key)


def _check_addresses(expanded: Any) -> None:
    """Relative ids and types have no place in RDF and would be left out without a word. Raises ValueError."""
    if isinstance(expanded, dict):
        names = [expanded.get("@id"), *_list(expanded.get("@type"))]
        if any(name is not None and (":" not in str(name) or str(name).startswith(BASE)) for name in names):
            raise _Refused(f"{names!r} are no full addresses")
        expanded = list(expanded.values())
    if isinstance(expanded, list):
        for inner in expanded:
            _check_addresses(inner)


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def hash_data(document: Mapping[str, Any], proof: Mapping[str, Any], loader: Loader | None = None) -> bytes:
    """What is signed (vc-di-eddsa 3.2.4): SHA-256 of the proof's options, then of the document without its proof; 64
    bytes. Raises ValueError."""
    bare = {key: value for key, value in document.items() if key != "proof"}
    options = {key: value for key, value in proof.items() if key != "proofValue"}
    options["@context"] = document.get("@context")
    return b"".join(hashlib.sha256(canonical_form(part, loader)).digest() for part in (options, bare))


def proof_value(signature: bytes) -> str:
    return "z" + base58.b58encode(signature).decode("ascii")


def check_proof(document: Mapping[str, Any], proof: Mapping[str, Any], public: Ed25519PublicKey) -> None:
    """Raises BadSignature for a proof of another form or kind, and for any other document than the signed one."""
    value = proof.get("proofValue")
    wanted = {"type": "DataIntegrityProof", "cryptosuite": SUITE, "proofPurpose": "assertionMethod"}
    if set(proof) != PROOF_MEMBERS or any(proof.get(key) != what for key, what in wanted.items()):
        raise BadSignature(f"no {SUITE} proof of the form that is made here")
    if not isinstance(value, str) or not value.startswith("z") or len(value) > 120:
        raise BadSignature("the proof has no value")
    try:
        signature = base58.b58decode(value[1:])
        if proof_value(signature) != value:
            raise BadSignature("the proof's value is written in another way")
        public.verify(signature, hash_data(document, proof))
    except (InvalidSignature, ValueError) as error:
        raise BadSignature(str(error) or "the proof does not fit the document") from error

"""Checking a certificate that another installation issued, by the address of its public page."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from trainer.domain.credential import EXPIRED, REPLACED, REVOKED, VALID, from_iso
from trainer.ports import Ports
from trainer.services.certificate_checks import NOT_GENUINE, UNKNOWN, UNREADABLE, Checked, Issuer, check_file
from trainer.services.certificate_keys import signer_of

Fetch = Callable[[str], bytes]
"""Reads an address as JSON bytes. Raises OSError."""


def check_address(ports: Ports, url: str, fetch: Fetch, now: datetime) -> tuple[Checked, dict[str, Any] | None]:
    """What the page at `url` says, believed only as far as its signature goes; and the certificate it handed out.

    The keys come from the issuer that the certificate names, which has to be on the same site as the page. Only that
    site can know of a revocation, so its word against the certificate is taken, but not its word for it.
    """
    try:
        answer = json.loads(fetch(url))
        document = answer.get("certificate")
        if document is None:
            hidden = answer.get("name_hidden") is True  # the page keeps what it would have to sign for to itself
            return (Checked(UNREADABLE, ("name_hidden",)) if hidden else Checked(UNKNOWN)), None
        issuer = str(document["record"]["issuer"])
        if _site(issuer) != _site(url):
            return Checked(NOT_GENUINE, ("issuer",)), None
        keys = read_issuer(ports, json.loads(fetch(issuer)))
        checked = check_file(None, ports, json.dumps(document).encode(), now, keys)
        if checked.record is not None and _place(str(checked.record["verify_url"])) != _place(url):
            return Checked(NOT_GENUINE, ("other_record",)), None
        if checked.state in {VALID, EXPIRED} and answer.get("status") in {REVOKED, REPLACED}:
            since = from_iso(answer["since"]) if answer.get("since") else None
            checked = Checked(answer["status"], (), since, str(answer.get("reason") or ""), checked.record)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return Checked(UNREADABLE, ("no_certificate",)), None
    return checked, dict(document)


def read_issuer(ports: Ports, document: object) -> Issuer:
    """The issuer of an issuer document. Raises ValueError when it names itself not, or holds no key."""
    name = document.get("id") if isinstance(document, dict) else None
    if not isinstance(name, str):
        raise ValueError("it has no id")
    return Issuer(name, signer_of(ports).read_keys(document))


def _site(url: str) -> tuple[str, str]:
    parts = urlsplit(url)
    return parts.scheme, parts.netloc.lower()


def _place(url: str) -> tuple[str, str, str]:
    return *_site(url), urlsplit(url).path.rstrip("/")

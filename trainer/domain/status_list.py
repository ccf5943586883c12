"""Bitstring Status List v1.0 (W3C): which credentials were withdrawn, one bit for each. Pure.

Others fetch the list, not a single credential's state, so that the issuer does not learn whose certificate is checked.
"""

from __future__ import annotations

import base64
import binascii
import gzip
import zlib
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from trainer.domain.credential import iso

ENTRIES = 131_072
"""The smallest length that the specification allows: a position hides among so many."""
CONTEXT = "https://www.w3.org/ns/credentials/v2"
PURPOSE = "revocation"


def encoded_list(positions: Iterable[int]) -> str:
    """The bits as multibase (base64url) of gzip; position 0 is the first bit from the left. Raises ValueError."""
    bits = bytearray(ENTRIES // 8)
    for position in positions:
        if not 0 <= position < ENTRIES:
            raise ValueError(f"position {position} lies outside the list")
        bits[position // 8] |= 0x80 >> position % 8
    return "u" + base64.urlsafe_b64encode(gzip.compress(bytes(bits), mtime=0)).decode("ascii").rstrip("=")


def is_set(encoded: str, position: int) -> bool:
    """Whether the bit is set in a list of exactly ENTRIES bits. Raises ValueError for any other list or position."""
    if not encoded.startswith("u") or not 0 <= position < ENTRIES:
        raise ValueError("no list of this form")
    try:
        packed = base64.b64decode(encoded[1:] + "=" * (-len(encoded[1:]) % 4), altchars=b"-_", validate=True)
        unpacking = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
        bits = unpacking.decompress(packed, ENTRIES // 8 + 1)
    except (binascii.Error, zlib.error) as error:
        raise ValueError(f"no list of this form: {error}") from error
    if len(bits) != ENTRIES // 8 or not unpacking.eof:
        raise ValueError("a list of another length")
    return bool(bits[position // 8] & 0x80 >> position % 8)


def status_entry(list_url: str, position: int) -> dict[str, str]:
    """What a credential says of its place in the list."""
    return {
        "id": f"{list_url}#{position}",
        "type": "BitstringStatusListEntry",
        "statusPurpose": PURPOSE,
        "statusListIndex": str(position),
        "statusListCredential": list_url,
    }


def status_credential(list_url: str, issuer: str, positions: Iterable[int], now: datetime) -> dict[str, Any]:
    """The list as a credential, unsigned. `positions` are those of withdrawn credentials."""
    return {
        "@context": [CONTEXT],
        "id": list_url,
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": issuer,
        "validFrom": iso(now),
        "credentialSubject": {
            "id": f"{list_url}#list",
            "type": "BitstringStatusList",
            "statusPurpose": PURPOSE,
            "encodedList": encoded_list(positions),
        },
    }

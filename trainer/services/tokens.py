"""One-time links: the address carries the token, the database only its hash."""

from __future__ import annotations

import hashlib
import secrets


def new_token() -> tuple[str, str]:
    """A token of 256 random bits for an address, and the hash that is stored in its place."""
    token = secrets.token_urlsafe(32)
    return token, hash_token(token)


def hash_token(token: str) -> str:
    """SHA-256: the token itself has enough entropy, so a slow hash would add nothing."""
    return hashlib.sha256(token.encode()).hexdigest()

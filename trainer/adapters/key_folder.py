"""The installation's signing keys on disk: `issuer.pem` (Ed25519) and `issuer-rsa.pem`, for their owner alone.

Public halves of keys that are no longer in use stand in `retired/*.pem`; what they signed still verifies. A key is never
made because it is asked for: a lost file must not become a new issuer in silence.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import stat
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, RSAPublicKey, generate_private_key
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)

from trainer.ports import ED25519, RSA, KeyRefused

ENGINE = "signing key"
FILES = {ED25519: "issuer.pem", RSA: "issuer-rsa.pem"}
RSA_BITS = 3072
PrivateKey = Ed25519PrivateKey | RSAPrivateKey
AnyPublicKey = Ed25519PublicKey | RSAPublicKey
TYPES = {ED25519: Ed25519PrivateKey, RSA: RSAPrivateKey}


class KeyFolder:
    """Reads keys again when their files change, so that a rotation by a command reaches every running process."""

    def __init__(self, folder: Path, rsa_bits: int = RSA_BITS) -> None:
        self.folder = folder
        self._rsa_bits = rsa_bits
        self._lock = threading.Lock()
        self._read: dict[str, tuple[tuple[int, ...], PrivateKey]] = {}

    def missing(self) -> list[str]:
        return [kind for kind, name in FILES.items() if not (self.folder / name).exists()]

    def private(self, kind: str) -> PrivateKey:
        """Raises KeyRefused when it is missing, readable by others, or no such key."""
        path = self.folder / FILES[kind]
        try:
            found = path.stat()
        except FileNotFoundError:
            raise KeyRefused(
                ENGINE,
                f"{path} is missing: put it back from a copy. If it is lost, run `flask certificates keys rotate`",
            ) from None
        mark = (found.st_ino, found.st_mtime_ns, found.st_ctime_ns, found.st_size)
        with self._lock:
            known = self._read.get(kind)
            if known is None or known[0] != mark:
                known = self._read[kind] = (mark, _read_private(path, kind))
            return known[1]

    def retired(self) -> list[AnyPublicKey]:
        return [_read_public(path) for path in sorted((self.folder / "retired").glob("*.pem"))]

    def make(self) -> None:
        """Make the keys that are missing. Of two processes that start at once, one wins and both use its key."""
        with self._alone():
            for kind in self.missing():
                self._write_new(kind)

    def rotate(self, now: datetime) -> None:
        """The public half is kept before the private one is replaced: a break in between loses nothing."""
        with self._alone():
            for kind in FILES:
                if kind not in self.missing():
                    self._retire(kind, now)
                self._write_new(kind)

    def _retire(self, kind: str, now: datetime) -> None:
        pem = public_pem(self.private(kind).public_key())
        folder = self.folder / "retired"
        folder.mkdir(exist_ok=True, mode=0o700)
        name = f"{now.astimezone(UTC):%Y%m%dT%H%M%SZ}-{kind.lower()}-{hashlib.sha256(pem).hexdigest()[:8]}.pem"
        _write(folder / name, pem)

    def _write_new(self, kind: str) -> None:
        key: PrivateKey = (
            Ed25519PrivateKey.generate() if kind == ED25519 else generate_private_key(65537, self._rsa_bits)
        )
        _write(self.folder / FILES[kind], key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """One process at a time makes keys."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            with os.fdopen(os.open(self.folder / ".lock", os.O_WRONLY | os.O_CREAT, 0o600), "wb") as lock:
                fcntl.flock(lock, fcntl.LOCK_EX)
                yield
        except OSError as error:
            raise KeyRefused(ENGINE, f"{self.folder} cannot be written: {error.strerror}") from error


def _write(path: Path, data: bytes) -> None:
    """Whole or not at all, and readable by the owner only from its first byte on."""
    beside = path.with_name(f".{path.name}.{os.getpid()}.{threading.get_ident()}")
    with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)


def _read_private(path: Path, kind: str) -> PrivateKey:
    mode = stat.S_IMODE(path.stat().st_mode)
    if mode & 0o077:
        raise KeyRefused(ENGINE, f"others can read {path} (mode {mode:o}): run chmod 600 on it, and think of a new key")
    try:
        key = load_pem_private_key(path.read_bytes(), None)
    except (ValueError, TypeError):
        key = None
    except OSError as error:
        raise KeyRefused(ENGINE, f"{path} cannot be read: {error.strerror}") from error
    if not isinstance(key, TYPES[kind]):
        raise KeyRefused(ENGINE, f"{path} holds no {kind} key; restore it from a copy")
    return key


def _read_public(path: Path) -> AnyPublicKey:
    try:
        key = load_pem_public_key(path.read_bytes())
    except (ValueError, OSError):
        key = None
    if not isinstance(key, Ed25519PublicKey | RSAPublicKey):
        raise KeyRefused(ENGINE, f"{path} holds no public key of a kind that is used here")
    return key


def public_pem(key: AnyPublicKey) -> bytes:
    return key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)

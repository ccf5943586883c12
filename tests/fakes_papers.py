"""Scripted twins of the ports that keep and prove: files in memory, a plain PDF, a signature that anybody could make."""

from __future__ import annotations

import base64
import hashlib
import html as markup
import io
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import base58
import pikepdf

from trainer.adapters.files import checked_key
from trainer.ports import (
    ED25519,
    RSA,
    Attachment,
    BadSignature,
    KeyRefused,
    PdfRejected,
    PortError,
    PublicKey,
    StorageFull,
)


@dataclass
class MemoryFileStore:
    """Files in a dictionary. `full` makes it fail as a full disk does."""

    files: dict[str, bytes] = field(default_factory=dict)
    full: bool = False

    def write(self, key: str, data: bytes) -> None:
        checked_key(key)
        if self.full:
            raise StorageFull("files", "the disk is full: free some space, then send it again")
        self.files[key] = bytes(data)

    def read(self, key: str) -> bytes:
        if not self.exists(key):
            raise FileNotFoundError(key)
        return self.files[key]

    def exists(self, key: str) -> bool:
        return checked_key(key) in self.files

    def delete(self, key: str) -> None:
        self.files.pop(checked_key(key), None)

    def keys(self, prefix: str) -> Iterator[str]:
        yield from sorted(key for key in self.files if key.startswith(prefix))


@dataclass
class ScriptedPdf:
    """The words of a page on one sheet in Helvetica: a true PDF, made at once. `rendered` keeps every page's HTML."""

    rendered: list[str] = field(default_factory=list)

    def render(self, html: str, *, base_folder: str, attachments: Sequence[Attachment] = ()) -> bytes:
        self._check_addresses(html, Path(base_folder).resolve())
        self.rendered.append(html)
        body = re.sub(r"<(head|style|script)\b.*?</\1>", "", html, flags=re.DOTALL)
        words = " ".join(markup.unescape(re.sub(r"<[^>]+>", " ", body)).split())
        shown = re.sub(r"([()\\])", r"\\\1", words).encode("cp1252", "replace")
        document = pikepdf.new()
        page = document.add_blank_page(page_size=(842, 595))
        font = pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica,
            Encoding=pikepdf.Name.WinAnsiEncoding,
        )  # fmt: skip
        page.obj.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
        page.obj.Contents = document.make_stream(b"BT /F1 8 Tf 20 500 Td (" + shown + b") Tj ET")
        for file in attachments:
            document.attachments[file.name] = pikepdf.AttachedFileSpec(
                document, file.data, filename=file.name, mime_type=file.mime
            )
        made = io.BytesIO()
        document.save(made)
        return made.getvalue()

    def attachments(self, pdf: bytes) -> dict[str, bytes]:
        with _opened(pdf) as document:
            return {name: file.get_file().read_bytes() for name, file in document.attachments.items()}

    def fingerprint(self, pdf: bytes) -> str:
        with _opened(pdf) as document:
            return hashlib.sha256(b"\n".join(page.obj.Contents.read_bytes() for page in document.pages)).hexdigest()

    @staticmethod
    def _check_addresses(html: str, folder: Path) -> None:
        for address in re.findall(r"""<(?:img|link)\b[^>]*?(?:src|href)=["']([^"']+)""", html):
            path = (folder / address).resolve()
            if not address.startswith("data:") and not (path.is_file() and path.is_relative_to(folder)):
                raise PortError("scripted PDF", f"the page asks for what it may not have: {address}")


def _opened(pdf: bytes) -> pikepdf.Pdf:
    try:
        return pikepdf.open(io.BytesIO(pdf))
    except pikepdf.PasswordError:
        raise PdfRejected("scripted PDF", "the file is locked by a password") from None
    except pikepdf.PikepdfError as error:
        raise PdfRejected("scripted PDF", "the file is not a PDF or is broken") from error


def _base64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def _decoded(part: str) -> bytes:
    return base64.b64decode(part + "=" * (-len(part) % 4), altchars=b"-_", validate=True)


@dataclass
class ScriptedSigner:
    """Tokens and proofs of the right shape whose signature is a digest under public keys made of `seed`; `refused`
    spoils the keys, `rotations` counts how often they changed."""

    seed: str = "this installation"
    refused: str = ""
    made: bool = True
    rotations: int = 0

    def sign(self, payload: bytes, *, issuer: str) -> str:
        key = self._in_use(RSA)
        header = {"alg": "RS256", "typ": "JWT", "kid": f"{issuer}#{key.name}"}
        signed = f"{_base64(json.dumps(header).encode())}.{_base64(payload)}"
        return f"{signed}.{self._signature(key, signed)}"

    def prove(self, document: Mapping[str, Any], *, issuer: str, created: str) -> dict[str, str]:
        if not isinstance(document.get("@context"), list):
            raise ValueError("no contexts")
        key = self._in_use(ED25519)
        value = self._signature(key, self._canonical(document) + created)
        return {
            "type": "DataIntegrityProof", "cryptosuite": "eddsa-rdfc-2022", "created": created,
            "verificationMethod": f"{issuer}#{key.name}", "proofPurpose": "assertionMethod", "proofValue": f"z{value}",
        }  # fmt: skip

    def public_keys(self) -> Sequence[PublicKey]:
        if self.refused:
            raise KeyRefused("scripted key", self.refused)
        if not self.made:
            return []
        seeds = [hashlib.sha256(f"{self.seed}{n}".encode()).digest() for n in range(self.rotations, -1, -1)]
        return [key for seed in seeds for key in (self._key(seed), self._rsa(seed))]

    def missing_keys(self) -> Sequence[str]:
        return [] if self.made else [ED25519, RSA]

    def make_keys(self) -> None:
        self.made = True

    def rotate_keys(self, now: datetime) -> None:
        self.made, self.rotations = True, self.rotations + 1

    def read_keys(self, document: object) -> Sequence[PublicKey]:
        methods = document.get("verificationMethod") if isinstance(document, dict) else None
        keys: list[PublicKey] = []
        for method in [m for m in methods or [] if isinstance(m, dict)]:
            name, jwk = str(method.get("publicKeyMultibase")), method.get("publicKeyJwk")
            if name.startswith("z6Mk"):
                keys.append(self._key(base58.b58decode(name[1:])[2:]))
            elif isinstance(jwk, dict) and jwk.get("kty") == "RSA":
                keys.append(self._rsa(_decoded(jwk["n"])[:32]))
        if not keys:
            raise ValueError("the issuer document holds no key for certificates (Ed25519 Multikey or RSA JsonWebKey)")
        return keys

    def check(self, token: str, keys: Sequence[PublicKey] | None = None) -> tuple[bytes, str]:
        trusted = self.public_keys() if keys is None else keys
        try:
            header, payload, signature = token.split(".")
            address = self._address_in(json.loads(_decoded(header)))
            if self._fits(trusted, address, f"{header}.{payload}", signature):
                return _decoded(payload), address
        except ValueError as error:
            raise BadSignature(str(error)) from error
        raise BadSignature("not signed by one of the keys")

    def check_proof(self, document: Mapping[str, Any], keys: Sequence[PublicKey] | None = None) -> str:
        trusted, proof = self.public_keys() if keys is None else keys, document.get("proof")
        if isinstance(proof, dict):
            address, signed = (
                str(proof.get("verificationMethod")),
                self._canonical(document) + str(proof.get("created")),
            )
            if self._fits(trusted, address, signed, str(proof.get("proofValue"))[1:]):
                return address
        raise BadSignature("not proved by one of the keys")

    def _fits(self, trusted: Sequence[PublicKey], address: str, signed: str, signature: str) -> bool:
        name = address.rpartition("#")[2]
        return any(key.name == name and self._signature(key, signed) == signature for key in trusted)

    def _in_use(self, kind: str) -> PublicKey:
        for key in self.public_keys():
            if key.kind == kind:
                return key
        raise KeyRefused("scripted key", "it is missing")

    @staticmethod
    def _canonical(document: Mapping[str, Any]) -> str:
        return json.dumps({name: value for name, value in document.items() if name != "proof"}, sort_keys=True)

    @staticmethod
    def _address_in(header: Any) -> str:
        return str(header.get("kid")) if isinstance(header, dict) else ""

    @staticmethod
    def _key(raw: bytes) -> PublicKey:
        multibase = "z" + base58.b58encode(b"\xed\x01" + raw).decode("ascii")
        return PublicKey(multibase, {"kty": "OKP", "crv": "Ed25519", "x": _base64(raw)})

    @staticmethod
    def _rsa(raw: bytes) -> PublicKey:
        name = _base64(hashlib.sha256(b"rsa" + raw).digest())
        return PublicKey(name, {"kty": "RSA", "n": _base64(raw * 8), "e": "AQAB"}, RSA)

    @staticmethod
    def _signature(key: PublicKey, signed: str) -> str:
        return _base64(hashlib.sha512(f"{key.name}.{signed}".encode()).digest())

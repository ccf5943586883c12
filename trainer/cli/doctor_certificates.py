"""What `flask doctor` looks at for certificates: the issuer's keys, what was signed with them, and the site's address.

Nothing here makes a key: a lost file must not become a new issuer because somebody looked. The keys are tried through
their port, as issuing and checking use them; it also refuses key files that others can read.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from functools import partial
from urllib.parse import urlsplit

from sqlalchemy.exc import DBAPIError

from trainer.cli.doctor_findings import Finding, tried
from trainer.config import Settings
from trainer.domain.credential import iso
from trainer.domain.open_badge import CONTEXTS
from trainer.ports import ED25519, RSA, BadSignature, CredentialSigner, EngineUnavailable, KeyRefused, Ports, PublicKey
from trainer.services.certificate_keys import lost_kinds, named_keys, told_lost, verification_methods
from trainer.web import context

ISSUER = "https://doctor.invalid/issuer/trial"
"""Signs nothing that could be taken for a certificate: ".invalid" leads nowhere."""
ENGINE = "signing key"
NO_DATABASE = "there is no database yet, which knows whether a key is new or lost: run `flask db upgrade` first"


def certificate_findings(settings: Settings, ports: Ports) -> Iterator[Finding]:
    """Each finding as soon as it is known."""
    if ports.signer is None:
        yield Finding("signing keys", "off", "none are configured", 0.0)
    else:
        yield from _key_findings(ports, ports.signer)
    yield tried("PUBLIC_URL", partial(_address, settings))


def _key_findings(ports: Ports, signer: CredentialSigner) -> Iterator[Finding]:
    try:
        missing = signer.missing_keys()
        lost = lost_kinds(context.session(), ports)
    except OSError as error:
        why = f"{error.filename} cannot be read: {error.strerror}; it has to belong to the user that runs the site"
        yield Finding("signing keys", "fails", why, 0.0, required=True)
        return
    except DBAPIError:
        lost = []
        yield Finding("signing keys", "degraded", NO_DATABASE, 0.0)
    for kind in (RSA, ED25519):
        part = f"signing key ({kind})"
        if kind in lost:
            yield Finding(part, "fails", told_lost([kind]), 0.0, required=True)
        elif kind in missing:
            yield Finding(part, "off", "none yet: made with the first certificate", 0.0)
        else:
            attempt = partial(_signs_token if kind == RSA else _proves, ports, signer)
            yield tried(part, attempt, required=True, missing="fails")
    if len(missing) < 2:
        # Not required: who gave up a lost key by `rotate --lost` has such certificates for good.
        yield tried("issuer document", partial(_names, signer))


def _published(signer: CredentialSigner) -> list[PublicKey]:
    """The public keys as a stranger reads them from the issuer document. Raises KeyRefused."""
    try:
        return list(signer.read_keys({"verificationMethod": verification_methods(signer, ISSUER)}))
    except KeyRefused as error:  # of one of the other files: nothing verifies until all of them can be read
        raise KeyRefused(ENGINE, f"it signs, but nothing verifies: {error.reason}") from error


def _signs_token(_ports: Ports, signer: CredentialSigner) -> str:
    payload = secrets.token_hex(16).encode()
    token = signer.sign(payload, issuer=ISSUER)
    keys = _published(signer)
    try:
        read, address = signer.check(token, keys)
    except BadSignature as error:
        raise _bad(error) from error
    if read != payload:
        raise EngineUnavailable(ENGINE, "what was verified is not what was signed")
    return f"signed a token and verified it; key {address.rpartition('#')[2][:12]}…, readable by its owner only"


def _proves(ports: Ports, signer: CredentialSigner) -> str:
    document = {"@context": list(CONTEXTS), "id": f"urn:uuid:{secrets.token_hex(16)}", "type": ["VerifiableCredential"]}
    proof = signer.prove(document, issuer=ISSUER, created=iso(ports.clock.now().replace(microsecond=0)))
    keys = _published(signer)
    try:
        address = signer.check_proof({**document, "proof": proof}, keys)
    except BadSignature as error:
        raise _bad(error) from error
    return f"made a proof and verified it; key {address.rpartition('#')[2][:12]}…, readable by its owner only"


def _bad(error: BadSignature) -> EngineUnavailable:
    return EngineUnavailable(ENGINE, f"what it signs does not verify ({error}): put its file back from a copy")


def _names(signer: CredentialSigner) -> str:
    """Every key that a certificate names has to be listed, or who checks that certificate finds it false."""
    published = {key.name for key in signer.read_keys({"verificationMethod": verification_methods(signer, ISSUER)})}
    try:
        named = named_keys(context.session())
    except DBAPIError:
        raise EngineUnavailable(ENGINE, NO_DATABASE) from None
    absent = [f"{name or 'none'} ({count})" for name, count in sorted(named.items()) if name not in published]
    if absent:
        raise EngineUnavailable(
            ENGINE,
            f"certificates name keys whose public half is not there, and do not verify: {', '.join(absent)}. "
            "Put the files back into keys/retired from a copy",
        )
    if not named:
        return f"{len(published)} public keys; no certificate yet"
    return f"{len(published)} public keys, among them all {len(named)} that certificates name"


def _address(settings: Settings) -> str:
    """Certificates carry it for good, so a wrong one cannot be mended later."""
    url = settings.public_url
    if not url:
        raise EngineUnavailable(
            "PUBLIC_URL",
            "not set, and certificates carry the site's address for good: put PUBLIC_URL=https://… into .env before the first",
        )
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.netloc:
        raise EngineUnavailable("PUBLIC_URL", f"{url!r} is no address: write it like https://training.example.org")
    if parts.scheme == "http":
        raise EngineUnavailable("PUBLIC_URL", f"{url} is not https, which programs that check certificates ask for")
    return f"certificates are checked at {url}"

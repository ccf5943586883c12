"""Issued certificates and the facts beside them. A certificate's row never changes: an attempt raises."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint, bindparam, event, func, inspect, select
from sqlalchemy.orm import Mapped, Mapper, Session, mapped_column

from trainer.domain.credential import Fact
from trainer.store.accounts import Organisation
from trainer.store.base import Row, UtcDateTime, ask
from trainer.store.name_choices import NameChoice


class Certificate(Row):
    """What was issued: `record` is the canonical JSON of `domain.credential.CertificateRecord`, `credential` the
    unsigned Open Badges form as canonical JSON, `jwt` the same one signed, `proof` its Data Integrity proof as canonical
    JSON (None of those issued until 2026-11-26, whose `jwt` is signed with Ed25519). `token` opens the public page. A decision has one
    certificate; `edition` counts those that replaced it, after a change of name."""

    __tablename__ = "certificates"
    __table_args__ = (
        UniqueConstraint("decision_id", "edition", name="uq_certificates_decision_edition"),
        Index("ix_certificates_user", "user_id"),
    )

    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), index=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    decision_id: Mapped[int] = mapped_column(ForeignKey("decisions.id"))
    edition: Mapped[int] = mapped_column(default=1, server_default="1")
    category: Mapped[str] = mapped_column(String(40))
    holder: Mapped[str] = mapped_column(String(120))
    number: Mapped[str] = mapped_column(String(20), unique=True)
    token: Mapped[str] = mapped_column(String(64), unique=True)
    language: Mapped[str] = mapped_column(String(8))
    issued_at: Mapped[datetime] = mapped_column(UtcDateTime)
    valid_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    design: Mapped[str] = mapped_column(String(40))
    design_digest: Mapped[str] = mapped_column(String(64))
    record: Mapped[str] = mapped_column(Text)
    credential: Mapped[str] = mapped_column(Text)
    jwt: Mapped[str] = mapped_column(Text)
    jwt_sha256: Mapped[str] = mapped_column(String(64), unique=True)
    proof: Mapped[str | None] = mapped_column(Text)


class CertificateFact(Row):
    """Something that became true after issue: `kind` "revoked", "replaced" or "renewed". Added, never changed.

    `successor_id` is the certificate that took its place or goes on from it.
    """

    __tablename__ = "certificate_facts"

    certificate_id: Mapped[int] = mapped_column(ForeignKey("certificates.id"), index=True)
    kind: Mapped[str] = mapped_column(String(16))
    reason: Mapped[str] = mapped_column(Text)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    by_name: Mapped[str] = mapped_column(String(120))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    successor_id: Mapped[int | None] = mapped_column(ForeignKey("certificates.id"))


class CertificatePaper(Row):
    """What a PDF that was made of a certificate draws (`PdfRenderer.fingerprint`), so that another page is found out."""

    __tablename__ = "certificate_papers"
    __table_args__ = (
        UniqueConstraint("certificate_id", "fingerprint", name="uq_certificate_papers_certificate_fingerprint"),
    )

    certificate_id: Mapped[int] = mapped_column(ForeignKey("certificates.id"))
    language: Mapped[str] = mapped_column(String(8))
    fingerprint: Mapped[str] = mapped_column(String(64))


class ImmutableRow(RuntimeError):
    """Code tried to change what was issued; add a fact instead."""


@event.listens_for(Certificate, "before_update")
@event.listens_for(CertificateFact, "before_update")
def _refuse(_mapper: Mapper[Any], _connection: Any, target: Row) -> None:
    state: Any = inspect(target)
    changed = [attribute.key for attribute in state.attrs if attribute.history.has_changes()]
    if changed:
        raise ImmutableRow(f"{target.__tablename__} {target.public_id}: {', '.join(changed)}")


def any_certificate(session: Session, *, with_proof: bool) -> bool:
    """Whether any was ever issued; with a proof, that is, with keys of both kinds."""
    query = select(Certificate.id).limit(1)
    return session.scalar(query.where(Certificate.proof.is_not(None)) if with_proof else query) is not None


LONGEST_HEAD = 1024
"""Of a token's first part, which names its algorithm and key: some 200 signs in ours."""


def signatures(session: Session) -> Iterator[tuple[str, str | None]]:
    """The first part of every certificate's token, and its proof; row by row, so that many take no memory."""
    query = select(func.substr(Certificate.jwt, 1, LONGEST_HEAD), Certificate.proof).order_by(Certificate.id)
    for start, proof in session.execute(query.execution_options(yield_per=1000)):
        yield start.partition(".")[0], proof


def find_by_decision(session: Session, decision_id: int) -> Certificate | None:
    """The newest edition."""
    query = select(Certificate).where(Certificate.decision_id == decision_id).order_by(Certificate.edition.desc())
    return session.scalar(query.limit(1))


def successor_of(session: Session, certificate: Certificate) -> Certificate | None:
    """The certificate that took this one's place, or goes on from it."""
    query = (
        select(Certificate)
        .join(CertificateFact, CertificateFact.successor_id == Certificate.id)
        .where(CertificateFact.certificate_id == certificate.id)
        .order_by(CertificateFact.id.desc())
    )
    return session.scalar(query.limit(1))


_BY_TOKEN = select(Certificate).where(Certificate.token == bindparam("token"))
_FOR_PAGE = select(
    Certificate,
    select(func.count()).where(CertificateFact.certificate_id == Certificate.id).scalar_subquery(),
    select(NameChoice.hidden)
    .where(NameChoice.certificate_id == Certificate.id)
    .order_by(NameChoice.id.desc())
    .limit(1)
    .scalar_subquery(),
).where(Certificate.token == bindparam("token"))
_FACTS = select(CertificateFact.certificate_id, CertificateFact.kind, CertificateFact.at, CertificateFact.reason).where(
    CertificateFact.certificate_id.in_(bindparam("ids", expanding=True))
)
"""Made once: the public page asks them."""


def find_by_token(session: Session, token: str) -> Certificate | None:
    return session.scalar(_BY_TOKEN, {"token": token})


def find_by_jwt(session: Session, jwt: str) -> Certificate | None:
    """By the signed credential itself."""
    return session.scalar(select(Certificate).where(Certificate.jwt_sha256 == sha256(jwt.encode()).hexdigest()))


def find_for_page(session: Session, token: str) -> tuple[Certificate, bool, bool] | None:
    """The certificate, whether facts stand beside it, and whether its holder hides their name; in one query."""
    row = session.execute(_FOR_PAGE, {"token": token}).one_or_none()
    return None if row is None else (row[0], row[1] > 0, bool(row[2]))


def find_certificate(session: Session, public_id: str, organisation_id: int | None) -> Certificate | None:
    """The certificate of that organisation; of any with None (for jobs and commands)."""
    query = select(Certificate).where(Certificate.public_id == public_id)
    if organisation_id is not None:
        query = query.where(Certificate.organisation_id == organisation_id)
    return session.scalar(query)


def find_by_number(session: Session, number: str) -> Certificate | None:
    """For commands: numbers stand on paper, and are not secret."""
    return session.scalar(select(Certificate).where(Certificate.number == number))


_OF_PEOPLE = (
    select(Certificate)
    .where(Certificate.user_id.in_(bindparam("user_ids", expanding=True)))
    .order_by(Certificate.issued_at.desc(), Certificate.id.desc())
)
"""Made once: building a query costs more than running it."""


def certificates_of(session: Session, user_ids: Iterable[int]) -> list[Certificate]:
    """The latest first."""
    return list(session.scalars(_OF_PEOPLE, {"user_ids": list(user_ids)}))


def certificates_without_paper(session: Session, limit: int = 100) -> list[Certificate]:
    """Those whose PDF in their own language was never made, the oldest first."""
    made = (
        select(CertificatePaper.id)
        .where(CertificatePaper.certificate_id == Certificate.id, CertificatePaper.language == Certificate.language)
        .exists()
    )
    return list(session.scalars(select(Certificate).where(~made).order_by(Certificate.id).limit(limit)))


def facts_of(session: Session, certificate_ids: Iterable[int]) -> dict[int, list[Fact]]:
    """What became true of these certificates, by certificate, in one query."""
    ids = list(certificate_ids)
    found: dict[int, list[Fact]] = {number: [] for number in ids}
    if ids:
        for number, kind, at, reason in ask(session, _FACTS, {"ids": ids}):
            found[number].append(Fact(kind, at, reason))
    return found


def find_issuing_organisation(session: Session, public_id: str) -> Organisation | None:
    """By the id that its credentials name."""
    return session.scalar(select(Organisation).where(Organisation.public_id == public_id))


def papers_of(session: Session, certificate: Certificate) -> set[str]:
    """Fingerprints of every PDF that was made of the certificate."""
    query = select(CertificatePaper.fingerprint).where(CertificatePaper.certificate_id == certificate.id)
    return set(session.scalars(query))

"""Roles inside an organisation, and what an actor is to a service."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

ROLES = ("learner", "author", "trainer", "supervisor", "teacher", "hr", "admin")


def in_order(roles: Collection[str]) -> list[str]:
    """Roles in the order that the product names them; what is no role falls out."""
    return [role for role in ROLES if role in roles]


@dataclass(frozen=True, slots=True)
class Actor:
    """Who asks a service to act: a user of one organisation, or a candidate who came by a link (then
    `user_id` is the one made for the link)."""

    user_id: int
    organisation_id: int
    roles: frozenset[str]
    name: str = ""
    language: str = "en"

    def is_any(self, *roles: str) -> bool:
        """True with one of `roles`; an admin may do all that any role of the organisation may."""
        return "admin" in self.roles or bool(self.roles & set(roles))

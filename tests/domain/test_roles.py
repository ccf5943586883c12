"""An actor may do what their roles allow, an admin what any role of the organisation may."""

from __future__ import annotations

import pytest

from trainer.domain.roles import ROLES, Actor


def _actor(*roles: str) -> Actor:
    return Actor(user_id=1, organisation_id=1, roles=frozenset(roles))


@pytest.mark.parametrize("role", ROLES)
def test_admin_passes_when_any_role_is_asked(role: str) -> None:
    assert _actor("admin").is_any(role)


def test_learner_is_refused_when_staff_roles_are_asked() -> None:
    assert not _actor("learner").is_any("trainer", "supervisor")
    assert _actor("learner", "trainer").is_any("trainer", "supervisor")

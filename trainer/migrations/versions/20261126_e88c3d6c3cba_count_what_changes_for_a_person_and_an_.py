"""count what changes for a person and an organisation

Revision: e88c3d6c3cba, after 3228a975dafb; 2026-11-26 19:29:34.160557
"""

from __future__ import annotations

import unicodedata

import sqlalchemy as sa
from alembic import op

revision = 'e88c3d6c3cba'
down_revision = '3228a975dafb'
branch_labels = None
depends_on = None


def _sorted_by(name: str) -> str:
    """As trainer.store.accounts.sort_name of this revision."""
    apart = unicodedata.normalize('NFD', name.lower())
    return ''.join(sign for sign in apart if not unicodedata.combining(sign))[:120]


def upgrade() -> None:
    with op.batch_alter_table('organisations', schema=None) as batch_op:
        batch_op.add_column(sa.Column('state_version', sa.BigInteger(), server_default='0', nullable=False))

    with op.batch_alter_table('users', schema=None) as batch_op:
        batch_op.add_column(sa.Column('state_version', sa.BigInteger(), server_default='0', nullable=False))
        batch_op.create_index('ix_users_organisation_state', ['organisation_id', 'state_version'], unique=False)
        batch_op.add_column(sa.Column('sort_name', sa.String(length=120), server_default='', nullable=False))
        batch_op.create_index(
            'ix_users_organisation_list', ['organisation_id', 'is_candidate', 'is_active', 'sort_name'], unique=False
        )

    users = sa.table('users', sa.column('id', sa.Integer), sa.column('name', sa.String), sa.column('sort_name', sa.String))
    connection = op.get_bind()
    for number, name in connection.execute(sa.select(users.c.id, users.c.name)).all():
        connection.execute(sa.update(users).where(users.c.id == number).values(sort_name=_sorted_by(name)))


def downgrade() -> None:
    with op.batch_alter_table('users', schema=None) as batch_op:
        batch_op.drop_index('ix_users_organisation_list')
        batch_op.drop_index('ix_users_organisation_state')
        batch_op.drop_column('sort_name')
        batch_op.drop_column('state_version')

    with op.batch_alter_table('organisations', schema=None) as batch_op:
        batch_op.drop_column('state_version')


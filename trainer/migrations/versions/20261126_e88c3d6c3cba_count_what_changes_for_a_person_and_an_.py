"""count what changes for a person and an organisation

Revision: e88c3d6c3cba, after 3228a975dafb; 2026-11-26 19:29:34.160557
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
import trainer.store.base

revision = 'e88c3d6c3cba'
down_revision = '3228a975dafb'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('organisations', schema=None) as batch_op:
        batch_op.add_column(sa.Column('state_version', sa.BigInteger(), server_default='0', nullable=False))

    with op.batch_alter_table('users', schema=None) as batch_op:
        batch_op.add_column(sa.Column('state_version', sa.BigInteger(), server_default='0', nullable=False))
        batch_op.create_index('ix_users_organisation_state', ['organisation_id', 'state_version'], unique=False)
        batch_op.create_index(
            'ix_users_organisation_list',
            ['organisation_id', 'is_candidate', sa.text('is_active DESC'), sa.text('lower(name)')],
            unique=False,
        )



def downgrade() -> None:
    with op.batch_alter_table('users', schema=None) as batch_op:
        batch_op.drop_index('ix_users_organisation_list')
        batch_op.drop_index('ix_users_organisation_state')
        batch_op.drop_column('state_version')

    with op.batch_alter_table('organisations', schema=None) as batch_op:
        batch_op.drop_column('state_version')


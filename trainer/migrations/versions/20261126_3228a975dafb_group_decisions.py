"""group decisions

Revision: 3228a975dafb, after 730a76407638; 2026-11-26 17:12:14.740547
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
import trainer.store.base

revision = '3228a975dafb'
down_revision = '730a76407638'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('group_decisions',
    sa.Column('organisation_id', sa.Integer(), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=False),
    sa.Column('by_name', sa.String(length=120), nullable=False),
    sa.Column('address', sa.String(length=300), nullable=False),
    sa.Column('at', trainer.store.base.UtcDateTime(), nullable=False),
    sa.Column('leased_until', trainer.store.base.UtcDateTime(), nullable=True),
    sa.Column('finished_at', trainer.store.base.UtcDateTime(), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('public_id', sa.String(length=24), nullable=False),
    sa.ForeignKeyConstraint(['by_id'], ['users.id'], name=op.f('fk_group_decisions_by_id_users')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisations.id'], name=op.f('fk_group_decisions_organisation_id_organisations')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_group_decisions')),
    sa.UniqueConstraint('public_id', name=op.f('uq_group_decisions_public_id'))
    )
    with op.batch_alter_table('group_decisions', schema=None) as batch_op:
        batch_op.create_index('ix_group_decisions_organisation_at', ['organisation_id', 'at'], unique=False)

    op.create_table('group_members',
    sa.Column('group_id', sa.Integer(), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('category', sa.String(length=40), nullable=False),
    sa.Column('state', sa.String(length=16), nullable=False),
    sa.Column('code', sa.String(length=60), nullable=False),
    sa.Column('decision_id', sa.Integer(), nullable=True),
    sa.Column('certificate_id', sa.Integer(), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('public_id', sa.String(length=24), nullable=False),
    sa.ForeignKeyConstraint(['certificate_id'], ['certificates.id'], name=op.f('fk_group_members_certificate_id_certificates')),
    sa.ForeignKeyConstraint(['decision_id'], ['decisions.id'], name=op.f('fk_group_members_decision_id_decisions')),
    sa.ForeignKeyConstraint(['group_id'], ['group_decisions.id'], name=op.f('fk_group_members_group_id_group_decisions')),
    sa.ForeignKeyConstraint(['user_id'], ['users.id'], name=op.f('fk_group_members_user_id_users')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_group_members')),
    sa.UniqueConstraint('group_id', 'user_id', 'category', name='uq_group_members_group_user_category'),
    sa.UniqueConstraint('public_id', name=op.f('uq_group_members_public_id'))
    )
    with op.batch_alter_table('group_members', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_group_members_user_id'), ['user_id'], unique=False)



def downgrade() -> None:
    with op.batch_alter_table('group_members', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_group_members_user_id'))

    op.drop_table('group_members')
    with op.batch_alter_table('group_decisions', schema=None) as batch_op:
        batch_op.drop_index('ix_group_decisions_organisation_at')

    op.drop_table('group_decisions')

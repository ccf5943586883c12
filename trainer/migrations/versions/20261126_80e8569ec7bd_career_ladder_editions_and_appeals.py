"""career ladder editions and appeals

Revision: 80e8569ec7bd, after 8d5c1f7a2b46; 2026-11-26 13:40:54.985018
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
import trainer.store.base

revision = '80e8569ec7bd'
down_revision = '8d5c1f7a2b46'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('ladder_editions',
    sa.Column('organisation_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('version', sa.String(length=40), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=True),
    sa.Column('by_name', sa.String(length=120), nullable=False),
    sa.Column('at', trainer.store.base.UtcDateTime(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('public_id', sa.String(length=24), nullable=False),
    sa.ForeignKeyConstraint(['by_id'], ['users.id'], name=op.f('fk_ladder_editions_by_id_users')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisations.id'], name=op.f('fk_ladder_editions_organisation_id_organisations')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_ladder_editions')),
    sa.UniqueConstraint('organisation_id', 'number', name='uq_ladder_editions_organisation_number'),
    sa.UniqueConstraint('public_id', name=op.f('uq_ladder_editions_public_id'))
    )
    op.create_table('decision_appeals',
    sa.Column('organisation_id', sa.Integer(), nullable=False),
    sa.Column('decision_id', sa.Integer(), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('filed_at', trainer.store.base.UtcDateTime(), nullable=False),
    sa.Column('answer_by', trainer.store.base.UtcDateTime(), nullable=False),
    sa.Column('outcome', sa.String(length=16), nullable=False),
    sa.Column('answer', sa.Text(), nullable=False),
    sa.Column('answered_by_id', sa.Integer(), nullable=True),
    sa.Column('answered_by_name', sa.String(length=120), nullable=False),
    sa.Column('answered_at', trainer.store.base.UtcDateTime(), nullable=True),
    sa.Column('new_decision_id', sa.Integer(), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('public_id', sa.String(length=24), nullable=False),
    sa.ForeignKeyConstraint(['answered_by_id'], ['users.id'], name=op.f('fk_decision_appeals_answered_by_id_users')),
    sa.ForeignKeyConstraint(['decision_id'], ['decisions.id'], name=op.f('fk_decision_appeals_decision_id_decisions')),
    sa.ForeignKeyConstraint(['new_decision_id'], ['decisions.id'], name=op.f('fk_decision_appeals_new_decision_id_decisions')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisations.id'], name=op.f('fk_decision_appeals_organisation_id_organisations')),
    sa.ForeignKeyConstraint(['user_id'], ['users.id'], name=op.f('fk_decision_appeals_user_id_users')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_decision_appeals')),
    sa.UniqueConstraint('decision_id', name=op.f('uq_decision_appeals_decision_id')),
    sa.UniqueConstraint('public_id', name=op.f('uq_decision_appeals_public_id'))
    )
    with op.batch_alter_table('decision_appeals', schema=None) as batch_op:
        batch_op.create_index('ix_decision_appeals_organisation', ['organisation_id', 'outcome'], unique=False)

    with op.batch_alter_table('decisions', schema=None) as batch_op:
        batch_op.add_column(sa.Column('outcome', sa.String(length=16), server_default='refused', nullable=False))
        batch_op.add_column(sa.Column('is_renewal', sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.add_column(sa.Column('renewed_since', trainer.store.base.UtcDateTime(), nullable=True))
        batch_op.add_column(sa.Column('inputs', sa.JSON(), nullable=True))
        batch_op.add_column(sa.Column('inputs_sha256', sa.String(length=64), server_default='', nullable=False))
    op.execute("UPDATE decisions SET outcome = 'granted' WHERE granted")



def downgrade() -> None:
    with op.batch_alter_table('decisions', schema=None) as batch_op:
        batch_op.drop_column('inputs_sha256')
        batch_op.drop_column('inputs')
        batch_op.drop_column('renewed_since')
        batch_op.drop_column('is_renewal')
        batch_op.drop_column('outcome')

    with op.batch_alter_table('decision_appeals', schema=None) as batch_op:
        batch_op.drop_index('ix_decision_appeals_organisation')

    op.drop_table('decision_appeals')
    op.drop_table('ladder_editions')

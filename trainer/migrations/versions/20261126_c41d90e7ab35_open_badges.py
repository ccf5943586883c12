"""open badges: proofs, status lists, hidden names

Revision: c41d90e7ab35, after c865a24e5f74; 2026-11-26 13:50:00
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
import trainer.store.base

revision = 'c41d90e7ab35'
down_revision = "c865a24e5f74"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('status_lists',
    sa.Column('organisation_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('issuer', sa.String(length=500), nullable=False),
    sa.Column('withdrawn', sa.Integer(), nullable=True),
    sa.Column('made_at', trainer.store.base.UtcDateTime(), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('public_id', sa.String(length=24), nullable=False),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisations.id'], name=op.f('fk_status_lists_organisation_id_organisations')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_status_lists')),
    sa.UniqueConstraint('organisation_id', 'number', name='uq_status_lists_organisation_number'),
    sa.UniqueConstraint('public_id', name=op.f('uq_status_lists_public_id'))
    )
    op.create_table('status_entries',
    sa.Column('certificate_id', sa.Integer(), nullable=False),
    sa.Column('status_list_id', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('public_id', sa.String(length=24), nullable=False),
    sa.ForeignKeyConstraint(['certificate_id'], ['certificates.id'], name=op.f('fk_status_entries_certificate_id_certificates')),
    sa.ForeignKeyConstraint(['status_list_id'], ['status_lists.id'], name=op.f('fk_status_entries_status_list_id_status_lists')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_status_entries')),
    sa.UniqueConstraint('certificate_id', name=op.f('uq_status_entries_certificate_id')),
    sa.UniqueConstraint('public_id', name=op.f('uq_status_entries_public_id')),
    sa.UniqueConstraint('status_list_id', 'position', name='uq_status_entries_list_position')
    )
    op.create_table('certificate_name_choices',
    sa.Column('certificate_id', sa.Integer(), nullable=False),
    sa.Column('hidden', sa.Boolean(), nullable=False),
    sa.Column('at', trainer.store.base.UtcDateTime(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('public_id', sa.String(length=24), nullable=False),
    sa.ForeignKeyConstraint(['certificate_id'], ['certificates.id'], name=op.f('fk_certificate_name_choices_certificate_id_certificates')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_certificate_name_choices')),
    sa.UniqueConstraint('public_id', name=op.f('uq_certificate_name_choices_public_id'))
    )
    with op.batch_alter_table('certificate_name_choices', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_certificate_name_choices_certificate_id'), ['certificate_id'], unique=False)
    op.add_column('certificates', sa.Column('proof', sa.Text(), nullable=True))


def downgrade() -> None:
    op.drop_column('certificates', 'proof')
    with op.batch_alter_table('certificate_name_choices', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_certificate_name_choices_certificate_id'))

    op.drop_table('certificate_name_choices')
    op.drop_table('status_entries')
    op.drop_table('status_lists')

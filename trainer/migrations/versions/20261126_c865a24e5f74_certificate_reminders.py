"""certificate reminders

Revision: c865a24e5f74, after 1fa5bb35358c; 2026-11-26 14:27:27.270006
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
import trainer.store.base

revision = 'c865a24e5f74'
down_revision = '1fa5bb35358c'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('certificate_reminders',
    sa.Column('certificate_id', sa.Integer(), nullable=False),
    sa.Column('days', sa.Integer(), nullable=False),
    sa.Column('at', trainer.store.base.UtcDateTime(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('public_id', sa.String(length=24), nullable=False),
    sa.ForeignKeyConstraint(['certificate_id'], ['certificates.id'], name=op.f('fk_certificate_reminders_certificate_id_certificates')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_certificate_reminders')),
    sa.UniqueConstraint('certificate_id', 'days', name='uq_certificate_reminders_certificate_days'),
    sa.UniqueConstraint('public_id', name=op.f('uq_certificate_reminders_public_id'))
    )


def downgrade() -> None:
    op.drop_table('certificate_reminders')

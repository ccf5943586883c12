"""certificate editions

Revision: 730a76407638, after c41d7e90b5a2; 2026-11-26 14:46:32.553521
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
import trainer.store.base

revision = '730a76407638'
down_revision = 'c41d7e90b5a2'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('certificate_facts', schema=None) as batch_op:
        batch_op.add_column(sa.Column('successor_id', sa.Integer(), nullable=True))
        batch_op.create_foreign_key(batch_op.f('fk_certificate_facts_successor_id_certificates'), 'certificates', ['successor_id'], ['id'])

    with op.batch_alter_table('certificates', schema=None) as batch_op:
        batch_op.add_column(sa.Column('edition', sa.Integer(), server_default='1', nullable=False))
        batch_op.drop_constraint(batch_op.f('uq_certificates_decision'), type_='unique')
        batch_op.create_unique_constraint('uq_certificates_decision_edition', ['decision_id', 'edition'])



def downgrade() -> None:
    with op.batch_alter_table('certificates', schema=None) as batch_op:
        batch_op.drop_constraint('uq_certificates_decision_edition', type_='unique')
        batch_op.create_unique_constraint(batch_op.f('uq_certificates_decision'), ['decision_id'])
        batch_op.drop_column('edition')

    with op.batch_alter_table('certificate_facts', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_certificate_facts_successor_id_certificates'), type_='foreignkey')
        batch_op.drop_column('successor_id')


"""certificate designs

Revision: c41d7e90b5a2, after c41d90e7ab35; 2026-11-26 13:50:00
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
import trainer.store.base

revision = 'c41d7e90b5a2'
down_revision = "c41d90e7ab35"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('certificate_design_versions',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.Column('slug', sa.String(length=40), nullable=False),
    sa.Column('version', sa.String(length=40), nullable=False),
    sa.Column('files', sa.JSON(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_certificate_design_versions')),
    sa.UniqueConstraint('digest', name=op.f('uq_certificate_design_versions_digest'))
    )
    op.create_table('certificate_design_choices',
    sa.Column('organisation_id', sa.Integer(), nullable=False),
    sa.Column('slug', sa.String(length=40), nullable=False),
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.Column('by_name', sa.String(length=120), nullable=False),
    sa.Column('at', trainer.store.base.UtcDateTime(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('public_id', sa.String(length=24), nullable=False),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisations.id'], name=op.f('fk_certificate_design_choices_organisation_id_organisations')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_certificate_design_choices')),
    sa.UniqueConstraint('organisation_id', name=op.f('uq_certificate_design_choices_organisation_id')),
    sa.UniqueConstraint('public_id', name=op.f('uq_certificate_design_choices_public_id'))
    )


def downgrade() -> None:
    op.drop_table('certificate_design_choices')
    op.drop_table('certificate_design_versions')

"""cohorts, campaigns and marks

Revision: aadc4c40adc0, after da85e1286f90; 2026-11-24 09:08:32.095326
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
import trainer.store.base

revision = 'aadc4c40adc0'
down_revision = 'da85e1286f90'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('campaigns',
    sa.Column('organisation_id', sa.Integer(), nullable=False),
    sa.Column('made_by_id', sa.Integer(), nullable=False),
    sa.Column('made_by_name', sa.String(length=120), nullable=False),
    sa.Column('title', sa.String(length=120), nullable=False),
    sa.Column('message', sa.Text(), nullable=False),
    sa.Column('scenario', sa.String(length=80), nullable=False),
    sa.Column('version', sa.String(length=64), nullable=False),
    sa.Column('language', sa.String(length=8), nullable=False),
    sa.Column('seed', sa.Integer(), nullable=False),
    sa.Column('show_review', sa.Boolean(), nullable=False),
    sa.Column('created_at', trainer.store.base.UtcDateTime(), nullable=False),
    sa.Column('closes_at', trainer.store.base.UtcDateTime(), nullable=False),
    sa.Column('open_token_hash', sa.String(length=64), nullable=True),
    sa.Column('open_limit', sa.Integer(), nullable=False),
    sa.Column('open_used', sa.Integer(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('public_id', sa.String(length=24), nullable=False),
    sa.ForeignKeyConstraint(['made_by_id'], ['users.id'], name=op.f('fk_campaigns_made_by_id_users')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisations.id'], name=op.f('fk_campaigns_organisation_id_organisations')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_campaigns')),
    sa.UniqueConstraint('open_token_hash', name=op.f('uq_campaigns_open_token_hash')),
    sa.UniqueConstraint('public_id', name=op.f('uq_campaigns_public_id'))
    )
    with op.batch_alter_table('campaigns', schema=None) as batch_op:
        batch_op.create_index('ix_campaigns_organisation_created', ['organisation_id', 'created_at'], unique=False)

    op.create_table('cohorts',
    sa.Column('organisation_id', sa.Integer(), nullable=False),
    sa.Column('teacher_id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=120), nullable=False),
    sa.Column('created_at', trainer.store.base.UtcDateTime(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('public_id', sa.String(length=24), nullable=False),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisations.id'], name=op.f('fk_cohorts_organisation_id_organisations')),
    sa.ForeignKeyConstraint(['teacher_id'], ['users.id'], name=op.f('fk_cohorts_teacher_id_users')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_cohorts')),
    sa.UniqueConstraint('public_id', name=op.f('uq_cohorts_public_id'))
    )
    with op.batch_alter_table('cohorts', schema=None) as batch_op:
        batch_op.create_index('ix_cohorts_organisation_teacher', ['organisation_id', 'teacher_id'], unique=False)

    op.create_table('call_marks',
    sa.Column('organisation_id', sa.Integer(), nullable=False),
    sa.Column('call_id', sa.Integer(), nullable=False),
    sa.Column('overall', sa.Integer(), nullable=False),
    sa.Column('passed', sa.Boolean(), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=False),
    sa.Column('by_name', sa.String(length=120), nullable=False),
    sa.Column('at', trainer.store.base.UtcDateTime(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('public_id', sa.String(length=24), nullable=False),
    sa.ForeignKeyConstraint(['by_id'], ['users.id'], name=op.f('fk_call_marks_by_id_users')),
    sa.ForeignKeyConstraint(['call_id'], ['calls.id'], name=op.f('fk_call_marks_call_id_calls'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisations.id'], name=op.f('fk_call_marks_organisation_id_organisations')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_call_marks')),
    sa.UniqueConstraint('public_id', name=op.f('uq_call_marks_public_id'))
    )
    with op.batch_alter_table('call_marks', schema=None) as batch_op:
        batch_op.create_index('ix_call_marks_call', ['call_id', 'id'], unique=False)

    op.create_table('candidacies',
    sa.Column('campaign_id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=120), nullable=False),
    sa.Column('email', sa.String(length=254), nullable=False),
    sa.Column('way', sa.String(length=16), nullable=False),
    sa.Column('token_hash', sa.String(length=64), nullable=True),
    sa.Column('user_id', sa.Integer(), nullable=True),
    sa.Column('invited_at', trainer.store.base.UtcDateTime(), nullable=False),
    sa.Column('used_at', trainer.store.base.UtcDateTime(), nullable=True),
    sa.Column('begun_at', trainer.store.base.UtcDateTime(), nullable=True),
    sa.Column('consented_at', trainer.store.base.UtcDateTime(), nullable=True),
    sa.Column('withdrawn_at', trainer.store.base.UtcDateTime(), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('public_id', sa.String(length=24), nullable=False),
    sa.ForeignKeyConstraint(['campaign_id'], ['campaigns.id'], name=op.f('fk_candidacies_campaign_id_campaigns')),
    sa.ForeignKeyConstraint(['user_id'], ['users.id'], name=op.f('fk_candidacies_user_id_users')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_candidacies')),
    sa.UniqueConstraint('public_id', name=op.f('uq_candidacies_public_id')),
    sa.UniqueConstraint('token_hash', name=op.f('uq_candidacies_token_hash')),
    sa.UniqueConstraint('user_id', name=op.f('uq_candidacies_user_id'))
    )
    with op.batch_alter_table('candidacies', schema=None) as batch_op:
        batch_op.create_index('ix_candidacies_campaign_name', ['campaign_id', 'name'], unique=False)

    op.create_table('roster_imports',
    sa.Column('cohort_id', sa.Integer(), nullable=False),
    sa.Column('added', sa.Integer(), nullable=False),
    sa.Column('by_name', sa.String(length=120), nullable=False),
    sa.Column('made_at', trainer.store.base.UtcDateTime(), nullable=False),
    sa.Column('undone_at', trainer.store.base.UtcDateTime(), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('public_id', sa.String(length=24), nullable=False),
    sa.ForeignKeyConstraint(['cohort_id'], ['cohorts.id'], name=op.f('fk_roster_imports_cohort_id_cohorts')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_roster_imports')),
    sa.UniqueConstraint('public_id', name=op.f('uq_roster_imports_public_id'))
    )
    with op.batch_alter_table('roster_imports', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_roster_imports_cohort_id'), ['cohort_id'], unique=False)

    op.create_table('cohort_seats',
    sa.Column('cohort_id', sa.Integer(), nullable=False),
    sa.Column('import_id', sa.Integer(), nullable=True),
    sa.Column('name', sa.String(length=120), nullable=False),
    sa.Column('email', sa.String(length=254), nullable=False),
    sa.Column('added_at', trainer.store.base.UtcDateTime(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('public_id', sa.String(length=24), nullable=False),
    sa.ForeignKeyConstraint(['cohort_id'], ['cohorts.id'], name=op.f('fk_cohort_seats_cohort_id_cohorts')),
    sa.ForeignKeyConstraint(['import_id'], ['roster_imports.id'], name=op.f('fk_cohort_seats_import_id_roster_imports')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_cohort_seats')),
    sa.UniqueConstraint('cohort_id', 'email', name='uq_cohort_seats_cohort_email'),
    sa.UniqueConstraint('public_id', name=op.f('uq_cohort_seats_public_id'))
    )
    with op.batch_alter_table('cohort_seats', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_cohort_seats_import_id'), ['import_id'], unique=False)



def downgrade() -> None:
    with op.batch_alter_table('cohort_seats', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_cohort_seats_import_id'))

    op.drop_table('cohort_seats')
    with op.batch_alter_table('roster_imports', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_roster_imports_cohort_id'))

    op.drop_table('roster_imports')
    with op.batch_alter_table('candidacies', schema=None) as batch_op:
        batch_op.drop_index('ix_candidacies_campaign_name')

    op.drop_table('candidacies')
    with op.batch_alter_table('call_marks', schema=None) as batch_op:
        batch_op.drop_index('ix_call_marks_call')

    op.drop_table('call_marks')
    with op.batch_alter_table('cohorts', schema=None) as batch_op:
        batch_op.drop_index('ix_cohorts_organisation_teacher')

    op.drop_table('cohorts')
    with op.batch_alter_table('campaigns', schema=None) as batch_op:
        batch_op.drop_index('ix_campaigns_organisation_created')

    op.drop_table('campaigns')

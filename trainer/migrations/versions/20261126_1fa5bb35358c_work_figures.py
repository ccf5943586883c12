"""work figures

Revision: 1fa5bb35358c, after 80e8569ec7bd; 2026-11-26 13:36:37.464075
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
import trainer.store.base

revision = '1fa5bb35358c'
down_revision = '80e8569ec7bd'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('teams',
    sa.Column('organisation_id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=120), nullable=False),
    sa.Column('created_at', trainer.store.base.UtcDateTime(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('public_id', sa.String(length=24), nullable=False),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisations.id'], name=op.f('fk_teams_organisation_id_organisations')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_teams')),
    sa.UniqueConstraint('public_id', name=op.f('uq_teams_public_id'))
    )
    with op.batch_alter_table('teams', schema=None) as batch_op:
        batch_op.create_index('ix_teams_organisation_name', ['organisation_id', 'name'], unique=False)

    op.create_table('figures_imports',
    sa.Column('team_id', sa.Integer(), nullable=False),
    sa.Column('added', sa.Integer(), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=False),
    sa.Column('by_name', sa.String(length=120), nullable=False),
    sa.Column('made_at', trainer.store.base.UtcDateTime(), nullable=False),
    sa.Column('undone_at', trainer.store.base.UtcDateTime(), nullable=True),
    sa.Column('undone_by_name', sa.String(length=120), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('public_id', sa.String(length=24), nullable=False),
    sa.ForeignKeyConstraint(['by_id'], ['users.id'], name=op.f('fk_figures_imports_by_id_users')),
    sa.ForeignKeyConstraint(['team_id'], ['teams.id'], name=op.f('fk_figures_imports_team_id_teams'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_figures_imports')),
    sa.UniqueConstraint('public_id', name=op.f('uq_figures_imports_public_id'))
    )
    with op.batch_alter_table('figures_imports', schema=None) as batch_op:
        batch_op.create_index('ix_figures_imports_team', ['team_id', 'id'], unique=False)

    op.create_table('team_leads',
    sa.Column('team_id', sa.Integer(), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['team_id'], ['teams.id'], name=op.f('fk_team_leads_team_id_teams'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['user_id'], ['users.id'], name=op.f('fk_team_leads_user_id_users'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('team_id', 'user_id', name=op.f('pk_team_leads'))
    )
    op.create_table('team_members',
    sa.Column('team_id', sa.Integer(), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('since', sa.Date(), nullable=False),
    sa.Column('left_on', sa.Date(), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('public_id', sa.String(length=24), nullable=False),
    sa.ForeignKeyConstraint(['team_id'], ['teams.id'], name=op.f('fk_team_members_team_id_teams'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['user_id'], ['users.id'], name=op.f('fk_team_members_user_id_users')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_team_members')),
    sa.UniqueConstraint('public_id', name=op.f('uq_team_members_public_id')),
    sa.UniqueConstraint('team_id', 'user_id', name='uq_team_members_team_user')
    )
    with op.batch_alter_table('team_members', schema=None) as batch_op:
        batch_op.create_index('ix_team_members_user', ['user_id'], unique=False)

    op.create_table('team_targets',
    sa.Column('team_id', sa.Integer(), nullable=False),
    sa.Column('indicator', sa.String(length=32), nullable=False),
    sa.Column('direction', sa.String(length=16), nullable=False),
    sa.Column('value', sa.Double(), nullable=True),
    sa.Column('since', sa.Date(), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=False),
    sa.Column('by_name', sa.String(length=120), nullable=False),
    sa.Column('at', trainer.store.base.UtcDateTime(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('public_id', sa.String(length=24), nullable=False),
    sa.ForeignKeyConstraint(['by_id'], ['users.id'], name=op.f('fk_team_targets_by_id_users')),
    sa.ForeignKeyConstraint(['team_id'], ['teams.id'], name=op.f('fk_team_targets_team_id_teams'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_team_targets')),
    sa.UniqueConstraint('public_id', name=op.f('uq_team_targets_public_id'))
    )
    with op.batch_alter_table('team_targets', schema=None) as batch_op:
        batch_op.create_index('ix_team_targets_team', ['team_id', 'id'], unique=False)

    op.create_table('work_complaints',
    sa.Column('organisation_id', sa.Integer(), nullable=False),
    sa.Column('team_id', sa.Integer(), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('source', sa.String(length=16), nullable=False),
    sa.Column('from_whom', sa.String(length=200), nullable=False),
    sa.Column('received_on', sa.Date(), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('evidence', sa.Text(), nullable=False),
    sa.Column('call_id', sa.Integer(), nullable=True),
    sa.Column('justified', sa.Boolean(), nullable=True),
    sa.Column('by_id', sa.Integer(), nullable=False),
    sa.Column('by_name', sa.String(length=120), nullable=False),
    sa.Column('at', trainer.store.base.UtcDateTime(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('public_id', sa.String(length=24), nullable=False),
    sa.ForeignKeyConstraint(['by_id'], ['users.id'], name=op.f('fk_work_complaints_by_id_users')),
    sa.ForeignKeyConstraint(['call_id'], ['calls.id'], name=op.f('fk_work_complaints_call_id_calls'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisations.id'], name=op.f('fk_work_complaints_organisation_id_organisations')),
    sa.ForeignKeyConstraint(['team_id'], ['teams.id'], name=op.f('fk_work_complaints_team_id_teams')),
    sa.ForeignKeyConstraint(['user_id'], ['users.id'], name=op.f('fk_work_complaints_user_id_users')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_work_complaints')),
    sa.UniqueConstraint('public_id', name=op.f('uq_work_complaints_public_id'))
    )
    with op.batch_alter_table('work_complaints', schema=None) as batch_op:
        batch_op.create_index('ix_work_complaints_team', ['team_id', 'id'], unique=False)
        batch_op.create_index('ix_work_complaints_user', ['user_id', 'received_on'], unique=False)

    op.create_table('work_periods',
    sa.Column('organisation_id', sa.Integer(), nullable=False),
    sa.Column('team_id', sa.Integer(), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('import_id', sa.Integer(), nullable=True),
    sa.Column('first_day', sa.Date(), nullable=False),
    sa.Column('last_day', sa.Date(), nullable=False),
    sa.Column('tasks', sa.Integer(), nullable=False),
    sa.Column('quality', sa.Double(), nullable=True),
    sa.Column('values', sa.JSON(), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=False),
    sa.Column('by_name', sa.String(length=120), nullable=False),
    sa.Column('at', trainer.store.base.UtcDateTime(), nullable=False),
    sa.Column('withdrawn_at', trainer.store.base.UtcDateTime(), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('public_id', sa.String(length=24), nullable=False),
    sa.ForeignKeyConstraint(['by_id'], ['users.id'], name=op.f('fk_work_periods_by_id_users')),
    sa.ForeignKeyConstraint(['import_id'], ['figures_imports.id'], name=op.f('fk_work_periods_import_id_figures_imports')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisations.id'], name=op.f('fk_work_periods_organisation_id_organisations')),
    sa.ForeignKeyConstraint(['team_id'], ['teams.id'], name=op.f('fk_work_periods_team_id_teams')),
    sa.ForeignKeyConstraint(['user_id'], ['users.id'], name=op.f('fk_work_periods_user_id_users')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_work_periods')),
    sa.UniqueConstraint('public_id', name=op.f('uq_work_periods_public_id'))
    )
    with op.batch_alter_table('work_periods', schema=None) as batch_op:
        batch_op.create_index('ix_work_periods_import', ['import_id'], unique=False)
        batch_op.create_index('ix_work_periods_team', ['team_id', 'first_day'], unique=False)
        batch_op.create_index('ix_work_periods_user', ['user_id', 'first_day'], unique=False)
        batch_op.create_index('uq_work_periods_user_day', ['user_id', 'first_day'], unique=True, sqlite_where=sa.text('withdrawn_at IS NULL'), postgresql_where=sa.text('withdrawn_at IS NULL'))

    op.create_table('complaint_answers',
    sa.Column('complaint_id', sa.Integer(), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('at', trainer.store.base.UtcDateTime(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('public_id', sa.String(length=24), nullable=False),
    sa.ForeignKeyConstraint(['complaint_id'], ['work_complaints.id'], name=op.f('fk_complaint_answers_complaint_id_work_complaints'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_complaint_answers')),
    sa.UniqueConstraint('public_id', name=op.f('uq_complaint_answers_public_id'))
    )
    with op.batch_alter_table('complaint_answers', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_complaint_answers_complaint_id'), ['complaint_id'], unique=False)

    op.create_table('complaint_decisions',
    sa.Column('complaint_id', sa.Integer(), nullable=False),
    sa.Column('justified', sa.Boolean(), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=False),
    sa.Column('by_name', sa.String(length=120), nullable=False),
    sa.Column('at', trainer.store.base.UtcDateTime(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('public_id', sa.String(length=24), nullable=False),
    sa.ForeignKeyConstraint(['by_id'], ['users.id'], name=op.f('fk_complaint_decisions_by_id_users')),
    sa.ForeignKeyConstraint(['complaint_id'], ['work_complaints.id'], name=op.f('fk_complaint_decisions_complaint_id_work_complaints'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_complaint_decisions')),
    sa.UniqueConstraint('public_id', name=op.f('uq_complaint_decisions_public_id'))
    )
    with op.batch_alter_table('complaint_decisions', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_complaint_decisions_complaint_id'), ['complaint_id'], unique=False)

    op.create_table('period_corrections',
    sa.Column('period_id', sa.Integer(), nullable=False),
    sa.Column('earlier', sa.JSON(), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=False),
    sa.Column('by_name', sa.String(length=120), nullable=False),
    sa.Column('at', trainer.store.base.UtcDateTime(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('public_id', sa.String(length=24), nullable=False),
    sa.ForeignKeyConstraint(['by_id'], ['users.id'], name=op.f('fk_period_corrections_by_id_users')),
    sa.ForeignKeyConstraint(['period_id'], ['work_periods.id'], name=op.f('fk_period_corrections_period_id_work_periods'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_period_corrections')),
    sa.UniqueConstraint('public_id', name=op.f('uq_period_corrections_public_id'))
    )
    with op.batch_alter_table('period_corrections', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_period_corrections_period_id'), ['period_id'], unique=False)



def downgrade() -> None:
    with op.batch_alter_table('period_corrections', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_period_corrections_period_id'))

    op.drop_table('period_corrections')
    with op.batch_alter_table('complaint_decisions', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_complaint_decisions_complaint_id'))

    op.drop_table('complaint_decisions')
    with op.batch_alter_table('complaint_answers', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_complaint_answers_complaint_id'))

    op.drop_table('complaint_answers')
    with op.batch_alter_table('work_periods', schema=None) as batch_op:
        batch_op.drop_index('uq_work_periods_user_day', sqlite_where=sa.text('withdrawn_at IS NULL'), postgresql_where=sa.text('withdrawn_at IS NULL'))
        batch_op.drop_index('ix_work_periods_user')
        batch_op.drop_index('ix_work_periods_team')
        batch_op.drop_index('ix_work_periods_import')

    op.drop_table('work_periods')
    with op.batch_alter_table('work_complaints', schema=None) as batch_op:
        batch_op.drop_index('ix_work_complaints_user')
        batch_op.drop_index('ix_work_complaints_team')

    op.drop_table('work_complaints')
    with op.batch_alter_table('team_targets', schema=None) as batch_op:
        batch_op.drop_index('ix_team_targets_team')

    op.drop_table('team_targets')
    with op.batch_alter_table('team_members', schema=None) as batch_op:
        batch_op.drop_index('ix_team_members_user')

    op.drop_table('team_members')
    op.drop_table('team_leads')
    with op.batch_alter_table('figures_imports', schema=None) as batch_op:
        batch_op.drop_index('ix_figures_imports_team')

    op.drop_table('figures_imports')
    with op.batch_alter_table('teams', schema=None) as batch_op:
        batch_op.drop_index('ix_teams_organisation_name')

    op.drop_table('teams')

"""courses: lessons read, quizzes

Revision: 2c98b63aa850, after aadc4c40adc0; 2026-11-24 09:25:00
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
import trainer.store.base

revision = '2c98b63aa850'
down_revision = 'aadc4c40adc0'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('course_versions',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('slug', sa.String(length=80), nullable=False),
    sa.Column('version', sa.String(length=64), nullable=False),
    sa.Column('document', sa.JSON(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_course_versions')),
    sa.UniqueConstraint('slug', 'version', name='uq_course_versions_slug_version')
    )
    op.create_table('lessons_read',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('organisation_id', sa.Integer(), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('course', sa.String(length=80), nullable=False),
    sa.Column('lesson', sa.String(length=80), nullable=False),
    sa.Column('version', sa.String(length=64), nullable=False),
    sa.Column('at', trainer.store.base.UtcDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisations.id'], name=op.f('fk_lessons_read_organisation_id_organisations')),
    sa.ForeignKeyConstraint(['user_id'], ['users.id'], name=op.f('fk_lessons_read_user_id_users')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_lessons_read')),
    sa.UniqueConstraint('user_id', 'course', 'lesson', name='uq_lessons_read_user_course_lesson')
    )
    op.create_table('quiz_attempts',
    sa.Column('organisation_id', sa.Integer(), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('course', sa.String(length=80), nullable=False),
    sa.Column('version', sa.String(length=64), nullable=False),
    sa.Column('seed', sa.Integer(), nullable=False),
    sa.Column('started_at', trainer.store.base.UtcDateTime(), nullable=False),
    sa.Column('finished_at', trainer.store.base.UtcDateTime(), nullable=True),
    sa.Column('percent', sa.Integer(), nullable=True),
    sa.Column('passed', sa.Boolean(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('public_id', sa.String(length=24), nullable=False),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisations.id'], name=op.f('fk_quiz_attempts_organisation_id_organisations')),
    sa.ForeignKeyConstraint(['user_id'], ['users.id'], name=op.f('fk_quiz_attempts_user_id_users')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_quiz_attempts')),
    sa.UniqueConstraint('public_id', name=op.f('uq_quiz_attempts_public_id'))
    )
    with op.batch_alter_table('quiz_attempts', schema=None) as batch_op:
        batch_op.create_index('ix_quiz_attempts_user_course', ['user_id', 'course'], unique=False)
        batch_op.create_index('uq_quiz_attempts_one_open', ['user_id', 'course'], unique=True, sqlite_where=sa.text('finished_at IS NULL'), postgresql_where=sa.text('finished_at IS NULL'))

    op.create_table('quiz_answers',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('attempt_id', sa.Integer(), nullable=False),
    sa.Column('question', sa.String(length=80), nullable=False),
    sa.Column('chosen', sa.JSON(), nullable=False),
    sa.Column('at', trainer.store.base.UtcDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['attempt_id'], ['quiz_attempts.id'], name=op.f('fk_quiz_answers_attempt_id_quiz_attempts')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_quiz_answers')),
    sa.UniqueConstraint('attempt_id', 'question', name='uq_quiz_answers_attempt_question')
    )


def downgrade() -> None:
    op.drop_table('quiz_answers')
    with op.batch_alter_table('quiz_attempts', schema=None) as batch_op:
        batch_op.drop_index('uq_quiz_attempts_one_open', sqlite_where=sa.text('finished_at IS NULL'), postgresql_where=sa.text('finished_at IS NULL'))
        batch_op.drop_index('ix_quiz_attempts_user_course')

    op.drop_table('quiz_attempts')
    op.drop_table('lessons_read')
    op.drop_table('course_versions')

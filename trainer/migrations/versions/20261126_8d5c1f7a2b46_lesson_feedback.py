"""lesson feedback

Revision: 8d5c1f7a2b46, after 97124a8c9368; 2026-11-26 11:10:00
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
import trainer.store.base

revision = '8d5c1f7a2b46'
down_revision = "97124a8c9368"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('lesson_feedback',
    sa.Column('organisation_id', sa.Integer(), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('course', sa.String(length=80), nullable=False),
    sa.Column('lesson', sa.String(length=80), nullable=False),
    sa.Column('version', sa.String(length=64), nullable=False),
    sa.Column('clarity', sa.String(length=16), nullable=False),
    sa.Column('comment', sa.Text(), nullable=False),
    sa.Column('at', trainer.store.base.UtcDateTime(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('public_id', sa.String(length=24), nullable=False),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisations.id'], name=op.f('fk_lesson_feedback_organisation_id_organisations')),
    sa.ForeignKeyConstraint(['user_id'], ['users.id'], name=op.f('fk_lesson_feedback_user_id_users')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_lesson_feedback')),
    sa.UniqueConstraint('public_id', name=op.f('uq_lesson_feedback_public_id')),
    sa.UniqueConstraint('user_id', 'course', 'lesson', name='uq_lesson_feedback_user_course_lesson')
    )
    with op.batch_alter_table('lesson_feedback', schema=None) as batch_op:
        batch_op.create_index('ix_lesson_feedback_organisation_lesson', ['organisation_id', 'course', 'lesson'], unique=False)


def downgrade() -> None:
    with op.batch_alter_table('lesson_feedback', schema=None) as batch_op:
        batch_op.drop_index('ix_lesson_feedback_organisation_lesson')

    op.drop_table('lesson_feedback')

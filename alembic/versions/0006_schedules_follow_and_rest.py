"""Schedules that follow their owner's time zone, and that rest until a month's budget is new."""

import sqlalchemy as sa
from alembic import op

from assistant_app.models.columns import Moment

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go to this revision."""
    op.add_column("schedule", sa.Column("follows_zone", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("schedule", sa.Column("rests_until", Moment(), nullable=True))
    op.execute(
        """UPDATE schedule SET follows_zone = true
        WHERE zone = (SELECT zone FROM "user" WHERE "user".id = schedule.user_id)"""
    )
    op.create_index(
        "ix_schedule_rests",
        "schedule",
        ["rests_until"],
        unique=False,
        sqlite_where=sa.text("rests_until IS NOT NULL"),
        postgresql_where=sa.text("rests_until IS NOT NULL"),
    )


def downgrade() -> None:
    """Go back to the one before."""
    op.drop_index("ix_schedule_rests", "schedule")
    op.drop_column("schedule", "rests_until")
    op.drop_column("schedule", "follows_zone")

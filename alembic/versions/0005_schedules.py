"""Schedules and their runs, what may interrupt, which suggestions are wanted, and what initiative may cost."""

import sqlalchemy as sa
from alembic import op

from assistant_app.models.columns import Moment

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go to this revision."""
    _add_tables()
    op.add_column("usage", sa.Column("schedule_id", sa.String(), nullable=False, server_default=""))
    op.add_column("message", sa.Column("schedule_id", sa.String(), nullable=False, server_default=""))
    op.add_column("user", sa.Column("monthly_budget", sa.Float(), nullable=True))


def downgrade() -> None:
    """Go back to the one before."""
    op.drop_column("user", "monthly_budget")
    op.drop_column("message", "schedule_id")
    op.drop_column("usage", "schedule_id")
    for table in ("occurrence", "suggestion_weight", "schedule", "notifications"):
        op.drop_table(table)


def _add_tables() -> None:
    op.create_table(
        "notifications",
        sa.Column("user_id", sa.String(), nullable=False),
        sa.Column("quiet_from", sa.Time(), nullable=True),
        sa.Column("quiet_until", sa.Time(), nullable=True),
        sa.Column("interrupting", sa.String(), nullable=False),
        sa.Column("sounding", sa.String(), nullable=False),
        sa.Column("in_browser", sa.Boolean(), nullable=False),
        sa.Column("updated_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("user_id"),
    )
    op.create_table(
        "schedule",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("user_id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("repeat", sa.String(), nullable=False),
        sa.Column("starts", sa.DateTime(), nullable=False),
        sa.Column("zone", sa.String(), nullable=False),
        sa.Column("catch_up", sa.String(), nullable=False),
        sa.Column("enabled", sa.Boolean(), nullable=False),
        sa.Column("paused_why", sa.String(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("most_cost", sa.Float(), nullable=True),
        sa.Column("data", sa.String(), nullable=False),
        sa.Column("next_at", Moment(), nullable=True),
        sa.Column("created_at", Moment(), nullable=False),
        sa.Column("updated_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "ix_schedule_due",
        "schedule",
        ["next_at"],
        unique=False,
        sqlite_where=sa.text("enabled"),
        postgresql_where=sa.text("enabled"),
    )
    op.create_index(op.f("ix_schedule_user_id"), "schedule", ["user_id"], unique=False)
    op.create_table(
        "suggestion_weight",
        sa.Column("user_id", sa.String(), nullable=False),
        sa.Column("rule", sa.String(), nullable=False),
        sa.Column("weight", sa.Float(), nullable=False),
        sa.Column("updated_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("user_id", "rule"),
    )
    op.create_table(
        "occurrence",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("schedule_id", sa.String(), nullable=False),
        sa.Column("user_id", sa.String(), nullable=False),
        sa.Column("due_at", Moment(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("lease_until", Moment(), nullable=True),
        sa.Column("retry_at", Moment(), nullable=True),
        sa.Column("started_at", Moment(), nullable=True),
        sa.Column("finished_at", Moment(), nullable=True),
        sa.Column("error", sa.String(), nullable=False),
        sa.Column("cost", sa.Float(), nullable=False),
        sa.Column("output", sa.String(), nullable=False),
        sa.Column("item_id", sa.String(), nullable=False),
        sa.Column("conversation_id", sa.String(), nullable=False),
        sa.Column("message_id", sa.String(), nullable=False),
        sa.Column("delivered_at", Moment(), nullable=True),
        sa.ForeignKeyConstraint(["schedule_id"], ["schedule.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("schedule_id", "due_at"),
    )
    op.create_index(op.f("ix_occurrence_item_id"), "occurrence", ["item_id"], unique=False)
    op.create_index(op.f("ix_occurrence_message_id"), "occurrence", ["message_id"], unique=False)
    op.create_index(
        "ix_occurrence_open",
        "occurrence",
        ["state", "due_at"],
        unique=False,
        sqlite_where=sa.text("state IN ('due', 'running', 'waiting')"),
        postgresql_where=sa.text("state IN ('due', 'running', 'waiting')"),
    )
    op.create_index(op.f("ix_occurrence_user_id"), "occurrence", ["user_id"], unique=False)

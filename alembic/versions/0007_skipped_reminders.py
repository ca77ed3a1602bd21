"""Single times that a reminder leaves out."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go to this revision."""
    op.add_column("reminder", sa.Column("excluded", sa.String(), nullable=False, server_default="[]"))


def downgrade() -> None:
    """Go back to the one before."""
    op.drop_column("reminder", "excluded")

"""Indexes for trees of messages and pinned conversations; PostgreSQL finds words without their diacritics.

The database's encoding has to be UTF8 for that, which is PostgreSQL's default.
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

# SQLite's tokenizer drops diacritics and splits at punctuation by itself; here that is spelled out, so that both
# find the same. A tsvector holds 1 MB at the most, which 100,000 characters never reach.
_PLAIN = r"""translate(
    regexp_replace(normalize(left(text, 100000), NFD), U&'[\0300-\036F]+', '', 'g'),
    '!"#$%&''()*+,-./:;<=>?@[\]^_`{|}~', repeat(' ', 32))"""
_AS_IT_WAS = "left(text, 200000)"


def _index_words_of(text: str) -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute("ALTER TABLE message DROP COLUMN message_text")
        op.execute(
            "ALTER TABLE message ADD COLUMN message_text tsvector "
            f"GENERATED ALWAYS AS (to_tsvector('simple', {text})) STORED"
        )
        op.execute("CREATE INDEX message_text_index ON message USING gin (message_text)")


def upgrade() -> None:
    """Go to this revision."""
    op.create_index("ix_message_tree", "message", ["conversation_id", "parent_id"])
    op.drop_index("ix_message_conversation_id", "message")
    op.drop_index("ix_message_parent_id", "message")
    pinned = sa.text("pinned_at IS NOT NULL")
    op.create_index(
        "ix_conversation_pinned",
        "conversation",
        ["user_id", "touched_at"],
        sqlite_where=pinned,
        postgresql_where=pinned,
    )
    _index_words_of(_PLAIN)


def downgrade() -> None:
    """Go back to the one before."""
    _index_words_of(_AS_IT_WAS)
    op.drop_index("ix_conversation_pinned", "conversation")
    op.create_index("ix_message_parent_id", "message", ["parent_id"])
    op.create_index("ix_message_conversation_id", "message", ["conversation_id"])
    op.drop_index("ix_message_tree", "message")

"""Full-text search of messages: FTS5 on SQLite, a tsvector column on PostgreSQL.

An answer is indexed once it is finished, not at each save of a part of it.
"""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_SQLITE = (
    """CREATE VIRTUAL TABLE message_text USING fts5(
        text, content='message', content_rowid='number', tokenize='unicode61 remove_diacritics 2', prefix='2 3')""",
    """CREATE TRIGGER message_text_insert AFTER INSERT ON message WHEN new.status <> 'running' BEGIN
        INSERT INTO message_text(rowid, text) VALUES (new.number, new.text); END""",
    """CREATE TRIGGER message_text_before BEFORE UPDATE OF text, status ON message WHEN old.status <> 'running' BEGIN
        INSERT INTO message_text(message_text, rowid, text) VALUES ('delete', old.number, old.text); END""",
    """CREATE TRIGGER message_text_after AFTER UPDATE OF text, status ON message WHEN new.status <> 'running' BEGIN
        INSERT INTO message_text(rowid, text) VALUES (new.number, new.text); END""",
    """CREATE TRIGGER message_text_delete BEFORE DELETE ON message WHEN old.status <> 'running' BEGIN
        INSERT INTO message_text(message_text, rowid, text) VALUES ('delete', old.number, old.text); END""",
    "INSERT INTO message_text(rowid, text) SELECT number, text FROM message WHERE status <> 'running'",
)
# A tsvector holds 1 MB at the most, so that only the beginning of a very long message can be found.
_POSTGRES = (
    """ALTER TABLE message ADD COLUMN message_text tsvector
        GENERATED ALWAYS AS (to_tsvector('simple', left(text, 200000))) STORED""",
    "CREATE INDEX message_text_index ON message USING gin (message_text)",
)


def upgrade() -> None:
    """Go to this revision."""
    for statement in _SQLITE if op.get_bind().dialect.name == "sqlite" else _POSTGRES:
        op.execute(statement)


def downgrade() -> None:
    """Go back to the one before."""
    if op.get_bind().dialect.name == "sqlite":
        for name in ("insert", "before", "after", "delete"):
            op.execute(f"DROP TRIGGER message_text_{name}")
        op.execute("DROP TABLE message_text")
    else:
        op.execute("ALTER TABLE message DROP COLUMN message_text")

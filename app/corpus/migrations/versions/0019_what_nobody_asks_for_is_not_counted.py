"""Postgres counts no values of columns that no condition names, and looks through words only when they have doubled.

While a corpus grows it did both once a minute: long texts were read and compared for statistics that no question uses.
"""

from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

TEXTS = {
    "article": ("title", "author", "published_evidence", "time_printed", "caption", "text", "body", "zones"),
    "statement": (
        *("content", "segments", "cue", "speaker_text", "speaker_reason", "role", "affiliation", "addressee"),
        *("said_on", "reasons"),
    ),
    "article_words": ("line",),
    "statement_words": ("line",),
    "mention": ("text",),
    "speaker_name": ("name",),
}
GROWN_BY = {"article_words": 1.0, "statement_words": 1.0}


def upgrade() -> None:
    """Less, and less often."""
    for table, columns in TEXTS.items():
        op.execute(f"ALTER TABLE {table} " + ", ".join(f"ALTER COLUMN {name} SET STATISTICS 0" for name in columns))
    for table, growth in GROWN_BY.items():
        op.execute(f"ALTER TABLE {table} SET (autovacuum_vacuum_insert_scale_factor = {growth})")


def downgrade() -> None:
    """As Postgres is set."""
    for table in GROWN_BY:
        op.execute(f"ALTER TABLE {table} RESET (autovacuum_vacuum_insert_scale_factor)")
    for table, columns in TEXTS.items():
        op.execute(f"ALTER TABLE {table} " + ", ".join(f"ALTER COLUMN {name} SET STATISTICS -1" for name in columns))

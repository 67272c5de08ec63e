"""Words know how many they are and of which day: a search without filters reads no other table.

The vectors move out of the rows, which a search for a common word reads by the thousand. Both are filled in when the
words are made again, which the worker does by itself after such a change.
"""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

TABLES = ("article_words", "statement_words")
# The least that Postgres takes: whatever can stand elsewhere does.
ROW_BYTES = 128


def upgrade() -> None:
    """Two columns, and short rows from now on."""
    for table in TABLES:
        op.add_column(table, sa.Column("length", sa.Integer(), nullable=False, server_default="0"))
        op.add_column(table, sa.Column("published_at", sa.DateTime(timezone=True), nullable=True))
        op.execute(f"ALTER TABLE {table} SET (toast_tuple_target = {ROW_BYTES})")


def downgrade() -> None:
    """As before; rows become longer again as they are written."""
    for table in TABLES:
        op.execute(f"ALTER TABLE {table} RESET (toast_tuple_target)")
        op.drop_column(table, "published_at")
        op.drop_column(table, "length")

"""The ids of words stay in their rows: rows were to be so short that ids moved out with the vectors.

Ids are compared by the thousand in a search, and each had to be fetched first.
"""

from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

IDS = {"article_words": "article_id", "statement_words": "statement_id"}
# What is left of a row when all of its vectors stand elsewhere.
ROW_BYTES = 256


def upgrade() -> None:
    """Ids are not moved, and rows no shorter than what remains."""
    for table, id in IDS.items():
        op.execute(f"ALTER TABLE {table} SET (toast_tuple_target = {ROW_BYTES})")
        op.execute(f"ALTER TABLE {table} ALTER COLUMN {id} SET STORAGE PLAIN")


def downgrade() -> None:
    """As before."""
    for table, id in IDS.items():
        op.execute(f"ALTER TABLE {table} ALTER COLUMN {id} SET STORAGE EXTENDED")
        op.execute(f"ALTER TABLE {table} SET (toast_tuple_target = 128)")

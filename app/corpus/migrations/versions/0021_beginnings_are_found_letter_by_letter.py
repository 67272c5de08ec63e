"""Names and words are ordered letter by letter, so that the index of whole ones finds beginnings as well.

Each word of the vocabulary and each beginning of a name stood in two indexes of the same order.
"""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

OWNERS = {"speaker_name": "speaker_id", "place_name": "pcode"}
COLUMNS = {"speaker_name": "key", "place_name": "key", "vocabulary": "word"}


def upgrade() -> None:
    """Other order, fewer indexes; no row is written again."""
    for table, column in COLUMNS.items():
        op.drop_index(f"ix_{table}_{column}_prefix", table_name=table)
    _order("C", {})


def downgrade() -> None:
    """The order of the database, and beginnings beside it."""
    _order("default", {"key": "text_pattern_ops"})
    for table, column in COLUMNS.items():
        op.create_index(f"ix_{table}_{column}_prefix", table, [column], postgresql_ops={column: "text_pattern_ops"})


def _order(collation: str, ops: dict[str, str]) -> None:
    for table in OWNERS:
        op.drop_index(f"ix_{table}_owner", table_name=table)
    for table, column in COLUMNS.items():
        op.alter_column(table, column, type_=sa.String(collation=collation))
    for table, owner in OWNERS.items():
        op.create_index(f"ix_{table}_owner", table, [owner, "key"], postgresql_ops=ops)

"""Indexes of references that few rows have hold those rows alone, and no index is kept that no question uses.

Each statement stood in four indexes, each speaker in two at every change of his count, for what it does not have.
"""

from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

RARE = {
    "statement": ("utterer_id", "duplicate_of", "nested_in", "copy_of"),
    "speaker": ("party_id", "merged_into"),
}


def upgrade() -> None:
    """Smaller indexes under the same names; of an import's items those that are other addresses of an article."""
    for table, columns in RARE.items():
        for column in columns:
            op.execute(f"DROP INDEX ix_{table}_{column}")
            op.execute(f"CREATE INDEX ix_{table}_{column} ON {table} ({column}) WHERE {column} IS NOT NULL")
    op.drop_index("ix_import_item_article_id", table_name="import_item")
    op.execute("CREATE INDEX ix_import_item_duplicate ON import_item (article_id) WHERE verdict = 'duplicate'")
    op.drop_index("ix_capture_import_id", table_name="capture")


def downgrade() -> None:
    """All rows in all indexes."""
    op.create_index("ix_capture_import_id", "capture", ["import_id"])
    op.drop_index("ix_import_item_duplicate", table_name="import_item")
    op.create_index("ix_import_item_article_id", "import_item", ["article_id"])
    for table, columns in RARE.items():
        for column in columns:
            op.drop_index(f"ix_{table}_{column}", table_name=table)
            op.create_index(f"ix_{table}_{column}", table, [column])

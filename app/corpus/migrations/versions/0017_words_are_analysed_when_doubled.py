"""Tables of words and signatures are analysed when they have doubled, not at each tenth more.

While a corpus grows Postgres counted all words of all texts again and again: up to a third of what an article cost it.
How often words come changes little as more of the same comes in; of signatures nobody asks.
"""

from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

# Table: how much larger it has to be than when it was analysed last.
GROWN_BY = {"article_words": 1.0, "statement_words": 1.0, "article_signature": 1.0, "article": 0.5, "statement": 0.5}


def upgrade() -> None:
    """Less often; and never what stands in a signature."""
    for table, growth in GROWN_BY.items():
        op.execute(f"ALTER TABLE {table} SET (autovacuum_analyze_scale_factor = {growth})")
    for column in ("shingles", "bands"):
        op.execute(f"ALTER TABLE article_signature ALTER COLUMN {column} SET STATISTICS 0")


def downgrade() -> None:
    """As Postgres is set."""
    for table in GROWN_BY:
        op.execute(f"ALTER TABLE {table} RESET (autovacuum_analyze_scale_factor)")
    for column in ("shingles", "bands"):
        op.execute(f"ALTER TABLE article_signature ALTER COLUMN {column} SET STATISTICS -1")

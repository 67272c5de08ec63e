"""The words of a text in line, for ranking; and indexes of words that a search need not read a waiting list of."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

TABLES = ("article_words", "statement_words")
FORMS = ("plain", "folded", "stem")


def upgrade() -> None:
    """The lines are written by the worker, since the rules that make words have changed with them."""
    for table in TABLES:
        op.add_column(table, sa.Column("line", sa.Text(), server_default="", nullable=False))
        for form in FORMS:
            op.execute(f"ALTER INDEX ix_{table}_{form} SET (fastupdate = off)")
            op.execute(f"SELECT gin_clean_pending_list('ix_{table}_{form}')")


def downgrade() -> None:
    """As before."""
    for table in TABLES:
        for form in FORMS:
            op.execute(f"ALTER INDEX ix_{table}_{form} RESET (fastupdate)")
        op.drop_column(table, "line")

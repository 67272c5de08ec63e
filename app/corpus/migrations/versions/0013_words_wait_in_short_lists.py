"""Words wait in a short list before they are sorted into their index: many articles' words at once.

One by one, each word of each article rewrote a page of an index and its log: half of what an article cost Postgres, and
300 kB of log. A search reads the list too, which is no longer than `LIST_KB`: half a millisecond to one and a half.
"""

from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

INDEXES = [
    f"ix_{table}_{form}" for table in ("article_words", "statement_words") for form in ("plain", "folded", "stem")
]
LIST_KB = 2048


def upgrade() -> None:
    """With a list, but not one as long as Postgres would let it grow."""
    for index in INDEXES:
        op.execute(f"ALTER INDEX {index} SET (fastupdate = on, gin_pending_list_limit = {LIST_KB})")


def downgrade() -> None:
    """As before."""
    for index in INDEXES:
        op.execute(f"ALTER INDEX {index} RESET (gin_pending_list_limit)")
        op.execute(f"ALTER INDEX {index} SET (fastupdate = off)")
        op.execute(f"SELECT gin_clean_pending_list('{index}')")

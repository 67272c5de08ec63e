"""Words wait in lists of 8 MB instead of 2 to be sorted into their indexes.

For each list that is sorted in, the entry of every word in it is written again, and the larger the corpus the longer it
is: what an article cost grew with it. A search that meets a full list takes some milliseconds more.
"""

from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

INDEXES = [
    f"ix_{table}_{form}" for table in ("article_words", "statement_words") for form in ("plain", "folded", "stem")
]


def upgrade() -> None:
    """Longer; they are emptied when pages have been brought in."""
    _limit(8192)


def downgrade() -> None:
    """As before."""
    _limit(2048)


def _limit(size: int) -> None:
    for index in INDEXES:
        op.execute(f"ALTER INDEX {index} SET (gin_pending_list_limit = {size})")

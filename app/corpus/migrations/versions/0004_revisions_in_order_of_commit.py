"""Revisions of articles in the order in which their changes became visible, and indexes for what arrived last.

A number drawn while a transaction runs says nothing of when it commits: a reader who has seen 8 may meet 7 later, and
would never ask for it. So every changed article is numbered at the very end of its transaction, behind a lock that is
held until the commit is seen by all. Until then it is 0, which nobody outside the transaction ever sees.
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

# All that a reader can notice; not which program read the page, nor from which copy of it.
NOTICED = (
    "source_id, url, canonical_url, title, author, published_at, published_precision, published_evidence, "
    "time_printed, views, caption, text, body, zones, language, word_count, near_duplicate_group, updated_at, "
    "deleted_at"
)

UNNUMBERED = """
CREATE FUNCTION leave_unnumbered() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.revision := 0;
    RETURN NEW;
END
$$
"""

# Any fixed number will do: whoever numbers holds the lock of this number until its commit.
NUMBERED = """
CREATE FUNCTION number_in_order_of_commit() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(x'71726576'::bigint);
    UPDATE article
    SET revision = nextval('revision_seq'), created_revision = coalesce(created_revision, currval('revision_seq'))
    WHERE id = NEW.id AND revision = 0;
    RETURN NULL;
END
$$
"""


def upgrade() -> None:
    """Number by triggers; what is there keeps its numbers."""
    op.add_column("article", sa.Column("created_revision", sa.BigInteger(), nullable=True))
    op.execute("UPDATE article SET created_revision = revision")
    op.create_index("ix_article_revision", "article", ["revision"])
    op.create_index("ix_article_arrival", "article", [sa.text("created_at DESC"), sa.text("id DESC")])
    op.create_index("ix_statement_arrival", "statement", [sa.text("created_at DESC"), sa.text("id DESC")])
    op.execute(UNNUMBERED)
    op.execute(NUMBERED)
    op.execute(
        f"CREATE TRIGGER revision_unnumbered BEFORE INSERT OR UPDATE OF {NOTICED} ON article "
        "FOR EACH ROW EXECUTE FUNCTION leave_unnumbered()"
    )
    op.execute(
        f"CREATE CONSTRAINT TRIGGER revision_numbered AFTER INSERT OR UPDATE OF {NOTICED} ON article "
        "DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION number_in_order_of_commit()"
    )


def downgrade() -> None:
    """Number as rows are written."""
    op.execute("DROP FUNCTION leave_unnumbered CASCADE")
    op.execute("DROP FUNCTION number_in_order_of_commit CASCADE")
    op.drop_index("ix_statement_arrival", table_name="statement")
    op.drop_index("ix_article_arrival", table_name="article")
    op.drop_index("ix_article_revision", table_name="article")
    op.drop_column("article", "created_revision")

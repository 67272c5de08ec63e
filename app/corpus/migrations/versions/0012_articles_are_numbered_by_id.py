"""An article is numbered by its id alone: by the index of revisions every insert walked over all that came before it.

Each row waits for its number as revision 0, and the index keeps those entries until the next vacuum: what an article
cost grew with the corpus.
"""

from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

NUMBERED = """
CREATE OR REPLACE FUNCTION number_in_order_of_commit() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(x'71726576'::bigint);
    UPDATE article
    SET revision = nextval('revision_seq'), created_revision = coalesce(created_revision, currval('revision_seq'))
    WHERE id = NEW.id AND {unnumbered};
    RETURN NULL;
END
$$
"""


def upgrade() -> None:
    """No index knows this sum."""
    op.execute(NUMBERED.format(unnumbered="revision + 0 = 0"))


def downgrade() -> None:
    """As before."""
    op.execute(NUMBERED.format(unnumbered="revision = 0"))

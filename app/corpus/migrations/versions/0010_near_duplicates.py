"""Articles that say nearly the same, in groups; statements that repeat one of another article of the group.

Articles that are here already are alone until they are read again: their signatures are made by whoever reads them.
"""

import hashlib

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from app.arabic.words import forms

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

OWN_GROUP = """
CREATE FUNCTION found_own_group() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.near_duplicate_group := coalesce(NEW.near_duplicate_group, NEW.id);
    RETURN NEW;
END
$$
"""
MANY = 5_000


def upgrade() -> None:
    """Every article founds a group, and every statement knows its words."""
    _signatures()
    _groups()
    _statements()


def _signatures() -> None:
    numbers = postgresql.ARRAY(sa.Integer())
    op.create_table(
        "article_signature",
        sa.Column("article_id", sa.Text(), nullable=False),
        sa.Column("shingles", numbers, nullable=False),
        sa.Column("bands", numbers, nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"], ["article.id"], name="fk_article_signature_article_id_article", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("article_id", name="pk_article_signature"),
    )
    # Numbers without order: trying to compress them is time lost.
    op.execute("ALTER TABLE article_signature ALTER COLUMN shingles SET STORAGE EXTERNAL")
    op.create_index(
        "ix_article_signature_bands",
        "article_signature",
        ["bands"],
        postgresql_using="gin",
        postgresql_with={"fastupdate": "off"},
    )


def _groups() -> None:
    # No reader notices: nothing was in a group before.
    op.execute("ALTER TABLE article DISABLE TRIGGER USER")
    op.execute("UPDATE article SET near_duplicate_group = id WHERE near_duplicate_group IS NULL")
    op.execute("ALTER TABLE article ENABLE TRIGGER USER")
    op.execute(OWN_GROUP)
    op.execute(
        "CREATE TRIGGER own_group BEFORE INSERT ON article FOR EACH ROW EXECUTE FUNCTION found_own_group()",
    )
    op.alter_column("article", "near_duplicate_group", nullable=False)
    op.drop_index("ix_article_near_duplicate_group", table_name="article")
    op.create_index(
        "ix_article_group_newest",
        "article",
        ["near_duplicate_group", sa.text("published_at DESC NULLS LAST"), sa.text("id DESC")],
    )


def _statements() -> None:
    op.add_column("statement", sa.Column("content_hash", sa.String(), nullable=True))
    op.add_column("statement", sa.Column("copy_of", sa.Text(), nullable=True))
    op.create_foreign_key(
        "fk_statement_copy_of_statement",
        "statement",
        "statement",
        ["copy_of"],
        ["id"],
        ondelete="SET NULL",
        deferrable=True,
        initially="DEFERRED",
    )
    op.create_index("ix_statement_copy_of", "statement", ["copy_of"])
    op.execute("ALTER TABLE statement DISABLE TRIGGER USER")
    _hash_contents()
    op.execute("ALTER TABLE statement ENABLE TRIGGER USER")


def _hash_contents() -> None:
    connection, last = op.get_bind(), ""
    some = sa.text("SELECT id, content FROM statement WHERE id > :last ORDER BY id LIMIT :many")
    write = sa.text("UPDATE statement SET content_hash = :hash WHERE id = :id")
    while rows := connection.execute(some, {"last": last, "many": MANY}).all():
        hashes = (hashlib.sha256(" ".join(forms(row.content, "folded")).encode()).hexdigest() for row in rows)
        connection.execute(write, [{"id": row.id, "hash": hash} for row, hash in zip(rows, hashes, strict=True)])
        last = rows[-1].id


def downgrade() -> None:
    """Every article for itself again."""
    op.drop_column("statement", "copy_of")
    op.drop_column("statement", "content_hash")
    op.drop_index("ix_article_group_newest", table_name="article")
    op.execute("DROP FUNCTION found_own_group CASCADE")
    op.alter_column("article", "near_duplicate_group", nullable=True)
    op.execute("ALTER TABLE article DISABLE TRIGGER USER")
    op.execute("UPDATE article SET near_duplicate_group = NULL")
    op.execute("ALTER TABLE article ENABLE TRIGGER USER")
    op.create_index("ix_article_near_duplicate_group", "article", ["near_duplicate_group"])
    op.drop_table("article_signature")

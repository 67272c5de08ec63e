"""Texts and vectors are stored as they are, and spans are looked up in shorter pieces of the text.

Postgres compressed each text twice, each list of zones, three vectors and a line of words: a tenth of what an article
cost it, to make the database 12 % smaller. What a page was is compressed already. Texts that are stored so far stay
compressed until they are written again. The text of an article was unpacked three times to be cut into pieces.

The check of spans fetches the articles of a command one by one: by statistics of a small corpus Postgres read them all.
"""

from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

COLUMNS = {
    "capture": ("content",),
    "article": ("text", "body", "zones"),
    "article_words": ("plain", "folded", "stem", "line"),
    "statement_words": ("plain", "folded", "stem", "line"),
}
PIECES = """
CREATE OR REPLACE FUNCTION text_pieces(whole text) RETURNS text[]
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE
AS $$
DECLARE
    rest text := {rest};
    pieces text[] := '{{}}';
BEGIN
    WHILE rest <> '' LOOP
        pieces := pieces || left(rest, {size});
        rest := right(rest, -{size});
    END LOOP;
    RETURN pieces;
END
$$
"""
SLICE = """
CREATE OR REPLACE FUNCTION text_slice(pieces text[], first integer, past integer) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN substr(
    array_to_string(pieces[first / {size} + 1 : (past - 1) / {size} + 1], ''), first % {size} + 1, past - first
)
"""
CHECKS = ("refuse_misplaced_statement", "refuse_misplaced_mention")
ALL_AT_ONCE = "SELECT id, text_pieces(text) AS pieces FROM article WHERE id IN (SELECT article_id FROM changed)"
ONE_BY_ONE = """SELECT came.article_id AS id, text_pieces(a.text) AS pieces
        FROM (SELECT DISTINCT article_id FROM changed) came
        CROSS JOIN LATERAL (SELECT text FROM article WHERE id = came.article_id OFFSET 0) a"""


def upgrade() -> None:
    """Uncompressed from now on; shorter pieces, fetched from where the text is stored once."""
    _store("EXTERNAL")
    op.execute(PIECES.format(rest="whole || ''", size=1024))
    op.execute(SLICE.format(size=1024))
    _fetch(ALL_AT_ONCE, ONE_BY_ONE)


def downgrade() -> None:
    """As before."""
    _store("EXTENDED")
    op.execute(PIECES.format(rest="whole", size=4096))
    op.execute(SLICE.format(size=4096))
    _fetch(ONE_BY_ONE, ALL_AT_ONCE)


def _store(how: str) -> None:
    for table, columns in COLUMNS.items():
        for column in columns:
            op.execute(f"ALTER TABLE {table} ALTER COLUMN {column} SET STORAGE {how}")


def _fetch(before: str, now: str) -> None:
    """The rest of the checks stays as it is."""
    for name in CHECKS:
        written = op.get_bind().exec_driver_sql(f"SELECT pg_get_functiondef('{name}'::regproc)").scalar_one()
        assert before in written
        op.get_bind().exec_driver_sql(written.replace(before, now))

"""Places, the beginnings of names, and how much each speaker said as a number that triggers keep.

With the number in the row, the speakers that said most are a stretch of an index, and a suggestion while typing is
ordered by it without counting a statement.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

# What the statements of one command add to and take from each speaker; rows are locked in order of id, as writers do.
COUNT = """
CREATE FUNCTION count_{event}ed_statements() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    WITH changed AS (
        SELECT speaker_id, sum(n)::int AS n FROM ({rows}) AS one(speaker_id, n)
        WHERE speaker_id IS NOT NULL GROUP BY speaker_id HAVING sum(n) <> 0
    ), held AS (
        SELECT id, n FROM speaker JOIN changed ON id = changed.speaker_id ORDER BY id FOR NO KEY UPDATE OF speaker
    )
    UPDATE speaker SET statement_count = statement_count + held.n FROM held WHERE speaker.id = held.id;
    RETURN NULL;
END
$$
"""
CAME = "SELECT speaker_id, 1 FROM came WHERE duplicate_of IS NULL"
WENT = "SELECT speaker_id, -1 FROM went WHERE duplicate_of IS NULL"
EVENTS = {
    "insert": (CAME, "NEW TABLE AS came"),
    "delet": (WENT, "OLD TABLE AS went"),
    "updat": (f"{CAME} UNION ALL {WENT}", "OLD TABLE AS went NEW TABLE AS came"),
}
VERBS = {"insert": "INSERT", "delet": "DELETE", "updat": "UPDATE"}


def upgrade() -> None:
    """Make the tables; they are filled by `migrate` itself."""
    texts = postgresql.ARRAY(sa.Text())
    op.create_table(
        "place",
        sa.Column("pcode", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("name_ar", sa.String(), nullable=False),
        sa.Column("name_en", sa.String(), nullable=False),
        sa.Column("variants", texts, server_default="{}", nullable=False),
        sa.Column("lineage", texts, nullable=False),
        sa.Column("lon", sa.Float(), nullable=True),
        sa.Column("lat", sa.Float(), nullable=True),
        sa.Column("population", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("pcode", name=op.f("pk_place")),
    )
    _names_of("speaker", "speaker_id", "id")
    _names_of("place", "pcode", "pcode")
    _count_statements()
    _name_places(texts)
    op.drop_constraint("fk_speaker_party_id_speaker", "speaker", type_="foreignkey")
    op.create_foreign_key(
        "fk_speaker_party_id_speaker",
        "speaker",
        "speaker",
        ["party_id"],
        ["id"],
        deferrable=True,
        initially="DEFERRED",
    )
    op.create_index("ix_vocabulary_word_prefix", "vocabulary", ["word"], postgresql_ops={"word": "text_pattern_ops"})


def _names_of(table: str, column: str, key: str) -> None:
    op.create_table(
        f"{table}_name",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column(column, sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            [column], [f"{table}.{key}"], name=op.f(f"fk_{table}_name_{column}_{table}"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("key", column, name=op.f(f"pk_{table}_name")),
    )
    op.create_index(f"ix_{table}_name_key_prefix", f"{table}_name", ["key"], postgresql_ops={"key": "text_pattern_ops"})


def _count_statements() -> None:
    op.add_column("speaker", sa.Column("statement_count", sa.Integer(), server_default="0", nullable=False))
    op.execute(
        "UPDATE speaker SET statement_count = said.n FROM (SELECT speaker_id, count(*) AS n FROM statement "
        "WHERE duplicate_of IS NULL GROUP BY speaker_id) AS said WHERE said.speaker_id = speaker.id"
    )
    op.create_index("ix_speaker_most_statements", "speaker", [sa.text("statement_count DESC"), "key"])
    for event, (rows, tables) in EVENTS.items():
        op.execute(COUNT.format(event=event, rows=rows))
        op.execute(
            f"CREATE TRIGGER count_{event}ed_statements AFTER {VERBS[event]} ON statement "
            f"REFERENCING {tables} FOR EACH STATEMENT EXECUTE FUNCTION count_{event}ed_statements()"
        )


def _name_places(texts: "postgresql.ARRAY[str]") -> None:
    for table in ("article", "statement"):
        op.add_column(table, sa.Column("places", texts, server_default="{}", nullable=False))
        op.create_index(f"ix_{table}_places", table, ["places"], postgresql_using="gin")
    op.add_column("mention", sa.Column("place_id", sa.Text(), nullable=True))
    op.alter_column("mention", "speaker_id", nullable=True)
    op.create_foreign_key("fk_mention_place_id_place", "mention", "place", ["place_id"], ["pcode"])
    op.create_index("ix_mention_place_id", "mention", ["place_id"])
    op.create_check_constraint("of_one_thing", "mention", "num_nonnulls(speaker_id, place_id) = 1")
    op.drop_constraint("uq_mention_article_id_start_end_speaker_id", "mention", type_="unique")
    op.create_unique_constraint(
        "uq_mention_article_id_start_end_speaker_id_place_id",
        "mention",
        ["article_id", "start", "end", "speaker_id", "place_id"],
        postgresql_nulls_not_distinct=True,
    )


def downgrade() -> None:
    """Forget places and beginnings of names; the number is counted each time again."""
    op.drop_index("ix_vocabulary_word_prefix", table_name="vocabulary")
    op.drop_constraint("fk_speaker_party_id_speaker", "speaker", type_="foreignkey")
    op.create_foreign_key("fk_speaker_party_id_speaker", "speaker", "speaker", ["party_id"], ["id"])
    op.execute("DELETE FROM mention WHERE place_id IS NOT NULL")
    op.drop_constraint("uq_mention_article_id_start_end_speaker_id_place_id", "mention", type_="unique")
    op.drop_constraint(op.f("ck_mention_of_one_thing"), "mention", type_="check")
    op.drop_column("mention", "place_id")
    op.alter_column("mention", "speaker_id", nullable=False)
    op.create_unique_constraint(
        "uq_mention_article_id_start_end_speaker_id", "mention", ["article_id", "start", "end", "speaker_id"]
    )
    for event in EVENTS:
        op.execute(f"DROP FUNCTION count_{event}ed_statements CASCADE")
    op.drop_index("ix_speaker_most_statements", table_name="speaker")
    op.drop_column("speaker", "statement_count")
    for table in ("statement", "article"):
        op.drop_column(table, "places")
    for table in ("place_name", "speaker_name", "place"):
        op.drop_table(table)

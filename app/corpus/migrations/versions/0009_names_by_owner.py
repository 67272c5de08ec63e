"""Names by whom they belong to, so that short beginnings are looked for from the most spoken-of down; and what was
said in a deleted article counts for its speakers no more.
"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

RECOUNT = """
CREATE FUNCTION recount_speakers_of_article() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    WITH changed AS (
        SELECT speaker_id, count(*)::int * CASE WHEN NEW.deleted_at IS NULL THEN 1 ELSE -1 END AS n
        FROM statement WHERE article_id = NEW.id AND duplicate_of IS NULL AND speaker_id IS NOT NULL
        GROUP BY speaker_id
    ), held AS (
        SELECT id, n FROM speaker JOIN changed ON id = changed.speaker_id ORDER BY id FOR NO KEY UPDATE OF speaker
    )
    UPDATE speaker SET statement_count = statement_count + held.n FROM held WHERE speaker.id = held.id;
    RETURN NULL;
END
$$
"""
DELETED = """
    UPDATE speaker SET statement_count = statement_count - gone.n FROM (
        SELECT s.speaker_id, count(*) AS n FROM statement s JOIN article a ON a.id = s.article_id
        WHERE a.deleted_at IS NOT NULL AND s.duplicate_of IS NULL GROUP BY s.speaker_id) AS gone
    WHERE gone.speaker_id = speaker.id
"""


def upgrade() -> None:
    """Index and count."""
    op.create_index(
        "ix_speaker_name_owner", "speaker_name", ["speaker_id", "key"], postgresql_ops={"key": "text_pattern_ops"}
    )
    op.create_index("ix_place_name_owner", "place_name", ["pcode", "key"], postgresql_ops={"key": "text_pattern_ops"})
    op.create_index("ix_place_largest", "place", [sa.text("population DESC"), "pcode"])
    op.execute(DELETED)
    op.execute(RECOUNT)
    op.execute(
        "CREATE TRIGGER recount_speakers AFTER UPDATE OF deleted_at ON article FOR EACH ROW "
        "WHEN ((OLD.deleted_at IS NULL) <> (NEW.deleted_at IS NULL)) EXECUTE FUNCTION recount_speakers_of_article()"
    )


def downgrade() -> None:
    """Look for every beginning from its names on."""
    op.execute("DROP FUNCTION recount_speakers_of_article CASCADE")
    op.drop_index("ix_place_largest", table_name="place")
    op.drop_index("ix_place_name_owner", table_name="place_name")
    op.drop_index("ix_speaker_name_owner", table_name="speaker_name")

"""Spans are checked in one look at all rows of a command; only what fails is looked at part by part, to be named.

A function for each statement, which Postgres began anew each time, was more than a tenth of what an article cost it.
"""

from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

# As `misplaced_part` has it, but as one expression that Postgres can take into the question. Most statements have one
# segment, the content itself.
FITS = """
    span_slices(pieces, s.content, s.content_start, s.content_end)
    AND span_slices(pieces, s.cue, s.cue_start, s.cue_end)
    AND span_slices(pieces, s.speaker_text, s.speaker_start, s.speaker_end)
    AND span_slices(pieces, s.role, s.role_start, s.role_end)
    AND span_slices(pieces, s.addressee, s.addressee_start, s.addressee_end)
    AND span_slices(pieces, s.said_on, s.said_on_start, s.said_on_end)
    AND CASE
        WHEN num_nulls(s.channel_start, s.channel_end) = 2 THEN true
        WHEN num_nulls(s.channel_start, s.channel_end) = 1 OR s.channel_start < 0 OR s.channel_end <= s.channel_start
            THEN false
        ELSE char_length(text_slice(pieces, s.channel_start, s.channel_end)) = s.channel_end - s.channel_start END
    AND (
        s.segments = '[]' OR jsonb_array_length(s.segments) = 1
        AND s.segments @> jsonb_build_array(
            jsonb_build_object('text', s.content, 'start', s.content_start, 'end', s.content_end))
        OR NOT EXISTS (
            SELECT FROM jsonb_to_recordset(s.segments) AS segment(text text, start int, "end" int)
            WHERE NOT span_slices(pieces, segment.text, segment.start, segment."end"))
    )
"""
BEFORE = """
CREATE OR REPLACE FUNCTION refuse_misplaced_statement() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    wrong record;
BEGIN
    {quick}
    WITH whole AS MATERIALIZED (
        SELECT id, text_pieces(text) AS pieces FROM article WHERE id IN (SELECT article_id FROM changed)
    ), said AS MATERIALIZED (
        SELECT id, article_id, s AS statement FROM statement s WHERE id IN (SELECT id FROM changed)
    )
    SELECT 'statement' AS kind, said.id, article_id, misplaced_part(pieces, statement) AS part
    FROM said JOIN whole ON whole.id = article_id
    WHERE misplaced_part(pieces, statement) IS NOT NULL LIMIT 1 INTO wrong;
    IF FOUND THEN
        RAISE EXCEPTION 'the % of % % does not stand in article % where it says',
            wrong.part, wrong.kind, wrong.id, wrong.article_id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'spans_slice_back', TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NULL;
END
$$
"""
QUICK = f"""
    WITH whole AS MATERIALIZED (
        SELECT id, text_pieces(text) AS pieces FROM article WHERE id IN (SELECT article_id FROM changed)
    )
    SELECT FROM changed s JOIN whole ON whole.id = s.article_id WHERE ({FITS}) IS NOT TRUE LIMIT 1 INTO wrong;
    IF NOT FOUND THEN
        RETURN NULL;
    END IF;
"""


def upgrade() -> None:
    """Look at all, then at what failed."""
    op.execute(BEFORE.format(quick=QUICK))


def downgrade() -> None:
    """Part by part from the first."""
    op.execute(BEFORE.format(quick=""))

"""Postgres refuses words that do not stand in the article where they say.

Statements and mentions are checked when they are written, all rows of one command at once. A new text of an
article is checked at commit, so that its statements can be moved after it in the same transaction.
"""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

# `substr` counts characters, which in a UTF-8 database are code points.
SLICES = """
CREATE FUNCTION span_slices(whole text, stored text, first integer, past integer) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE
    WHEN num_nulls(stored, first, past) = 3 THEN true
    WHEN num_nulls(stored, first, past) > 0 OR first < 0 OR past <= first THEN false
    ELSE substr(whole, first + 1, past - first) = stored
END
"""

# A channel has no words of its own: its name may be carried on from elsewhere, so only its bounds are checked.
MISPLACED = """
CREATE FUNCTION misplaced_part(whole text, s statement) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$
    SELECT part FROM (
        VALUES ('content', span_slices(whole, s.content, s.content_start, s.content_end)),
               ('cue', span_slices(whole, s.cue, s.cue_start, s.cue_end)),
               ('speaker', span_slices(whole, s.speaker_text, s.speaker_start, s.speaker_end)),
               ('role', span_slices(whole, s.role, s.role_start, s.role_end)),
               ('addressee', span_slices(whole, s.addressee, s.addressee_start, s.addressee_end)),
               ('date', span_slices(whole, s.said_on, s.said_on_start, s.said_on_end)),
               ('channel', CASE num_nulls(s.channel_start, s.channel_end)
                           WHEN 2 THEN true
                           WHEN 1 THEN false
                           ELSE s.channel_start >= 0 AND s.channel_end > s.channel_start
                                AND s.channel_end <= char_length(whole) END)
        UNION ALL
        SELECT 'segment', span_slices(whole, text, start, "end")
        FROM jsonb_to_recordset(s.segments) AS segment(text text, start int, "end" int)
    ) AS span(part, fits)
    WHERE NOT fits
    LIMIT 1
$$
"""

# `text || ''` fetches and decompresses a long text once a row instead of once a span.
REFUSE = """
CREATE FUNCTION refuse_misplaced_{table}() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    wrong record;
BEGIN
    SELECT * FROM ({question}) AS answer LIMIT 1 INTO wrong;
    IF FOUND THEN
        RAISE EXCEPTION 'the % of % % does not stand in article % where it says',
            wrong.part, wrong.kind, wrong.id, wrong.article_id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'spans_slice_back', TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NULL;
END
$$
"""
STATEMENTS = """
    SELECT 'statement' AS kind, s.id, s.article_id, misplaced_part(a.text || '', s) AS part
    FROM statement s JOIN article a ON a.id = s.article_id
    WHERE {which} AND misplaced_part(a.text || '', s) IS NOT NULL
"""
MENTIONS = """
    SELECT 'mention' AS kind, m.id::text, m.article_id, 'name' AS part
    FROM {mentions} m JOIN article a ON a.id = m.article_id
    WHERE {which} AND NOT span_slices(a.text, m.text, m.start, m."end")
"""
QUESTIONS = {
    "statement": STATEMENTS.format(which="s.id IN (SELECT id FROM changed)"),
    "mention": MENTIONS.format(mentions="changed", which="true"),
    "article": STATEMENTS.format(which="s.article_id = NEW.id")
    + "UNION ALL"
    + MENTIONS.format(mentions="mention", which="m.article_id = NEW.id"),
}


def upgrade() -> None:
    """Make the checks and put them on."""
    op.execute(SLICES)
    op.execute(MISPLACED)
    for table, question in QUESTIONS.items():
        op.execute(REFUSE.format(table=table, question=question))
    for table in ("statement", "mention"):
        for event in ("INSERT", "UPDATE"):
            op.execute(
                f"CREATE TRIGGER spans_slice_back_{event.lower()} AFTER {event} ON {table} "
                f"REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION refuse_misplaced_{table}()"
            )
    op.execute(
        "CREATE CONSTRAINT TRIGGER spans_slice_back AFTER UPDATE OF text ON article DEFERRABLE INITIALLY DEFERRED "
        "FOR EACH ROW WHEN (OLD.text IS DISTINCT FROM NEW.text) EXECUTE FUNCTION refuse_misplaced_article()"
    )


def downgrade() -> None:
    """Take the checks off."""
    for table in QUESTIONS:
        op.execute(f"DROP FUNCTION refuse_misplaced_{table}() CASCADE")
    op.execute("DROP FUNCTION misplaced_part(text, statement)")
    op.execute("DROP FUNCTION span_slices(text, text, integer, integer)")

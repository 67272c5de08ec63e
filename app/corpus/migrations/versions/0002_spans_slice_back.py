"""Postgres refuses words that do not stand in the article where they say.

Statements and mentions are checked when they are written, all rows of one command at once. A new text of an
article is checked at commit, so that its statements can be moved after it in the same transaction.
"""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

# Finding the n-th character of a UTF-8 text means walking there. A text is therefore cut into pieces once a
# command, and a span looked up in its piece: without that, a long page with many statements takes minutes.
# `left` and `right` walk only as far as they cut; `substr` would count the whole text each time.
PIECES = """
CREATE FUNCTION text_pieces(whole text) RETURNS text[]
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE
AS $$
DECLARE
    pieces text[] := '{}';
BEGIN
    WHILE whole <> '' LOOP
        pieces := pieces || left(whole, 4096);
        whole := right(whole, -4096);
    END LOOP;
    RETURN pieces;
END
$$
"""

SLICE = """
CREATE FUNCTION text_slice(pieces text[], first integer, past integer) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN substr(
    array_to_string(pieces[first / 4096 + 1 : (past - 1) / 4096 + 1], ''), first % 4096 + 1, past - first
)
"""

SLICES = """
CREATE FUNCTION span_slices(pieces text[], stored text, first integer, past integer) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE
    WHEN num_nulls(stored, first, past) = 3 THEN true
    WHEN num_nulls(stored, first, past) > 0 OR first < 0 OR past <= first THEN false
    ELSE text_slice(pieces, first, past) = stored
END
"""

# A channel has no words of its own: its name may be carried on from elsewhere, so only its bounds are checked.
MISPLACED = """
CREATE FUNCTION misplaced_part(pieces text[], s statement) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$
    SELECT part FROM (
        VALUES ('content', span_slices(pieces, s.content, s.content_start, s.content_end)),
               ('cue', span_slices(pieces, s.cue, s.cue_start, s.cue_end)),
               ('speaker', span_slices(pieces, s.speaker_text, s.speaker_start, s.speaker_end)),
               ('role', span_slices(pieces, s.role, s.role_start, s.role_end)),
               ('addressee', span_slices(pieces, s.addressee, s.addressee_start, s.addressee_end)),
               ('date', span_slices(pieces, s.said_on, s.said_on_start, s.said_on_end)),
               ('channel', CASE
                    WHEN num_nulls(s.channel_start, s.channel_end) = 2 THEN true
                    WHEN num_nulls(s.channel_start, s.channel_end) = 1 OR s.channel_start < 0
                         OR s.channel_end <= s.channel_start THEN false
                    ELSE char_length(text_slice(pieces, s.channel_start, s.channel_end))
                         = s.channel_end - s.channel_start END)
        UNION ALL
        SELECT 'segment', span_slices(pieces, text, start, "end")
        FROM jsonb_to_recordset(s.segments) AS segment(text text, start int, "end" int)
    ) AS span(part, fits)
    WHERE NOT fits
    LIMIT 1
$$
"""

# Materialised, so that the planner cannot cut a text, or look at a row, more often than needed.
REFUSE = """
CREATE FUNCTION refuse_misplaced_{table}() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    wrong record;
BEGIN
    WITH whole AS MATERIALIZED (
        SELECT id, text_pieces(text) AS pieces FROM article WHERE id {articles}
    ), said AS MATERIALIZED (
        SELECT id, article_id, s AS statement FROM statement s WHERE {statements}
    ), named AS MATERIALIZED (
        SELECT id::text, article_id, start, "end", text FROM {mentions}
    )
    SELECT * FROM (
        SELECT 'statement' AS kind, said.id, article_id, misplaced_part(pieces, statement) AS part
        FROM said JOIN whole ON whole.id = article_id
        UNION ALL
        SELECT 'mention', named.id, article_id, CASE WHEN NOT span_slices(pieces, text, start, "end") THEN 'name' END
        FROM named JOIN whole ON whole.id = article_id
    ) AS looked_at
    WHERE part IS NOT NULL LIMIT 1 INTO wrong;
    IF FOUND THEN
        RAISE EXCEPTION 'the % of % % does not stand in article % where it says',
            wrong.part, wrong.kind, wrong.id, wrong.article_id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'spans_slice_back', TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NULL;
END
$$
"""
# Of each table, which texts, statements and mentions a change of it concerns.
CONCERNED = {
    "statement": {
        "articles": "IN (SELECT article_id FROM changed)",
        "statements": "id IN (SELECT id FROM changed)",
        "mentions": "mention WHERE false",
    },
    "mention": {
        "articles": "IN (SELECT article_id FROM changed)",
        "statements": "false",
        "mentions": "changed",
    },
    "article": {
        "articles": "= NEW.id",
        "statements": "article_id = NEW.id",
        "mentions": "mention WHERE article_id = NEW.id",
    },
}
FUNCTIONS = (PIECES, SLICE, SLICES, MISPLACED)
SIGNATURES = (
    "misplaced_part(text[], statement)",
    "span_slices(text[], text, integer, integer)",
    "text_slice(text[], integer, integer)",
    "text_pieces(text)",
)


def upgrade() -> None:
    """Make the checks and put them on."""
    for function in FUNCTIONS:
        op.execute(function)
    for table, concerned in CONCERNED.items():
        op.execute(REFUSE.format(table=table, **concerned))
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
    for table in CONCERNED:
        op.execute(f"DROP FUNCTION refuse_misplaced_{table}() CASCADE")
    for signature in SIGNATURES:
        op.execute(f"DROP FUNCTION {signature}")

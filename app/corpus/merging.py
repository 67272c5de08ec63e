"""Two speakers become one: what the first said and was named is the second's, now and in all that is still to come.

The first keeps its row, by which its names and addresses lead to the second; `app.corpus.writing` gives what is read
later under one of its names to the second.
"""

import msgspec

from app.corpus.questions import Connection
from app.corpus.writing import MERGING
from app.errors import InvalidValue, NotFound

_SPEAKERS = "SELECT id, name, merged_into FROM speaker WHERE id = ANY($1::text[])"
# A deleted article stays as it was: its statements count for nobody.
_ARTICLES = """
    UPDATE article SET updated_at = now() WHERE deleted_at IS NULL AND id IN (
        SELECT article_id FROM statement WHERE speaker_id = $1 OR utterer_id = $1
        UNION SELECT article_id FROM mention WHERE speaker_id = $1)
    RETURNING id
"""
_STATEMENTS = """
    WITH moved AS (
        UPDATE statement SET speaker_id = CASE speaker_id WHEN $1 THEN $2 ELSE speaker_id END,
            utterer_id = CASE utterer_id WHEN $1 THEN $2 ELSE utterer_id END, updated_at = now()
        WHERE article_id = ANY($3::text[]) AND (speaker_id = $1 OR utterer_id = $1) RETURNING 1)
    SELECT count(*) FROM moved
"""
_MENTIONS = """
    UPDATE mention m SET speaker_id = $2 WHERE m.speaker_id = $1 AND m.article_id = ANY($3::text[])
    AND NOT EXISTS (SELECT FROM mention o WHERE o.speaker_id = $2 AND o.article_id = m.article_id
        AND o.start = m.start AND o."end" = m."end")
"""
_MENTIONED_TWICE = "DELETE FROM mention WHERE speaker_id = $1 AND article_id = ANY($2::text[])"
# Whoever belonged to the first belongs to the second, which never belongs to itself.
_PARTIES = "UPDATE speaker SET party_id = nullif($2, id) WHERE party_id = $1"
_MERGED = "UPDATE speaker SET merged_into = $2 WHERE id = $1 OR merged_into = $1"
_NAMES = """
    UPDATE speaker s SET
        aliases = ARRAY(SELECT DISTINCT one FROM unnest(s.aliases || o.aliases || o.name) AS one
            WHERE one <> s.name ORDER BY one),
        romanised = ARRAY(SELECT DISTINCT one FROM unnest(s.romanised || o.romanised) AS one ORDER BY one)
    FROM speaker o WHERE o.id = $1 AND s.id = $2
"""
_BEGINNINGS = """
    INSERT INTO speaker_name (key, name, rank, speaker_id) SELECT key, name, rank, $2 FROM speaker_name
    WHERE speaker_id = $1 ON CONFLICT DO NOTHING
"""
_LESSONS = """
    INSERT INTO outbox (entity, entity_id, operation)
    SELECT 'article', id, 'upsert' FROM unnest($2::text[]) AS id UNION ALL SELECT 'speaker', $1, 'upsert'
"""


class Merge(msgspec.Struct, frozen=True):
    """What was merged: the two names, and how much of the first is the second's now."""

    name: str
    into: str
    statements: int
    articles: int


async def merge_speakers(connection: Connection, id: str, into: str) -> Merge:
    """Make the speaker `id` one with `into`, in one transaction; waits for whoever brings pages in.

    Raises NotFound for an id that is none, InvalidValue for a speaker and itself, or one that was merged before.
    """
    async with connection.transaction():
        await connection.execute(f"SELECT pg_advisory_xact_lock({MERGING})")
        name, into_name = await _checked(connection, id, into)
        articles = [row["id"] for row in await connection.fetch(_ARTICLES, id)]
        statements = await connection.fetchval(_STATEMENTS, id, into, articles)
        await connection.execute(_MENTIONS, id, into, articles)
        await connection.execute(_MENTIONED_TWICE, id, articles)
        for change in (_PARTIES, _MERGED, _NAMES, _BEGINNINGS):
            await connection.execute(change, id, into)
        await connection.execute(_LESSONS, into, articles)
    return Merge(name, into_name, statements, len(articles))


async def _checked(connection: Connection, id: str, into: str) -> tuple[str, str]:
    """The names of the two."""
    if id == into:
        raise InvalidValue("expected two speakers, got the same one twice")
    found = {row["id"]: row for row in await connection.fetch(_SPEAKERS, [id, into])}
    for one in (id, into):
        if one not in found:
            raise NotFound(f"there is no speaker with the id {one!r}")
        if merged := found[one]["merged_into"]:
            raise InvalidValue(f"the speaker {one} was merged into {merged} before")
    return found[id]["name"], found[into]["name"]

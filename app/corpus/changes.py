"""What is new, changed or deleted since a revision: every article once, at the revision it has now.

Revisions grow in the order in which changes become visible (triggers see to it), so that whoever has read up to one
has missed nothing before it, however many were writing.
"""

import asyncpg

from app.corpus.articles import ROW, TABLES
from app.corpus.questions import Connection, json_object, utc, when

_CHANGE = """CASE WHEN a.deleted_at IS NOT NULL THEN 'deleted'
    WHEN a.revision = a.created_revision THEN 'created' ELSE 'updated' END"""
_STATEMENTS = "SELECT s.id FROM statement s WHERE s.article_id = a.id AND a.deleted_at IS NULL ORDER BY s.ordinal"
_ITEM = json_object(
    f"""a.revision, {_CHANGE} AS change, {utc("coalesce(a.deleted_at, a.updated_at)")} AS changed_at,
    a.id AS article_id, {when("a.deleted_at IS NULL", ROW)} AS article, ARRAY({_STATEMENTS}) AS statement_ids"""
)
_SINCE = f"""
    SELECT a.revision, {_ITEM}::text AS json FROM {TABLES} WHERE a.revision > $1 ORDER BY a.revision LIMIT $2"""


async def list_changes(connection: Connection, *, since: int, limit: int) -> list[asyncpg.Record]:
    """Rows of (revision, json), the oldest change first."""
    return list(await connection.fetch(_SINCE, since, limit))


async def newest_revision(connection: Connection) -> int:
    """The revision of the last change; 0 for an empty corpus."""
    found: int = await connection.fetchval("SELECT coalesce(max(revision), 0) FROM article")
    return found

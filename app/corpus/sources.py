"""Reading outlets: the questions to Postgres about sources."""

import asyncpg

from app.corpus.questions import Connection, when

# An outlet wherever something else names it.
SOURCE_BRIEF = when(
    "o.id IS NOT NULL", "json_build_object('id', o.id, 'name', coalesce(o.name_ar, o.name_en, o.domain, o.id))"
)

_LIST = """
    SELECT o.id, json_build_object(
        'id', o.id, 'name', coalesce(o.name_ar, o.name_en, o.domain, o.id), 'name_ar', o.name_ar,
        'name_en', o.name_en, 'domain', o.domain, 'country', o.country, 'kind', o.kind,
        'article_count', (SELECT count(*) FROM article a WHERE a.source_id = o.id AND a.deleted_at IS NULL)
    )::text AS json
    FROM source o WHERE o.id > $1 ORDER BY o.id LIMIT $2
"""


async def list_sources(connection: Connection, *, after: str | None, limit: int) -> list[asyncpg.Record]:
    """Rows of (id, json), by id."""
    return list(await connection.fetch(_LIST, after or "", limit))


async def count_sources(connection: Connection) -> int:
    """How many outlets there are."""
    found: int = await connection.fetchval("SELECT count(*) FROM source")
    return found

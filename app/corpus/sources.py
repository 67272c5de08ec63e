"""Reading outlets: the questions to Postgres about sources."""

import re

import asyncpg

from app.corpus.questions import Connection, json_object, when
from app.errors import InvalidValue

_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,99}")

# An outlet wherever something else names it.
_BRIEF = "o.id, coalesce(o.name_ar, o.name_en, o.domain, o.id) AS name"
SOURCE_BRIEF = when("o.id IS NOT NULL", json_object(_BRIEF))

_ROW = f"""
    {_BRIEF}, o.name_ar, o.name_en, o.domain, o.country, o.kind,
    (SELECT count(*) FROM article a WHERE a.source_id = o.id AND a.deleted_at IS NULL) AS article_count"""
_LIST = f"SELECT o.id, {json_object(_ROW)}::text AS json FROM source o WHERE o.id > $1 ORDER BY o.id LIMIT $2"


async def list_sources(connection: Connection, *, after: str | None, limit: int) -> list[asyncpg.Record]:
    """Rows of (id, json), by id."""
    return list(await connection.fetch(_LIST, after or "", limit))


async def count_sources(connection: Connection) -> int:
    """How many outlets there are."""
    found: int = await connection.fetchval("SELECT count(*) FROM source")
    return found


def checked_source(name: str | None) -> str | None:
    """The id of an outlet that somebody names. Raises InvalidValue for what cannot be one."""
    if name is not None and not _NAME.fullmatch(name):
        raise InvalidValue(f"a source is named by small letters, digits, '.', '_' and '-', not {name!r}")
    return name

"""Reading articles: the questions to Postgres about them. The JSON of an answer is built there, not here."""

# ruff: noqa: S608 - only our own words are put together; every value is a numbered parameter

from collections.abc import Sequence

import asyncpg

from app.corpus.filters import ArticleFilter
from app.corpus.questions import Conditions, Connection, Place, count, newest_first, utc, when
from app.corpus.sources import SOURCE_BRIEF
from app.corpus.speakers import speaker_ids

_TABLES = "article a LEFT JOIN source o ON o.id = a.source_id"

_ROW = f"""
    'id', a.id, 'source', {SOURCE_BRIEF}, 'url', a.url, 'canonical_url', a.canonical_url, 'title', a.title,
    'author', a.author, 'published_at', {utc("a.published_at")}, 'published_precision', a.published_precision,
    'time_printed', a.time_printed, 'views', a.views, 'caption', a.caption, 'language', a.language,
    'word_count', a.word_count,
    'statement_count', (SELECT count(*) FROM statement s WHERE s.article_id = a.id AND s.duplicate_of IS NULL),
    'near_duplicate_group', a.near_duplicate_group, 'created_at', {utc("a.created_at")},
    'updated_at', {utc("a.updated_at")}, 'revision', a.revision"""

_DETAIL = """
    'published_evidence', to_json(a.published_evidence), 'text', a.text, 'zones', a.zones, 'body', a.body,
    'near_duplicates', (SELECT coalesce(json_agg(n.id ORDER BY n.id), '[]') FROM article n
        WHERE n.near_duplicate_group = a.near_duplicate_group AND n.id <> a.id AND n.deleted_at IS NULL),
    'reader_version', a.reader_version, 'extractor_version', a.extractor_version,
    'links', json_build_object(
        'self', '/v1/articles/' || a.id, 'statements', '/v1/articles/' || a.id || '/statements')"""

_COLUMNS = f"a.published_at, a.id, json_build_object({_ROW})::text AS json"
_ROWS = f"SELECT {_COLUMNS} FROM {_TABLES}"
_HITS = f"SELECT {_COLUMNS}, a.title, a.caption, a.text, a.zones FROM {_TABLES}"
_ONE = f"""
    SELECT a.deleted_at, {when("a.deleted_at IS NULL", f"json_build_object({_ROW}, {_DETAIL})::text")} AS json
    FROM {_TABLES} WHERE a.id = $1"""


async def _matching(connection: Connection, wanted: ArticleFilter) -> Conditions:
    where = Conditions("a.deleted_at IS NULL")
    where.published("a", wanted)
    if wanted.speaker:
        speakers = where.value(await speaker_ids(connection, wanted.speaker))
        where.add(f"a.id IN (SELECT said.article_id FROM statement said WHERE said.speaker_id = ANY({speakers}))")
    return where


async def list_articles(
    connection: Connection, wanted: ArticleFilter, *, after: Place | None, limit: int
) -> list[asyncpg.Record]:
    """Rows of (published_at, id, json), newest first, undated ones last."""
    return await newest_first(
        connection, _ROWS, await _matching(connection, wanted), table="a", after=after, limit=limit
    )


async def count_articles(connection: Connection, wanted: ArticleFilter) -> int:
    """How many articles match; `COUNTED_UP_TO + 1` for that many or more."""
    return await count(connection, "article a", await _matching(connection, wanted))


async def get_article(connection: Connection, article_id: str) -> asyncpg.Record | None:
    """(deleted_at, json) of one article, whole; json is None for a deleted one."""
    return await connection.fetchrow(_ONE, article_id)


async def is_deleted(connection: Connection, article_id: str) -> bool | None:
    """Whether this article was deleted; None when there never was one."""
    found: bool | None = await connection.fetchval(
        "SELECT deleted_at IS NOT NULL FROM article WHERE id = $1", article_id
    )
    return found


async def article_hits(connection: Connection, ids: Sequence[str]) -> dict[str, asyncpg.Record]:
    """(id, json, title, caption, text, zones) of those of these articles that exist: the rows, and what is marked."""
    rows = await connection.fetch(f"{_HITS} WHERE a.id = ANY($1) AND a.deleted_at IS NULL", list(ids))
    return {row["id"]: row for row in rows}

"""Reading articles: the questions to Postgres about them. The JSON of an answer is built there, not here."""

from collections.abc import Sequence

import asyncpg

from app.corpus.filters import ArticleFilter
from app.corpus.places import wanted_codes
from app.corpus.questions import Conditions, Connection, Place, count, json_object, newest_first, utc, when
from app.corpus.similarity import containment
from app.corpus.sources import SOURCE_BRIEF
from app.corpus.speakers import speaker_ids

TABLES = "article a LEFT JOIN source o ON o.id = a.source_id"

_OTHERS = """(SELECT count(*) FROM article n
        WHERE n.near_duplicate_group = a.near_duplicate_group AND n.id <> a.id AND n.deleted_at IS NULL)"""
_ROW = f"""
    a.id, {SOURCE_BRIEF} AS source, a.url, a.canonical_url, a.title, a.author,
    {utc("a.published_at")} AS published_at, a.published_precision, a.time_printed, a.views, a.caption, a.language,
    a.word_count,
    (SELECT count(*) FROM statement s WHERE s.article_id = a.id AND s.duplicate_of IS NULL) AS statement_count,
    a.near_duplicate_group, {_OTHERS} AS near_duplicate_count,
    {utc("a.created_at")} AS created_at, {utc("a.updated_at")} AS updated_at, a.revision"""

_LINKS = """'/v1/articles/' || a.id AS self, '/v1/articles/' || a.id || '/statements' AS statements,
    '/v1/articles/' || a.id || '/similar' AS similar"""
_DETAIL = f"""
    ARRAY(SELECT n.id FROM article n WHERE n.near_duplicate_group = a.near_duplicate_group AND n.id <> a.id
        AND n.deleted_at IS NULL ORDER BY n.id) AS near_duplicates,
    ARRAY(SELECT DISTINCT i.url FROM import_item i WHERE i.article_id = a.id AND i.verdict = 'duplicate'
        AND i.url IS NOT NULL ORDER BY i.url) AS also_at,
    a.reader_version, a.extractor_version, {json_object(_LINKS)} AS links"""
_TEXTS = "a.text, a.zones, a.body"
_NO_TEXTS = "NULL::text AS text, a.zones, NULL::text AS body"


def _whole(texts: str) -> str:
    return json_object(f"{_ROW}, a.published_evidence, {texts}, {_DETAIL}")


# An article's answer names the others of its group and where else its words stood: it changes with them.
_CHANGED = """greatest(
    (SELECT max(greatest(n.updated_at, n.deleted_at)) FROM article n
        WHERE n.near_duplicate_group = a.near_duplicate_group),
    (SELECT max(i.created_at) FROM import_item i WHERE i.article_id = a.id AND i.verdict = 'duplicate'))"""


def _one(texts: str) -> str:
    json = when("a.deleted_at IS NULL", _whole(texts))
    return f"SELECT a.deleted_at, {_CHANGED} AS updated_at, {json}::text AS json FROM {TABLES} WHERE a.id = $1"


ROW = json_object(_ROW)
_COLUMNS = f"a.published_at, a.id, {ROW}::text AS json"
ROWS = f"SELECT {_COLUMNS} FROM {TABLES}"
WHOLE_ROWS = f"SELECT a.published_at, a.id, {_whole(_TEXTS)}::text AS json FROM {TABLES}"
_HITS = f"SELECT {_COLUMNS}, a.title, a.caption, a.text, a.zones FROM {TABLES}"
_ONE, _ONE_CLOSED = _one(_TEXTS), _one(_NO_TEXTS)
_RESEMBLANCE = json_object(f"{containment('mine', 'theirs')} AS containment, {ROW} AS article")
_SIMILAR = f"""
    SELECT a.published_at, a.id, {_RESEMBLANCE}::text AS json
    FROM {TABLES}
    JOIN article_signature theirs ON theirs.article_id = a.id JOIN article_signature mine ON mine.article_id = $1"""
_CAPTURE = """
    SELECT a.deleted_at, c.content, c.media_type, coalesce(c.detected_charset, c.declared_charset) AS charset,
        c.received_at
    FROM article a JOIN capture c ON c.id = a.capture_id WHERE a.id = $1"""


async def matching(connection: Connection, wanted: ArticleFilter) -> Conditions:
    """The conditions that these filters mean, on `article a`; names of speakers are looked up."""
    where = Conditions("a.deleted_at IS NULL")
    where.published("a", wanted)
    if wanted.speaker:
        speakers = where.value(await speaker_ids(connection, wanted.speaker))
        where.add(f"a.id IN (SELECT said.article_id FROM statement said WHERE said.speaker_id = ANY({speakers}))")
    if wanted.party:
        parties = where.value(await speaker_ids(connection, wanted.party))
        where.add(
            "a.id IN (SELECT said.article_id FROM statement said JOIN speaker p ON p.id = said.speaker_id "
            f"WHERE p.party_id = ANY({parties}))"
        )
    where.places("a.places", await wanted_codes(connection, wanted.place, wanted.governorate))
    return where


async def list_articles(
    connection: Connection, wanted: ArticleFilter, *, after: Place | None, limit: int
) -> list[asyncpg.Record]:
    """Rows of (published_at, id, json), newest first, undated ones last."""
    return await newest_first(connection, ROWS, await matching(connection, wanted), table="a", after=after, limit=limit)


async def count_articles(connection: Connection, wanted: ArticleFilter) -> int:
    """How many articles match; `COUNTED_UP_TO + 1` for that many or more."""
    return await count(connection, "article a", await matching(connection, wanted))


async def get_article(connection: Connection, article_id: str, *, texts: bool = True) -> asyncpg.Record | None:
    """(deleted_at, updated_at, json) of one article, whole or without its texts; json is None for a deleted one."""
    return await connection.fetchrow(_ONE if texts else _ONE_CLOSED, article_id)


def _similar_to(article_id: str) -> Conditions:
    where = Conditions("a.deleted_at IS NULL")
    of = where.value(article_id)
    where.add(f"a.id <> {of}")
    where.add(f"a.near_duplicate_group = (SELECT one.near_duplicate_group FROM article one WHERE one.id = {of})")
    return where


async def list_similar(
    connection: Connection, article_id: str, *, after: Place | None, limit: int
) -> list[asyncpg.Record]:
    """Rows of (published_at, id, json) of the others of an article's group, newest first, undated ones last."""
    return await newest_first(connection, _SIMILAR, _similar_to(article_id), table="a", after=after, limit=limit)


async def count_similar(connection: Connection, article_id: str) -> int:
    """How many others the article's group has."""
    return await count(connection, "article a", _similar_to(article_id))


async def get_capture(connection: Connection, article_id: str) -> asyncpg.Record | None:
    """(deleted_at, content, media_type, charset, received_at) of an article's page, zstd-compressed."""
    return await connection.fetchrow(_CAPTURE, article_id)


async def get_text(connection: Connection, article_id: str) -> asyncpg.Record | None:
    """(deleted_at, updated_at, language, text) of one article."""
    return await connection.fetchrow(
        "SELECT deleted_at, updated_at, language, text FROM article WHERE id = $1", article_id
    )


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

"""Reading statements: the questions to Postgres about them. The JSON of an answer is built there, not here."""

# ruff: noqa: S608 - only our own words are put together; every value is a numbered parameter

from collections.abc import Sequence

import asyncpg

from app.corpus.filters import StatementFilter
from app.corpus.questions import Conditions, Connection, Place, count, newest_first, span, utc, when
from app.corpus.sources import SOURCE_BRIEF
from app.corpus.speakers import speaker_ids

_TABLES = """statement s JOIN article a ON a.id = s.article_id LEFT JOIN source o ON o.id = a.source_id
    LEFT JOIN speaker p ON p.id = s.speaker_id LEFT JOIN speaker u ON u.id = s.utterer_id"""

_SPEAKER = when(
    "s.speaker_resolution IS NOT NULL",
    f"""json_build_object('id', p.id, 'name', p.name, 'kind', p.kind, 'mention', {span("s", "speaker", "speaker_text")},
        'resolution', s.speaker_resolution, 'reason', s.speaker_reason)""",
)
_CUE = when(
    "s.cue_start IS NOT NULL",
    """json_build_object(
        'start', s.cue_start, 'end', s.cue_end, 'text', s.cue, 'lemma', s.cue_lemma, 'stance', s.stance)""",
)
_CHANNEL = when(
    "s.channel_kind IS NOT NULL",
    """json_build_object(
        'kind', s.channel_kind, 'name', s.channel_name, 'start', s.channel_start, 'end', s.channel_end)""",
)
_UTTERER = when("u.id IS NOT NULL", "json_build_object('id', u.id, 'name', u.name, 'kind', u.kind)")

_ROW = f"""json_build_object(
    'id', s.id,
    'article', json_build_object('id', a.id, 'title', a.title, 'url', a.url, 'source', {SOURCE_BRIEF},
        'published_at', {utc("a.published_at")}, 'published_precision', a.published_precision),
    'ordinal', s.ordinal, 'zone', s.zone, 'kind', s.kind,
    'content', json_build_object('start', s.content_start, 'end', s.content_end, 'text', s.content),
    'segments', s.segments, 'cue', {_CUE}, 'polarity', s.polarity, 'speaker', {_SPEAKER}, 'utterer', {_UTTERER},
    'role', {span("s", "role")}, 'affiliation', s.affiliation, 'addressee', {span("s", "addressee")},
    'channel', {_CHANNEL}, 'said_on', {span("s", "said_on")}, 'duplicate_of', s.duplicate_of,
    'duplicates', (SELECT coalesce(json_agg(d.id ORDER BY d.ordinal), '[]')
        FROM statement d WHERE d.duplicate_of = s.id),
    'nested_in', s.nested_in, 'confidence', s.confidence, 'rule', s.rule, 'reasons', to_json(s.reasons),
    'extractor_version', s.extractor_version, 'review_state', s.review_state)"""

_COLUMNS = f"s.published_at, s.id, s.ordinal, {_ROW}::text AS json"
_ROWS = f"SELECT {_COLUMNS} FROM {_TABLES}"
_HITS = f"SELECT {_COLUMNS}, s.content, p.name AS speaker, s.role FROM {_TABLES}"


async def _matching(connection: Connection, wanted: StatementFilter) -> Conditions:
    where = Conditions("a.deleted_at IS NULL")
    where.published("s", wanted)
    if wanted.speaker:
        where.one_of("s.speaker_id", await speaker_ids(connection, wanted.speaker))
    named = (
        ("s.kind", wanted.kind),
        ("s.zone", wanted.zone),
        ("s.stance", wanted.stance),
        ("s.channel_kind", wanted.channel),
    )
    for column, values in named:
        if values:
            where.one_of(column, values)
    if wanted.polarity:
        where.add(f"s.polarity = {where.value(wanted.polarity)}")
    if wanted.min_confidence is not None:
        where.add(f"s.confidence >= {where.value(wanted.min_confidence)}")
    if not wanted.duplicates:
        where.add("s.duplicate_of IS NULL")
    return where


async def list_statements(
    connection: Connection, wanted: StatementFilter, *, after: Place | None, limit: int
) -> list[asyncpg.Record]:
    """Rows of (published_at, id, json), newest first, undated ones last."""
    return await newest_first(
        connection, _ROWS, await _matching(connection, wanted), table="s", after=after, limit=limit
    )


async def count_statements(connection: Connection, wanted: StatementFilter) -> int:
    """How many statements match; `COUNTED_UP_TO + 1` for that many or more."""
    return await count(
        connection, "statement s JOIN article a ON a.id = s.article_id", await _matching(connection, wanted)
    )


def _of_article(article_id: str, duplicates: bool) -> Conditions:
    where = Conditions("a.deleted_at IS NULL")
    where.add(f"s.article_id = {where.value(article_id)}")
    if not duplicates:
        where.add("s.duplicate_of IS NULL")
    return where


async def list_article_statements(
    connection: Connection, article_id: str, *, duplicates: bool, after: int | None, limit: int
) -> list[asyncpg.Record]:
    """Rows of (ordinal, json) of one article, in the order of its text."""
    where = _of_article(article_id, duplicates)
    where.add(f"s.ordinal > {where.value(-1 if after is None else after)}")
    return list(await connection.fetch(f"{_ROWS} {where} ORDER BY s.ordinal LIMIT {where.value(limit)}", *where.values))


async def count_article_statements(connection: Connection, article_id: str, *, duplicates: bool) -> int:
    """How many statements one article has."""
    where = _of_article(article_id, duplicates)
    return await count(connection, "statement s JOIN article a ON a.id = s.article_id", where)


async def get_statement(connection: Connection, statement_id: str) -> str | None:
    """The JSON of one statement."""
    found: str | None = await connection.fetchval(
        f"SELECT {_ROW}::text FROM {_TABLES} WHERE s.id = $1 AND a.deleted_at IS NULL",
        statement_id,
    )
    return found


async def statement_hits(connection: Connection, ids: Sequence[str]) -> dict[str, asyncpg.Record]:
    """(id, json, content, speaker, role) of those of these statements that exist: the rows, and what is marked."""
    rows = await connection.fetch(f"{_HITS} WHERE s.id = ANY($1) AND a.deleted_at IS NULL", list(ids))
    return {row["id"]: row for row in rows}

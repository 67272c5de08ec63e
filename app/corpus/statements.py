"""Reading statements: the questions to Postgres about them. The JSON of an answer is built there, not here."""

from collections.abc import Sequence

import asyncpg

from app.arabic.words import forms
from app.corpus.filters import StatementFilter
from app.corpus.places import wanted_codes
from app.corpus.questions import Conditions, Connection, Place, count, json_object, newest_first, span, utc, when
from app.corpus.sources import SOURCE_BRIEF
from app.corpus.speakers import speaker_ids

TABLES = """statement s JOIN article a ON a.id = s.article_id LEFT JOIN source o ON o.id = a.source_id
    LEFT JOIN speaker p ON p.id = s.speaker_id LEFT JOIN speaker u ON u.id = s.utterer_id"""

_SPEAKER = when(
    "s.speaker_resolution IS NOT NULL",
    json_object(
        f"""p.id, p.name, p.kind, {span("s", "speaker", "speaker_text")} AS mention,
        s.speaker_resolution AS resolution, s.speaker_reason AS reason"""
    ),
)
_CUE = when(
    "s.cue_start IS NOT NULL",
    json_object('s.cue_start AS start, s.cue_end AS "end", s.cue AS text, s.cue_lemma AS lemma, s.stance'),
)
_CHANNEL = when(
    "s.channel_kind IS NOT NULL",
    json_object('s.channel_kind AS kind, s.channel_name AS name, s.channel_start AS start, s.channel_end AS "end"'),
)
_UTTERER = when("u.id IS NOT NULL", json_object("u.id, u.name, u.kind"))

_ARTICLE = json_object(
    f"""a.id, a.title, a.url, {SOURCE_BRIEF} AS source, {utc("a.published_at")} AS published_at,
    a.published_precision"""
)

_ROW = json_object(
    f"""s.id, {_ARTICLE} AS article, s.ordinal, s.zone, s.kind, {span("s", "content")} AS content, s.segments,
    {_CUE} AS cue, s.polarity, {_SPEAKER} AS speaker, {_UTTERER} AS utterer, {span("s", "role")} AS role,
    s.affiliation, {span("s", "addressee")} AS addressee, {_CHANNEL} AS channel, {span("s", "said_on")} AS said_on,
    s.said_on_date, s.duplicate_of,
    ARRAY(SELECT d.id FROM statement d WHERE d.duplicate_of = s.id ORDER BY d.ordinal) AS duplicates,
    s.copy_of,
    ARRAY(SELECT c.id FROM statement c JOIN article m ON m.id = c.article_id AND m.deleted_at IS NULL
        WHERE c.copy_of = s.id ORDER BY c.published_at, c.id) AS copies,
    s.nested_in, s.confidence, s.rule, s.reasons, s.extractor_version, s.review_state"""
)

_COLUMNS = f"s.published_at, s.id, s.ordinal, {_ROW}::text AS json"
ROWS = f"SELECT {_COLUMNS} FROM {TABLES}"
# An answer names the copies of a statement: it changes with them.
_COPIED = """(SELECT max(greatest(c.updated_at, m.deleted_at)) FROM statement c JOIN article m ON m.id = c.article_id
    WHERE c.copy_of = s.id)"""
_ONE = f"""
    SELECT {_ROW}::text AS json, greatest(s.updated_at, a.updated_at, {_COPIED}) AS updated_at, a.language
    FROM {TABLES} WHERE s.id = $1 AND a.deleted_at IS NULL"""
# Up to $2 code points before and after the content.
_AROUND = """
    SELECT substr(a.text, greatest(s.content_start - $2, 0) + 1, least(s.content_start, $2)) AS prefix,
        substr(a.text, s.content_end + 1, $2) AS suffix
    FROM statement s JOIN article a ON a.id = s.article_id WHERE s.id = $1"""
_HITS = f"SELECT {_COLUMNS}, s.content, p.name AS speaker, s.role FROM {TABLES}"


async def matching(connection: Connection, wanted: StatementFilter) -> Conditions:
    """The conditions that these filters mean, on `statement s` and its `article a`; names of speakers are looked up."""
    where = Conditions("a.deleted_at IS NULL")
    where.published("s", wanted)
    if wanted.speaker:
        where.one_of("s.speaker_id", await speaker_ids(connection, wanted.speaker))
    if wanted.party:
        parties = where.value(await speaker_ids(connection, wanted.party))
        where.add(f"s.speaker_id IN (SELECT id FROM speaker WHERE party_id = ANY({parties}))")
    if wanted.role:
        words = where.nested()
        words.roles("w.stem", [forms(role, "stem") for role in wanted.role])
        where.add(f"s.id IN (SELECT w.statement_id FROM statement_words w {words})")
    where.places("s.places", await wanted_codes(connection, wanted.place, wanted.governorate))
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
    if not wanted.copies:
        where.add("s.copy_of IS NULL")
    return where


async def list_statements(
    connection: Connection, wanted: StatementFilter, *, after: Place | None, limit: int
) -> list[asyncpg.Record]:
    """Rows of (published_at, id, json), newest first, undated ones last."""
    return await newest_first(connection, ROWS, await matching(connection, wanted), table="s", after=after, limit=limit)


async def count_statements(connection: Connection, wanted: StatementFilter) -> int:
    """How many statements match; `COUNTED_UP_TO + 1` for that many or more."""
    return await count(
        connection, "statement s JOIN article a ON a.id = s.article_id", await matching(connection, wanted)
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
    return list(await connection.fetch(f"{ROWS} {where} ORDER BY s.ordinal LIMIT {where.value(limit)}", *where.values))


async def count_article_statements(connection: Connection, article_id: str, *, duplicates: bool) -> int:
    """How many statements one article has."""
    where = _of_article(article_id, duplicates)
    return await count(connection, "statement s JOIN article a ON a.id = s.article_id", where)


async def get_statement(connection: Connection, statement_id: str) -> asyncpg.Record | None:
    """(json, updated_at, language) of one statement; it changes with its article too."""
    return await connection.fetchrow(_ONE, statement_id)


async def words_around(connection: Connection, statement_id: str, *, longest: int) -> tuple[str, str]:
    """What stands before and after a statement's content, at most so many code points each."""
    row = await connection.fetchrow(_AROUND, statement_id, longest)
    return (row["prefix"], row["suffix"]) if row else ("", "")


async def statement_hits(connection: Connection, ids: Sequence[str]) -> dict[str, asyncpg.Record]:
    """(id, json, content, speaker, role) of those of these statements that exist: the rows, and what is marked."""
    rows = await connection.fetch(f"{_HITS} WHERE s.id = ANY($1) AND a.deleted_at IS NULL", list(ids))
    return {row["id"]: row for row in rows}

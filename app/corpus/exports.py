"""Whole results: rows without end, newest first, read in one snapshot through a cursor of Postgres.

An article or a statement leaves as the JSON of the API, or as a flat row for tables: `Export.columns`. Both keep
every offset in Unicode code points and every time in UTC.
"""

from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import AbstractAsyncContextManager
from typing import Any, Literal, NamedTuple

import asyncpg

from app.corpus import articles, statements
from app.corpus.questions import Conditions, Connection, Place, legs, newest
from app.errors import Gone

Kind = Literal["text", "integer", "number", "time"]
# The first rows come at once; then so many at a time, whole texts fewer.
FIRST_ROWS, ROWS, TEXTS = 20, 500, 50


class Column(NamedTuple):
    """One column of a table: its name, the kind of its values, the SQL that gives them, what it means."""

    name: str
    kind: Kind
    source: str
    description: str


class Export(NamedTuple):
    """What can leave whole: `table` is the alias of its own rows, `json` a SELECT of (published_at, id, json)."""

    table: str
    tables: str
    columns: tuple[Column, ...]
    json: str
    rows_at_once: int

    @property
    def flat(self) -> str:
        """A SELECT of the columns."""
        return f"SELECT {', '.join(f'{one.source} AS {one.name}' for one in self.columns)} FROM {self.tables}"


def _texts(table: str, *described: tuple[str, str]) -> tuple[Column, ...]:
    return tuple(Column(name, "text", f"{table}.{name}", what) for name, what in described)


def _stretch(name: str, words: str, what: str) -> tuple[Column, ...]:
    """The words of a stretch of the article's text, and where they stand."""
    return (
        Column(words, "text", f"s.{words}", what),
        Column(f"{name}_start", "integer", f"s.{name}_start", f"offset of `{words}` in the article's `text`"),
        Column(f"{name}_end", "integer", f"s.{name}_end", f"offset after `{words}`"),
    )


_PUBLISHED = (
    Column("source_id", "text", "a.source_id", "id of the outlet"),
    Column("source_name", "text", "coalesce(o.name_ar, o.name_en, o.id)", "the outlet"),
    Column("published_at", "time", "a.published_at", "empty where the page gives no date"),
    Column("published_precision", "text", "a.published_precision", "how exactly `published_at` is known"),
)
_ARTICLE_COLUMNS = (
    *_texts("a", ("id", "id of the article"), ("title", "headline")),
    *_PUBLISHED,
    *_texts(
        "a",
        ("url", "as printed or given"),
        ("canonical_url", "the same, made comparable"),
        ("author", "as printed"),
        ("time_printed", "the time of day as the page prints it"),
        ("caption", "of the picture"),
        ("language", "BCP 47"),
    ),
    Column("views", "integer", "a.views", "the view count as the page prints it"),
    Column("word_count", "integer", "a.word_count", "words of the body"),
    Column(
        "statement_count",
        "integer",
        "(SELECT count(*) FROM statement s WHERE s.article_id = a.id AND s.duplicate_of IS NULL)",
        "each statement once",
    ),
    Column(
        "near_duplicate_group",
        "text",
        "a.near_duplicate_group",
        "the same for articles of nearly the same words: the id of the first of them",
    ),
    Column("created_at", "time", "a.created_at", "when it came into the corpus"),
    Column("updated_at", "time", "a.updated_at", "when it last changed"),
    Column("revision", "integer", "a.revision", "as in `/v1/changes`"),
)
_TEXT_COLUMNS = _texts("a", ("body", "the paragraphs, for reading"), ("text", "what all offsets point into"))
_STATEMENT_COLUMNS = (
    *_texts("s", ("id", "id of the statement")),
    Column("speaker_name", "text", "p.name", "who said it; empty where there is no ground for a name"),
    *_texts("s", ("content", "what was said"), ("kind", "direct, indirect or mixed"), ("stance", "what the cue does")),
    *_PUBLISHED,
    Column("article_id", "text", "s.article_id", "id of the article"),
    Column("article_title", "text", "a.title", "its headline"),
    Column("article_url", "text", "a.url", "its address"),
    Column("ordinal", "integer", "s.ordinal", "place in the article, from 0"),
    Column("zone", "text", "s.zone", "body, title or pull_quote"),
    Column("content_start", "integer", "s.content_start", "offset of `content` in the article's `text`"),
    Column("content_end", "integer", "s.content_end", "offset after `content`"),
    *_stretch("cue", "cue", "the words that say that something was said"),
    Column("cue_lemma", "text", "s.cue_lemma", "their dictionary form"),
    Column("polarity", "text", "s.polarity", "affirmed, or denied by the speaker"),
    Column("speaker_id", "text", "s.speaker_id", "id of the speaker"),
    Column("speaker_kind", "text", "p.kind", "person, organisation, document or anonymous"),
    *_stretch("speaker", "speaker_text", "the speaker as named at this place"),
    Column("speaker_resolution", "text", "s.speaker_resolution", "how the speaker was found"),
    Column("utterer_id", "text", "s.utterer_id", "id of the person who spoke for the speaker"),
    Column("utterer_name", "text", "u.name", "that person"),
    *_stretch("role", "role", "the speaker's role as printed"),
    Column("affiliation", "text", "s.affiliation", "to whom the speaker belongs"),
    *_stretch("addressee", "addressee", "to whom it was said"),
    Column("channel_kind", "text", "s.channel_kind", "agency, broadcaster, written statement …"),
    Column("channel_name", "text", "s.channel_name", "which one"),
    *_stretch("said_on", "said_on", "when it was said, as printed"),
    Column("said_on_date", "text", "s.said_on_date::text", "that day, where the article's is known"),
    Column("duplicate_of", "text", "s.duplicate_of", "id of the statement that this headline or pull quote repeats"),
    Column("copy_of", "text", "s.copy_of", "id of the statement of another article that this one repeats"),
    Column("nested_in", "text", "s.nested_in", "id of the statement in whose content this one stands"),
    Column("confidence", "number", "s.confidence", "0 to 1"),
    Column("rule", "text", "s.rule", "the pattern that found it"),
    Column("extractor_version", "text", "s.extractor_version", "which extractor"),
    Column("review_state", "text", "s.review_state", "whether a person has looked at it"),
)

ARTICLES = Export("a", articles.TABLES, _ARTICLE_COLUMNS, articles.ROWS, ROWS)
WHOLE_ARTICLES = Export("a", articles.TABLES, _ARTICLE_COLUMNS + _TEXT_COLUMNS, articles.WHOLE_ROWS, TEXTS)
STATEMENTS = Export("s", statements.TABLES, _STATEMENT_COLUMNS, statements.ROWS, ROWS)


def snapshot(connection: Connection) -> AbstractAsyncContextManager[Any]:
    """A transaction in which the corpus stands still: whatever is written meanwhile, nothing of it is seen."""
    return connection.transaction(isolation="repeatable_read", readonly=True)


async def place_of(connection: Connection, export: Export, id: str) -> Place:
    """Where in the order a row stands. Raises Gone when there is none of this id, or none any more."""
    table = "article" if export.table == "a" else "statement"
    row = await connection.fetchrow(f"SELECT published_at, id FROM {table} WHERE id = $1", id)
    if row is None:
        raise Gone(f"there is no {table} with this id any more: go on from an earlier row, or begin anew")
    return Place(*row)


async def count_rows(connection: Connection, export: Export, where: Conditions, *, after: Place | None) -> int:
    """How many rows there will be in all."""
    return sum(
        [
            await connection.fetchval(f"SELECT count(*) FROM {export.tables} {leg}", *leg.values)
            for leg in legs(where, export.table, after)
        ]
    )


async def rows(
    connection: Connection,
    export: Export,
    where: Conditions,
    *,
    after: Place | None,
    flat: bool,
    on_rows: Callable[[int], None] | None = None,
) -> AsyncGenerator[Sequence[asyncpg.Record], None]:
    """The rows in portions, newest first, undated ones last: (published_at, id, json), or the columns when `flat`.

    To be used inside a `snapshot`. Only one portion is held in memory, here and in Postgres.
    """
    select = export.flat if flat else export.json
    for leg in legs(where, export.table, after):
        # A declared cursor is planned for its first rows; a plain question would sort all of them before one comes.
        order = f"{select} {leg} ORDER BY {newest(export.table)}"
        await connection.execute(f"DECLARE export NO SCROLL CURSOR FOR {order}", *leg.values)
        portion = FIRST_ROWS
        while found := await connection.fetch(f"FETCH {portion} FROM export"):
            yield found
            if on_rows:
                on_rows(len(found))
            portion = export.rows_at_once
        await connection.execute("CLOSE export")

"""The way of whole results out of the corpus, for the API and the command alike.

    async with connected(database_url) as connection:
        async for chunk in export(connection, StatementExport(source=["anapress.net"]), "csv"):
            ...

One snapshot, read as it is sent; memory does not grow with the number of rows.
"""

from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable
from contextlib import aclosing, asynccontextmanager
from typing import Literal, get_args

from pydantic import Field
from typing_extensions import TypeAliasType

from app.corpus import database, exports, formats
from app.corpus.filters import Filter
from app.corpus.questions import Connection
from app.search.selection import ArticleSelection, StatementSelection, selected

Format = Literal["ndjson", "csv", "parquet"]
FORMATS: tuple[Format, ...] = get_args(Format)
FormatName = TypeAliasType("FormatName", Format)

# How long Postgres may take for the first rows, and how long a reader may take for what was sent.
QUESTION_SECONDS, STALLED_SECONDS = 120, 120
LEAVE_SECONDS = 5


class Export(Filter):
    """How to take rows out, and where to go on."""

    format: FormatName | None = Field(
        None, description="`ndjson`, `csv` or `parquet`; wins over the header `Accept`; default: `ndjson`"
    )
    cursor: str | None = Field(
        None,
        min_length=1,
        max_length=100,
        description="go on after this row: the `id` of the last row that came whole, with the same filters",
        examples=["5b0e7d9914c2fa60"],
    )


class ArticleExport(Export, ArticleSelection):
    """Which articles, in which format."""

    texts: bool = Field(False, description="true: also the texts of the articles and what each stretch is for")


class StatementExport(Export, StatementSelection):
    """Which statements, in which format."""


# Told once, before the first row: how many rows there will be.
OnCounted = Callable[[int], Awaitable[None]]
# Told with every portion that was read: how many rows it has.
OnRows = Callable[[int], None]


@asynccontextmanager
async def connected(database_url: str) -> AsyncIterator[Connection]:
    """A connection of its own for one export: a long one holds none that requests wait for.

    Raises Unavailable when Postgres does not answer.
    """
    connection = await database.connect(database_url, application="qawl export")
    try:
        await connection.execute(
            f"SET statement_timeout = '{QUESTION_SECONDS}s'; "
            f"SET idle_in_transaction_session_timeout = '{2 * STALLED_SECONDS}s'"
        )
        yield connection
    finally:
        if connection.is_in_transaction():  # whoever asked has left in the middle of it
            connection.terminate()
        await connection.close(timeout=LEAVE_SECONDS)


async def export(
    connection: Connection,
    wanted: ArticleExport | StatementExport,
    form: Format,
    *,
    on_counted: OnCounted | None = None,
    on_rows: OnRows | None = None,
) -> AsyncGenerator[bytes, None]:
    """The rows that were asked for, as bytes of this format, newest first, undated ones last.

    Raises Gone when the row to go on after is not there any more.
    """
    what = _what(wanted)
    async with exports.snapshot(connection):
        where = await selected(connection, wanted)
        after = await exports.place_of(connection, what, wanted.cursor) if wanted.cursor else None
        if on_counted:
            await on_counted(await exports.count_rows(connection, what, where, after=after))
        portions = exports.rows(connection, what, where, after=after, flat=form != "ndjson", on_rows=on_rows)
        async with aclosing(portions), aclosing(_written(portions, what, form, header=after is None)) as chunks:
            async for chunk in chunks:
                yield chunk


def _what(wanted: ArticleExport | StatementExport) -> exports.Export:
    if isinstance(wanted, StatementExport):
        return exports.STATEMENTS
    return exports.WHOLE_ARTICLES if wanted.texts else exports.ARTICLES


def _written(portions: formats.Portions, what: exports.Export, form: Format, *, header: bool) -> formats.Chunks:
    if form == "ndjson":
        return formats.ndjson(portions)
    if form == "csv":
        return formats.csv_table(portions, what.columns, header=header)
    return formats.parquet(portions, what.columns, rows_at_once=what.rows_at_once)

"""The ways to Postgres: a plain asyncpg pool for reading, a SQLAlchemy engine for writing.

Both take the same address, `postgresql://…`, the form of a Unix socket included
(`postgresql://postgres@/qawl?host=/folder`). Sessions run in UTC. The reading pool hands out `json` and `jsonb` as
text, undecoded: answers that Postgres has built pass on as they are, and what is decoded is decoded by
`msgspec.json.decode(…, type=…)` straight into its type.
"""

from enum import Enum, auto
from urllib.parse import urlsplit

import asyncpg
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from app.errors import SetupError, Unavailable

OLDEST_SERVER = 15
# The newest of `migrations/versions`. A newer schema than this program knows is let pass: another, newer one is
# about to take over.
SCHEMA = "0023"
CONNECT_SECONDS = 10
# A question that takes longer than this is a mistake; the server gives up a little before the client does.
READ_SECONDS = 30

CANNOT_CONNECT = (
    OSError,
    asyncpg.CannotConnectNowError,
    asyncpg.TooManyConnectionsError,
    asyncpg.InvalidAuthorizationSpecificationError,
    asyncpg.InvalidCatalogNameError,
    asyncpg.ConnectionDoesNotExistError,
)


class Fault(Enum):
    """Whose fault it is that Postgres did not do what it was asked."""

    ROW = auto()  # what was to be written is not acceptable
    MOMENT = auto()  # the server is away, or another transaction was in the way: it is worth trying again
    PROGRAM = auto()  # ours


async def open_pool(database_url: str, *, size: int) -> asyncpg.Pool:
    """A pool of at most `size` connections for reading, on a server that was found fit and migrated.

    Raises Unavailable when the server does not answer, SetupError when it is not fit.
    """
    await check_database(database_url)
    try:
        return await asyncpg.create_pool(
            database_url,
            min_size=min(2, size),
            max_size=size,
            timeout=CONNECT_SECONDS,
            command_timeout=READ_SECONDS + 5,
            reset=_leave_as_it_is,
            server_settings={
                "timezone": "UTC",
                "application_name": "qawl reading",
                "statement_timeout": f"{READ_SECONDS}s",
                # Rows are mostly in memory; at the usual cost common words would be looked for in all texts.
                "random_page_cost": "1.1",
            },
        )
    except CANNOT_CONNECT as failure:
        raise _unavailable(database_url, failure) from failure


async def _leave_as_it_is(connection: asyncpg.Connection) -> None:
    """Nothing to undo: reading leaves no state in a session. The usual reset is a second question for each first."""


def writing_engine(database_url: str) -> AsyncEngine:
    """A small engine for writing and administration; it connects when it is first used.

    Raises, at that moment, Unavailable when the server does not answer.
    """

    async def connected() -> asyncpg.Connection:
        connection = await connect(database_url, application="qawl writing")
        try:
            # Search makes its vectors in the form in which Postgres receives them (`app.search.vectors`).
            await connection.set_type_codec(
                "tsvector", schema="pg_catalog", encoder=bytes, decoder=bytes, format="binary"
            )
        except CANNOT_CONNECT as failure:
            raise _unavailable(database_url, failure) from failure
        return connection

    return create_async_engine(
        "postgresql+asyncpg://", async_creator=connected, pool_size=4, max_overflow=4, pool_pre_ping=True
    )


async def connect(database_url: str, *, application: str = "qawl") -> asyncpg.Connection:
    """One connection in UTC. Raises Unavailable when the server does not answer."""
    try:
        return await asyncpg.connect(
            database_url,
            timeout=CONNECT_SECONDS,
            server_settings={"timezone": "UTC", "application_name": application},
        )
    except CANNOT_CONNECT as failure:
        raise _unavailable(database_url, failure) from failure


async def check_database(database_url: str) -> None:
    """Connect once. Raises Unavailable when the server does not answer, SetupError when it is not fit."""
    connection = await connect(database_url)
    try:
        await check_server(connection)
    finally:
        await connection.close()


async def check_server(connection: asyncpg.Connection) -> None:
    """Raise SetupError when the server is too old, is not migrated, or cannot take Arabic words apart."""
    if connection.get_server_version().major < OLDEST_SERVER:
        raise SetupError(f"Postgres {OLDEST_SERVER} or later is needed, this one is {_version(connection)}")
    if not await connection.fetchval("SELECT to_regclass('alembic_version') IS NOT NULL"):
        raise SetupError("the database has no tables of Qawl yet: run `qawl migrate`")
    schema = await connection.fetchval("SELECT coalesce(max(version_num), '') FROM alembic_version")
    if schema < SCHEMA:
        raise SetupError(f"the database has the schema {schema or 'none'}, {SCHEMA} is needed: run `qawl migrate`")
    if not await connection.fetchval("SELECT show_trgm('سوريا')"):
        raise SetupError(NO_ARABIC_TRIGRAMS)


NO_ARABIC_TRIGRAMS = (
    "the database cannot tell Arabic letters from other characters (show_trgm('سوريا') is empty): "
    "create it with the encoding UTF8 and a UTF-8 locale such as C.UTF-8"
)


def fault_of(failure: DBAPIError | Unavailable) -> Fault:
    """Whose fault a failure is, by the class of its SQLSTATE."""
    if isinstance(failure, Unavailable) or failure.connection_invalidated:
        return Fault.MOMENT
    state = getattr(failure.orig, "sqlstate", None)
    if state is None:  # asyncpg could not even send it: a number or a text that Postgres has no form for
        return Fault.ROW
    if state[:2] in ("22", "23", "54"):  # data, constraints, limits such as an index entry's size
        return Fault.ROW
    # connection, serialisation and deadlock, resources (disk, memory), locks, operator's intervention
    return Fault.MOMENT if state[:2] in ("08", "40", "53", "55", "57", "58") else Fault.PROGRAM


def cause_of(failure: DBAPIError | Unavailable) -> str:
    """What Postgres or its driver said, in one line, without the question that was asked."""
    said = failure.orig.__cause__ or failure.orig if isinstance(failure, DBAPIError) and failure.orig else failure
    return (str(said) or type(said).__name__).splitlines()[0]


def place(database_url: str) -> str:
    """Where a database is, for people to read: without the password."""
    url = urlsplit(database_url)
    host = url.query.partition("host=")[2].partition("&")[0] or url.hostname or "localhost"
    return f"{host}{f':{url.port}' if url.port else ''}{url.path}"


def _version(connection: asyncpg.Connection) -> str:
    version = connection.get_server_version()
    return f"{version.major}.{version.minor}"


def _unavailable(database_url: str, failure: Exception) -> Unavailable:
    why = str(failure) or type(failure).__name__
    return Unavailable(f"Postgres at {place(database_url)} cannot be reached: {why}")

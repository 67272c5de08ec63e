"""What a Postgres server must be able to do for Qawl, and the database on it."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar
from urllib.parse import urlsplit

import asyncpg

from app.errors import SetupError, Unavailable

CONNECT_SECONDS = 10
Answer = TypeVar("Answer")


def ask(database_url: str, question: Callable[[asyncpg.Connection], Awaitable[Answer]]) -> Answer:
    """Ask one question over a connection of its own, outside any event loop. Unavailable when nobody answers."""
    loop = asyncio.new_event_loop()
    try:
        return loop.run_until_complete(_ask(database_url, question))
    finally:
        loop.close()


async def _ask(database_url: str, question: Callable[[asyncpg.Connection], Awaitable[Answer]]) -> Answer:
    try:
        connection = await asyncpg.connect(database_url, timeout=CONNECT_SECONDS)
    except (OSError, TimeoutError, ValueError, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
        reason = str(error) or type(error).__name__
        raise Unavailable(f"Postgres at {_place(database_url)} does not answer: {reason}") from None
    try:
        return await question(connection)
    finally:
        await connection.close(timeout=CONNECT_SECONDS)


async def create_qawl(connection: asyncpg.Connection) -> None:
    """Create the database `qawl` where it is missing."""
    if not await connection.fetchval("SELECT 1 FROM pg_database WHERE datname = 'qawl'"):
        await connection.execute("CREATE DATABASE qawl")


async def check_arabic(connection: asyncpg.Connection) -> None:
    """Make sure that `pg_trgm` finds trigrams in Arabic: with LC_CTYPE=C it silently finds none. SetupError if not."""
    attempt = connection.transaction()
    await attempt.start()
    try:
        await connection.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
        found = await connection.fetchval("SELECT show_trgm('سوريا') <> '{}'")
    except asyncpg.PostgresError as error:
        raise SetupError(f"the Postgres server cannot search Arabic, as pg_trgm is not to be had: {error}") from None
    finally:
        await attempt.rollback()  # only a look: the extension comes with the migrations
    if not found:
        ctype = await connection.fetchval("SHOW lc_ctype")
        raise SetupError(
            f"the database's character type is {ctype}, in which Postgres finds no trigrams in Arabic words: "
            "create it with LOCALE 'C.UTF-8' or another UTF-8 locale"
        )


def _place(database_url: str) -> str:
    """The server's host, port and database, without the password."""
    parts = urlsplit(database_url)
    socket_or_host = parts.netloc.rpartition("@")[2] or parts.query.removeprefix("host=")
    return f"{socket_or_host}{parts.path}"

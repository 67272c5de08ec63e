"""The schema of the corpus, step by step, and the one way to bring a database to its newest state.

A new step: change `app/corpus/tables`, then `python -m app.corpus.migrations "what changes"` with
QAWL_DATABASE_URL naming a migrated database; read and correct what it wrote below `versions/`.
"""

import asyncio
from collections.abc import Callable
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from app.corpus.database import NO_ARABIC_TRIGRAMS, OLDEST_SERVER, writing_engine
from app.corpus.reference import fill
from app.errors import SetupError

# Any fixed number will do: whoever migrates holds the lock of this number.
MIGRATION_LOCK = 0x7161776C


def migrate(database_url: str) -> None:
    """Bring the database to the newest schema; several processes may try at once, one does it.

    Starts an event loop of its own: from async code call it by `asyncio.to_thread`. Raises Unavailable when the
    server does not answer and SetupError when it is not fit.
    """
    asyncio.run(_in_transaction(database_url, _upgrade))


def add_revision(database_url: str, message: str) -> None:
    """Write a new step below `versions/`: what the tables in code have and the database has not."""
    asyncio.run(
        _in_transaction(
            database_url, lambda connection: command.revision(alembic_config(connection), message, autogenerate=True)
        )
    )


async def _in_transaction(database_url: str, work: Callable[[Connection], object]) -> None:
    engine = writing_engine(database_url)
    try:
        async with engine.begin() as connection:
            await connection.run_sync(work)
    finally:
        await engine.dispose()


def _upgrade(connection: Connection) -> None:
    version = connection.scalar(text("SHOW server_version_num"))
    if int(version) < OLDEST_SERVER * 10_000:
        shown = connection.scalar(text("SHOW server_version"))
        raise SetupError(f"Postgres {OLDEST_SERVER} or later is needed, this one is {shown}")
    connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": MIGRATION_LOCK})
    _enable_trigrams(connection)
    command.upgrade(alembic_config(connection), "head")
    fill(connection)


def _enable_trigrams(connection: Connection) -> None:
    try:
        with connection.begin_nested():
            connection.execute(text("CREATE EXTENSION IF NOT EXISTS pg_trgm"))
    except DBAPIError as failure:
        raise SetupError(
            "the extension pg_trgm is needed: install the server's contrib package, or let the database's owner "
            f"run CREATE EXTENSION pg_trgm ({failure.orig})"
        ) from failure
    if not connection.scalar(text("SELECT show_trgm('سوريا')")):
        raise SetupError(NO_ARABIC_TRIGRAMS)


def alembic_config(connection: Connection) -> Config:
    """What Alembic's commands need to work on this connection, in its transaction."""
    config = Config()
    # A percent sign in the path would be taken for an interpolation.
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    config.set_main_option("file_template", "%%(rev)s_%%(slug)s")
    config.attributes["connection"] = connection
    return config

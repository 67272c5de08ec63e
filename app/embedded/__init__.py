"""Postgres and Meilisearch for the one-command start: children of ours, or external servers where such are set."""

import asyncio
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import asyncpg

from app.embedded.account import Account, account_for, private_folder
from app.embedded.meilisearch import master_key, meilisearch
from app.embedded.meilisearch_program import NoProgram, find_program
from app.embedded.ownership import Shared, shared
from app.embedded.postgres import postgres, socket_url
from app.errors import InvalidValue, SetupError
from app.settings import Settings

__all__ = ["Servers", "servers"]

CONNECT_SECONDS = 10


@dataclass(frozen=True)
class Servers:
    """Where the servers answer.

    `database_url` is plain `postgresql://…`. Without Meilisearch, `meilisearch_url` is None and
    `meilisearch_reason` says why; otherwise it says where it came from. `notes` are lines for a person.
    """

    database_url: str = field(repr=False)
    meilisearch_url: str | None
    meilisearch_key: str | None = field(repr=False)
    meilisearch_reason: str
    notes: list[str]

    def environment(self) -> dict[str, str]:
        """The settings by which another process, or this one later, uses the same servers."""
        if self.meilisearch_url is None:
            return {"QAWL_DATABASE_URL": self.database_url, "QAWL_SEARCH_ENGINE": "postgres"}
        return {
            "QAWL_DATABASE_URL": self.database_url,
            "QAWL_MEILISEARCH_URL": self.meilisearch_url,
            "QAWL_MEILISEARCH_KEY": self.meilisearch_key or "",
        }


@dataclass(frozen=True)
class _Search:
    """The Meilisearch half of `Servers`."""

    url: str | None
    key: str | None
    reason: str


@contextmanager
def servers(
    settings: Settings, *, search: bool = True, lasting: bool = False, durable: bool = True
) -> Iterator[Servers]:
    """Run the servers that the settings do not point elsewhere; to be called from the main thread.

    Where another process runs them on the same `data_dir` already, its servers are used and left alone; it stops them
    when the last such guest has left. A `lasting` run waits for nobody, and takes them over should the other end.
    `durable=False` is for data that is thrown away.
    SetupError or Unavailable say in one sentence what is in the way.
    """
    with ExitStack() as stack:
        database_url, database_note = _database(stack, settings, lasting=lasting, durable=durable)
        found = _search(stack, settings, lasting=lasting) if search else _Search(None, None, "not asked for")
        notes = [database_note, *([_search_note(found)] if search else [])]
        yield Servers(database_url, found.url, found.key, found.reason, notes)


def _database(stack: ExitStack, settings: Settings, *, lasting: bool, durable: bool) -> tuple[str, str]:
    """The URL of the database, and what to tell of it."""
    if settings.database_url is not None:
        external = _plain(settings.database_url.get_secret_value())
        return external, "Postgres: the server set by QAWL_DATABASE_URL"
    folder, account = _place(settings, "postgres")
    start = partial(_run_postgres, folder, account, durable=durable)
    server = stack.enter_context(shared(folder, start, account, lasting=lasting))
    return server.address, f"Postgres: {_how(server, folder)}"


@contextmanager
def _run_postgres(folder: Path, account: Account, before: str | None, *, durable: bool) -> Iterator[str]:
    """The server with a database `qawl`; the address follows from the folder, so `before` is of no use."""
    with postgres(folder, account, durable=durable) as sockets:
        asyncio.run(_create_qawl(socket_url(sockets, "postgres")))
        yield socket_url(sockets, "qawl")


async def _create_qawl(maintenance_url: str) -> None:
    connection = await asyncpg.connect(maintenance_url, timeout=CONNECT_SECONDS)
    try:
        if not await connection.fetchval("SELECT 1 FROM pg_database WHERE datname = 'qawl'"):
            await connection.execute("CREATE DATABASE qawl")
    finally:
        await connection.close()


def _search(stack: ExitStack, settings: Settings, *, lasting: bool) -> _Search:
    """Meilisearch, or why there is none; SetupError when it is wanted by name and cannot be had."""
    if settings.search_engine == "postgres":
        return _Search(None, None, "QAWL_SEARCH_ENGINE is postgres")
    if settings.meilisearch_url is not None:
        key = settings.meilisearch_key.get_secret_value() if settings.meilisearch_key else None
        return _Search(settings.meilisearch_url, key, "the server set by QAWL_MEILISEARCH_URL")
    try:
        return _embedded_search(stack, settings, lasting=lasting)
    except SetupError as error:
        if settings.search_engine == "meilisearch" or (settings.meilisearch_bin and not isinstance(error, NoProgram)):
            raise
        return _Search(None, None, str(error))


def _embedded_search(stack: ExitStack, settings: Settings, *, lasting: bool) -> _Search:
    program = find_program(settings)
    folder, account = _place(settings, "meilisearch")
    start = partial(meilisearch, folder, account, program)
    server = stack.enter_context(shared(folder, start, account, lasting=lasting))
    return _Search(server.address, master_key(folder, account), _how(server, folder))


def _place(settings: Settings, name: str) -> tuple[Path, Account]:
    """The folder of a server, and the account that it belongs to."""
    folder = settings.data_dir.resolve() / name
    account = account_for(folder)
    return private_folder(folder, account), account


def _how(server: Shared, folder: Path) -> str:
    return f"{'running' if server.owned else 'joined'}, data in {folder}"


def _search_note(found: _Search) -> str:
    return f"Meilisearch: {found.reason}" if found.url else f"Search: by Postgres alone ({found.reason})"


def _plain(database_url: str) -> str:
    """The URL without a driver's name, as asyncpg wants it. InvalidValue for what names no Postgres."""
    scheme, _, rest = database_url.partition("://")
    if scheme.partition("+")[0] not in ("postgresql", "postgres") or not rest:
        raise InvalidValue("QAWL_DATABASE_URL should look like postgresql://user@host:5432/database, and does not")
    return f"postgresql://{rest}"

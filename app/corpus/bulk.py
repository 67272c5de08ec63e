"""Many rows in one command: new ones by COPY; others each column as one array, which Postgres takes apart again."""

import asyncio
from collections.abc import Callable, Coroutine, Iterable, Sequence
from operator import itemgetter
from typing import Any

import asyncpg
import msgspec
from sqlalchemy import BigInteger, Boolean, Date, DateTime, Float, Integer, LargeBinary, Table, TextClause, text
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection

_KINDS = (
    (BigInteger, "bigint"),
    (Integer, "integer"),
    (Float, "float8"),
    (Boolean, "boolean"),
    (DateTime, "timestamptz"),
    (Date, "date"),
    (LargeBinary, "bytea"),
)
# What an array cannot hold: arrays of different lengths, and objects. They travel as texts.
_AS_TEXT = frozenset({"text[]", "jsonb"})


class Bulk:
    """Any number of rows into one table; the rows are alike, and what they do not name has its default.

    `after` gives what follows the rows of an INSERT (ON CONFLICT, RETURNING), told the names of the columns.
    """

    def __init__(self, table: Table, after: Callable[[Sequence[str]], str] = lambda names: "") -> None:
        self._table = table
        self._after = after
        self._commands: dict[tuple[str, ...], TextClause] = {}

    async def add(self, connection: AsyncConnection, rows: Sequence[dict[str, Any]]) -> None:
        """Write rows of which none is there yet, in their order: the quickest way in. See `copy`."""
        if not rows:
            return
        names = tuple(rows[0])
        in_order = itemgetter(*names)
        if objects := [name for name in names if _kind(self._table.c[name].type) == "jsonb"]:
            rows = [row | {name: _json(row[name]) for name in objects} for row in rows]
        await copy(connection, self._table.name, names, map(in_order, rows))

    async def insert(self, connection: AsyncConnection, rows: Sequence[dict[str, Any]]) -> Sequence[Any]:
        """Write the rows in their order; what RETURNING gives, if anything."""
        if not rows:
            return []
        names = tuple(rows[0])
        if names not in self._commands:
            self._commands[names] = self._command(names)
        values = {name: [row[name] for row in rows] for name in names}
        for name, write in ((name, _WRITERS.get(_kind(self._table.c[name].type))) for name in names):
            if write is not None:
                values[name] = [write(value) for value in values[name]]
        result = await connection.execute(self._commands[names], values)
        return result.all() if result.returns_rows else []

    def _command(self, names: Sequence[str]) -> TextClause:
        kinds = {name: _kind(self._table.c[name].type) for name in names}
        columns = ", ".join(f'"{name}"' for name in names)
        values = ", ".join(f'"{name}"::{kind}' if kind in _AS_TEXT else f'"{name}"' for name, kind in kinds.items())
        arrays = ", ".join(f"CAST(:{name} AS {'text' if kind in _AS_TEXT else kind}[])" for name, kind in kinds.items())
        return text(
            f'INSERT INTO "{self._table.name}" ({columns}) SELECT {values} FROM unnest({arrays}) AS given({columns}) '
            + self._after(names)
        )


async def copy(
    connection: AsyncConnection, table: str, columns: Sequence[str], rows: Iterable[Sequence[object]]
) -> None:
    """Write rows that are not there yet, in a transaction that has begun already. Raises DBAPIError, as `execute`."""
    driver = (await connection.get_raw_connection()).driver_connection
    assert isinstance(driver, asyncpg.Connection)
    try:
        await _while_connected(driver, driver.copy_records_to_table(table, columns=columns, records=rows))
    except (asyncpg.PostgresError, asyncpg.InterfaceError, ValueError, OverflowError) as failure:
        raise DBAPIError(f"COPY {table}", None, failure, connection_invalidated=driver.is_closed()) from failure


async def _while_connected(driver: asyncpg.Connection, sending: Coroutine[Any, Any, object]) -> None:
    """Send; raises ConnectionDoesNotExistError when the connection is lost.

    asyncpg, where the server is slow to take what comes, waits to be told to go on: for ever if that server has gone.
    """
    task = asyncio.create_task(sending)

    def end(_: object) -> None:
        task.cancel()

    driver.add_termination_listener(end)
    try:
        await task
    except asyncio.CancelledError:
        own = asyncio.current_task()
        if not driver.is_closed() or (own and own.cancelling()):
            raise
        raise asyncpg.ConnectionDoesNotExistError("the connection was lost in the middle of a COPY") from None
    finally:
        driver.remove_termination_listener(end)


def overwrite(*kept: str) -> Callable[[Sequence[str]], str]:
    """ON CONFLICT of the id: the new row's values win, but for the columns `kept`; the time of change is now."""

    def after(names: Sequence[str]) -> str:
        changed = [f'"{name}" = excluded."{name}"' for name in names if name not in ("id", *kept)]
        return f"ON CONFLICT (id) DO UPDATE SET {', '.join(changed)}, updated_at = now()"

    return after


def keep(names: Sequence[str]) -> str:
    """ON CONFLICT: what is there stays."""
    return "ON CONFLICT DO NOTHING"


def _kind(type_: Any) -> str:
    if isinstance(type_, ARRAY):
        return "text[]"
    if isinstance(type_, JSONB):
        return "jsonb"
    return next((kind for known, kind in _KINDS if isinstance(type_, known)), "text")


def _json(value: Any) -> str:
    return msgspec.json.encode(value).decode()


def _array(values: Iterable[str] | None) -> str | None:
    """Texts as Postgres writes an array of them."""
    if values is None:
        return None
    return "{" + ",".join('"' + one.replace("\\", "\\\\").replace('"', '\\"') + '"' for one in values) + "}"


_WRITERS: dict[str, Callable[[Any], str | None]] = {"text[]": _array, "jsonb": _json}

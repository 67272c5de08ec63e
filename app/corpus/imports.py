"""Imports: the jobs that bring pages in, each with one counted verdict a page.

An import runs in the process that began it (`running_import`), or is sent and queued (`create_import`) and run by
whichever worker comes first (`claimed_import`).
"""

from asyncio import CancelledError
from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from typing import NamedTuple
from uuid import uuid4

import asyncpg
import msgspec
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from app.corpus.questions import Conditions, Connection, json_object, utc
from app.errors import InvalidValue, NotFound, QawlError

QUEUE, TASK = "imports", "run_import"
# Where Procrastinate's tables are, and then ours.
QUEUE_PATH = "queue, public"
LABEL = 200

# While an import runs, its process holds the lock of its name: who can take the lock knows that it has ended.
_HOLD = text("SELECT pg_advisory_lock(hashtextextended('import:' || :id, 0))")
_BEGIN = text("INSERT INTO import (id, label, state) VALUES (:id, :label, 'running')")
_END = text("UPDATE import SET state = :state, finished_at = now(), problem = :problem WHERE id = :id")
_CLOSE_ABANDONED = text("""
    UPDATE import SET state = 'failed', finished_at = now(), problem = 'its process was ended'
    WHERE state = 'running' AND NOT queued AND pg_try_advisory_xact_lock(hashtextextended('import:' || id, 0))
""")
_CLAIM = text("""
    UPDATE import SET state = CASE WHEN cancel_requested_at IS NULL THEN 'running' ELSE 'cancelled' END
    WHERE id = :id AND state IN ('queued', 'running')
    RETURNING label, source, media_type, fields, state
""")
_DONE = text("SELECT coalesce(max(ordinal) + 1, 0) FROM import_item WHERE import_id = :id")
_PIECE = text("SELECT content FROM import_piece WHERE import_id = :id AND ordinal = :ordinal")
_FORGET_PIECES = text("DELETE FROM import_piece WHERE import_id = :id")
_CANCELLED = text("SELECT cancel_requested_at IS NOT NULL FROM import WHERE id = :id")


# One that nobody runs and nobody will: its job was given up.
_GIVE_UP = text("""
    WITH gone AS (
        UPDATE import SET state = 'failed', finished_at = now(), problem = :problem
        WHERE queued AND state IN ('queued', 'running') AND NOT EXISTS (
            SELECT FROM queue.procrastinate_jobs j
            WHERE j.status IN ('todo', 'doing') AND j.args ->> 'import_id' = import.id)
        RETURNING id
    ) DELETE FROM import_piece USING gone WHERE import_id = gone.id
""")


class Claim(msgspec.Struct, frozen=True):
    """A queued import that is ours to run: what was sent, and how many of its pages are done already."""

    id: str
    source: str | None
    media_type: str
    fields: dict[str, str]
    done: int


class Sent(msgspec.Struct, frozen=True):
    """What a client sent, and how it is to be read. `hash` stands for all of it."""

    label: str
    media_type: str
    source: str | None
    fields: dict[str, str]
    bytes: int
    hash: str
    key_id: str | None
    idempotency_key: str | None


class ImportPlace(NamedTuple):
    """Where in the list of imports, newest first, a row stands."""

    started_at: datetime
    id: str


class ItemPlace(NamedTuple):
    """Where in an import a page stands."""

    ordinal: int


@asynccontextmanager
async def running_import(engine: AsyncEngine, *, label: str) -> AsyncIterator[str]:
    """The id of an import that is `running` inside the block and `succeeded`, `failed` or `cancelled` after it.

    Imports whose process was killed are marked `failed` on the way; their pages can simply be ingested again.
    """
    id = uuid4().hex
    async with engine.connect() as connection:
        await connection.execute(_CLOSE_ABANDONED)
        await connection.execute(_HOLD, {"id": id})
        await connection.execute(_BEGIN, {"id": id, "label": label})
        await connection.commit()
        state, problem = "failed", None
        try:
            yield id
            state = "succeeded"
        except CancelledError:
            state = "cancelled"
            raise
        except QawlError as failure:
            problem = str(failure)
            raise
        finally:
            async with engine.begin() as other:
                await other.execute(_END, {"id": id, "state": state, "problem": problem})
            # The lock is the session's: the connection must not go back to the pool with it.
            await connection.invalidate()


@asynccontextmanager
async def claimed_import(engine: AsyncEngine, id: str) -> AsyncIterator[Claim | None]:
    """A queued import, ours alone inside the block; None when it has ended or was cancelled meanwhile.

    Whoever ran it before and was killed held the lock of a session that is gone; whoever still runs it is waited for.
    """
    async with engine.connect() as connection:
        await connection.execute(_HOLD, {"id": id})
        try:
            row = (await connection.execute(_CLAIM, {"id": id})).mappings().one_or_none()
            done = await connection.scalar(_DONE, {"id": id}) or 0
            await connection.commit()
            if row and row["state"] == "cancelled":
                await end_import(engine, id, "cancelled")
            if row is None or row["state"] == "cancelled":
                yield None
            else:
                yield Claim(id, row["source"], row["media_type"], row["fields"], done)
        finally:
            await connection.invalidate()


async def pieces(engine: AsyncEngine, id: str) -> AsyncIterator[bytes]:
    """What was sent, piece by piece."""
    ordinal = 0
    async with engine.connect() as connection:
        while (piece := await connection.scalar(_PIECE, {"id": id, "ordinal": ordinal})) is not None:
            yield piece
            ordinal += 1


async def is_cancelled(engine: AsyncEngine, id: str) -> bool:
    """Whether somebody asked for the end of this import."""
    async with engine.connect() as connection:
        return bool(await connection.scalar(_CANCELLED, {"id": id}))


async def end_import(engine: AsyncEngine, id: str, state: str, *, problem: str | None = None) -> None:
    """Note how a queued import ended. Its pages are kept as captures; what was sent is no longer needed."""
    async with engine.begin() as connection:
        await _end(connection, id, state, problem)


async def end_abandoned(engine: AsyncEngine, problem: str) -> None:
    """Note that queued imports have failed whose job was given up."""
    async with engine.begin() as connection:
        await connection.execute(_GIVE_UP, {"problem": problem})


async def _end(connection: AsyncConnection, id: str, state: str, problem: str | None) -> None:
    await connection.execute(_END, {"id": id, "state": state, "problem": problem})
    await connection.execute(_FORGET_PIECES, {"id": id})


async def create_import(connection: Connection, sent: Sent, content: Iterable[bytes]) -> tuple[str, bool]:
    """Keep what was sent and queue it, all in one transaction. Returns the import's id, and whether it is new.

    What was sent before under the same idempotency key is not queued again. Raises InvalidValue when something else
    was sent under that key.
    """
    id = uuid4().hex
    async with connection.transaction():
        made = await connection.fetchval(
            "INSERT INTO import (id, label, state, queued, source, media_type, fields, bytes, key_id, "
            "idempotency_key, sent_hash) VALUES ($1, $2, 'queued', true, $3, $4, $5, $6, $7, $8, $9) "
            "ON CONFLICT DO NOTHING RETURNING id",
            *(id, sent.label[:LABEL], sent.source, sent.media_type, msgspec.json.encode(sent.fields).decode()),
            *(sent.bytes, sent.key_id, sent.idempotency_key, sent.hash),
        )
        if made is None:
            return await _sent_before(connection, sent), False
        for ordinal, piece in enumerate(content):
            await connection.execute("INSERT INTO import_piece VALUES ($1, $2, $3)", id, ordinal, piece)
        await connection.execute(f"SET LOCAL search_path = {QUEUE_PATH}")
        await connection.execute(
            "SELECT procrastinate_defer_jobs_v1(ARRAY[ROW($1, $2, 0, NULL, NULL, "
            "jsonb_build_object('import_id', $3::text), NULL)::procrastinate_job_to_defer_v1])",
            *(QUEUE, TASK, id),
        )
    return id, True


async def _sent_before(connection: Connection, sent: Sent) -> str:
    row = await connection.fetchrow(
        "SELECT id, sent_hash FROM import WHERE coalesce(key_id, '') = coalesce($1, '') AND idempotency_key = $2",
        *(sent.key_id, sent.idempotency_key),
    )
    if row is None or row["sent_hash"] != sent.hash:
        raise InvalidValue("something else was sent before under this Idempotency-Key")
    return str(row["id"])


_ROW = json_object(f"""
    i.id, i.state, i.label, i.source, split_part(i.media_type, E'\\n', 1) AS media_type, i.bytes,
    {utc("i.started_at")} AS started_at, {utc("i.finished_at")} AS finished_at,
    i.cancel_requested_at IS NOT NULL AS cancel_requested, i.problem,
    (SELECT count(*) FROM import_item t WHERE t.import_id = i.id) AS pages,
    (SELECT coalesce(jsonb_object_agg(verdict, n), '{{}}') FROM
        (SELECT verdict, count(*) AS n FROM import_item t WHERE t.import_id = i.id GROUP BY verdict) AS v) AS verdicts,
    '/v1/imports/' || i.id || '/items' AS items""")
_ITEM = json_object("t.ordinal, t.name, t.url, t.verdict, t.reason, t.detail, t.article_id")


async def get_import(connection: Connection, id: str) -> str:
    """One import as JSON. Raises NotFound."""
    found = await connection.fetchval(f"SELECT {_ROW}::text FROM import i WHERE i.id = $1", id)
    if found is None:
        raise NotFound("there is no import with this id")
    return str(found)


async def list_imports(
    connection: Connection, states: Sequence[str], *, after: ImportPlace | None, limit: int
) -> list[asyncpg.Record]:
    """Imports, newest first: (started_at, id, json)."""
    where = _in_state(states)
    if after:
        where.add(f"(i.started_at, i.id) < ({where.value(after.started_at)}, {where.value(after.id)})")
    return await connection.fetch(
        f"SELECT i.started_at, i.id, {_ROW}::text AS json FROM import i {where} "
        f"ORDER BY i.started_at DESC, i.id DESC LIMIT {where.value(limit)}",
        *where.values,
    )


async def count_imports(connection: Connection, states: Sequence[str]) -> int:
    """How many imports there are in these states."""
    where = _in_state(states)
    return int(await connection.fetchval(f"SELECT count(*) FROM import i {where}", *where.values))


def _in_state(states: Sequence[str]) -> Conditions:
    where = Conditions()
    if states:
        where.one_of("i.state", states)
    return where


async def list_items(
    connection: Connection, id: str, verdicts: Sequence[str], *, after: ItemPlace | None, limit: int
) -> list[asyncpg.Record]:
    """The pages of an import with their verdicts, in their order: (ordinal, json)."""
    where = _with_verdict(id, verdicts)
    if after:
        where.add(f"t.ordinal > {where.value(after.ordinal)}")
    return await connection.fetch(
        f"SELECT t.ordinal, {_ITEM}::text AS json FROM import_item t {where} "
        f"ORDER BY t.ordinal LIMIT {where.value(limit)}",
        *where.values,
    )


async def count_items(connection: Connection, id: str, verdicts: Sequence[str]) -> int:
    """How many pages of an import have one of these verdicts."""
    where = _with_verdict(id, verdicts)
    return int(await connection.fetchval(f"SELECT count(*) FROM import_item t {where}", *where.values))


def _with_verdict(id: str, verdicts: Sequence[str]) -> Conditions:
    where = Conditions()
    where.one_of("t.import_id", [id])
    if verdicts:
        where.one_of("t.verdict", verdicts)
    return where


async def cancel_import(connection: Connection, id: str) -> None:
    """Ask for the end of a queued import: at once if nobody runs it yet, else after the batch at hand.

    What is in the corpus stays there. One that has ended stays as it is. Raises NotFound, and InvalidValue for an
    import that runs in somebody's terminal.
    """
    async with connection.transaction():
        row = await connection.fetchrow("SELECT state, queued FROM import WHERE id = $1 FOR UPDATE", id)
        if row is None:
            raise NotFound("there is no import with this id")
        if row["state"] == "queued":
            await connection.execute(
                "UPDATE import SET state = 'cancelled', finished_at = now(), cancel_requested_at = now() WHERE id = $1",
                id,
            )
            await connection.execute("DELETE FROM import_piece WHERE import_id = $1", id)
        elif row["state"] == "running":
            if not row["queued"]:
                raise InvalidValue("this import runs in the command that began it: end it there")
            await connection.execute("UPDATE import SET cancel_requested_at = now() WHERE id = $1", id)

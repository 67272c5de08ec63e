"""Imports: the jobs that bring pages in, each with one counted verdict a page."""

from asyncio import CancelledError
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from uuid import uuid4

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

# While an import runs, its process holds the lock of its name: who can take the lock knows that it has ended.
_HOLD = text("SELECT pg_advisory_lock(hashtextextended('import:' || :id, 0))")
_BEGIN = text("INSERT INTO import (id, label, state) VALUES (:id, :label, 'running')")
_END = text("UPDATE import SET state = :state, finished_at = now() WHERE id = :id")
_CLOSE_ABANDONED = text("""
    UPDATE import SET state = 'failed', finished_at = now()
    WHERE state = 'running' AND pg_try_advisory_xact_lock(hashtextextended('import:' || id, 0))
""")


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
        state = "failed"
        try:
            yield id
            state = "succeeded"
        except CancelledError:
            state = "cancelled"
            raise
        finally:
            async with engine.begin() as other:
                await other.execute(_END, {"id": id, "state": state})
            # The lock is the session's: the connection must not go back to the pool with it.
            await connection.invalidate()

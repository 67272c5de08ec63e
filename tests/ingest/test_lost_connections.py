"""A connection that is lost while rows are sent is noticed, and it is nobody's page that is at fault."""

import asyncio
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine

from app.corpus.bulk import copy
from app.corpus.database import Fault, connect, fault_of, writing_engine
from tests.ingest.waiting import until

Look = Callable[..., Any]


async def words_sent(engine: AsyncEngine, pid: asyncio.Future[int], before: asyncio.Event) -> None:
    """Sends more than any buffer holds, in a transaction of which `pid` is told, once `before` is set."""

    def rows() -> Iterator[tuple[str]]:
        yield from ((f"{number}{'x' * 200}",) for number in range(60_000))

    async with engine.begin() as connection:
        pid.set_result(int(await connection.scalar(text("SELECT pg_backend_pid()")) or 0))
        await before.wait()
        await copy(connection, "vocabulary", ["word"], rows())


@pytest.mark.parametrize("is_sending", [False, True])
async def test_a_connection_lost_before_or_amid_a_copy_is_worth_trying_again(
    corpus: str, look: Look, is_sending: bool
) -> None:
    engine, other = writing_engine(corpus), await connect(corpus)
    pid, before = asyncio.get_running_loop().create_future(), asyncio.Event()
    # Whoever holds the table keeps Postgres from taking the rows, so that they wait on this side.
    holding = other.transaction()
    await holding.start()
    await other.execute(f"INSERT INTO vocabulary (word) VALUES ('0{'x' * 200}')")
    task = asyncio.create_task(words_sent(engine, pid, before))
    at = await pid
    if is_sending:
        before.set()
        await until(
            lambda: look("SELECT count(*) FROM pg_stat_activity WHERE pid = $1 AND wait_event_type = 'Lock'", at)
        )
        await asyncio.sleep(0.2)
    assert await look("SELECT pg_terminate_backend($1)", at)
    await until(lambda: look("SELECT count(*) = 0 FROM pg_stat_activity WHERE pid = $1", at))
    before.set()
    done, _ = await asyncio.wait([task], timeout=20)
    await holding.rollback()
    await other.close()
    assert done
    failure = task.exception()
    assert isinstance(failure, DBAPIError)
    assert fault_of(failure) is Fault.MOMENT
    assert await look("SELECT count(*) FROM vocabulary") == 0
    await engine.dispose()

"""The index worker: keeps what search reads in step with the corpus, for as long as it runs.

Any number may run: who writes the indexes holds a lock in Postgres, and the others find nothing to do. A worker may
be killed at any moment: what it had not finished is still in the outbox.
"""

import asyncio
from contextlib import suppress
from time import monotonic

import asyncpg
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine

from app.corpus.database import cause_of, writing_engine
from app.errors import SetupError, Unavailable
from app.logs import log
from app.search.engine import Entity
from app.search.index import Indexes, TaskFailed
from app.search.index_settings import index_names
from app.search.new_names import spread_names
from app.search.rebuilding import (
    built_by_todays_rules,
    give_up_indexes,
    mark_lost,
    mend,
    rebuild,
    rebuild_words,
)
from app.search.synchronisation import apply_outbox
from app.settings import Settings

POLL_SECONDS = 0.3
# How often it is made sure that the indexes are there, and that they hold what the corpus holds.
LOOK_SECONDS = 15.0
COMPARE_SECONDS = 300.0
FIRST_PAUSE_SECONDS, LONGEST_PAUSE_SECONDS = 0.5, 10.0

# What time may heal: a server that is away, restarts, or had no room for a moment.
_PASSING = (Unavailable, TaskFailed, SQLAlchemyError, asyncpg.PostgresError, asyncpg.InterfaceError, OSError)

_LOG = log(__name__)


async def run_worker(settings: Settings, stop: asyncio.Event) -> None:
    """Work until `stop` is set; a server that is away is waited for. Raises SetupError without a database."""
    if settings.database_url is None:
        raise SetupError("the index worker needs QAWL_DATABASE_URL")
    engine = writing_engine(settings.database_url.get_secret_value())
    worker = _Worker(engine, indexes_of(settings), index_names(settings.index_prefix))
    pause = FIRST_PAUSE_SECONDS
    try:
        while not stop.is_set():
            try:
                idle = not await worker.step()
                pause = FIRST_PAUSE_SECONDS
                if idle:
                    await _rest(stop, POLL_SECONDS)
            except _PASSING as failure:
                _LOG.warning("index_worker_waits", reason=_said(failure)[:300], seconds=pause)
                worker.look_again()
                await _rest(stop, pause)
                pause = min(pause * 2, LONGEST_PAUSE_SECONDS)
    finally:
        await engine.dispose()


def _said(failure: Exception) -> str:
    """What a server said, in one line, without the question that was asked."""
    return cause_of(failure) if isinstance(failure, DBAPIError) else str(failure).partition("\n")[0]


def indexes_of(settings: Settings) -> Indexes | None:
    """The Meilisearch to write to; None where Postgres alone searches."""
    if settings.search_engine == "postgres" or not settings.meilisearch_url:
        return None
    key = settings.meilisearch_key.get_secret_value() if settings.meilisearch_key else None
    return Indexes(settings.meilisearch_url, key)


async def _rest(stop: asyncio.Event, seconds: float) -> None:
    with suppress(TimeoutError):
        await asyncio.wait_for(stop.wait(), seconds)


class _Worker:
    """What one worker knows between two steps."""

    def __init__(self, engine: AsyncEngine, indexes: Indexes | None, names: dict[Entity, str]) -> None:
        self._engine = engine
        self._indexes = indexes
        self._names = names
        self._look_at = 0.0
        self._compare_at = monotonic() + COMPARE_SECONDS

    def look_again(self) -> None:
        """At the next step make sure first that the indexes are there."""
        self._look_at = 0.0

    async def step(self) -> bool:
        """Do what is to be done next; whether anything was."""
        if monotonic() >= self._look_at:
            await self._look()
            self._look_at = monotonic() + LOOK_SECONDS
        if spread := await spread_names(self._engine):
            _LOG.info("names_spread", speakers=spread)
            return True
        if self._indexes is None:
            await give_up_indexes(self._engine, self._names)
            return False
        done = await apply_outbox(self._engine, self._indexes, self._names)
        if done:
            _LOG.info("index_taught", lessons=done)
        elif monotonic() >= self._compare_at:
            await self._compare(self._indexes)
        return done > 0

    async def _look(self) -> None:
        """Build what is missing or was made by other rules."""
        current, words_current = await built_by_todays_rules(self._engine, self._names)
        if not words_current:
            _LOG.info("words_rebuilt", reason="made by other rules")
            await rebuild_words(self._engine)
        if self._indexes is None:
            return
        there = all([await self._indexes.exists(name) for name in self._names.values()])
        if not there:
            await mark_lost(self._engine, self._names)
        if not there or not current:
            _LOG.info("index_rebuilding", reason="made by other rules" if there else "not there")
            if await rebuild(self._engine, self._indexes, self._names, unless_current=True):
                _LOG.info("index_rebuilt")

    async def _compare(self, indexes: Indexes) -> None:
        self._compare_at = monotonic() + COMPARE_SECONDS
        async with self._engine.connect() as connection:
            wanted = (await connection.execute(_COUNTS)).one()
        there = [await indexes.count(self._names[entity]) for entity in ("article", "statement")]
        if list(wanted) != there:
            _LOG.warning("index_differs", mended=await mend(self._engine, indexes, self._names))


_COUNTS = text("""
    SELECT (SELECT count(*) FROM article WHERE deleted_at IS NULL),
           (SELECT count(*) FROM statement s JOIN article a ON a.id = s.article_id WHERE a.deleted_at IS NULL)
""")

"""Meilisearch while it is there: whether it is up, and whether its indexes are built by today's rules."""

from time import monotonic

import asyncpg
import httpx

from app.errors import Unavailable
from app.logs import log
from app.search.engine import Engine, Entity, Hits, Question
from app.search.index_settings import index_names, settings_hash
from app.search.meilisearch import MeilisearchEngine, NotUnderstood
from app.settings import Settings

# After a failure Meilisearch is left alone for this long; then one search tries it again.
PAUSE_SECONDS = 2.0
# How old the knowledge may be which indexes are in use.
INDEX_STATE_SECONDS = 1.0


class Meilisearch:
    """Meilisearch, asked only while it is up and holds an index made by today's rules.

    After a failure nobody waits for it: searches fail at once until the pause is over, then one of them tries. One
    search that it does not understand is no failure of that kind.
    """

    name = MeilisearchEngine.name

    def __init__(self, settings: Settings, pool: asyncpg.Pool, client: httpx.AsyncClient) -> None:
        self.pool = pool
        self._names = index_names(settings.index_prefix)
        self._engine: Engine = MeilisearchEngine(client, self._names, pool)
        self._away_until = 0.0
        self._ready: set[Entity] = set()
        self._ready_known_until = 0.0

    async def search(self, question: Question) -> Hits:
        """The engine's answer. Raises Unavailable, at once where Meilisearch is known to be away."""
        now = monotonic()
        if now < self._away_until:
            raise Unavailable("Meilisearch is away")
        if not await self._built(question.entity, now):
            raise Unavailable("the index is not built yet")
        if self._away_until:
            self._away_until = now + PAUSE_SECONDS  # one search tries; the others need not wait for it
        try:
            hits = await self._engine.search(question)
        except NotUnderstood as failure:
            log(__name__).error("search_refused", engine=self.name, reason=str(failure))
            raise
        except Unavailable as failure:
            if not self._away_until:
                log(__name__).warning("search_engine_away", engine=self.name, reason=str(failure))
            self._away_until = monotonic() + PAUSE_SECONDS
            raise
        if self._away_until:
            log(__name__).info("search_engine_back", engine=self.name)
            self._away_until = 0.0
        return hits

    async def _built(self, entity: Entity, now: float) -> bool:
        if now >= self._ready_known_until:
            self._ready_known_until = now + INDEX_STATE_SECONDS
            rows = await self.pool.fetch(_INDEXES, list(self._names.values()))
            built = {row["name"]: row["settings_hash"] for row in rows}
            self._ready = {one for one, name in self._names.items() if built.get(name) == settings_hash(one)}
        return entity in self._ready


_INDEXES = "SELECT name, settings_hash FROM search_index WHERE name = ANY($1::text[])"

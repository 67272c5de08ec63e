"""How far search is behind the corpus, in numbers for monitoring."""

from datetime import datetime

import asyncpg
import httpx
import msgspec

from app.search.engine import Entity
from app.search.index_settings import index_names, settings_hash
from app.search.meilisearch import open_client
from app.settings import Settings


class IndexState(msgspec.Struct, frozen=True):
    """One Meilisearch index. `documents` is None when Meilisearch does not answer or has no such index.

    `current`: built, and by the rules of this program; search uses no other.
    """

    name: str
    documents: int | None
    rows: int
    built_at: datetime | None
    current: bool


class IndexStatus(msgspec.Struct, frozen=True):
    """`engine` is who answers searches when all is well; times in seconds. `reachable` is None without Meilisearch."""

    engine: str
    reachable: bool | None
    outbox_pending: int
    outbox_oldest_seconds: float | None
    outbox_failing: int
    indexes: list[IndexState]


_OUTBOX = """
    SELECT count(*) AS pending, extract(epoch FROM now() - min(created_at))::float8 AS oldest,
           count(*) FILTER (WHERE attempts > 0) AS failing
    FROM outbox
"""
_INDEXES = "SELECT name, settings_hash, built_at FROM search_index"
_ROWS: dict[Entity, str] = {
    "article": "SELECT count(*) FROM article WHERE deleted_at IS NULL",
    "statement": "SELECT count(*) FROM statement s JOIN article a ON a.id = s.article_id WHERE a.deleted_at IS NULL",
}


async def index_status(settings: Settings, pool: asyncpg.Pool) -> IndexStatus:
    """The state of the outbox and of both indexes, beside what Postgres holds."""
    with_meilisearch = settings.search_engine != "postgres" and settings.meilisearch_url is not None
    outbox = await pool.fetchrow(_OUTBOX)
    assert outbox is not None
    built = {row["name"]: row for row in await pool.fetch(_INDEXES)}
    documents = await _documents(settings) if with_meilisearch else None
    indexes = []
    for entity, name in index_names(settings.index_prefix).items() if with_meilisearch else ():
        row = built.get(name)
        indexes.append(
            IndexState(
                name=name,
                documents=(documents or {}).get(name),
                rows=await pool.fetchval(_ROWS[entity]),
                built_at=row["built_at"] if row else None,
                current=row is not None and row["settings_hash"] == settings_hash(entity),
            )
        )
    return IndexStatus(
        engine="meilisearch" if with_meilisearch else "postgres",
        reachable=documents is not None if with_meilisearch else None,
        outbox_pending=outbox["pending"],
        outbox_oldest_seconds=outbox["oldest"],
        outbox_failing=outbox["failing"],
        indexes=indexes,
    )


async def _documents(settings: Settings) -> dict[str, int] | None:
    """How many documents each index has; None when Meilisearch does not answer."""
    key = settings.meilisearch_key.get_secret_value() if settings.meilisearch_key else None
    assert settings.meilisearch_url is not None
    async with open_client(settings.meilisearch_url, key) as client:
        try:
            response = await client.get("/stats")
            response.raise_for_status()
        except httpx.HTTPError:
            return None
    return {name: stats["numberOfDocuments"] for name, stats in response.json()["indexes"].items()}

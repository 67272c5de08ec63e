"""Indexes made anew from Postgres: Meilisearch's beside the old ones, then in their place; Postgres' own words."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from meilisearch.models.task import TaskInfo
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from app.search.engine import Entity
from app.search.index import Indexes
from app.search.index_settings import settings_hash, words_hash
from app.search.synchronisation import WRITING, documents_of, listed
from app.search.words import WORDS, refresh_words

CHUNK = 1_000
# Told after each chunk how many articles are done, of how many.
Progress = Callable[[int, int], None]

_TIDY = text("VACUUM (ANALYZE) article_words, statement_words, vocabulary")
_WAIT = text(f"SELECT pg_advisory_lock({WRITING})")
_RELEASE = text(f"SELECT pg_advisory_unlock({WRITING})")
_COUNT = text("SELECT count(*) FROM article WHERE deleted_at IS NULL")
_CHUNK = text("""
    SELECT id FROM article WHERE id > :after AND deleted_at IS NULL ORDER BY id LIMIT :chunk
""")
_IN_USE = text("""
    INSERT INTO search_index (name, uid, settings_hash) VALUES (:name, :name, :hash)
    ON CONFLICT (name) DO UPDATE SET settings_hash = excluded.settings_hash, built_at = now()
""")
_NO_LONGER = text("DELETE FROM search_index WHERE name = ANY(CAST(:names AS text[]))")
_HASHES = text("SELECT name, settings_hash FROM search_index")
_FORGET_ALL = text("DELETE FROM outbox WHERE entity <> 'speaker'")
_WAITING = text("SELECT id FROM outbox WHERE entity <> 'speaker'")
_TAUGHT = text("DELETE FROM outbox WHERE id = ANY(CAST(:ids AS bigint[]))")


def _silent(done: int, total: int) -> None:
    pass


async def rebuild(
    engine: AsyncEngine,
    indexes: Indexes,
    names: dict[Entity, str],
    *,
    progress: Progress = _silent,
    unless_current: bool = False,
) -> bool:
    """Build both indexes anew and put them in the places of the old ones without a gap.

    The old indexes answer meanwhile. What changes in the corpus meanwhile stays in the outbox, since nobody else
    may write the indexes until this is over, and is taught to the new ones afterwards. `unless_current`: do nothing
    when another process has just done it. Returns whether anything was done.
    """
    async with only_writer(engine):
        if unless_current and (await built_by_todays_rules(engine, names))[0]:
            return False
        async with engine.connect() as connection:
            waiting = list(await connection.scalars(_WAITING))
        new = {entity: f"{name}_new" for entity, name in names.items()}
        tasks: list[TaskInfo] = []
        for entity, uid in new.items():
            tasks += await indexes.create(uid, entity)
        async for connection, articles in _chunks(engine, progress):
            now = await documents_of(connection, articles)
            tasks += await indexes.put(new["article"], now.articles)
            tasks += await indexes.put(new["statement"], now.statements)
        await indexes.done(tasks)
        await indexes.move({names[entity]: uid for entity, uid in new.items()})
        async with engine.begin() as connection:
            for entity, name in names.items():
                await connection.execute(_IN_USE, {"name": name, "hash": settings_hash(entity)})
            # What was waiting at the start had been committed before anything was read: the new indexes know it.
            await connection.execute(_TAUGHT, {"ids": waiting})
    return True


async def rebuild_words(engine: AsyncEngine, *, progress: Progress = _silent) -> None:
    """Write the words of all articles and statements anew, a chunk to a transaction; search goes on meanwhile."""
    async for connection, articles in _chunks(engine, progress):
        await refresh_words(connection, articles)
    async with engine.begin() as connection:
        await connection.execute(_IN_USE, {"name": WORDS, "hash": words_hash()})
    async with engine.connect() as connection:
        # What was rewritten leaves dead rows, and a list that every search would read through until it is merged.
        await connection.execution_options(isolation_level="AUTOCOMMIT")
        await connection.execute(_TIDY)


async def built_by_todays_rules(engine: AsyncEngine, names: dict[Entity, str]) -> tuple[bool, bool]:
    """Whether Meilisearch's indexes, and whether Postgres' own words, were made by the rules of this program."""
    async with engine.connect() as connection:
        found = {row.name: row.settings_hash for row in await connection.execute(_HASHES)}
    return (
        all(found.get(name) == settings_hash(entity) for entity, name in names.items()),
        found.get(WORDS) == words_hash(),
    )


async def give_up_indexes(engine: AsyncEngine, names: dict[Entity, str]) -> None:
    """Where no Meilisearch is set, its indexes are out of use and there is nobody to teach: empty the outbox."""
    async with engine.begin() as connection:
        await connection.execute(_NO_LONGER, {"names": list(names.values())})
        await connection.execute(_FORGET_ALL)


async def mark_lost(engine: AsyncEngine, names: dict[Entity, str]) -> None:
    """Meilisearch has lost its data: search goes to Postgres until the indexes are there again."""
    async with engine.begin() as connection:
        await connection.execute(_NO_LONGER, {"names": list(names.values())})


async def mend(engine: AsyncEngine, indexes: Indexes, names: dict[Entity, str]) -> int:
    """Compare the ids in the indexes with those in Postgres, and put right what differs; how many articles did.

    What waits in the outbox is on its way and no difference.
    """
    async with engine.connect() as connection:
        articles = set(await connection.scalars(_ARTICLE_IDS))
        statements = {row.id: row.article_id for row in await connection.execute(_STATEMENT_IDS)}
    there = await indexes.ids(names["article"])
    statements_there = await indexes.ids(names["statement"])
    if surplus := there - articles:
        await indexes.done(await indexes.remove(names["article"], f"id IN {listed(surplus)}"))
    if stray := statements_there - statements.keys():
        await indexes.done(await indexes.remove(names["statement"], f"id IN {listed(stray)}"))
    missing = (articles - there) | {statements[id] for id in statements.keys() - statements_there}
    async with engine.begin() as connection:
        await connection.execute(_TEACH, {"ids": sorted(missing)})
    return len(missing | surplus) + len(stray)


_ARTICLE_IDS = text("SELECT id FROM article WHERE deleted_at IS NULL")
_STATEMENT_IDS = text("""
    SELECT s.id, s.article_id FROM statement s JOIN article a ON a.id = s.article_id WHERE a.deleted_at IS NULL
""")
_TEACH = text("""
    INSERT INTO outbox (entity, entity_id, operation)
    SELECT 'article', id, 'upsert' FROM unnest(CAST(:ids AS text[])) AS id
""")


@asynccontextmanager
async def only_writer(engine: AsyncEngine) -> AsyncIterator[None]:
    """Wait until nobody else writes the indexes, and keep it so; a lost connection gives the right away by itself."""
    async with engine.connect() as connection:
        await connection.execution_options(isolation_level="AUTOCOMMIT")
        await connection.execute(_WAIT)
        try:
            yield
        finally:
            await connection.execute(_RELEASE)


async def _chunks(engine: AsyncEngine, progress: Progress) -> AsyncIterator[tuple[AsyncConnection, list[str]]]:
    """The ids of all living articles in order, a chunk with a transaction of its own at a time."""
    async with engine.connect() as connection:
        total = await connection.scalar(_COUNT) or 0
    after, done = "", 0
    progress(0, total)
    while True:
        async with engine.begin() as connection:
            articles = list(await connection.scalars(_CHUNK, {"after": after, "chunk": CHUNK}))
            if not articles:
                return
            yield connection, articles
        after, done = articles[-1], done + len(articles)
        progress(done, total)

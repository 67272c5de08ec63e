"""What the outbox says is taught to Meilisearch, and only then forgotten."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from app.search.documents import Document, article_document, statement_document
from app.search.engine import Entity
from app.search.index import Indexes, TaskFailed
from app.search.rows import StatementRow, article_rows, statement_rows

BATCH = 200
LONGEST_BACK_OFF_SECONDS = 600

# Held by whoever writes the indexes: one worker applies the outbox at a time, and none while they are rebuilt.
WRITING = "hashtextextended('qawl: who writes the search indexes', 0)"


class Lesson(NamedTuple):
    """One row of the outbox."""

    id: int
    entity: str
    entity_id: str
    operation: str


class Documents(NamedTuple):
    """What the indexes are to hold of some articles."""

    articles: list[Document]
    statements: list[Document]


_TRY = text(f"SELECT pg_try_advisory_xact_lock({WRITING})")
_DUE = text("""
    SELECT id, entity, entity_id, operation FROM outbox
    WHERE available_at <= now() AND entity <> 'speaker' ORDER BY id LIMIT :batch FOR UPDATE SKIP LOCKED
""")
_ARTICLES_OF = text("SELECT DISTINCT article_id FROM statement WHERE id = ANY(CAST(:ids AS text[]))")
_FORGET = text("DELETE FROM outbox WHERE id = ANY(CAST(:ids AS bigint[]))")
_POSTPONE = text(f"""
    UPDATE outbox SET attempts = attempts + 1, last_error = :reason,
        available_at = now() + make_interval(secs => least(2 ^ least(attempts, 20), {LONGEST_BACK_OFF_SECONDS}))
    WHERE id = ANY(CAST(:ids AS bigint[]))
""")


async def apply_outbox(engine: AsyncEngine, indexes: Indexes, names: dict[Entity, str], *, batch: int = BATCH) -> int:
    """Teach the indexes one batch; returns how many rows of the outbox are done.

    0 also when another process is writing the indexes. A batch that Meilisearch refuses is tried again row by row,
    so that one bad document holds up no other; a refused row waits longer each time. Raises Unavailable when a
    server does not answer: nothing is lost then, the rows stay.
    """
    async with engine.begin() as connection:
        if not await connection.scalar(_TRY):
            return 0
        lessons = [Lesson(*row) for row in await connection.execute(_DUE, {"batch": batch})]
        done = await _teach(connection, indexes, names, lessons)
        await connection.execute(_FORGET, {"ids": [one.id for one in done]})
        return len(done)


async def _teach(
    connection: AsyncConnection, indexes: Indexes, names: dict[Entity, str], lessons: Sequence[Lesson]
) -> Sequence[Lesson]:
    """Teach these together, or one by one where that fails; returns those that are done."""
    if not lessons:
        return []
    try:
        await _send(connection, indexes, names, lessons)
    except TaskFailed as failure:
        if len(lessons) == 1:
            await connection.execute(_POSTPONE, {"ids": [lessons[0].id], "reason": str(failure)[:1000]})
            return []
        return [done for one in lessons for done in await _teach(connection, indexes, names, [one])]
    return lessons


async def _send(
    connection: AsyncConnection, indexes: Indexes, names: dict[Entity, str], lessons: Sequence[Lesson]
) -> None:
    """The newest state of what is named, whatever the row said: an upsert of what is gone is a deletion."""
    statements = [one.entity_id for one in lessons if one.entity == "statement"]
    articles = {one.entity_id for one in lessons if one.entity == "article"}
    articles.update(await connection.scalars(_ARTICLES_OF, {"ids": statements}))
    now = await documents_of(connection, sorted(articles))
    gone = articles - {document["id"] for document in now.articles}
    tasks = await indexes.remove(
        names["statement"],
        f"(article IN {listed(articles)} OR id IN {listed(statements)})"
        f" AND id NOT IN {listed(document['id'] for document in now.statements)}",
    )
    tasks += await indexes.put(names["statement"], now.statements)
    if gone:
        tasks += await indexes.remove(names["article"], f"id IN {listed(gone)}")
    tasks += await indexes.put(names["article"], now.articles)
    await indexes.done(tasks)


async def documents_of(connection: AsyncConnection, article_ids: Sequence[str]) -> Documents:
    """The documents of the living ones among these articles, and of their statements."""
    articles = await article_rows(connection, article_ids)
    statements = await statement_rows(connection, article_ids)
    made: defaultdict[str, list[StatementRow]] = defaultdict(list)
    for one in statements:
        made[one.article_id].append(one)
    return Documents(
        [article_document(article, made[article.id]) for article in articles],
        [statement_document(one) for one in statements],
    )


def listed(ids: Iterable[str]) -> str:
    """Ids as a list in a Meilisearch filter; ids of ours hold neither quotes nor backslashes."""
    return "[" + ", ".join(f'"{id}"' for id in ids) + "]"

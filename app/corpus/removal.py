"""Taking an article out of the corpus: it becomes a tombstone, and what was read from it is found no more."""

from typing import Literal

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from app.corpus.similarity import leave_group

# The lock that whoever writes this article holds as well (`app.corpus.writing`).
_LOCK = text("SELECT pg_advisory_xact_lock(hashtextextended('article:' || CAST(:id AS text), 0))")
_REMOVE = text("UPDATE article SET deleted_at = now() WHERE id = :id AND deleted_at IS NULL RETURNING id")
_THERE = text("SELECT EXISTS (SELECT FROM article WHERE id = :id)")
_TELL = text("INSERT INTO outbox (entity, entity_id, operation) VALUES ('article', :id, 'delete')")


async def remove_article(connection: AsyncConnection, article_id: str) -> Literal["removed", "gone", "unknown"]:
    """Delete an article in the caller's transaction, and let the search engine know. Its bytes and its row stay, so
    that its id is never given again; its words are the caller's to refresh.
    """
    await connection.execute(_LOCK, {"id": article_id})
    if await connection.scalar(_REMOVE, {"id": article_id}) is None:
        return "gone" if await connection.scalar(_THERE, {"id": article_id}) else "unknown"
    await connection.execute(_TELL, {"id": article_id})
    await leave_group(connection, article_id)
    return "removed"

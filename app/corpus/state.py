"""The state of the corpus: how many rows it has, and what the search index has still to learn of it."""

from datetime import datetime

import msgspec

from app.corpus.questions import Connection

_COUNTS = """
    SELECT (SELECT count(*) FROM article WHERE deleted_at IS NULL) AS articles,
           (SELECT count(*) FROM statement) AS statements,
           (SELECT count(*) FROM speaker WHERE merged_into IS NULL) AS speakers,
           (SELECT count(*) FROM outbox) AS outbox_pending,
           (SELECT extract(epoch FROM now() - min(created_at))::float8 FROM outbox) AS outbox_oldest_seconds,
           (SELECT min(built_at) FROM search_index) AS index_built_at
"""


class CorpusState(msgspec.Struct, frozen=True):
    """Counts of living rows; what waits in the outbox and for how long; when the oldest index in use was built."""

    articles: int
    statements: int
    speakers: int
    outbox_pending: int
    outbox_oldest_seconds: float | None
    index_built_at: datetime | None


async def corpus_state(connection: Connection) -> CorpusState:
    """What the database says of itself."""
    row = await connection.fetchrow(_COUNTS)
    assert row is not None
    return CorpusState(**row)

"""How much there is: counts of the corpus, for monitoring."""

import msgspec

from app.corpus.questions import Connection

_COUNTS = """
    SELECT (SELECT count(*) FROM article WHERE deleted_at IS NULL) AS articles,
           (SELECT count(*) FROM statement) AS statements,
           (SELECT count(*) FROM speaker WHERE merged_into IS NULL) AS speakers
"""


class CorpusCounts(msgspec.Struct, frozen=True):
    """Counts of rows; statements with their repetitions in headlines and pull quotes."""

    articles: int
    statements: int
    speakers: int


async def count_corpus(connection: Connection) -> CorpusCounts:
    """The counts now. They cost a walk over the indexes: not for every request."""
    row = await connection.fetchrow(_COUNTS)
    assert row is not None
    return CorpusCounts(**row)

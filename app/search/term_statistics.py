"""How common words are in the corpus, as Postgres' own statistics know it: nothing is counted for a search.

ANALYZE, which Postgres runs by itself, keeps the commonest stems with the share of rows that have them. What is not
among these is rare, and counting it costs little.
"""

from collections.abc import Mapping
from math import log
from time import monotonic

import asyncpg
import msgspec

from app.search.engine import Entity

# The statistics change when Postgres next takes them, which is seldom.
KNOWN_SECONDS = 60.0
# Fewer documents are counted, which is as quick as asking: a small corpus may be new, and its statistics too old.
FEWEST = 10_000


class TermStatistics(msgspec.Struct, frozen=True):
    """Of so many documents, the share that has a stem, for the commonest stems; empty where nothing is known yet.

    `length` is how many words a document has on average, taken from some.
    """

    documents: float
    shares: Mapping[str, float]
    length: float = 1.0

    def worth(self, term: str) -> float:
        """How much a stem tells; for one that is not among the common ones, at least this."""
        share = self.shares.get(term) or min(self.shares.values(), default=1.0)
        return worth(self.documents, share * self.documents)


def worth(documents: float, having: float) -> float:
    """BM25's inverse document frequency."""
    return log(1 + (documents - having + 0.5) / (having + 0.5))


class KnownStatistics:
    """The statistics of both kinds of documents, asked for anew once they are old."""

    def __init__(self, pool: asyncpg.Pool) -> None:
        self._pool = pool
        self._known: dict[Entity, tuple[float, TermStatistics]] = {}

    async def of(self, entity: Entity) -> TermStatistics:
        """The statistics of articles or of statements."""
        until, statistics = self._known.get(entity, (0.0, TermStatistics(0.0, {})))
        if monotonic() < until:
            return statistics
        row = await self._pool.fetchrow(_STATISTICS.format(entity=entity))
        large = row is not None and row["documents"] >= FEWEST
        fresh = TermStatistics(
            documents=float(row["documents"]) if row and large else 0.0,
            shares=dict(zip(row["stems"] or (), row["shares"] or (), strict=False)) if row and large else {},
            length=max(1.0, float(row["length"] or 1.0)) if row else 1.0,
        )
        if large:
            self._known[entity] = (monotonic() + KNOWN_SECONDS, fresh)
        return fresh


# Beside the shares stand three numbers on all of them, which the zip above leaves out. For a length some will do.
_STATISTICS = f"""
    SELECT c.reltuples AS documents, s.most_common_elems::text::text[] AS stems, s.most_common_elem_freqs AS shares,
           (SELECT avg(length) FROM (SELECT length FROM {{entity}}_words LIMIT {FEWEST}) AS taken)::float8 AS length
    FROM pg_class c
    LEFT JOIN pg_stats s ON s.tablename = c.relname AND s.schemaname = 'public' AND s.attname = 'stem'
    WHERE c.oid = '{{entity}}_words'::regclass
"""


def count_of(entity: Entity) -> str:
    """A SELECT of how many documents there are, as `n`: of many, the estimate."""
    return f"""SELECT CASE WHEN reltuples >= {FEWEST} THEN reltuples ELSE (SELECT count(*) FROM {entity}_words) END AS n
                FROM pg_class WHERE oid = '{entity}_words'::regclass"""

"""How near the words of a query stand in what was found, asked of Postgres: Meilisearch keeps no order of words."""

from collections.abc import Sequence

import asyncpg

from app.search.engine import Question
from app.search.lexemes import FORM_OF, clauses
from app.search.postgres import answered, labels_of, tsquery

# So many of the first hits are put in order by nearness: reading a document's words takes its time.
RANKED = 60


def counts(question: Question) -> bool:
    """Whether nearness orders the answer: words that may stand near or far, by relevance, typed as they were meant."""
    query = question.query
    if question.sort != "relevance" or query.corrections:
        return False
    return len(clauses(query, FORM_OF[query.match])) > 1


async def nearness(pool: asyncpg.Pool, question: Question, ids: Sequence[str]) -> dict[str, float]:
    """For each of these documents how near the words stand, and how high up: 0 to 1. Raises Unavailable."""
    entity, form = question.entity, FORM_OF[question.query.match]
    sql = f"""
        SELECT w.{entity}_id AS id, ts_rank_cd(w.{form}, $1::text::tsquery, 32)::float8 AS nearness
        FROM {entity}_words w WHERE w.{entity}_id = ANY($2::text[])
    """
    rows = await answered(pool, sql, [tsquery(question.query, form, labels_of(question)), list(ids)])
    return {row["id"]: row["nearness"] for row in rows}

"""Questions of many words, of which no document has all: candidates by their rarest words, then ranked closely.

Neither engine ranks these well: Meilisearch wants all words and reads ten, Postgres knows no rarity. The words are
Postgres' own stems, so that the answer is the same whichever engine answers short searches.
"""

from collections.abc import Sequence
from functools import cache
from pathlib import Path

import asyncpg
import msgspec

from app.arabic.fold import folded
from app.arabic.lists import entries
from app.arabic.stem import stem
from app.corpus.questions import Conditions
from app.search.engine import Hit, Hits, Place, Question
from app.search.index_settings import RELEVANCE_DEPTH
from app.search.lexemes import clauses
from app.search.parameters import Facet
from app.search.postgres import (
    answered,
    exclude_words,
    facet_counts,
    filter_rows,
    labels_of,
    require_phrases,
    searched_rows,
)
from app.search.query import SENTENCE_WORDS, Query
from app.search.ranking import Candidate, best_first
from app.search.term_statistics import KnownStatistics, TermStatistics, count_of

# Fewer words are keywords: all of them are meant.
FEWEST_WORDS = 4
# A hit has at least this share of the question, each word counted by its rarity.
SHARE = 0.15
# How much of a share's weight goes by the length of the text: what is twice as long as others has more by chance.
LONG = 0.4
# So many of those with the weightiest share are ranked closely; after them come the others by the same weight.
RANKED = 100

# "Who" at the beginning; anywhere else it is "from".
WHO = "من"

_DATA = Path(__file__).parent / "data"


def asks(query: Query) -> bool:
    """Whether a query is a question outright: a sentence, or a word that asks and more."""
    if query.match == "exact" or len(query.words) < 2:
        return False
    if len(query.words) >= SENTENCE_WORDS:
        return True  # what says the same in other words is meant too, even where one document has all of them
    words = [word.folded for word in query.words]
    return words[0] == WHO or not _interrogatives().isdisjoint(words)


def is_long(query: Query) -> bool:
    """Whether a query has more words than keywords: where no document has them all, most of them will do."""
    return query.match != "exact" and len(query.words) >= FEWEST_WORDS


class LongQuestions:
    """Answers questions from Postgres, over a pool of reading connections."""

    def __init__(self, pool: asyncpg.Pool) -> None:
        self._pool = pool
        self._statistics = KnownStatistics(pool)

    async def search(self, question: Question) -> Hits:
        """The documents that have most of the question, best first. Raises Unavailable without an answer."""
        terms = question_terms(question.query)
        statistics = await self._statistics.of(question.entity)
        start = question.after.offset or 0 if question.after else 0
        rows = await answered(self._pool, *_sql(question, terms, statistics, start))
        tally = msgspec.json.decode(rows[0]["tally"], type=_Tally)
        found = [row for row in rows if row["id"] is not None]
        if start < RANKED:
            candidates = [Candidate(row["id"], row["published_at"], row["line"]) for row in found]
            words = [word.folded for word in telling(question.query).words]
            rarity = {term: statistics.worth(term) for term in terms} | tally.rarity
            hits = [
                Hit(one.id, score) for one, score in best_first(terms, rarity, words, candidates, statistics.length)
            ]
            hits, end = hits[start : start + question.limit], min(start + question.limit, RANKED)
        else:
            hits, end = [Hit(row["id"], 0.0) for row in found], start + question.limit
        return Hits(
            hits=hits,
            total=tally.total,
            relation="eq" if tally.total < RELEVANCE_DEPTH else "gte",
            facets=tally.facets,
            next=Place(offset=end) if end < tally.total else None,
        )


class _Tally(msgspec.Struct):
    """Counted over all hits; how rare each searched word of the question is."""

    total: int
    rarity: dict[str, float]
    facets: dict[Facet, dict[str, int]]


def telling(query: Query) -> Query:
    """The query without the words that say nothing, unless there is nothing else: so they are not highlighted."""
    words = tuple(word for word in query.words if word.folded not in _stop_words())
    return msgspec.structs.replace(query, words=words or query.words)


def question_terms(query: Query) -> list[str]:
    """The stems and names of the question in order, without those that say nothing unless there is nothing else."""
    words = [alternatives[0][0] for alternatives in clauses(query, "stem") if len(alternatives[0]) == 1]
    telling = [word for word in words if word not in _stop_words()]
    return list(dict.fromkeys(telling or words))


@cache
def _stop_words() -> frozenset[str]:
    words = _words("stop_words.txt") | _interrogatives()
    return words | {stem(word) for word in words}


@cache
def _interrogatives() -> frozenset[str]:
    return _words("interrogatives.txt")


def _words(file: str) -> frozenset[str]:
    return frozenset(folded(line) for line in entries(_DATA / file))


def searched(terms: Sequence[str], statistics: TermStatistics) -> list[str]:
    """The terms that candidates are found by: the commonest are left out, as far as no hit can live of them alone."""
    worths = {term: statistics.worth(term) for term in terms if term in statistics.shares}
    rare = sum(statistics.worth(term) for term in terms if term not in worths)
    spare = SHARE * (rare + sum(worths.values()))
    left_out = set()
    for term in sorted(worths, key=worths.__getitem__):
        spare -= worths[term]
        if spare < 0:
            break
        left_out.add(term)
    return [term for term in terms if term not in left_out] or list(terms)


def _sql(question: Question, terms: Sequence[str], statistics: TermStatistics, start: int) -> tuple[str, list[object]]:
    """One statement: who has which words, how rare these are, who has enough of them, and the counts over those.

    A row is known by its place in the table, which costs less than its id as long as it is one of thousands.
    """
    entity, where = question.entity, Conditions()
    chosen = searched(terms, statistics)
    left_out = where.value(float(sum(statistics.worth(term) for term in set(terms) - set(chosen))))
    labels = f":{labels_of(question)}" if labels_of(question) else ""
    words, wanted = where.value(chosen), where.value([f"'{term}'{labels}" for term in chosen])
    mean = where.value(statistics.length)
    exclude_words(question, where)
    require_phrases(question, where)
    filter_rows(entity, question.filters, where)
    # Where nothing else is asked for, what is not among the best need not be looked at.
    most = "ALL" if str(where) else str(RELEVANCE_DEPTH)
    first, count = (0, RANKED) if start < RANKED else (start, question.limit)
    sql = f"""
        WITH has AS MATERIALIZED (
                SELECT asked.word, w.ctid AS place, w.length
                FROM unnest({words}::text[], {wanted}::text[]) AS asked(word, query)
                JOIN {entity}_words w ON w.stem @@ asked.query::tsquery
             ),
             documents AS ({count_of(entity)}),
             rarity AS (
                SELECT word, ln(1 + greatest(n - count(*) + 0.5, 0.5) / (count(*) + 0.5))::float8 AS worth
                FROM has, documents GROUP BY word, n
             ),
             enough AS MATERIALIZED (
                SELECT place, sum(worth) / ({1 - LONG} + {LONG} * min(length) / {mean}) AS weight
                FROM has JOIN rarity USING (word) GROUP BY place
                HAVING sum(worth) >= {SHARE} * ({left_out} + (SELECT sum(worth) FROM rarity))
                ORDER BY weight DESC, place LIMIT {most}
             ),
             found AS MATERIALIZED (
                SELECT w.{entity}_id AS id, w.published_at, weight
                FROM enough JOIN {searched_rows(question)} ON w.ctid = enough.place
                {where}
                ORDER BY weight DESC, w.published_at DESC NULLS LAST, id LIMIT {RELEVANCE_DEPTH}
             ),
             tally AS (
                SELECT jsonb_build_object(
                    'total', (SELECT count(*) FROM found), 'facets', {facet_counts(entity, question.facets)},
                    'rarity', (SELECT coalesce(jsonb_object_agg(word, worth), '{{}}') FROM rarity)
                ) AS tally
             ),
             best AS (
                SELECT * FROM found ORDER BY weight DESC, published_at DESC NULLS LAST, id LIMIT {count} OFFSET {first}
             )
        SELECT tally.tally, b.id, b.published_at, w.line
        FROM tally LEFT JOIN best b ON true LEFT JOIN {entity}_words w ON w.{entity}_id = b.id
        ORDER BY b.weight DESC, b.published_at DESC NULLS LAST, b.id
    """
    return sql, where.values

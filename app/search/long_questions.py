"""Questions of many words, of which no document has all: candidates by their rarest words, ranked by BM25.

Neither engine ranks these well: Meilisearch wants all words and reads ten, Postgres knows no rarity. The words are
Postgres' own stems, so that the answer is the same whichever engine answers short searches.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cache
from itertools import pairwise
from pathlib import Path

import asyncpg
import msgspec

from app.arabic.fold import folded
from app.arabic.lists import entries
from app.arabic.stem import stem
from app.corpus.questions import Conditions
from app.search.engine import Hit, Hits, Place, Question
from app.search.lexemes import clauses
from app.search.parameters import Facet
from app.search.postgres import (
    ALIVE,
    JOINED,
    answered,
    exclude_words,
    facet_counts,
    filter_rows,
    labels_of,
    require_phrases,
)
from app.search.query import Query

# Fewer words are keywords: all of them are meant.
FEWEST_WORDS = 4
# A hit has at least this share of the question, each word counted by its rarity.
SHARE = 0.15
# So many of those with the greatest share are ranked; the answer ends with them.
RANKED = 60
COUNTED_UP_TO = 1_000
# BM25's saturation and length, near the usual values, found on questions. A word in the title, or in what was said,
# counts as several.
K1, B = 1.2, 0.85
WEIGHT_OF_TITLE = 3
# What two neighbours of the question add, standing side by side in the document.
NEIGHBOURS = 0.3

# "Who" at the beginning; anywhere else it is "from".
WHO = "من"

_DATA = Path(__file__).parent / "data"


class Candidate(msgspec.Struct, frozen=True):
    """A document that may answer: its words of the question, each with positions and their weights (A to D)."""

    id: str
    published_at: datetime | None
    length: int
    words: Mapping[str, tuple[list[int], list[str]]]


def asks(query: Query) -> bool:
    """Whether a query is a question outright: it has a word that asks, and more."""
    if query.match == "exact" or len(query.words) < 2:
        return False
    words = [word.folded for word in query.words]
    return words[0] == WHO or not _interrogatives().isdisjoint(words)


def is_long(query: Query) -> bool:
    """Whether a query has more words than keywords: where no document has them all, most of them will do."""
    return query.match != "exact" and len(query.words) >= FEWEST_WORDS


async def search_long(pool: asyncpg.Pool, question: Question) -> Hits:
    """The documents that have most of the question, best first. Raises Unavailable when Postgres does not answer."""
    terms = question_terms(question.query)
    sql, values = _sql(question, terms)
    rows = await answered(pool, sql, values)
    tally = msgspec.json.decode(rows[0]["tally"], type=_Tally)
    candidates = [
        Candidate(row["id"], row["published_at"], row["length"], msgspec.json.decode(row["words"], type=_Words))
        for row in rows
        if row["id"] is not None
    ]
    ranked = rank(terms, tally.rarity, candidates)
    start = question.after.offset or 0 if question.after else 0
    end = start + question.limit
    return Hits(
        hits=ranked[start:end],
        total=tally.total,
        relation="eq" if tally.total < COUNTED_UP_TO else "gte",
        facets=tally.facets,
        next=Place(offset=end) if end < len(ranked) else None,
    )


_Words = dict[str, tuple[list[int], list[str]]]


class _Tally(msgspec.Struct):
    """Counted over all hits; how rare each word of the question is."""

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


def rank(terms: Sequence[str], rarity: Mapping[str, float], candidates: Sequence[Candidate]) -> list[Hit]:
    """The candidates by BM25, nearness of neighbours and the title; scores are shares of the best possible."""
    mean = sum(one.length for one in candidates) / max(1, len(candidates))
    most = sum(rarity.values()) * (K1 + 1) * (1 + NEIGHBOURS) or 1.0
    scored = [(_score(terms, rarity, one, mean) / most, one) for one in candidates]
    scored.sort(key=lambda pair: (-pair[0], -_seconds(pair[1]), pair[1].id))
    return [Hit(one.id, min(1.0, score)) for score, one in scored]


def _seconds(candidate: Candidate) -> float:
    return candidate.published_at.timestamp() if candidate.published_at else 0.0


def _score(terms: Sequence[str], rarity: Mapping[str, float], candidate: Candidate, mean: float) -> float:
    damping = K1 * (1 - B + B * candidate.length / max(1.0, mean))
    score = 0.0
    for word, (_, weights) in candidate.words.items():
        count = len(weights) + (WEIGHT_OF_TITLE - 1) * weights.count("A")
        score += rarity.get(word, 0.0) * count * (K1 + 1) / (count + damping)
    for one, other in pairwise(terms):
        if one in candidate.words and other in candidate.words:
            after = {place + 1 for place in candidate.words[one][0]}
            beside = len(after.intersection(candidate.words[other][0]))
            score += NEIGHBOURS * min(rarity[one], rarity[other]) * beside * (K1 + 1) / (beside + damping)
    return score


def _sql(question: Question, terms: Sequence[str]) -> tuple[str, list[object]]:
    """One statement: who has which words, how rare these are, who has enough of them, and the counts over those."""
    entity = question.entity
    where = Conditions(ALIVE[entity])
    given = where.value(list(terms))
    labels = where.value(f":{labels_of(question)}" if labels_of(question) else "")
    exclude_words(question, where)
    require_phrases(question, where)
    filter_rows(entity, question.filters, where)
    length = "t.word_count" if entity == "article" else "(t.content_end - t.content_start) / 6"
    facets = facet_counts(entity, question.facets)
    sql = f"""
        WITH term AS (SELECT DISTINCT word FROM unnest({given}::text[]) AS word),
             has AS (
                SELECT word, w.{entity}_id AS id
                FROM term JOIN {entity}_words w ON w.stem @@ ('''' || word || '''' || {labels}::text)::tsquery
             ),
             documents AS (SELECT count(*) AS n FROM {entity}_words),
             rarity AS (
                SELECT word, ln(1 + ((SELECT n FROM documents) - count(*) + 0.5) / (count(*) + 0.5))::float8 AS worth
                FROM has GROUP BY word
             ),
             mass AS (SELECT id, sum(worth) AS mass FROM has JOIN rarity USING (word) GROUP BY id),
             found AS MATERIALIZED (
                SELECT t.id, t.published_at, m.mass, {length} AS length
                FROM mass m JOIN ({JOINED[entity]}) ON t.id = m.id
                {where} AND m.mass >= {SHARE} * (SELECT sum(worth) FROM rarity)
                ORDER BY m.mass DESC, t.id LIMIT {COUNTED_UP_TO}
             ),
             tally AS (
                SELECT jsonb_build_object(
                    'total', (SELECT count(*) FROM found), 'facets', {facets},
                    'rarity', (SELECT coalesce(jsonb_object_agg(word, worth), '{{}}') FROM rarity)
                ) AS tally
             ),
             best AS (SELECT * FROM found ORDER BY mass DESC, published_at DESC NULLS LAST, id LIMIT {RANKED})
        SELECT tally.tally, b.id, b.published_at, b.length, (
            SELECT coalesce(json_object_agg(l.lexeme, json_build_array(l.positions, l.weights)), '{{}}')
            FROM {entity}_words w, unnest(w.stem) AS l
            WHERE w.{entity}_id = b.id AND l.lexeme = ANY({given}::text[])
        )::text AS words
        FROM tally LEFT JOIN best b ON true
    """
    return sql, where.values

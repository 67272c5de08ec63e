"""Search in Postgres: our own words in `tsvector` columns, no further server."""

from collections.abc import Iterable, Sequence
from datetime import datetime

import asyncpg
import msgspec

from app.arabic.words import Form
from app.corpus.database import CANNOT_CONNECT
from app.corpus.questions import Conditions
from app.errors import Unavailable
from app.search.documents import GOVERNORATE_CODE
from app.search.engine import Entity, Filters, Hit, Hits, Place, Question
from app.search.index_settings import FACET_VALUES, RELEVANCE_DEPTH
from app.search.lexemes import FORM_OF, Alternative, Clause, clauses, excluded
from app.search.parameters import Facet, Part
from app.search.query import Match, Query

_WEIGHTS: dict[Part, str] = {"content": "A", "speaker": "B", "role": "C"}
# By relevance so many hits are ranked by how near the words stand, the closest and newest: reading an article's words
# takes its time. Behind them come the others, by how closely they match and by date.
RANKED = 200


_KINDNESS: dict[Match, tuple[Form, ...]] = {
    "exact": ("plain",),
    "normal": ("plain", "folded"),
    "stem": ("plain", "folded", "stem"),
}
_STATEMENT_COLUMNS: dict[Facet, str] = {
    "speaker": "s.speaker_id",
    "party": "(SELECT p.party_id FROM speaker p WHERE p.id = s.speaker_id)",
    "kind": "s.kind",
    "stance": "s.stance",
}
_DATES: dict[Facet, str] = {"year": "YYYY", "month": "YYYY-MM"}


class PostgresEngine:
    """Searches over a pool of reading connections."""

    name = "postgres"

    def __init__(self, pool: asyncpg.Pool) -> None:
        self._pool = pool

    async def search(self, question: Question) -> Hits:
        """One question, one statement. Raises Unavailable when Postgres does not answer."""
        return _hits(question, await answered(self._pool, *search_sql(question)))


async def answered(pool: asyncpg.Pool, sql: str, values: Sequence[object]) -> list[asyncpg.Record]:
    """The rows of a search. Raises Unavailable when Postgres does not answer."""
    try:
        return await pool.fetch(sql, *values)
    except (*CANNOT_CONNECT, TimeoutError, asyncpg.QueryCanceledError, asyncpg.InterfaceError) as failure:
        raise Unavailable(f"Postgres does not answer the search: {type(failure).__name__}") from failure


class _Tally(msgspec.Struct):
    """What is counted over all hits."""

    total: int
    facets: dict[Facet, dict[str, int]]


def _hits(question: Question, rows: Sequence[asyncpg.Record]) -> Hits:
    tally = msgspec.json.decode(rows[0]["tally"], type=_Tally)
    found = [row for row in rows if row["id"] is not None]
    hits = [Hit(row["id"], row["score"]) for row in found[: question.limit]]
    further = len(found) > question.limit
    return Hits(hits, tally.total, "eq", tally.facets, _next(question, found) if further else None)


def _next(question: Question, found: Sequence[asyncpg.Record]) -> Place | None:
    last = found[question.limit - 1]
    if question.sort != "relevance":
        return Place(published_at=last["published_at"], id=last["id"])
    offset = (question.after.offset or 0 if question.after else 0) + question.limit
    return Place(offset=offset) if offset < RELEVANCE_DEPTH else None


def search_sql(question: Question) -> tuple[str, list[object]]:
    """The statement and its values. It gives the page's hits, each with the tally over all hits."""
    where = Conditions()
    require_words(question, where)
    filter_rows(question.entity, question.filters, where)
    order, page = _page(question, where)
    facets = facet_counts(question.entity, question.facets)
    dated = "w" if question.sort == "relevance" else "t"
    sql = f"""
        WITH found AS MATERIALIZED (
                SELECT w.{question.entity}_id AS id, {dated}.published_at FROM {searched_rows(question)} {where}
             ),
             tally AS (SELECT jsonb_build_object('total', (SELECT count(*) FROM found), 'facets', {facets}) AS tally),
             page AS ({page})
        SELECT tally.tally, page.id, page.published_at, page.score
        FROM tally LEFT JOIN page ON true ORDER BY {order}
    """
    return sql, where.values


def searched_rows(question: Question) -> str:
    """The words `w`, and the rows `t` that they are of where a filter or an order by date asks for these.

    What is deleted has no words. The date beside the words only decides among equals: it comes with the words, which
    are made again some time after a migration.
    """
    rows = f"{question.entity}_words w"
    if question.sort == "relevance" and question.filters == Filters():
        return rows
    return f"{rows} JOIN {question.entity} t ON t.id = w.{question.entity}_id"


def facet_counts(entity: Entity, facets: Iterable[Facet]) -> str:
    """An expression for the counts of these facets over the rows of `found`, as jsonb."""
    return " || ".join(["'{}'::jsonb", *(_facet(entity, facet) for facet in facets)])


def _facet(entity: Entity, facet: Facet) -> str:
    return f"""jsonb_build_object('{facet}', (SELECT coalesce(jsonb_object_agg(value, n), '{{}}') FROM (
        SELECT value, count(*) AS n FROM ({_facet_values(entity, facet)}) AS v WHERE value IS NOT NULL
        GROUP BY value ORDER BY n DESC, value LIMIT {FACET_VALUES}) AS counted))"""


def _facet_values(entity: Entity, facet: Facet) -> str:
    """A SELECT of the values to count; an article counts once for each value that its statements have."""
    if facet in _DATES:
        return f"SELECT to_char(published_at, '{_DATES[facet]}') AS value FROM found"
    if facet == "governorate":
        codes = f"unnest(t.places) AS code WHERE length(code) = {GOVERNORATE_CODE}"
        return f"SELECT code AS value FROM found f JOIN {entity} t USING (id), {codes}"
    if facet == "source":
        return f"SELECT t.source_id AS value FROM found f JOIN {entity} t USING (id)"
    key = "s.article_id" if entity == "article" else "s.id"
    each = "DISTINCT f.id," if entity == "article" else ""
    return f"SELECT {each} {_STATEMENT_COLUMNS[facet]} AS value FROM found f JOIN statement s ON {key} = f.id"


def exclude_words(question: Question, where: Conditions) -> None:
    """Add the conditions on excluded words."""
    form, labels = FORM_OF[question.query.match], labels_of(question)
    for alternative in excluded(question.query):
        where.add(f"NOT w.{form} @@ {where.value(_phrase(alternative, labels))}::tsquery")


def require_words(question: Question, where: Conditions) -> None:
    """Add the conditions on words."""
    exclude_words(question, where)
    query, labels = question.query, labels_of(question)
    if query.empty:
        return
    form = FORM_OF[query.match]
    tests = [_test(query, form, labels, where)]
    # Stems find whatever folded words do, but for an unfinished word and a name whose words stand apart.
    if query.match == "stem" and (query.unfinished or query.entities):
        tests.append(_test(query, "folded", labels, where))
    where.add(f"({' OR '.join(tests)})")


def labels_of(question: Question) -> str:
    """The weights of the fields to look in; empty for all."""
    if question.entity == "article" or set(question.parts) == _WEIGHTS.keys():
        return ""
    return "".join(_WEIGHTS[part] for part in question.parts)


def _test(query: Query, form: Form, labels: str, where: Conditions) -> str:
    return f"w.{form} @@ {where.value(tsquery(query, form, labels))}::tsquery"


def tsquery(query: Query, form: Form, labels: str) -> str:
    """The words of a query in one form as the text of a `tsquery`; `labels` are the weights to look in."""
    asked = clauses(query, form)
    written = [_clause(clause, labels) for clause in asked]
    if query.unfinished and form == "folded":
        written[-1] = _clause(asked[-1], labels, beginning=asked[-1][0][0])
    return " & ".join(written)


def _clause(clause: Clause, labels: str, beginning: str | None = None) -> str:
    unfinished = [f"'{beginning}':*{labels}"] if beginning else []
    return "(" + " | ".join([*(_phrase(one, labels) for one in clause), *unfinished]) + ")"


def require_phrases(question: Question, where: Conditions) -> None:
    """Add the conditions on phrases alone, for a search that need not find every word."""
    form, labels = FORM_OF[question.query.match], labels_of(question)
    for phrase in question.query.phrases:
        words = tuple(str(getattr(term, form)) for term in phrase)
        where.add(f"w.{form} @@ {where.value(_phrase(words, labels))}::tsquery")


def _phrase(words: Alternative, labels: str) -> str:
    weights = f":{labels}" if labels else ""
    return "(" + " <-> ".join(f"'{word}'{weights}" for word in words) + ")"


def filter_rows(entity: Entity, filters: Filters, where: Conditions) -> None:
    if filters.sources:
        where.add(f"t.source_id = ANY({where.value(list(filters.sources))}::text[])")
    if filters.published_from:
        where.add(f"t.published_at >= {where.value(filters.published_from)}")
    if filters.published_to:
        where.add(f"t.published_at < {where.value(filters.published_to)}")
    where.places("t.places", filters.places)
    if entity == "article":
        _filter_articles(filters, where)
    else:
        _filter_statements(filters, where)


def _filter_articles(filters: Filters, where: Conditions) -> None:
    if filters.speakers is not None:
        speakers = where.value(list(filters.speakers))
        where.add(
            f"EXISTS (SELECT FROM statement s WHERE s.article_id = t.id AND s.speaker_id = ANY({speakers}::text[]))"
        )
    if filters.parties is not None:
        parties = where.value(list(filters.parties))
        where.add(
            "EXISTS (SELECT FROM statement s JOIN speaker p ON p.id = s.speaker_id "
            f"WHERE s.article_id = t.id AND p.party_id = ANY({parties}::text[]))"
        )


def _filter_statements(filters: Filters, where: Conditions) -> None:
    if filters.parties is not None:
        parties = where.value(list(filters.parties))
        where.add(f"t.speaker_id IN (SELECT id FROM speaker WHERE party_id = ANY({parties}::text[]))")
    if filters.roles:
        where.roles("w.stem", filters.roles)
    columns: Iterable[tuple[str, tuple[str, ...] | None]] = (
        ("speaker_id", filters.speakers),
        ("kind", filters.kinds or None),
        ("zone", filters.zones or None),
        ("stance", filters.stances or None),
        ("channel_kind", filters.channels or None),
        ("polarity", (filters.polarity,) if filters.polarity else None),
    )
    for column, values in columns:
        if values is not None:
            where.add(f"t.{column} = ANY({where.value(list(values))}::text[])")
    if filters.min_confidence is not None:
        where.add(f"t.confidence >= {where.value(filters.min_confidence)}")
    if not filters.duplicates:
        where.add("t.duplicate_of IS NULL")
    if not filters.copies:
        where.add("t.copy_of IS NULL")


def _page(question: Question, where: Conditions) -> tuple[str, str]:
    """The order of the page, and the SELECT of its hits (one more than the limit: is there a next page?)."""
    limit = where.value(question.limit + 1)
    if question.sort == "relevance":
        return _by_relevance(question, where, limit)
    direction = "DESC" if question.sort == "newest" else "ASC"
    order = f"published_at {direction} NULLS LAST, id {direction}"
    after = _after(question.after, where, ">" if direction == "ASC" else "<") if question.after else "true"
    page = f"SELECT id, published_at, 1.0::float8 AS score FROM found WHERE {after} ORDER BY {order} LIMIT {limit}"
    return f"page.published_at {direction} NULLS LAST, page.id {direction}", page


def _after(place: Place, where: Conditions, beyond: str) -> str:
    id = where.value(place.id)
    if place.published_at is None:
        return f"published_at IS NULL AND id {beyond} {id}"
    moment: datetime = place.published_at
    return f"(published_at IS NULL OR (published_at, id) {beyond} ({where.value(moment)}::timestamptz, {id}::text))"


def _by_relevance(question: Question, where: Conditions, limit: str) -> tuple[str, str]:
    """Exact before normal before stem, within each by where and how near the words stand, then the newest first.

    How kind a match had to be is asked of the indexes; only the best `RANKED` have their words read. A score is a
    third for each kindness: words as written in the upper, folded in the middle, stems in the lower.
    """
    offset = where.value(question.after.offset or 0 if question.after else 0)
    table, labels = question.entity, labels_of(question)
    stricter = _KINDNESS[question.query.match]
    cases = " ".join(
        f"WHEN id IN (SELECT {table}_id FROM {table}_words w WHERE {test}) THEN {2 - place}"
        for place, test in enumerate(_test(question.query, form, labels, where) for form in stricter[:2])
    )
    form = stricter[-1]
    kindest = where.value(tsquery(question.query, form, labels))
    page = f"""
        SELECT b.id, b.published_at, ((b.tier + coalesce(closeness, 0)) / 3.0)::float8 AS score
        FROM (
            SELECT *, row_number() OVER (ORDER BY tier DESC, published_at DESC NULLS LAST, id DESC) AS place
            FROM (SELECT id, published_at, CASE {cases} ELSE 0 END AS tier FROM found) AS kind
            ORDER BY place LIMIT {RELEVANCE_DEPTH}
        ) AS b
        LEFT JOIN LATERAL (
            SELECT ts_rank_cd(w.{form}, {kindest}::tsquery, 32) AS closeness
            FROM {table}_words w WHERE w.{table}_id = b.id AND b.place <= {RANKED}
        ) AS near ON true
        ORDER BY score DESC, b.published_at DESC NULLS LAST, b.id DESC LIMIT {limit} OFFSET {offset}
    """
    return "page.score DESC, page.published_at DESC NULLS LAST, page.id DESC", page

"""Search as the doors see it: typed parameters in, an answer out, whichever engine gave it."""

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import NamedTuple

import asyncpg
import httpx
import msgspec

from app.arabic.words import forms
from app.corpus.places import wanted_codes
from app.corpus.questions import midnight
from app.corpus.speakers import speaker_ids
from app.errors import Unavailable
from app.search.availability import Meilisearch
from app.search.cursor import check_engine, read_cursor, write_cursor
from app.search.engine import Filters, Hit, Hits, Place, Question, Relation
from app.search.long_questions import LongQuestions, asks, is_long, telling
from app.search.meilisearch import MeilisearchEngine, open_client
from app.search.parameters import ArticleSearch, Facet, StatementSearch
from app.search.postgres import PostgresEngine
from app.search.query import Query, corrected, parse, unfinished
from app.search.spelling import FEWEST, likelier, meant
from app.settings import Settings


class FacetCount(msgspec.Struct, frozen=True):
    """How many hits have this value; `label` is a name for it, where it has one (a source's, a speaker's)."""

    value: str
    label: str | None
    count: int


class Answer(msgspec.Struct, frozen=True):
    """What a search found: ids and scores in order, not rows.

    `query` is what `app.search.highlights` needs. `engine` names who answered; `degraded` says that it stands in
    for another that is away. `total` is exact where `relation` is "eq", else a lower bound.
    """

    hits: Sequence[Hit]
    total: int
    relation: Relation
    facets: Mapping[Facet, Sequence[FacetCount]]
    next_cursor: str | None
    query: Query
    engine: str
    degraded: bool


class Named(NamedTuple):
    """What the names in filters mean: ids of speakers and of parties (None: not asked), P-codes for each filter."""

    speakers: tuple[str, ...] | None = None
    parties: tuple[str, ...] | None = None
    places: tuple[tuple[str, ...], ...] = ()


class _Found(NamedTuple):
    """Hits, the query as it was understood in the end, and who answered."""

    hits: Hits
    query: Query
    engine: str
    degraded: bool


def says_nothing(q: str, query: Query) -> bool:
    """Whether something was typed in which there is no word: no text has it. Nothing typed asks for everything."""
    return bool(q.strip()) and query.empty and not query.excluded


class Searcher:
    """Answers searches, from Meilisearch where it is up and its index built, else from Postgres."""

    def __init__(self, settings: Settings, pool: asyncpg.Pool, client: httpx.AsyncClient | None) -> None:
        self.pool = pool
        self._postgres = PostgresEngine(pool)
        self._long = LongQuestions(pool)
        self._meilisearch = Meilisearch(settings, pool, client) if client else None
        self._alone = settings.search_engine == "meilisearch"

    async def search(self, wanted: ArticleSearch | StatementSearch) -> Answer:
        """Search articles or statements, as the type of the parameters says.

        Raises InvalidRequest for a cursor that does not fit, Unavailable when neither engine answers.
        """
        question = await self._question(wanted)
        found = self._nothing(question) if says_nothing(wanted.q, question.query) else await self._found(question)
        check_engine(wanted, found.engine)
        return Answer(
            hits=found.hits.hits,
            total=found.hits.total,
            relation=found.hits.relation,
            facets=await self._labelled(found.hits.facets),
            next_cursor=write_cursor(wanted, found.engine, found.hits.next) if found.hits.next else None,
            query=found.query,
            engine=found.engine,
            degraded=found.degraded,
        )

    def _nothing(self, question: Question) -> "_Found":
        hits = Hits([], 0, "eq", {facet: {} for facet in question.facets}, None)
        return _Found(hits, question.query, self._postgres.name, degraded=False)

    async def _found(self, question: Question) -> "_Found":
        """What is found as typed; where that is nothing, what most of many words find, or the last word as a beginning,
        or what misspelt words may have meant: what was typed right stays crisp.
        """
        query, by_relevance = question.query, question.sort == "relevance"
        if by_relevance and asks(query) and (found := await self._answered(question)).hits.total:
            return found
        found = await self._ask(question)
        if not query.words or query.match == "exact":
            return found
        if found.hits.total:
            few = by_relevance and found.hits.total < FEWEST
            if few and (slips := await likelier(self.pool, query)):
                return await self._ask(msgspec.structs.replace(question, query=corrected(query, slips)))
            return found
        if by_relevance and is_long(query) and (long := await self._answered(question)).hits.total:
            return long._replace(degraded=found.degraded)
        if query.may_go_on:
            found = await self._ask(msgspec.structs.replace(question, query=unfinished(query)))
        if not found.hits.total and (slips := await meant(self.pool, query)):
            found = await self._ask(msgspec.structs.replace(question, query=corrected(query, slips)))
        return found

    async def _answered(self, question: Question) -> "_Found":
        """What has most of a question."""
        hits = await self._long.search(question)
        return _Found(hits, telling(question.query), self._postgres.name, degraded=False)

    async def _ask(self, question: Question) -> "_Found":
        """The answer of Meilisearch, or of Postgres where Meilisearch cannot give one."""
        query = question.query
        if not self._meilisearch or not MeilisearchEngine.reads(query):
            return _Found(await self._postgres.search(question), query, self._postgres.name, degraded=False)
        try:
            return _Found(await self._meilisearch.search(question), query, self._meilisearch.name, degraded=False)
        except Unavailable:
            if self._alone:
                raise
        return _Found(await self._postgres.search(question), query, self._postgres.name, degraded=True)

    async def _question(self, wanted: ArticleSearch | StatementSearch) -> Question:
        query = parse(wanted.q, wanted.match)
        place = read_cursor(wanted)
        return question_of(wanted, query, await self._named(wanted), place)

    async def _named(self, wanted: ArticleSearch | StatementSearch) -> "Named":
        """The ids behind the names in the filters."""
        if not (wanted.speaker or wanted.party or wanted.place or wanted.governorate):
            return Named()
        async with self.pool.acquire() as connection:
            return Named(
                tuple(await speaker_ids(connection, wanted.speaker)) if wanted.speaker else None,
                tuple(await speaker_ids(connection, wanted.party)) if wanted.party else None,
                tuple(map(tuple, await wanted_codes(connection, wanted.place, wanted.governorate))),
            )

    async def _labelled(self, facets: Mapping[Facet, Mapping[str, int]]) -> dict[Facet, list[FacetCount]]:
        labels: dict[Facet, dict[str, str]] = {}
        for facet, question in LABELS.items():
            if facets.get(facet):
                labels[facet] = {row["id"]: row["name"] for row in await self.pool.fetch(question, list(facets[facet]))}
        return {
            facet: [
                FacetCount(value, labels.get(facet, {}).get(value), count)
                for value, count in sorted(counts.items(), key=lambda one: (-one[1], one[0]))
            ]
            for facet, counts in facets.items()
        }


_SPEAKERS = "SELECT id, name FROM speaker WHERE id = ANY($1::text[])"
LABELS: dict[Facet, str] = {
    "source": "SELECT id, coalesce(name_ar, name_en) AS name FROM source WHERE id = ANY($1::text[])",
    "speaker": _SPEAKERS,
    "party": _SPEAKERS,
    "governorate": "SELECT pcode AS id, name_ar AS name FROM place WHERE pcode = ANY($1::text[])",
}


def question_of(wanted: ArticleSearch | StatementSearch, query: Query, named: Named, place: Place | None) -> Question:
    """The question to an engine that these parameters mean."""
    filters = Filters(
        sources=tuple(wanted.source),
        speakers=named.speakers,
        parties=named.parties,
        places=named.places,
        published_from=midnight(wanted.published_from) if wanted.published_from else None,
        published_to=midnight(wanted.published_to) if wanted.published_to else None,
    )
    asked = Question(
        entity="article",
        query=query,
        filters=filters,
        sort=wanted.order,
        facets=tuple(dict.fromkeys(wanted.facets)),
        limit=wanted.limit,
        after=place,
    )
    if isinstance(wanted, ArticleSearch):
        return asked
    narrowed = msgspec.structs.replace(
        filters,
        roles=tuple(tuple(forms(role, "stem")) for role in wanted.role),
        kinds=tuple(wanted.kind),
        zones=tuple(wanted.zone),
        stances=tuple(wanted.stance),
        channels=tuple(wanted.channel),
        polarity=wanted.polarity,
        min_confidence=wanted.min_confidence,
        duplicates=wanted.duplicates,
        copies=wanted.copies,
    )
    parts = tuple(dict.fromkeys(wanted.parts))
    return msgspec.structs.replace(asked, entity="statement", filters=narrowed, parts=parts)


@asynccontextmanager
async def open_searcher(settings: Settings, pool: asyncpg.Pool) -> AsyncIterator[Searcher]:
    """A searcher for the life of a process; `pool` is that of `app.corpus.database.open_pool`."""
    if settings.search_engine == "postgres" or not settings.meilisearch_url:
        if settings.search_engine == "meilisearch":
            raise Unavailable("QAWL_SEARCH_ENGINE is meilisearch, but QAWL_MEILISEARCH_URL is not set")
        yield Searcher(settings, pool, None)
        return
    key = settings.meilisearch_key.get_secret_value() if settings.meilisearch_key else None
    async with open_client(settings.meilisearch_url, key) as client:
        yield Searcher(settings, pool, client)

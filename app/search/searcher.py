"""Search as the doors see it: typed parameters in, an answer out, whichever engine gave it."""

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime, time
from time import monotonic

import asyncpg
import httpx
import msgspec

from app.corpus.filters import speaker_keys
from app.errors import Unavailable
from app.logs import log
from app.search.cursor import read_cursor, write_cursor
from app.search.engine import Engine, Entity, Filters, Hit, Hits, Place, Question, Relation
from app.search.index_settings import settings_hash
from app.search.meilisearch import MeilisearchEngine, open_client
from app.search.parameters import ArticleSearch, Facet, StatementSearch
from app.search.postgres import PostgresEngine
from app.search.query import Query, corrected, parse
from app.search.spelling import meant
from app.settings import Settings

# After a failure Meilisearch is left alone for this long; then one search tries it again.
PAUSE_SECONDS = 2.0
# How old the knowledge may be which indexes are in use.
INDEX_STATE_SECONDS = 1.0


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


class Searcher:
    """Answers searches, from Meilisearch where it is up and its index built, else from Postgres."""

    def __init__(self, settings: Settings, pool: asyncpg.Pool, client: httpx.AsyncClient | None) -> None:
        self.pool = pool
        self._postgres = PostgresEngine(pool)
        self._meilisearch = _Preferred(settings, pool, client) if client else None
        self._alone = settings.search_engine == "meilisearch"

    async def search(self, wanted: ArticleSearch | StatementSearch) -> Answer:
        """Search articles or statements, as the type of the parameters says.

        Raises InvalidRequest for a cursor that does not fit, Unavailable when neither engine answers.
        """
        question = await self._question(wanted)
        hits, engine = await self._hits(question)
        if hits.total == 0 and question.query.words and question.query.match != "exact":
            slips = await meant(self.pool, question.query)
            if slips:
                question = msgspec.structs.replace(question, query=corrected(question.query, slips))
                hits, engine = await self._hits(question)
        return Answer(
            hits=hits.hits,
            total=hits.total,
            relation=hits.relation,
            facets=await self._labelled(hits.facets),
            next_cursor=write_cursor(wanted, engine, hits.next) if hits.next else None,
            query=question.query,
            engine=engine,
            degraded=self._meilisearch is not None and engine != MeilisearchEngine.name,
        )

    async def _hits(self, question: Question) -> tuple[Hits, str]:
        """The answer of Meilisearch, or of Postgres where Meilisearch cannot give one."""
        if self._meilisearch:
            try:
                return await self._meilisearch.search(question), self._meilisearch.name
            except Unavailable:
                if self._alone:
                    raise
        return await self._postgres.search(question), self._postgres.name

    async def _question(self, wanted: ArticleSearch | StatementSearch) -> Question:
        query = parse(wanted.q, wanted.match)
        place = read_cursor(wanted.cursor, wanted)[1] if wanted.cursor else None
        speakers = await self._speakers(wanted.speaker) if wanted.speaker else None
        return question_of(wanted, query, speakers, place)

    async def _speakers(self, names: list[str]) -> tuple[str, ...]:
        rows = await self.pool.fetch(_SPEAKERS, names, speaker_keys(names))
        return tuple(row["id"] for row in rows)

    async def _labelled(self, facets: Mapping[Facet, Mapping[str, int]]) -> dict[Facet, list[FacetCount]]:
        labels: dict[Facet, dict[str, str]] = {}
        for facet, question in _LABELS.items():
            if facets.get(facet):
                labels[facet] = {row["id"]: row["name"] for row in await self.pool.fetch(question, list(facets[facet]))}
        return {
            facet: [
                FacetCount(value, labels.get(facet, {}).get(value), count)
                for value, count in sorted(counts.items(), key=lambda one: (-one[1], one[0]))
            ]
            for facet, counts in facets.items()
        }


_SPEAKERS = """
    SELECT DISTINCT coalesce(merged_into, id) AS id FROM speaker
    WHERE id = ANY($1::text[]) OR key = ANY($2::text[]) OR aliases && $1::text[]
"""
_LABELS: dict[Facet, str] = {
    "source": "SELECT id, coalesce(name_ar, name_en) AS name FROM source WHERE id = ANY($1::text[])",
    "speaker": "SELECT id, name FROM speaker WHERE id = ANY($1::text[])",
}


def question_of(
    wanted: ArticleSearch | StatementSearch, query: Query, speakers: tuple[str, ...] | None, place: Place | None
) -> Question:
    """The question to an engine that these parameters mean."""
    filters = Filters(
        sources=tuple(wanted.source),
        speakers=speakers,
        published_from=_midnight(wanted.published_from),
        published_to=_midnight(wanted.published_to),
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
        kinds=tuple(wanted.kind),
        zones=tuple(wanted.zone),
        stances=tuple(wanted.stance),
        channels=tuple(wanted.channel),
        polarity=wanted.polarity,
        min_confidence=wanted.min_confidence,
        duplicates=wanted.duplicates,
    )
    parts = tuple(dict.fromkeys(wanted.parts))
    return msgspec.structs.replace(asked, entity="statement", filters=narrowed, parts=parts)


def _midnight(day: date | None) -> datetime | None:
    return datetime.combine(day, time.min, UTC) if day else None


class _Preferred:
    """Meilisearch, asked only while it is up and holds an index made by today's rules.

    After a failure nobody waits for it: searches fail at once until the pause is over, then one of them tries.
    """

    name = MeilisearchEngine.name

    def __init__(self, settings: Settings, pool: asyncpg.Pool, client: httpx.AsyncClient) -> None:
        self.pool = pool
        self._names = index_names(settings.index_prefix)
        self._engine: Engine = MeilisearchEngine(client, self._names)
        self._away_until = 0.0
        self._ready: set[Entity] = set()
        self._ready_known_until = 0.0

    async def search(self, question: Question) -> Hits:
        now = monotonic()
        if now < self._away_until:
            raise Unavailable("Meilisearch is away")
        if not await self._built(question.entity, now):
            raise Unavailable("the index is not built yet")
        if self._away_until:
            self._away_until = now + PAUSE_SECONDS  # one search tries; the others need not wait for it
        try:
            hits = await self._engine.search(question)
        except Unavailable as failure:
            if not self._away_until:
                log(__name__).warning("search_engine_away", engine=self.name, reason=str(failure))
            self._away_until = monotonic() + PAUSE_SECONDS
            raise
        if self._away_until:
            log(__name__).info("search_engine_back", engine=self.name)
            self._away_until = 0.0
        return hits

    async def _built(self, entity: Entity, now: float) -> bool:
        if now >= self._ready_known_until:
            self._ready_known_until = now + INDEX_STATE_SECONDS
            rows = await self.pool.fetch(_INDEXES, list(self._names.values()))
            built = {row["name"]: row["settings_hash"] for row in rows}
            self._ready = {one for one, name in self._names.items() if built.get(name) == settings_hash(one)}
        return entity in self._ready


_INDEXES = "SELECT name, settings_hash FROM search_index WHERE name = ANY($1::text[])"


def index_names(prefix: str) -> dict[Entity, str]:
    """The names of the two indexes in Meilisearch."""
    return {"article": f"{prefix}_articles", "statement": f"{prefix}_statements"}


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

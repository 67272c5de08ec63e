"""Search as the doors see it: typed parameters in, an answer out, whichever engine gave it."""

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager

import asyncpg
import msgspec

from app.search.engine import Hit, Relation
from app.search.parameters import ArticleSearch, Facet, StatementSearch
from app.search.query import Query
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


class Searcher:
    """Answers searches, from Meilisearch where it is up and its index built, else from Postgres."""

    def __init__(self, settings: Settings, pool: asyncpg.Pool) -> None:
        self._pool = pool

    async def search(self, wanted: ArticleSearch | StatementSearch) -> Answer:
        """Search articles or statements, as the type of the parameters says.

        Raises InvalidRequest for a cursor that does not fit, Unavailable when neither engine answers.
        """
        raise NotImplementedError


@asynccontextmanager
async def open_searcher(settings: Settings, pool: asyncpg.Pool) -> AsyncIterator[Searcher]:
    """A searcher for the life of a process; `pool` is that of `app.corpus.database.open_pool`."""
    yield Searcher(settings, pool)

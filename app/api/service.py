"""The service itself: whether it is there, whether it is ready, what its limits are, where everything is."""

import asyncio
from datetime import UTC, datetime
from typing import Annotated

import asyncpg
import msgspec
from fastapi import APIRouter, Query, Request
from pydantic import Field
from starlette.responses import Response

from app import __version__
from app.api.answers import JSON, answer
from app.api.dependencies import database
from app.api.document import READING_ERRORS
from app.api.paging import DEFAULT_LIMIT, LIMIT, LONGEST_CURSOR
from app.api.parameters import NoParameters
from app.api.problems import DATABASE_AWAY
from app.api.schemas import Answer
from app.corpus.database import READ_SECONDS
from app.corpus.filters import LONGEST_VALUE, MANY
from app.corpus.questions import COUNTED_UP_TO
from app.corpus.state import CorpusState, corpus_state
from app.errors import Unavailable
from app.search import Answer as Found
from app.search import ArticleSearch, StatementSearch
from app.search.index_settings import RELEVANCE_DEPTH
from app.search.parameters import LONGEST_QUERY

NEVER_KEPT = {"Cache-Control": "no-store"}


class Health(Answer):
    """The process is there and answers."""

    status: str = Field(examples=["ok"])
    version: str = Field(examples=["0.1.0"])


class DependencyState(Answer):
    """A server that Qawl depends on."""

    state: str = Field(
        description="`ok`, `degraded` or `down`; more may come",
        examples=["ok"],
        json_schema_extra={"x-extensible-enum": ["ok", "degraded", "down"]},
    )
    reason: str | None = Field(description="why it is not `ok`")


class SearchState(DependencyState):
    """Search, by whichever engine."""

    engine: str | None = Field(description="who answers searches now; null when nobody does", examples=["meilisearch"])
    index_built_at: datetime | None = Field(description="when the index in use was built, UTC")
    index_age_seconds: float | None = Field(examples=[86400.0])


class CorpusCounts(Answer):
    """Rows of the corpus."""

    articles: int = Field(examples=[12], ge=0)
    statements: int = Field(description="repetitions in headlines and pull quotes included", examples=[96], ge=0)
    speakers: int = Field(examples=[31], ge=0)


class IndexCounts(Answer):
    """What a search for everything finds: equal to `documents` when the index has learnt everything; null where the
    engine does not count so far.
    """

    articles: int | None = Field(examples=[12])
    statements: int | None = Field(examples=[96])


class Readiness(Answer):
    """Whether requests can be answered, and what each server says."""

    ready: bool
    version: str = Field(examples=["0.1.0"])
    database: DependencyState
    search: SearchState
    outbox_pending: int | None = Field(description="changes that the index has not learnt yet", examples=[0])
    outbox_oldest_seconds: float | None = Field(description="how long the oldest of them waits")
    documents: CorpusCounts | None
    indexed: IndexCounts | None


class Limits(Answer):
    """Every limit of this API."""

    list_limit: int = Field(description="rows in one answer at most")
    list_default: int = Field(description="rows in one answer when nothing is said")
    query_code_points: int = Field(description="length of `q` at most")
    filter_values: int = Field(description="values of one filter at most")
    filter_value_code_points: int = Field(description="length of one value at most")
    cursor_characters: int = Field(description="length of a cursor at most")
    counted_up_to: int = Field(description="beyond this many, a list's total is a lower bound")
    search_hits_reachable: int = Field(description="hits that one search can page through at most, by relevance")
    question_seconds: int = Field(description="a question that takes longer is given up")


class ServiceLinks(Answer):
    """Where everything is."""

    articles: str
    statements: str
    speakers: str
    sources: str
    search_articles: str
    search_statements: str
    limits: str
    openapi: str
    docs: str


class Index(Answer):
    """What there is under `/v1`."""

    name: str = Field(examples=["Qawl"])
    version: str = Field(examples=["0.1.0"])
    links: ServiceLinks


open_doors = APIRouter(tags=["service"])
router = APIRouter(prefix="/v1", tags=["service"], responses=READING_ERRORS)

# A check that takes longer than this is a no.
PATIENCE_SECONDS = 3


@open_doors.get("/healthz", response_model=Health)
async def get_health() -> Response:
    """Whether the process answers. Asks no other server."""
    return Response(msgspec.json.encode({"status": "ok", "version": __version__}), media_type=JSON, headers=NEVER_KEPT)


@open_doors.get("/readyz", response_model=Readiness, responses={503: {"model": Readiness, "description": "Not ready"}})
async def get_readiness(request: Request) -> Response:
    """Whether requests can be answered: 200 if so, 503 if not, with the state of each server.

    Search from Postgres while Meilisearch is away or its index is not built counts as ready, and is told as
    `degraded`.
    """
    corpus, away = await _corpus(request)
    found, why = await _probes(request) if corpus else (None, "the database is away")
    ready = corpus is not None and found is not None
    built = corpus.index_built_at if corpus else None
    told = Readiness(
        ready=ready,
        version=__version__,
        database=DependencyState(state="down" if away else "ok", reason=away),
        search=SearchState(
            state=_state(found),
            reason=why,
            engine=found[0].engine if found else None,
            index_built_at=built,
            index_age_seconds=(datetime.now(UTC) - built).total_seconds() if built else None,
        ),
        outbox_pending=corpus.outbox_pending if corpus else None,
        outbox_oldest_seconds=corpus.outbox_oldest_seconds if corpus else None,
        documents=_counts(corpus),
        indexed=_indexed(found),
    )
    return Response(told.model_dump_json(), 200 if ready else 503, media_type=JSON, headers=NEVER_KEPT)


async def _corpus(request: Request) -> tuple[CorpusState | None, str | None]:
    """The state of the corpus, or why there is none."""
    try:
        async with asyncio.timeout(PATIENCE_SECONDS), database(request) as connection:
            return await corpus_state(connection), None
    except asyncpg.UndefinedTableError:
        return None, "the database is not migrated: run `qawl migrate`"
    except DATABASE_AWAY as error:
        return None, f"the database does not answer ({type(error).__name__})"


async def _probes(request: Request) -> tuple[tuple[Found, Found] | None, str | None]:
    """A search for everything among articles and among statements, as users' searches go; and what is wrong."""
    searcher = request.app.state.searcher
    try:
        async with asyncio.timeout(PATIENCE_SECONDS):
            found = (
                await searcher.search(ArticleSearch(limit=1)),
                await searcher.search(StatementSearch(limit=1, duplicates=True)),
            )
    except (Unavailable, *DATABASE_AWAY) as error:
        return None, f"no search engine answers ({error or type(error).__name__})"
    away = any(answer.degraded for answer in found)
    return found, "Meilisearch is away or its index is not built; Postgres answers" if away else None


def _state(found: tuple[Found, Found] | None) -> str:
    if found is None:
        return "down"
    return "degraded" if any(answer.degraded for answer in found) else "ok"


def _indexed(found: tuple[Found, Found] | None) -> IndexCounts | None:
    if found is None:
        return None
    articles, statements = (answer.total if answer.relation == "eq" else None for answer in found)
    return IndexCounts(articles=articles, statements=statements)


def _counts(corpus: CorpusState | None) -> CorpusCounts | None:
    if corpus is None:
        return None
    return CorpusCounts(articles=corpus.articles, statements=corpus.statements, speakers=corpus.speakers)


@router.get("", response_model=Index)
async def get_index(request: Request, nothing: Annotated[NoParameters, Query()]) -> Response:
    """What there is under this path."""
    return answer(request, _INDEX)


@router.get("/limits", response_model=Limits)
async def get_limits(request: Request, nothing: Annotated[NoParameters, Query()]) -> Response:
    """Every limit of this API, in one place."""
    return answer(request, _LIMITS)


_INDEX = msgspec.json.encode(
    {
        "name": "Qawl",
        "version": __version__,
        "links": {
            **{name: f"/v1/{name}" for name in ("articles", "statements", "speakers", "sources", "limits")},
            "search_articles": "/v1/search/articles",
            "search_statements": "/v1/search/statements",
            "openapi": "/openapi.json",
            "docs": "/docs",
        },
    }
)
_LIMITS = msgspec.json.encode(
    {
        "list_limit": LIMIT,
        "list_default": DEFAULT_LIMIT,
        "query_code_points": LONGEST_QUERY,
        "filter_values": MANY,
        "filter_value_code_points": LONGEST_VALUE,
        "cursor_characters": LONGEST_CURSOR,
        "counted_up_to": COUNTED_UP_TO,
        "search_hits_reachable": RELEVANCE_DEPTH,
        "question_seconds": READ_SECONDS,
    }
)

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
from app.api.document import errors
from app.api.feeds import MOST_ENTRIES
from app.api.paging import DEFAULT_LIMIT, LIMIT, LONGEST_CURSOR
from app.api.parameters import NoParameters
from app.api.problems import DATABASE_AWAY
from app.api.rates import COSTS, WINDOW_SECONDS
from app.api.routes import operation_id, resource
from app.api.schemas import Answer
from app.api.search import OPEN_SNIPPETS
from app.corpus.database import READ_SECONDS
from app.corpus.filters import LONGEST_VALUE, MANY
from app.corpus.questions import COUNTED_UP_TO
from app.corpus.state import CorpusCounts, count_corpus
from app.errors import InvalidRequest, InvalidValue
from app.extract.pages import MAX_PAGE_BYTES
from app.intake.deliveries import MAX_DELIVERY_BYTES
from app.search.index_settings import RELEVANCE_DEPTH
from app.search.parameters import LONGEST_QUERY
from app.search.status import IndexState, IndexStatus, index_status
from app.settings import Settings

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


class CorpusDocuments(Answer):
    """Rows of the corpus."""

    articles: int = Field(examples=[12], ge=0)
    statements: int = Field(description="with repetitions in headlines and pull quotes", examples=[96], ge=0)
    speakers: int = Field(examples=[31], ge=0)


class SearchIndex(Answer):
    """An index of Meilisearch beside what it was built from."""

    name: str = Field(examples=["qawl_articles"])
    documents: int | None = Field(description="null while Meilisearch is away or has no such index", examples=[12])
    rows: int = Field(description="what the corpus holds", examples=[12], ge=0)
    built_at: datetime | None = Field(description="UTC; null before it was built")
    age_seconds: float | None = Field(description="since it was built", examples=[86400.0])
    current: bool = Field(description="built, and by the rules of this version: search uses no other")


class Readiness(Answer):
    """Whether requests can be answered, and what each server says. Null: the database did not answer."""

    ready: bool
    version: str = Field(examples=["0.1.0"])
    database: DependencyState
    search: SearchState
    outbox_pending: int | None = Field(description="changes that the index has not learnt yet", examples=[0])
    outbox_oldest_seconds: float | None = Field(description="how long the oldest of them waits")
    outbox_failing: int | None = Field(description="those of them that failed before", examples=[0])
    documents: CorpusDocuments | None
    indexes: list[SearchIndex] = Field(description="empty where search runs on Postgres alone")


class RateCosts(Answer):
    """Points that a request costs. What is not named costs one; a 304, `/healthz` and `/readyz` cost nothing."""

    search: int = Field(description="a search, a suggestion, a timeline", examples=[3])
    imports: int = Field(description="anything about imports", examples=[10])
    exports: int = Field(description="an export", examples=[100])


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
    rate_window_seconds: int = Field(description="points are counted anew after so many seconds")
    rate_points: int = Field(description="points that one address may spend in that time; 0: any number")
    rate_points_of_keys: int = Field(description="points that one API key may spend in that time; 0: any number")
    rate_costs: RateCosts
    text_access: str = Field(
        description="`open`: everybody may read articles whole; `key`: API keys of the scope `read_text`",
        examples=["open"],
        json_schema_extra={"x-extensible-enum": ["open", "key"]},
    )
    open_snippet_code_points: int = Field(
        description="what the snippets of a hit may hold together without a key where `text_access` is `key`"
    )
    feed_entries: int = Field(description="entries of a feed at most")
    exports_at_once: int = Field(description="exports that one process of this API sends at the same time")
    question_seconds: int = Field(description="a question that takes longer is given up")
    import_bytes: int = Field(description="bytes that one import may send, as they are sent")
    page_bytes: int = Field(description="bytes of one page at most; a larger one is rejected")


class ServiceLinks(Answer):
    """Where everything is."""

    articles: str
    statements: str
    speakers: str
    sources: str
    search_articles: str
    search_statements: str
    export_articles: str
    export_statements: str
    feed_articles: str
    feed_statements: str
    changes: str
    limits: str
    openapi: str
    docs: str


class Index(Answer):
    """What there is under `/v1`."""

    name: str = Field(examples=["Qawl"])
    version: str = Field(examples=["0.1.0"])
    links: ServiceLinks


open_doors = APIRouter(
    tags=["service"], responses=errors(InvalidRequest, InvalidValue), generate_unique_id_function=operation_id
)
router = resource("/v1", tag="service")

# A check that takes longer than this is a no.
PATIENCE_SECONDS = 3


@open_doors.get("/healthz", response_model=Health)
async def get_health(nothing: Annotated[NoParameters, Query()]) -> Response:
    """Whether the process answers. Asks no other server."""
    return Response(msgspec.json.encode({"status": "ok", "version": __version__}), media_type=JSON, headers=NEVER_KEPT)


@open_doors.get("/readyz", response_model=Readiness, responses={503: {"model": Readiness, "description": "Not ready"}})
async def get_readiness(request: Request, nothing: Annotated[NoParameters, Query()]) -> Response:
    """Whether requests can be answered: 200 if so, 503 if not, with the state of each server.

    Search from Postgres while Meilisearch is away or its index is not built counts as ready, and is told as
    `degraded`.
    """
    counts, status, away = await look(request)
    search = search_state(request.app.state.settings, status)
    told = {
        "ready": status is not None and search["state"] != "down",
        "version": __version__,
        "database": {"state": "down" if away else "ok", "reason": away},
        "search": search,
        "outbox_pending": status.outbox_pending if status else None,
        "outbox_oldest_seconds": status.outbox_oldest_seconds if status else None,
        "outbox_failing": status.outbox_failing if status else None,
        "documents": counts,
        "indexes": [_with_age(index) for index in status.indexes] if status else [],
    }
    code = 200 if told["ready"] else 503
    return Response(msgspec.json.encode(told), code, media_type=JSON, headers=NEVER_KEPT)


async def look(request: Request) -> tuple[CorpusCounts | None, IndexStatus | None, str | None]:
    """What Postgres and the search engine say of themselves, or why Postgres says nothing."""
    state = request.app.state
    try:
        async with asyncio.timeout(PATIENCE_SECONDS):
            async with database(request) as connection:
                counts = await count_corpus(connection)
            return counts, await index_status(state.settings, state.pool), None
    except asyncpg.UndefinedTableError:
        return None, None, "the database is not migrated: run `qawl migrate`"
    except DATABASE_AWAY as error:
        return None, None, f"the database does not answer ({type(error).__name__})"


def search_state(settings: Settings, status: IndexStatus | None) -> dict[str, str | None]:
    """Who answers searches, and why it is not the engine of choice."""
    if status is None:
        return {"state": "down", "reason": "the database is away", "engine": None}
    if status.reachable is None:
        return {"state": "ok", "reason": "no Meilisearch is set: search runs on Postgres", "engine": "postgres"}
    if status.reachable and all(index.current for index in status.indexes):
        return {"state": "ok", "reason": None, "engine": "meilisearch"}
    why = "its index is not built yet" if status.reachable else "it does not answer"
    if settings.search_engine == "meilisearch":
        return {"state": "down", "reason": f"Meilisearch: {why}", "engine": None}
    return {"state": "degraded", "reason": f"Meilisearch: {why}; Postgres answers", "engine": "postgres"}


def _with_age(index: IndexState) -> dict[str, object]:
    age = (datetime.now(UTC) - index.built_at).total_seconds() if index.built_at else None
    return {**msgspec.structs.asdict(index), "age_seconds": age}


@router.get("", response_model=Index)
async def get_index(request: Request, nothing: Annotated[NoParameters, Query()]) -> Response:
    """What there is under this path."""
    return answer(request, _INDEX)


@router.get("/limits", response_model=Limits)
async def get_limits(request: Request, nothing: Annotated[NoParameters, Query()]) -> Response:
    """Every limit of this API, in one place."""
    settings = request.app.state.settings
    set_here = {
        "rate_points": settings.rate_limit,
        "rate_points_of_keys": settings.rate_limit_of_keys,
        "text_access": settings.text_access,
        "exports_at_once": settings.exports_at_once,
    }
    return answer(request, msgspec.json.encode(_LIMITS | set_here))


_ROOMS, _WHOLE = ("articles", "statements", "speakers", "sources", "changes", "limits"), ("articles", "statements")
_INDEX = msgspec.json.encode(
    {
        "name": "Qawl",
        "version": __version__,
        "links": {
            **{name: f"/v1/{name}" for name in _ROOMS},
            **{f"{does}_{what}": f"/v1/{does}/{what}" for does in ("search", "export") for what in _WHOLE},
            **{f"feed_{what}": f"/v1/feeds/{what}.atom" for what in _WHOLE},
            "openapi": "/openapi.json",
            "docs": "/docs",
        },
    }
)
_LIMITS = {
    "list_limit": LIMIT,
    "list_default": DEFAULT_LIMIT,
    "query_code_points": LONGEST_QUERY,
    "filter_values": MANY,
    "filter_value_code_points": LONGEST_VALUE,
    "cursor_characters": LONGEST_CURSOR,
    "counted_up_to": COUNTED_UP_TO,
    "search_hits_reachable": RELEVANCE_DEPTH,
    "question_seconds": READ_SECONDS,
    "import_bytes": MAX_DELIVERY_BYTES,
    "page_bytes": MAX_PAGE_BYTES,
    "rate_window_seconds": WINDOW_SECONDS,
    "rate_costs": COSTS,
    "open_snippet_code_points": OPEN_SNIPPETS,
    "feed_entries": MOST_ENTRIES,
}

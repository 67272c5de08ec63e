"""The application: rooms put together, servers opened for its life. Nothing connects before it starts."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from fastapi import FastAPI
from pydantic import SecretStr
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette_compress import CompressMiddleware

from app import __version__
from app.api import (
    articles,
    changes,
    exports,
    feeds,
    imports,
    metrics,
    places,
    search,
    service,
    sources,
    speakers,
    statements,
    suggest,
    timeline,
)
from app.api.document import describe
from app.api.exports import Exports
from app.api.pages import add_pages
from app.api.problems import add_problem_handlers
from app.api.rates import RateHeaders, Rates
from app.api.routes import add_routes
from app.api.wire import Envelope, Methods, StrictAddress
from app.corpus.database import open_pool, writing_engine
from app.errors import SetupError
from app.search import open_searcher
from app.settings import Settings

# In the order in which the document tells of them.
ROOMS = (
    search,
    suggest,
    timeline,
    articles,
    statements,
    speakers,
    places,
    sources,
    exports,
    feeds,
    changes,
    imports,
    service,
    metrics,
)
# What scripts in a browser may send and see beyond the ordinary.
CORS_REQUEST = (
    "Authorization",
    "Content-Encoding",
    "Content-Type",
    "Idempotency-Key",
    "If-Modified-Since",
    "If-None-Match",
    "X-API-Key",
    "X-Request-Id",
)
CORS_ANSWER = (
    "Content-Disposition",
    "ETag",
    "Last-Modified",
    "Link",
    "Location",
    "RateLimit",
    "RateLimit-Policy",
    "Retry-After",
    "Server-Timing",
    "X-Request-Id",
)
CORS_SECONDS = 7200


class Application(FastAPI):
    """FastAPI with our own OpenAPI document."""

    def openapi(self) -> dict[str, Any]:
        """The document of these routes."""
        return describe(self)


def create_app(
    settings: Settings | None = None,
    *,
    database_url: str | None = None,
    meilisearch_url: str | None = None,
    meilisearch_key: str | None = None,
) -> FastAPI:
    """The API. The servers' addresses are those of the settings where none are given.

    Starting it raises SetupError without an address of a database, and Unavailable when that does not answer.
    """
    chosen = _with_servers(settings or Settings(), database_url, meilisearch_url, meilisearch_key)
    app = Application(
        title="Qawl",
        version=__version__,
        lifespan=lambda app: _servers_open(app, chosen),
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        middleware=_middleware(chosen),
    )
    app.state.metrics = metrics.Metrics()
    add_problem_handlers(app)
    add_routes(app, (room.router for room in ROOMS))
    add_routes(app, [service.open_doors])
    add_pages(app)
    return app


def _with_servers(settings: Settings, database: str | None, meilisearch: str | None, key: str | None) -> Settings:
    given = {
        "database_url": SecretStr(database) if database else None,
        "meilisearch_url": meilisearch,
        "meilisearch_key": SecretStr(key) if key else None,
    }
    return settings.model_copy(update={name: value for name, value in given.items() if value is not None})


def _middleware(settings: Settings) -> list[Middleware]:
    """From the outside in."""
    return [
        Middleware(
            CORSMiddleware,
            allow_origins=[origin.strip() for origin in settings.cors_origins.split(",") if origin.strip()],
            allow_methods=("GET", "HEAD", "OPTIONS", "POST", "DELETE"),
            allow_headers=CORS_REQUEST,
            expose_headers=CORS_ANSWER,
            max_age=CORS_SECONDS,
        ),
        Middleware(Envelope),
        Middleware(RateHeaders),
        Middleware(StrictAddress),
        Middleware(Methods),
        # Higher levels cost more time than they save on the way.
        Middleware(CompressMiddleware, minimum_size=500, zstd_level=3, brotli_quality=4, gzip_level=4),
    ]


@asynccontextmanager
async def _servers_open(app: FastAPI, settings: Settings) -> AsyncIterator[None]:
    if settings.database_url is None:
        raise SetupError("no database: set QAWL_DATABASE_URL, or let `qawl serve` start one")
    database_url = settings.database_url.get_secret_value()
    pool = await open_pool(database_url, size=settings.database_pool_size)
    engine = writing_engine(database_url)  # connects when something is written
    try:
        async with open_searcher(settings, pool) as searcher:
            app.state.pool, app.state.searcher, app.state.settings = pool, searcher, settings
            app.state.rates = Rates(settings, pool)
            app.state.exports = Exports(database_url, settings.exports_at_once)
            app.state.writing = engine
            yield
    finally:
        await engine.dispose()
        await pool.close()

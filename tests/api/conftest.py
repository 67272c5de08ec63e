"""The API over the seed pages, on real servers: one corpus and one running application for each test module.

Modules that use them say `pytestmark = pytest.mark.asyncio(loop_scope="module")`: the application lives in that loop.
"""

import asyncio
import threading
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import httpx
import pytest
import pytest_asyncio
from fastapi import FastAPI

from app.cli.http_server import Server, listen
from app.ingest import ingest_paths
from app.logs import configure_logs
from app.main import create_app
from app.settings import Settings

SEED = Path(__file__).parents[2] / "seed" / "pages"


@pytest.fixture(scope="module")
def corpus(database_url: str) -> Iterator[str]:
    """A database that holds the seed pages."""
    report = asyncio.run(ingest_paths(database_url, [SEED], workers=1))
    assert report.verdicts["created"] + report.verdicts.get("near_duplicate", 0) >= 12
    yield database_url


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def app(corpus: str) -> AsyncIterator[FastAPI]:
    """The running application; search goes to Postgres."""
    configure_logs(level="error", form="json")
    app = create_app(
        Settings(search_engine="postgres", database_pool_size=4, exports_at_once=2, rate_limit=0), database_url=corpus
    )
    async with app.router.lifespan_context(app):
        yield app


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def api(app: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    """A client of the application. A fault in a route reaches the client as 500, as it would in production."""
    transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://qawl.test") as client:
        yield client


@pytest.fixture(scope="module")
def port(corpus: str) -> Iterator[int]:
    """A served API; its port."""
    ready = threading.Event()
    app = create_app(
        Settings(search_engine="postgres", database_pool_size=4, exports_at_once=2, rate_limit=0), database_url=corpus
    )
    server = Server(app, on_ready=ready.set)
    with listen("127.0.0.1", 0) as listening:
        thread = threading.Thread(target=server.serve_on, args=(listening,))
        thread.start()
        assert ready.wait(30)
        yield listening.getsockname()[1]
        server.should_exit = True
        thread.join(30)

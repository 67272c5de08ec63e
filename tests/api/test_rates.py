"""What a caller may ask in a minute, and what it is told of that."""

import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import httpx
import pytest

from app.corpus.database import connect
from app.corpus.keys import create_key
from app.main import create_app
from app.settings import Settings

ALLOWANCE = 6


@pytest.fixture(autouse=True)
def amid_a_minute() -> None:
    """The minute of the clock does not end within a test."""
    if (left := 60 - time.time() % 60) < 5:
        time.sleep(left)


@pytest.fixture
def fresh(new_database: Callable[[], str]) -> str:
    """An empty database for one test."""
    return new_database()


@pytest.fixture(params=["memory", "postgres"])
def store(request: pytest.FixtureRequest) -> str:
    """Where it is counted."""
    return str(request.param)


@asynccontextmanager
async def client(database_url: str, store: str, address: str = "192.0.2.1") -> AsyncIterator[httpx.AsyncClient]:
    """A process of the API that gives six points a minute, and a client of it."""
    settings = Settings.model_validate(
        {"search_engine": "postgres", "rate_limit": ALLOWANCE, "rate_limit_of_keys": 100, "rate_store": store}
    )
    app = create_app(settings, database_url=database_url)
    transport = httpx.ASGITransport(app=app, client=(address, 1))
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(transport=transport, base_url="http://qawl.test") as http,
    ):
        yield http


async def test_who_has_spent_the_allowance_is_told_when_to_come_again(fresh: str, store: str) -> None:
    async with client(fresh, store) as http:
        first = await http.get("/v1/sources")
        assert first.headers["RateLimit-Policy"] == '"default";q=6;w=60'
        assert first.headers["RateLimit"].startswith('"default";r=5;t=')
        searches = [await http.get("/v1/search/articles", params={"q": "حلب"}) for _ in range(2)]
        assert [one.status_code for one in searches] == [200, 429]
        refused = searches[1]
        assert refused.json()["type"] == "/problems/too-many-requests"
        assert 1 <= int(refused.headers["Retry-After"]) <= 60
        assert refused.headers["RateLimit"].startswith('"default";r=0;')


async def test_what_has_not_changed_costs_nothing(fresh: str, store: str) -> None:
    async with client(fresh, store) as http:
        first = await http.get("/v1/sources")
        for _ in range(2 * ALLOWANCE):
            again = await http.get("/v1/sources", headers={"If-None-Match": first.headers["ETag"]})
            assert again.status_code == 304
            assert again.headers["RateLimit"].startswith('"default";r=5;')


async def test_callers_are_counted_apart_and_keys_have_more(fresh: str, store: str) -> None:
    connection = await connect(fresh)
    _, key = await create_key(connection, label="more", scopes=[])
    await connection.close()
    async with client(fresh, store) as http:
        for _ in range(ALLOWANCE):
            await http.get("/v1/sources")
        assert (await http.get("/v1/sources")).status_code == 429
        keyed = await http.get("/v1/sources", headers={"X-API-Key": key})
        assert keyed.headers["RateLimit"].startswith('"default";r=99;')
        invented = await http.get("/v1/sources", headers={"X-API-Key": "invented"})
        assert invented.status_code == 429


async def test_processes_share_what_postgres_counts(fresh: str) -> None:
    async with client(fresh, "postgres") as one, client(fresh, "postgres") as other:
        for _ in range(ALLOWANCE):
            await one.get("/v1/sources")
        assert (await other.get("/v1/sources")).status_code == 429
    async with client(fresh, "postgres", "192.0.2.2") as neighbour:
        assert (await neighbour.get("/v1/sources")).status_code == 200


async def test_a_household_of_ipv6_is_one_caller(fresh: str) -> None:
    async with (
        client(fresh, "postgres", "2001:db8::1") as one,
        client(fresh, "postgres", "2001:db8::2") as other,
    ):
        for _ in range(ALLOWANCE):
            await one.get("/v1/sources")
        assert (await other.get("/v1/sources")).status_code == 429


async def test_health_is_never_counted(fresh: str) -> None:
    async with client(fresh, "memory") as http:
        for _ in range(2 * ALLOWANCE):
            assert "RateLimit" not in (await http.get("/healthz")).headers

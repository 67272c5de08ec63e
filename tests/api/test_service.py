"""What the service says of itself: alive, ready, degraded or not, its limits."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from app.api.service import Readiness
from app.main import create_app
from app.search.worker import run_worker
from app.settings import Settings
from tests.conftest import SearchServer

NOBODY = "http://127.0.0.1:9"


@asynccontextmanager
async def running(settings: Settings) -> AsyncIterator[tuple[FastAPI, httpx.AsyncClient]]:
    """The API with these settings, and a client of it."""
    app = create_app(settings)
    transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)
    async with app.router.lifespan_context(app), httpx.AsyncClient(transport=transport, base_url="http://q") as api:
        yield app, api


def settings_of(corpus: str, **more: Any) -> Settings:
    return Settings.model_validate({"database_url": corpus, "database_pool_size": 4, **more})


async def test_without_meilisearch_search_on_postgres_is_ready_and_says_so(corpus: str) -> None:
    async with running(settings_of(corpus)) as (_, api):
        told = await api.get("/readyz")
    assert told.status_code == 200
    assert told.json()["search"]["engine"] == "postgres"
    assert "Postgres" in told.json()["search"]["reason"]
    assert told.json()["documents"]["articles"] >= 12
    assert told.json()["outbox_pending"] >= 12


async def test_a_meilisearch_that_is_away_is_degraded_and_search_goes_on(corpus: str) -> None:
    async with running(settings_of(corpus, meilisearch_url=NOBODY)) as (_, api):
        told = await api.get("/readyz")
        found = (await api.get("/v1/search/articles", params={"q": "قسد"})).json()
    assert (told.status_code, told.json()["search"]["state"]) == (200, "degraded")
    assert (found["engine"], found["degraded"]) == ("postgres", True)
    assert found["items"]


async def test_where_only_meilisearch_may_answer_it_is_not_ready_but_articles_are_read(corpus: str) -> None:
    async with running(settings_of(corpus, meilisearch_url=NOBODY, search_engine="meilisearch")) as (_, api):
        told = await api.get("/readyz")
        search = await api.get("/v1/search/articles")
        articles = await api.get("/v1/articles")
    assert (told.status_code, told.json()["search"]["state"]) == (503, "down")
    assert (search.status_code, search.json()["type"]) == (503, "/problems/unavailable")
    assert int(search.headers["retry-after"]) > 0
    assert articles.status_code == 200


async def test_a_database_that_is_away_is_told_by_readiness_and_by_every_question(corpus: str) -> None:
    async with running(settings_of(corpus)) as (app, api):
        await app.state.pool.close()
        told = await api.get("/readyz")
        questions = [await api.get(path) for path in ("/v1/articles", "/v1/search/statements", "/v1/speakers/x")]
        alive = await api.get("/healthz")
    assert (told.status_code, told.json()["database"]["state"]) == (503, "down")
    Readiness.model_validate_json(told.content)
    assert [(one.status_code, one.json()["type"]) for one in questions] == [(503, "/problems/unavailable")] * 3
    assert (alive.status_code, alive.json()["status"]) == (200, "ok")


async def test_with_meilisearch_it_is_ready_when_the_index_is_built(corpus: str, meilisearch: SearchServer) -> None:
    settings = settings_of(
        corpus, meilisearch_url=meilisearch.url, meilisearch_key=meilisearch.key, index_prefix=meilisearch.prefix
    )
    async with running(settings) as (_, api):
        before = (await api.get("/readyz")).json()
        stop = asyncio.Event()
        worker = asyncio.create_task(run_worker(settings, stop))
        async with asyncio.timeout(60):
            while (after := (await api.get("/readyz")).json())["search"]["state"] != "ok" or after["outbox_pending"]:  # noqa: ASYNC110
                await asyncio.sleep(0.1)
        found = (await api.get("/v1/search/articles", params={"q": "قسد", "facets": "source"})).json()
        stop.set()
        await worker
    assert (before["ready"], before["search"]["engine"]) == (True, "postgres")
    assert after["search"] == {"state": "ok", "reason": None, "engine": "meilisearch"}
    assert [index["documents"] for index in after["indexes"]] == [index["rows"] for index in after["indexes"]]
    assert all(index["current"] and index["age_seconds"] >= 0 for index in after["indexes"])
    assert (found["engine"], found["degraded"]) == ("meilisearch", False)
    assert found["items"][0]["highlights"]


async def test_limits_are_those_that_hold(corpus: str) -> None:
    async with running(settings_of(corpus)) as (_, api):
        limits = (await api.get("/v1/limits")).json()
        assert len((await api.get("/v1/speakers")).json()["items"]) <= limits["list_default"]
        for path, at_most in (("/v1/articles", limits["list_limit"]), ("/v1/search/articles", limits["list_limit"])):
            assert (await api.get(path, params={"limit": at_most})).status_code == 200
            assert (await api.get(path, params={"limit": at_most + 1})).status_code == 422
        too_many = ["x"] * (limits["filter_values"] + 1)
        assert (await api.get("/v1/articles", params={"source": too_many})).status_code == 422
        assert (await api.get("/v1/articles", params={"source": too_many[1:]})).status_code == 200


async def test_the_index_leads_to_everything(corpus: str) -> None:
    async with running(settings_of(corpus)) as (_, api):
        links = (await api.get("/v1")).json()["links"]
        for link in links.values():
            assert (await api.get(link)).status_code == 200, link


async def test_it_does_not_start_without_a_database() -> None:
    from app.errors import SetupError, Unavailable

    with pytest.raises(SetupError, match="QAWL_DATABASE_URL"):
        async with running(Settings()):
            pass
    with pytest.raises(Unavailable):
        async with running(settings_of("postgresql://nobody@127.0.0.1:9/nothing")):
            pass

"""Whole texts: open to all, or only to keys that may read them; the page as it came only to these."""

from collections.abc import AsyncIterator

import httpx
import pytest
import pytest_asyncio

from app.corpus.database import connect
from app.corpus.keys import create_key
from app.main import create_app
from app.settings import Settings
from tests.api.conftest import SEED

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def closed(corpus: str) -> AsyncIterator[httpx.AsyncClient]:
    """A client of an API that keeps whole texts for keys."""
    settings = Settings(search_engine="postgres", text_access="key", rate_limit=0)
    app = create_app(settings, database_url=corpus)
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://qawl.test") as http,
    ):
        yield http


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def reader(corpus: str) -> dict[str, str]:
    """The header of a key that may read texts."""
    return {"X-API-Key": await key(corpus, "read_text")}


async def key(database_url: str, *scopes: str) -> str:
    connection = await connect(database_url)
    try:
        return (await create_key(connection, label="test", scopes=scopes))[1]
    finally:
        await connection.close()


async def one_article(http: httpx.AsyncClient) -> str:
    found = (await http.get("/v1/articles", params={"source": "anapress.net"})).json()
    return f"/v1/articles/{found['items'][0]['id']}"


async def test_without_a_key_all_but_the_text_can_be_read(closed: httpx.AsyncClient, reader: dict[str, str]) -> None:
    path = await one_article(closed)
    bare, whole = await closed.get(path), await closed.get(path, headers=reader)
    assert bare.json() == whole.json() | {"text": None, "body": None}
    assert len(whole.json()["text"]) > 5000
    # A cache on the way must not hand the text of one to the other.
    assert {"Authorization", "X-API-Key"} <= set(bare.headers["Vary"].split(", "))
    assert whole.headers["Cache-Control"].startswith("private")
    assert (await closed.get(f"{path}/statements")).json()["items"]


async def test_nor_can_texts_be_had_another_way(closed: httpx.AsyncClient, reader: dict[str, str]) -> None:
    for path in (
        "/v1/export/articles?texts=true",
        "/v1/search/articles?q=قسد&snippet_length=2000&snippet_count=10",
        f"{await one_article(closed)}/raw",
    ):
        refused = await closed.get(path)
        assert refused.status_code == 401
        assert "read_text" in refused.json()["detail"]
        assert (await closed.get(path, headers=reader)).status_code == 200
    assert (await closed.get("/v1/export/articles")).status_code == 200
    assert (await closed.get("/v1/search/articles?q=قسد")).status_code == 200


async def test_a_key_for_something_else_is_told_what_is_missing(closed: httpx.AsyncClient, corpus: str) -> None:
    writer = {"Authorization": f"Bearer {await key(corpus, 'write')}"}
    refused = await closed.get("/v1/export/articles?texts=true", headers=writer)
    assert refused.status_code == 403
    assert refused.json()["type"] == "/problems/forbidden"
    assert "'read_text'" in refused.json()["detail"]


async def test_the_page_comes_back_to_the_byte(api: httpx.AsyncClient, reader: dict[str, str]) -> None:
    pages = {path.read_bytes() for path in SEED.rglob("*") if path.is_file()}
    raw = await api.get(f"{await one_article(api)}/raw", headers=reader)
    assert raw.content in pages
    assert raw.headers["X-Media-Type"].startswith("text/plain; charset=")
    assert raw.headers["Content-Type"] == "application/octet-stream"
    assert raw.headers["Content-Disposition"] == "attachment"
    assert raw.headers["Content-Security-Policy"] == "sandbox"


async def test_the_limits_are_those_that_are_set(closed: httpx.AsyncClient) -> None:
    told = (await closed.get("/v1/limits")).json()
    assert told["text_access"] == "key"
    assert told["rate_points"] == 0
    assert told["rate_points_of_keys"] == 12_000

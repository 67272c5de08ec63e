"""Sending pages: who may, what is taken, and that sending twice is sending once."""

import gzip

import httpx
import pytest
import pytest_asyncio

from app.corpus.database import connect
from app.corpus.keys import create_key
from app.intake.deliveries import MAX_DELIVERY_BYTES

pytestmark = pytest.mark.asyncio(loop_scope="module")

PAGE = '{"title": "خبر مختلق", "text": "قال نبيل الزمردي إن الطريق مفتوح"}'.encode()
LINES = {"Content-Type": "application/x-ndjson"}


@pytest_asyncio.fixture(loop_scope="module")
async def write(corpus: str) -> dict[str, str]:
    """Headers of whoever may write."""
    return await key_of(corpus, "write")


async def key_of(corpus: str, scope: str) -> dict[str, str]:
    connection = await connect(corpus)
    _, key = await create_key(connection, label=scope, scopes=[scope])
    await connection.close()
    return {"X-API-Key": key}


async def test_only_a_key_that_may_write_opens_the_door(api: httpx.AsyncClient, corpus: str) -> None:
    assert (await api.post("/v1/imports", content=PAGE, headers=LINES)).status_code == 401
    reader = await key_of(corpus, "read_text")
    assert (await api.post("/v1/imports", content=PAGE, headers=LINES | reader)).status_code == 403
    assert (await api.get("/v1/imports")).status_code == 401


async def test_the_same_under_the_same_idempotency_key_is_one_import(
    api: httpx.AsyncClient, write: dict[str, str]
) -> None:
    headers = LINES | write | {"Idempotency-Key": "monday"}
    first = await api.post("/v1/imports", content=PAGE, headers=headers)
    again = await api.post("/v1/imports", content=PAGE, headers=headers)
    assert (first.status_code, again.status_code) == (202, 202)
    assert first.headers["Location"] == again.headers["Location"]
    other = await api.post("/v1/imports", content=PAGE + b"\n", headers=headers)
    assert (other.status_code, other.json()["type"]) == (422, "/problems/invalid-value")
    asked = ["/v1/imports?field=title=name&field=url=link", "/v1/imports?field=url=link&field=title=name"]
    named = [await api.post(one, content=PAGE, headers=headers | {"Idempotency-Key": "names"}) for one in asked]
    assert named[0].headers["Location"] == named[1].headers["Location"]
    elsewhere = await api.post("/v1/imports", content=PAGE, headers=LINES | write | {"Idempotency-Key": "tuesday"})
    assert elsewhere.headers["Location"] != first.headers["Location"]


async def test_what_cannot_be_read_is_refused_with_what_was_expected(
    api: httpx.AsyncClient, write: dict[str, str]
) -> None:
    picture = await api.post("/v1/imports", content=b"x", headers=write | {"Content-Type": "image/png"})
    assert (picture.status_code, picture.json()["type"]) == (415, "/problems/unsupported-media-type")
    assert "application/x-ndjson" in picture.json()["detail"]
    assert (await api.post("/v1/imports", content=b"", headers=LINES | write)).status_code == 400
    for asked in ({"field": "text"}, {"field": "nonsense=x"}, {"source": "نشرة"}, {"unknown": "1"}):
        assert (await api.post("/v1/imports", params=asked, content=PAGE, headers=LINES | write)).status_code == 422
    assert (await api.get("/v1/imports/nowhere", headers=write)).status_code == 404
    assert (await api.get("/v1/imports/nowhere/items", headers=write)).status_code == 404
    assert (await api.post("/v1/imports/nowhere/cancel", headers=write)).status_code == 404


async def test_more_than_the_limit_is_refused(api: httpx.AsyncClient, write: dict[str, str]) -> None:
    assert (await api.get("/v1/limits")).json()["import_bytes"] == MAX_DELIVERY_BYTES
    large = await api.post("/v1/imports", content=b"x" * (MAX_DELIVERY_BYTES + 1), headers=LINES | write)
    assert (large.status_code, large.json()["type"]) == (413, "/problems/too-large")


async def test_imports_are_listed_by_state_and_page_by_page(api: httpx.AsyncClient, write: dict[str, str]) -> None:
    packed = write | {"Content-Type": "application/json", "Content-Encoding": "gzip"}
    for label in ("الأول", "الثاني"):
        sent = await api.post(
            "/v1/imports", params={"label": label}, content=gzip.compress(b"[" + PAGE + b"]"), headers=packed
        )
        assert sent.status_code == 202
    waiting = (await api.get("/v1/imports", params={"state": "queued", "limit": 1}, headers=write)).json()
    assert waiting["items"][0]["label"] == "الثاني"
    assert waiting["items"][0]["media_type"] == "application/json"  # without how it was packed
    more = {"state": "queued", "limit": 1, "cursor": waiting["next_cursor"]}
    assert (await api.get("/v1/imports", params=more, headers=write)).json()["items"][0]["label"] == "الأول"

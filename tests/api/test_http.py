"""HTTP done properly: caching, methods, other origins, compression, common headers."""

import httpx
import pytest
from fastapi import FastAPI
from structlog.testing import capture_logs

from app.main import create_app
from app.search import ArticleSearch
from app.settings import Settings

pytestmark = pytest.mark.asyncio(loop_scope="module")

READABLE = [
    "/",
    "/docs",
    "/openapi.json",
    "/healthz",
    "/v1",
    "/v1/limits",
    "/v1/articles",
    "/v1/sources",
    "/v1/search/articles?q=قسد",
]


@pytest.mark.parametrize("path", READABLE)
async def test_head_is_get_without_the_body(api: httpx.AsyncClient, path: str) -> None:
    get, head = await api.get(path), await api.head(path)
    assert (get.status_code, head.status_code) == (200, 200)
    assert head.content == b""
    told = {"content-type", "etag", "cache-control", "vary"}
    assert {name: head.headers.get(name) for name in told} == {name: get.headers.get(name) for name in told}
    if "search" not in path:  # which tells how long it took
        assert head.headers["content-length"] == get.headers["content-length"]


async def test_options_tells_what_a_path_can_do(api: httpx.AsyncClient) -> None:
    answer = await api.options("/v1/articles")
    assert (answer.status_code, answer.headers["allow"]) == (204, "GET, HEAD, OPTIONS")
    assert (await api.options("/nothing")).status_code == 404


async def paths_with_tags(api: httpx.AsyncClient) -> list[str]:
    """One path of each kind that can be cached."""
    article = (await api.get("/v1/articles")).json()["items"][0]["id"]
    statement = (await api.get("/v1/statements")).json()["items"][0]["id"]
    speaker = (await api.get("/v1/speakers")).json()["items"][0]["id"]
    return [
        f"/v1/articles/{article}",
        f"/v1/articles/{article}/statements",
        f"/v1/statements/{statement}",
        f"/v1/speakers/{speaker}",
        "/v1/articles?limit=3",
        "/v1/search/statements?q=قسد",
        "/",
    ]


async def test_what_a_client_has_already_is_not_sent_again(api: httpx.AsyncClient) -> None:
    for path in await paths_with_tags(api):
        first = await api.get(path)
        tag = first.headers["etag"]
        for given in (tag, tag.removeprefix("W/"), f'"other", {tag}', "*"):
            again = await api.get(path, headers={"If-None-Match": given})
            assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag), path
            assert again.headers["cache-control"] == first.headers["cache-control"]
        assert (await api.get(path, headers={"If-None-Match": 'W/"other"'})).status_code == 200


async def test_problems_are_never_kept(api: httpx.AsyncClient) -> None:
    assert (await api.get("/v1/articles/none")).headers["cache-control"] == "no-store"


@pytest.mark.parametrize("encoding", ["zstd", "br", "gzip"])
async def test_answers_are_compressed_as_the_client_can_read_them(api: httpx.AsyncClient, encoding: str) -> None:
    packed = await api.get("/v1/statements", headers={"Accept-Encoding": encoding})
    plain = await api.get("/v1/statements", headers={"Accept-Encoding": "identity"})
    assert packed.headers["content-encoding"] == encoding
    assert "content-encoding" not in plain.headers
    assert "accept-encoding" in packed.headers["vary"].lower()
    assert "accept-encoding" in plain.headers["vary"].lower()
    assert packed.json() == plain.json()
    assert packed.headers["etag"] == plain.headers["etag"]


async def test_pages_of_other_origins_may_read(api: httpx.AsyncClient) -> None:
    answer = await api.get("/v1/articles/none", headers={"Origin": "https://news.example"})
    assert answer.headers["access-control-allow-origin"] == "*"
    assert "Link" in answer.headers["access-control-expose-headers"]
    preflight = await api.options(
        "/v1/articles",
        headers={
            "Origin": "https://news.example",
            "Access-Control-Request-Method": "GET",
            "Access-Control-Request-Headers": "x-api-key",
        },
    )
    assert preflight.status_code == 200
    assert "X-API-Key" in preflight.headers["access-control-allow-headers"]


async def test_only_the_origins_that_are_set_may_read() -> None:
    app = create_app(Settings(cors_origins="https://one.example, https://two.example"))
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://qawl.test") as api:
        two = await api.get("/healthz", headers={"Origin": "https://two.example"})
        three = await api.get("/healthz", headers={"Origin": "https://three.example"})
    assert two.headers["access-control-allow-origin"] == "https://two.example"
    assert "access-control-allow-origin" not in three.headers


async def test_a_request_keeps_the_name_it_came_with(api: httpx.AsyncClient) -> None:
    named = await api.get("/v1/articles", headers={"X-Request-Id": "story-17"})
    assert named.headers["x-request-id"] == "story-17"
    strange = await api.get("/v1/articles", headers={"X-Request-Id": 'a"b<c>'})
    assert strange.headers["x-request-id"] not in ('a"b<c>', "")


@pytest.mark.parametrize("path", ["/v1/articles", "/v1/articles/none", "/", "/nothing"])
async def test_every_answer_has_the_common_headers(api: httpx.AsyncClient, path: str) -> None:
    headers = (await api.get(path)).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["server-timing"].startswith("total;dur=")


@pytest.mark.parametrize("path", ["/", "/docs"])
async def test_pages_load_nothing_from_elsewhere(api: httpx.AsyncClient, path: str) -> None:
    page = await api.get(path)
    assert page.headers["content-type"].startswith("text/html")
    assert "default-src 'none'" in page.headers["content-security-policy"]
    assert "unsafe-eval" not in page.headers["content-security-policy"]
    assert "//" not in page.text.replace("<!--", "")
    for reference in page.text.split('="')[1:]:
        address = reference.split('"')[0]
        if address.startswith("/web/"):
            assert (await api.get(address)).status_code == 200, address


async def test_a_fault_of_ours_is_a_problem_without_its_inside(
    app: FastAPI, api: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fail(wanted: ArticleSearch) -> None:
        raise RuntimeError(f"syntax error near {wanted.q}")

    monkeypatch.setattr(app.state.searcher, "search", fail)
    with capture_logs() as logged:
        answer = await api.get("/v1/search/articles?q=منبج", headers={"Origin": "https://news.example"})
    assert (answer.status_code, answer.json()["type"]) == (500, "/problems/internal-error")
    assert "RuntimeError" not in answer.text
    assert logged[0]["fault"] == "RuntimeError"
    assert "منبج" not in str(logged), "what was searched for stands in the log"
    assert answer.headers["x-request-id"] == answer.json()["request_id"]
    assert answer.headers["access-control-allow-origin"] == "*"

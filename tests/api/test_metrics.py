"""Figures for Prometheus: to whom they are told, what they count, what they never hold."""

import httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families

from tests.api.test_texts import key

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def figures(api: httpx.AsyncClient, database_url: str) -> dict[tuple[str, ...], float]:
    told = await api.get("/metrics", headers={"Authorization": f"Bearer {await key(database_url, 'admin')}"})
    assert told.status_code == 200
    samples = [sample for family in text_string_to_metric_families(told.text) for sample in family.samples]
    return {(one.name, *one.labels.values()): one.value for one in samples}


async def test_they_are_told_to_keys_of_the_scope_admin_alone(api: httpx.AsyncClient, corpus: str) -> None:
    assert (await api.get("/metrics")).status_code == 401
    reader = {"X-API-Key": await key(corpus, "read_text")}
    assert (await api.get("/metrics", headers=reader)).status_code == 403


async def test_requests_are_counted_by_route_and_no_word_of_them_is_kept(api: httpx.AsyncClient, corpus: str) -> None:
    before = await figures(api, corpus)
    asked = ("qawl_requests_total", "GET", "/v1/search/articles", "200")
    await api.get("/v1/search/articles", params={"q": "كلمة سرية"})
    await api.get("/v1/articles/secret")
    after = await figures(api, corpus)
    assert after[asked] == before.get(asked, 0) + 1
    assert after["qawl_requests_total", "GET", "/v1/articles/{article_id}", "404"] >= 1
    assert not [name for name in after if "secret" in str(name) or "سرية" in str(name)]


async def test_the_state_of_the_corpus_is_told(api: httpx.AsyncClient, corpus: str) -> None:
    told = await figures(api, corpus)
    assert told["qawl_rows", "articles"] >= 12
    assert told["qawl_ready", "database"] == 1
    assert told["qawl_outbox_pending",] >= 12

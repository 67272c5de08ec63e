"""One article, one statement, one speaker: what a client gets, and that its offsets can be trusted."""

import json
import os
from pathlib import Path
from typing import Any

import asyncpg
import httpx
import pytest
import pytest_asyncio

pytestmark = pytest.mark.asyncio(loop_scope="module")

GOLD = Path(__file__).parents[3] / "shared" / "evaluation" / "seed_page.gold.json"


@pytest_asyncio.fixture(loop_scope="module")
async def sample(api: httpx.AsyncClient) -> dict[str, Any]:
    """The sample page's article."""
    rows = (await api.get("/v1/articles", params={"source": "anapress.net"})).json()["items"]
    article: dict[str, Any] = (await api.get(f"/v1/articles/{rows[0]['id']}")).json()
    return article


def spans(value: Any) -> list[dict[str, Any]]:
    """Everything in an answer that says where its words stand."""
    if isinstance(value, list):
        return [span for one in value for span in spans(one)]
    if not isinstance(value, dict):
        return []
    own = [value] if {"start", "end", "text"} <= value.keys() and value["start"] is not None else []
    return own + [span for one in value.values() for span in spans(one)]


async def test_an_article_is_given_whole(sample: dict[str, Any]) -> None:
    assert sample["source"]["id"] == "anapress.net"
    assert sample["time_printed"] == "11:09"
    assert sample["views"] == 548
    assert (sample["published_at"], sample["published_precision"]) == (None, "unknown")
    body = [zone for zone in sample["zones"] if zone["kind"] in ("body", "subheading")]
    assert sample["body"] == "\n\n".join(sample["text"][zone["start"] : zone["end"]] for zone in body)


async def test_every_offset_of_every_statement_points_at_its_words(api: httpx.AsyncClient) -> None:
    articles = (await api.get("/v1/articles", params={"limit": 100})).json()["items"]
    checked = 0
    for row in articles:
        text = (await api.get(f"/v1/articles/{row['id']}")).json()["text"]
        statements = (await api.get(f"/v1/articles/{row['id']}/statements", params={"duplicates": "true"})).json()
        for span in spans(statements["items"]):
            assert text[span["start"] : span["end"]] == span["text"]
            checked += 1
    assert checked > 300


async def test_the_statements_of_an_article_stand_in_the_order_of_its_text(
    api: httpx.AsyncClient, sample: dict[str, Any]
) -> None:
    path = sample["links"]["statements"]
    whole = (await api.get(path)).json()
    first = (await api.get(path, params={"limit": 4})).json()
    second = (await api.get(path, params={"limit": 4, "cursor": first["next_cursor"]})).json()
    assert [row["ordinal"] for row in whole["items"]] == sorted(row["ordinal"] for row in whole["items"])
    assert first["items"] + second["items"] == whole["items"][:8]
    assert whole["total"]["value"] == len(whole["items"]) == sample["statement_count"]


async def test_the_same_statement_everywhere(api: httpx.AsyncClient, sample: dict[str, Any]) -> None:
    listed = (await api.get(sample["links"]["statements"])).json()["items"][0]
    assert (await api.get(f"/v1/statements/{listed['id']}")).json() == listed
    assert listed["article"] == {
        key: sample[key] for key in ("id", "title", "url", "source", "published_at", "published_precision")
    }


async def test_a_speaker_leads_to_what_it_said(api: httpx.AsyncClient) -> None:
    speaker = (await api.get("/v1/speakers", params={"q": "قوات سوريا"})).json()["items"][0]
    alone = (await api.get(speaker["links"]["self"])).json()
    said = (await api.get(speaker["links"]["statements"])).json()
    assert alone == speaker
    assert said["total"]["value"] == speaker["statement_count"] > 0
    assert {row["speaker"]["id"] for row in said["items"]} == {speaker["id"]}


async def test_a_merged_speaker_leads_to_the_other_one(api: httpx.AsyncClient, corpus: str) -> None:
    kept = (await api.get("/v1/speakers")).json()["items"][0]
    connection = await asyncpg.connect(corpus)
    await connection.execute(
        "INSERT INTO speaker (id, name, key, kind, merged_into) VALUES ('old', 'قديم', 'قديم', 'person', $1)",
        kept["id"],
    )
    await connection.close()
    for rest in ("", "/statements"):
        answer = await api.get(f"/v1/speakers/old{rest}")
        assert (answer.status_code, answer.headers["location"]) == (308, f"/v1/speakers/{kept['id']}{rest}")
    followed = await api.get("/v1/statements", params={"speaker": "قديم"})
    assert followed.json()["total"]["value"] == kept["statement_count"]
    assert "old" not in [row["id"] for row in (await api.get("/v1/speakers", params={"q": "قديم"})).json()["items"]]


async def test_what_was_deleted_is_gone_everywhere(api: httpx.AsyncClient, corpus: str) -> None:
    row = next(row for row in (await api.get("/v1/articles")).json()["items"] if row["statement_count"])
    statement = (await api.get(f"/v1/articles/{row['id']}/statements")).json()["items"][0]["id"]
    connection = await asyncpg.connect(corpus)
    await connection.execute("UPDATE article SET deleted_at = now() WHERE id = $1", row["id"])
    try:
        assert (await api.get(f"/v1/articles/{row['id']}")).status_code == 410
        assert (await api.get(f"/v1/articles/{row['id']}/statements")).status_code == 410
        assert (await api.get(f"/v1/statements/{statement}")).status_code == 404
        assert row["id"] not in [one["id"] for one in (await api.get("/v1/articles")).json()["items"]]
    finally:
        await connection.execute("UPDATE article SET deleted_at = NULL WHERE id = $1", row["id"])
        await connection.close()


@pytest.mark.parametrize("path", ["articles/none", "articles/none/statements", "statements/none", "speakers/none"])
async def test_an_unknown_id_is_not_found(api: httpx.AsyncClient, path: str) -> None:
    answer = await api.get(f"/v1/{path}")
    assert (answer.status_code, answer.json()["type"]) == (404, "/problems/not-found")


@pytest.mark.skipif(not GOLD.exists(), reason=f"no labelled sample page at {os.path.relpath(GOLD)}")
async def test_the_sample_page_comes_out_as_it_was_labelled(sample: dict[str, Any]) -> None:
    gold = json.loads(GOLD.read_text(encoding="utf-8"))
    assert {(zone["kind"], zone["start"], zone["end"]) for zone in sample["zones"]} == {
        (zone["kind"], zone["start"], zone["end"]) for zone in gold["zones"]
    }
    assert sample["title"] == gold["article"]["title"]
    assert sample["url"] == gold["article"]["url"]
    assert sample["caption"] == gold["article"]["caption"]

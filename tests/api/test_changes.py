"""Changes since the last time: none is ever skipped, however many are writing; and how an article is deleted."""

import asyncio
import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import asyncpg
import httpx
import pytest

from app.corpus.changes import list_changes
from app.corpus.keys import create_key

pytestmark = pytest.mark.asyncio(loop_scope="module")

TOUCH = "UPDATE article SET views = coalesce(views, 0) + 1, updated_at = now() WHERE id = $1"


@asynccontextmanager
async def connections(corpus: str, number: int) -> AsyncIterator[list[asyncpg.Connection]]:
    opened = [await asyncpg.connect(corpus) for _ in range(number)]
    try:
        yield opened
    finally:
        for one in opened:
            await one.close()


async def changes(api: httpx.AsyncClient, since: int = 0, **wanted: Any) -> list[dict[str, Any]]:
    """All changes since a revision, page by page."""
    items: list[dict[str, Any]] = []
    while True:
        page = (await api.get("/v1/changes", params={"since": since, **wanted})).raise_for_status().json()
        items += page["items"]
        since = page["next_since"]
        if not page["more"]:
            return items


async def newest(api: httpx.AsyncClient) -> int:
    revision: int = (await changes(api))[-1]["revision"]
    return revision


async def articles(api: httpx.AsyncClient) -> list[str]:
    return [row["id"] for row in (await api.get("/v1/articles", params={"limit": 100})).json()["items"]]


@pytest.mark.parametrize("limit", [1, 5, 100])
async def test_from_the_beginning_every_article_comes_once(api: httpx.AsyncClient, limit: int) -> None:
    found = await changes(api, limit=limit)
    assert sorted(one["article_id"] for one in found) == sorted(await articles(api))
    revisions = [one["revision"] for one in found]
    assert revisions == sorted(set(revisions))
    assert all(one["article"]["revision"] == one["revision"] for one in found)


async def test_a_change_names_the_article_and_all_of_its_statements(api: httpx.AsyncClient) -> None:
    one = (await changes(api))[0]
    assert one["change"] == "created"
    assert one["article"].items() <= (await api.get(f"/v1/articles/{one['article_id']}")).json().items()
    whole = await api.get(f"/v1/articles/{one['article_id']}/statements", params={"duplicates": "true"})
    assert one["statement_ids"] == [row["id"] for row in whole.json()["items"]]


async def test_nothing_new_keeps_the_place(api: httpx.AsyncClient) -> None:
    since = await newest(api)
    page = (await api.get("/v1/changes", params={"since": since})).json()
    assert page == {"items": [], "next_since": since, "more": False}


async def test_the_link_leads_on_while_there_is_more(api: httpx.AsyncClient) -> None:
    first = await api.get("/v1/changes", params={"limit": 3})
    second = await api.get(first.links["next"]["url"])
    assert second.json()["items"][0]["revision"] > first.json()["items"][-1]["revision"]
    assert "next" not in (await api.get("/v1/changes", params={"since": await newest(api)})).links


async def test_a_corpus_that_was_set_up_anew_is_noticed(api: httpx.AsyncClient) -> None:
    answer = await api.get("/v1/changes", params={"since": 10**12})
    assert (answer.status_code, answer.json()["type"]) == (410, "/problems/gone")


async def test_a_transaction_that_began_first_and_ends_last_is_not_skipped(api: httpx.AsyncClient, corpus: str) -> None:
    since = await newest(api)
    early, late = (await articles(api))[:2]
    async with connections(corpus, 2) as (one, other):
        slow = one.transaction()
        await slow.start()
        await one.execute(TOUCH, early)
        await other.execute(TOUCH, late)
        seen = await changes(api, since)
        assert [item["article_id"] for item in seen] == [late]
        await slow.commit()
    assert [item["article_id"] for item in await changes(api, seen[-1]["revision"])] == [early]
    assert {item["change"] for item in await changes(api, since)} == {"updated"}


async def test_whoever_is_numbered_first_is_seen_first(api: httpx.AsyncClient, corpus: str) -> None:
    """The moment between number and commit, held open: the next one waits for its number."""
    since = await newest(api)
    first, second = (await articles(api))[2:4]
    async with connections(corpus, 2) as (one, other):
        slow = one.transaction()
        await slow.start()
        await one.execute(TOUCH, first)
        await one.execute("SET CONSTRAINTS ALL IMMEDIATE")
        waiting = asyncio.create_task(other.execute(TOUCH, second))
        await asyncio.sleep(0.3)
        assert not waiting.done()
        assert await changes(api, since) == []
        await slow.commit()
        await waiting
    assert [item["article_id"] for item in await changes(api, since)] == [first, second]


async def test_what_is_taken_back_was_never_there(api: httpx.AsyncClient, corpus: str) -> None:
    since = await newest(api)
    async with connections(corpus, 1) as (one,):
        attempt = one.transaction()
        await attempt.start()
        await one.execute(TOUCH, (await articles(api))[0])
        await attempt.rollback()
    assert await changes(api, since) == []


async def test_a_follower_misses_nothing_of_many_writers(api: httpx.AsyncClient, corpus: str) -> None:
    ids, since, rounds = await articles(api), await newest(api), 15
    chance = random.Random(6)
    last: dict[str, int] = {}
    async with connections(corpus, 5) as (*writers, following):

        async def write(connection: asyncpg.Connection) -> None:
            for _ in range(rounds):
                async with connection.transaction():
                    for id in sorted(chance.sample(ids, 2)):
                        await connection.execute(TOUCH, id)
                    await asyncio.sleep(chance.random() * 0.01)

        async def follow(place: int) -> None:
            while True:
                done = all(task.done() for task in tasks)
                for row in await list_changes(following, since=place, limit=3):
                    assert row["revision"] > place
                    place = row["revision"]
                    last[row["json"].split('"article_id":"')[1].split('"')[0]] = place
                if done and not await list_changes(following, since=place, limit=1):
                    return

        tasks = [asyncio.create_task(write(one)) for one in writers]
        await follow(since)
        await asyncio.gather(*tasks)
        now = {row["id"]: row["revision"] for row in await following.fetch("SELECT id, revision FROM article")}
    assert last == {id: revision for id, revision in now.items() if revision > since}


async def test_to_delete_an_article_takes_a_key_that_may(api: httpx.AsyncClient, corpus: str) -> None:
    path = f"/v1/articles/{(await articles(api))[-1]}"
    async with connections(corpus, 1) as (connection,):
        _, writer = await create_key(connection, label="writer", scopes=["write"])
    unknown, closed = await api.delete(path), await api.delete(path, headers={"X-API-Key": writer})
    assert (unknown.status_code, closed.status_code) == (401, 403)
    assert closed.json()["type"] == "/problems/forbidden"
    assert (await api.get(path)).status_code == 200


async def test_a_deleted_article_leaves_a_tombstone(api: httpx.AsyncClient, corpus: str) -> None:
    since, id = await newest(api), (await articles(api))[-1]
    statement = (await api.get(f"/v1/articles/{id}/statements")).json()["items"][0]
    async with connections(corpus, 1) as (connection,):
        _, admin = await create_key(connection, label="admin", scopes=["admin"])
        headers = {"Authorization": f"Bearer {admin}"}
        assert (await api.delete(f"/v1/articles/{id}", headers=headers)).status_code == 204
        assert await connection.fetchval("SELECT count(*) FROM outbox WHERE entity_id = $1", id) >= 1
    assert (await api.get(f"/v1/articles/{id}")).status_code == 410
    assert (await api.get(f"/v1/statements/{statement['id']}")).status_code == 404
    (told,) = await changes(api, since)
    assert (told["article_id"], told["change"], told["article"], told["statement_ids"]) == (id, "deleted", None, [])
    found = await api.get("/v1/search/statements", params={"q": statement["content"]["text"][:60]})
    assert id not in [hit["statement"]["article"]["id"] for hit in found.json()["items"]]
    assert (await api.delete(f"/v1/articles/{id}", headers=headers)).status_code == 410
    assert (await api.delete("/v1/articles/none", headers=headers)).status_code == 404

"""Feeds: what feed readers accept, with ids that stay and times that are true."""

import re
from datetime import UTC, datetime
from typing import Any

import asyncpg
import feedparser  # type: ignore[import-untyped]
import httpx
import pytest
from lxml import etree

pytestmark = pytest.mark.asyncio(loop_scope="module")

ATOM, XHTML = "{http://www.w3.org/2005/Atom}", "{http://www.w3.org/1999/xhtml}"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
NAMES = ("articles", "statements")


async def atom(api: httpx.AsyncClient, name: str = "statements", **wanted: Any) -> Any:
    answer = (await api.get(f"/v1/feeds/{name}.atom", params=wanted)).raise_for_status()
    assert answer.headers["content-type"] == "application/atom+xml"
    return etree.fromstring(answer.content)


async def items(api: httpx.AsyncClient, name: str = "statements", **wanted: Any) -> list[dict[str, Any]]:
    answer = (await api.get(f"/v1/feeds/{name}.json", params=wanted)).raise_for_status()
    assert answer.headers["content-type"] == "application/feed+json"
    found: list[dict[str, Any]] = answer.json()["items"]
    return found


def one(element: Any, name: str) -> str:
    (found,) = element.findall(ATOM + name)
    assert found.text
    return str(found.text)


def addresses(element: Any, rel: str) -> dict[str, str]:
    """The links of one kind by media type; no two of them may have the same."""
    links = [link for link in element.findall(f"{ATOM}link") if link.get("rel") == rel]
    found = {link.get("type"): link.get("href") for link in links}
    assert len(found) == len(links)
    return found


@pytest.mark.parametrize("name", NAMES)
async def test_a_feed_has_what_the_standard_requires(api: httpx.AsyncClient, name: str) -> None:
    feed = await atom(api, name)
    assert (feed.tag, feed.get(LANG)) == (f"{ATOM}feed", "ar")
    assert one(feed, "id").startswith("urn:uuid:")
    assert one(feed, "title")
    assert addresses(feed, "self") == {"application/atom+xml": f"http://qawl.test/v1/feeds/{name}.atom"}
    assert feed.find(f"{ATOM}author/{ATOM}name").text
    entries = feed.findall(f"{ATOM}entry")
    assert len(entries) >= 10
    assert one(feed, "updated") == max(one(entry, "updated") for entry in entries)
    assert len({one(entry, "id") for entry in entries}) == len(entries)
    for entry in entries:
        assert one(entry, "id").startswith("urn:uuid:")
        assert one(entry, "title")
        assert MOMENT.fullmatch(one(entry, "updated"))
        assert entry.get(LANG) == "ar"
        assert addresses(entry, "alternate")["application/json"].startswith(f"http://qawl.test/v1/{name}/")
        (content,) = entry.findall(f"{ATOM}content")
        assert content.get("type") == "xhtml"
        assert [(inside.tag, inside.get("dir"), inside.get("lang")) for inside in content] == [
            (f"{XHTML}div", "rtl", "ar")
        ]


@pytest.mark.parametrize("name", NAMES)
async def test_a_feed_reader_reads_it(api: httpx.AsyncClient, name: str) -> None:
    read = feedparser.parse((await api.get(f"/v1/feeds/{name}.atom")).content)
    assert (read.bozo, read.version) == (False, "atom10")
    assert read.feed.language == "ar"
    assert all(entry.id and entry.title and entry.updated_parsed and entry.content[0].value for entry in read.entries)


async def test_both_forms_hold_the_same_entries_and_name_each_other(api: httpx.AsyncClient) -> None:
    feed = await atom(api, q="تركيا")
    assert [one(entry, "id") for entry in feed.findall(f"{ATOM}entry")] == [
        row["id"] for row in await items(api, q="تركيا")
    ]
    other = await api.get(addresses(feed, "alternate")["application/feed+json"])
    assert other.json()["version"] == "https://jsonfeed.org/version/1.1"
    assert other.json()["feed_url"] == str(other.url)


@pytest.mark.parametrize("wanted", [{"q": "تركيا"}, {"speaker": "قسد"}, {"kind": ["direct", "mixed"], "zone": "body"}])
async def test_words_and_filters_mean_what_they_mean_elsewhere(api: httpx.AsyncClient, wanted: dict[str, Any]) -> None:
    path = "/v1/search/statements" if "q" in wanted else "/v1/statements"
    listed = (await api.get(path, params={**wanted, "limit": "100"})).json()["items"]
    ids = {(row.get("statement") or row)["id"] for row in listed}
    assert ids
    assert {row["url"].rpartition("/")[2] for row in await items(api, limit=100, **wanted)} == ids


async def test_the_latest_arrival_comes_first_whatever_its_date(api: httpx.AsyncClient, corpus: str) -> None:
    rows = (await api.get("/v1/articles", params={"limit": 100})).json()["items"]
    undated = next(row["id"] for row in rows if row["published_at"] is None)
    connection = await asyncpg.connect(corpus)
    await connection.execute("UPDATE article SET created_at = now() + interval '1 minute' WHERE id = $1", undated)
    await connection.close()
    first = (await items(api, "articles", limit=1))[0]
    assert first["url"].endswith(undated)
    assert "date_published" not in first


async def test_an_entry_keeps_its_id_when_it_changes_and_says_when(api: httpx.AsyncClient, corpus: str) -> None:
    before = (await items(api, "articles"))[-1]
    moment = datetime(2031, 5, 17, 8, 30, 12, 345678, UTC)
    connection = await asyncpg.connect(corpus)
    change = "UPDATE article SET updated_at = $2, title = $3 WHERE id = $1"
    id = before["url"].rpartition("/")[2]
    old = await connection.fetchrow("SELECT updated_at, title FROM article WHERE id = $1", id)
    assert old
    await connection.execute(change, id, moment, "عنوان <جديد> & \x0b مختلف")
    try:
        after = (await items(api, "articles"))[-1]
        assert (after["id"], after["date_modified"]) == (before["id"], "2031-05-17T08:30:12Z")
        feed = await atom(api, "articles")
        assert one(feed, "updated") == "2031-05-17T08:30:12Z"
        assert "عنوان <جديد> &  مختلف" in [one(entry, "title") for entry in feed.findall(f"{ATOM}entry")]
    finally:
        await connection.execute(change, id, old["updated_at"], old["title"])
        await connection.close()


async def test_the_same_question_is_the_same_feed_and_another_is_another(api: httpx.AsyncClient) -> None:
    same = {one(await atom(api, **wanted), "id") for wanted in ({"q": "تركيا"}, {"q": "تركيا", "limit": 5})}
    other = {one(await atom(api, **wanted), "id") for wanted in ({}, {"q": "منبج"}, {"speaker": "قسد"})}
    assert (len(same), len(other), len(same & other)) == (1, 3, 0)


@pytest.mark.parametrize("path", ["/v1/feeds/articles.atom", "/v1/feeds/statements.json?q=قسد"])
async def test_what_a_reader_has_is_not_sent_again(api: httpx.AsyncClient, path: str) -> None:
    first = await api.get(path)
    for known in (
        {"If-None-Match": first.headers["etag"]},
        {"If-Modified-Since": first.headers["last-modified"]},
    ):
        again = await api.get(path, headers=known)
        assert (again.status_code, again.content) == (304, b"")
    head = await api.head(path)
    assert (head.content, head.headers["etag"]) == (b"", first.headers["etag"])


@pytest.mark.parametrize(
    ("path", "accept", "kind"),
    [
        ("articles.atom", "application/rss+xml;q=0.9, application/atom+xml, */*;q=0.1", "application/atom+xml"),
        ("articles.atom", "text/xml, application/xml;q=0.5", "text/xml"),
        ("articles.json", "*/*", "application/feed+json"),
        ("articles.json", "application/json", "application/json"),
    ],
)
async def test_feed_readers_of_all_kinds_are_served(api: httpx.AsyncClient, path: str, accept: str, kind: str) -> None:
    answer = await api.get(f"/v1/feeds/{path}", headers={"Accept": accept})
    assert answer.headers["content-type"].partition(";")[0] == kind
    assert (await api.get(f"/v1/feeds/{path}", headers={"Accept": "image/png"})).status_code == 406


@pytest.mark.parametrize("name", NAMES)
async def test_a_feed_without_entries_is_a_feed(api: httpx.AsyncClient, name: str) -> None:
    feed = await atom(api, name, q="لاتوجدكلمةكهذه")
    assert MOMENT.fullmatch(one(feed, "updated"))
    assert feed.findall(f"{ATOM}entry") == []
    assert await items(api, name, q="لاتوجدكلمةكهذه") == []


async def test_texts_from_pages_are_no_markup(api: httpx.AsyncClient, corpus: str) -> None:
    connection = await asyncpg.connect(corpus)
    id = (await items(api, "articles"))[-1]["url"].rpartition("/")[2]
    body = await connection.fetchval("SELECT body FROM article WHERE id = $1", id)
    await connection.execute("UPDATE article SET body = $2 WHERE id = $1", id, "<script>alert(1)</script> نص")
    try:
        entry = (await items(api, "articles"))[-1]
        assert "<script>" not in entry["content_html"]
        assert "&lt;script&gt;" in entry["content_html"]
        assert b"<script>" not in (await api.get("/v1/feeds/articles.atom")).content
    finally:
        await connection.execute("UPDATE article SET body = $2 WHERE id = $1", id, body)
        await connection.close()

"""Search through the API: rows, places of the words, facets, whole lists by cursor."""

from typing import Any

import httpx
import pytest

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def search(api: httpx.AsyncClient, what: str, **parameters: Any) -> dict[str, Any]:
    """The answer of a search."""
    answer = await api.get(f"/v1/search/{what}", params=parameters)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


@pytest.mark.parametrize("q", ["قسد", '"قوات سوريا الديمقراطية"', "داعش", "حقي كوباني", "مكتوفة", "وقسد", "قَسَد"])
async def test_the_sample_page_is_found(api: httpx.AsyncClient, q: str) -> None:
    found = await search(api, "articles", q=q)
    assert "anapress.net" in [hit["article"]["source"]["id"] for hit in found["items"]]


async def test_places_in_an_article_are_places_in_its_texts(api: httpx.AsyncClient) -> None:
    hit = (await search(api, "articles", q="داعش", source="anapress.net"))["items"][0]
    article = (await api.get(f"/v1/articles/{hit['article']['id']}")).json()
    marked = {article[mark["field"]][mark["start"] : mark["end"]].strip('"') for mark in hit["highlights"]}
    assert "داعش" in marked
    assert {mark["field"] for mark in hit["highlights"]} >= {"text", "title"}
    assert hit["snippets"]
    for snippet in hit["snippets"]:
        assert article[snippet["field"]][snippet["start"] : snippet["end"]] == snippet["text"]


async def test_places_in_a_statement_are_places_in_its_texts(api: httpx.AsyncClient) -> None:
    hit = (await search(api, "statements", q="مكتوفة"))["items"][0]
    content = hit["statement"]["content"]["text"]
    mark = hit["highlights"][0]
    assert (mark["field"], content[mark["start"] : mark["end"]]) == ("content", "مكتوفة")
    snippet = hit["snippets"][0]
    inner = snippet["highlights"][0]
    assert content[snippet["start"] : snippet["end"]] == snippet["text"]
    assert snippet["text"][inner["start"] : inner["end"]] == "مكتوفة"


async def test_a_hit_is_the_row_of_the_list(api: httpx.AsyncClient) -> None:
    hit = (await search(api, "statements", q="مكتوفة"))["items"][0]
    assert (await api.get(f"/v1/statements/{hit['statement']['id']}")).json() == hit["statement"]


async def test_filters_and_facets_agree(api: httpx.AsyncClient) -> None:
    found = await search(api, "statements", facets=["kind", "source", "speaker"], limit=1)
    kinds = {value["value"]: value["count"] for value in found["facets"]["kind"]}
    assert sum(kinds.values()) == found["total"]["value"]
    assert found["facets"]["year"] is None
    for kind, count in kinds.items():
        assert (await search(api, "statements", kind=kind, limit=1))["total"]["value"] == count
    speaker = found["facets"]["speaker"][0]
    said = await search(api, "statements", speaker=speaker["value"], limit=1)
    assert said["total"]["value"] == speaker["count"]
    assert said["items"][0]["statement"]["speaker"]["name"] == speaker["label"]


@pytest.mark.parametrize("sort", ["relevance", "newest", "oldest"])
async def test_pages_hold_every_hit_once(api: httpx.AsyncClient, sort: str) -> None:
    walked: list[str] = []
    cursor: dict[str, str] = {}
    while True:
        found = await search(api, "statements", q="في", sort=sort, limit=3, **cursor)
        walked += [hit["statement"]["id"] for hit in found["items"]]
        if found["next_cursor"] is None:
            break
        cursor = {"cursor": found["next_cursor"]}
    assert len(walked) == len(set(walked)) == found["total"]["value"] > 3


async def test_a_day_in_eastern_digits_is_the_same_day(api: httpx.AsyncClient) -> None:
    western, eastern = [
        (await search(api, "articles", published_from=day))["total"] for day in ("2018-01-01", "٢٠١٨-٠١-٠١")
    ]
    assert western == eastern


async def test_what_was_misspelt_is_told(api: httpx.AsyncClient) -> None:
    found = await search(api, "articles", q="الديمقراطبة")
    assert found["total"]["value"] > 0
    assert found["corrections"][0]["meant"]
    assert (await search(api, "articles", q="الديمقراطية"))["corrections"] == []

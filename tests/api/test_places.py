"""Places through the API: the gazetteer, where articles name them, and filters by them."""

from typing import Any

import httpx
import pytest

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def get(api: httpx.AsyncClient, path: str, **parameters: Any) -> dict[str, Any]:
    answer = await api.get(f"/v1/{path}", params=parameters)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def test_a_place_tells_where_it_lies(api: httpx.AsyncClient) -> None:
    place = await get(api, "places/C1767")
    assert (place["name_ar"], place["name_en"]) == ("منبج", "Menbij")
    assert [one["pcode"] for one in place["within"]] == ["SY02", "SY0205", "SY020500"]
    assert (round(place["lon"]), round(place["lat"])) == (38, 37)
    assert (await api.get("/v1/places/C0")).status_code == 404


@pytest.mark.parametrize("q", ["منبج", "مَنْبِج", "Manbij", "menb"])
async def test_places_are_listed_by_any_part_of_a_name(api: httpx.AsyncClient, q: str) -> None:
    found = await get(api, "places", q=q, kind="community")
    assert "C1767" in [one["pcode"] for one in found["items"]]


async def test_there_are_fourteen_governorates(api: httpx.AsyncClient) -> None:
    found = await get(api, "places", kind="governorate")
    assert found["total"] == {"value": 14, "relation": "eq"}
    assert (await get(api, "places", within="SY11", kind="governorate"))["total"]["value"] == 1


async def test_the_articles_of_a_place_name_it_and_so_do_those_of_all_around_it(api: httpx.AsyncClient) -> None:
    named = (await get(api, "places", mentioned="true", kind="community"))["items"][0]
    articles = await get(api, "articles", place=named["pcode"])
    assert articles["total"]["value"] == named["article_count"] > 0
    article = await get(api, f"articles/{articles['items'][0]['id']}")
    assert any(name in article["body"] for name in [named["name_ar"], *named["variants"]])
    around = await get(api, "articles", governorate=named["within"][0]["pcode"])
    assert article["id"] in [one["id"] for one in around["items"]]
    by_name = await get(api, "articles", place=named["name_ar"])
    assert by_name["total"]["value"] >= named["article_count"]


async def test_a_place_that_there_is_not_fits_no_article(api: httpx.AsyncClient) -> None:
    for path in ("articles", "statements", "search/articles", "search/statements"):
        assert (await get(api, path, place="أتلانتس"))["items"] == []


async def test_a_statement_of_a_place_has_it_in_its_words(api: httpx.AsyncClient) -> None:
    counted = (await get(api, "search/statements", facets="governorate"))["facets"]["governorate"]
    assert counted
    for one in counted:
        found = await get(api, "statements", governorate=one["value"], limit=100)
        assert found["total"]["value"] == one["count"]
        searched = await get(api, "search/statements", governorate=one["label"], limit=1)
        assert searched["total"]["value"] == one["count"]


async def test_lists_and_searches_agree_on_every_filter(api: httpx.AsyncClient) -> None:
    for filters in (
        {"party": "قسد"},
        {"role": "الناطق"},
        {"role": "قائد"},
        {"governorate": "حلب"},
        {"place": "SY02", "kind": "mixed"},
        {"channel": "written_statement"},
        {"min_confidence": 0.8},
    ):
        listed = await get(api, "statements", **filters)
        searched = await get(api, "search/statements", **filters)
        assert listed["total"] == searched["total"], filters
    for filters in ({"party": "قسد"}, {"governorate": "SY02"}, {"place": "منبج"}):
        listed = await get(api, "articles", **filters)
        assert listed["total"] == (await get(api, "search/articles", **filters))["total"], filters

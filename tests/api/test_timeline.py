"""The timeline: counts of days, weeks and months, with the total beside each."""

from typing import Any

import httpx
import pytest

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def timeline(api: httpx.AsyncClient, **parameters: Any) -> dict[str, Any]:
    answer = await api.get("/v1/timeline", params=parameters)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def counted(found: dict[str, Any], member: str = "count") -> int:
    return sum(int(step[member]) for step in found["items"]) + int(found["undated"][member])


@pytest.mark.parametrize("of", ["articles", "statements"])
@pytest.mark.parametrize("interval", ["day", "week", "month"])
async def test_every_row_is_counted_once(api: httpx.AsyncClient, of: str, interval: str) -> None:
    found = await timeline(api, of=of, interval=interval)
    whole = (await api.get(f"/v1/{of}")).json()["total"]["value"]
    assert counted(found) == counted(found, "total") == whole
    starts = [step["start"] for step in found["items"]]
    assert starts == sorted(set(starts))


async def test_beside_what_was_found_stands_all_there_is(api: httpx.AsyncClient) -> None:
    found = await timeline(api, speaker="قسد")
    listed = (await api.get("/v1/statements", params={"speaker": "قسد"})).json()["total"]["value"]
    assert counted(found) == listed < counted(found, "total")
    assert all(step["count"] <= step["total"] for step in found["items"])


async def test_words_are_counted_too(api: httpx.AsyncClient) -> None:
    found = await timeline(api, of="articles", q="داعش")
    assert counted(found) == (await api.get("/v1/search/articles", params={"q": "داعش"})).json()["total"]["value"]


@pytest.mark.parametrize("split", ["source", "speaker", "party", "stance", "governorate"])
@pytest.mark.parametrize("of", ["articles", "statements"])
async def test_a_split_counts_what_the_facet_counts(api: httpx.AsyncClient, of: str, split: str) -> None:
    found = await timeline(api, of=of, split=split, published_from="1990-01-01", split_limit=50)
    answer = await api.get(f"/v1/search/{of}", params={"facets": split, "published_from": "1990-01-01"})
    facet = {one["value"]: (one["label"], one["count"]) for one in answer.json()["facets"][split][:50]}
    split_up: dict[str, tuple[str | None, int]] = {}
    for step in found["items"]:
        for one in step["values"]:
            split_up[one["value"]] = (one["label"], split_up.get(one["value"], ("", 0))[1] + one["count"])
    assert split_up == facet


async def test_a_month_ends_where_the_next_begins(api: httpx.AsyncClient) -> None:
    step = (await timeline(api, interval="month"))["items"][0]
    assert step["start"][-2:] == step["end"][-2:] == "01"
    assert step["start"] < step["end"]


async def test_what_only_statements_have_cannot_narrow_articles(api: httpx.AsyncClient) -> None:
    refused = await api.get("/v1/timeline", params={"of": "articles", "stance": "deny"})
    assert refused.status_code == 422
    assert "stance" in refused.json()["detail"]

"""Lists: order, pages, filters, totals."""

import unicodedata
from typing import Any

import httpx
import pytest

from app.arabic.names import name_key

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def pages(api: httpx.AsyncClient, path: str, **parameters: Any) -> list[list[dict[str, Any]]]:
    """All pages of a list, walked by cursor."""
    walked = []
    cursor: dict[str, str] = {}
    while True:
        answer = (await api.get(path, params={**parameters, **cursor})).raise_for_status().json()
        walked.append(answer["items"])
        if answer["next_cursor"] is None:
            return walked
        cursor = {"cursor": answer["next_cursor"]}


@pytest.mark.parametrize("path", ["/v1/articles", "/v1/statements", "/v1/speakers", "/v1/sources"])
async def test_pages_hold_every_row_once_in_one_order(api: httpx.AsyncClient, path: str) -> None:
    whole = [row["id"] for page in await pages(api, path, limit=100) for row in page]
    walked = await pages(api, path, limit=7 if path == "/v1/statements" else 2)
    assert len(walked) > 2
    assert [row["id"] for page in walked for row in page] == whole
    assert len(set(whole)) == len(whole)


async def test_articles_come_newest_first_and_undated_last(api: httpx.AsyncClient) -> None:
    dates = [row["published_at"] for page in await pages(api, "/v1/articles", limit=5) for row in page]
    known = [date for date in dates if date]
    assert known == sorted(known, reverse=True)
    assert dates == known + [None] * (len(dates) - len(known))
    assert None in dates
    assert len(known) > 5


async def test_the_total_is_that_of_the_whole_list_on_every_page(api: httpx.AsyncClient) -> None:
    first = (await api.get("/v1/statements", params={"limit": 5})).json()
    second = (await api.get("/v1/statements", params={"limit": 5, "cursor": first["next_cursor"]})).json()
    everything = sum(len(page) for page in await pages(api, "/v1/statements", limit=100))
    assert first["total"] == second["total"] == {"value": everything, "relation": "eq"}


async def test_the_link_header_leads_to_the_next_page(api: httpx.AsyncClient) -> None:
    first = await api.get("/v1/articles", params={"limit": 2, "speaker": "قسد", "published_from": "1990-01-01"})
    assert "next" not in first.links
    first = await api.get("/v1/articles", params={"limit": 2, "published_from": "1990-01-01"})
    second = await api.get(first.links["next"]["url"])
    assert second.status_code == 200
    assert not {row["id"] for row in first.json()["items"]} & {row["id"] for row in second.json()["items"]}


async def test_list_rows_leave_out_the_text(api: httpx.AsyncClient) -> None:
    row = (await api.get("/v1/articles")).json()["items"][0]
    assert not {"text", "body", "zones"} & row.keys()


async def test_values_of_one_filter_are_alternatives_and_filters_narrow(api: httpx.AsyncClient) -> None:
    direct, indirect, both = [
        (await api.get("/v1/statements", params={"kind": kinds})).json()["total"]["value"]
        for kinds in (["direct"], ["indirect"], ["direct", "indirect"])
    ]
    assert both == direct + indirect
    assert min(direct, indirect) > 0
    narrowed = await api.get("/v1/statements", params={"kind": "direct", "source": "anapress.net"})
    assert {(row["kind"], row["article"]["source"]["id"]) for row in narrowed.json()["items"]} == {
        ("direct", "anapress.net")
    }


async def test_the_range_of_days_is_half_open_and_holds_no_undated_article(api: httpx.AsyncClient) -> None:
    dated = [row for row in (await api.get("/v1/articles")).json()["items"] if row["published_at"]]
    day = dated[0]["published_at"][:10]
    upon = (await api.get("/v1/articles", params={"published_from": day})).json()["items"]
    before = (await api.get("/v1/articles", params={"published_to": day})).json()["items"]
    assert upon[0]["id"] == dated[0]["id"]
    assert {row["id"] for row in upon + before} == {row["id"] for row in dated}
    assert not {row["id"] for row in upon} & {row["id"] for row in before}


@pytest.mark.parametrize(
    "spelt",
    [
        "قوات سوريا الديمقراطية",
        "قَوَّات سُوريا الديمقراطيّة",
        "قوات سوريا الديمقراطيه",
        "\u200fقوات سوريا الديمقراطية\u200f",
        "قسد",
    ],
)
async def test_a_speaker_is_found_however_the_name_is_spelt(api: httpx.AsyncClient, spelt: str) -> None:
    found = (await api.get("/v1/statements", params={"speaker": spelt})).json()["items"]
    assert found
    assert {row["speaker"]["name"] for row in found} == {"قوات سوريا الديمقراطية"}
    by_id = (await api.get("/v1/statements", params={"speaker": found[0]["speaker"]["id"]})).json()["items"]
    assert by_id == found


async def test_a_decomposed_name_is_the_composed_one(api: httpx.AsyncClient) -> None:
    names = [row["name"] for row in (await api.get("/v1/speakers", params={"limit": 100})).json()["items"]]
    composed = next(name for name in names if unicodedata.normalize("NFD", name) != name)
    decomposed = unicodedata.normalize("NFD", composed)
    one, other = [(await api.get("/v1/statements", params={"speaker": name})).json() for name in (composed, decomposed)]
    assert one == other
    assert {row["speaker"]["name"] for row in one["items"]} == {composed}


async def test_speakers_are_ordered_by_what_they_said_or_by_name(api: httpx.AsyncClient) -> None:
    counts = [row["statement_count"] for page in await pages(api, "/v1/speakers", limit=9) for row in page]
    assert counts == sorted(counts, reverse=True)
    assert counts[0] > counts[-1]
    names = [name_key(row["name"]) for page in await pages(api, "/v1/speakers", limit=9, sort="name") for row in page]
    assert names == sorted(names)


async def test_repetitions_are_left_out_unless_asked_for(api: httpx.AsyncClient) -> None:
    once = [row for page in await pages(api, "/v1/statements", limit=100) for row in page]
    all_of_them = [row for page in await pages(api, "/v1/statements", limit=100, duplicates="true") for row in page]
    repeated = [row for row in all_of_them if row["duplicate_of"]]
    assert not any(row["duplicate_of"] for row in once)
    assert len(all_of_them) == len(once) + len(repeated)
    by_id = {row["id"]: row for row in all_of_them}
    assert repeated
    assert all(row["id"] in by_id[row["duplicate_of"]]["duplicates"] for row in repeated)


async def test_a_wildcard_in_a_name_is_an_ordinary_character(api: httpx.AsyncClient) -> None:
    assert (await api.get("/v1/speakers", params={"q": "%"})).json()["items"] == []

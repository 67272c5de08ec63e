"""Names while they are typed: suggestions, and the search among speakers."""

from typing import Any

import httpx
import pytest

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def get(api: httpx.AsyncClient, path: str, **parameters: Any) -> list[dict[str, Any]]:
    answer = await api.get(f"/v1/{path}", params=parameters)
    assert answer.status_code == 200, answer.text
    items: list[dict[str, Any]] = answer.json()["items"]
    return items


@pytest.mark.parametrize("q", ["قس", "قسد", "وات سوريا"[1:], "قوات سور", "سوريا الديم", "SDF", "sd", "Quwat", "qwat"])
async def test_a_speaker_is_suggested_by_the_beginning_of_any_name(api: httpx.AsyncClient, q: str) -> None:
    found = await get(api, "suggest", q=q, types="speaker")
    names = [one["label"] for one in found]
    assert ("قوات سوريا الديمقراطية" in names) == (q != "ات سوريا"), names


async def test_what_was_typed_is_marked_in_the_name_that_was_met(api: httpx.AsyncClient) -> None:
    first = (await get(api, "suggest", q="كوبا", types="speaker"))[0]
    assert [first["text"][mark["start"] : mark["end"]] for mark in first["highlights"]] == ["كوباني"]


async def test_places_are_suggested_in_both_scripts_governorates_first(api: httpx.AsyncClient) -> None:
    for q in ("حلب", "Alep", "حَلَب"):
        found = await get(api, "suggest", q=q, types="place")
        assert (found[0]["id"], found[0]["label"]) == ("SY02", "حلب"), q
    for q in ("القامش", "قامش", "Qamish", "Kamishl"):
        assert "C4564" in [one["id"] for one in await get(api, "suggest", q=q, types="place")], q


async def test_outlets_and_words_are_suggested(api: httpx.AsyncClient) -> None:
    assert [one["id"] for one in await get(api, "suggest", q="anap", types="source")] == ["anapress.net"]
    words = await get(api, "suggest", q="قوات الديمق", types="word")
    assert words[0]["text"] == "قوات الديمقراطيه"
    assert words[0]["count"] > 0


async def test_types_come_in_the_order_asked_for_each_within_its_limit(api: httpx.AsyncClient) -> None:
    found = [one["type"] for one in await get(api, "suggest", q="ا", types=["place", "speaker"], limit=2)]
    assert found == ["place", "place", "speaker", "speaker"]
    assert await get(api, "suggest", q="؟") == []


async def test_nothing_typed_is_no_question(api: httpx.AsyncClient) -> None:
    assert (await api.get("/v1/suggest", params={"q": ""})).status_code == 422
    assert (await api.get("/v1/suggest", params={"q": "ا", "types": "verb"})).status_code == 422


async def test_speakers_are_found_with_what_they_said(api: httpx.AsyncClient) -> None:
    first = (await get(api, "search/speakers", q="قسد"))[0]
    assert first["speaker"]["name"] == "قوات سوريا الديمقراطية"
    assert first["matched"] == "قسد"
    assert first["highlights"] == [{"start": 0, "end": 3}]
    again = (await api.get(f"/v1/speakers/{first['speaker']['id']}")).json()
    assert again == first["speaker"]
    assert again["party_id"] == again["id"]
    assert again["romanised"]


async def test_speakers_of_a_party_are_found(api: httpx.AsyncClient) -> None:
    whole = await get(api, "search/speakers", party="قسد")
    listed = await get(api, "speakers", party="قسد")
    assert [one["speaker"]["id"] for one in whole] == [one["id"] for one in listed]
    assert all(one["kind"] == "person" for one in await get(api, "speakers", kind="person"))


@pytest.mark.parametrize("q", ["", "ا", "a"])
async def test_pages_of_speakers_hold_each_once(api: httpx.AsyncClient, q: str) -> None:
    walked: list[str] = []
    total, parameters = 0, {"q": q, "limit": "3"}
    while True:
        page = (await api.get("/v1/search/speakers", params=parameters)).json()
        walked += [hit["speaker"]["id"] for hit in page["items"]]
        total = page["total"]["value"]
        if page["next_cursor"] is None:
            break
        parameters["cursor"] = page["next_cursor"]
    assert len(walked) == len(set(walked)) == total > 3
    refused = await api.get("/v1/search/speakers", params={"q": "ق", "cursor": parameters["cursor"]})
    assert (refused.status_code, refused.json()["type"]) == (400, "/problems/invalid-request")

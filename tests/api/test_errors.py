"""Every error is a problem that says what was expected and where; nothing wrong is passed over in silence."""

from typing import Any

import httpx
import pytest

from app.api.problems import MEDIA_TYPE

pytestmark = pytest.mark.asyncio(loop_scope="module")

LISTS = [
    "/v1/articles",
    "/v1/statements",
    "/v1/speakers",
    "/v1/sources",
    "/v1/search/articles",
    "/v1/search/statements",
]


async def problem(api: httpx.AsyncClient, path: str, status: int, **options: Any) -> dict[str, Any]:
    """The problem that a GET of `path` answers; it has the status expected and everything a problem must have."""
    answer = await api.get(path, **options)
    assert (answer.status_code, answer.headers["content-type"]) == (status, MEDIA_TYPE), answer.text
    told: dict[str, Any] = answer.json()
    assert told["status"] == status
    assert told["type"].startswith("/problems/")
    assert told["title"]
    assert told["request_id"] == answer.headers["x-request-id"]
    return told


@pytest.mark.parametrize("path", ["/nothing", "/v1/nothing", "/v2/articles", "/v1/articles/a/b", "/قسد"])
async def test_an_unknown_path_is_a_problem(api: httpx.AsyncClient, path: str) -> None:
    assert (await problem(api, path, 404))["instance"] == path


@pytest.mark.parametrize(
    "path", [*LISTS, "/v1/articles/x", "/v1/statements/x", "/v1", "/v1/limits", "/healthz", "/readyz"]
)
async def test_an_unknown_parameter_is_refused_and_the_known_ones_are_named(api: httpx.AsyncClient, path: str) -> None:
    told = await problem(api, path, 422, params={"publishd_from": "2018-01-01"})
    assert [(fault["parameter"], fault["code"]) for fault in told["errors"]] == [("publishd_from", "unknown-parameter")]
    assert "known: " in told["detail"]
    if path in LISTS:
        assert "limit" in told["detail"]


@pytest.mark.parametrize(
    ("parameters", "at_fault"),
    [
        ("limit=101", "limit"),
        ("limit=0", "limit"),
        ("limit=ten", "limit"),
        ("limit=5&limit=6", None),
        ("published_from=2018-02-30", "published_from"),
        ("published_from=0", "published_from"),
        ("published_to=1514764800", "published_to"),
        ("published_to=2018-01-01T00:00:00Z", "published_to"),
        ("kind=spoken", "kind"),
        ("min_confidence=1.5", "min_confidence"),
        ("min_confidence=nan", "min_confidence"),
        ("speaker=", "speaker"),
        ("speaker=%E2%80%8F", "speaker"),
        ("speaker=" + "a" * 201, "speaker"),
        ("duplicates=perhaps", "duplicates"),
    ],
)
async def test_a_value_that_makes_no_sense_is_refused_with_its_place(
    api: httpx.AsyncClient, parameters: str, at_fault: str | None
) -> None:
    told = await problem(api, f"/v1/statements?{parameters}", 422)
    assert [fault["parameter"] for fault in told.get("errors", [])] == ([at_fault] if at_fault else [])


@pytest.mark.parametrize("path", LISTS)
async def test_a_forged_cursor_is_refused(api: httpx.AsyncClient, path: str) -> None:
    for cursor in ("x", "%D9%82", "AAAA", "eyJhIjoxfQ", "a" * 900, "..", "-1"):
        await problem(api, f"{path}?cursor={cursor}", 400)
    await problem(api, f"{path}?cursor=", 422)


@pytest.mark.parametrize(
    ("path", "other"),
    [
        ("/v1/articles?limit=1", "/v1/articles?limit=1&published_from=2000-01-01"),
        ("/v1/statements?limit=1", "/v1/statements?limit=1&duplicates=true"),
        ("/v1/speakers?limit=1", "/v1/speakers?limit=1&sort=name"),
        ("/v1/statements?limit=1", "/v1/articles?limit=1"),
        ("/v1/search/statements?limit=1", "/v1/search/statements?limit=1&kind=direct"),
    ],
)
async def test_a_cursor_belongs_to_one_list_with_its_filters_and_order(
    api: httpx.AsyncClient, path: str, other: str
) -> None:
    cursor = (await api.get(path)).json()["next_cursor"]
    assert (await api.get(f"{path}&cursor={cursor}")).status_code == 200
    await problem(api, f"{other}&cursor={cursor}", 400)
    middle = len(cursor) // 2
    changed = cursor[:middle] + ("A" if cursor[middle] != "A" else "B") + cursor[middle + 1 :]
    await problem(api, f"{path}&cursor={changed}", 400)


@pytest.mark.parametrize("path", [*LISTS, "/v1/articles/x", "/nothing"])
async def test_bytes_that_are_no_text_are_refused(api: httpx.AsyncClient, path: str) -> None:
    for encoded in ("%FF", "%D9", "%C0%80", "%ED%A0%80", "a%00b", "%00"):
        await problem(api, f"{path}?q={encoded}", 400)
        await problem(api, f"{path}/{encoded}", 400)


@pytest.mark.parametrize(("path", "method"), [("/v1/articles", "POST"), ("/v1/statements/x", "DELETE"), ("/", "PUT")])
async def test_a_method_that_a_path_does_not_have_is_answered_with_those_it_has(
    api: httpx.AsyncClient, path: str, method: str
) -> None:
    answer = await api.request(method, path)
    assert (answer.status_code, answer.headers["content-type"]) == (405, MEDIA_TYPE)
    assert answer.headers["allow"] == "GET, HEAD, OPTIONS"


@pytest.mark.parametrize(
    "headers", [{"X-API-Key": "qawl_nothing"}, {"Authorization": "Bearer qawl_nothing"}, {"X-API-Key": "ق".encode()}]
)
async def test_a_key_that_is_none_is_refused_though_reading_needs_none(
    api: httpx.AsyncClient, headers: dict[str, Any]
) -> None:
    answer = await api.get("/v1/articles", headers=headers)
    assert (answer.status_code, answer.headers["content-type"]) == (401, MEDIA_TYPE)
    assert answer.headers["www-authenticate"]


@pytest.mark.parametrize(
    ("accept", "status"),
    [
        ("application/json", 200),
        ("*/*", 200),
        ("text/html,application/xhtml+xml,*/*;q=0.8", 200),
        ("application/*;q=0.5", 200),
        ("Application/JSON; charset=utf-8", 200),
        ("", 200),
        ("text/csv", 406),
        ("application/json;q=0, */*", 406),
    ],
)
async def test_only_json_is_promised_to_whom_takes_json(api: httpx.AsyncClient, accept: str, status: int) -> None:
    assert (await api.get("/v1/sources", headers={"Accept": accept})).status_code == status


async def test_a_query_that_is_too_long_is_refused(api: httpx.AsyncClient) -> None:
    assert (await api.get("/v1/search/articles", params={"q": "ق" * 500})).status_code == 200
    told = await problem(api, "/v1/search/articles", 422, params={"q": "ق" * 501})
    assert told["errors"][0]["code"] == "too-long"


@pytest.mark.parametrize("path", ["/v1/articles/none", "/v1/articles?limit=0", "/v1/articles?cursor=x"])
async def test_the_type_of_a_problem_can_be_followed(api: httpx.AsyncClient, path: str) -> None:
    met = (await api.get(path)).json()
    meant = (await api.get(met["type"])).json()
    assert meant == {key: met[key] for key in ("type", "title", "status")}
    await problem(api, "/problems/none", 404)


@pytest.mark.parametrize("path", ["/v1/articles/", "/v1/search/statements/"])
async def test_a_slash_at_the_end_leads_to_the_path_without(api: httpx.AsyncClient, path: str) -> None:
    answer = await api.get(path, params={"limit": 3})
    assert (answer.status_code, answer.headers["location"]) == (308, f"{path[:-1]}?limit=3")

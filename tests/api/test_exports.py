"""Whole results: every row once, in one snapshot, in formats that other programs read."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import arro3.io
import asyncpg
import httpx
import pytest
from fastapi import FastAPI

from app.corpus.exports import FIRST_ROWS, STATEMENTS, WHOLE_ARTICLES
from app.export import StatementExport, connected, export
from tests.api.test_lists import pages

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def exported(api: httpx.AsyncClient, name: str = "statements", **wanted: Any) -> list[dict[str, Any]]:
    """The rows of an export as NDJSON."""
    answer = (await api.get(f"/v1/export/{name}", params=wanted)).raise_for_status()
    assert answer.headers["content-type"] == "application/x-ndjson"
    return [json.loads(line) for line in answer.text.splitlines()]


async def table(api: httpx.AsyncClient, name: str = "statements", **wanted: Any) -> list[dict[str, str]]:
    """The rows of an export as CSV, read as a spreadsheet reads it."""
    answer = (await api.get(f"/v1/export/{name}", params={**wanted, "format": "csv"})).raise_for_status()
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize("name", ["articles", "statements"])
async def test_an_export_is_the_whole_list_in_its_order(api: httpx.AsyncClient, name: str) -> None:
    whole = [row for page in await pages(api, f"/v1/{name}", limit=100) for row in page]
    assert await exported(api, name) == whole
    assert len(whole) > (FIRST_ROWS if name == "statements" else 1)


@pytest.mark.parametrize(
    "wanted",
    [
        {"kind": ["direct", "mixed"], "source": "anapress.net"},
        {"speaker": "قسد"},
        {"duplicates": "true", "zone": "title"},
        {"min_confidence": "0.9"},
    ],
)
async def test_filters_mean_what_they_mean_in_lists(api: httpx.AsyncClient, wanted: dict[str, Any]) -> None:
    whole = [row for page in await pages(api, "/v1/statements", limit=100, **wanted) for row in page]
    assert whole
    assert await exported(api, **wanted) == whole


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("statements", {"q": "تركيا"}),
        ("statements", {"q": "قسد", "in": "speaker"}),
        ("statements", {"q": '"المناطق الآمنة"'}),
        ("articles", {"q": "في -تركيا"}),
        ("articles", {"q": "السوريه", "match": "normal"}),
    ],
)
async def test_words_find_what_a_search_finds(api: httpx.AsyncClient, name: str, wanted: dict[str, str]) -> None:
    one = name.removesuffix("s")
    hits = (await api.get(f"/v1/search/{name}", params={**wanted, "limit": "100", "sort": "newest"})).json()["items"]
    assert hits
    assert [row["id"] for row in await exported(api, name, **wanted)] == [hit[one]["id"] for hit in hits]


async def test_signs_without_a_word_find_nothing(api: httpx.AsyncClient) -> None:
    assert await exported(api, q="؟!") == []


async def test_articles_bring_their_texts_when_asked(api: httpx.AsyncClient) -> None:
    row = (await exported(api, "articles", texts="true", source="anapress.net"))[0]
    assert row == (await api.get(f"/v1/articles/{row['id']}")).json()
    assert (await table(api, "articles", texts="true", source="anapress.net"))[0]["text"] == row["text"]


async def test_a_table_opens_in_a_spreadsheet(api: httpx.AsyncClient) -> None:
    answer = await api.get("/v1/export/statements", params={"format": "csv"})
    assert answer.headers["content-type"].startswith("text/csv")
    assert answer.content.startswith(b"\xef\xbb\xbfid,speaker_name,content,")
    assert answer.content.endswith(b"\r\n")
    rows, whole = await table(api), await exported(api)
    assert [row["content"] for row in rows] == [row["content"]["text"] for row in whole]
    assert [row["published_at"] for row in rows] == [row["article"]["published_at"] or "" for row in whole]
    assert list(rows[0]) == [column.name for column in STATEMENTS.columns]


@pytest.mark.parametrize("cell", ["=HYPERLINK(1)", "+1", "-1", "@sum", "\t=1", "＝1", "\n=1"])
async def test_no_cell_of_a_table_is_a_formula(api: httpx.AsyncClient, corpus: str, cell: str) -> None:
    connection = await asyncpg.connect(corpus)
    change = "UPDATE article SET title = $1 WHERE source_id = 'anapress.net'"
    before = await connection.fetchval("SELECT title FROM article WHERE source_id = 'anapress.net'")
    await connection.execute(change, cell)
    try:
        assert (await table(api, "articles", source="anapress.net"))[0]["title"] == f"'{cell}"
        assert (await exported(api, "articles", source="anapress.net"))[0]["title"] == cell
    finally:
        await connection.execute(change, before)
        await connection.close()


async def test_parquet_holds_the_same_rows_with_their_types(api: httpx.AsyncClient) -> None:
    answer = await api.get("/v1/export/statements", params={"format": "parquet"})
    assert answer.headers["content-type"] == "application/vnd.apache.parquet"
    read = arro3.io.read_parquet(io.BytesIO(answer.content)).read_all()
    whole = await exported(api)
    assert read.column("content").to_pylist() == [row["content"]["text"] for row in whole]
    assert read.column("content_start").to_pylist() == [row["content"]["start"] for row in whole]
    dates = [day and f"{day:%Y-%m-%d}" for day in read.column("published_at").to_pylist()]
    assert dates == [(row["article"]["published_at"] or "")[:10] or None for row in whole]


@pytest.mark.parametrize("format", ["ndjson", "csv", "parquet"])
async def test_nothing_found_is_an_empty_result(api: httpx.AsyncClient, format: str) -> None:
    answer = await api.get("/v1/export/articles", params={"q": "لاتوجدكلمةكهذه", "format": format})
    assert answer.status_code == 200
    if format == "parquet":
        assert arro3.io.read_parquet(io.BytesIO(answer.content)).read_all().num_rows == 0
    else:
        assert len(answer.content.splitlines()) == (1 if format == "csv" else 0)


@pytest.mark.parametrize("name", ["articles", "statements"])
async def test_what_broke_off_goes_on_after_any_row(api: httpx.AsyncClient, name: str) -> None:
    whole = await exported(api, name)
    for kept in (1, len(whole) // 2, len(whole) - 1, len(whole)):
        assert whole[:kept] + await exported(api, name, cursor=whole[kept - 1]["id"]) == whole
    rest = (await api.get(f"/v1/export/{name}", params={"format": "csv", "cursor": whole[0]["id"]})).content
    assert not rest.startswith(b"\xef\xbb\xbf"), "what is joined to the first part has a second header in the middle"


async def test_a_row_that_is_gone_cannot_be_gone_on_from(api: httpx.AsyncClient) -> None:
    answer = await api.get("/v1/export/statements", params={"cursor": "none"})
    assert (answer.status_code, answer.json()["type"]) == (410, "/problems/gone")


async def test_what_is_written_meanwhile_does_not_show(corpus: str, api: httpx.AsyncClient) -> None:
    whole = await exported(api)
    writing = await asyncpg.connect(corpus)
    async with connected(corpus) as reading:
        chunks = export(reading, StatementExport(), "ndjson")
        read = await anext(chunks)
        deleted = await writing.fetch("UPDATE article SET deleted_at = now() WHERE deleted_at IS NULL RETURNING id")
        try:
            read += b"".join([chunk async for chunk in chunks])
        finally:
            await writing.execute(
                "UPDATE article SET deleted_at = NULL WHERE id = ANY($1)", [row["id"] for row in deleted]
            )
            await writing.close()
    assert [json.loads(line) for line in read.splitlines()] == whole


@pytest.mark.parametrize("format", ["ndjson", "csv", "parquet"])
async def test_a_reader_who_leaves_ends_the_question(corpus: str, format: Any) -> None:
    async with connected(corpus) as reading:
        chunks = export(reading, StatementExport(), format)
        await anext(chunks)
        assert reading.is_in_transaction()
        await chunks.aclose()
        assert not reading.is_in_transaction()


async def test_one_export_too_many_is_told_to_wait(app: FastAPI, api: httpx.AsyncClient) -> None:
    async with app.state.exports.connection(), app.state.exports.connection():
        busy = await api.get("/v1/export/articles")
        assert (busy.status_code, busy.json()["type"]) == (503, "/problems/busy")
        assert int(busy.headers["retry-after"]) > 0
        assert (await api.get("/v1/articles")).status_code == 200
    for _ in range(3):
        assert (await api.get("/v1/export/articles")).status_code == 200


@pytest.mark.parametrize(
    ("accept", "kind"),
    [
        ("*/*", "application/x-ndjson"),
        ("text/csv", "text/csv"),
        ("application/x-ndjson;q=0.1, text/*", "text/csv"),
        ("application/vnd.apache.parquet, text/csv;q=0.9", "application/vnd.apache.parquet"),
    ],
)
async def test_the_format_may_be_asked_for_by_accept(api: httpx.AsyncClient, accept: str, kind: str) -> None:
    answer = await api.get("/v1/export/articles", headers={"Accept": accept})
    assert answer.headers["content-type"].partition(";")[0] == kind
    assert "Accept" in answer.headers["vary"].split(", ")
    assert answer.headers["content-disposition"].startswith('attachment; filename="qawl-articles-20')


async def test_a_format_that_there_is_not_is_refused(api: httpx.AsyncClient) -> None:
    assert (await api.get("/v1/export/articles", headers={"Accept": "image/png"})).status_code == 406
    assert (await api.get("/v1/export/articles", params={"format": "xlsx"})).status_code == 422
    assert (await api.get("/v1/export/articles", params={"limit": "5"})).status_code == 422


async def test_head_tells_of_an_export_without_making_it(api: httpx.AsyncClient) -> None:
    head = await api.head("/v1/export/articles", params={"format": "csv"})
    assert (head.status_code, head.content) == (200, b"")
    assert "content-length" not in head.headers
    assert head.headers["content-type"].startswith("text/csv")


async def test_the_page_on_exports_tells_what_every_column_means() -> None:
    page = (Path(__file__).parents[2] / "docs" / "exports.md").read_text(encoding="utf-8")
    for column in (*STATEMENTS.columns, *WHOLE_ARTICLES.columns):
        assert f"| `{column.name}` | {column.kind} | {column.description} |" in page

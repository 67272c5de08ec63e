"""Articles that say nearly the same: the group of one, and what its statements know of each other."""

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from app.ingest import ingest_paths
from tests.ingest.pages import REST, report, write

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest.fixture(scope="module")
def corpus(database_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """One report as four outlets bring it, and once more word for word under another address."""
    folder: Path = tmp_path_factory.mktemp("pages")
    for number in range(4):
        write(folder, number, report(f"n{number}.example", *REST, f"ونقلت ذلك النشرة رقم {number} في عددها الصباحي."))
    again = report("n0.example", *REST, "ونقلت ذلك النشرة رقم 0 في عددها الصباحي.")
    write(folder, 4, again.replace("http://n0.example", "http://naqil.example"))
    verdicts = asyncio.run(ingest_paths(database_url, [folder], workers=1)).verdicts
    assert verdicts == {"created": 1, "near_duplicate": 3, "duplicate": 1}
    yield database_url


async def articles(api: httpx.AsyncClient) -> dict[str, dict[str, Any]]:
    """The articles by outlet."""
    rows = (await api.get("/v1/articles")).raise_for_status().json()["items"]
    return {row["source"]["id"]: row for row in rows}


async def test_the_others_of_the_group_come_with_how_much_they_share(api: httpx.AsyncClient) -> None:
    found = await articles(api)
    assert {row["near_duplicate_group"] for row in found.values()} == {found["n0.example"]["id"]}
    assert {row["near_duplicate_count"] for row in found.values()} == {3}
    path = f"/v1/articles/{found['n1.example']['id']}/similar"
    first = (await api.get(path, params={"limit": 2})).raise_for_status().json()
    second = (await api.get(path, params={"limit": 2, "cursor": first["next_cursor"]})).raise_for_status().json()
    similar = [*first["items"], *second["items"]]
    assert [row["article"]["source"]["id"] for row in similar].count("n1.example") == 0
    assert len({row["article"]["id"] for row in similar}) == 3
    assert all(0.7 <= row["containment"] < 1 for row in similar)
    assert first["total"] == {"value": 3, "relation": "eq"}
    assert second["next_cursor"] is None


async def test_similar_to_nothing_is_not_found(api: httpx.AsyncClient) -> None:
    assert (await api.get("/v1/articles/none/similar")).status_code == 404


async def test_an_article_names_where_else_its_very_words_stood(api: httpx.AsyncClient) -> None:
    found = await articles(api)
    whole = (await api.get(f"/v1/articles/{found['n0.example']['id']}")).json()
    assert whole["also_at"] == ["http://naqil.example/a/1"]
    assert len(whole["near_duplicates"]) == 3
    assert (await api.get(whole["links"]["similar"])).status_code == 200


@pytest.mark.parametrize("path", ["/v1/statements", "/v1/search/statements?q=السور"])
async def test_each_statement_comes_once_when_copies_are_left_out(api: httpx.AsyncClient, path: str) -> None:
    def rows(answer: httpx.Response) -> list[dict[str, Any]]:
        return [row.get("statement", row) for row in answer.raise_for_status().json()["items"]]

    every, once = (
        rows(await api.get(path)),
        rows(await api.get(path, params={**httpx.URL(path).params, "copies": "false"})),
    )
    assert len(every) == 4 * len(once) > 0
    assert {row["article"]["source"]["id"] for row in once} == {"n0.example"}
    assert all(row["copy_of"] is None and len(row["copies"]) == 3 for row in once)
    assert {row["copy_of"] for row in every} == {None, *(row["id"] for row in once)}

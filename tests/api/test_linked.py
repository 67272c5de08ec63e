"""Articles and statements in the words of others, and what a client gets by its `Accept` and by what it has already."""

from typing import Any

import httpx
import pytest
import pytest_asyncio

from app.api.linked import ANNOTATIONS, LINKED, SCHEMA_ORG
from app.api.negotiation import preferred
from app.main import create_app
from tests.api.test_document import validator

pytestmark = pytest.mark.asyncio(loop_scope="module")

AS_LINKED = {"Accept": LINKED}


@pytest_asyncio.fixture(loop_scope="module")
async def statements(api: httpx.AsyncClient) -> list[dict[str, Any]]:
    """Every statement once."""
    first = (await api.get("/v1/statements", params={"limit": 100})).json()
    found: list[dict[str, Any]] = first["items"]
    return found


async def linked(api: httpx.AsyncClient, path: str, model: str) -> dict[str, Any]:
    """An answer in JSON-LD that keeps its schema."""
    answer = await api.get(path, headers=AS_LINKED)
    assert answer.headers["content-type"] == LINKED
    document = create_app().openapi()
    validator(document, document["components"]["schemas"][model]).validate(answer.json())
    found: dict[str, Any] = answer.json()
    return found


async def test_an_article_is_a_news_article(api: httpx.AsyncClient) -> None:
    rows = (await api.get("/v1/articles", params={"limit": 100})).json()["items"]
    dated = next(row for row in rows if row["published_precision"] == "day")
    undated = next(row for row in rows if row["published_precision"] == "unknown")
    known = await linked(api, f"/v1/articles/{dated['id']}", "LinkedArticle")
    assert (known["@context"], known["@type"]) == (SCHEMA_ORG, "NewsArticle")
    assert known["@id"] == f"http://qawl.test/v1/articles/{dated['id']}"
    assert (known["headline"], known["inLanguage"]) == (dated["title"], "ar")
    assert known["datePublished"] == dated["published_at"][:10]
    whole = (await api.get(f"/v1/articles/{dated['id']}")).json()
    assert known["articleBody"] == whole["body"]
    assert "datePublished" not in await linked(api, f"/v1/articles/{undated['id']}", "LinkedArticle")


async def test_a_statement_is_a_quotation(api: httpx.AsyncClient, statements: list[dict[str, Any]]) -> None:
    kinds = {"person": "Person", "organisation": "Organization"}
    seen = set()
    for row in statements:
        kind = (row["speaker"] or {}).get("kind")
        if kind in seen:
            continue
        seen.add(kind)
        quotation = await linked(api, f"/v1/statements/{row['id']}", "LinkedQuotation")
        assert (quotation["@type"], quotation["text"]) == ("Quotation", row["content"]["text"])
        assert quotation["isPartOf"]["@id"] == f"http://qawl.test/v1/articles/{row['article']['id']}"
        if kind in kinds:
            assert quotation["spokenByCharacter"]["@type"] == kinds[kind]
            assert quotation["spokenByCharacter"]["name"] == row["speaker"]["name"]
        elif kind == "document":
            assert quotation["isBasedOn"]["name"] == row["speaker"]["name"]
    assert {"person", "organisation"} <= seen


async def test_an_annotation_finds_its_words_by_place_and_by_quote(
    api: httpx.AsyncClient, statements: list[dict[str, Any]]
) -> None:
    for row in statements[:40]:
        answer = await api.get(f"/v1/statements/{row['id']}/annotation")
        assert answer.headers["content-type"] == f'{LINKED}; profile="{ANNOTATIONS}"'
        told = answer.json()
        assert (told["@context"], told["type"]) == (ANNOTATIONS, "Annotation")
        source = (await api.get(told["target"]["source"]["id"])).raise_for_status()
        assert source.headers["content-type"] == "text/plain; charset=utf-8"
        text = source.content.decode()
        place, quote = told["target"]["selector"]
        assert text[place["start"] : place["end"]] == quote["exact"] == row["content"]["text"]
        around = quote["prefix"] + quote["exact"] + quote["suffix"]
        assert text[place["start"] - len(quote["prefix"]) :].startswith(around)
        assert len(quote["prefix"]) == min(32, place["start"])
        assert len(quote["suffix"]) == min(32, len(text) - place["end"])


async def test_the_text_alone_is_the_text_of_the_article(
    api: httpx.AsyncClient, statements: list[dict[str, Any]]
) -> None:
    id = statements[0]["article"]["id"]
    text = await api.get(f"/v1/articles/{id}/text")
    assert text.content.decode() == (await api.get(f"/v1/articles/{id}")).json()["text"]
    assert text.headers["content-language"] == "ar"
    assert (await api.get("/v1/articles/none/text")).status_code == 404


@pytest.mark.parametrize(
    ("accept", "kind"),
    [
        ("", "application/json"),
        ("*/*", "application/json"),
        ("application/ld+json", LINKED),
        ("application/ld+json, application/json", "application/json"),
        ("application/json;q=0.5, application/ld+json;q=0.9", LINKED),
        ("application/*;q=0.2, application/ld+json", LINKED),
        ("application/json;q=0, */*", LINKED),
        ('application/ld+json;profile="https://example.org/x"', LINKED),
        ("APPLICATION/LD+JSON", LINKED),
    ],
)
async def test_the_kind_that_is_wanted_most_is_given(
    api: httpx.AsyncClient, statements: list[dict[str, Any]], accept: str, kind: str
) -> None:
    answer = await api.get(f"/v1/statements/{statements[0]['id']}", headers={"Accept": accept})
    assert answer.headers["content-type"] == kind
    assert "Accept" in answer.headers["vary"].split(", ")


@pytest.mark.parametrize("accept", ["text/html", "application/ld+json;q=0", "*/*;q=0", "text/*, image/*"])
async def test_what_there_is_not_is_refused(
    api: httpx.AsyncClient, statements: list[dict[str, Any]], accept: str
) -> None:
    answer = await api.get(f"/v1/statements/{statements[0]['id']}", headers={"Accept": accept})
    assert (answer.status_code, answer.json()["type"]) == (406, "/problems/not-acceptable")
    assert LINKED in answer.json()["detail"]


async def test_an_unreadable_weight_is_passed_over() -> None:
    assert preferred("application/json;q=much", ("application/json",)) == "application/json"
    assert preferred(", ,", ("application/json",)) == "application/json"


async def test_each_kind_has_a_tag_of_its_own(api: httpx.AsyncClient, statements: list[dict[str, Any]]) -> None:
    path = f"/v1/statements/{statements[0]['id']}"
    plain, other = await api.get(path), await api.get(path, headers=AS_LINKED)
    assert plain.headers["etag"] != other.headers["etag"]
    again = await api.get(path, headers={"If-None-Match": plain.headers["etag"], **AS_LINKED})
    assert again.status_code == 200


async def test_what_has_not_changed_since_is_not_sent_again(
    api: httpx.AsyncClient, statements: list[dict[str, Any]]
) -> None:
    statement = statements[0]
    for path in (
        f"/v1/statements/{statement['id']}",
        f"/v1/statements/{statement['id']}/annotation",
        f"/v1/articles/{statement['article']['id']}",
        f"/v1/articles/{statement['article']['id']}/text",
    ):
        first = await api.get(path)
        since = {"If-Modified-Since": first.headers["last-modified"]}
        known = await api.get(path, headers=since)
        assert (known.status_code, known.content) == (304, b"")
        assert known.headers["last-modified"] == first.headers["last-modified"]
        early = await api.get(path, headers={"If-Modified-Since": "Sat, 01 Jan 2000 00:00:00 GMT"})
        assert early.status_code == 200
        assert (await api.get(path, headers={"If-Modified-Since": "yesterday"})).status_code == 200
        assert (await api.get(path, headers={**since, "If-None-Match": '"other"'})).status_code == 200
        head = await api.head(path)
        assert (head.content, head.headers["last-modified"]) == (b"", first.headers["last-modified"])


async def test_vary_names_each_thing_once(api: httpx.AsyncClient, statements: list[dict[str, Any]]) -> None:
    path = f"/v1/statements/{statements[0]['id']}"
    for given in ({}, {"Origin": "https://news.example"}, {"Accept-Encoding": "gzip"}, {"If-None-Match": "*"}):
        names = (await api.get(path, headers=given)).headers["vary"].lower().split(", ")
        assert len(names) == len(set(names))
        assert {"accept", "accept-encoding", "origin"} <= set(names)

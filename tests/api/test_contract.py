"""Real answers keep what the OpenAPI document promises, and hold nothing that it does not name."""

from typing import Any

import httpx
import pytest

from app.api.changes import ChangePage
from app.api.feeds import JsonFeed
from app.api.hits import ArticleHits, SpeakerHits, StatementHits, Suggestions, TimelineAnswer
from app.api.linked import WebAnnotation
from app.api.schemas import (
    Article,
    ArticlePage,
    Place,
    PlacePage,
    SimilarPage,
    SourcePage,
    Speaker,
    SpeakerPage,
    Statement,
    StatementPage,
)
from app.api.service import Health, Index, Limits, Readiness
from app.main import create_app
from tests.api.test_document import validator

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest.fixture(scope="module")
def document() -> dict[str, Any]:
    """The document, made without any server."""
    return create_app().openapi()


async def answers(api: httpx.AsyncClient) -> list[tuple[str, str, Any, Any]]:
    """Real answers: path in the document, path, model, answer."""
    article = (await api.get("/v1/articles", params={"source": "anapress.net"})).json()["items"][0]["id"]
    statement = (await api.get("/v1/statements")).json()["items"][0]["id"]
    speaker = (await api.get("/v1/speakers")).json()["items"][0]["id"]
    place = (await api.get("/v1/places")).json()["items"][0]["pcode"]
    paths = [
        ("/v1/articles", "/v1/articles?limit=100", ArticlePage),
        ("/v1/articles/{article_id}", f"/v1/articles/{article}", Article),
        ("/v1/articles/{article_id}/statements", f"/v1/articles/{article}/statements?duplicates=true", StatementPage),
        ("/v1/statements", "/v1/statements?limit=100&duplicates=true", StatementPage),
        ("/v1/statements/{statement_id}", f"/v1/statements/{statement}", Statement),
        ("/v1/statements/{statement_id}/annotation", f"/v1/statements/{statement}/annotation", WebAnnotation),
        ("/v1/speakers", "/v1/speakers?limit=100", SpeakerPage),
        ("/v1/speakers/{speaker_id}", f"/v1/speakers/{speaker}", Speaker),
        ("/v1/speakers/{speaker_id}/statements", f"/v1/speakers/{speaker}/statements", StatementPage),
        ("/v1/articles/{article_id}/similar", f"/v1/articles/{article}/similar", SimilarPage),
        ("/v1/places", "/v1/places?limit=5", PlacePage),
        ("/v1/places/{pcode}", f"/v1/places/{place}", Place),
        ("/v1/suggest", "/v1/suggest?q=قو", Suggestions),
        ("/v1/timeline", "/v1/timeline?q=تركيا", TimelineAnswer),
        ("/v1/search/speakers", "/v1/search/speakers?q=قسد", SpeakerHits),
        ("/v1/sources", "/v1/sources?limit=5", SourcePage),
        ("/v1/search/articles", "/v1/search/articles?q=قسد&facets=source&facets=year", ArticleHits),
        ("/v1/search/statements", "/v1/search/statements?q=الديمقراطبة&facets=speaker&snippet_count=3", StatementHits),
        ("/v1/feeds/articles.json", "/v1/feeds/articles.json?q=تركيا", JsonFeed),
        ("/v1/feeds/statements.json", "/v1/feeds/statements.json?limit=100", JsonFeed),
        ("/v1/changes", "/v1/changes?limit=5", ChangePage),
        ("/v1", "/v1", Index),
        ("/v1/limits", "/v1/limits", Limits),
        ("/healthz", "/healthz", Health),
        ("/readyz", "/readyz", Readiness),
    ]
    return [(template, path, model, await api.get(path)) for template, path, model in paths]


async def test_real_answers_keep_the_contract(api: httpx.AsyncClient, document: dict[str, Any]) -> None:
    real = await answers(api)
    in_json = {
        path
        for path, methods in document["paths"].items()
        if "application/json" in methods.get("get", {}).get("responses", {}).get("200", {}).get("content", ())
    }
    # Imports need a key and have tests of their own.
    assert {template for template, *_ in real} == {path for path in in_json if not path.startswith("/v1/imports")}
    for template, path, model, answer in real:
        assert answer.status_code == 200, path
        schema = document["paths"][template]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
        validator(document, schema).validate(answer.json())
        model.model_validate_json(answer.content, strict=False)
        assert_no_more(document, schema, answer.json(), path)


def assert_no_more(document: dict[str, Any], schema: dict[str, Any], value: Any, path: str) -> None:
    """Nothing in the answer that the document does not name."""
    for option in schema.get("anyOf", ()):
        if value is not None and option != {"type": "null"}:
            assert_no_more(document, option, value, path)
    if "anyOf" in schema:
        return
    if "$ref" in schema:
        assert_no_more(document, document["components"]["schemas"][schema["$ref"].split("/")[-1]], value, path)
    elif isinstance(value, list):
        for one in value:
            assert_no_more(document, schema.get("items", {}), one, path)
    elif isinstance(value, dict):
        assert value.keys() <= schema["properties"].keys(), path
        for name, inner in value.items():
            assert_no_more(document, schema["properties"][name], inner, f"{path} {name}")


async def test_real_problems_keep_the_contract(api: httpx.AsyncClient, document: dict[str, Any]) -> None:
    problems = validator(document, document["components"]["schemas"]["Problem"])
    for path in ("/v1/articles/none", "/v1/articles?limit=0&nothing=1", "/v1/articles?cursor=x", "/nothing", "/%FF"):
        problems.validate((await api.get(path)).json())

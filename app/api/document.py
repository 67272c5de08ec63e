"""The OpenAPI document: what FastAPI writes, mended where generators of clients stumble."""

from collections.abc import Iterator
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from pydantic.json_schema import models_json_schema

from app import __version__
from app.api.answers import JSON
from app.api.linked import SCHEMAS
from app.api.problems import MEDIA_TYPE, Problem
from app.errors import (
    Gone,
    InvalidRequest,
    InvalidValue,
    NotAcceptable,
    NotFound,
    QawlError,
    TooManyRequests,
    Unauthorized,
    Unavailable,
)

DESCRIPTION = """Arabic news on the Syrian conflict, and the **statements** in it as records of their own: who said
what, in which role, through which channel, and where exactly it stands in the article.

* **Offsets** count Unicode code points of an article's `text`, end exclusive. Python: `text[start:end]`. JavaScript
  strings count UTF-16 units, so: `Array.from(text).slice(start, end).join("")`.
* **Lists** answer `items`, `next_cursor` and `total`; give `next_cursor` back as `cursor` with the same filters.
* **Errors** are `application/problem+json` (RFC 9457) with a stable `type`. A parameter that does not exist, or a
  limit beyond what is allowed, is refused, never passed over.
* **Arabic** may come composed or decomposed, with or without diacritics, percent-encoded or as it is.
* **Dates** are UTC. A date that a page does not give is `null`; no date is ever guessed. Ranges are half-open.
* Vocabularies marked `x-extensible-enum` may grow within this version: let clients accept words they do not know.
"""
TAGS = [
    {"name": "search", "description": "Find articles and statements by words: Arabic as readers mean it."},
    {"name": "articles", "description": "The news articles, with their text and where they came from."},
    {"name": "statements", "description": "Who said what, in which role, where it stands."},
    {"name": "speakers", "description": "Persons, organisations, documents and anonymous sources that speak."},
    {"name": "places", "description": "Places in Syria by their OCHA P-codes, and how many articles name them."},
    {"name": "sources", "description": "The outlets that published."},
    {"name": "exports", "description": "Whole results for spreadsheets and programs, without a ceiling."},
    {"name": "feeds", "description": "Every list and search to follow in a feed reader."},
    {"name": "changes", "description": "What is new, changed or deleted since the last time."},
    {"name": "imports", "description": "Pages sent to be brought in: jobs, and one verdict for every page."},
    {"name": "service", "description": "The state of this service, and its limits."},
]
SECURITY_SCHEMES = {
    "ApiKey": {"type": "apiKey", "in": "header", "name": "X-API-Key", "description": "An API key. Reading needs none."},
    "Bearer": {"type": "http", "scheme": "bearer", "description": "The same key as a bearer token."},
}

# For what needs a key: either of the two.
KEY_NEEDED: dict[str, Any] = {"security": [{"ApiKey": []}, {"Bearer": []}]}

REFERENCE = "#/components/schemas/{model}"
PROBLEM = {"$ref": "#/components/schemas/Problem"}


def errors(*kinds: type[QawlError]) -> dict[int | str, dict[str, Any]]:
    """The errors of a route, for its `responses`."""
    return {kind.status: {"model": Problem, "description": f"{kind.title} (`/problems/{kind.slug}`)"} for kind in kinds}


READING_ERRORS = errors(
    InvalidRequest, Unauthorized, NotAcceptable, InvalidValue, TooManyRequests, QawlError, Unavailable
)
ONE_ERRORS = errors(NotFound)
ARTICLE_ERRORS = errors(NotFound, Gone)


def describe(app: FastAPI) -> dict[str, Any]:
    """The document of this application, made once."""
    if app.openapi_schema is None:
        app.openapi_schema = _mended(
            get_openapi(
                title="Qawl",
                version=__version__,
                summary="Who said what: Arabic news on the Syrian conflict and the statements in it.",
                description=DESCRIPTION,
                routes=app.routes,
                tags=TAGS,
                servers=[{"url": "/", "description": "this server"}],
                contact={"name": "The Qawl project"},
                license_info={"name": "MIT", "identifier": "MIT"},
                separate_input_output_schemas=False,
            )
        )
    return app.openapi_schema


def _mended(document: dict[str, Any]) -> dict[str, Any]:
    schemas = document["components"]["schemas"]
    for unused in ("HTTPValidationError", "ValidationError"):
        schemas.pop(unused, None)
    _, beside = models_json_schema([(one, "serialization") for one in SCHEMAS], ref_template=REFERENCE)
    schemas.update(beside["$defs"])
    for schema in schemas.values():
        for member in schema.get("properties", {}).values():
            member.pop("title", None)
    for path in document["paths"].values():
        _fill_in(path.get("get", {}))
    for operation in _operations(document):
        for parameter in operation.get("parameters", ()):
            parameter["schema"] = _without_null(parameter["schema"])
        for response in operation["responses"].values():
            if PROBLEM in [content.get("schema") for content in response.get("content", {}).values()]:
                response["content"] = {MEDIA_TYPE: {"schema": PROBLEM}}
            # Generators make one type of the types of several contents, which is none of them.
            elif JSON in (content := response.get("content", {})):
                response["content"] = {JSON: content[JSON]} | {
                    kind: shape for kind, shape in content.items() if shape == content[JSON]
                }
                if also := {kind: shape for kind, shape in content.items() if shape != content[JSON]}:
                    response["x-also"] = also
        # Reading is open: named as such, generators make clients that need no key (and take one all the same).
        operation.setdefault("security", [])
    document["components"]["securitySchemes"] = SECURITY_SCHEMES
    used = set(_named(document["paths"], schemas))
    document["components"]["schemas"] = {name: schema for name, schema in schemas.items() if name in used}
    return document


def _fill_in(operation: dict[str, Any]) -> None:
    # Pages that try an operation out fill a field from `example` alone: words and ids, since all filters at once
    # would find nothing. What deletes has to be named by hand.
    for parameter in operation.get("parameters", ()):
        if (parameter["in"] == "path" or parameter["name"] == "q") and (known := parameter["schema"].get("examples")):
            parameter["example"] = known[0]


def _named(part: Any, schemas: dict[str, Any], seen: set[str] | None = None) -> set[str]:
    """The schemas that a part of the document refers to, and those that these refer to."""
    seen = set() if seen is None else seen
    if isinstance(part, dict):
        name = str(part.get("$ref", "")).rpartition("/")[2]
        if name and name not in seen:
            seen.add(name)
            _named(schemas[name], schemas, seen)
    for inner in part.values() if isinstance(part, dict) else part if isinstance(part, list) else ():
        _named(inner, schemas, seen)
    return seen


def _operations(document: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for path in document["paths"].values():
        yield from path.values()


def _without_null(schema: dict[str, Any]) -> dict[str, Any]:
    """A parameter is given or not, never null: generators take `anyOf: [T, null]` for more than it means."""
    kept = {name: value for name, value in schema.items() if name not in ("anyOf", "title")}
    kinds = [kind for kind in schema.get("anyOf", ()) if kind != {"type": "null"}]
    if len(kinds) == 1:
        return {**kinds[0], **kept}
    return {**kept, "anyOf": kinds} if kinds else kept

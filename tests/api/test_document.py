"""The OpenAPI document: valid, fit for generators, kept as a copy."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator, FormatChecker
from openapi_spec_validator import validate

from app.main import create_app

COPY = Path(__file__).parents[2] / "docs" / "openapi.json"
OPERATIONS = [
    "search_articles",
    "search_statements",
    "search_speakers",
    "suggest_names",
    "get_timeline",
    "list_articles",
    "get_article",
    "delete_article",
    "get_article_text",
    "get_article_raw",
    "list_article_statements",
    "list_similar_articles",
    "list_statements",
    "get_statement",
    "get_statement_annotation",
    "list_speakers",
    "get_speaker",
    "list_speaker_statements",
    "list_places",
    "get_place",
    "list_sources",
    "export_articles",
    "export_statements",
    "follow_articles_atom",
    "follow_articles_json",
    "follow_statements_atom",
    "follow_statements_json",
    "list_changes",
    "create_import",
    "list_imports",
    "get_import",
    "list_import_items",
    "cancel_import",
    "get_index",
    "get_limits",
    "get_metrics",
    "get_health",
    "get_readiness",
]

# What answers in other media types than JSON.
STREAMS = ("exports", "feeds")
OTHER_MEDIA_TYPES = ("get_article_text", "get_article_raw", "get_statement_annotation", "get_metrics")
# What leaves out what is not known, as its standard says.
SPARSE = {
    *("Problem", "ProblemDetail", "JsonFeedItem"),
    *("Linked", "LinkedAgent", "LinkedWork", "LinkedArticle", "LinkedQuotation"),
    *("TextSource", "Selector", "AnnotationBody"),
}


@pytest.fixture(scope="module")
def document() -> dict[str, Any]:
    """The document, made without any server."""
    return create_app().openapi()


def operations(document: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for path in document["paths"].values():
        yield from path.values()


def nodes(value: Any) -> Iterator[dict[str, Any]]:
    """Every object in a part of the document."""
    if isinstance(value, dict):
        yield value
    for one in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from nodes(one)


def test_it_is_valid_openapi(document: dict[str, Any]) -> None:
    validate(document)
    assert document["openapi"].startswith("3.1")


def test_the_committed_copy_is_this_document(document: dict[str, Any]) -> None:
    kept = json.loads(COPY.read_text(encoding="utf-8"))
    assert kept == document, "write it anew: qawl openapi > docs/openapi.json, and say in the changelog what changed"


def test_operation_ids_are_the_frozen_short_ones(document: dict[str, Any]) -> None:
    assert [operation["operationId"] for operation in operations(document)] == OPERATIONS


def test_no_schema_has_a_twin_or_lacks_a_name(document: dict[str, Any]) -> None:
    names = document["components"]["schemas"]
    assert not [name for name in names if re.search(r"-?(Input|Output)$|_|HTTPValidation", name)]
    for schema in names.values():
        assert not [
            node for part in schema.get("properties", {}).values() for node in nodes(part) if "properties" in node
        ]
    for operation in operations(document):
        for response in operation["responses"].values():
            for media_type, content in response.get("content", {}).items():
                assert list(content["schema"]) == ["$ref"] or content["schema"]["type"] == "string", media_type


def test_every_operation_is_described_tagged_and_names_its_errors(document: dict[str, Any]) -> None:
    tags = [tag["name"] for tag in document["tags"]]
    for operation in operations(document):
        assert operation["description"]
        assert operation["tags"][0] in tags
        door = operation["operationId"] in ("get_health", "get_readiness", "get_metrics")
        done = next(status for status in operation["responses"] if status.startswith("2"))
        told = {done, "400", "422"} if door else {done, "400", "401", "406", "422", "500", "503"}
        assert told <= operation["responses"].keys()
        for status, response in operation["responses"].items():
            readiness = (operation["operationId"], status) == ("get_readiness", "503")
            if status == "204":
                assert "content" not in response
            elif not status.startswith("2") and not readiness:
                assert list(response["content"]) == ["application/problem+json"]
            elif operation["tags"][0] not in STREAMS and operation["operationId"] not in OTHER_MEDIA_TYPES:
                assert next(iter(response["content"])) == "application/json"


def test_no_parameter_can_be_null(document: dict[str, Any]) -> None:
    for operation in operations(document):
        for parameter in operation.get("parameters", ()):
            assert {"type": "null"} not in list(nodes(parameter))
            assert parameter["description"]


def test_what_is_always_there_is_required(document: dict[str, Any]) -> None:
    for name, schema in document["components"]["schemas"].items():
        if "properties" in schema and name not in SPARSE:
            assert set(schema["required"]) == schema["properties"].keys(), name
    assert document["components"]["schemas"]["Problem"]["required"] == ["type", "title", "status"]


def test_examples_are_valid_and_speak_arabic(document: dict[str, Any]) -> None:
    found = 0
    for node in nodes(document):
        if "examples" in node and ("type" in node or "anyOf" in node or "$ref" in node):
            for example in node["examples"]:
                validator(document, node).validate(example)
                found += 1
    assert found > 40
    for operation in ("search_articles", "search_statements", "list_statements"):
        told = next(one for one in operations(document) if one["operationId"] == operation)
        assert re.search("[\u0621-\u064a]", json.dumps(told, ensure_ascii=False)), operation


def validator(document: dict[str, Any], schema: dict[str, Any]) -> Draft202012Validator:
    """A validator of a part of the document, with all its named schemas at hand."""
    return Draft202012Validator({**schema, "components": document["components"]}, format_checker=FormatChecker())

"""Articles and statements in the words of others: schema.org as JSON-LD, and W3C Web Annotations.

The contexts are named, never fetched; what is not known is left out.
"""

from datetime import datetime
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from app.api.answers import JSON
from app.api.syndication import direction

LINKED = "application/ld+json"
ANNOTATION = f'{LINKED}; profile="http://www.w3.org/ns/anno.jsonld"'
SCHEMA_ORG, ANNOTATIONS = "https://schema.org", "http://www.w3.org/ns/anno.jsonld"
# Code points of the text around a statement that tell it from the same words elsewhere.
AROUND = 32

_AGENTS = {"person": "Person", "organisation": "Organization", "anonymous": "Person"}
# How much of a date is known, as the length of its RFC 3339 form.
_KNOWN = {"year": 4, "month": 7, "day": 10}


class Linked(BaseModel):
    """What every node has. Members that are not known are left out."""

    model_config = ConfigDict(serialize_by_alias=True)

    type: str = Field(alias="@type", examples=["Person"])
    id: str | None = Field(None, alias="@id", examples=["https://qawl.example/v1/speakers/9d2c5f30aa1b6e44"])


class LinkedAgent(Linked):
    """A schema.org Person or Organization."""

    name: str = Field(examples=["سالم المثالي"])


class LinkedWork(Linked):
    """A schema.org CreativeWork that is only named: the article of a statement, the document that speaks."""

    name: str | None = Field(None, examples=["بيان لجنة المثال"])
    headline: str | None = Field(None, examples=["لجنة المثال: الطريق مفتوح"])
    url: str | None = Field(None, examples=["https://news.example/1"])
    date_published: str | None = Field(None, alias="datePublished", examples=["2018-10-30"])
    publisher: LinkedAgent | None = None


class LinkedArticle(Linked):
    """An article as a schema.org NewsArticle."""

    context: str = Field(alias="@context", examples=[SCHEMA_ORG])
    identifier: str = Field(examples=["a3f1c09be2d47785"])
    headline: str | None = Field(None, examples=["لجنة المثال: الطريق مفتوح"])
    article_body: str | None = Field(None, alias="articleBody", examples=["قالت لجنة المثال إن الطريق مفتوح."])
    url: str | None = Field(None, examples=["https://news.example/1"])
    in_language: str = Field(alias="inLanguage", examples=["ar"])
    word_count: int = Field(alias="wordCount", examples=[6])
    date_published: str | None = Field(
        None, alias="datePublished", description="as much of the date as is known", examples=["2018-10-30"]
    )
    sd_date_published: str = Field(
        alias="sdDatePublished", description="when this description last changed", examples=["2026-11-22T09:30:00Z"]
    )
    author: LinkedAgent | None = None
    publisher: LinkedAgent | None = None


class LinkedQuotation(Linked):
    """A statement as a schema.org Quotation."""

    context: str = Field(alias="@context", examples=[SCHEMA_ORG])
    identifier: str = Field(examples=["5b0e7d9914c2fa60"])
    text: str = Field(examples=["الطريق مفتوح"])
    in_language: str = Field(alias="inLanguage", examples=["ar"])
    genre: str = Field(description="direct, indirect or mixed: quoted, reported or both", examples=["direct"])
    spoken_by_character: LinkedAgent | None = Field(None, alias="spokenByCharacter", description="to whom it is given")
    creator: LinkedAgent | None = Field(None, description="the person who spoke for that one, or that one")
    is_based_on: LinkedWork | None = Field(None, alias="isBasedOn", description="the document that says it")
    is_part_of: LinkedWork = Field(alias="isPartOf")


class TextSource(BaseModel):
    """The text that a selector points into: plain text, to be read in code points."""

    id: str = Field(examples=["https://qawl.example/v1/articles/a3f1c09be2d47785/text"])
    type: str = Field(examples=["Text"])
    format: str = Field(examples=["text/plain"])
    language: str = Field(examples=["ar"])
    text_direction: str = Field(alias="textDirection", examples=["rtl"])
    via: str | None = Field(None, description="where the article was published", examples=["https://news.example/1"])


class Selector(BaseModel):
    """A TextPositionSelector (`start`, `end`, in code points) or a TextQuoteSelector (`exact`, `prefix`, `suffix`)."""

    type: str = Field(examples=["TextPositionSelector"])
    start: int | None = Field(None, examples=[813])
    end: int | None = Field(None, examples=[825])
    exact: str | None = Field(None, examples=["الطريق مفتوح"])
    prefix: str | None = Field(None, examples=["قالت لجنة المثال إن "])
    suffix: str | None = Field(None, examples=["."])


class AnnotationTarget(BaseModel):
    """A stretch of an article's text; each of its selectors finds it alone."""

    type: str = Field(examples=["SpecificResource"])
    source: TextSource
    selector: list[Selector]


class AnnotationBody(BaseModel):
    """What is said of the stretch: the statement itself, or the name of who says it."""

    id: str | None = Field(None, examples=["https://qawl.example/v1/statements/5b0e7d9914c2fa60"])
    type: str | None = Field(None, examples=["TextualBody"])
    format: str = Field(examples=["text/plain"])
    purpose: str | None = Field(None, examples=["identifying"])
    value: str | None = Field(None, examples=["لجنة المثال"])
    language: str | None = Field(None, examples=["ar"])
    text_direction: str | None = Field(None, alias="textDirection", examples=["rtl"])


class AnnotationGenerator(BaseModel):
    """The program that found the statement."""

    type: str = Field(examples=["Software"])
    name: str = Field(examples=["Qawl"])


class WebAnnotation(BaseModel):
    """Where a statement stands, as a W3C Web Annotation."""

    context: str = Field(alias="@context", examples=[ANNOTATIONS])
    id: str = Field(examples=["https://qawl.example/v1/statements/5b0e7d9914c2fa60/annotation"])
    type: str = Field(examples=["Annotation"])
    motivation: str = Field(examples=["identifying"])
    modified: datetime
    generator: AnnotationGenerator
    body: list[AnnotationBody]
    target: AnnotationTarget


# What no route answers by default, so that the document would not name it.
SCHEMAS: tuple[type[BaseModel], ...] = (LinkedArticle, LinkedQuotation)


def also_linked(model: type[BaseModel]) -> dict[int | str, dict[str, Any]]:
    """For a route's `responses`: the same in JSON-LD, for those who ask by `Accept`."""
    schema = {"$ref": f"#/components/schemas/{model.__name__}"}
    return {200: {"description": f"As `{JSON}`, or as `{LINKED}`", "content": {LINKED: {"schema": schema}}}}


def linked_article(article: dict[str, Any], base: str) -> dict[str, Any]:
    """An article of this API as a schema.org NewsArticle; `base` is the address of the server."""
    author = article["author"]
    return _known(
        {
            "@context": SCHEMA_ORG,
            **_article(article, base),
            "identifier": article["id"],
            "articleBody": article["body"],
            "inLanguage": article["language"],
            "wordCount": article["word_count"],
            "sdDatePublished": article["updated_at"],
            "author": {"@type": "Person", "name": author} if author else None,
        }
    )


def linked_statement(statement: dict[str, Any], language: str, base: str) -> dict[str, Any]:
    """A statement of this API as a schema.org Quotation."""
    speaker, utterer = statement["speaker"] or {}, statement["utterer"]
    agent, document = _agent(speaker, base), None
    if speaker.get("kind") == "document":
        document = _known({"@type": "CreativeWork", "@id": _speaker(speaker, base), "name": speaker["name"]})
    return _known(
        {
            "@context": SCHEMA_ORG,
            "@type": "Quotation",
            "@id": f"{base}/v1/statements/{statement['id']}",
            "identifier": statement["id"],
            "text": statement["content"]["text"],
            "inLanguage": language,
            "genre": statement["kind"],
            "spokenByCharacter": agent,
            "creator": _agent(utterer, base) if utterer else agent,
            "isBasedOn": document,
            "isPartOf": _known(_article(statement["article"], base)),
        }
    )


def annotation(
    statement: dict[str, Any], *, language: str, prefix: str, suffix: str, modified: datetime, base: str
) -> dict[str, Any]:
    """Where a statement stands: `prefix` and `suffix` are the words around it."""
    address, content, article = f"{base}/v1/statements/{statement['id']}", statement["content"], statement["article"]
    written = {"language": language, "textDirection": direction(language)}
    source = {"id": f"{base}/v1/articles/{article['id']}/text", "type": "Text", "format": "text/plain", **written}
    body: list[dict[str, Any]] = [{"id": address, "format": LINKED}]
    if name := (statement["speaker"] or {}).get("name"):
        body.append({"type": "TextualBody", "format": "text/plain", "purpose": "identifying", "value": name, **written})
    return {
        "@context": ANNOTATIONS,
        "id": f"{address}/annotation",
        "type": "Annotation",
        "motivation": "identifying",
        "modified": f"{modified:%Y-%m-%dT%H:%M:%SZ}",
        "generator": {"type": "Software", "name": "Qawl"},
        "body": body,
        "target": {
            "type": "SpecificResource",
            "source": _known({**source, "via": article["url"]}),
            "selector": [
                {"type": "TextPositionSelector", "start": content["start"], "end": content["end"]},
                {"type": "TextQuoteSelector", "exact": content["text"], "prefix": prefix, "suffix": suffix},
            ],
        },
    }


def _article(article: dict[str, Any], base: str) -> dict[str, Any]:
    return {
        "@type": "NewsArticle",
        "@id": f"{base}/v1/articles/{article['id']}",
        "headline": article["title"],
        "url": article["url"],
        "datePublished": _published(article["published_at"], article["published_precision"]),
        "publisher": {"@type": "Organization", "name": article["source"]["name"]} if article["source"] else None,
    }


def _published(moment: str | None, precision: str) -> str | None:
    return moment[: _KNOWN.get(precision, len(moment))] if moment else None


def _agent(speaker: dict[str, Any], base: str) -> dict[str, Any] | None:
    """The speaker as an agent; None for a document, and where nobody is named."""
    if speaker.get("kind") not in _AGENTS or not speaker.get("name"):
        return None
    return _known({"@type": _AGENTS[speaker["kind"]], "@id": _speaker(speaker, base), "name": speaker["name"]})


def _speaker(speaker: dict[str, Any], base: str) -> str | None:
    return f"{base}/v1/speakers/{speaker['id']}" if speaker.get("id") else None


def _known(members: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in members.items() if value is not None}

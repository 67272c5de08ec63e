"""Feeds: every list and every search to follow in a feed reader, the latest arrival first."""

from collections.abc import Sequence
from typing import Annotated, Any
from urllib.parse import quote

import asyncpg
from fastapi import Query, Request
from pydantic import BaseModel, Field
from starlette.responses import JSONResponse, Response

from app.api.answers import JSON, answer, server_of
from app.api.dependencies import Reading
from app.api.negotiation import negotiated
from app.api.routes import resource
from app.api.syndication import ATOM_TYPE, JSON_FEED_TYPE, Entry, Feed, atom, json_feed, lasting_id
from app.corpus import feeds
from app.corpus.filters import Filter
from app.search.selection import ArticleSelection, StatementSelection, selected

router = resource("/v1/feeds", tag="feeds")

ENTRIES, MOST_ENTRIES = 30, 100
# Code points of an article's body and of a statement in a title.
LONGEST_BODY, LONGEST_TITLE = 600, 140
NOBODY = "قائل غير مسمى"


class Entries(Filter):
    """How much of a feed."""

    limit: int = Field(ENTRIES, ge=1, le=MOST_ENTRIES, description="entries, the latest arrival first")


class ArticleFeed(Entries, ArticleSelection):
    """Which articles to follow."""


class StatementFeed(Entries, StatementSelection):
    """Which statements to follow."""


class JsonFeedAuthor(BaseModel):
    """Who published."""

    name: str = Field(examples=["صحيفة المثال"])


class JsonFeedItem(BaseModel):
    """One entry. What is not known is left out."""

    id: str = Field(description="the same for good", examples=["urn:uuid:6ba7b811-9dad-51d1-80b4-00c04fd430c8"])
    url: str = Field(description="the article or statement in this API")
    external_url: str | None = Field(None, description="where it was published")
    title: str = Field(examples=["سالم المثالي: الطريق مفتوح منذ الصباح"])
    content_html: str
    date_published: str | None = Field(None, description="only where the page gives a date")
    date_modified: str
    authors: list[JsonFeedAuthor] | None = None
    tags: list[str]
    language: str = Field(examples=["ar"])


class JsonFeed(BaseModel):
    """A JSON Feed 1.1."""

    version: str = Field(examples=["https://jsonfeed.org/version/1.1"])
    title: str = Field(examples=["قول: أقوال"])
    home_page_url: str
    feed_url: str
    language: str = Field(examples=["ar"])
    items: list[JsonFeedItem]


class AtomDocument(Response):
    """An Atom feed."""

    media_type = ATOM_TYPE


class JsonFeedDocument(JSONResponse):
    """A JSON Feed."""

    media_type = JSON_FEED_TYPE


_XML_KINDS = (ATOM_TYPE, "application/xml", "text/xml")
_AS_XML: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "An Atom feed (RFC 4287)",
        "content": {kind: {"schema": {"type": "string"}} for kind in _XML_KINDS},
    }
}
_AS_JSON: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "A JSON Feed 1.1",
        "content": {JSON: {"schema": {"$ref": "#/components/schemas/JsonFeed"}}},
    }
}


@router.get("/articles.atom", response_class=AtomDocument, responses=_AS_XML)
async def follow_articles_atom(
    request: Request, question: Annotated[ArticleFeed, Query()], connection: Reading
) -> Response:
    """The articles that came last, of those that words and filters let through, as an Atom feed.

    `updated` of an entry is when the article last changed here, `published` what its page says, where it says it.
    """
    return _answer(request, await _articles(request, question, connection), atom)


@router.get("/articles.json", response_class=JsonFeedDocument, response_model=JsonFeed, responses=_AS_JSON)
async def follow_articles_json(
    request: Request, question: Annotated[ArticleFeed, Query()], connection: Reading
) -> Response:
    """The articles that came last, of those that words and filters let through, as a JSON Feed."""
    return _answer(request, await _articles(request, question, connection), json_feed)


@router.get("/statements.atom", response_class=AtomDocument, responses=_AS_XML)
async def follow_statements_atom(
    request: Request, question: Annotated[StatementFeed, Query()], connection: Reading
) -> Response:
    """The statements that came last, of those that words and filters let through, as an Atom feed."""
    return _answer(request, await _statements(request, question, connection), atom)


@router.get("/statements.json", response_class=JsonFeedDocument, response_model=JsonFeed, responses=_AS_JSON)
async def follow_statements_json(
    request: Request, question: Annotated[StatementFeed, Query()], connection: Reading
) -> Response:
    """The statements that came last, of those that words and filters let through, as a JSON Feed."""
    return _answer(request, await _statements(request, question, connection), json_feed)


def _answer(request: Request, feed: Feed, written: Any) -> Response:
    changed = feed.updated if feed.entries else None
    return answer(request, written(feed), media_type=negotiated(request), changed=changed)


async def _articles(request: Request, question: ArticleFeed, connection: Reading) -> Feed:
    where = await selected(connection, question)
    rows = await feeds.latest_articles(connection, where, limit=question.limit, longest=LONGEST_BODY + 1)
    base = server_of(request)
    return _feed(request, "مقالات", question, [_article(row, base) for row in rows])


async def _statements(request: Request, question: StatementFeed, connection: Reading) -> Feed:
    where = await selected(connection, question)
    rows = await feeds.latest_statements(connection, where, limit=question.limit)
    base = server_of(request)
    return _feed(request, "أقوال", question, [_statement(row, base) for row in rows])


def _feed(request: Request, name: str, question: ArticleFeed | StatementFeed, entries: Sequence[Entry]) -> Feed:
    """The feed: named for what is followed, and the same one however the question was spelt."""
    asked = [part for part in (question.q.strip(), *question.speaker, *question.source) if part]
    path, _, form = request.url.path.rpartition(".")
    other = request.url.replace(path=f"{path}.{'json' if form == 'atom' else 'atom'}")
    return Feed(
        id=lasting_id("feed", path, question.model_dump_json(exclude={"limit"})),
        title=" · ".join([f"قول: {name}", *asked]),
        url=str(request.url),
        other=str(other),
        home=f"{server_of(request)}/",
        entries=entries,
    )


def _article(row: asyncpg.Record, base: str) -> Entry:
    paragraphs = _shortened(row["body"], LONGEST_BODY).split("\n\n")
    return Entry(
        id=lasting_id("article", row["id"]),
        title=row["title"] or row["caption"] or row["url"] or row["id"],
        url=f"{base}/v1/articles/{row['id']}",
        page=_web(row["url"]),
        author=row["author"] or row["source_name"],
        language=row["language"],
        published=row["published_at"],
        updated=row["updated_at"],
        tags=[tag for tag in (row["source_id"],) if tag],
        body=[("p", paragraph) for paragraph in paragraphs if paragraph.strip()],
    )


def _statement(row: asyncpg.Record, base: str) -> Entry:
    speaker = row["speaker"] or row["speaker_text"] or NOBODY
    told = [part for part in (speaker, row["role"]) if part]
    where = [part for part in (row["article_title"], row["source_name"]) if part]
    return Entry(
        id=lasting_id("statement", row["id"]),
        title=f"{speaker}: {_shortened(' '.join(row['content'].split()), LONGEST_TITLE)}",
        url=f"{base}/v1/statements/{row['id']}",
        page=_web(row["url"]),
        author=row["source_name"],
        language=row["language"],
        published=row["published_at"],
        updated=row["updated_at"],
        tags=[tag for tag in (row["source_id"], row["kind"], row["stance"]) if tag],
        body=[("blockquote", row["content"]), ("p", "، ".join(told)), ("p", "، ".join(where))],
    )


def _web(url: str | None) -> str | None:
    """An address that a reader may follow; what a page prints need not be one."""
    return quote(url, safe=":/?#[]@!$&'()*+,;=%~") if url and url.startswith(("http://", "https://")) else None


def _shortened(text: str, longest: int) -> str:
    return text if len(text) <= longest else f"{text[:longest].rsplit(maxsplit=1)[0]} …"

"""Articles: the list, one whole, its statements, the page it was read from."""

import asyncio
from typing import Annotated, Any, NamedTuple

import msgspec
import zstandard
from fastapi import Query, Request
from pydantic import Field
from starlette.responses import PlainTextResponse, Response

from app.api.answers import answer, server_of
from app.api.dependencies import KEY_HEADERS, Reading, door, need, texts_are_open
from app.api.document import ARTICLE_ERRORS, KEY_NEEDED, errors
from app.api.linked import LINKED, LinkedArticle, also_linked, linked_article
from app.api.negotiation import negotiated
from app.api.paging import Listing, Paging
from app.api.parameters import ArticleId, NoParameters
from app.api.routes import resource
from app.api.schemas import Article, ArticlePage, SimilarPage, StatementPage
from app.corpus import articles, removal, statements
from app.corpus.filters import ArticleFilter
from app.corpus.questions import Place
from app.errors import Forbidden, Gone, NotFound, QawlError
from app.search import refresh_words

router = resource("/v1/articles", tag="articles")

TEXT = "text/plain"
_AS_TEXT: dict[int | str, dict[str, Any]] = {
    200: {"description": "The text, in UTF-8", "content": {TEXT: {"schema": {"type": "string"}}}}
}


BYTES = "application/octet-stream"
_RAW: dict[str, Any] = {
    "description": "The bytes; the header X-Media-Type says of what type they were",
    "content": {BYTES: {"schema": {"type": "string", "format": "binary"}}},
}


class ArticleQuestion(ArticleFilter, Paging):
    """Which articles, which page."""


class ArticleStatements(Paging):
    """Which statements of one article, which page."""

    limit: int = Field(100, ge=1, le=100, description="rows in one answer")
    duplicates: bool = Field(False, description="true: also headlines and pull quotes that repeat a statement")


class SimilarArticles(Paging):
    """Which page of the articles that say nearly the same."""


class InText(NamedTuple):
    """A statement's place in its article."""

    ordinal: int


@router.get("", response_model=ArticlePage)
async def list_articles(
    request: Request, question: Annotated[ArticleQuestion, Query()], connection: Reading
) -> Response:
    """Articles without their texts, newest first; those without a known date come last."""
    page = Listing(request, question, Place)
    rows = await articles.list_articles(connection, question, after=page.after, limit=page.asked)
    return await page.answer(rows, lambda: articles.count_articles(connection, question))


@router.get("/{article_id}", response_model=Article, responses=ARTICLE_ERRORS | also_linked(LinkedArticle))
async def get_article(
    request: Request, article_id: ArticleId, nothing: Annotated[NoParameters, Query()], connection: Reading
) -> Response:
    """One article, whole: its text, what each stretch of it is for, and where it came from.

    `Accept: application/ld+json` gives it as a schema.org NewsArticle.
    """
    row = await articles.get_article(connection, article_id, texts=texts_are_open(request))
    if row is None or row["deleted_at"] is not None:
        raise _no_article(deleted=row is not None)
    body, media_type = row["json"].encode(), negotiated(request)
    if media_type == LINKED:
        body = msgspec.json.encode(linked_article(msgspec.json.decode(body), server_of(request)))
    return answer(request, body, media_type=media_type, changed=row["updated_at"], varies=KEY_HEADERS)


@router.get(
    "/{article_id}/text",
    response_class=PlainTextResponse,
    responses={**ARTICLE_ERRORS, **errors(Forbidden), **_AS_TEXT},
)
async def get_article_text(
    request: Request, article_id: ArticleId, nothing: Annotated[NoParameters, Query()], connection: Reading
) -> Response:
    """What all offsets point into, as plain text: code point by code point as it is stored."""
    if not texts_are_open(request):
        need(request, "read_text")
    row = await articles.get_text(connection, article_id)
    if row is None or row["deleted_at"] is not None:
        raise _no_article(deleted=row is not None)
    headers = {"Content-Language": row["language"]}
    text = row["text"].encode()
    return answer(request, text, headers=headers, media_type=TEXT, changed=row["updated_at"], varies=KEY_HEADERS)


@router.get(
    "/{article_id}/raw",
    response_class=Response,
    responses={**ARTICLE_ERRORS, **errors(Forbidden), 200: _RAW},
    dependencies=[door("read_text")],
    openapi_extra=KEY_NEEDED,
)
async def get_article_raw(
    request: Request, article_id: ArticleId, nothing: Annotated[NoParameters, Query()], connection: Reading
) -> Response:
    """The page as it came, byte for byte, from which the article was read. Needs a key of the scope `read_text`."""
    row = await articles.get_capture(connection, article_id)
    if row is None or row["deleted_at"] is not None:
        raise _no_article(deleted=row is not None)
    page = await asyncio.to_thread(zstandard.decompress, row["content"])
    # Somebody else's page must not run as one of ours.
    headers = {"Content-Disposition": "attachment", "Content-Security-Policy": "sandbox"}
    if row["media_type"]:
        # Of a record in a feed it also tells which member is which, line by line: the first line is the type.
        headers["X-Media-Type"] = row["media_type"].splitlines()[0] + (
            f"; charset={row['charset']}" if row["charset"] else ""
        )
    return answer(request, page, headers=headers, media_type=BYTES, changed=row["received_at"], varies=KEY_HEADERS)


@router.get("/{article_id}/statements", response_model=StatementPage, responses=ARTICLE_ERRORS)
async def list_article_statements(
    request: Request, article_id: ArticleId, question: Annotated[ArticleStatements, Query()], connection: Reading
) -> Response:
    """The statements of one article in the order of its text."""
    page = Listing(request, question, InText)
    wanted = {"duplicates": question.duplicates}
    after = page.after.ordinal if page.after else None
    rows = await statements.list_article_statements(connection, article_id, **wanted, after=after, limit=page.asked)
    if not rows and (deleted := await articles.is_deleted(connection, article_id)) is not False:
        raise _no_article(deleted=deleted is True)
    return await page.answer(rows, lambda: statements.count_article_statements(connection, article_id, **wanted))


@router.delete(
    "/{article_id}",
    status_code=204,
    response_class=Response,
    responses=ARTICLE_ERRORS | errors(Forbidden),
    dependencies=[door("admin")],
    openapi_extra=KEY_NEEDED,
)
async def delete_article(
    request: Request, article_id: ArticleId, nothing: Annotated[NoParameters, Query()]
) -> Response:
    """Take an article, and its statements with it, out of every answer. It stays out, whoever brings its page again,
    and `/v1/changes` tells of it. Needs a key of the scope `admin`.
    """
    async with request.app.state.writing.begin() as connection:
        before = await removal.remove_article(connection, article_id)
        if before != "removed":
            raise _no_article(deleted=before == "gone")
        await refresh_words(connection, [article_id])
    return Response(status_code=204)


@router.get("/{article_id}/similar", response_model=SimilarPage, responses=ARTICLE_ERRORS)
async def list_similar_articles(
    request: Request, article_id: ArticleId, question: Annotated[SimilarArticles, Query()], connection: Reading
) -> Response:
    """The other articles of its group, newest first: those that say nearly the same as the first one of them to come,
    as copies of an agency's report do.
    """
    page = Listing(request, question, Place)
    rows = await articles.list_similar(connection, article_id, after=page.after, limit=page.asked)
    if not rows and (deleted := await articles.is_deleted(connection, article_id)) is not False:
        raise _no_article(deleted=deleted is True)
    return await page.answer(rows, lambda: articles.count_similar(connection, article_id))


def _no_article(*, deleted: bool) -> QawlError:
    return Gone("this article was deleted") if deleted else NotFound("there is no article with this id")

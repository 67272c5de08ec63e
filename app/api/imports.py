"""Imports: pages are sent, kept, and brought into the corpus by a worker; every page ends in one verdict."""

import hashlib
import tempfile
from collections.abc import Iterator
from datetime import datetime
from typing import IO, Annotated, Any, Literal

import msgspec
from fastapi import Header, Path, Query, Request
from pydantic import Field
from starlette.responses import Response

from app.api.answers import JSON
from app.api.dependencies import Reading, database, door
from app.api.document import KEY_NEEDED, ONE_ERRORS, errors
from app.api.paging import Listing, Paging
from app.api.parameters import NoParameters
from app.api.routes import resource
from app.api.schemas import Answer, Page, vocabulary
from app.corpus import imports
from app.corpus.fields import RejectReason, Verdict
from app.corpus.filters import MANY, Filter, Word
from app.corpus.imports import ImportPlace, ItemPlace, Sent
from app.corpus.sources import checked_source
from app.errors import Forbidden, InvalidRequest, InvalidValue, TooLarge, UnsupportedMediaType
from app.intake.deliveries import MAX_DELIVERY_BYTES, MEDIA_TYPES, kind_of
from app.intake.feeds import checked_fields

PIECE_BYTES = 1_000_000
LONGEST_IDEMPOTENCY_KEY = 200
ImportState = Literal["queued", "running", "succeeded", "failed", "cancelled"]
NOT_KEPT = {"Cache-Control": "no-store"}

router = resource("/v1/imports", tag="imports")
_OPEN: dict[str, Any] = {"dependencies": [door("write")]}
_REFUSED = errors(Forbidden)
_ONE = ONE_ERRORS | _REFUSED

ImportId = Annotated[str, Path(max_length=100, description="id of an import", examples=["5f1d2c9ab3e84f70"])]
IdempotencyKey = Annotated[
    str | None,
    Header(
        alias="Idempotency-Key",
        min_length=1,
        max_length=LONGEST_IDEMPOTENCY_KEY,
        description="a text of your own: what is sent again under it is not imported again, the same job answers",
    ),
]


class Import(Answer):
    """A job that brings pages in."""

    id: str = Field(examples=["5f1d2c9ab3e84f70"])
    state: str = vocabulary(ImportState, "how far it is")
    label: str = Field(description="what it is called, for people")
    source: str | None = Field(description="the outlet that all its pages are of; null where the pages say it")
    media_type: str | None = Field(description="of what was sent; null for an import that a command runs")
    bytes: int | None = Field(description="how many bytes were sent")
    started_at: datetime = Field(description="when it was sent or begun, UTC")
    finished_at: datetime | None = Field(description="UTC; null before it has ended")
    cancel_requested: bool
    problem: str | None = Field(description="why it failed, in one sentence")
    pages: int = Field(description="how many pages have their verdict so far", ge=0, examples=[120])
    verdicts: dict[str, int] = Field(description="the same, by verdict", examples=[{"created": 118, "rejected": 2}])
    items: str = Field(
        description="where the verdicts of its pages are", examples=["/v1/imports/5f1d2c9ab3e84f70/items"]
    )


class ImportPage(Page):
    """Imports, the newest first."""

    items: list[Import]


class ImportItem(Answer):
    """One page of an import and what became of it."""

    ordinal: int = Field(description="its place among the pages that were sent, from 0", examples=[0], ge=0)
    name: str = Field(description="where it stands in what was sent", examples=["line 1"])
    url: str | None
    verdict: str = vocabulary(Verdict, "what became of it")
    reason: str | None = vocabulary(RejectReason, "why it was rejected", nullable=True)
    detail: str | None = Field(description="the same for a person: what was expected, and what came")
    article_id: str | None = Field(description="the article that it became, or is the same as")


class ImportItemPage(Page):
    """Pages with their verdicts, in the order in which they were sent."""

    items: list[ImportItem]


class Delivery(Filter):
    """How what is sent is to be read, where it does not say so itself."""

    source: Word | None = Field(None, description="the outlet of all pages, by its id", examples=["anapress.net"])
    label: Word | None = Field(None, description="what to call this import")
    field: list[Word] = Field(
        [], max_length=MANY, description="a feed's name for a field, as in `text=content`", examples=[["text=content"]]
    )


class ImportQuestion(Paging):
    """Which imports, which page."""

    state: list[ImportState] = Field([], max_length=MANY, description="how far they are")


class ItemQuestion(Paging):
    """Which pages of an import, which page of the list."""

    verdict: list[Verdict] = Field([], max_length=MANY, description="what became of them", examples=[["rejected"]])


_EXAMPLE = (
    '{"url": "http://nashra.example/a/1", "title": "خبر", "published_at": "2018-11-25", "text": "قال نبيل الزمردي …"}\n'
)
_BODY = {
    "requestBody": {
        "required": True,
        "description": f"At most {MAX_DELIVERY_BYTES} bytes. JSON Lines or a JSON list of records with the members "
        "url, title, author, published_at, source and text or html; CSV with these columns; a page as HTML or text; a "
        "web archive; a zip or tar of files of all these. With `Content-Encoding: gzip` or `zstd` as well. The header "
        f"`Content-Type` says which: {', '.join(MEDIA_TYPES)}.",
        # One of them: most generators of clients make no call at all of a body with several.
        "content": {MEDIA_TYPES[0]: {"schema": {"type": "string", "format": "binary"}, "example": _EXAMPLE}},
    },
    **KEY_NEEDED,
}


@router.post(
    "",
    status_code=202,
    response_model=Import,
    responses=errors(Forbidden, TooLarge, UnsupportedMediaType),
    openapi_extra=_BODY,
    **_OPEN,
)
async def create_import(
    request: Request, question: Annotated[Delivery, Query()], idempotency_key: IdempotencyKey = None
) -> Response:
    """Send pages. They are kept when this answers, and read soon after; `Location` names the job to ask."""
    content_type = request.headers.get("content-type", "")
    encoding = request.headers.get("content-encoding", "")
    kind_of(content_type, encoding)
    source, fields = checked_source(question.source), _fields(question.field)
    with tempfile.TemporaryFile() as kept:
        size, digest = await _received(request, kept)
        how = msgspec.json.encode([content_type, encoding, source, fields])
        sent = Sent(
            label=question.label or f"{size} bytes of {content_type}",
            media_type=f"{content_type}\n{encoding}",
            source=source,
            fields=fields,
            bytes=size,
            hash=hashlib.sha256(how + digest).hexdigest(),
            key_id=request.state.key.id,
            idempotency_key=idempotency_key,
        )
        async with database(request) as connection:
            id, _ = await imports.create_import(connection, sent, _pieces(kept))
            body = await imports.get_import(connection, id)
    return Response(body, 202, media_type=JSON, headers={"Location": f"/v1/imports/{id}", **NOT_KEPT})


async def _received(request: Request, kept: IO[bytes]) -> tuple[int, bytes]:
    """Put what is sent into a file; its size and SHA-256. Raises TooLarge, and InvalidRequest for nothing."""
    size, digest = 0, hashlib.sha256()
    async for chunk in request.stream():
        size += len(chunk)
        if size > MAX_DELIVERY_BYTES:
            raise TooLarge(f"expected at most {MAX_DELIVERY_BYTES} bytes, got more: send several imports")
        digest.update(chunk)
        kept.write(chunk)
    if not size:
        raise InvalidRequest("expected pages in the body of the request, got nothing")
    return size, digest.digest()


def _pieces(kept: IO[bytes]) -> Iterator[bytes]:
    kept.seek(0)
    while piece := kept.read(PIECE_BYTES):
        yield piece


def _fields(given: list[str]) -> dict[str, str]:
    """`text=content` as a field and the feed's name for it."""
    pairs = [one.partition("=") for one in given]
    if any(not (name and theirs) for name, _, theirs in pairs):
        raise InvalidValue("field: expected a field and its name as in text=content")
    return checked_fields({name: theirs for name, _, theirs in pairs})


@router.get("", response_model=ImportPage, responses=_REFUSED, openapi_extra=KEY_NEEDED, **_OPEN)
async def list_imports(request: Request, question: Annotated[ImportQuestion, Query()], connection: Reading) -> Response:
    """Imports, the newest first."""
    page = Listing(request, question, ImportPlace)
    rows = await imports.list_imports(connection, question.state, after=page.after, limit=page.asked)
    return _unkept(await page.answer(rows, lambda: imports.count_imports(connection, question.state)))


@router.get("/{import_id}", response_model=Import, responses=_ONE, openapi_extra=KEY_NEEDED, **_OPEN)
async def get_import(import_id: ImportId, nothing: Annotated[NoParameters, Query()], connection: Reading) -> Response:
    """One import: its state, and how many of its pages ended in which verdict so far."""
    return Response(await imports.get_import(connection, import_id), media_type=JSON, headers=NOT_KEPT)


@router.get(
    "/{import_id}/items",
    response_model=ImportItemPage,
    responses=_ONE,
    openapi_extra=KEY_NEEDED,
    **_OPEN,
)
async def list_import_items(
    request: Request, import_id: ImportId, question: Annotated[ItemQuestion, Query()], connection: Reading
) -> Response:
    """The pages of an import, each with its verdict and, where it was rejected, the reason."""
    page = Listing(request, question, ItemPlace)
    if page.after is None:
        await imports.get_import(connection, import_id)
    rows = await imports.list_items(connection, import_id, question.verdict, after=page.after, limit=page.asked)
    return _unkept(await page.answer(rows, lambda: imports.count_items(connection, import_id, question.verdict)))


@router.post("/{import_id}/cancel", response_model=Import, responses=_ONE, openapi_extra=KEY_NEEDED, **_OPEN)
async def cancel_import(request: Request, import_id: ImportId, nothing: Annotated[NoParameters, Query()]) -> Response:
    """End an import: at once where it waits, else after the pages at hand. What came in before stays in the corpus."""
    async with database(request) as connection:
        await imports.cancel_import(connection, import_id)
        body = await imports.get_import(connection, import_id)
    return Response(body, media_type=JSON, headers=NOT_KEPT)


def _unkept(response: Response) -> Response:
    """While a job runs, its answers are old at once."""
    response.headers["Cache-Control"] = "no-store"
    return response

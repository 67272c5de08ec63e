"""Imports: pages are sent, kept, and brought into the corpus by a worker; every page ends in one verdict."""

import hashlib
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import IO, Annotated, Any, Literal

import msgspec
from fastapi import Header, Path, Query, Request
from fastapi.exceptions import RequestValidationError
from pydantic import Field, ValidationError, model_validator
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
from app.errors import Forbidden, InvalidRequest, InvalidValue, TooLarge, Unavailable, UnsupportedMediaType
from app.intake.deliveries import MAX_DELIVERY_BYTES, Body, delivery
from app.intake.feeds import checked_fields
from app.intake.forms import FILE, MOST_PARTS, Form
from app.intake.media_types import FORM, MEDIA_TYPES, SentFile

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

    @model_validator(mode="after")
    def _are_known(self) -> "Delivery":
        """Refuse an outlet or a field that cannot be before a hundred megabytes are sent for it."""
        checked_source(self.source)
        self.names()
        return self

    def names(self) -> dict[str, str]:
        """Fields and the feed's names for them. Raises InvalidValue."""
        pairs = [one.partition("=") for one in self.field]
        if any(not (name and theirs) for name, _, theirs in pairs):
            raise InvalidValue("field: expected a field and its name as in text=content")
        return checked_fields({name: theirs for name, _, theirs in pairs})

    def with_fields(self, given: dict[str, list[str]]) -> "Delivery":
        """The same with what a form's fields say. Raises InvalidValue for what is said twice or makes no sense."""
        said = {name: value for name, value in self if value}
        for name, values in given.items():
            if name in said:
                raise InvalidValue(f"{name}: expected in the form or in the address, got it in both")
            if len(values) > 1 and name != "field":
                raise InvalidValue(f"{name} was given {len(values)} times; it has one value")
            said[name] = values if name == "field" else values[0]
        try:
            return Delivery.model_validate(said)
        except ValidationError as failure:
            raise RequestValidationError([{**one, "loc": ("form", *one["loc"])} for one in failure.errors()]) from None


class ImportQuestion(Paging):
    """Which imports, which page."""

    state: list[ImportState] = Field([], max_length=MANY, description="how far they are")


class ItemQuestion(Paging):
    """Which pages of an import, which page of the list."""

    verdict: list[Verdict] = Field([], max_length=MANY, description="what became of them", examples=[["rejected"]])


_EXAMPLE = (
    '{"url": "http://nashra.example/a/1", "title": "خبر", "published_at": "2018-11-25", "text": "قال نبيل الزمردي …"}\n'
)
_FORM: dict[str, Any] = {
    "schema": {
        "type": "object",
        "required": [FILE],
        "properties": {
            FILE: {"type": "array", "minItems": 1, "items": {"type": "string", "format": "binary"}},
            "source": {"type": "string"},
            "label": {"type": "string"},
            "field": {"type": "array", "items": {"type": "string"}},
        },
    },
    "example": {FILE: ["@monday.jsonl.gz", "@pages.zip"], "source": "anapress.net", "field": ["text=content"]},
}
_BODY = {
    "requestBody": {
        "required": True,
        "description": f"At most {MAX_DELIVERY_BYTES} bytes. JSON Lines or a JSON list of records with the members "
        "url, title, author, published_at, source and text or html; CSV with these columns; a page as HTML or text; a "
        "web archive; a zip or tar of files of all these. With `Content-Encoding: gzip` or `zstd` as well. The header "
        f"`Content-Type` says which: {', '.join(MEDIA_TYPES)}. Or a form, `{FORM}`, of at most {MOST_PARTS} parts: "
        f"files of all these in parts named `{FILE}`, each told by its own `Content-Type` or else by the suffix of its "
        "name (`.jsonl`, `.csv.gz`, `.zip` …), and `source`, `label` and `field` as fields or as parameters.",
        # One of them: most generators of clients make no call at all of a body with several.
        "content": {MEDIA_TYPES[0]: {"schema": {"type": "string", "format": "binary"}, "example": _EXAMPLE}},
        "x-also": {FORM: _FORM},
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
    reader = delivery(content_type, encoding)
    with tempfile.TemporaryFile() as kept:
        try:
            received = await _received(request, reader, kept)
        except OSError as failure:
            raise Unavailable(f"what is sent cannot be kept: {failure.strerror}; try again later") from failure
        asked = question.with_fields(reader.fields)
        sent = Sent(
            label=asked.label or received.names() or f"{received.size} bytes of {content_type}",
            media_type=f"{content_type}\n{encoding}",
            source=asked.source,
            fields=asked.names(),
            bytes=received.size,
            hash=received.hash(asked),
            key_id=request.state.key.id,
            idempotency_key=idempotency_key,
        )
        async with database(request) as connection:
            id, _ = await imports.create_import(connection, sent, _pieces(kept))
            body = await imports.get_import(connection, id)
    return Response(body, 202, media_type=JSON, headers={"Location": f"/v1/imports/{id}", **NOT_KEPT})


@dataclass
class _Received:
    """What has been sent so far: its bytes, the files in it, and the hash of each."""

    size: int = 0
    files: list[SentFile] = field(default_factory=list)
    hashes: list[Any] = field(default_factory=list)

    def names(self) -> str:
        """What the client calls the files, empty where it does not name them."""
        return ", ".join(file.name for file in self.files if file.name)

    def hash(self, asked: Delivery) -> str:
        """Stands for the files and how they are to be read. A form's boundary is another each time it is sent."""
        files = [(file, one.hexdigest()) for file, one in zip(self.files, self.hashes, strict=True)]
        return hashlib.sha256(msgspec.json.encode([files, asked.source, sorted(asked.names().items())])).hexdigest()


async def _received(request: Request, reader: Body | Form, kept: IO[bytes]) -> _Received:
    """Put what is sent into a file as it comes. Raises TooLarge, InvalidRequest for nothing, and what `reader` does."""
    received, has_content = _Received(), False
    async for chunk in request.stream():
        received.size += len(chunk)
        if received.size > MAX_DELIVERY_BYTES:
            raise TooLarge(f"expected at most {MAX_DELIVERY_BYTES} bytes, got more: send several imports")
        kept.write(chunk)
        for event in reader.read(chunk):
            if isinstance(event, SentFile):
                received.files.append(event)
                received.hashes.append(hashlib.sha256())
            else:
                received.hashes[-1].update(event)
                has_content = True
    kept.flush()
    if received.size:
        reader.close()
    if not has_content:
        raise InvalidRequest("expected pages in what is sent, got nothing")
    return received


def _pieces(kept: IO[bytes]) -> Iterator[bytes]:
    kept.seek(0)
    while piece := kept.read(PIECE_BYTES):
        yield piece


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

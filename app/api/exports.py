"""Whole results as streams: what words and filters let through, without end, in the format that the client takes."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import AsyncExitStack, aclosing, asynccontextmanager
from datetime import UTC, datetime
from typing import Annotated, Any

from fastapi import Query, Request
from starlette.responses import Response, StreamingResponse
from starlette.types import Message, Receive, Scope, Send
from starlette_compress import add_compress_type

from app.api.dependencies import need, texts_are_open
from app.api.document import errors
from app.api.negotiation import negotiated
from app.api.routes import resource
from app.corpus.questions import Connection
from app.errors import Busy, Gone, Unavailable
from app.export import STALLED_SECONDS, ArticleExport, Format, StatementExport, connected, export

router = resource("/v1/export", tag="exports")

MEDIA_TYPES: dict[Format, str] = {
    "ndjson": "application/x-ndjson",
    "csv": "text/csv",
    "parquet": "application/vnd.apache.parquet",
}
FORMAT_OF = {media_type: form for form, media_type in MEDIA_TYPES.items()}
add_compress_type(MEDIA_TYPES["ndjson"])


class Exports:
    """The few connections that exports may hold at the same time in this process."""

    def __init__(self, database_url: str, at_once: int) -> None:
        self._database_url = database_url
        self._free = self._at_once = at_once

    @asynccontextmanager
    async def connection(self) -> AsyncIterator[Connection]:
        """A connection for one export. Raises Busy when all are taken, Unavailable when Postgres does not answer."""
        if not self._free:
            raise Busy(f"{self._at_once} exports are being sent already; ask again in a while")
        self._free -= 1
        try:
            async with connected(self._database_url) as connection:
                yield connection
        finally:
            self._free += 1


def _stream_of(model: str) -> dict[str, Any]:
    """What the document says of a stream: to clients bytes of three kinds. Each line of NDJSON is one `model`."""
    content: dict[str, Any] = {kind: {"schema": {"type": "string", "format": "binary"}} for kind in FORMAT_OF}
    content[MEDIA_TYPES["ndjson"]]["schema"]["x-item-schema"] = {"$ref": f"#/components/schemas/{model}"}
    return {"description": "The rows, as they are read from one snapshot of the corpus", "content": content}


_GONE = errors(Gone)
_AWAY: dict[int | str, dict[str, Any]] = {
    503: errors(Unavailable)[503] | {"description": f"{Unavailable.title}, or: {Busy.title} (`/problems/busy`)"}
}


@router.get("/articles", response_class=Response, responses={200: _stream_of("Article"), **_GONE, **_AWAY})
async def export_articles(request: Request, question: Annotated[ArticleExport, Query()]) -> Response:
    """All articles that words and filters let through, newest first: no ceiling, one snapshot, as a stream.

    A line of NDJSON is an article as in lists; with `texts=true` it is an article whole. What a column means stands in
    `docs/exports.md`. If the connection breaks, go on with `cursor`: the `id` of the last row that came whole.
    """
    if question.texts and not texts_are_open(request):
        need(request, "read_text")
    return await _answer(request, "articles", question)


@router.get("/statements", response_class=Response, responses={200: _stream_of("Statement"), **_GONE, **_AWAY})
async def export_statements(request: Request, question: Annotated[StatementExport, Query()]) -> Response:
    """All statements that words and filters let through, newest first: no ceiling, one snapshot, as a stream.

    A line of NDJSON is a statement as anywhere else. What a column means stands in `docs/exports.md`. If the
    connection breaks, go on with `cursor`: the `id` of the last row that came whole.
    """
    return await _answer(request, "statements", question)


async def _answer(request: Request, name: str, question: ArticleExport | StatementExport) -> Response:
    """The stream, begun: what can go wrong before the first row is still told as a problem."""
    form = question.format or FORMAT_OF[negotiated(request)]
    async with AsyncExitStack() as opened:
        connection = await opened.enter_async_context(request.app.state.exports.connection())
        chunks = await opened.enter_async_context(aclosing(export(connection, question, form)))
        first = await anext(chunks, b"")
        headers = {
            "Content-Disposition": f'attachment; filename="qawl-{name}-{datetime.now(UTC):%Y-%m-%d}.{form}"',
            "Cache-Control": "no-store",
            "Vary": "Accept",
        }
        return _Stream(first, chunks, opened.pop_all(), media_type=MEDIA_TYPES[form], headers=headers)


class _Stream(StreamingResponse):
    """A stream that gives back what it holds when it ends, when its reader leaves, and when that one falls asleep."""

    def __init__(self, first: bytes, rest: AsyncGenerator[bytes, None], held: AsyncExitStack, **answer: Any) -> None:
        super().__init__(self._chunks(first, rest), **answer)
        self._held = held

    @staticmethod
    async def _chunks(first: bytes, rest: AsyncGenerator[bytes, None]) -> AsyncGenerator[bytes, None]:
        if first:
            yield first
        async for chunk in rest:
            yield chunk

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_while_read(message: Message) -> None:
            async with asyncio.timeout(STALLED_SECONDS):
                await send(message)

        async with self._held:
            if scope.get("state", {}).get("head"):
                await send({"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers})
                await send({"type": "http.response.body", "body": b""})
            else:
                await super().__call__(scope, receive, send_while_read)

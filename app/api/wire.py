"""What happens to every request and answer whatever its path, as pure ASGI: addresses, methods, headers, faults."""

import re
import secrets
import traceback
from time import perf_counter
from urllib.parse import unquote_to_bytes

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.api.problems import methods_of, problem_of, problem_response
from app.errors import InvalidRequest
from app.logs import log

SLOW_SECONDS = 1.0
_REQUEST_ID = re.compile(r"[A-Za-z0-9._:-]{1,100}")


class Envelope:
    """Outermost: gives every request a name, every answer its common headers, every unforeseen fault a problem."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        began, took, status = perf_counter(), 0.0, 0
        given = Headers(scope=scope).get("x-request-id", "")
        request_id = given if _REQUEST_ID.fullmatch(given) else secrets.token_hex(8)
        scope.setdefault("state", {})["request_id"] = request_id

        async def send_with_headers(message: Message) -> None:
            nonlocal status, took
            if message["type"] == "http.response.start":
                status, took = message["status"], perf_counter() - began
                headers = MutableHeaders(scope=message)
                headers["X-Request-Id"] = request_id
                headers["Server-Timing"] = f"total;dur={took * 1000:.1f}"
                headers["X-Content-Type-Options"] = "nosniff"
                headers["Referrer-Policy"] = "no-referrer"
            await send(message)

        try:
            await self.app(scope, receive, send_with_headers)
        except Exception as fault:
            if status:  # too late to say anything else
                raise
            log(__name__).error("request_failed", request_id=request_id, path=scope["path"], **_told(fault))
            await _fault(scope)(scope, receive, send_with_headers)
        self._note(scope, status, took)

    @staticmethod
    def _note(scope: Scope, status: int, seconds: float) -> None:
        """Counted; logged where it went wrong or took long, but never the query: it says what a person looks for."""
        scope["app"].state.metrics.count(scope, status, seconds)
        if status >= 500 or seconds > SLOW_SECONDS:
            log(__name__).warning(
                "request", method=scope["method"], path=scope["path"], status=status, ms=round(seconds * 1000)
            )


def _told(fault: Exception) -> dict[str, str | None]:
    """What may be logged of a fault: its kind and where it happened. Its message may repeat what was searched for."""
    where = "".join(traceback.format_tb(fault.__traceback__))
    return {"fault": type(fault).__name__, "sqlstate": getattr(fault, "sqlstate", None), "where": where}


def _fault(scope: Scope) -> Response:
    return problem_response(
        scope, status=500, slug="internal-error", title="Internal error", detail="the fault is ours and was noted"
    )


class StrictAddress:
    """Refuses what is not UTF-8 or holds a NUL, which would else turn silently into other letters or a fault later."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            query: bytes = scope["query_string"]
            path: bytes = scope.get("raw_path") or b""
            for part, name in ((query, "query"), (path, "path")):
                if fault := self._fault(part):
                    error = InvalidRequest(f"the {name} {fault}")
                    await problem_of(scope, error)(scope, receive, send)
                    return
        await self.app(scope, receive, send)

    @staticmethod
    def _fault(part: bytes) -> str | None:
        if b"%" not in part and part.isascii():
            return None
        try:
            letters = unquote_to_bytes(part).decode()
        except UnicodeDecodeError:
            return "is not valid UTF-8"
        return "holds the character NUL" if "\0" in letters else None


class Methods:
    """HEAD is GET without the body; OPTIONS tells which methods a path has."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] not in ("HEAD", "OPTIONS"):
            await self.app(scope, receive, send)
        elif scope["method"] == "OPTIONS":
            allowed = methods_of(scope["app"], scope["path"])
            told = Response(status_code=204, headers={"Allow": ", ".join(allowed)}) if allowed else self.app
            await told(scope, receive, send)
        else:
            # What takes long to make need not be made when nobody sees it.
            scope.setdefault("state", {})["head"] = True
            await self.app({**scope, "method": "GET"}, receive, self._without_body(send))

    @staticmethod
    def _without_body(send: Send) -> Send:
        async def send_head(message: Message) -> None:
            if message["type"] != "http.response.body":
                await send(message)
            elif not message.get("more_body", False):
                await send({"type": "http.response.body", "body": b""})

        return send_head

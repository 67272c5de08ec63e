"""Answers: bytes that Postgres has built, with what a cache needs to know of them."""

from hashlib import blake2b

from fastapi import Request
from starlette.responses import Response

JSON = "application/json"
CACHE_SECONDS = 60


def answer(
    request: Request,
    body: bytes,
    *,
    headers: dict[str, str] | None = None,
    fresh: bool = True,
    media_type: str = JSON,
    tag_of: bytes | None = None,
) -> Response:
    """200 with the body, or 304 when the client has it already. `fresh`: may be kept for a minute.

    The ETag is weak: it stands for the same content in every compression. It is that of `tag_of` where the body
    holds what changes without meaning anything.
    """
    tag = f'W/"{blake2b(tag_of or body, digest_size=12).hexdigest()}"'
    head = {"ETag": tag, "Cache-Control": _caching(request, fresh), "Vary": "Origin", **(headers or {})}
    if _has(request.headers.get("if-none-match"), tag):
        return Response(status_code=304, headers={**head, "Vary": "Accept-Encoding, Origin"})
    return Response(body, media_type=media_type, headers=head)


def _caching(request: Request, fresh: bool) -> str:
    if not fresh:
        return "no-store"
    personal = "x-api-key" in request.headers or "authorization" in request.headers
    return f"{'private' if personal else 'public'}, max-age={CACHE_SECONDS}, stale-while-revalidate=300"


def _has(given: str | None, tag: str) -> bool:
    """Weak comparison, as RFC 9110 wants it for If-None-Match."""
    if not given:
        return False
    return given.strip() == "*" or tag.removeprefix("W/") in (
        one.strip().removeprefix("W/") for one in given.split(",")
    )

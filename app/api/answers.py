"""Answers: bytes that Postgres has built, with what a cache needs to know of them."""

from collections.abc import Sequence
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
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
    changed: datetime | None = None,
    varies: Sequence[str] = (),
) -> Response:
    """200 with the body, or 304 when the client has it already. `fresh`: may be kept for a minute.

    The ETag is weak: it stands for the same content in every compression. It is that of `tag_of` where the body
    holds what changes without meaning anything. `changed`: when the content last did, UTC. `varies`: headers of the
    request that the content depends on.
    """
    tag = f'W/"{blake2b(tag_of or body, digest_size=12).hexdigest()}"'
    head = {"ETag": tag, "Cache-Control": _caching(request, fresh), **(headers or {})}
    varies = [*(["Accept"] if len(offered(request)) > 1 else []), *varies]
    if changed:
        head["Last-Modified"] = format_datetime(changed.astimezone(UTC), usegmt=True)
    if _is_known(request, tag, changed):
        # Compressing adds to a whole answer on what it depends, not to this one.
        return Response(status_code=304, headers={**head, "Vary": ", ".join([*varies, "Accept-Encoding"])})
    if varies:
        head["Vary"] = ", ".join(varies)
    return Response(body, media_type=media_type, headers=head)


def server_of(request: Request) -> str:
    """The address of this server as the client knows it, without a slash at its end."""
    return str(request.base_url).rstrip("/")


def offered(request: Request) -> list[str]:
    """The media types that the answering route has, as the document names them; the first one is the usual one."""
    route = request.scope.get("route")
    told = (getattr(route, "responses", None) or {}).get(200, {}).get("content", {})
    if getattr(route, "response_model", None) is None:
        return [*told]
    usual = getattr(getattr(route, "response_class", None), "media_type", None) or JSON
    return [usual, *told]


def _is_known(request: Request, tag: str, changed: datetime | None) -> bool:
    """Whether the client has this very answer. Its tag says so exactly; the time counts only where there is none."""
    if (given := request.headers.get("if-none-match")) is not None:
        return _has(given, tag)
    since = request.headers.get("if-modified-since")
    return changed is not None and since is not None and _not_after(changed, since)


def _not_after(changed: datetime, given: str) -> bool:
    try:
        since = parsedate_to_datetime(given)
    except ValueError:
        return False
    return changed.replace(microsecond=0) <= since.replace(tzinfo=since.tzinfo or UTC)


def _caching(request: Request, fresh: bool) -> str:
    if not fresh:
        return "no-store"
    personal = "x-api-key" in request.headers or "authorization" in request.headers
    return f"{'private' if personal else 'public'}, max-age={CACHE_SECONDS}, stale-while-revalidate=300"


def _has(given: str, tag: str) -> bool:
    """Weak comparison, as RFC 9110 wants it for If-None-Match."""
    return given.strip() == "*" or tag.removeprefix("W/") in (
        one.strip().removeprefix("W/") for one in given.split(",")
    )

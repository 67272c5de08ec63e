"""What routes ask for: a connection for reading, and the checks that all of them share."""

from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Annotated, Any, cast, get_origin

import asyncpg
from fastapi import Depends, Request

from app.api.negotiation import negotiated
from app.api.problems import query_parameters
from app.corpus.keys import Key, Scope, verify_key
from app.corpus.questions import Connection
from app.errors import Forbidden, InvalidValue, Unauthorized

# What an answer depends on where keys open more.
KEY_HEADERS = ("Authorization", "X-API-Key")
# A request that waits longer for its turn at the database is told so.
WAIT_SECONDS = 5


@asynccontextmanager
async def database(request: Request) -> AsyncIterator[Connection]:
    """A connection from the pool for as long as it is needed. Waiting for anything else, hold none: the search
    engine may need one of the same pool.
    """
    async with request.app.state.pool.acquire(timeout=WAIT_SECONDS) as connection:
        yield connection


class Pooled:
    """Asks like a connection: every question over one of the pool, held no longer than the question takes.

    A dependency that holds one for a whole route, and gives it back, costs as much as everything else of a small route.
    """

    def __init__(self, pool: "asyncpg.Pool[asyncpg.Record]") -> None:
        self._pool = pool

    async def fetch(self, question: str, *values: object) -> list[asyncpg.Record]:
        async with self._pool.acquire(timeout=WAIT_SECONDS) as connection:
            return await connection.fetch(question, *values)

    async def fetchrow(self, question: str, *values: object) -> asyncpg.Record | None:
        async with self._pool.acquire(timeout=WAIT_SECONDS) as connection:
            return await connection.fetchrow(question, *values)

    async def fetchval(self, question: str, *values: object) -> Any:
        async with self._pool.acquire(timeout=WAIT_SECONDS) as connection:
            return await connection.fetchval(question, *values)


async def reading(request: Request) -> Connection:
    """What a route reads by."""
    return cast(Connection, Pooled(request.app.state.pool))


Reading = Annotated[Connection, Depends(reading)]


async def check_request(request: Request) -> None:
    """Refuse what must not be passed over in silence: a key that is none, a parameter given twice that has one value,
    a media type that there is not.
    """
    negotiated(request)
    given = Counter(name for name, _ in request.query_params.multi_items())
    if any(times > 1 for times in given.values()):
        _refuse_repeated(request, given)
    presented = request.headers.get("x-api-key") or _bearer(request.headers.get("authorization"))
    request.state.key = key = await _verified(request, presented) if presented else None
    await request.app.state.rates.spend(request, key)
    if presented and key is None:
        raise Unauthorized("this API key is unknown, revoked or expired")


async def _verified(request: Request, presented: str) -> Key | None:
    async with database(request) as connection:
        return await verify_key(connection, presented)


def door(scope: Scope) -> Any:
    """A dependency that lets through only whoever has a key of this scope. Raises Unauthorized or Forbidden."""

    async def check_scope(request: Request) -> None:
        need(request, scope)

    return Depends(check_scope)


def need(request: Request, scope: Scope) -> None:
    """Go on only with a key of this scope. Raises Unauthorized without a key, Forbidden with another one."""
    key: Key | None = request.state.key
    if key is None:
        raise Unauthorized(f"this needs an API key of the scope {scope!r}, as X-API-Key or as a bearer token")
    if scope not in key.scopes:
        raise Forbidden(f"this needs the scope {scope!r}; the key has {', '.join(key.scopes) or 'none'}")


def texts_are_open(request: Request) -> bool:
    """Whether whoever asks may read articles whole."""
    key: Key | None = request.state.key
    return request.app.state.settings.text_access == "open" or (key is not None and "read_text" in key.scopes)


def _bearer(authorization: str | None) -> str | None:
    kind, _, key = (authorization or "").partition(" ")
    return key.strip() if kind.lower() == "bearer" else None


def _refuse_repeated(request: Request, given: Counter[str]) -> None:
    for name, field in query_parameters(request):
        if given[name] > 1 and not _takes_many(field):
            raise InvalidValue(f"{name} was given {given[name]} times; it has one value")


def _takes_many(field: Any) -> bool:
    return get_origin(field.annotation) is list

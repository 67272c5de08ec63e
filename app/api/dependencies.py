"""What routes ask for: a connection for reading, and the checks that all of them share."""

from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Annotated, Any, get_origin

from fastapi import Depends, Request

from app.api.answers import JSON
from app.api.problems import query_parameters
from app.corpus.keys import verify_key
from app.corpus.questions import Connection
from app.errors import InvalidValue, NotAcceptable, Unauthorized

# A request that waits longer for its turn at the database is told so.
WAIT_SECONDS = 5


@asynccontextmanager
async def database(request: Request) -> AsyncIterator[Connection]:
    """A connection from the pool for as long as it is needed. Waiting for anything else, hold none: the search
    engine may need one of the same pool.
    """
    async with request.app.state.pool.acquire(timeout=WAIT_SECONDS) as connection:
        yield connection


async def reading(request: Request) -> AsyncIterator[Connection]:
    """A connection for a whole route, given back before the answer is sent."""
    async with database(request) as connection:
        yield connection


Reading = Annotated[Connection, Depends(reading, scope="function")]


async def check_request(request: Request) -> None:
    """Refuse what must not be passed over in silence: a key that is none, a parameter given twice that has one value,
    a media type that there is not.
    """
    if not accepts_json(request.headers.get("accept", "")):
        raise NotAcceptable(f"answers are {JSON}; the header Accept leaves it out")
    given = Counter(name for name, _ in request.query_params.multi_items())
    if any(times > 1 for times in given.values()):
        _refuse_repeated(request, given)
    presented = request.headers.get("x-api-key") or _bearer(request.headers.get("authorization"))
    if presented:
        async with database(request) as connection:
            if await verify_key(connection, presented) is None:
                raise Unauthorized("this API key is unknown, revoked or expired")


def accepts_json(accept: str) -> bool:
    """Whether the media ranges of an `Accept` header let JSON through; the more specific range decides."""
    ranges = [one.replace(" ", "").lower().split(";") for one in accept.split(",") if one.strip()]
    weights = {kind: _weight(parameters) for kind, *parameters in ranges}
    for kind in (JSON, "application/*", "*/*"):
        if kind in weights:
            return weights[kind] > 0
    return not weights


def _weight(parameters: list[str]) -> float:
    given = next((one.removeprefix("q=") for one in parameters if one.startswith("q=")), "1")
    try:
        return float(given)
    except ValueError:
        return 1.0


def _bearer(authorization: str | None) -> str | None:
    kind, _, key = (authorization or "").partition(" ")
    return key.strip() if kind.lower() == "bearer" else None


def _refuse_repeated(request: Request, given: Counter[str]) -> None:
    for name, field in query_parameters(request):
        if given[name] > 1 and not _takes_many(field):
            raise InvalidValue(f"{name} was given {given[name]} times; it has one value")


def _takes_many(field: Any) -> bool:
    return get_origin(field.annotation) is list

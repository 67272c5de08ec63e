"""Lists in pages: what a client asks for, the cursor that says where it is, the answer with its total."""

import base64
import binascii
from collections.abc import Awaitable, Callable, Sequence
from hashlib import blake2b
from typing import Any, Generic, NamedTuple, TypeVar
from urllib.parse import urlencode

import asyncpg
import msgspec
from fastapi import Request
from pydantic import Field
from starlette.responses import Response

from app.api.answers import answer
from app.corpus.filters import Filter
from app.corpus.questions import COUNTED_UP_TO
from app.errors import InvalidRequest

LIMIT = 100
DEFAULT_LIMIT = 20
LONGEST_CURSOR = 1000
CURSOR_VERSION = "1"
_DIGEST_BYTES = 9

P = TypeVar("P", bound=NamedTuple)


class Paging(Filter):
    """Which page of a list."""

    limit: int = Field(DEFAULT_LIMIT, ge=1, le=LIMIT, description="rows in one answer")
    cursor: str | None = Field(
        None,
        min_length=1,
        max_length=LONGEST_CURSOR,
        description="`next_cursor` of the answer before, with the same filters and order",
    )


class Listing(Generic[P]):
    """One page of a list in keyset order.

    `place` is a NamedTuple of the columns that the list is ordered by; `after` is the place where the page begins,
    None for the first one. The total is counted for the first page and travels on in the cursor.
    """

    def __init__(self, request: Request, question: Paging, place: type[P]) -> None:
        self._request, self._place = request, place
        self.limit = question.limit
        self._scope = _scope(request, question)
        self.after: P | None = None
        self._total: int | None = None
        if question.cursor is not None:
            self._total, self.after = _opened(question.cursor, self._scope, place)

    @property
    def asked(self) -> int:
        """One row more than the page has: whether there is a next page."""
        return self.limit + 1

    async def answer(self, rows: Sequence[asyncpg.Record], count: Callable[[], Awaitable[int]]) -> Response:
        """The page as bytes, from rows with the JSON in `json`; `count` is asked only when the rows do not tell."""
        more, rows = len(rows) > self.limit, rows[: self.limit]
        total = self._total
        if total is None:
            total = await count() if more else len(rows)
        cursor = None
        if more:
            last = self._place(*(rows[-1][column] for column in self._place._fields))
            cursor = _sealed((total, last), self._scope)
        body = b"".join(
            (
                b'{"items":[',
                ",".join([row["json"] for row in rows]).encode(),
                b'],"next_cursor":',
                msgspec.json.encode(cursor),
                b',"total":',
                msgspec.json.encode(total_of(total)),
                b"}",
            )
        )
        return answer(self._request, body, headers=link_to_next(self._request, cursor))


def total_of(found: int) -> dict[str, Any]:
    """A count as answers give it: exact, or at least so many."""
    exact = found <= COUNTED_UP_TO
    return {"value": found if exact else COUNTED_UP_TO, "relation": "eq" if exact else "gte"}


def link_to_next(request: Request, cursor: str | None) -> dict[str, str]:
    """The header that leads to the next page (RFC 8288)."""
    if cursor is None:
        return {}
    others = [(name, value) for name, value in request.query_params.multi_items() if name != "cursor"]
    return {"Link": f'<{request.url.path}?{urlencode([*others, ("cursor", cursor)])}>; rel="next"'}


def _scope(request: Request, question: Filter) -> bytes:
    """What a cursor is bound to: the path and every filter, however they were spelt in the address."""
    filters = question.model_dump_json(exclude={"limit", "cursor"})
    return f"{CURSOR_VERSION} {request.url.path} {filters}".encode()


def _digest(content: bytes, scope: bytes) -> bytes:
    return blake2b(content + scope, digest_size=_DIGEST_BYTES, person=b"qawl cursor").digest()


def _sealed(content: tuple[int, NamedTuple], scope: bytes) -> str:
    written = msgspec.json.encode(content)
    return base64.urlsafe_b64encode(_digest(written, scope) + written).rstrip(b"=").decode()


def _opened(cursor: str, scope: bytes, place: type[P]) -> tuple[int, P]:
    """What `_sealed` put in. Raises InvalidRequest for a cursor that is not one of this very list."""
    try:
        raw = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True)
        digest, written = raw[:_DIGEST_BYTES], raw[_DIGEST_BYTES:]
        if digest != _digest(written, scope):
            raise ValueError
        return msgspec.json.decode(written, type=tuple[int, place])  # type: ignore[valid-type]
    except (ValueError, binascii.Error, msgspec.MsgspecError) as error:
        raise InvalidRequest(
            "this cursor is none of this list: use `next_cursor` as it came, with the same filters and order"
        ) from error

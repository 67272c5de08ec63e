"""Lists in pages: what a client asks for, the cursor that says where it is, the answer with its total."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Any, Generic, NamedTuple, TypeVar
from urllib.parse import urlencode

import asyncpg
import msgspec
from fastapi import Request
from pydantic import Field
from starlette.responses import Response

from app.api.answers import answer
from app.corpus.cursors import opened, scope_of, sealed
from app.corpus.filters import Filter
from app.corpus.questions import COUNTED_UP_TO

LIMIT = 100
DEFAULT_LIMIT = 20
LONGEST_CURSOR = 1000

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
        self._scope = scope_of(request.url.path, question, {"limit", "cursor"})
        self.after: P | None = None
        self._total: int | None = None
        if question.cursor is not None:
            self._total, self.after = opened(question.cursor, self._scope, tuple[int, place])  # type: ignore[valid-type]

    @property
    def asked(self) -> int:
        """One row more than the page has: whether there is a next page."""
        return self.limit + 1

    async def answer(
        self, rows: Sequence[asyncpg.Record] | Sequence[dict[str, Any]], count: Callable[[], Awaitable[int]]
    ) -> Response:
        """The page as bytes, from rows with the JSON in `json`; `count` is asked only when the rows do not tell."""
        more, rows = len(rows) > self.limit, rows[: self.limit]
        total = self._total
        if total is None:
            total = await count() if more else len(rows)
        cursor = None
        if more:
            last = self._place(*(rows[-1][column] for column in self._place._fields))
            cursor = sealed((total, last), self._scope)
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

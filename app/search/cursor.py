"""Where a list goes on: an opaque text that holds a place and fits only the search that it was given for."""

import base64
import hashlib
from datetime import datetime

import msgspec

from app.errors import InvalidRequest
from app.search.engine import Place
from app.search.parameters import SearchParameters

VERSION = 1
# What may change from one answer to the next without losing the place.
_PASSING = {"cursor", "limit", "facets", "snippet_length", "snippet_count"}


class _Cursor(msgspec.Struct, array_like=True):
    version: int
    search: str
    engine: str
    offset: int | None
    published_at: datetime | None
    id: str | None


def write_cursor(parameters: SearchParameters, engine: str, place: Place) -> str:
    """The cursor of `place` in the answer of `engine` to this search."""
    held = _Cursor(VERSION, _mark_of(parameters), engine, place.offset, place.published_at, place.id)
    return base64.urlsafe_b64encode(msgspec.json.encode(held)).rstrip(b"=").decode()


def read_cursor(cursor: str, parameters: SearchParameters) -> tuple[str, Place]:
    """The engine that answered and the place. Raises InvalidRequest when it is none of ours or of another search."""
    try:
        held = msgspec.json.decode(base64.b64decode(cursor + "=" * (-len(cursor) % 4), b"-_", True), type=_Cursor)
    except (ValueError, msgspec.MsgspecError):
        raise InvalidRequest("the cursor cannot be read: expected `next_cursor` of an answer, unchanged") from None
    if held.version != VERSION or held.search != _mark_of(parameters):
        raise InvalidRequest("the cursor belongs to another search: q, match, filters and sort must stay the same")
    by_relevance = parameters.order == "relevance"
    if by_relevance != (held.offset is not None) or by_relevance == (held.id is not None) or (held.offset or 0) < 0:
        raise InvalidRequest("the cursor cannot be read: expected `next_cursor` of an answer, unchanged")
    if held.published_at and held.published_at.tzinfo is None:
        raise InvalidRequest("the cursor cannot be read: expected `next_cursor` of an answer, unchanged")
    return held.engine, Place(held.offset, held.published_at, held.id)


def _mark_of(parameters: SearchParameters) -> str:
    """Short text that differs where the search does; keyed by what is searched."""
    asked = f"{type(parameters).__name__}{parameters.model_dump_json(exclude=_PASSING)}"
    return hashlib.blake2b(asked.encode(), digest_size=9, person=b"qawl-cursor").hexdigest()

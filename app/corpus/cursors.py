"""Where a list goes on: an opaque text that holds a place, and fits only the question that it was given for.

It is bound by a digest to all that the question asks, so that one of another list, or one that was changed, is told
from a good one. It is no secret: it holds nothing that the client has not seen.
"""

import base64
import binascii
from hashlib import blake2b
from typing import TypeVar

import msgspec

from app.corpus.filters import Filter
from app.errors import InvalidRequest

VERSION = "2"
_DIGEST_BYTES = 9

T = TypeVar("T")


def scope_of(of: str, question: Filter, passing: set[str]) -> bytes:
    """What a cursor is bound to: what is listed and every parameter, however these were spelt in the address.

    `passing` are the parameters that may change from one page to the next without losing the place.
    """
    return f"{VERSION} {of} {question.model_dump_json(exclude=passing)}".encode()


def sealed(content: object, scope: bytes) -> str:
    """The cursor that holds `content` and fits `scope`."""
    written = msgspec.json.encode(content)
    return base64.urlsafe_b64encode(_digest(written, scope) + written).rstrip(b"=").decode()


def opened(cursor: str, scope: bytes, of: type[T]) -> T:
    """What `sealed` put in. Raises InvalidRequest for a cursor that is not one of this very question."""
    try:
        raw = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True)
        digest, written = raw[:_DIGEST_BYTES], raw[_DIGEST_BYTES:]
        if digest != _digest(written, scope):
            raise ValueError
        return msgspec.json.decode(written, type=of)
    except (ValueError, binascii.Error, msgspec.MsgspecError) as error:
        raise InvalidRequest(
            "this cursor is none of this list: use `next_cursor` as it came, with the same filters and order"
        ) from error


def _digest(content: bytes, scope: bytes) -> bytes:
    return blake2b(content + scope, digest_size=_DIGEST_BYTES, person=b"qawl cursor").digest()

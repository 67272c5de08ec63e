"""A page as it came: its bytes and what is known of it before anybody reads it."""

from datetime import datetime

import msgspec
from msgspec.structs import force_setattr

from app.corpus.fields import RejectReason, storable


def _is_plain(text: str) -> bool:
    return text.isascii() and "\x00" not in text


class Refused(msgspec.Struct, frozen=True, tag=True):
    """Why a page cannot become an article."""

    reason: RejectReason
    detail: str

    def __post_init__(self) -> None:
        """What is told may quote what came."""
        force_setattr(self, "detail", storable(self.detail))


class RawPage(msgspec.Struct, frozen=True):
    """One page as it came: its bytes and what is known of it from outside.

    `name` says where it came from, so that a person finds it again: a file, or a file and the record in it. The
    `media_type` says how `raw` is to be read, for a record of a feed with the names of its fields (`feeds`); with
    `declared_charset`, `url` and `fetched_at` it is all that reading needs, also years later. `refused` is set where
    not even the bytes could be had.
    """

    name: str
    raw: bytes
    media_type: str | None = None
    declared_charset: str | None = None
    url: str | None = None
    fetched_at: datetime | None = None
    refused: Refused | None = None

    def __post_init__(self) -> None:
        """Names of files and headers of web archives are any bytes; what cannot be stored would end the whole run."""
        for field in ("name", "media_type", "declared_charset", "url"):
            value = getattr(self, field)
            if value and not _is_plain(value):
                force_setattr(self, field, storable(value))


def refused_page(name: str, detail: str, *, too_large: bool = False) -> RawPage:
    """A page of which not even the bytes could be had."""
    return RawPage(name, b"", refused=Refused("too_large" if too_large else "unreadable", detail))

"""Given: what is known of an article from outside its page, by the address asked for or the fields of a feed."""

import re
from datetime import datetime

import msgspec

_SLUG = re.compile(r"[a-z0-9][a-z0-9._-]{0,99}")


class Given(msgspec.Struct, frozen=True):
    """Fields known from outside. `title`, `author`, `published_at` and `source` win over what the page says.

    `url` is the page's address where it names none itself. `fetched_at` has a time zone. `published_at` is the date
    as it was given, to be read like any other.
    """

    url: str | None = None
    fetched_at: datetime | None = None
    title: str | None = None
    author: str | None = None
    published_at: str | None = None
    source: str | None = None

    @property
    def source_id(self) -> str | None:
        """The source as an outlet's id; None where it is a name in other letters than an id has."""
        slug = re.sub(r"\s+", "-", (self.source or "").strip().lower())
        return slug if _SLUG.fullmatch(slug) else None

"""Deliveries: the files in what clients send over HTTP, while it comes, and the pages in these files."""

import re
from collections.abc import Iterator
from pathlib import Path

import msgspec

from app.intake.forms import Form
from app.intake.inputs import How, pages_in
from app.intake.media_types import FORM, Kind, SentFile, header, kind_of
from app.intake.raw_page import RawPage

FEEDS = ("json", "jsonl", "csv")
# One delivery may have so many bytes. Larger corpora come in several, or by `qawl ingest`.
MAX_DELIVERY_BYTES = 100_000_000


class Body:
    """A delivery that is one file without a name."""

    def __init__(self, kind: Kind) -> None:
        self.fields: dict[str, list[str]] = {}
        self._begins = [SentFile(None, kind)]

    def read(self, chunk: bytes) -> Iterator[SentFile | bytes]:
        """The file as it begins, then its bytes."""
        if self._begins:
            yield self._begins.pop()
        if chunk:
            yield chunk

    def close(self) -> None:
        """Say that no more comes."""


def delivery(content_type: str, content_encoding: str = "") -> Body | Form:
    """What reads a delivery with these headers. Raises UnsupportedMediaType, InvalidRequest."""
    if header(content_type).get_content_type() == FORM:
        return Form(content_type, content_encoding)
    return Body(kind_of(content_type, content_encoding))


def delivered_pages(file: Path, sent: SentFile, fields: dict[str, str]) -> Iterator[RawPage]:
    """The pages in a sent file that was put into `file`, which has the suffix of its kind.

    They are named by what the client called the file and where they stand in it.
    """
    # Archives say it page by page, and feeds in UTF-16 have become UTF-8 by their mark.
    declared = sent.kind.charset if sent.kind.format in ("page", *FEEDS) else None
    if sent.kind.format in FEEDS and re.match("utf[-_]?16", declared or ""):
        declared = None
    for page in pages_in([file], How(sent.kind.format, fields)):
        place = page.name.removeprefix(str(file)).lstrip(":/")
        name = ":".join(part for part in (sent.name, place) if part) or "page"
        yield msgspec.structs.replace(page, name=name, declared_charset=page.declared_charset or declared)

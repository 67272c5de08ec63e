"""What clients send over HTTP: which media types are taken, and the pages in what was sent."""

from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message
from pathlib import Path

import msgspec

from app.errors import UnsupportedMediaType
from app.intake.formats import Format
from app.intake.inputs import How, pages_in
from app.intake.raw_page import RawPage

# One delivery may have so many bytes. Larger corpora come in several, or by `qawl ingest`.
MAX_DELIVERY_BYTES = 100_000_000

_KINDS: dict[str, tuple[Format | None, str]] = {
    "application/x-ndjson": ("jsonl", ".jsonl"),
    "application/jsonl": ("jsonl", ".jsonl"),
    "application/json": ("json", ".json"),
    "text/csv": ("csv", ".csv"),
    "text/tab-separated-values": ("csv", ".tsv"),
    "text/html": ("page", ".html"),
    "application/xhtml+xml": ("page", ".html"),
    "text/plain": ("page", ".txt"),
    "application/warc": ("warc", ".warc"),
    "application/zip": (None, ".zip"),
    "application/x-tar": (None, ".tar"),
}
MEDIA_TYPES = tuple(_KINDS)
_PACKED = {"gzip": ".gz", "zstd": ".zst"}


@dataclass(frozen=True)
class Kind:
    """What was sent: how its pages are read, the suffix that says so, the charset declared for them."""

    format: Format | None
    suffix: str
    charset: str | None


def kind_of(content_type: str, content_encoding: str = "") -> Kind:
    """Understand the headers of a delivery. Raises UnsupportedMediaType."""
    header = Message()
    header["content-type"] = content_type
    known = _KINDS.get(header.get_content_type()) if content_type else None
    if known is None:
        raise UnsupportedMediaType(f"expected Content-Type {', '.join(MEDIA_TYPES)}; got {content_type or 'none'}")
    encoding = content_encoding.strip().lower()
    if encoding not in ("", "identity", *_PACKED):
        raise UnsupportedMediaType(f"expected Content-Encoding {', '.join(_PACKED)} or none, got {content_encoding}")
    charset = header.get_content_charset()
    return Kind(known[0], known[1] + _PACKED.get(encoding, ""), charset)


def delivered_pages(file: Path, kind: Kind, fields: dict[str, str]) -> Iterator[RawPage]:
    """The pages in a delivery that was put into a file with the suffix of its kind."""
    for page in pages_in([file], How(kind.format, fields)):
        name = page.name.removeprefix(str(file)).lstrip(":/") or "page"
        charset = page.declared_charset or (kind.charset if kind.format == "page" else None)
        yield msgspec.structs.replace(page, name=name, declared_charset=charset)

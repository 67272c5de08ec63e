"""Media types: what may be sent over HTTP, and how its headers and a file's name say so."""

from dataclasses import dataclass
from email.message import Message
from pathlib import PurePosixPath

from app.errors import UnsupportedMediaType
from app.intake.formats import Format, format_of

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
FORM = "multipart/form-data"
# Of one file; a form holds several.
MEDIA_TYPES = tuple(_KINDS)
_PACKED = {"gzip": ".gz", "zstd": ".zst"}
_PACKED_SUFFIXES = (".gz", ".zst", ".zstd")
_ARCHIVES = (".zip", ".tar")


@dataclass(frozen=True)
class Kind:
    """What was sent: how its pages are read, the suffix that says so, the charset declared for them."""

    format: Format | None
    suffix: str
    charset: str | None


@dataclass(frozen=True)
class SentFile:
    """A file that a client sent, with the name that the client gives it; what is no form has none."""

    name: str | None
    kind: Kind


def header(content_type: str) -> Message:
    """A Content-Type, to be asked for its parts."""
    parsed = Message()
    parsed["content-type"] = content_type
    return parsed


def kind_of(content_type: str, content_encoding: str = "") -> Kind:
    """Understand the headers of a body. Raises UnsupportedMediaType."""
    declared = header(content_type)
    known = _KINDS.get(declared.get_content_type()) if content_type else None
    if known is None:
        expected = ", ".join((*MEDIA_TYPES, FORM))
        raise UnsupportedMediaType(f"expected Content-Type {expected}; got {content_type or 'none'}")
    return Kind(known[0], known[1] + _packing(content_encoding), declared.get_content_charset())


def kind_of_file(name: str, content_type: str, content_encoding: str = "") -> Kind:
    """Understand the headers of a file in a form. Raises UnsupportedMediaType.

    What its type leaves open its name says: programs send application/octet-stream or text/plain for types that they
    do not know, and the type of what is packed for a file that ends in .gz.
    """
    declared = header(content_type)
    inner, packing = _unpacked(name)
    by_name = (format_of(inner), inner) if format_of(inner) or inner in _ARCHIVES else None
    known = _KINDS.get(declared.get_content_type()) if content_type else None
    if known is None or (by_name and declared.get_content_type() == "text/plain"):
        known = by_name
    if known is None:
        raise UnsupportedMediaType(
            f"file {name!r}: expected a name that ends in .jsonl, .json, .csv, .tsv, .html, .txt, .warc, .zip or .tar, "
            f"alone or with .gz or .zst, or a Content-Type {', '.join(MEDIA_TYPES)}; got {content_type or 'none'}"
        )
    return Kind(known[0], known[1] + (_packing(content_encoding) or packing), declared.get_content_charset())


def _packing(content_encoding: str) -> str:
    encoding = content_encoding.strip().lower()
    if encoding not in ("", "identity", *_PACKED):
        raise UnsupportedMediaType(f"expected Content-Encoding {', '.join(_PACKED)} or none, got {content_encoding}")
    return _PACKED.get(encoding, "")


def _unpacked(name: str) -> tuple[str, str]:
    """The suffixes of a file's name: of what is in it, and of how that is packed."""
    path = PurePosixPath(name.lower())
    if path.suffix == ".tgz":
        return ".tar", ".gz"
    if path.suffix in _PACKED_SUFFIXES:
        return PurePosixPath(path.stem).suffix, path.suffix
    return path.suffix, ""

"""Where pages come from: files and folders of files. Every kind of input becomes a stream of `RawPage`."""

import os
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from pathlib import Path

import msgspec

from app.corpus.fields import RejectReason
from app.errors import NotFound
from app.extract.pages import MAX_PAGE_BYTES

HTML_SUFFIXES = frozenset({".html", ".htm", ".xhtml"})
NOT_PAGES = frozenset({"readme.md"})


class Refused(msgspec.Struct, frozen=True, tag=True):
    """Why a page cannot become an article."""

    reason: RejectReason
    detail: str


class RawPage(msgspec.Struct, frozen=True):
    """One page as it came: its bytes and what is known of it from outside.

    `name` says where it came from, for people. `refused` is set where not even the bytes could be had.
    """

    name: str
    raw: bytes
    media_type: str | None = None
    declared_charset: str | None = None
    url: str | None = None
    fetched_at: datetime | None = None
    refused: Refused | None = None


def files_in(paths: Sequence[Path]) -> list[Path]:
    """The files at and below `paths`, each folder's in order of name; hidden files and README.md are no pages.

    Raises NotFound when one of `paths` does not exist.
    """
    found: dict[Path, None] = {}
    for path in paths:
        if not path.exists():
            raise NotFound(f"there is no file or folder {path}")
        found.update(dict.fromkeys(_below(path) if path.is_dir() else [path]))
    return list(found)


def _below(folder: Path) -> Iterator[Path]:
    for parent, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            if not name.startswith(".") and name.lower() not in NOT_PAGES:
                yield Path(parent, name)


def pages_in(files: Iterable[Path]) -> Iterator[RawPage]:
    """One page a file. A file that cannot be read, or is too large to be a page, comes as refused."""
    for file in files:
        yield _page(file)


def _page(file: Path) -> RawPage:
    # A file's name may hold bytes that are no UTF-8, which Postgres would not take.
    name = str(file).encode("utf-8", "replace").decode()
    media_type = "text/html" if file.suffix.lower() in HTML_SUFFIXES else "text/plain"
    try:
        if file.exists() and not file.is_file():
            return RawPage(name, b"", refused=Refused("unreadable", "expected a file, got a pipe, socket or device"))
        if (size := file.stat().st_size) > MAX_PAGE_BYTES:
            detail = f"expected at most {MAX_PAGE_BYTES} bytes, got {size}"
            return RawPage(name, b"", refused=Refused("too_large", detail))
        return RawPage(name, file.read_bytes(), media_type=media_type)
    except OSError as failure:
        return RawPage(name, b"", refused=Refused("unreadable", f"the file cannot be read: {failure.strerror}"))

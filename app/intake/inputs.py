"""Where pages come from: files, folders of files, archives, standard input, all as one stream of `RawPage`."""

import io
import os
import select
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from app.corpus.fields import storable
from app.errors import InvalidValue, NotFound
from app.intake.containers import BROKEN, Counted, TooMuchGrowth, is_page_name, members
from app.intake.feeds import checked_fields
from app.intake.formats import FORMATS, Format, pages_of
from app.intake.raw_page import RawPage, Refused, refused_page

STANDARD_INPUT = Path("-")
LOOK_SECONDS = 0.3
_GZIP, _ZSTD = b"\x1f\x8b", b"\x28\xb5\x2f\xfd"


@dataclass(frozen=True)
class How:
    """How inputs are to be read where they do not say it themselves.

    `format` is needed for standard input and wins over a file's suffix. `fields` are names that a feed has for the
    fields of an article. `on_bytes` is told how many bytes were read from files, again and again; `is_over` is asked,
    while standard input is silent, whether somebody still waits for it.
    """

    format: Format | None = None
    fields: Mapping[str, str] = field(default_factory=dict)
    on_bytes: Callable[[int], object] | None = None
    is_over: Callable[[], bool] = lambda: False

    def __post_init__(self) -> None:
        checked_fields(self.fields)


AS_THEY_SAY = How()


def files_in(paths: Sequence[Path], how: How = AS_THEY_SAY) -> list[Path]:
    """The files at and below `paths`, each folder's in order of name; hidden files and README.md are no pages.

    Raises NotFound when one of `paths` does not exist, InvalidValue for standard input (`-`) of unknown format.
    """
    found: dict[Path, None] = {}
    for path in paths:
        if path == STANDARD_INPUT:
            if how.format is None:
                raise InvalidValue(f"standard input needs a format: --format with one of {', '.join(FORMATS)}")
        elif not path.exists():
            raise NotFound(f"there is no file or folder {path}")
        found.update(dict.fromkeys(_below(path) if path.is_dir() else [path]))
    return list(found)


def _below(folder: Path) -> Iterator[Path]:
    """The files, and each folder that cannot be looked into. Links to folders are followed, into each folder once."""
    unreadable: list[Path] = []
    seen: set[str] = set()
    for parent, folders, files in os.walk(
        folder, followlinks=True, onerror=lambda failure: unreadable.append(Path(failure.filename))
    ):
        if os.path.realpath(parent) in seen:
            folders.clear()
            continue
        seen.add(os.path.realpath(parent))
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            if is_page_name(name):
                yield Path(parent, name)
    yield from unreadable


def size_of(files: Iterable[Path]) -> int | None:
    """How many bytes there are to read; None where standard input is among the files."""
    total = 0
    for file in files:
        if file == STANDARD_INPUT:
            return None
        with suppress(OSError):  # which the file, when its turn comes, says itself
            total += file.stat().st_size if file.is_file() else 0
    return total


def pages_in(files: Iterable[Path], how: How = AS_THEY_SAY) -> Iterator[RawPage]:
    """The pages in files, one after the other, in memory for one page at a time.

    A file that cannot be read, or not to its end, gives what it can and then one refused page that says why.
    """
    for file in files:
        name = storable("standard input" if file == STANDARD_INPUT else str(file))
        last = None
        try:
            for page in _in_file(name, file, how):
                last = page.name
                yield page
            if last is None:
                yield _hollow(name)
        except BROKEN as failure:
            yield _broken(name, failure, last)


def _in_file(name: str, file: Path, how: How) -> Iterator[RawPage]:
    if file == STANDARD_INPUT:
        yield from _pages(name, _unsuffixed(_Patient(sys.stdin.fileno(), how.is_over)), how)
    elif file.is_dir():
        next(file.iterdir(), None)  # which fails, else the files in it were here
    elif file.exists() and not file.is_file():
        yield refused_page(name, "expected a file, got a pipe, socket or device")
    else:
        with file.open("rb") as stream:
            yield from _pages(name, (file.name, stream), how)


class _Patient(io.RawIOBase):
    """A pipe or terminal that may say nothing for long: it ends when nobody waits for it any more.

    A thread that reads from it otherwise cannot be stopped, nor can the command.
    """

    def __init__(self, file: int, is_over: Callable[[], bool]) -> None:
        self._file = file
        self._is_over = is_over

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "memoryview | bytearray") -> int:  # type: ignore[override]
        while not select.select([self._file], [], [], LOOK_SECONDS)[0]:
            if self._is_over():
                return 0
        chunk = os.read(self._file, len(buffer))
        buffer[: len(chunk)] = chunk
        return len(chunk)


def _unsuffixed(stream: io.RawIOBase) -> tuple[str, BinaryIO]:
    """Standard input has no name that would tell of compression; its first bytes do."""
    buffered = io.BufferedReader(stream)
    head = buffered.peek(4)
    return "-.gz" if head.startswith(_GZIP) else "-.zst" if head.startswith(_ZSTD) else "-", buffered


def _pages(name: str, what: tuple[str, BinaryIO], how: How) -> Iterator[RawPage]:
    path, stream = what
    counted = io.BufferedReader(Counted(stream, how.on_bytes)) if how.on_bytes else stream
    hollow = None
    for member in members(name, path, counted):
        if hollow not in (None, member.name):
            yield _hollow(hollow)
        # Told only when the next one comes: what is broken gives no page either, and says so itself.
        hollow = member.name
        try:
            for page in pages_of(member, how.format, how.fields):
                hollow = None
                yield page
        except BROKEN as failure:
            hollow = None
            yield _broken(member.name, failure)
    if hollow is not None:
        yield _hollow(hollow)


def _hollow(name: str) -> RawPage:
    return RawPage(name, b"", refused=Refused("empty", "expected pages, got a file that holds none"))


def _broken(name: str, failure: Exception, last: str | None = None) -> RawPage:
    """The one page that stands for what cannot be read of a file, after the page `last`."""
    what = failure.strerror if isinstance(failure, OSError) and failure.strerror else str(failure)
    after = f" after {last.removeprefix(name).lstrip(':')}" if last else ""
    detail = f"the file cannot be read{after}: {what or type(failure).__name__}"
    return refused_page(name, detail, too_large=isinstance(failure, TooMuchGrowth))

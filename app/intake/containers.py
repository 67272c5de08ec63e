"""Compressed files and archives: what is in them, as streams of bounded growth that are never held in memory."""

import gzip
import io
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import PurePosixPath
from typing import BinaryIO, Protocol, cast

import zstandard
from warcio.exceptions import ArchiveLoadFailed  # type: ignore[import-untyped]

# Text compresses 4 to 20 times, the same page over and over 250 times; a bomb a thousand times and more.
MOST_GROWTH = 250
# So much may come out of however few bytes before growth is looked at.
FREE_BYTES = 100_000_000
BUFFER = 1 << 20
# Windows of `zstd --long=31` take 2 GB; up to this one reads with the memory of a page or two.
MOST_WINDOW = 1 << 27
NOT_PAGES = frozenset({"readme.md"})
_UTF_8_NAME = 0x800


class TooMuchGrowth(OSError):
    """A compressed file grows as no text does."""


# What the libraries raise at bytes that are not what they should be.
BROKEN = (
    OSError, EOFError, ValueError, RuntimeError, NotImplementedError, zlib.error, zstandard.ZstdError,
    zipfile.BadZipFile, tarfile.TarError, ArchiveLoadFailed,
)  # fmt: skip


@dataclass(frozen=True)
class Member:
    """A file that may hold pages: its `name` for people, its `path` without the suffixes of compression, its bytes."""

    name: str
    path: str
    stream: io.BufferedReader

    @property
    def suffix(self) -> str:
        """The last suffix of its path, in small letters."""
        return PurePosixPath(self.path).suffix.lower()


class Counted(io.RawIOBase):
    """A stream that counts what was read from it, and tells `on_bytes` each time."""

    def __init__(self, stream: BinaryIO, on_bytes: Callable[[int], object] | None = None) -> None:
        self._stream = stream
        self._on_bytes = on_bytes
        self.count = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return self._stream.seekable()

    def seek(self, offset: int, whence: int = 0) -> int:
        return self._stream.seek(offset, whence)

    def tell(self) -> int:
        return self._stream.tell()

    def readinto(self, buffer: "memoryview | bytearray") -> int:  # type: ignore[override]
        chunk = self._stream.read(len(buffer))
        buffer[: len(chunk)] = chunk
        self.count += len(chunk)
        if self._on_bytes:
            self._on_bytes(len(chunk))
        return len(chunk)


class _Unpacked(Protocol):
    def read1(self, size: int, /) -> bytes: ...


class _Bounded(io.RawIOBase):
    """What comes out of a compressed stream, up to where it breaks or is too much for what went in.

    There it ends, so that all before is read, and `failure` says why.
    """

    def __init__(self, stream: "_Unpacked", went_in: Callable[[], int]) -> None:
        self._stream = stream
        self._went_in = went_in
        self._count = 0
        self.failure: Exception | None = None

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "memoryview | bytearray") -> int:  # type: ignore[override]
        try:
            chunk = b"" if self.failure else self._stream.read1(len(buffer))
        except BROKEN as failure:
            self.failure, chunk = failure, b""
        self._count += len(chunk)
        if self._count > FREE_BYTES and self._count > MOST_GROWTH * self._went_in():
            self.failure = TooMuchGrowth(f"it grows more than {MOST_GROWTH}-fold, as no text does")
            return 0
        buffer[: len(chunk)] = chunk
        return len(chunk)


def members(name: str, path: str, stream: BinaryIO, *, inside: bool = False) -> Iterator[Member]:
    """The files in a file, unpacked: itself where it is no archive. Raises one of BROKEN after what could be unpacked.

    `path` tells by its suffixes what the bytes are. Members come one after the other: the stream of one is used up
    before the next is asked for.
    """
    lower = path.lower()
    if lower.endswith((".gz", ".tgz")):
        counted = Counted(stream)
        unpacked: _Unpacked = gzip.GzipFile(fileobj=io.BufferedReader(counted, BUFFER))
    elif lower.endswith((".zst", ".zstd")):
        counted = Counted(stream)
        reader = zstandard.ZstdDecompressor(max_window_size=MOST_WINDOW)
        unpacked = reader.stream_reader(io.BufferedReader(counted, BUFFER), read_across_frames=True)
    elif lower.endswith((".zip", ".tar")):
        if inside:
            raise tarfile.ReadError("an archive inside an archive is not opened")
        yield from _in_zip(name, stream) if lower.endswith(".zip") else _in_tar(name, stream)
        return
    else:
        yield Member(name, path, io.BufferedReader(Counted(stream), BUFFER))
        return
    inner = path[: -len(".tgz")] + ".tar" if lower.endswith(".tgz") else path[: path.rindex(".")]
    bounded = _Bounded(unpacked, lambda: counted.count)
    try:
        yield from members(name, inner, io.BufferedReader(bounded, BUFFER), inside=inside)
    except BROKEN as failure:
        raise bounded.failure or failure from None  # where the stream ends too early, why it does
    if bounded.failure:
        raise bounded.failure


def _in_tar(name: str, stream: BinaryIO) -> Iterator[Member]:
    with tarfile.open(fileobj=stream, mode="r|", bufsize=BUFFER) as archive:
        for info in archive:
            archive.members = []  # type: ignore[attr-defined]  # else it remembers every member it has seen
            if not info.isreg() or not is_page_name(info.name):
                continue
            content = archive.extractfile(info)
            if content:
                yield from members(f"{name}:{info.name}", info.name, content, inside=True)  # type: ignore[arg-type]


def _in_zip(name: str, stream: BinaryIO) -> Iterator[Member]:
    with zipfile.ZipFile(stream) as archive:
        for info in archive.infolist():
            if info.is_dir() or not is_page_name(info.filename):
                continue
            own = f"{name}:{_name_in_zip(info)}"
            try:
                with archive.open(info) as content:
                    bounded = _Bounded(cast(zipfile.ZipExtFile, content), partial(int, info.compress_size))
                    yield from members(own, info.filename, io.BufferedReader(bounded, BUFFER), inside=True)
                    if bounded.failure:
                        raise bounded.failure
            except BROKEN as failure:
                yield Member(own, info.filename, io.BufferedReader(_Broken(failure)))


def _name_in_zip(info: zipfile.ZipInfo) -> str:
    """A member's name; many programs write UTF-8 without the flag that says so, which is read as code page 437."""
    try:
        return info.filename if info.flag_bits & _UTF_8_NAME else info.filename.encode("cp437").decode("utf-8")
    except UnicodeError:
        return info.filename


class _Broken(io.RawIOBase):
    """In place of a member that cannot even be opened: reading it says why."""

    def __init__(self, failure: Exception) -> None:
        self._failure = failure

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        raise self._failure


def is_page_name(path: str) -> bool:
    """Whether a file by this name may hold pages: hidden files and README.md do not."""
    parts = PurePosixPath(path).parts
    hidden = any(part.startswith((".", "__MACOSX")) for part in parts if part != "..")
    return bool(parts) and not hidden and parts[-1].lower() not in NOT_PAGES

"""Formats: the pages in one file, be it a page itself, a feed of JSON or CSV, or a web archive."""

import codecs
import csv
import io
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from typing import BinaryIO, Literal, cast, get_args

import brotli  # type: ignore[import-untyped]
from warcio.archiveiterator import ArchiveIterator  # type: ignore[import-untyped]
from warcio.bufferedreaders import BufferedReader  # type: ignore[import-untyped]
from warcio.recordloader import ArcWarcRecord  # type: ignore[import-untyped]

from app.extract.pages import MAX_PAGE_BYTES, PageRejected, decode
from app.intake.containers import Member
from app.intake.feeds import CSV, JSON, LISTS, delimiter_of, media_type
from app.intake.json_values import json_values
from app.intake.raw_page import RawPage, refused_page

Format = Literal["page", "json", "jsonl", "csv", "warc"]
FORMATS: tuple[Format, ...] = get_args(Format)
_BY_SUFFIX: dict[str, Format] = {
    ".json": "json", ".jsonl": "jsonl", ".ndjson": "jsonl", ".csv": "csv", ".tsv": "csv",
    ".warc": "warc", ".wet": "warc",
}  # fmt: skip
_HTML_SUFFIXES = frozenset({".html", ".htm", ".xhtml", ".shtml", ".php", ".aspx"})
_PAGE_SUFFIXES = _HTML_SUFFIXES | {".txt"}
_HTML_TYPES = ("text/html", "application/xhtml+xml")
_SAMPLE = 1 << 18
_SAYS_NOTHING = re.compile(r"(?:\xef\xbb\xbf)?\s*(?:\"?sep=.?\"?\s*)?", re.IGNORECASE)
_NO_LINES = "expected the names of columns on a first line that ends in \\n or \\r\\n, got no end of a line"
_CUT = "expected a body that can be unpacked to its end, got one that breaks before"
_TOO_LONG = f"expected at most {MAX_PAGE_BYTES} bytes, got more"


def format_of(suffix: str) -> Format | None:
    """The format that files with this suffix have; None where it says nothing."""
    return "page" if suffix in _PAGE_SUFFIXES else _BY_SUFFIX.get(suffix)


def pages_of(member: Member, fmt: Format | None, fields: Mapping[str, str]) -> Iterator[RawPage]:
    """The pages in a file, by its suffix or as `fmt` says. Raises one of BROKEN where it cannot be read further."""
    fmt = fmt or format_of(member.suffix) or "page"
    if fmt == "page":
        yield _whole(member)
    elif fmt == "warc":
        yield from _archived(member)
    else:
        stream = _in_utf8(member.stream)
        charset = _charset(stream)
        records = {"json": _json, "jsonl": _json_lines, "csv": _csv_rows}[fmt]
        kind = media_type(CSV if fmt == "csv" else JSON, fields)
        for place, raw in records(stream):
            name = f"{member.name}:{place}"
            yield (
                RawPage(name, raw, kind, charset) if raw is not None else refused_page(name, _TOO_LONG, too_large=True)
            )


def _whole(member: Member) -> RawPage:
    raw = member.stream.read(MAX_PAGE_BYTES + 1)
    if len(raw) > MAX_PAGE_BYTES:
        return refused_page(member.name, _TOO_LONG, too_large=True)
    return RawPage(member.name, raw, "text/html" if member.suffix in _HTML_SUFFIXES else "text/plain")


def _charset(stream: io.BufferedReader) -> str | None:
    """The character set of a feed that is not UTF-8; a single record of it may be too short to tell."""
    sample = stream.peek(_SAMPLE)[:_SAMPLE]
    try:
        codecs.getincrementaldecoder("utf-8")().decode(sample)
    except UnicodeDecodeError:
        try:
            return decode(sample[: sample.rfind(b"\n")] or sample).charset
        except PageRejected:
            return None
    return None


def _in_utf8(stream: io.BufferedReader) -> io.BufferedReader:
    """A stream whose lines end in one byte: UTF-16, as spreadsheets write it, becomes UTF-8."""
    if stream.peek(2)[:2] not in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        return stream
    return io.BufferedReader(_Recoded(io.TextIOWrapper(stream, "utf-16", errors="replace", newline="")))


class _Recoded(io.RawIOBase):
    def __init__(self, text: io.TextIOWrapper) -> None:
        self._text = text

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "memoryview | bytearray") -> int:  # type: ignore[override]
        chunk = self._text.read(max(1, len(buffer) // 4)).encode("utf-8")
        buffer[: len(chunk)] = chunk
        return len(chunk)


def _json(stream: BinaryIO) -> Iterator[tuple[str, bytes | None]]:
    for number, raw in enumerate(json_values(stream, LISTS, MAX_PAGE_BYTES), 1):
        yield f"item {number}", raw


def _json_lines(stream: BinaryIO) -> Iterator[tuple[str, bytes | None]]:
    for number, raw in enumerate(_lines(stream), 1):
        if raw is None or raw.strip(b" \t\r\n\xef\xbb\xbf"):
            yield f"line {number}", raw and raw.rstrip(b"\r\n")


def _lines(stream: BinaryIO) -> Iterator[bytes | None]:
    """The lines, None for one that is too long."""
    while line := stream.readline(MAX_PAGE_BYTES + 1):
        too_long = len(line) > MAX_PAGE_BYTES
        while too_long and not line.endswith(b"\n"):
            if not (line := stream.readline(MAX_PAGE_BYTES)):
                break
        yield None if too_long else line


def _csv_rows(stream: BinaryIO) -> Iterator[tuple[str, bytes | None]]:
    """Each row below the line that names the columns, together with that line: so it can be read alone."""
    taken = _Taken(_lines(stream))
    header = _names_of_columns(taken)
    separator = delimiter_of(header.decode("latin-1"))
    above = taken.number
    while not taken.ended:
        before = taken.number
        try:
            for row in csv.reader(taken, delimiter=separator):
                raw = taken.take()
                if any(row):
                    yield f"line {before + 1}", header + raw
                before = taken.number
        except _RowTooLong:
            taken.take()
            yield f"line {before + 1}", None
    if taken.number == above and b"\r" in header:
        raise ValueError(_NO_LINES)


def _names_of_columns(taken: "_Taken") -> bytes:
    """The first line that has something to say: not what is blank, nor `sep=;`, by which spreadsheets know a file."""
    try:
        for line in taken:
            raw = taken.take()
            if not _SAYS_NOTHING.fullmatch(line):
                return raw.rstrip(b"\r\n") + b"\n"
    except _RowTooLong:
        raise ValueError(_NO_LINES) from None
    return b""


class _RowTooLong(Exception):
    """A row does not end where rows do: the quotation mark that closes a cell is missing."""


class _Taken:
    """Lines for a reader of CSV, which takes several to a row; what it took can be asked for as bytes."""

    def __init__(self, lines: Iterator[bytes | None]) -> None:
        self._lines = lines
        self._taken: list[bytes] = []
        self._size = 0
        self.number = 0
        self.ended = False

    def __iter__(self) -> "_Taken":
        return self

    def __next__(self) -> str:
        try:
            line = next(self._lines)
        except StopIteration:
            self.ended = True
            raise
        self.number += 1
        self._size += len(line or b"")
        if line is None or self._size > MAX_PAGE_BYTES:
            raise _RowTooLong
        self._taken.append(line)
        # Every character set in question keeps ASCII where it is, and Latin-1 keeps every byte. A carriage return alone
        # ends no row: it stands within a cell.
        return line.decode("latin-1").replace("\r\n", "\n").replace("\r", " ")

    def take(self) -> bytes:
        """The bytes of the lines taken since this was last asked."""
        raw, self._taken, self._size = b"".join(self._taken), [], 0
        return raw


class _Brotli:
    """What warcio asks of a decompressor: its own for Brotli is that of a library that is kept no more."""

    unused_data = b""

    def __init__(self) -> None:
        self._decompressor = brotli.Decompressor()
        self.eof = False

    def decompress(self, data: bytes) -> bytes:
        """What comes out of `data`, up to more than a page may have."""
        out: bytes = self._decompressor.process(data, output_buffer_limit=MAX_PAGE_BYTES)
        while len(out) <= MAX_PAGE_BYTES and not self._decompressor.can_accept_more_data():
            out += self._decompressor.process(b"", output_buffer_limit=MAX_PAGE_BYTES)
        self.eof = self._decompressor.is_finished()
        return out

    def flush(self) -> None:
        """Nothing is held back."""


BufferedReader.DECOMPRESSORS["br"] = _Brotli


def _archived(member: Member) -> Iterator[RawPage]:
    """The web pages in a WARC file, the texts in a WET file; requests, images and failures are no pages."""
    for number, record in enumerate(ArchiveIterator(member.stream), 1):
        kind = _kind(record)
        if kind is None:
            continue
        name = f"{member.name}:record {number}"
        body = record.content_stream()
        raw = _bounded(body.read)
        if raw is None:
            yield refused_page(name, _TOO_LONG, too_large=True)
            continue
        if raw and not _is_whole(body):
            yield refused_page(name, _CUT)
            continue
        plain, _, parameters = kind.partition(";")
        charset = parameters.lower().partition("charset=")[2].split(";")[0].strip(" \"'") or None
        yield RawPage(
            name,
            raw,
            media_type=plain.strip(),
            declared_charset="utf-8" if record.rec_type == "conversion" else charset,
            url=(record.rec_headers.get_header("WARC-Target-URI") or "").strip("<> ") or None,
            fetched_at=_warc_date(record),
        )


def _kind(record: ArcWarcRecord) -> str | None:
    """The content type of a page, None for a record that holds none."""
    if record.rec_type == "conversion":
        return "text/plain"
    if record.rec_type == "response" and record.http_headers:
        status = record.http_headers.get_statuscode() or ""
        kind = record.http_headers.get_header("Content-Type") or "text/html"
        return kind if status.startswith("2") and _is_text(kind) else None
    kind = record.rec_headers.get_header("Content-Type") or ""
    return kind if record.rec_type == "resource" and _is_text(kind) else None


def _is_text(kind: str) -> bool:
    return kind.lower().lstrip().startswith((*_HTML_TYPES, "text/plain"))


def _bounded(read: Callable[[int], bytes]) -> bytes | None:
    """All there is to read, None where that is too much for a page."""
    parts, size = [], 0
    while chunk := read(1 << 20):
        parts.append(chunk)
        size += len(chunk)
        if size > MAX_PAGE_BYTES:
            return None
    return b"".join(parts)


def _is_whole(body: object) -> bool:
    """Whether a body that came packed was unpacked to its end; the library only stops where it cannot go on."""
    unpacking = getattr(body, "decompressor", None)
    return unpacking is None or unpacking.eof


def _warc_date(record: ArcWarcRecord) -> datetime | None:
    written = cast(str | None, record.rec_headers.get_header("WARC-Date"))
    try:
        moment = datetime.fromisoformat(written) if written else None
    except ValueError:
        return None
    return moment.replace(tzinfo=moment.tzinfo or UTC) if moment else None

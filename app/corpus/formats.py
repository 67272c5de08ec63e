"""The formats of whole results: lines of JSON, tables for spreadsheets, Parquet. Rows in, bytes out, as they come."""

import asyncio
import csv
import io
from collections.abc import AsyncGenerator, Callable, Coroutine, Iterator, Sequence
from concurrent.futures import CancelledError, Future
from datetime import UTC, datetime
from threading import Lock
from typing import IO, Any, TypeVar, cast

import arro3.io
import asyncpg
from arro3.core import Array, DataType, Field, RecordBatch, RecordBatchReader, Schema

from app.corpus.exports import Column, Kind

Portions = AsyncGenerator[Sequence[asyncpg.Record], None]
Chunks = AsyncGenerator[bytes, None]
T = TypeVar("T")

# Excel takes a file for UTF-8 by this mark alone, and shows Arabic as gibberish without it.
BOM = b"\xef\xbb\xbf"
# A cell that begins so is a formula to a spreadsheet, or hides one; an apostrophe before it makes it text again.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
# Portions that are compressed together: enough for Parquet to save space, few enough to be held in memory and to come
# soon.
GROUPED = 4
_MICROSECOND = 1_000_000
_TYPES: dict[Kind, DataType] = {
    "text": DataType.utf8(),
    "integer": DataType.int64(),
    "number": DataType.float64(),
    "time": DataType.timestamp("us", tz="UTC"),
}


async def ndjson(portions: Portions) -> Chunks:
    """One JSON object a line, from rows with the JSON in `json`."""
    async for portion in portions:
        yield "".join([f"{row['json']}\n" for row in portion]).encode()


async def csv_table(portions: Portions, columns: Sequence[Column], *, header: bool) -> Chunks:
    """RFC 4180 with a byte order mark and, unless it goes on from before, a line of names."""
    if header:
        yield BOM + _lines([[column.name for column in columns]])
    async for portion in portions:
        yield _lines([[_cell(value) for value in row] for row in portion])


def _lines(rows: list[list[object]] | list[list[str]]) -> bytes:
    written = io.StringIO(newline="")
    csv.writer(written, lineterminator="\r\n").writerows(rows)
    return written.getvalue().encode()


def _cell(value: object) -> object:
    if isinstance(value, str):
        return f"'{value}" if value.startswith(FORMULA) else value
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    return value


async def parquet(portions: Portions, columns: Sequence[Column], *, rows_at_once: int) -> Chunks:
    """A Parquet file, compressed with zstd, as it grows. Its end tells readers where everything is: it cannot be cut.

    The writer is a program of its own pace: it runs in a thread, which asks the event loop for rows and hands bytes
    back, and waits in between.
    """
    written: asyncio.Queue[bytes | None] = asyncio.Queue(maxsize=8)
    loop = _Loop(asyncio.get_running_loop())
    sink = _Sink(lambda part: loop.ask(written.put(part)))

    size = GROUPED * rows_at_once

    def write() -> None:
        try:
            source = RecordBatchReader.from_batches(_schema(columns), _batches(loop, portions, columns))
            arro3.io.write_parquet(source, cast(IO[bytes], sink), compression="zstd(3)", max_row_group_size=size)
        finally:
            loop.ask(written.put(None))

    writing = asyncio.create_task(asyncio.to_thread(write))
    try:
        while (part := await written.get()) is not None:
            yield part
        await writing
    finally:
        await loop.close()
        await asyncio.gather(writing, return_exceptions=True)


def _schema(columns: Sequence[Column]) -> Schema:
    return Schema([Field(column.name, _TYPES[column.kind], nullable=True) for column in columns])


def _batches(loop: "_Loop", portions: Portions, columns: Sequence[Column]) -> Iterator[RecordBatch]:
    schema = _schema(columns)

    async def next_portion() -> Sequence[asyncpg.Record] | None:
        return await anext(portions, None)

    while (portion := loop.ask(next_portion())) is not None:
        arrays = [_array(column.kind, [row[at] for row in portion]) for at, column in enumerate(columns)]
        yield RecordBatch.from_arrays(arrays, schema=schema)


def _array(kind: Kind, values: list[Any]) -> Array:
    if kind != "time":
        return Array(values, type=_TYPES[kind])
    moments = [None if one is None else round(one.timestamp() * _MICROSECOND) for one in values]
    return Array(moments, type=DataType.int64()).cast(_TYPES[kind])


class _Sink:
    """A file that hands on what is written."""

    def __init__(self, hand_on: Callable[[bytes], None]) -> None:
        self._hand_on = hand_on
        self._size = 0

    def write(self, part: bytes) -> int:
        self._hand_on(bytes(part))
        self._size += len(part)
        return len(part)

    def flush(self) -> None:
        """Nothing is held back."""

    def tell(self) -> int:
        return self._size

    def seek(self, offset: int, whence: int = 0) -> int:
        """The writer only asks where it is."""
        raise io.UnsupportedOperation("what was written is on its way")


class _Loop:
    """An event loop as a thread sees it: it does what is asked until it is closed.

    Then it answers None to everything, so that the writer comes to its end: it cannot be stopped in the middle.
    """

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self._lock = Lock()
        self._asked: Future[Any] | None = None
        self._running: set[asyncio.Task[Any]] = set()
        self._closed = False

    def ask(self, wanted: Coroutine[Any, Any, T]) -> T | None:
        """Wait for it, from the thread."""
        with self._lock:
            if self._closed:
                wanted.close()
                return None
            self._asked = asked = asyncio.run_coroutine_threadsafe(self._remembered(wanted), self._loop)
        try:
            return asked.result()
        except CancelledError:
            return None

    async def _remembered(self, wanted: Coroutine[Any, Any, T]) -> T:
        task = asyncio.current_task()
        assert task is not None
        self._running.add(task)
        try:
            return await wanted
        finally:
            self._running.discard(task)

    async def close(self) -> None:
        """What is asked now is called off. Returns when nothing is under way."""
        with self._lock:
            self._closed = True
            if self._asked:
                self._asked.cancel()
        await asyncio.gather(*self._running, return_exceptions=True)

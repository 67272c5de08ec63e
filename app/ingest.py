"""The way of pages into the corpus: captured, read, compared, written, all or nothing.

`bring_in` tells the whole way. Pages travel in batches: while one batch is written, the next ones are read. A batch is
one transaction, so a page is in the corpus wholly or not at all, whatever is killed when; what was not committed is
simply ingested again.
"""

import asyncio
import gc
import os
import time
from collections import deque
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, Iterable, Iterator, Sequence
from contextlib import AsyncExitStack, aclosing, asynccontextmanager, suppress
from dataclasses import dataclass, field, replace
from itertools import chain, repeat
from pathlib import Path
from typing import TypeVar

import msgspec
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from app.corpus import ids, writing
from app.corpus.database import Fault, cause_of, check_database, fault_of, writing_engine
from app.corpus.fields import RejectReason, Verdict, storable
from app.corpus.imports import running_import
from app.corpus.records import Record, Row
from app.corpus.removal import remove_article
from app.corpus.similarity import group_articles
from app.corpus.sources import checked_source
from app.corpus.writing import Changes, KnownPage, Stored
from app.errors import Unavailable
from app.extract.pages import READER_VERSION, canonical_url
from app.extract.statements import EXTRACTOR_VERSION
from app.intake.arrivals import Arrival
from app.intake.feeds import is_feed
from app.intake.inputs import AS_THEY_SAY, How, files_in, pages_in
from app.intake.raw_page import RawPage, Refused
from app.intake.readers import Readers
from app.intake.reading import Reading
from app.search.words import (
    KnownWords,
    NewWords,
    add_words,
    complete_vocabulary,
    refresh_words,
    sort_in,
    write_words,
)

# A transaction of many pages costs less for each, one of few tells sooner what became of them: the first are small.
FIRST_BATCHES, BATCH, BATCH_BYTES = (64, 64, 128), 256, 4_000_000
# Rows come by the thousand, and go without a cycle.
OBJECTS_BEFORE_CYCLES = 100_000
# So many batches are being read or wait to be written: the readers never wait for the one who writes.
BATCHES_READ = 4
# How long to wait before each further attempt when Postgres is away or another transaction was in the way.
WAITS = (0.1, 0.5, 2.0, 5.0, 10.0)


class Outcome(msgspec.Struct, frozen=True):
    """What became of one page: of its statements, how many it has now, and what that changed in the corpus."""

    name: str
    verdict: Verdict
    article_id: str | None = None
    reason: RejectReason | None = None
    detail: str | None = None
    statements: int = 0
    added: int = 0
    changed: int = 0
    removed: int = 0

    def row(self) -> Row:
        """Its part of an import's item."""
        return {"verdict": self.verdict, "article_id": self.article_id, "reason": self.reason, "detail": self.detail}


class ImportReport(msgspec.Struct):
    """What became of all pages of one run. `statements` are those of the created and updated articles."""

    import_id: str | None
    verdicts: dict[Verdict, int]
    rejected: list[Outcome]
    statements: int
    seconds: float

    @property
    def pages(self) -> int:
        """How many pages came."""
        return sum(self.verdicts.values())

    def count(self, outcome: Outcome) -> None:
        """One page more."""
        self.verdicts[outcome.verdict] = self.verdicts.get(outcome.verdict, 0) + 1
        self.statements += outcome.statements
        if outcome.verdict == "rejected":
            self.rejected.append(outcome)


T = TypeVar("T")
OnProgress = Callable[[Outcome], None]


async def ingest_paths(
    database_url: str,
    paths: Sequence[Path],
    *,
    source: str | None = None,
    how: How = AS_THEY_SAY,
    workers: int | None = None,
    on_progress: OnProgress | None = None,
    label: str | None = None,
    dry_run: bool = False,
) -> ImportReport:
    """Bring the pages in files and folders into the corpus, by `workers` reading processes (default: one a CPU).

    `source` names the outlet where it is not the page's host; `how` says what files do not say of themselves. With
    `dry_run` everything happens but the last step: nothing is kept, and every verdict is the one against the corpus
    as it is. Raises NotFound for a path that is not there, Unavailable or SetupError for a database that cannot be
    used; never for a page.
    """
    checked_source(source)
    files = files_in(paths, how)
    await check_database(database_url)
    started = time.monotonic()
    async with AsyncExitStack() as stack:
        engine = writing_engine(database_url)
        stack.push_async_callback(engine.dispose)
        label = label or storable(", ".join(map(str, paths)))[:200]
        import_id = None if dry_run else await stack.enter_async_context(running_import(engine, label=label))
        readers = await stack.enter_async_context(Readers(workers or cpus()))
        report = ImportReport(import_id, {}, [], 0, 0.0)
        outcomes = bring_in(enumerate(pages_in(files, how)), Desk(engine, readers, import_id, source))
        await stack.enter_async_context(aclosing(outcomes))
        async for outcome in outcomes:
            report.count(outcome)
            if on_progress:
                on_progress(outcome)
    report.seconds = time.monotonic() - started
    return report


def cpus() -> int:
    """The processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@dataclass(frozen=True)
class Desk:
    """What it takes to bring pages in. Without `import_id` nothing is kept: a dry run."""

    engine: AsyncEngine
    readers: Readers
    import_id: str | None
    source: str | None
    words: KnownWords = field(default_factory=KnownWords)


async def bring_in(pages: Iterator[tuple[int, RawPage]], desk: Desk) -> AsyncGenerator[Outcome, None]:
    """Bring pages in, in the order of their numbers; each outcome comes when its page is in the corpus for good."""
    reading: deque[asyncio.Task[list[Arrival]]] = deque()
    sizes = chain(FIRST_BATCHES, repeat(BATCH))
    before = gc.get_threshold()
    gc.set_threshold(OBJECTS_BEFORE_CYCLES)
    try:
        while True:
            while len(reading) < BATCHES_READ and (batch := await asyncio.to_thread(_batch, pages, next(sizes))):
                reading.append(asyncio.create_task(_read(batch, desk)))
            if not reading:
                break
            arrivals = await reading.popleft()
            for outcome in await write_pages(arrivals, desk):
                yield outcome
    finally:
        gc.set_threshold(*before)
        for task in reading:
            task.cancel()
        await asyncio.gather(*reading, return_exceptions=True)
        if desk.import_id:
            await sort_words(desk.engine)


async def sort_words(engine: AsyncEngine) -> None:
    """Let no search read through the words brought in last; while Postgres is away they stay for the next one."""
    with suppress(DBAPIError, Unavailable):
        async with engine.begin() as connection:
            await sort_in(connection)


def _batch(pages: Iterator[tuple[int, RawPage]], most: int) -> list[tuple[int, RawPage]]:
    """The next pages, as many as one transaction takes: fewer where they are large."""
    batch, size = [], 0
    for ordinal, page in pages:
        batch.append((ordinal, page))
        size += len(page.raw)
        if len(batch) == most or size >= BATCH_BYTES:
            break
    return batch


async def _read(batch: Sequence[tuple[int, RawPage]], desk: Desk) -> list[Arrival]:
    """Read what is new; a page that was read before, to the byte, need not be read again."""
    captures = [ids.capture_id(page.raw) for _, page in batch]
    known = await persistently(lambda: _known(captures, desk))

    async def arrival(ordinal: int, page: RawPage, capture: str) -> Arrival:
        before = known.get(capture)
        if page.refused:
            return Arrival(ordinal, page, capture, page.refused)
        if before and _same_from_outside(before, page, desk.source):
            return Arrival(ordinal, page, capture, before)
        return Arrival(ordinal, page, capture, await desk.readers.read(page), desk.source)

    return await asyncio.gather(
        *(arrival(ordinal, page, capture) for (ordinal, page), capture in zip(batch, captures, strict=True))
    )


async def _known(captures: Sequence[str], desk: Desk) -> dict[str, KnownPage]:
    async with desk.engine.connect() as connection:
        return await writing.known_pages(
            connection, captures, reader_version=READER_VERSION, extractor_version=EXTRACTOR_VERSION
        )


def _same_from_outside(before: KnownPage, page: RawPage, source: str | None) -> bool:
    """Whether nothing but the bytes would make another article of them: not the outlet, the address, a feed's names."""
    return (
        (source is None or source == before.source_id)
        and (page.url is None or canonical_url(page.url) == before.canonical_url)
        and (page.media_type == before.media_type or not is_feed(page.media_type))
    )


async def write_pages(arrivals: Sequence[Arrival], desk: Desk) -> list[Outcome]:
    """Write a batch. Where Postgres refuses a page, the others are written without it, and it is rejected."""
    try:
        return await persistently(lambda: _write_once(arrivals, desk))
    except DBAPIError as failure:
        first = arrivals[0]
        if fault_of(failure) is not Fault.ROW:
            raise
        if len(arrivals) > 1:
            return [outcome for one in arrivals for outcome in await write_pages([one], desk)]
        if isinstance(first.found, Refused):
            raise
        refused = Refused("unreadable", f"Postgres refuses it: {cause_of(failure)}")
        return await write_pages([replace(first, found=refused)], desk)


async def persistently(attempt: Callable[[], Awaitable[T]]) -> T:
    """Try again while Postgres is away, for some twenty seconds. Raises Unavailable when it does not come back."""
    for wait in (*WAITS, None):
        try:
            return await attempt()
        except (DBAPIError, Unavailable) as failure:
            if fault_of(failure) is not Fault.MOMENT:
                raise
            if wait is None:
                raise Unavailable(f"Postgres cannot be worked with: {cause_of(failure)}") from failure
            await asyncio.sleep(wait)
    raise AssertionError("the last attempt returns or raises")


async def _write_once(arrivals: Sequence[Arrival], desk: Desk) -> list[Outcome]:
    """One transaction: lock, compare, write, tell the search engine by the outbox, note the verdicts."""
    records = {one.ordinal: asked for one in arrivals if (asked := one.record())}
    changes = Changes()
    async with _transaction(desk) as connection:
        before = [one.read_as for one in arrivals if one.read_as]
        await writing.lock_articles(connection, records.values(), *before)
        stored = await writing.stored(connection, list(records.values()))
        outcomes = [_decide(one, records.get(one.ordinal), stored, changes) for one in arrivals]
        await writing.write_captures(connection, [one.capture(desk.import_id) for one in arrivals if one.brings_bytes])
        await writing.write(connection, changes)
        new_words = await _write_words(connection, arrivals, outcomes, desk.words)
        await _make_room(connection, arrivals, outcomes)
        outcomes = await _group(connection, records.values(), changes, outcomes)
        if desk.import_id:
            items = [one.item(desk.import_id) for one in arrivals]
            await writing.write_items(
                connection, [item | outcome.row() for item, outcome in zip(items, outcomes, strict=True)]
            )
    if desk.import_id:
        desk.words.committed(new_words)
    return outcomes


async def _group(
    connection: AsyncConnection, records: Iterable[Record], changes: Changes, outcomes: Sequence[Outcome]
) -> list[Outcome]:
    """Put what was written among what says nearly the same. Last of all: the lock of grouping is held to the end."""
    new = {*changes.touched, *(row["key"] for row in changes.reread)}
    alike = await group_articles(connection, {one.id: one.signature for one in records if one.id in new})

    def told(outcome: Outcome) -> Outcome:
        found = alike.get(str(outcome.article_id)) if outcome.verdict == "created" else None
        if found is None:
            return outcome
        detail = f"{found.containment:.0%} of the shorter text stands in the other: article {found.founder}"
        return msgspec.structs.replace(outcome, verdict="near_duplicate", detail=detail)

    return [told(one) for one in outcomes]


async def _make_room(connection: AsyncConnection, arrivals: Sequence[Arrival], outcomes: Sequence[Outcome]) -> None:
    """What was read from the same bytes before under another id is no longer an article."""
    pairs = zip(arrivals, outcomes, strict=True)
    gone = [one.read_as for one, outcome in pairs if one.read_as and outcome.verdict == "created"]
    for id in gone:
        await remove_article(connection, id)
    await refresh_words(connection, gone)


async def _write_words(
    connection: AsyncConnection, arrivals: Sequence[Arrival], outcomes: Sequence[Outcome], known: KnownWords
) -> set[str]:
    """For Postgres' own search: the words of what was written; the last word on an article counts.

    Returns what was written into the vocabulary: known from the commit on.
    """
    written = {
        str(outcome.article_id): one.found
        for one, outcome in zip(arrivals, outcomes, strict=True)
        if isinstance(one.found, Reading) and outcome.verdict in ("created", "updated")
    }
    created = {str(outcome.article_id) for outcome in outcomes if outcome.verdict == "created"}
    await add_words(
        connection,
        [
            NewWords(id, found.record.article["published_at"], found.words.article, found.words.statements)
            for id, found in written.items()
            if id in created
        ],
    )
    updated = [(id, found.words) for id, found in written.items() if id not in created]
    await write_words(
        connection,
        {id: words.article for id, words in updated},
        {id: made for _, words in updated for id, made in words.statements.items()},
    )
    new = known.new_among(chain.from_iterable(found.words.vocabulary for found in written.values()))
    await complete_vocabulary(connection, new)
    return new


# All that a batch asks, and all that its triggers do, are rows looked up by their keys. A Postgres whose statistics are
# of a smaller corpus would rather read whole tables, more of them with every batch. The memory is for the words that
# are sorted into their indexes: with less of it a list of them goes in piece by piece.
_LOOK_UP = "SELECT set_config('enable_seqscan', 'off', true), set_config('work_mem', '32MB', true)"


@asynccontextmanager
async def _transaction(desk: Desk) -> AsyncIterator[AsyncConnection]:
    """Committed at the end of the block; in a dry run rolled back, deferred checks and all."""
    async with desk.engine.begin() as connection:
        await connection.exec_driver_sql(_LOOK_UP)
        yield connection
        if desk.import_id is None:
            await connection.exec_driver_sql("SET CONSTRAINTS ALL IMMEDIATE")
            await connection.rollback()


def _decide(arrival: Arrival, asked: Record | None, stored: Stored, changes: Changes) -> Outcome:
    """What becomes of a page; what has to be written for it is noted in `changes`."""
    name, found = arrival.page.name, arrival.found
    if isinstance(found, Refused):
        return Outcome(name, "rejected", reason=found.reason, detail=found.detail)
    if isinstance(found, KnownPage):
        change = writing.unchanged(found.article_id, deleted=found.deleted)
    else:
        assert asked is not None
        change = writing.decide(asked, stored, changes)
    written = len(asked.statements) if asked and change.verdict in ("created", "updated") else 0
    return Outcome(
        name,
        change.verdict,
        change.article_id,
        detail=change.detail,
        statements=written,
        added=change.added,
        changed=change.changed,
        removed=change.removed,
    )

"""Stored captures read again by today's reader and extractor: ids stay, and what did change is counted."""

import asyncio
import time
from collections.abc import Callable, Sequence
from contextlib import AsyncExitStack
from typing import Any

import msgspec
import zstandard
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from app.corpus.database import check_database, writing_engine
from app.corpus.fields import Verdict
from app.corpus.imports import running_import
from app.errors import InvalidValue
from app.extract.pages import READER_VERSION
from app.extract.statements import EXTRACTOR_VERSION
from app.ingest import Desk, Outcome, cpus, persistently, sort_words, write_pages
from app.intake.arrivals import Arrival
from app.intake.raw_page import RawPage, Refused
from app.intake.readers import Readers

LABEL = f"reread by reader {READER_VERSION}, extractor {EXTRACTOR_VERSION}"

# Articles that an older program read, and pages that were rejected and have become no article since. What a run of
# the same program has looked at already is not looked at again: that is how a run goes on where another was stopped.
# An older copy of a page that has changed since belongs to no article and stays where it is.
_WAITING = """
    FROM capture c LEFT JOIN article a ON a.capture_id = c.id
    WHERE c.id > :after AND (
        a.deleted_at IS NULL AND (a.reader_version, a.extractor_version) IS DISTINCT FROM (:reader, :extractor)
        AND (CAST(:version AS int[]) IS NULL OR least(
            string_to_array(a.reader_version, '.')::int[], string_to_array(a.extractor_version, '.')::int[]
        ) < CAST(:version AS int[])) AND a.id IS NOT NULL
        OR a.id IS NULL AND CAST(:version AS int[]) IS NULL
            AND (SELECT bool_and(i.verdict = 'rejected') FROM import_item i WHERE i.capture_id = c.id)
    ) AND NOT EXISTS (
        SELECT FROM import_item i JOIN import m ON m.id = i.import_id WHERE i.capture_id = c.id AND m.label = :label
    )
"""
_COUNT = text(f"SELECT count(DISTINCT c.id) {_WAITING}")
# A transaction's articles: what is stopped does no more than these again.
AT_ONCE = 64
_CHUNK = text(f"""
    SELECT DISTINCT ON (c.id) c.id, c.content, c.media_type, c.declared_charset, c.url, c.fetched_at,
        a.id AS article_id, a.source_id {_WAITING} ORDER BY c.id, a.created_at LIMIT :chunk
""")


class RereadReport(msgspec.Struct):
    """What reading again changed. `verdicts` count pages, `statements` what was added, changed and removed.

    `rejected` are pages that today's reader takes for none; the articles that were read from them stay.
    """

    import_id: str
    verdicts: dict[Verdict, int]
    statements: dict[str, int]
    rejected: list[Outcome]
    seconds: float = 0.0

    def count(self, outcome: Outcome) -> None:
        """One page more."""
        self.verdicts[outcome.verdict] = self.verdicts.get(outcome.verdict, 0) + 1
        for what in ("added", "changed", "removed"):
            self.statements[what] += getattr(outcome, what)
        if outcome.verdict == "rejected":
            self.rejected.append(outcome)


# Told after each batch how many pages are done, of how many.
Progress = Callable[[int, int], object]


async def reread(
    database_url: str,
    *,
    since_version: str | None = None,
    workers: int | None = None,
    progress: Progress = lambda done, total: None,
) -> RereadReport:
    """Read again what an older reader or extractor has read; with `since_version`, one older than that version.

    It may be stopped at any moment; the next run goes on with what is left. Raises InvalidValue for a version that
    is none, Unavailable or SetupError for a database that cannot be used.
    """
    version = _numbers(since_version)
    await check_database(database_url)
    begun = time.monotonic()
    async with AsyncExitStack() as stack:
        engine = writing_engine(database_url)
        stack.push_async_callback(engine.dispose)
        import_id = await stack.enter_async_context(running_import(engine, label=LABEL))
        stack.push_async_callback(sort_words, engine)
        readers = await stack.enter_async_context(Readers(workers or cpus()))
        desk = Desk(engine, readers, import_id, None)
        report = RereadReport(import_id, {}, {"added": 0, "changed": 0, "removed": 0}, [])
        asked: dict[str, Any] = {
            "version": version, "reader": READER_VERSION, "extractor": EXTRACTOR_VERSION, "label": LABEL,
        }  # fmt: skip
        total = (await _rows(engine, _COUNT, {**asked, "after": ""}))[0].count
        done, after = 0, ""
        progress(done, total)
        while rows := await _rows(engine, _CHUNK, {**asked, "after": after, "chunk": AT_ONCE}):
            arrivals = await asyncio.gather(*(_again(done + at, row, readers) for at, row in enumerate(rows)))
            for outcome in await write_pages(arrivals, desk):
                report.count(outcome)
            done, after = done + len(rows), rows[-1].id
            progress(done, total)
    report.seconds = time.monotonic() - begun
    return report


def _numbers(version: str | None) -> list[int] | None:
    """A version as numbers that can be compared: `1.10` is newer than `1.9`."""
    if version is None:
        return None
    if not all(part.isdecimal() for part in version.split(".")):
        raise InvalidValue(f"a version is written in numbers and dots, as {EXTRACTOR_VERSION}, not {version!r}")
    return [int(part) for part in version.split(".")]


async def _rows(engine: AsyncEngine, question: Any, values: dict[str, Any]) -> Sequence[Any]:
    async def ask() -> Sequence[Any]:
        async with engine.connect() as connection:
            return (await connection.execute(question, values)).all()

    return await persistently(ask)


async def _again(ordinal: int, row: Any, readers: Readers) -> Arrival:
    """A capture read again, for the outlet and in place of the article that it was read for before."""
    page = RawPage(
        f"capture {row.id}",
        zstandard.decompress(row.content),
        media_type=row.media_type,
        declared_charset=row.declared_charset,
        url=row.url,
        fetched_at=row.fetched_at,
    )
    found = await readers.read(page)
    same = not isinstance(found, Refused) and found.record.id == row.article_id
    return Arrival(ordinal, page, row.id, found, row.source_id, None if same else row.article_id)

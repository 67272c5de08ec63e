"""Many at once, and everything killed at the worst moment: no page is lost, none is there twice."""

import asyncio
import os
import signal
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import asyncpg
import psutil

from app.corpus.checking import check_corpus
from app.corpus.database import connect
from app.ingest import ingest_paths
from app.intake.raw_page import RawPage, Refused
from app.intake.readers import Readers
from app.intake.reading import Reading
from tests.ingest.pages import SAMPLE, dump, write
from tests.ingest.waiting import until

Look = Callable[..., Any]


async def findings(corpus: str) -> list[Any]:
    connection: asyncpg.Connection = await connect(corpus)
    try:
        return (await check_corpus(connection)).findings
    finally:
        await connection.close()


async def test_five_at_once_make_one_article(corpus: str, look: Look) -> None:
    reports = await asyncio.gather(*(ingest_paths(corpus, [SAMPLE], workers=1) for _ in range(5)))
    assert sum((Counter(report.verdicts) for report in reports), Counter()) == {"created": 1, "unchanged": 4}
    assert await look("SELECT count(*) FROM article") == 1
    assert await look("SELECT count(*) FROM outbox") == 1
    assert await look("SELECT count(*) FROM import_item") == 5
    assert await findings(corpus) == []


async def test_batches_of_the_same_pages_in_opposite_order_do_not_lock_each_other_out(
    corpus: str, look: Look, tmp_path: Path
) -> None:
    files = [write(tmp_path, number) for number in range(40)]
    reports = await asyncio.gather(ingest_paths(corpus, files, workers=1), ingest_paths(corpus, files[::-1], workers=1))
    assert sum((Counter(report.verdicts) for report in reports), Counter()) == {"created": 40, "unchanged": 40}
    assert await look("SELECT count(*) FROM article") == 40


async def test_five_hundred_pages_are_five_hundred_articles(corpus: str, look: Look, tmp_path: Path) -> None:
    for number in range(500):
        write(tmp_path, number)
    seen: list[str] = []
    report = await ingest_paths(corpus, [tmp_path], on_progress=lambda outcome: seen.append(outcome.name))
    assert report.verdicts == {"created": 500}
    assert seen == sorted(seen)
    assert await look("SELECT count(*), count(DISTINCT article_id) FROM import_item") == [(500, 500)]
    assert await look("SELECT count(*) FROM statement") == report.statements >= 500
    assert await findings(corpus) == []


async def test_killed_in_the_middle_it_leaves_whole_pages_and_goes_on_where_it_was(
    corpus: str, look: Look, tmp_path: Path
) -> None:
    for number in range(150):
        write(tmp_path, number)
    command = [sys.executable, "-m", "app.cli", "ingest", "--workers", "1", str(tmp_path)]
    process = await asyncio.create_subprocess_exec(*command, env={**os.environ, "QAWL_DATABASE_URL": corpus})
    await until(lambda: look("SELECT count(*) >= 32 FROM article"))
    readers = psutil.Process(process.pid).children(recursive=True)
    process.send_signal(signal.SIGKILL)
    await process.wait()

    there = await look("SELECT count(*) FROM article")
    assert 32 <= there < 150
    assert await look("SELECT count(*) FROM import_item") == there
    assert await findings(corpus) == []
    _, alive = await asyncio.to_thread(psutil.wait_procs, readers, timeout=10)
    assert alive == []

    report = await ingest_paths(corpus, [tmp_path], workers=1)
    assert report.verdicts == {"unchanged": there, "created": 150 - there}
    assert await look("SELECT count(*) FROM article") == 150
    assert await look("SELECT state FROM import ORDER BY started_at") == [("failed",), ("succeeded",)]
    assert await findings(corpus) == []


async def test_a_lost_connection_costs_nothing(corpus: str, look: Look, tmp_path: Path) -> None:
    for number in range(150):
        write(tmp_path, number)
    running = asyncio.create_task(ingest_paths(corpus, [tmp_path], workers=1))
    await until(lambda: look("SELECT count(*) >= 32 FROM article"))
    for _ in range(3):
        await look(
            "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity "
            "WHERE application_name = 'qawl writing' AND datname = current_database()"
        )
        await asyncio.sleep(0.05)
    assert (await running).verdicts == {"created": 150}
    assert await look("SELECT count(*), count(DISTINCT article_id) FROM import_item") == [(150, 150)]


async def test_a_page_that_takes_too_long_is_unreadable_and_the_next_is_read() -> None:
    page = RawPage("page", dump().encode())
    async with Readers(1) as unhurried:
        assert isinstance(await unhurried.read(page), Reading)
    async with Readers(1, page_seconds=0.0001) as readers:
        # A reader that has yet to start is given the time for it.
        assert isinstance(await readers.read(page), Reading)
        late = await readers.read(page)
        assert isinstance(late, Refused)
        assert late.reason == "unreadable"
        assert isinstance(await readers.read(page), Reading)


async def test_a_reader_that_is_killed_costs_no_page() -> None:
    page = RawPage("page", dump().encode())
    async with Readers(1) as readers:
        await readers.read(page)
        (reader,) = reading_processes()
        reader.kill()
        assert isinstance(await readers.read(page), Reading)


async def test_a_reader_that_is_killed_while_it_starts_costs_no_page_and_ends_no_run() -> None:
    async def one_starts() -> bool:
        return bool(reading_processes())

    async with Readers(1) as readers:
        answer = asyncio.create_task(readers.read(RawPage("page", dump().encode())))
        await until(one_starts)
        reading_processes()[0].kill()
        assert isinstance(await answer, Reading)


def reading_processes() -> list[psutil.Process]:
    return [child for child in psutil.Process().children() if "app.intake.reader" in " ".join(child.cmdline())]

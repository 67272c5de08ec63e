"""Ingestion end to end into Postgres: real articles where the shared data lies beside the checkout, and far more that
are made of their words (`tests.bench.articles`). What an article costs is told as the corpus grows, as a table.

`python -m tests.bench.ingest 200000` goes further than `make bench` does; with `--real 3000` only so many real articles
come first, so that a short run shows how new ones compare with them.
"""

import asyncio
import json
import os
import tempfile
from argparse import ArgumentParser
from collections import Counter
from contextlib import suppress
from itertools import islice
from pathlib import Path
from time import perf_counter

import psutil

from app.corpus.database import connect
from app.corpus.migrations import migrate
from app.embedded import servers
from app.ingest import Outcome, ingest_paths
from app.settings import Settings
from tests.bench.articles import ARTICLES, articles, how_many
from tests.bench.clock import line

HEAD = (
    "| articles | a second | CPU ms: the command | reading | Postgres | sum "
    "| near duplicates | statements each | MB: the command | readers | Postgres' largest |"
)
SIZES = """
    SELECT relname, pg_total_relation_size(oid) FROM pg_class
    WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace ORDER BY 2 DESC LIMIT 8
"""


def run(count: int | None = None, *, real: int | None = None) -> None:
    """Ingest so many articles (default: all real ones, once) on two reading processes, and print what it cost."""
    if not ARTICLES.exists():
        print(f"\nIngestion was not measured: there is no {ARTICLES.name}")
        return
    with (
        tempfile.TemporaryDirectory(prefix="qawl-bench-") as folder,
        servers(Settings(data_dir=Path(folder) / "var"), search=False) as running,
    ):
        migrate(running.database_url)
        file = Path(folder) / "articles.jsonl"
        count = count or real or how_many()
        with file.open("w", encoding="utf-8") as out:
            for article in islice(articles(real), count):
                out.write(json.dumps(article, ensure_ascii=False) + "\n")
        print(f"\nIngestion: {count} articles, Postgres durable, two reading processes, load {os.getloadavg()[0]:.1f}")
        asyncio.run(_ingest(running.database_url, file))


def _is_told(pages: int) -> bool:
    """A row for each thousand up to ten thousand, then one for each ten thousand."""
    return pages % (1_000 if pages <= 10_000 else 10_000) == 0


class _Meter:
    """What the three that work have spent since the last look: clock, CPU, memory; and what came of it."""

    def __init__(self) -> None:
        self._own = psutil.Process()
        self._postgres = next(one for one in self._own.children() if "postgres" in one.name())
        self._seen = Counter[str]()
        self._before, self._seen_before = self._now(), self._seen.copy()

    def count(self, outcome: Outcome) -> None:
        """One page more; a row where one is due."""
        self._seen.update(pages=1, statements=outcome.statements, alike=outcome.verdict == "near_duplicate")
        if _is_told(self._seen["pages"]):
            print(self._row(), flush=True)

    def _readers(self) -> list[psutil.Process]:
        return [one for one in self._own.children() if one.pid != self._postgres.pid]

    def _now(self) -> tuple[float, ...]:
        postgres = _cpu(self._postgres, ended=True) + sum(map(_cpu, self._postgres.children()))
        own = self._own.cpu_times()
        ended = own.children_user + own.children_system  # a reader that was lost
        return perf_counter(), _cpu(self._own), ended + sum(map(_cpu, self._readers())), postgres

    def _row(self) -> str:
        now, came = self._now(), self._seen - self._seen_before
        wall, *cpu = (after - before for after, before in zip(now, self._before, strict=True))
        self._before, self._seen_before = now, self._seen.copy()
        pages = came["pages"]
        spent = " | ".join(f"{1000 * one / pages:.1f}" for one in (*cpu, sum(cpu)))
        found = f"{came['alike'] / pages:.0%} | {came['statements'] / pages:.2f}"
        memory = " | ".join(map(_megabytes, ([self._own], self._readers(), self._postgres.children())))
        return f"| {self._seen['pages']:,} | {pages / wall:.0f} | {spent} | {found} | {memory} |"


def _megabytes(processes: list[psutil.Process]) -> str:
    """What the largest of these holds now, what it shares with others included."""
    sizes = [0]
    for one in processes:
        with suppress(psutil.NoSuchProcess):
            sizes.append(one.memory_info().rss)
    return str(max(sizes) >> 20)


def _cpu(process: psutil.Process, *, ended: bool = False) -> float:
    try:
        times = process.cpu_times()
    except psutil.NoSuchProcess:
        return 0.0
    return float(times.user + times.system + (times.children_user + times.children_system if ended else 0.0))


async def _ingest(database_url: str, file: Path) -> None:
    meter = _Meter()
    print(HEAD, "|---" * HEAD.count(" |") + "|", sep="\n")
    report = await ingest_paths(database_url, [file], workers=2, on_progress=meter.count)
    print(f"{report.pages} pages in {report.seconds:.0f} s, {report.pages / report.seconds:.0f} a second")
    print("  ".join(f"{verdict} {number}" for verdict, number in report.verdicts.items()))
    written = report.verdicts.get("created", 0) + report.verdicts.get("near_duplicate", 0)
    print(f"{report.statements} statements, {report.statements / max(written, 1):.2f} an article")
    for reason, number in Counter(f"{one.reason}: {one.detail}" for one in report.rejected).most_common(20):
        print(f"  rejected {number:>5}  {reason}")
    connection = await connect(database_url)
    for table, size in await connection.fetch(SIZES):
        line(f"  {table}", f"{size / 1e6:12,.1f} MB")
    await connection.close()


if __name__ == "__main__":
    parser = ArgumentParser(description="What bringing articles in costs, as the corpus grows.")
    parser.add_argument("count", type=int, nargs="?", help="articles in all (default: the real ones, once)")
    parser.add_argument("--real", type=int, help="real articles to begin with, drawn evenly (default: all)")
    given = parser.parse_args()
    run(given.count, real=given.real)

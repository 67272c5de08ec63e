"""Ingestion end to end into Postgres: real articles where the shared data lies beside the checkout, and far more of
them by giving the same articles other addresses and words. The cost of an article is told as the corpus grows.

`python -m tests.bench.ingest 200000` goes further than `make bench` does.
"""

import asyncio
import gzip
import json
import os
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from itertools import count as count_up
from itertools import islice
from pathlib import Path
from time import perf_counter

import psutil

from app.corpus.database import connect
from app.corpus.migrations import migrate
from app.embedded import servers
from app.ingest import Outcome, ingest_paths
from app.settings import Settings
from tests.bench.clock import line

ARTICLES = Path(__file__).parents[3] / "shared" / "data" / "articles_2015.jsonl.gz"
PARTS = ("the command", "reading processes", "Postgres")
SIZES = """
    SELECT relname, pg_total_relation_size(oid) FROM pg_class
    WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace ORDER BY 2 DESC LIMIT 8
"""


def run(count: int | None = None, *, step: int = 1000) -> None:
    """Ingest so many articles (default: all there are, once) on two reading processes, and print what it cost."""
    if not ARTICLES.exists():
        print(f"\nIngestion was not measured: there is no {ARTICLES.name}")
        return
    with (
        tempfile.TemporaryDirectory(prefix="qawl-bench-") as folder,
        servers(Settings(data_dir=Path(folder) / "var"), search=False) as running,
    ):
        migrate(running.database_url)
        file = Path(folder) / "articles.jsonl"
        pages = _write(file, count)
        print(f"\nIngestion: {pages} articles, Postgres durable, two reading processes, load {os.getloadavg()[0]:.1f}")
        asyncio.run(_ingest(running.database_url, file, step))


def _write(file: Path, count: int | None) -> int:
    """The articles as JSON Lines; from the second time on under other addresses and with other words."""
    written = 0
    with file.open("w", encoding="utf-8") as out:
        for article in islice(_articles(), count or _once()):
            out.write(json.dumps(article, ensure_ascii=False) + "\n")
            written += 1
    return written


def _once() -> int:
    with gzip.open(ARTICLES, "rb") as lines:
        return sum(1 for _ in lines)


def _articles() -> Iterator[dict[str, str]]:
    for turn in count_up():
        with gzip.open(ARTICLES, "rt", encoding="utf-8") as lines:
            for text in lines:
                article = json.loads(text)
                if turn:
                    article["url"] += f"/{turn}"
                    # A number before every conjunction: no duplicate of the first; a near one where these are rare.
                    article["text"] = article["text"].replace(" و", f" {turn} و")
                yield article


class _Meter:
    """CPU seconds of the three that work, since the last look."""

    def __init__(self) -> None:
        self._before = (perf_counter(), *self._now())

    @staticmethod
    def _now() -> tuple[float, float, float]:
        own = psutil.Process()
        postgres = next(one for one in own.children() if "postgres" in one.name())
        readers = [one for one in own.children() if one.pid != postgres.pid]
        return _cpu(own), sum(map(_cpu, readers)), _cpu(postgres, ended=True) + sum(map(_cpu, postgres.children()))

    def look(self, pages: int) -> str:
        """Pages a second, and milliseconds of CPU a page."""
        now = (perf_counter(), *self._now())
        wall, *cpu = (after - before for after, before in zip(now, self._before, strict=True))
        self._before = now
        spent = ", ".join(f"{part} {1000 * one / pages:.1f}" for part, one in zip(PARTS, cpu, strict=True))
        return f"{pages / wall:6.1f} a second; CPU ms each: {spent}; sum {1000 * sum(cpu) / pages:.1f}"


def _cpu(process: psutil.Process, *, ended: bool = False) -> float:
    try:
        times = process.cpu_times()
    except psutil.NoSuchProcess:
        return 0.0
    return float(times.user + times.system + (times.children_user + times.children_system if ended else 0.0))


async def _ingest(database_url: str, file: Path, step: int) -> None:
    meter, seen = _Meter(), Counter[str]()
    memory: dict[str, int] = {}

    def page(outcome: Outcome) -> None:
        seen[outcome.verdict] += 1
        if seen.total() % step == 0:
            line(f"after {seen.total()} articles", meter.look(step))
            for one in (psutil.Process(), *psutil.Process().children()):
                if "postgres" not in one.name():
                    memory[str(one.pid)] = max(memory.get(str(one.pid), 0), one.memory_info().rss)

    report = await ingest_paths(database_url, [file], workers=2, on_progress=page)
    print(f"{report.pages} pages in {report.seconds:.0f} s, {report.pages / report.seconds:.0f} a second")
    print("  ".join(f"{verdict} {number}" for verdict, number in report.verdicts.items()))
    written = report.verdicts.get("created", 0) + report.verdicts.get("near_duplicate", 0)
    print(f"{report.statements} statements, {report.statements / max(written, 1):.2f} an article")
    print(f"memory at most, MB: {', '.join(str(size >> 20) for size in memory.values())} (the command first)")
    for reason, number in Counter(f"{one.reason}: {one.detail}" for one in report.rejected).most_common(20):
        print(f"  rejected {number:>5}  {reason}")
    connection = await connect(database_url)
    for table, size in await connection.fetch(SIZES):
        line(f"  {table}", f"{size / 1e6:12,.1f} MB")
    await connection.close()


if __name__ == "__main__":
    run(int(sys.argv[1]) if len(sys.argv) > 1 else None)

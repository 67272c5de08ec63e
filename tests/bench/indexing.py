"""What Meilisearch needs to index many real articles with their statements, beside the articles alone as they are.

Each in a server of its own: CPU seconds, memory, and how much of that is its own (the rest are pages of the index,
which the system takes back when it needs them), and disk. QAWL_BENCH_ARTICLES says how many articles (default 2,000).
"""

import asyncio
import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Event, Thread

import meilisearch
import psutil

from app.corpus.migrations import migrate
from app.embedded import Servers, servers
from app.settings import Settings
from tests.bench.clock import line
from tests.bench.search import ENOUGH, with_statements
from tests.evaluation.labelled import articles_file
from tests.evaluation.search import Place
from tests.evaluation.search_at_scale import articles, fill, index

BATCH = 1_000
LOOK_SECONDS = 0.1
PATIENCE_MS = 3_600_000


@dataclass
class Needed:
    """What a server needed: seconds of CPU and by the clock; the most memory, all and its own, and disk, in MB."""

    cpu: float = 0.0
    seconds: float = 0.0
    memory: float = 0.0
    own: float = 0.0
    disk: float = 0.0


def run() -> None:
    """Index the same articles both ways and print what it took."""
    if not articles_file().is_file():
        print(f"Indexing was not measured: {articles_file()} is not there")
        return
    count = int(os.environ.get("QAWL_BENCH_ARTICLES", ENOUGH))
    plain, ours = _plain(count), _ours(count)
    if plain is None or ours is None:
        print("Indexing was not measured: there is no Meilisearch")
        return
    print(f"\nIndexing: {count} articles, load {os.getloadavg()[0]:.1f}")
    for name, one in (("plain Meilisearch, articles alone (reference)", plain), ("Qawl, with statements", ours)):
        line(name, f"{one.cpu:10.1f} s of CPU", one.cpu / plain.cpu, "the reference")
        line("  by the clock", f"{one.seconds:10.1f} s", one.seconds / plain.seconds, "the reference")
        line("  memory at most", f"{one.memory:10.0f} MB", one.memory / plain.memory, "the reference")
        line("  of it its own", f"{one.own:10.0f} MB", one.own / plain.own, "the reference")
        line("  on disk", f"{one.disk:10.0f} MB", one.disk / plain.disk, "the reference")


def _plain(count: int) -> Needed | None:
    """Titles and texts by Meilisearch's default settings."""
    pages = list(articles(count))
    with _server() as running:
        if running.meilisearch_url is None:
            return None
        client = meilisearch.Client(running.meilisearch_url, running.meilisearch_key)
        index = client.index("plain")
        with _watched(client) as needed:
            tasks = [
                index.add_documents(
                    [{"id": id, "title": page.title, "text": page.body} for id, page in pages[at : at + BATCH]], "id"
                )
                for at in range(0, count, BATCH)
            ]
            for task in tasks:
                client.wait_for_task(task.task_uid, timeout_in_ms=PATIENCE_MS)
        return needed


def _ours(count: int) -> Needed | None:
    """Articles and statements, from Postgres, as a rebuild does it."""
    with _server() as running:
        if running.meilisearch_url is None:
            return None
        migrate(running.database_url)
        place = Place("meilisearch", running.database_url, running.meilisearch_url, running.meilisearch_key)
        pages = [with_statements(number, page) for number, (_, page) in enumerate(articles(count))]
        asyncio.run(fill([Place("postgres", running.database_url)], pages))
        client = meilisearch.Client(running.meilisearch_url, running.meilisearch_key)
        with _watched(client) as needed:
            asyncio.run(index([place]))
        return needed


@contextmanager
def _server() -> Iterator[Servers]:
    with (
        tempfile.TemporaryDirectory(prefix="qawl-bench-") as folder,
        servers(Settings(data_dir=Path(folder)), durable=False) as running,
    ):
        yield running


@contextmanager
def _watched(client: meilisearch.Client) -> Iterator[Needed]:
    """Looks at the Meilisearch that this process started, all the while; at the end at its disk."""
    server = next(one for one in psutil.Process().children(recursive=True) if "meilisearch" in one.name())
    needed, ended, begun = Needed(), Event(), time.perf_counter()
    before = server.cpu_times()

    def look() -> None:
        while not ended.wait(LOOK_SECONDS):
            memory = server.memory_info()
            needed.memory = max(needed.memory, memory.rss / 1e6)
            needed.own = max(needed.own, (memory.rss - memory.shared) / 1e6)

    watcher = Thread(target=look)
    watcher.start()
    try:
        yield needed
    finally:
        ended.set()
        watcher.join()
        after = server.cpu_times()
        needed.cpu = after.user + after.system - before.user - before.system
        needed.seconds = time.perf_counter() - begun
        needed.disk = client.get_all_stats()["databaseSize"] / 1e6


if __name__ == "__main__":
    run()

"""Search among many real articles on both engines, beside the engine itself asked for the same.

Asked is the searcher, without HTTP: what it takes beyond the engine's own time is ours. Four sentences of each article
stand in for its statements, as many as the reader finds on average. Where the articles are not there, nothing is
measured. QAWL_BENCH_ARTICLES says how many are taken (default 2,000; 20,000 is the size that the figures of the project
are for, and takes some minutes to fill).
"""

import asyncio
import os
import re
import tempfile
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator
from itertools import islice
from pathlib import Path
from statistics import median

import httpx
import msgspec
import uvloop

from app.corpus.database import open_pool
from app.corpus.migrations import migrate
from app.embedded import servers
from app.errors import Unavailable
from app.search import ArticleSearch, Searcher, StatementSearch, open_searcher
from app.search.engine import Question
from app.search.meilisearch import open_client, search_request
from app.search.query import parse
from app.settings import Settings
from tests.bench.clock import line
from tests.evaluation.labelled import articles_file
from tests.evaluation.search import Place
from tests.evaluation.search_at_scale import articles, fill
from tests.search.corpus import Page, Said

ENOUGH = 2_000
STATEMENTS, FEWEST_LETTERS, SPEAKERS = 4, 40, 50
CLIENTS, SECONDS, PATIENCE = 16, 5.0, 30.0
SHORT = ("حلب", "الحكومة", "القوات السورية", "مجلس الأمن", "ارتفاع أسعار النفط", "تنظيم داعش سوريا", "دمشق", "اللاجئين")
LONG = (
    "متى أعلنت الحكومة السورية دخول القوات إلى مدينة حلب القديمة؟",
    "ما هي أسباب ارتفاع أسعار النفط في الأسواق العالمية؟",
    "أين عقدت الأمم المتحدة مؤتمر المانحين للاجئين السوريين؟",
    "كم عدد القتلى في التفجير الذي استهدف مسجدا في الكويت؟",
)


def run() -> None:
    """Fill servers of its own, then time short and long searches on each engine."""
    if not articles_file().is_file():
        print(f"Search was not measured: {articles_file()} is not there")
        return
    count = int(os.environ.get("QAWL_BENCH_ARTICLES", ENOUGH))
    with (
        tempfile.TemporaryDirectory(prefix="qawl-bench-") as folder,
        servers(Settings(data_dir=Path(folder)), durable=False) as running,
    ):
        migrate(running.database_url)
        places = [Place("postgres", running.database_url)]
        if running.meilisearch_url:
            places.append(Place("meilisearch", running.database_url, running.meilisearch_url, running.meilisearch_key))
        begun = time.perf_counter()
        asyncio.run(fill(places, [with_statements(number, page) for number, (_, page) in enumerate(articles(count))]))
        print(f"\nSearch: {count} articles, written and indexed in {time.perf_counter() - begun:,.0f} s")
        for place in places:
            uvloop.run(_measure(place))


def with_statements(number: int, page: Page) -> Page:
    """The article with sentences of its own as statements, of speakers whose names are numbers."""
    page.statements = [
        Said(f"{page.id}-{at}", sentence, speaker=f"speaker {(number * STATEMENTS + at) % SPEAKERS}")
        for at, sentence in enumerate(islice(_sentences(page.body), STATEMENTS))
    ]
    return page


def _sentences(body: str) -> Iterator[str]:
    return (one for one in dict.fromkeys(map(str.strip, re.split(r"[.\n]", body))) if len(one) >= FEWEST_LETTERS)


async def _measure(place: Place) -> None:
    settings = place.settings()
    async with await open_pool(place.database_url, size=CLIENTS) as pool, open_searcher(settings, pool) as searcher:
        for name, queries in (("up to three words", SHORT), ("questions", LONG)):
            took = median([await _seconds(searcher, q) for _ in range(10) for q in queries])
            line(f"{place.engine}, {name}, p50", f"{took * 1e3:12.1f} ms")
        took = median([await _seconds(searcher, q, StatementSearch) for _ in range(10) for q in SHORT])
        line(f"{place.engine}, statements, p50", f"{took * 1e3:12.1f} ms")
        if place.url:
            await _beside_the_engine(place, searcher)


async def _seconds(searcher: Searcher, q: str, wanted: type[ArticleSearch | StatementSearch] = ArticleSearch) -> float:
    begun = time.perf_counter()
    await searcher.search(wanted(q=q))
    return time.perf_counter() - begun


async def _beside_the_engine(place: Place, searcher: Searcher) -> None:
    """Our own part of a short search, and the searches a second of many clients, beside Meilisearch asked directly."""
    assert place.url
    index = f"{place.prefix}_articles"
    bodies = [
        msgspec.json.encode(search_request(Question(entity="article", query=parse(q, "stem")), index)) for q in SHORT
    ]
    async with open_client(place.url, place.key) as client:
        # The searcher goes to Postgres where Meilisearch is slow; the reference has nobody else to ask.
        client.timeout = httpx.Timeout(PATIENCE)
        engine = [await _processing(client, body) for _ in range(10) for body in bodies]
        ours = [await _seconds(searcher, q) for _ in range(10) for q in SHORT]
        own = median(whole - part for whole, part in zip(ours, engine, strict=True))
        line("meilisearch, up to three words, our own part, p50", f"{own * 1e3:12.1f} ms")
        direct = await _throughput(lambda at: client.post("/multi-search", content=bodies[at % len(bodies)]))
    answers: Counter[str] = Counter()

    async def ask(at: int) -> None:
        try:
            answers[(await searcher.search(ArticleSearch(q=SHORT[at % len(SHORT)]))).engine] += 1
        except Unavailable:
            answers["too late"] += 1

    await _throughput(ask)
    through = answers[place.engine] / SECONDS
    line(f"meilisearch asked directly, {CLIENTS} clients (reference)", f"{direct:12,.0f} searches/s")
    line(f"Qawl on meilisearch, {CLIENTS} clients", f"{through:12,.0f} searches/s", through / direct, "the reference")
    line("answered in time", f"{100 * answers[place.engine] / answers.total():12.0f} %")


async def _processing(client: httpx.AsyncClient, body: bytes) -> float:
    """Seconds that Meilisearch says it took."""
    answer = await client.post("/multi-search", content=body)
    return float(answer.raise_for_status().json()["processingTimeMs"]) / 1e3


async def _throughput(ask: Callable[[int], Awaitable[object]]) -> float:
    """Searches a second of `CLIENTS` clients, each asking one after the other."""
    end, counts = time.perf_counter() + SECONDS, [0] * CLIENTS

    async def client(number: int) -> None:
        while time.perf_counter() < end:
            await ask(number + counts[number])
            counts[number] += 1

    await asyncio.gather(*(client(number) for number in range(CLIENTS)))
    return sum(counts) / SECONDS


if __name__ == "__main__":
    run()

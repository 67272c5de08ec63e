"""How well search finds what readers of Arabic mean, on both engines, against labelled examples.

`variations.dev.tsv`: a document form and a query form each, and whether the query must find the document.
`arcd_train_*.jsonl`: questions and the paragraph that answers each; MRR@10 beside plain BM25 over the same texts.
"""

import asyncio
import csv
import tempfile
from collections.abc import AsyncIterator, Iterable
from contextlib import AsyncExitStack, asynccontextmanager
from functools import partial
from pathlib import Path
from typing import TypeVar

import msgspec
from pydantic import SecretStr
from rich.console import Console
from rich.table import Table

from app.arabic.words import Form, forms
from app.corpus.database import connect, open_pool, writing_engine
from app.corpus.migrations import migrate
from app.embedded import Servers, servers
from app.search import ArticleSearch, Searcher, open_searcher
from app.search.index_settings import index_names
from app.search.rebuilding import rebuild
from app.search.worker import indexes_of
from app.settings import Settings
from tests.evaluation.bm25 import BM25, reciprocal_rank
from tests.search.corpus import Page, clear, write_pages

LABELLED = Path(__file__).parents[3] / "shared" / "evaluation"
CACHE = Path(__file__).parents[2] / "var" / "cache"
Row = TypeVar("Row")
FORMS: tuple[Form, ...] = ("plain", "folded", "stem")


class Variation(msgspec.Struct):
    group: str
    case: str
    document: str
    query: str
    must_match: str


class Passage(msgspec.Struct):
    id: str
    text: str


class Asked(msgspec.Struct):
    query: str
    pid: str


def evaluate_search(folder: Path = LABELLED) -> None:
    """Print the tables. Says so, and does nothing, where the labelled examples are not there."""
    if not (folder / "variations.dev.tsv").is_file():
        Console().print(f"search: no labelled examples in {folder}")
        return
    with (
        tempfile.TemporaryDirectory(prefix="qawl-eval-") as data_dir,
        servers(Settings(data_dir=Path(data_dir), cache_dir=CACHE), durable=False) as running,
    ):
        asyncio.run(_evaluate(folder, running))


async def _evaluate(folder: Path, running: Servers) -> None:
    await _new_database(running)
    with (folder / "variations.dev.tsv").open(encoding="utf-8") as lines:
        variations = [msgspec.convert(row, Variation) for row in csv.DictReader(lines, delimiter="\t")]
    passages = _read(folder / "arcd_train_passages.jsonl", Passage)
    questions = _read(folder / "arcd_train_queries.jsonl", Asked)
    scores = Table("search", *_engines(running), title=f"{len(variations)} variations, {len(questions)} questions")
    wrong: dict[str, list[Variation]] = {}
    ranks: dict[str, float] = {}
    for engine in _engines(running):
        async with _over(
            running, engine, [Page(f"v{at}", body=one.document) for at, one in enumerate(variations)]
        ) as searcher:
            wrong[engine] = [one for at, one in enumerate(variations) if not await _right(searcher, at, one)]
        async with _over(running, engine, [Page(one.id, body=one.text) for one in passages]) as searcher:
            ranks[engine] = await _mean_reciprocal_rank(searcher, questions)
    scores.add_row("variations right", *(str(len(variations) - len(those)) for those in wrong.values()))
    scores.add_row("MRR@10", *(f"{rank:.3f}" for rank in ranks.values()))
    Console().print(scores)
    for engine, those in wrong.items():
        for one in those:
            Console().print(f"{engine}: {one.group}, {one.case}: {one.query} against {one.document}")
    Console().print(_bm25(passages, questions))


async def _right(searcher: Searcher, at: int, variation: Variation) -> bool:
    answer = await searcher.search(ArticleSearch(q=variation.query, limit=100))
    return (f"v{at}" in {hit.id for hit in answer.hits}) == (variation.must_match == "1")


async def _mean_reciprocal_rank(searcher: Searcher, questions: Iterable[Asked]) -> float:
    ranks = []
    for asked in questions:
        answer = await searcher.search(ArticleSearch(q=asked.query[:500], limit=10))
        ranks.append(reciprocal_rank([hit.id for hit in answer.hits], asked.pid))
    return sum(ranks) / len(ranks)


def _bm25(passages: list[Passage], questions: list[Asked]) -> Table:
    """Plain BM25 over the same texts, in each form of their words."""
    table = Table("BM25", *FORMS)
    texts = {one.id: one.text for one in passages}
    row = []
    for form in FORMS:
        ranking = BM25(texts, partial(forms, form=form))
        ranks = [reciprocal_rank(ranking.best(asked.query, 10), asked.pid) for asked in questions]
        row.append(f"{sum(ranks) / len(ranks):.3f}")
    table.add_row("MRR@10", *row)
    return table


def _engines(running: Servers) -> tuple[str, ...]:
    return ("postgres", "meilisearch") if running.meilisearch_url else ("postgres",)


@asynccontextmanager
async def _over(running: Servers, engine: str, pages: list[Page]) -> AsyncIterator[Searcher]:
    """A searcher of one engine over these pages and nothing else."""
    settings = Settings(
        database_url=SecretStr(_database(running)),
        search_engine=engine,
        meilisearch_url=running.meilisearch_url,
        meilisearch_key=SecretStr(running.meilisearch_key or ""),
        index_prefix="evaluation",
    )
    async with AsyncExitStack() as stack:
        writing = writing_engine(_database(running))
        stack.push_async_callback(writing.dispose)
        async with writing.begin() as connection:
            await clear(connection)
            await write_pages(connection, pages)
        if indexes := indexes_of(settings):
            await rebuild(writing, indexes, index_names(settings.index_prefix))
        pool = await stack.enter_async_context(await open_pool(_database(running), size=4))
        yield await stack.enter_async_context(open_searcher(settings, pool))


async def _new_database(running: Servers) -> None:
    connection = await connect(running.database_url)
    await connection.execute("CREATE DATABASE evaluation")
    await connection.close()
    await asyncio.to_thread(migrate, _database(running))


def _database(running: Servers) -> str:
    return running.database_url.replace("@/qawl?", "@/evaluation?", 1)


def _read(file: Path, type: type[Row]) -> list[Row]:
    return [msgspec.json.decode(line, type=type) for line in file.read_bytes().splitlines() if line.strip()]


if __name__ == "__main__":
    evaluate_search()

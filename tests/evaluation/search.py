"""How well search finds what readers of Arabic mean, on both engines, against labelled examples.

`variations.tsv` (our own) and `variations.dev.tsv`: a document form and a query form each, and whether the query must
find the document.
`arcd_train_*.jsonl`: questions and the paragraph that answers each; MRR@10 beside plain BM25 over the same texts.
"""

import asyncio
import csv
import tempfile
from collections.abc import AsyncIterator, Iterable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TypeVar

import msgspec
from pydantic import SecretStr
from rich.console import Console
from rich.table import Table

from app.arabic.words import FORMS, forms
from app.corpus.database import open_pool, writing_engine
from app.corpus.migrations import migrate
from app.embedded import servers
from app.search import ArticleSearch, Searcher, open_searcher
from app.search.index_settings import index_names
from app.search.rebuilding import rebuild
from app.search.worker import indexes_of
from app.settings import Settings
from tests.evaluation.bm25 import BM25, reciprocal_rank
from tests.evaluation.labels import outside_folder
from tests.search.corpus import Page, clear, write_pages

CACHE = Path(__file__).parents[2] / "var" / "cache"
OWN_VARIATIONS = Path(__file__).with_name("variations.tsv")
VARIATIONS, PASSAGES, QUESTIONS = "variations.dev.tsv", "arcd_train_passages.jsonl", "arcd_train_queries.jsonl"
Row = TypeVar("Row")


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


@dataclass(frozen=True)
class Place:
    """Where search is tried: a migrated database of its own, and one engine. Without `url` that is Postgres."""

    engine: str
    database_url: str
    url: str | None = None
    key: str | None = None
    prefix: str = "evaluation"

    def settings(self) -> Settings:
        return Settings(
            database_url=SecretStr(self.database_url),
            search_engine="meilisearch" if self.url else "postgres",
            meilisearch_url=self.url,
            meilisearch_key=SecretStr(self.key or ""),
            index_prefix=self.prefix,
        )


@dataclass(frozen=True)
class Tried:
    """The variations that one engine gets wrong, and the share that it gets right, in percent."""

    wrong: list[Variation]
    right: float


async def try_variations(file: Path, place: Place) -> Tried:
    """Try the variations of a file on one engine. Empties the database and fills it with them."""
    with file.open(encoding="utf-8") as lines:
        variations = [msgspec.convert(row, Variation) for row in csv.DictReader(lines, delimiter="\t")]
    async with _over(place, [Page(f"v{at}", body=one.document) for at, one in enumerate(variations)]) as searcher:
        wrong = [one for at, one in enumerate(variations) if not await _right(searcher, at, one)]
    return Tried(wrong, 100 * (1 - len(wrong) / len(variations)))


async def ask_questions(folder: Path, place: Place) -> float:
    """MRR@10 of the questions on one engine, in percent. Empties the database and fills it with the paragraphs."""
    passages = read_lines(folder / PASSAGES, Passage)
    async with _over(place, [Page(one.id, body=one.text) for one in passages]) as searcher:
        return 100 * await _mean_reciprocal_rank(searcher, read_lines(folder / QUESTIONS, Asked))


def evaluate_search(folder: Path) -> None:
    """Print the tables. Where the labelled examples beside the project are not there, says so and tries our own."""
    console = Console()
    outside = (folder / VARIATIONS).is_file()
    if not outside:
        console.print(f"[yellow]Questions are not scored: there are no labelled examples in {folder}.[/yellow]")
    files = [OWN_VARIATIONS, folder / VARIATIONS] if outside else [OWN_VARIATIONS]
    with (
        tempfile.TemporaryDirectory(prefix="qawl-eval-") as data_dir,
        servers(Settings(data_dir=Path(data_dir), cache_dir=CACHE), durable=False) as running,
    ):
        migrate(running.database_url)
        places = [Place("postgres", running.database_url)]
        if running.meilisearch_url:
            places.append(Place("meilisearch", running.database_url, running.meilisearch_url, running.meilisearch_key))
        tried = {file: [asyncio.run(try_variations(file, place)) for place in places] for file in files}
        ranks = [asyncio.run(ask_questions(folder, place)) for place in places] if outside else []
    scores = Table("search", *(place.engine for place in places))
    for file, found in tried.items():
        scores.add_row(f"{file.name}, right, %", *(f"{one.right:.1f}" for one in found))
    if outside:
        scores.add_row("MRR@10, %", *(f"{rank:.1f}" for rank in ranks))
    console.print(scores)
    for place, missed in ((place, one) for found in tried.values() for place, one in zip(places, found, strict=True)):
        for one in missed.wrong:
            console.print(f"{place.engine}: {one.group}, {one.case}: {one.query} against {one.document}")
    if outside:
        console.print(_bm25(read_lines(folder / PASSAGES, Passage), read_lines(folder / QUESTIONS, Asked)))


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
        row.append(f"{100 * sum(ranks) / len(ranks):.1f}")
    table.add_row("MRR@10, %", *row)
    return table


@asynccontextmanager
async def _over(place: Place, pages: list[Page]) -> AsyncIterator[Searcher]:
    """A searcher over these pages and nothing else."""
    settings = place.settings()
    async with AsyncExitStack() as stack:
        writing = writing_engine(place.database_url)
        stack.push_async_callback(writing.dispose)
        async with writing.begin() as connection:
            await clear(connection)
            await write_pages(connection, pages)
        if indexes := indexes_of(settings):
            await rebuild(writing, indexes, index_names(place.prefix))
        pool = await stack.enter_async_context(await open_pool(place.database_url, size=4))
        yield await stack.enter_async_context(open_searcher(settings, pool))


def read_lines(file: Path, type: type[Row]) -> list[Row]:
    return [msgspec.json.decode(line, type=type) for line in file.read_bytes().splitlines() if line.strip()]


if __name__ == "__main__":
    evaluate_search(outside_folder())

"""How well search ranks among thousands of real articles, on both engines, beside BM25 over the very same documents.

Two tasks. Questions: the paragraphs of `arcd_train_*` mixed into the articles; MRR@10 of the right paragraph. Claims:
30 words from the lead of an article, every fifth left out; to be found are the article, whose lead is taken out of what
is searched, and its copies elsewhere: articles that share a fifth of the rest's runs of five words. nDCG@10.

The articles stay beside the project; which are asked for follows from their order and is the same in every run.
"""

import argparse
import asyncio
import gzip
import math
import tempfile
from collections import Counter, defaultdict
from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path

import msgspec
from rich.console import Console
from rich.progress import track
from rich.table import Table
from sqlalchemy import text

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
from tests.evaluation.labelled import articles_file
from tests.evaluation.labels import outside_folder
from tests.evaluation.search import CACHE, PASSAGES, QUESTIONS, Asked, Passage, Place, read_lines
from tests.search.corpus import Page, clear, write_pages

ARTICLES = 4_000
# Few enough for a test.
FEW = 400
CLAIMS = 200
CLAIM_WORDS = 30
LEFT_OUT = 5
RUN = 5
COPIED = 0.2
BATCH = 500
SUBJECT = "سوري"

_TIDY = text("VACUUM (ANALYZE) article_words, statement_words, vocabulary")

Ranking = Callable[[str], Sequence[str]]


class Article(msgspec.Struct):
    """One line of the file of articles."""

    title: str | None
    text: str


@dataclass(frozen=True)
class Claim:
    """What is asked, and the articles that report it."""

    words: str
    reported_in: frozenset[str]


def claims_of(texts: dict[str, str], subject: str = SUBJECT) -> list[Claim]:
    """Claims from the leads of articles on the subject; their leads are taken out of `texts`."""
    runs = {id: _runs(text) for id, text in texts.items()}
    holders: defaultdict[int, list[str]] = defaultdict(list)
    for id, found in runs.items():
        for run in found:
            holders[run].append(id)
    claims = []
    for id in list(texts):
        lead, _, rest = texts[id].partition("\n")
        words = lead.split()
        if subject not in lead or len(words) < CLAIM_WORDS or len(rest.split()) < CLAIM_WORDS * 3:
            continue
        of_the_rest = _runs(rest)
        shared = Counter(other for run in of_the_rest for other in holders[run])
        copies = {other for other, count in shared.items() if count >= COPIED * len(of_the_rest)}
        texts[id] = rest
        said = [word for at, word in enumerate(words[: CLAIM_WORDS * LEFT_OUT // (LEFT_OUT - 1)], 1) if at % LEFT_OUT]
        claims.append(Claim(" ".join(said[:CLAIM_WORDS]), frozenset(copies | {id})))
        if len(claims) == CLAIMS:
            break
    return claims


def _runs(text: str) -> set[int]:
    words = forms(text, "folded")
    return {hash(tuple(words[at : at + RUN])) for at in range(len(words) - RUN + 1)}


def gain(found: Sequence[str], wanted: frozenset[str]) -> float:
    """nDCG@10, a document being right or not."""
    got = sum(1 / math.log2(at + 2) for at, id in enumerate(found[:10]) if id in wanted)
    return got / sum(1 / math.log2(at + 2) for at in range(min(10, len(wanted))))


def evaluate(count: int = ARTICLES) -> None:
    """Print the table, over the first `count` articles.

    Says so, and does nothing, where the articles or the questions are not there.
    """
    folder, console = outside_folder(), Console()
    for needed in (folder / PASSAGES, articles_file()):
        if not needed.is_file():
            console.print(f"[yellow]Search at scale is not scored: {needed} is not there.[/yellow]")
            return
    pages = dict(articles(count))
    texts = {id: page.body for id, page in pages.items()}
    claims = claims_of(texts)
    passages = read_lines(folder / PASSAGES, Passage)
    questions = read_lines(folder / QUESTIONS, Asked)
    documents = [Page(id, page.title, texts[id], published=None) for id, page in pages.items()]
    documents += [Page(one.id, body=one.text, published=None) for one in passages]
    table = Table(
        f"among {len(pages):,} articles", f"questions, MRR@10 ({len(questions)})", f"claims, nDCG@10 ({len(claims)})"
    )
    searched = {one.id: f"{one.title} {one.body}" for one in documents}
    for form in FORMS:
        ranking = BM25(searched, partial(forms, form=form))
        table.add_row(f"BM25 {form}", *_scores(partial(ranking.best, limit=10), questions, claims))
    with (
        tempfile.TemporaryDirectory(prefix="qawl-eval-") as data_dir,
        servers(Settings(data_dir=Path(data_dir), cache_dir=CACHE), durable=False) as running,
    ):
        migrate(running.database_url)
        places = [Place("postgres", running.database_url)]
        if running.meilisearch_url:
            places.append(Place("meilisearch", running.database_url, running.meilisearch_url, running.meilisearch_key))
        asyncio.run(fill(places, documents))
        for place in places:
            found = asyncio.run(_found(place, [one.query for one in questions] + [one.words for one in claims]))
            table.add_row(f"Qawl, {place.engine}", *_scores(found.__getitem__, questions, claims))
    console.print(table)


async def rank_claims(place: Place, count: int = FEW) -> dict[str, float]:
    """nDCG@10, in percent, of claims of any subject among the first `count` articles: ours, and BM25 over stems."""
    pages = dict(articles(count))
    texts = {id: page.body for id, page in pages.items()}
    claims = claims_of(texts, subject="")
    documents = [Page(id, page.title, texts[id], published=None) for id, page in pages.items()]
    await fill([place], documents)
    found = await _found(place, [one.words for one in claims])
    bm25 = BM25({one.id: f"{one.title} {one.body}" for one in documents}, partial(forms, form="stem"))
    rankings: dict[str, Ranking] = {"claims": found.__getitem__, "bm25": partial(bm25.best, limit=10)}
    return {
        name: 100 * sum(gain(ranking(one.words), one.reported_in) for one in claims) / len(claims)
        for name, ranking in rankings.items()
    }


def articles(count: int) -> Iterator[tuple[str, Page]]:
    """The first articles of the file, by ids of our own."""
    with gzip.open(articles_file()) as lines:
        for number, line in enumerate(islice(lines, count)):
            one = msgspec.json.decode(line, type=Article)
            yield f"n{number:05}", Page(f"n{number:05}", one.title or "", one.text)


def _scores(ranking: Ranking, questions: Sequence[Asked], claims: Sequence[Claim]) -> tuple[str, str]:
    ranks = [reciprocal_rank(ranking(one.query), one.pid) for one in questions]
    gains = [gain(ranking(one.words), one.reported_in) for one in claims]
    return f"{100 * sum(ranks) / len(ranks):.1f}", f"{100 * sum(gains) / len(gains):.1f}"


async def fill(places: Sequence[Place], documents: Sequence[Page]) -> None:
    """Write the documents once, and index them for each engine."""
    writing = writing_engine(places[0].database_url)
    try:
        async with writing.begin() as connection:
            await clear(connection)
        for start in track(range(0, len(documents), BATCH), "writing"):
            async with writing.begin() as connection:
                await write_pages(connection, documents[start : start + BATCH])
        async with writing.connect() as connection:
            await connection.execution_options(isolation_level="AUTOCOMMIT")
            await connection.execute(_TIDY)
    finally:
        await writing.dispose()
    await index(places)


async def index(places: Sequence[Place]) -> None:
    """Build the indexes of each engine that has some."""
    for place in places:
        if indexes := indexes_of(place.settings()):
            writing = writing_engine(place.database_url)
            try:
                await rebuild(writing, indexes, index_names(place.prefix))
            finally:
                await writing.dispose()


async def _found(place: Place, queries: Sequence[str]) -> Mapping[str, Sequence[str]]:
    """For each query the ids of the ten best."""
    async with _searcher(place) as searcher:
        found = {}
        for query in track(queries, place.engine):
            answer = await searcher.search(ArticleSearch(q=query[:500], limit=10))
            found[query] = [hit.id for hit in answer.hits]
        return found


@asynccontextmanager
async def _searcher(place: Place) -> AsyncIterator[Searcher]:
    async with AsyncExitStack() as stack:
        pool = await stack.enter_async_context(await open_pool(place.database_url, size=4))
        yield await stack.enter_async_context(open_searcher(place.settings(), pool))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("articles", type=int, nargs="?", default=ARTICLES, help="how many articles are searched")
    evaluate(parser.parse_args().articles)

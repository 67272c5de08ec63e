"""The index follows the corpus: through changes, deletions, losses, rebuilds and servers that go away."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from time import monotonic

import httpx
import pytest
from pydantic import SecretStr
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from app.search import Answer, ArticleSearch, Searcher, StatementSearch
from app.search.index import Indexes
from app.search.index_settings import index_names
from app.search.rebuilding import mend, rebuild
from app.search.status import index_status
from app.search.synchronisation import apply_outbox
from app.search.worker import run_worker
from app.settings import Settings
from tests.conftest import SearchServer
from tests.search.conftest import fill, searcher_over
from tests.search.corpus import Page, Said, write_pages


@pytest.fixture
def indexed(database_url: str, meilisearch: SearchServer, writing: AsyncEngine) -> Settings:
    """Settings of an instance with Meilisearch, over an empty database."""
    return Settings(
        database_url=SecretStr(database_url),
        meilisearch_url=meilisearch.url,
        meilisearch_key=SecretStr(meilisearch.key),
        index_prefix=meilisearch.prefix.strip("_"),
    )


@pytest.fixture
def indexes(meilisearch: SearchServer) -> Indexes:
    return Indexes(meilisearch.url, meilisearch.key)


@asynccontextmanager
async def working(settings: Settings) -> AsyncIterator[None]:
    """A worker at work."""
    stop = asyncio.Event()
    task = asyncio.create_task(run_worker(settings, stop))
    try:
        yield
    finally:
        stop.set()
        await task


async def search(searcher: Searcher, q: str) -> Answer:
    return await searcher.search(ArticleSearch(q=q))


async def until(question: Callable[[], Awaitable[bool]], *, seconds: float = 30) -> None:
    end = monotonic() + seconds
    while not await question():
        assert monotonic() < end, "waited in vain"
        await asyncio.sleep(0.1)


async def pending(engine: AsyncEngine) -> int:
    async with engine.connect() as connection:
        return int(await connection.scalar(text("SELECT count(*) FROM outbox")) or 0)


async def test_a_worker_builds_the_index_and_teaches_it_what_comes_later(
    indexed: Settings, writing: AsyncEngine
) -> None:
    async with writing.begin() as connection:
        await write_pages(connection, [Page("a", body="معرض الزهور")])
    async with searcher_over(indexed) as searcher, working(indexed):
        before = await search(searcher, "معرض")
        assert [hit.id for hit in before.hits] == ["a"]

        async def by_meilisearch() -> bool:
            answer = await search(searcher, "معرض")
            return answer.engine == "meilisearch" and not answer.degraded

        await until(by_meilisearch)
        async with writing.begin() as connection:
            await write_pages(connection, [Page("b", body="معرض الكتاب", statements=[Said("s", "سنقرأ معا")])])
        await until(lambda: _is(pending(writing), 0))
        assert {hit.id for hit in (await search(searcher, "معرض")).hits} == {"a", "b"}
        assert (await searcher.search(StatementSearch(q="سنقرأ"))).engine == "meilisearch"


async def _is(value: Awaitable[int], wanted: int) -> bool:
    return await value == wanted


async def test_what_is_deleted_or_gone_leaves_the_index(
    indexed: Settings, writing: AsyncEngine, indexes: Indexes
) -> None:
    names = index_names(indexed.index_prefix)
    said = [Said("s1", "سنفتح الباب"), Said("s2", "سنغلق الباب")]
    await fill(writing, indexed, [Page("a", body="خبر", statements=said), Page("b", body="خبر")])
    async with writing.begin() as connection:
        await connection.execute(text("DELETE FROM statement WHERE id = 's1'"))
        await connection.execute(text("UPDATE article SET deleted_at = now() WHERE id = 'b'"))
        await connection.execute(
            text("""
                INSERT INTO outbox (entity, entity_id, operation)
                VALUES ('statement', 's1', 'delete'), ('article', 'b', 'upsert')
            """)
        )
    while await apply_outbox(writing, indexes, names):
        pass
    assert await indexes.ids(names["article"]) == {"a"}
    assert await indexes.ids(names["statement"]) == {"s2"}


async def test_a_document_that_is_refused_waits_and_holds_up_no_other(
    indexed: Settings, writing: AsyncEngine, indexes: Indexes
) -> None:
    names = index_names(indexed.index_prefix)
    await fill(writing, indexed, [])
    # Meilisearch takes letters, digits, - and _ in an id.
    async with writing.begin() as connection:
        await write_pages(connection, [Page("a", body="خبر"), Page("not.allowed", body="خبر"), Page("c", body="خبر")])
    assert await apply_outbox(writing, indexes, names) == 2
    assert await indexes.ids(names["article"]) == {"a", "c"}
    async with writing.connect() as connection:
        row = (await connection.execute(text("SELECT attempts, last_error, available_at > now() FROM outbox"))).one()
    assert row[0] == 1
    assert "not.allowed" in row[1]
    assert row[2]


async def test_a_rebuild_never_empties_search_and_loses_nothing_that_comes_meanwhile(
    indexed: Settings, writing: AsyncEngine, indexes: Indexes
) -> None:
    names = index_names(indexed.index_prefix)
    await fill(writing, indexed, [Page(f"a{at}", body="معرض") for at in range(20)])
    async with writing.begin() as connection:
        await connection.execute(text("DELETE FROM outbox"))
    totals: list[int] = []
    async with searcher_over(indexed) as searcher:
        rebuilding = asyncio.create_task(rebuild(writing, indexes, names))
        written = False
        while not rebuilding.done():
            answer = await search(searcher, "معرض")
            assert not answer.degraded
            totals.append(answer.total)
            if not written:
                async with writing.begin() as connection:
                    await write_pages(connection, [Page("late", body="معرض")])
                written = True
            assert await apply_outbox(writing, indexes, names) == 0 or rebuilding.done()
        await rebuilding
        while await apply_outbox(writing, indexes, names):
            pass
        assert min(totals) >= 20
        assert (await search(searcher, "معرض")).total == 21


async def test_a_lost_index_is_noticed_and_built_again(
    indexed: Settings, writing: AsyncEngine, indexes: Indexes
) -> None:
    names = index_names(indexed.index_prefix)
    await fill(writing, indexed, [Page("a", body="معرض")])
    for name in names.values():
        await indexes.drop(name)
    async with searcher_over(indexed) as searcher:
        answer = await search(searcher, "معرض")
        assert (answer.total, answer.engine, answer.degraded) == (1, "postgres", True)
        async with working(indexed):

            async def back() -> bool:
                return (await search(searcher, "معرض")).engine == "meilisearch"

            await until(back)
    assert await indexes.ids(names["article"]) == {"a"}


async def test_differences_between_index_and_corpus_are_mended(
    indexed: Settings, writing: AsyncEngine, indexes: Indexes
) -> None:
    names = index_names(indexed.index_prefix)
    await fill(writing, indexed, [Page("a", body="خبر", statements=[Said("s", "سنقرأ معا")]), Page("b", body="خبر")])
    async with writing.begin() as connection:
        await connection.execute(text("DELETE FROM outbox"))
    await indexes.done(await indexes.put(names["article"], [{"id": "stray"}]))
    await indexes.done(await indexes.remove(names["statement"], "id EXISTS"))
    assert await mend(writing, indexes, names) == 2
    while await apply_outbox(writing, indexes, names):
        pass
    assert await indexes.ids(names["article"]) == {"a", "b"}
    assert await indexes.ids(names["statement"]) == {"s"}


async def test_search_goes_on_within_the_second_when_meilisearch_is_away_and_returns_by_itself(
    indexed: Settings, writing: AsyncEngine, meilisearch: SearchServer
) -> None:
    await fill(writing, indexed, [Page("a", body="معرض")])
    async with wire(meilisearch.url) as line:
        through = indexed.model_copy(update={"meilisearch_url": line.url})
        async with searcher_over(through) as searcher:
            assert (await search(searcher, "معرض")).engine == "meilisearch"
            line.silent = True
            for _ in range(5):
                began = monotonic()
                answer = await search(searcher, "معرض")
                assert monotonic() - began < 1.5  # the promise is one second; test machines are slow
                assert (answer.total, answer.engine, answer.degraded) == (1, "postgres", True)
            line.silent = False

            async def back() -> bool:
                return not (await search(searcher, "معرض")).degraded

            await until(back, seconds=10)


async def test_one_search_that_is_refused_does_not_take_meilisearch_from_the_others(
    indexed: Settings, writing: AsyncEngine
) -> None:
    await fill(writing, indexed, [Page("a", body="معرض", statements=[Said("s", "معرض الزهور")])])
    # An index that does not know an attribute refuses the searches that name it.
    names = index_names(indexed.index_prefix)
    async with httpx.AsyncClient(base_url=indexed.meilisearch_url or "") as client:
        key = indexed.meilisearch_key
        client.headers["Authorization"] = f"Bearer {key.get_secret_value() if key else ''}"
        task = (await client.delete(f"/indexes/{names['article']}/settings/filterable-attributes")).json()["taskUid"]

        async def done() -> bool:
            return bool((await client.get(f"/tasks/{task}")).json()["status"] == "succeeded")

        await until(done)
    async with searcher_over(indexed) as searcher:
        refused = await searcher.search(ArticleSearch(q="معرض", source=["one.example"]))
        assert (refused.total, refused.engine, refused.degraded) == (1, "postgres", True)
        assert (await search(searcher, "معرض")).engine == "meilisearch"


async def test_the_state_of_the_index_is_told_in_numbers(indexed: Settings, writing: AsyncEngine) -> None:
    await fill(writing, indexed, [Page("a", body="خبر", statements=[Said("s", "سنقرأ معا")])])
    async with searcher_over(indexed) as searcher:
        status = await index_status(indexed, searcher.pool)
    assert (status.engine, status.reachable, status.outbox_pending) == ("meilisearch", True, 0)
    assert [(one.documents, one.rows, one.current) for one in status.indexes] == [(1, 1, True), (1, 1, True)]


class Wire:
    """A line to a server that can fall silent: connections stay open, nothing comes through."""

    def __init__(self, host: str, port: int) -> None:
        self._host, self._port = host, port
        self.url = ""
        self.silent = False

    async def carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there, back = await asyncio.open_connection(self._host, self._port)
        await asyncio.gather(self._pump(reader, back), self._pump(there, writer))

    async def _pump(self, source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
        with suppress(ConnectionError):
            while data := await source.read(65_536):
                if not self.silent:
                    target.write(data)
                    await target.drain()
        target.close()


@asynccontextmanager
async def wire(url: str) -> AsyncIterator[Wire]:
    host, _, port = url.removeprefix("http://").rstrip("/").partition(":")
    line = Wire(host, int(port))
    server = await asyncio.start_server(line.carry, "127.0.0.1", 0)
    line.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    yield line
    server.close()

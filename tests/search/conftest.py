"""Both engines over one small corpus, and a searcher for each."""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from contextlib import AsyncExitStack, asynccontextmanager

import pytest
from pydantic import SecretStr
from sqlalchemy.ext.asyncio import AsyncEngine

from app.corpus.database import open_pool, writing_engine
from app.search import Searcher, open_searcher
from app.search.index_settings import index_names
from app.search.rebuilding import rebuild
from app.search.worker import indexes_of
from app.settings import Settings
from tests.conftest import SearchServer
from tests.search.corpus import Page, clear, write_pages

Opened = Callable[[Iterable[Page]], Awaitable[Searcher]]
ENGINES = ("postgres", "meilisearch")


@pytest.fixture
async def writing(database_url: str) -> AsyncIterator[AsyncEngine]:
    """A way to write to the module's database, which is empty when the test begins."""
    engine = writing_engine(database_url)
    async with engine.begin() as connection:
        await clear(connection)
    yield engine
    await engine.dispose()


@pytest.fixture(params=ENGINES)
def engine_settings(request: pytest.FixtureRequest, database_url: str, writing: AsyncEngine) -> Settings:
    """Settings that let one engine alone answer, over an empty database."""
    if request.param == "postgres":
        return Settings(database_url=SecretStr(database_url), search_engine="postgres")
    server: SearchServer = request.getfixturevalue("meilisearch")
    return Settings(
        database_url=SecretStr(database_url),
        search_engine="meilisearch",
        meilisearch_url=server.url,
        meilisearch_key=SecretStr(server.key),
        index_prefix=server.prefix.strip("_"),
    )


@pytest.fixture
async def searching(engine_settings: Settings, writing: AsyncEngine) -> AsyncIterator[Opened]:
    """Writes pages into the empty corpus, indexes them, and gives the engine that searches them."""
    async with AsyncExitStack() as stack:

        async def opened(pages: Iterable[Page]) -> Searcher:
            await fill(writing, engine_settings, pages)
            return await stack.enter_async_context(searcher_over(engine_settings))

        yield opened


async def fill(engine: AsyncEngine, settings: Settings, pages: Iterable[Page]) -> None:
    """Write these pages and build the indexes of the Meilisearch that the settings name, if any."""
    async with engine.begin() as connection:
        await write_pages(connection, pages)
    if indexes := indexes_of(settings):
        await rebuild(engine, indexes, index_names(settings.index_prefix))


@asynccontextmanager
async def searcher_over(settings: Settings) -> AsyncIterator[Searcher]:
    """A searcher with a pool of its own."""
    assert settings.database_url is not None
    pool = await open_pool(settings.database_url.get_secret_value(), size=4)
    try:
        async with open_searcher(settings, pool) as searcher:
            yield searcher
    finally:
        await pool.close()

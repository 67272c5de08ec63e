"""The real servers that tests run on, and who gets what of them.

One Postgres and one Meilisearch serve a whole test run, with their data in a temporary folder. In a parallel run
(`-n`) the process that hands out the work owns them and the workers join; in a plain run they start when the first
test asks for them. They are gone when the run ends, however it ends.

* `servers`       their addresses. The database `qawl` there is shared by all: do not write to it.
* `database_url`  a migrated, empty database of its own for each test *module*: tests of one module see each other's
                  rows, modules do not.
* `new_database`  a function that makes one more such database, for a test that must start from nothing.
* `meilisearch`   URL, key and an index prefix of its own for each test *module*; its indexes are removed afterwards.
                  Where no Meilisearch can be had its tests are skipped, and the run says so at its end; with
                  QAWL_REQUIRE_MEILISEARCH=1 they fail.

The Meilisearch program is kept in `var/cache` of the working copy, where `qawl serve` looks for it too.
Of the QAWL_ variables in the shell, tests see none that is a setting but QAWL_MEILISEARCH_BIN.
"""

import asyncio
import itertools
import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import pytest

from app.corpus.database import connect
from app.corpus.migrations import migrate
from app.embedded import Servers
from app.embedded import servers as run_servers
from app.settings import Settings

CACHE = Path(__file__).parent.parent / "var" / "cache"
TEMPLATE = "qawl_template"
DATA_DIR = "QAWL_TEST_DATA_DIR"  # where the servers of a parallel run are, for its workers
REQUIRE_MEILISEARCH = "QAWL_REQUIRE_MEILISEARCH"
EVALUATION = {"QAWL_EVALUATION_DIR", "QAWL_ARTICLES_DIR", "QAWL_REQUIRE_EVALUATION"}  # where labelled articles are
KEPT = {DATA_DIR, REQUIRE_MEILISEARCH, "QAWL_MEILISEARCH_BIN", *EVALUATION}

missing_meilisearch = pytest.StashKey[str]()


@dataclass(frozen=True)
class SearchServer:
    """A running Meilisearch, and the prefix under which a module may make indexes."""

    url: str
    key: str = field(repr=False)
    prefix: str


def pytest_configure(config: pytest.Config) -> None:
    """Take the shell's settings away; in a parallel run, start the servers before the workers start."""
    for name in [name for name in os.environ if name.startswith("QAWL_") and name not in KEPT]:
        del os.environ[name]
    if config.getoption("numprocesses", None) and not config.option.collectonly:
        stack = ExitStack()
        config.add_cleanup(stack.close)
        data_dir = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="qawl-test-")))
        stack.enter_context(_own_servers(config, data_dir))
        os.environ[DATA_DIR] = str(data_dir)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    reason = config.stash.get(missing_meilisearch, None)
    if reason is not None:
        terminalreporter.section("NO MEILISEARCH", red=True, bold=True)
        terminalreporter.line(f"Nothing was tested against Meilisearch: {reason}")


@pytest.fixture(scope="session")
def servers(request: pytest.FixtureRequest) -> Iterator[Servers]:
    """The servers of this test run."""
    with ExitStack() as stack:
        if DATA_DIR in os.environ:
            yield stack.enter_context(run_servers(_settings(Path(os.environ[DATA_DIR]))))
        else:
            data_dir = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="qawl-test-")))
            yield stack.enter_context(_own_servers(request.config, data_dir))


@pytest.fixture(scope="module")
def new_database(servers: Servers) -> Iterator[Callable[[], str]]:
    """Makes a migrated, empty database and gives its URL; removed when the module is done."""
    names: list[str] = []
    worker = os.environ.get("PYTEST_XDIST_WORKER", "main")

    def new() -> str:
        name = f"test_{worker}_{next(_numbers)}"
        _administer(servers, f"CREATE DATABASE {name} TEMPLATE {TEMPLATE}")
        names.append(name)
        return _database(servers, name)

    yield new
    for name in names:
        _administer(servers, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="module")
def database_url(new_database: Callable[[], str]) -> str:
    """A migrated database for one test module."""
    return new_database()


@pytest.fixture(scope="module")
def meilisearch(servers: Servers) -> Iterator[SearchServer]:
    """Meilisearch, with a prefix for one test module's indexes."""
    if servers.meilisearch_url is None or servers.meilisearch_key is None:
        if os.environ.get(REQUIRE_MEILISEARCH) == "1":
            pytest.fail(f"Meilisearch is required, but: {servers.meilisearch_reason}")
        pytest.skip(f"no Meilisearch: {servers.meilisearch_reason}")
    worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
    server = SearchServer(servers.meilisearch_url, servers.meilisearch_key, f"test_{worker}_{next(_numbers)}_")
    yield server
    with httpx.Client(base_url=server.url, headers={"Authorization": f"Bearer {server.key}"}) as client:
        for index in client.get("/indexes", params={"limit": 1000}).raise_for_status().json()["results"]:
            if index["uid"].startswith(server.prefix):
                client.delete(f"/indexes/{index['uid']}").raise_for_status()


_numbers = itertools.count()


@contextmanager
def _own_servers(config: pytest.Config, data_dir: Path) -> Iterator[Servers]:
    """Start the servers of the whole run, with a migrated database to copy."""
    with run_servers(_settings(data_dir), durable=False) as started:
        if started.meilisearch_url is None:
            config.stash[missing_meilisearch] = started.meilisearch_reason
        _administer(started, f"CREATE DATABASE {TEMPLATE}")
        migrate(_database(started, TEMPLATE))
        # A template that nobody can connect to is never busy when it is copied.
        _administer(started, f"ALTER DATABASE {TEMPLATE} ALLOW_CONNECTIONS false")
        yield started


def _settings(data_dir: Path) -> Settings:
    return Settings(data_dir=data_dir, cache_dir=CACHE)


def _database(servers: Servers, name: str) -> str:
    return servers.database_url.replace("@/qawl?", f"@/{name}?", 1)


def _administer(servers: Servers, command: str) -> None:
    async def run() -> None:
        connection = await connect(servers.database_url)
        try:
            await connection.execute(command)
        finally:
            await connection.close()

    asyncio.run(run())

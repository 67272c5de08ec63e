"""What the generated clients need: the tools that make them, and a served API to speak with.

`make contract` installs the tools, as the lock files here say: Python's into `.venv`, node's into `node_modules`.
"""

import asyncio
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from app.corpus.database import connect
from app.corpus.keys import create_key

HERE = Path(__file__).parent
DOCUMENT = HERE.parents[2] / "docs" / "openapi.json"
GENERATION_SECONDS = 300

Run = Callable[..., str]
Tool = Callable[[str], Path]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything below this folder is left to `make contract`."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.contract)
            item.add_marker(pytest.mark.timeout(2 * GENERATION_SECONDS))


@pytest.fixture(scope="session")
def run() -> Run:
    """Runs a command; fails with all that it printed. Gives its standard output."""

    def run(*command: str | Path, cwd: Path = HERE) -> str:
        done = subprocess.run(
            list(map(str, command)), cwd=cwd, capture_output=True, text=True, timeout=GENERATION_SECONDS, check=False
        )
        if done.returncode:
            pytest.fail(f"{command[0]} ended with {done.returncode}\n{done.stdout[-6000:]}\n{done.stderr[-6000:]}")
        return done.stdout

    return run


@pytest.fixture(scope="session")
def tool() -> Tool:
    """A program that tries the document, from Python's packages or node's."""

    def program(name: str) -> Path:
        for folder in (".venv/bin", "node_modules/.bin"):
            if (path := HERE / folder / name).exists():
                return path
        pytest.fail(f"{name} is not installed: run `make contract`")

    return program


@pytest.fixture(scope="session")
def jdk() -> Callable[[str], str]:
    """A program of the Java development kit."""

    def program(name: str) -> str:
        found = shutil.which(name)
        if found is None:
            pytest.fail(f"{name} is not on the PATH: the Java client needs a JDK of version 17 or later")
        return found

    return program


@pytest.fixture(scope="module")
def key(corpus: str) -> str:
    """A key that may send pages and read texts, but delete nothing."""

    async def made() -> str:
        connection = await connect(corpus)
        try:
            return (await create_key(connection, label="clients", scopes=["write", "read_text"]))[1]
        finally:
            await connection.close()

    return asyncio.run(made())

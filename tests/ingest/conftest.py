"""A corpus of its own for every test of ingestion, and a way to look into it."""

from collections.abc import AsyncIterator, Callable
from typing import Any

import asyncpg
import pytest

from app.corpus.database import connect


@pytest.fixture
def corpus(new_database: Callable[[], str]) -> str:
    """The URL of a migrated, empty database."""
    return new_database()


@pytest.fixture
async def look(corpus: str) -> AsyncIterator[Callable[..., Any]]:
    """Asks the corpus: `await look("SELECT …")` gives the rows, a single value as such."""
    connection: asyncpg.Connection = await connect(corpus)

    async def ask(question: str, *values: object) -> Any:
        rows = await connection.fetch(question, *values)
        return rows[0][0] if len(rows) == 1 and len(rows[0]) == 1 else [tuple(row) for row in rows]

    yield ask
    await connection.close()

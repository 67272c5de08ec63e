"""One question to the database from the command line, on a connection of its own."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, TypeVar

from app.settings import settings

if TYPE_CHECKING:
    from app.corpus.questions import Connection

T = TypeVar("T")


def asked(question: "Callable[[Connection], Awaitable[T]]") -> T:
    """The answer to a question; the embedded Postgres is started for it where there is no other."""
    from app.corpus.database import connect
    from app.embedded import servers

    async def ask(database_url: str) -> T:
        connection = await connect(database_url)
        try:
            return await question(connection)
        finally:
            await connection.close()

    with servers(settings(), search=False) as running:
        return asyncio.run(ask(running.database_url))

"""`qawl reindex`: what search reads, made anew from the corpus, without a gap."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import typer

from app.settings import settings

if TYPE_CHECKING:
    from app.search.rebuilding import Progress


def reindex() -> None:
    """Build the words in Postgres and new Meilisearch indexes beside the old, then swap; search goes on meanwhile."""
    from app.cli.serve import use
    from app.embedded import servers

    with servers(settings()) as running:
        use(running.environment())
        asyncio.run(_reindex())


async def _reindex() -> None:
    from app.corpus.database import writing_engine
    from app.search.index_settings import index_names
    from app.search.rebuilding import rebuild, rebuild_words
    from app.search.worker import indexes_of

    database_url = settings().database_url
    assert database_url is not None
    engine = writing_engine(database_url.get_secret_value())
    try:
        with _bar("words in Postgres") as progress:
            await rebuild_words(engine, progress=progress)
        indexes = indexes_of(settings())
        if indexes is None:
            typer.echo("No Meilisearch: search reads Postgres alone, and that is done.")
            return
        with _bar("Meilisearch") as progress:
            await rebuild(engine, indexes, index_names(settings().index_prefix), progress=progress)
        typer.echo("Done: the new indexes are in use.")
    finally:
        await engine.dispose()


@contextmanager
def _bar(name: str) -> "Iterator[Progress]":
    """A bar on standard error; nothing where nobody looks."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn(name), BarColumn(), MofNCompleteColumn(), TextColumn("articles"), TimeRemainingColumn())
    console = Console(stderr=True)
    with Progress(*columns, console=console, disable=not console.is_terminal) as progress:
        task = progress.add_task(name, total=None)
        yield lambda done, total: progress.update(task, completed=done, total=total)

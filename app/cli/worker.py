"""`qawl worker`: keep the search index in step with the corpus, and bring in what clients send."""

import asyncio
import os
import signal
from contextlib import suppress
from enum import StrEnum
from typing import Annotated

import typer

from app.settings import settings


class Work(StrEnum):
    """What a worker may be restricted to."""

    INDEX = "index"
    IMPORTS = "imports"


def worker(
    only: Annotated[Work | None, typer.Option(help="Do only this; without it, all there is to do.")] = None,
    readers: Annotated[
        int | None, typer.Option(min=1, max=256, help="Reading processes for imports; default: one a CPU.")
    ] = None,
) -> None:
    """Teach the search index what changes and run queued imports, until stopped. Any number of workers may run."""
    from app.cli.serve import use
    from app.embedded import servers

    with servers(settings(), lasting=True) as running:
        use(running.environment())
        asyncio.run(_work(only, readers or os.cpu_count() or 1))


async def _work(only: Work | None, readers: int) -> None:
    from app.jobs import run_jobs
    from app.search.worker import run_worker

    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    await _fit_or_away()
    doing = []
    if only is not Work.IMPORTS:
        doing.append(asyncio.create_task(run_worker(settings(), stop)))
    if only is not Work.INDEX:
        doing.append(asyncio.create_task(run_jobs(settings(), stop, readers=readers)))
    # Where one cannot go on, the other ends in peace.
    await asyncio.wait(doing, return_when=asyncio.FIRST_COMPLETED)
    stop.set()
    for failure in await asyncio.gather(*doing, return_exceptions=True):
        if isinstance(failure, BaseException):
            raise failure


async def _fit_or_away() -> None:
    """Raise SetupError for a database without our tables; one that is away for the moment is waited for later."""
    from app.corpus.database import check_database
    from app.errors import Unavailable

    url = settings().database_url
    if url is not None:
        with suppress(Unavailable):
            await check_database(url.get_secret_value())

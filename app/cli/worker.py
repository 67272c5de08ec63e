"""`qawl worker`: keep the search index in step with the corpus."""

import asyncio
import signal

from app.settings import settings


def worker() -> None:
    """Teach the search index what the outbox holds, until stopped. Any number of workers may run."""
    from app.cli.serve import use
    from app.embedded import servers

    with servers(settings(), lasting=True) as running:
        use(running.environment())
        asyncio.run(_work())


async def _work() -> None:
    from app.search.worker import run_worker

    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    await run_worker(settings(), stop)

"""Import jobs: whoever comes first takes what clients have sent out of the queue and brings it into the corpus.

Procrastinate keeps the queue in Postgres and hands a job to one worker. A job goes on where its last committed batch
ended, so it does not matter who ends it: a worker that is killed leaves its heartbeat, another finds the job and
takes it over. Even a worker that only seemed dead does no harm: an import is brought in under its own lock.
"""

import asyncio
import tempfile
from contextlib import AsyncExitStack, ExitStack, aclosing, suppress
from itertools import chain, islice
from pathlib import Path
from time import monotonic

import procrastinate
from procrastinate import PsycopgConnector, RetryStrategy
from procrastinate.exceptions import ConnectorException
from procrastinate.jobs import Status
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine

from app.corpus.database import check_database, writing_engine
from app.corpus.imports import (
    QUEUE,
    QUEUE_PATH,
    TASK,
    Claim,
    claimed_import,
    end_abandoned,
    end_import,
    is_cancelled,
    pieces,
)
from app.errors import QawlError, SetupError, Unavailable
from app.ingest import Desk, bring_in
from app.intake.deliveries import delivered_pages, delivery
from app.intake.media_types import SentFile
from app.intake.readers import Readers
from app.logs import log
from app.settings import Settings

HEARTBEAT_SECONDS = 2.0
# A worker whose heart has not beaten for so long is gone, and its jobs are somebody else's.
STALLED_SECONDS = 10.0
LOOK_SECONDS = 3.0
# How often one job may be begun: whatever ends its worker each time must not go on for ever, and hold up all others.
ATTEMPTS = 100
# A job that cannot go on, for want of room on the disk, waits so much longer each time: 41 hours in all.
WAIT_SECONDS = 30
GIVEN_UP = f"it was begun {ATTEMPTS} times, and each time its worker was lost or could not go on"
# While a job runs, how often it is looked whether somebody wants it to end.
CANCEL_LOOK_SECONDS = 1.0

_LOG = log(__name__)


async def run_jobs(settings: Settings, stop: asyncio.Event, *, readers: int) -> None:
    """Run queued imports, one at a time, until `stop` is set; a database that is away is waited for.

    A job that is running then is left where its last batch ended, for the next worker. Raises SetupError without a
    database.
    """
    if settings.database_url is None:
        raise SetupError("the worker needs QAWL_DATABASE_URL")
    database_url = settings.database_url.get_secret_value()
    pause = 0.5
    while not stop.is_set():
        try:
            await check_database(database_url)
            await _work(database_url, stop, readers)
        except (Unavailable, ConnectorException, DBAPIError, OSError) as failure:
            _LOG.warning("import_worker_waits", reason=str(failure).partition("\n")[0][:300], seconds=pause)
            with suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), pause)
            pause = min(pause * 2, 10.0)


async def _work(database_url: str, stop: asyncio.Event, readers: int) -> None:
    async with AsyncExitStack() as stack:
        engine = writing_engine(database_url)
        stack.push_async_callback(engine.dispose)
        queue = queue_at(database_url, readers)
        await stack.enter_async_context(queue.open_async())
        tasks = [
            asyncio.create_task(
                queue.run_worker_async(
                    queues=[QUEUE],
                    install_signal_handlers=False,
                    shutdown_graceful_timeout=0,
                    update_heartbeat_interval=HEARTBEAT_SECONDS,
                    stalled_worker_timeout=STALLED_SECONDS,
                )
            ),
            asyncio.create_task(_take_over(queue, engine)),
            asyncio.create_task(stop.wait()),
        ]
        try:
            done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.wait(tasks)
        for task in done:
            task.result()


def queue_at(database_url: str, readers: int) -> procrastinate.App:
    """The queue in this database, whose jobs are read by `readers` reading processes."""
    connector = PsycopgConnector(
        conninfo=database_url, kwargs={"options": f"-c search_path={QUEUE_PATH.replace(' ', '')}"}
    )
    queue = procrastinate.App(connector=connector)

    @queue.task(name=TASK, queue=QUEUE, retry=RetryStrategy(max_attempts=ATTEMPTS, wait=2, linear_wait=WAIT_SECONDS))
    async def run(import_id: str) -> None:
        await run_import(database_url, import_id, readers=readers)

    return queue


async def _take_over(queue: procrastinate.App, engine: AsyncEngine) -> None:
    """Give the jobs of workers that are gone back to the queue, again and again, but not for ever."""
    while True:
        for job in await queue.job_manager.get_stalled_jobs(queue=QUEUE, seconds_since_heartbeat=STALLED_SECONDS):
            # Another worker may have seen it a moment before.
            with suppress(ConnectorException):
                if job.attempts >= ATTEMPTS:
                    await queue.job_manager.finish_job(job, Status.FAILED, delete_job=False)
                    continue
                await queue.job_manager.retry_job(job)
                _LOG.info("import_taken_over", import_id=job.task_kwargs.get("import_id"), attempts=job.attempts + 1)
        await end_abandoned(engine, GIVEN_UP)
        await asyncio.sleep(LOOK_SECONDS)


async def run_import(database_url: str, import_id: str, *, readers: int) -> None:
    """Bring a queued import in, from where it was left. Raises Unavailable when it is to be tried again later."""
    engine = writing_engine(database_url)
    try:
        async with claimed_import(engine, import_id) as claim:
            if claim is not None:
                state, problem = await _run(Desk(engine, Readers(readers), import_id, claim.source), claim)
                await end_import(engine, import_id, state, problem=problem)
    finally:
        await engine.dispose()


async def _run(desk: Desk, claim: Claim) -> tuple[str, str | None]:
    """The state in which an import ends, and why if it failed."""
    try:
        with tempfile.TemporaryDirectory(prefix="qawl-import-") as folder:
            return await _bring_in(await _unpacked(Path(folder), claim, desk), claim, desk), None
    except Unavailable:
        raise
    except OSError as failure:  # a full disk, no memory for one more process: somebody has two nights to see it
        raise Unavailable(f"this machine cannot go on: {failure.strerror or failure}") from failure
    except QawlError as failure:
        return "failed", str(failure)
    except Exception as failure:
        _LOG.exception("import_failed", import_id=claim.id)
        return "failed", f"a fault of ours ({type(failure).__name__}), which was noted"


async def _unpacked(folder: Path, claim: Claim, desk: Desk) -> list[tuple[Path, SentFile]]:
    """The files that were sent, each put into one in the folder."""
    reader = delivery(*claim.media_type.split("\n"))
    files: list[tuple[Path, SentFile]] = []
    with ExitStack() as stack:
        async for piece in pieces(desk.engine, claim.id):
            for event in reader.read(piece):
                if isinstance(event, SentFile):
                    stack.close()
                    files.append((folder / f"{len(files)}{event.kind.suffix}", event))
                    out = stack.enter_context(files[-1][0].open("wb"))
                else:
                    out.write(event)
    return files


async def _bring_in(files: list[tuple[Path, SentFile]], claim: Claim, desk: Desk) -> str:
    """The state in which the import ends."""
    pages = chain.from_iterable(delivered_pages(file, sent, claim.fields) for file, sent in files)
    left = islice(enumerate(pages), claim.done, None)
    looked = monotonic()
    async with desk.readers, aclosing(bring_in(left, desk)) as outcomes:
        if await is_cancelled(desk.engine, claim.id):
            return "cancelled"
        async for _ in outcomes:
            if monotonic() - looked > CANCEL_LOOK_SECONDS:
                looked = monotonic()
                if await is_cancelled(desk.engine, claim.id):
                    return "cancelled"
    return "succeeded"

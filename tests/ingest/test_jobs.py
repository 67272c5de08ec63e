"""Imports sent over HTTP and run by workers: whatever is killed when, every page has one verdict and is there once."""

import asyncio
import json
import os
import resource
import signal
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

import httpx
import psutil
import pytest
from procrastinate.jobs import Job

from app.corpus.database import connect
from app.corpus.imports import QUEUE, TASK
from app.corpus.keys import create_key
from app.errors import Unavailable
from app.jobs import ATTEMPTS, queue_at
from app.main import create_app
from app.settings import Settings
from tests.ingest.pages import dump
from tests.ingest.waiting import until

Look = Callable[..., Any]
WORKER = (sys.executable, "-m", "app.cli", "worker", "--only", "imports", "--readers", "1")
LINES = {"Content-Type": "application/x-ndjson"}


@pytest.fixture
async def api(corpus: str) -> AsyncIterator[httpx.AsyncClient]:
    """A client that may write."""
    connection = await connect(corpus)
    _, key = await create_key(connection, label="test", scopes=["write"])
    await connection.close()
    app = create_app(Settings(search_engine="postgres", rate_limit=0), database_url=corpus)
    async with app.router.lifespan_context(app):
        transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)
        headers = {"X-API-Key": key}
        async with httpx.AsyncClient(transport=transport, base_url="http://qawl.test", headers=headers) as client:
            yield client


@asynccontextmanager
async def worker(
    corpus: str, *, bytes_of_a_file: int = resource.RLIM_INFINITY
) -> AsyncIterator[asyncio.subprocess.Process]:
    """A process of its own that runs imports and can write files of so many bytes; killed at the end."""
    environment = {**os.environ, "QAWL_DATABASE_URL": corpus, "QAWL_SEARCH_ENGINE": "postgres"}
    limit = partial(resource.setrlimit, resource.RLIMIT_FSIZE, (bytes_of_a_file, resource.RLIM_INFINITY))
    process = await asyncio.create_subprocess_exec(*WORKER, env=environment, preexec_fn=limit)
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


def records(count: int, *, first: int = 0) -> bytes:
    """Invented articles as JSON Lines."""
    made = []
    for number in range(first, first + count):
        text = dump(number, url=None)
        made.append(json.dumps({"url": f"http://nashra.example/a/{number}", "title": f"خبر {number}", "text": text}))
    return "\n".join(made).encode()


async def ended(api: httpx.AsyncClient, address: str) -> dict[str, Any]:
    """The import, once it has ended."""

    async def has_ended() -> bool:
        return (await api.get(address)).json()["finished_at"] is not None

    await until(has_ended)
    return dict((await api.get(address)).json())


async def test_what_is_sent_is_kept_at_once_and_read_by_a_worker(
    corpus: str, api: httpx.AsyncClient, look: Look
) -> None:
    sent = await api.post("/v1/imports", content=records(3) + b"\n{broken\n\n", headers=LINES)
    assert sent.status_code == 202
    assert sent.json()["state"] == "queued"
    assert await look("SELECT sum(length(content)) FROM import_piece") == sent.json()["bytes"]
    async with worker(corpus):
        job = await ended(api, sent.headers["Location"])
    assert (job["state"], job["verdicts"]) == ("succeeded", {"created": 3, "rejected": 1})
    assert await look("SELECT count(*) FROM import_piece") == 0
    first = (await api.get(job["items"], params={"limit": 2})).json()
    assert [one["name"] for one in first["items"]] == ["line 1", "line 2"]
    rest = (await api.get(job["items"], params={"limit": 2, "cursor": first["next_cursor"]})).json()
    assert [one["verdict"] for one in rest["items"]] == ["created", "rejected"]
    rejected = (await api.get(job["items"], params={"verdict": "rejected"})).json()
    assert (rejected["total"]["value"], rejected["items"][0]["ordinal"]) == (1, 3)
    assert rejected["items"][0]["detail"]


async def test_workers_are_killed_again_and_again_and_no_page_is_lost_or_doubled(
    corpus: str, api: httpx.AsyncClient, look: Look
) -> None:
    count = 400
    sent = await api.post("/v1/imports", content=records(count), headers=LINES)
    for wanted in (1, 130):
        async with worker(corpus) as process:
            await until(partial(look, "SELECT count(*) >= $1 FROM import_item", wanted))
            readers = psutil.Process(process.pid).children(recursive=True)
            process.send_signal(signal.SIGKILL)
            await process.wait()
            _, alive = await asyncio.to_thread(psutil.wait_procs, readers, timeout=10)
            assert alive == []
        assert await look("SELECT count(*) FROM import_item") == await look("SELECT count(*) FROM article") < count
    async with worker(corpus):
        job = await ended(api, sent.headers["Location"])
    assert (job["state"], job["verdicts"]) == ("succeeded", {"created": count})
    assert await look("SELECT count(*), count(DISTINCT ordinal), max(ordinal) FROM import_item") == [
        (count, count, count - 1)
    ]
    assert await look("SELECT count(*) FROM article") == count


async def test_a_worker_that_is_asked_to_stop_leaves_its_job_to_the_next(
    corpus: str, api: httpx.AsyncClient, look: Look
) -> None:
    sent = await api.post("/v1/imports", content=records(300), headers=LINES)
    async with worker(corpus) as process:
        await until(partial(look, "SELECT count(*) > 0 FROM import_item"))
        process.terminate()
        assert await process.wait() == 0
    assert (await api.get(sent.headers["Location"])).json()["state"] == "running"
    async with worker(corpus):
        job = await ended(api, sent.headers["Location"])
    assert job["verdicts"] == {"created": 300}


async def test_an_import_that_loses_its_worker_each_time_is_given_up_and_holds_up_no_other(
    corpus: str, api: httpx.AsyncClient, look: Look
) -> None:
    hopeless = await api.post("/v1/imports", content=records(3), headers=LINES)
    other = await api.post("/v1/imports", content=records(3, first=10), headers=LINES)
    # As a hundredth worker leaves it that was killed.
    await look("SELECT set_config('search_path', 'queue, public', false)")
    await look(
        "UPDATE procrastinate_jobs SET status = 'doing', attempts = $1 WHERE args ->> 'import_id' = $2",
        *(ATTEMPTS, hopeless.json()["id"]),
    )
    async with worker(corpus):
        given_up, brought_in = [await ended(api, one.headers["Location"]) for one in (hopeless, other)]
    assert (given_up["state"], given_up["pages"], brought_in["state"]) == ("failed", 0, "succeeded")
    assert "begun" in given_up["problem"]
    assert await look("SELECT count(*) FROM import_piece") == 0


async def test_an_import_that_a_full_disk_stops_is_finished_when_there_is_room(
    corpus: str, api: httpx.AsyncClient, look: Look
) -> None:
    sent = await api.post("/v1/imports", content=records(3), headers=LINES)
    async with worker(corpus, bytes_of_a_file=1000):
        await until(partial(look, "SELECT attempts > 0 FROM queue.procrastinate_jobs"))
    assert (await api.get(sent.headers["Location"])).json()["state"] == "running"
    async with worker(corpus):
        job = await ended(api, sent.headers["Location"])
    assert (job["state"], job["verdicts"]) == ("succeeded", {"created": 3})


def test_a_disk_may_be_full_for_a_day_before_an_import_is_given_up() -> None:
    strategy = queue_at("postgresql://nobody.example/none", readers=1).tasks[TASK].retry_strategy
    assert strategy
    jobs = [
        Job(id=1, queue=QUEUE, lock=None, queueing_lock=None, task_name=TASK, attempts=attempts)
        for attempts in range(ATTEMPTS)
    ]
    now = datetime.now(UTC)
    decisions = [strategy.get_retry_decision(exception=Unavailable(""), job=job) for job in jobs]
    waits = [decision.retry_at - now for decision in decisions if decision and decision.retry_at]
    assert sum(waits, timedelta()) > timedelta(days=1)
    assert waits[0] < timedelta(seconds=10)


async def test_an_import_can_be_ended_before_and_while_it_runs(corpus: str, api: httpx.AsyncClient, look: Look) -> None:
    waiting = await api.post("/v1/imports", content=records(3), headers=LINES)
    assert (await api.post(f"{waiting.headers['Location']}/cancel")).json()["state"] == "cancelled"
    long = await api.post("/v1/imports", content=records(600), headers=LINES)
    async with worker(corpus):
        await until(partial(look, "SELECT count(*) > 0 FROM import_item"))
        assert (await api.post(f"{long.headers['Location']}/cancel")).json()["cancel_requested"]
        job = await ended(api, long.headers["Location"])
    assert job["state"] == "cancelled"
    assert 0 < job["pages"] < 600
    assert await look("SELECT count(*) FROM article") == job["pages"]
    assert await look("SELECT count(*) FROM import_piece") == 0

"""The commands of search, as a person or a process manager runs them."""

import asyncio
import json
import os
import signal
import subprocess
import sys
from time import monotonic

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from tests.conftest import SearchServer
from tests.search.corpus import Page, Said, write_pages

COMMAND = [sys.executable, "-m", "app.cli"]


@pytest.fixture
def environment(database_url: str, meilisearch: SearchServer, writing: AsyncEngine) -> dict[str, str]:
    return {
        **os.environ,
        "QAWL_DATABASE_URL": database_url,
        "QAWL_MEILISEARCH_URL": meilisearch.url,
        "QAWL_MEILISEARCH_KEY": meilisearch.key,
        "QAWL_INDEX_PREFIX": meilisearch.prefix.strip("_"),
    }


def run(*arguments: str, environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run([*COMMAND, *arguments], env=environment, capture_output=True, text=True, timeout=90)


async def test_reindex_then_search_by_meilisearch(environment: dict[str, str], writing: AsyncEngine) -> None:
    said = [Said("s", "سنفتح باب الحديقة غدا", "سلمى")]
    async with writing.begin() as connection:
        await write_pages(connection, [Page("a", title="معرض الزهور", body="خبر", statements=said)])
    before = json.loads(run("search", "الحديقة", "--json", environment=environment).stdout)
    assert (before["engine"], before["degraded"], before["total"]["value"]) == ("postgres", True, 1)
    assert run("reindex", environment=environment).returncode == 0
    after = json.loads(run("search", "حديقة", "--json", environment=environment).stdout)
    assert (after["engine"], after["degraded"]) == ("meilisearch", False)
    assert after["items"][0]["statement"]["id"] == "s"
    snippet = after["items"][0]["snippets"][0]
    assert [snippet["text"][mark["start"] : mark["end"]] for mark in snippet["highlights"]] == ["الحديقة"]
    shown = run("search", "معرض", "--in", "articles", environment=environment)
    assert "معرض الزهور" in shown.stdout
    assert "1 found, by meilisearch" in shown.stdout


def test_search_says_in_one_sentence_what_is_wrong(environment: dict[str, str]) -> None:
    failed = run("search", "x", "--from", "2018", environment=environment)
    assert failed.returncode == 2
    failed = run("search", "x", "--published-from", "2018", environment=environment)
    assert failed.returncode == 2
    assert failed.stderr.startswith("qawl: published_from")


async def test_a_worker_teaches_and_ends_when_told(environment: dict[str, str], writing: AsyncEngine) -> None:
    async with writing.begin() as connection:
        await write_pages(connection, [Page("a", body="معرض")])
    worker = await asyncio.create_subprocess_exec(*COMMAND, "worker", env=environment, stderr=asyncio.subprocess.PIPE)
    try:
        end = monotonic() + 60
        while _search_is_degraded(environment):
            assert monotonic() < end
            await asyncio.sleep(0.2)
    finally:
        worker.send_signal(signal.SIGTERM)
        _, errors = await asyncio.wait_for(worker.communicate(), 10)
    assert worker.returncode == 0
    assert "معرض" not in errors.decode()


def _search_is_degraded(environment: dict[str, str]) -> bool:
    found = run("search", "معرض", "--in", "articles", "--json", environment=environment)
    return bool(json.loads(found.stdout)["degraded"])

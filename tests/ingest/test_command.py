"""`qawl ingest`, `check`, `migrate` and `keys` as a user meets them: output, exit codes."""

import asyncio
import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from app.corpus.database import connect
from tests.ingest.pages import dump, write
from tests.ingest.waiting import until

Look = Callable[..., Any]


@pytest.fixture
def qawl(corpus: str) -> "Command":
    return Command(corpus)


class Command:
    """The command `qawl` on one database."""

    def __init__(self, database_url: str) -> None:
        self._environment = {**os.environ, "QAWL_DATABASE_URL": database_url, "PYTHONUTF8": "1"}

    def __call__(self, *arguments: object) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "app.cli", *map(str, arguments)]
        return subprocess.run(
            command, env=self._environment, capture_output=True, text=True, encoding="utf-8", check=False, timeout=60
        )


def test_ingest_counts_verdicts_and_rejected_pages_are_no_error(qawl: Command, tmp_path: Path) -> None:
    write(tmp_path, 1)
    write(tmp_path, 2, b"")
    first = qawl("ingest", "--json", tmp_path)
    report = json.loads(first.stdout)
    assert first.returncode == 0
    assert report["verdicts"] == {"created": 1, "rejected": 1}
    assert report["rejected"][0]["reason"] == "empty"
    again = qawl("ingest", tmp_path)
    assert again.returncode == 0
    assert again.stdout.startswith("2 pages in ")
    assert "unchanged" in again.stdout
    assert "0002.txt: empty" in again.stderr


def test_ingest_ends_with_one_sentence_where_it_cannot_begin(qawl: Command, tmp_path: Path) -> None:
    ended = qawl("ingest", tmp_path / "nowhere")
    assert ended.returncode not in (0, None)
    assert ended.stderr.count("\n") == 1
    assert "nowhere" in ended.stderr


async def test_ctrl_c_ends_it_also_while_standard_input_is_silent(corpus: str, look: Look) -> None:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "app.cli", "ingest", "-", "--format", "jsonl"),
        env={**os.environ, "QAWL_DATABASE_URL": corpus},
        stdin=subprocess.PIPE,
        stderr=subprocess.PIPE,
        # Tests that a shell runs in the background inherit from it that SIGINT is ignored.
        preexec_fn=partial(signal.signal, signal.SIGINT, signal.SIG_DFL),
    )
    try:
        await until(partial(look, "SELECT count(*) = 1 FROM import"))
        process.send_signal(signal.SIGINT)
        assert await asyncio.wait_for(process.wait(), 20) == 130
    finally:
        if process.returncode is None:
            process.kill()
    assert process.stderr
    assert b"ended after 0 pages" in await process.stderr.read()
    assert await look("SELECT state FROM import") == "cancelled"


def test_check_ends_with_1_on_a_finding(qawl: Command, corpus: str, tmp_path: Path) -> None:
    write(tmp_path, 1)
    qawl("ingest", tmp_path)
    whole = qawl("check")
    assert (whole.returncode, whole.stdout.splitlines()[-1]) == (0, "nothing is amiss")

    async def damage() -> None:
        connection = await connect(corpus)
        await connection.execute("DELETE FROM statement_words")
        await connection.close()

    asyncio.run(damage())
    damaged = qawl("check", "--json")
    assert damaged.returncode == 1
    assert set(json.loads(damaged.stdout)["counts"]) == {"words"}


def test_a_key_is_shown_once_listed_and_revoked(qawl: Command) -> None:
    assert qawl("migrate").returncode == 0
    made = json.loads(qawl("keys", "create", "newsroom", "--scope", "write", "--json").stdout)
    listed = json.loads(qawl("keys", "list", "--json").stdout)
    assert [one["label"] for one in listed] == ["newsroom"]
    assert made["key"] not in json.dumps(listed)
    assert qawl("keys", "revoke", made["id"]).returncode == 0
    assert json.loads(qawl("keys", "list", "--json").stdout)[0]["revoked_at"] is not None
    assert qawl("keys", "create", "x", "--scope", "everything").returncode == 2


async def test_speakers_are_merged_by_their_ids(qawl: Command, corpus: str, tmp_path: Path) -> None:
    write(tmp_path, 1)
    write(tmp_path, 2, dump(2).replace("نبيل الزمردي", "وسيم الفيروزي"))
    await asyncio.to_thread(qawl, "ingest", tmp_path)
    connection = await connect(corpus)
    ids = [row["id"] for row in await connection.fetch("SELECT id FROM speaker ORDER BY name")]
    await connection.close()
    done = await asyncio.to_thread(qawl, "speakers", "merge", *ids)
    assert (done.returncode, done.stdout) == (0, "نبيل الزمردي is now وسيم الفيروزي: 1 statements in 1 articles\n")
    again = await asyncio.to_thread(qawl, "speakers", "merge", *ids)
    assert again.returncode != 0
    assert "was merged into" in again.stderr

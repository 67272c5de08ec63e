"""`qawl export`: the same rows as over HTTP, in a file that is whole or not there."""

import asyncio
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from app.ingest import ingest_paths

SEED = Path(__file__).parents[2] / "seed" / "pages"


@pytest.fixture(scope="module")
def corpus(database_url: str) -> str:
    """A database that holds the seed pages."""
    asyncio.run(ingest_paths(database_url, [SEED], workers=1))
    return database_url


def export(corpus: str, *words: str) -> "subprocess.CompletedProcess[bytes]":
    environment = os.environ | {"QAWL_DATABASE_URL": corpus}
    command = [sys.executable, "-m", "app.cli", "export", *words]
    return subprocess.run(command, env=environment, capture_output=True, timeout=60, check=False)


def test_rows_come_on_standard_output_and_go_on_after_any(corpus: str) -> None:
    whole = [json.loads(line) for line in export(corpus, "statements", "source=anapress.net").stdout.splitlines()]
    rest = export(corpus, "statements", "source=anapress.net", f"cursor={whole[1]['id']}").stdout
    assert len(whole) > 3
    assert {row["article"]["source"]["id"] for row in whole} == {"anapress.net"}
    assert [json.loads(line) for line in rest.splitlines()] == whole[2:]


@pytest.mark.parametrize(("name", "magic"), [("a.csv", b"\xef\xbb\xbfid,"), ("a.parquet", b"PAR1"), ("a.ndjson", b"{")])
def test_the_ending_of_a_file_names_its_format(corpus: str, tmp_path: Path, name: str, magic: bytes) -> None:
    done = export(corpus, "articles", "-o", str(tmp_path / name))
    assert (done.returncode, done.stdout) == (0, b"")
    assert (tmp_path / name).read_bytes().startswith(magic)
    assert [one.name for one in tmp_path.iterdir()] == [name]


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (["statements", "kind=loud"], 2, "kind"),
        (["statements", "nothing=1"], 2, "known: "),
        (["statements", "speaker"], 2, "NAME=VALUE"),
        (["statements", "polarity=denied", "polarity=affirmed"], 2, "polarity was given twice"),
        (["statements", "-o", "statements.xlsx"], 2, "ndjson, csv, parquet"),
        (["statements", "cursor=none"], 1, "no statement with this id"),
    ],
)
def test_what_cannot_be_done_is_told_in_one_sentence(
    corpus: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: list[str], code: int, told: str
) -> None:
    monkeypatch.setenv("PYTHONPATH", str(Path.cwd()))
    monkeypatch.chdir(tmp_path)
    done = export(corpus, *words)
    assert (done.returncode, done.stdout) == (code, b"")
    assert told in done.stderr.decode()
    assert b"Traceback" not in done.stderr
    assert list(tmp_path.iterdir()) == []

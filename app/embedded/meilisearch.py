"""The embedded Meilisearch: on loopback, behind a key of its own, its index rebuildable from Postgres at any time."""

import http.client
import json
import secrets
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from signal import SIGTERM
from urllib.parse import urlsplit

import psutil

from app.embedded.account import Account, give
from app.embedded.meilisearch_program import VERSION
from app.embedded.processes import launch, stop, stop_orphans
from app.embedded.supervision import kept_running
from app.errors import SetupError

HOST = "127.0.0.1"
READY_SECONDS = 60.0
READY_POLL_SECONDS = 0.02
# On its defaults it took 5 GB for 20,000 articles; with this 570 MB, and was no slower.
OPTIONS = ("--no-analytics", "--env", "production", "--max-indexing-memory", "512MiB", "--log-level", "WARN")


@contextmanager
def meilisearch(folder: Path, account: Account, program: Path, before: str | None = None) -> Iterator[str]:
    """Run Meilisearch with its data in `folder`, and give its URL; at the address it had `before` where that is free.

    SetupError says in one sentence why it does not start.
    """
    data = folder / f"data-{VERSION}"  # a newer version cannot open it, and builds its own from Postgres
    stop_orphans(partial(_is_server, data=data), SIGTERM)
    port = _free_port(urlsplit(before).port if before else None)
    with kept_running("meilisearch", partial(_start, folder, data, account, program, port), SIGTERM):
        yield f"http://{HOST}:{port}"


def master_key(folder: Path, account: Account) -> str:
    """The key of the folder's server, made once and readable by its account only."""
    path = folder / "master_key"
    try:
        return path.read_text().strip()
    except FileNotFoundError:
        fresh = path.with_name("master_key.new")
        fresh.touch(mode=0o600)
        fresh.write_text(secrets.token_urlsafe(32))
        give(fresh, account)
        fresh.replace(path)
        return path.read_text().strip()


def _start(folder: Path, data: Path, account: Account, program: Path, port: int) -> subprocess.Popen[bytes]:
    """Start the server and wait until it answers."""
    log_path = folder / "meilisearch.log"
    if log_path.exists():
        log_path.replace(log_path.with_suffix(".previous.log"))
    key = master_key(folder, account)
    places = ["--db-path", str(data), "--dump-dir", str(folder / "dumps"), "--snapshot-dir", str(folder / "snapshots")]
    with log_path.open("wb") as log_file:
        give(log_path, account)
        try:
            server = launch(
                [str(program), "--http-addr", f"{HOST}:{port}", *places, *OPTIONS],
                account=account,
                folder=folder,
                log=log_file,
                death_signal="TERM",
                environment={"MEILI_MASTER_KEY": key},  # a command line can be read by everybody
            )
        except OSError as error:
            raise SetupError(f"Meilisearch ({program}) cannot be run: {error.strerror}") from None
    try:
        _wait_until_ready(server, port, key, log_path)
    except BaseException:
        stop(server, SIGTERM)
        raise
    return server


def _wait_until_ready(server: subprocess.Popen[bytes], port: int, key: str, log_path: Path) -> None:
    deadline = time.monotonic() + READY_SECONDS
    while time.monotonic() < deadline:
        if server.poll() is not None:
            raise SetupError(f"Meilisearch does not start in {log_path.parent}: {_last_words(log_path)}")
        if _answers(port, key):
            return
        time.sleep(READY_POLL_SECONDS)
    raise SetupError(f"Meilisearch in {log_path.parent} was not ready within {READY_SECONDS:.0f} s; see {log_path}")


def _answers(port: int, key: str) -> bool:
    """Whether the server on the port is up and takes our key: another one would not."""
    connection = http.client.HTTPConnection(HOST, port, timeout=2)
    try:
        connection.request("GET", "/version", headers={"Authorization": f"Bearer {key}"})
        answer = connection.getresponse()
        return answer.status == 200 and "pkgVersion" in json.loads(answer.read())
    except (OSError, ValueError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def _free_port(preferred: int | None) -> int:
    for wanted in (preferred or 0, 0):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((HOST, wanted))
            except OSError:
                continue
            return int(probe.getsockname()[1])
    raise SetupError(f"there is no free port on {HOST} for Meilisearch")


def _is_server(process: psutil.Process, data: Path) -> bool:
    words = process.cmdline()
    return "--db-path" in words and words[words.index("--db-path") + 1 :][:1] == [str(data)]


def _last_words(log_path: Path) -> str:
    lines = [line.strip() for line in log_path.read_text(errors="replace").splitlines() if line.strip()]
    return lines[-1] if lines else "it said nothing"

"""`qawl serve` as whoever started it sees it: it tells what runs, ends in good order, and leaves nothing behind."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import psutil
import pytest

from tests.embedded.conftest import CACHE, ROOT, are_gone

Serve = Callable[..., "Serving"]


class Serving:
    """A running `qawl serve` on a port of its own; `told` is what it printed until it was ready, or ended."""

    def __init__(self, data_dir: Path, *words: str, port: int | None = None) -> None:
        self.port = port or free_port()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "app.cli", "serve", *words],
            cwd=ROOT,
            env={
                **os.environ,
                "QAWL_DATA_DIR": str(data_dir),
                "QAWL_CACHE_DIR": str(CACHE),
                "QAWL_PORT": str(self.port),
            },
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        self.told: list[str] = []
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.told.append(line)
            if line.startswith("Open "):
                break

    def get(self, path: str) -> httpx.Response:
        return httpx.get(f"http://127.0.0.1:{self.port}{path}", timeout=10)

    def end_by(self, number: signal.Signals) -> tuple[int, str, bool]:
        """Its exit code, what it said on standard error, and whether all its children went with it."""
        children = psutil.Process(self.process.pid).children(recursive=True)
        self.process.send_signal(number)
        _, errors = self.process.communicate(timeout=30)
        _, left = psutil.wait_procs(children, timeout=10)
        return self.process.returncode, errors, not left


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def serve(data_dir: Path) -> Iterator[Serve]:
    """Starts `qawl serve` on the servers of `data_dir`."""
    started: list[Serving] = []

    def start(*words: str, port: int | None = None) -> Serving:
        started.append(Serving(data_dir, *words, port=port))
        return started[-1]

    yield start
    for serving in started:
        if serving.process.poll() is None:
            serving.process.kill()
            serving.process.communicate()


@pytest.mark.parametrize(("number", "words"), [(signal.SIGTERM, ["--worker"]), (signal.SIGINT, [])])
def test_it_serves_and_a_signal_ends_all_of_it(
    serve: Serve, data_dir: Path, number: signal.Signals, words: list[str]
) -> None:
    serving = serve("--migrate", *words)
    assert f"http://127.0.0.1:{serving.port}" in serving.told[-1]
    assert any(line.startswith("Postgres ") and str(data_dir) in line for line in serving.told)
    assert serving.get("/healthz").status_code == 200
    code, errors, all_gone = serving.end_by(number)
    assert (code, all_gone, "Traceback" in errors) == (0, True, False)
    assert are_gone(data_dir, seconds=0)


def test_what_was_killed_outright_starts_again(serve: Serve, data_dir: Path) -> None:
    _, _, all_gone = serve("--migrate", "--worker").end_by(signal.SIGKILL)
    assert all_gone
    assert are_gone(data_dir)
    assert serve().get("/readyz").json()["database"]["state"] == "ok"


def test_a_busy_port_is_said_before_anything_is_started(serve: Serve, data_dir: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        serving = serve("--migrate", port=other.getsockname()[1])
        _, errors = serving.process.communicate(timeout=30)
    assert serving.process.returncode == 1
    assert serving.told == []
    assert errors.startswith(f"qawl: port {serving.port} on 127.0.0.1 is in use")
    assert errors.count("\n") == 1


def test_an_index_worker_that_dies_is_started_again(serve: Serve) -> None:
    serving = psutil.Process(serve("--migrate", "--worker").process.pid)

    def workers() -> list[psutil.Process]:
        return [child for child in serving.children() if child.cmdline()[-1:] == ["worker"]]

    [worker] = workers()
    worker.kill()
    psutil.wait_procs([worker], timeout=5)
    for _ in range(100):
        if again := workers():
            break
        psutil.wait_procs([serving], timeout=0.1)
    assert again
    assert again != [worker]
